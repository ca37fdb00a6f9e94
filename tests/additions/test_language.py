"""A language whose catalogue is added from outside is spoken by the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.errors import ConfigError
from indexer.messages import LANGUAGES, label, render
from indexer.messages.catalogue import find_language, register_language, remove_language
from indexer.records import Message
from tests.saying import raises_saying

NIANBAO = Path(sys.executable).parent / "nianbao"
CATALOGUE = """
[label.status]
missing = "mankas"

[cli]
help = "Legi, indeksi kaj serĉi jarajn raportojn."
error = "Eraro: {message}"

[cli.usage]
error = "Eraro: {message} Vidu {command} --help."
missing = "Mankas {name}."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "xx.toml").write_text(CATALOGUE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def registered(folder: Path) -> Iterator[None]:
    register_language(folder / "xx.toml")
    yield
    remove_language("xx")


def run(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NIANBAO_")}
    return subprocess.run(
        [NIANBAO, *arguments],
        cwd=folder,
        env=kept | {"NIANBAO_LANGUAGES": str(folder)} | environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("registered")
def test_its_sentences_are_said_and_what_it_lacks_in_english() -> None:
    assert "xx" in LANGUAGES
    assert label("status", "missing", "xx") == "mankas"
    assert render(Message.of("report.not_found", id="a"), "xx").startswith("There is no report a.")


def test_once_it_is_removed_it_is_refused(registered: None) -> None:
    assert find_language("xx", "x") == "xx"
    remove_language("xx")
    with raises_saying(ConfigError, "可用的有 zh、en"):
        find_language("xx", "x")
    register_language(Path("xx.toml"))


def test_the_command_line_speaks_it(folder: Path) -> None:
    assert "serĉi jarajn" in run(folder, "--lang", "xx", "--help").stdout
    assert run(folder, "search", NIANBAO_LANG="xx").stderr.startswith("Eraro: Mankas QUERY.")
    assert "Read report files" in run(folder, "--lang=xx", "read", "--help").stdout
