"""The command line in the language that is asked for."""

from __future__ import annotations

import re

import pytest

from indexer.cli.commands import main
from indexer.cli.speech import choose_language

CHINESE = re.compile("[一-鿿]")
USAGE = [
    (["search", "公开", "--siz", "3"], "There is no option --siz. Did you mean --size or --csv?"),
    (["search", "公开", "--size", "0"], "--size is wrong: it must be a whole number from 1 to 100"),
    (["search", "--json"], "QUERY is missing."),
    (["nothing"], "There is no command nothing. Commands are: failures, index"),
    (["status", "x"], "Unexpected argument “x”."),
    (["index", "nowhere"], "there is no such file or folder"),
    (["read", "--json", "--explain", "x"], "cannot be used together"),
]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as caught:
        main.main(list(arguments), prog_name="nianbao")
    captured = capsys.readouterr()
    return caught.value.code, captured.out, captured.err


@pytest.mark.parametrize(("arguments", "says"), USAGE)
def test_errors_of_usage_are_said_in_english(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    code, _, error = run(capsys, "--lang", "en", *arguments)
    assert code == 2
    assert says in error
    assert error.startswith("Error: ")
    assert not CHINESE.search(error)


@pytest.mark.parametrize("command", ["read", "index", "search", "status", "failures", "serve"])
def test_the_help_of_every_command_is_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    _, english, _ = run(capsys, "--lang=en", command, "--help")
    _, chinese, _ = run(capsys, command, "--help")
    words = re.sub("层级:乡镇 行政诉讼>0", "", " ".join(english.split()))
    assert not CHINESE.search(words)
    assert CHINESE.search(chinese)
    assert "cli." not in english + chinese


def test_the_language_may_be_asked_for_in_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_LANG", "en")
    assert "Search, written as" in run(capsys, "--help")[1]
    assert "检索" in run(capsys, "--lang", "zh", "--help")[1]


@pytest.mark.parametrize(
    ("arguments", "environ", "says"),
    [
        (["--lang", "fr", "status"], {}, "选项 --lang 应是一种语言，可用的有 zh、en，却是 'fr'。"),
        (["status"], {"NIANBAO_LANG": "fr"}, "环境变量 NIANBAO_LANG 应是一种语言"),
    ],
)
def test_a_language_that_is_not_spoken_is_refused_with_those_that_are(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    environ: dict[str, str],
    says: str,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    code, _, error = run(capsys, *arguments)
    assert code == 2
    assert says in error


@pytest.fixture(autouse=True)
def chinese_again():
    yield
    choose_language([], {})
