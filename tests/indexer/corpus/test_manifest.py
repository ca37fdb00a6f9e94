from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from indexer.corpus.manifest import check_manifest, read_manifest
from indexer.corpus.sources import FoundFile, build_source
from indexer.messages import render

HEAD = "file,title,origin,retrieved,sha256\n"
DIGEST = hashlib.sha256(b"x").hexdigest()


def test_the_manifest_says_where_a_file_came_from(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text(
        HEAD + "甲.txt,题,http://a.gov.cn/1,2021-02-03,\n", encoding="utf-8-sig"
    )
    entry = read_manifest(tmp_path).entries["甲.txt"]
    source = build_source(FoundFile("甲.txt", tmp_path, 1, ""), b"x", entry)
    assert (source.title, source.origin, source.retrieved) == (
        "题",
        "http://a.gov.cn/1",
        "2021-02-03",
    )


def test_what_the_manifest_says_of_other_bytes_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text(
        HEAD + f"甲.txt,题,http://a.gov.cn/1,,{'0' * 64}\n", encoding="utf-8"
    )
    source = build_source(
        FoundFile("甲.txt", tmp_path, 1, ""), b"x", read_manifest(tmp_path).entries["甲.txt"]
    )
    assert source.origin is None


def faults(corpus: Path) -> list[str]:
    digests = {"甲.txt": DIGEST, "子/甲.txt": DIGEST}
    return list(map(render, check_manifest(read_manifest(corpus), digests, [])))


def test_a_column_that_is_missing_is_named_and_the_others_are_used(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("File , title\n甲.txt,题\n", encoding="utf-8")
    assert read_manifest(tmp_path).entries["甲.txt"].title == "题"
    (fault,) = faults(tmp_path)
    assert re.search("缺少列 origin、retrieved、sha256.*请补上", fault)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"title,origin\n\xe9\xa2\x98,x\n", "缺少列 file、"),
        (b"\xff\xff\xff" * 9, "解不开"),
        (b"", None),
        ((HEAD + '甲.txt,"题,,,\n').encode(), "第 2 行起读不下去"),
    ],
)
def test_what_cannot_be_read_is_a_warning_and_never_an_error(
    tmp_path: Path, data: bytes, says: str | None
) -> None:
    (tmp_path / "manifest.csv").write_bytes(data)
    found = faults(tmp_path)
    assert len(found) == (says is not None)
    assert all(
        fault.startswith("manifest.csv ") and says in fault and "请" in fault for fault in found
    )


def test_the_lines_before_a_broken_one_are_used(tmp_path: Path) -> None:
    lines = HEAD + '甲.txt,题,,,\n乙.txt,"没有合上,,,\n'
    (tmp_path / "manifest.csv").write_text(lines, encoding="utf-8")
    manifest = read_manifest(tmp_path)
    assert (manifest.entries["甲.txt"].title, manifest.readable) == ("题", False)


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_way_in_which_excel_saves_it_says_the_same(
    tmp_path: Path, charset: str, delimiter: str, newline: str
) -> None:
    rows = [
        HEAD.strip().split(","),
        ["子/甲.txt", "冶溪镇2022年报", "http://a.gov.cn/1", "2023-01-31", ""],
    ]
    text = newline.join(delimiter.join(row) for row in rows) + newline
    mark = "\ufeff" if charset in ("utf-16-le", "utf-16-be") else ""
    (tmp_path / "manifest.csv").write_bytes((mark + text).encode(charset))
    entry = read_manifest(tmp_path).entries["子/甲.txt"]
    assert (entry.title, entry.origin, entry.retrieved) == (
        "冶溪镇2022年报",
        "http://a.gov.cn/1",
        "2023-01-31",
    )
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2023/1/31", "2023-01-31"),
        ("2023-1-31", "2023-01-31"),
        ("2023.01.31", "2023-01-31"),
        ("20230131", "2023-01-31"),
        ("2023年1月31日", "2023-01-31"),
        ("2023/1/31 8:05", "2023-01-31T08:05"),
        ("2023/1/31 18:05:09", "2023-01-31T18:05:09"),
        ("2023-01-31T08:00:00+08:00", "2023-01-31T08:00:00+08:00"),
    ],
)
def test_a_day_as_a_spreadsheet_writes_it_is_that_day(
    tmp_path: Path, written: str, iso: str
) -> None:
    (tmp_path / "manifest.csv").write_text(f"{HEAD}甲.txt,,,{written},\n", encoding="utf-8")
    assert read_manifest(tmp_path).entries["甲.txt"].retrieved == iso
    assert faults(tmp_path) == []


@pytest.mark.parametrize("written", ["2023/2/30", "1/31/2023", "31.1.2023", "2023/13/1", "去年"])
def test_what_is_no_certain_day_is_left_out_and_named(tmp_path: Path, written: str) -> None:
    (tmp_path / "manifest.csv").write_text(f"{HEAD}甲.txt,题,,{written},\n", encoding="utf-8")
    entry = read_manifest(tmp_path).entries["甲.txt"]
    source = build_source(FoundFile("甲.txt", tmp_path, 1, ""), b"x", entry)
    assert (source.title, source.retrieved) == ("题", None)
    assert written in faults(tmp_path)[0]


def test_a_backslash_parts_folders_unless_a_file_is_named_so(tmp_path: Path) -> None:
    (tmp_path / "乙\\丙.txt").write_bytes(b"x")
    (tmp_path / "manifest.csv").write_text(
        HEAD + "子\\甲.txt,一,,,\n乙\\丙.txt,二,,,\n", encoding="utf-8"
    )
    entries = read_manifest(tmp_path).entries
    assert {path: entry.title for path, entry in entries.items()} == {
        "子/甲.txt": "一",
        "乙\\丙.txt": "二",
    }


def test_two_lines_on_one_file_are_named_and_the_last_counts(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text(HEAD + "甲.txt,一,,,\n甲.txt,二,,,\n", encoding="utf-8")
    assert read_manifest(tmp_path).entries["甲.txt"].title == "二"
    assert "不止一行" in faults(tmp_path)[0]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f"乙.txt,,,,{DIGEST}", "没有这个文件"),
        (f"甲.txt,,,,{'0' * 64}", f"sha256 与文件不符.*{DIGEST}"),
        ("甲.txt,,,,abc", "sha256 与文件不符"),
        ("甲.txt,,,去年,", "“去年”不是日期"),
        ("甲.txt,,,2021-02-30,", "“2021-02-30”不是日期"),
    ],
)
def test_a_line_that_is_not_believed_is_named_with_what_to_do(
    tmp_path: Path, line: str, says: str
) -> None:
    (tmp_path / "manifest.csv").write_text(HEAD + line + "\n", encoding="utf-8")
    manifest = read_manifest(tmp_path)
    (fault,) = map(render, check_manifest(manifest, {"甲.txt": DIGEST}, []))
    assert fault.startswith(f"manifest.csv 的 {line[:5]}：")
    assert "请" in fault
    assert re.search(says, fault)
    source = build_source(FoundFile("甲.txt", tmp_path, 1, ""), b"x", manifest.get("甲.txt"))
    assert source.retrieved is None


@pytest.mark.parametrize(
    "line",
    [
        f"甲.txt,,,2021-02-03,{DIGEST.upper()}",
        "甲.txt,,,2021-02-03T08:00:00+08:00,",
        "甲.txt,,,,",
        "丙.txt,,,,",
        "关着/乙.txt,,,,",
    ],
)
def test_a_line_with_which_nothing_is_wrong_is_not_spoken_of(tmp_path: Path, line: str) -> None:
    (tmp_path / "manifest.csv").write_text(HEAD + line + "\n", encoding="utf-8")
    assert (
        list(check_manifest(read_manifest(tmp_path), {"甲.txt": DIGEST, "丙.txt": None}, ["关着/"]))
        == []
    )
