"""Errors of usage in Chinese, and what of a command line is the query."""

from __future__ import annotations

import click
import pytest

from indexer.cli.commands import main
from indexer.cli.usage import QueryCommand


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", "公开", "--siz", "3"], "没有名叫 --siz 的选项。是否想写 --size"),
        (["search", "公开", "--size", "0"], "--size 的值不对：应是 1 到 100 的整数"),
        (["search", "公开", "--size", "x"], "--size 的值不对：应是 1 到 100 的整数"),
        (["search", "--json"], "缺少 QUERY"),
        (["nothing"], "没有名叫 nothing 的命令。可用的有：failures、index"),
        (["--bad"], "没有名叫 --bad 的选项"),
        (["status", "x"], "多写了参数“x”"),
        (["index", "没有"], "没有这个文件或文件夹"),
        (["read"], "缺少 FILE"),
        (["read", "--json", "--explain", "x"], "不能一起用"),
        (["search", "行政诉讼>"], "后面没有数"),
    ],
)
def test_errors_of_usage_are_said_in_chinese(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main.main(arguments, prog_name="nianbao")
    said = capsys.readouterr().err
    assert caught.value.code == 2
    assert message in said
    assert "Usage" not in said
    assert "Error" not in said


@pytest.mark.parametrize(
    ("arguments", "query", "size"),
    [
        (["-微信 公开"], ("-微信 公开",), 20),
        (["-微信", "公开"], ("-微信", "公开"), 20),
        (["公开", "-微信", "--size", "3"], ("公开", "-微信"), 3),
        (["--size=3", "-公开", "--json"], ("-公开",), 3),
        (["--", "-h"], ("-h",), 20),
        (["--微信", "公开"], ("--微信", "公开"), 20),
        (["-json"], ("-json",), 20),
    ],
)
def test_what_is_no_option_is_the_query(
    arguments: list[str], query: tuple[str, ...], size: int
) -> None:
    command = main.commands["search"]
    assert isinstance(command, QueryCommand)
    context = command.make_context("search", list(arguments))
    assert (context.params["query"], context.params["size"]) == (query, size)


def test_a_misspelt_option_is_no_query() -> None:
    with pytest.raises(click.NoSuchOption):
        main.commands["search"].make_context("search", ["--jsn", "公开"])
