from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from indexer.errors import ConfigError
from indexer.manifest import check_manifest, read_manifest
from indexer.sources import FoundFile, build_source

HEAD = "file,title,origin,retrieved,sha256\n"
DIGEST = hashlib.sha256(b"x").hexdigest()


def test_the_manifest_says_where_a_file_came_from(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text(HEAD + "甲.txt,题,http://a.gov.cn/1,2021-02-03,\n", encoding="utf-8-sig")
    entry = read_manifest(tmp_path)["甲.txt"]
    source = build_source(FoundFile("甲.txt", tmp_path, 1, ""), b"x", entry)
    assert (source.title, source.origin, source.retrieved) == ("题", "http://a.gov.cn/1", "2021-02-03")


def test_what_the_manifest_says_of_other_bytes_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text(HEAD + f"甲.txt,题,http://a.gov.cn/1,,{'0' * 64}\n", encoding="utf-8")
    source = build_source(FoundFile("甲.txt", tmp_path, 1, ""), b"x", read_manifest(tmp_path)["甲.txt"])
    assert source.origin is None


def test_a_manifest_without_a_column_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("file,title\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="origin、retrieved、sha256"):
        read_manifest(tmp_path)


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
def test_a_line_that_is_not_believed_is_named_with_what_to_do(tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / "manifest.csv").write_text(HEAD + line + "\n", encoding="utf-8")
    manifest = read_manifest(tmp_path)
    (fault,) = check_manifest(manifest, {"甲.txt": DIGEST}, [])
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
    assert list(check_manifest(read_manifest(tmp_path), {"甲.txt": DIGEST, "丙.txt": None}, ["关着/"])) == []
