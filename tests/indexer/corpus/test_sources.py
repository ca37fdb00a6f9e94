from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from indexer.corpus.sources import (
    FoundFile,
    build_source,
    find_file,
    read_bytes,
    read_original,
    relative_paths,
    walk_corpus,
)
from indexer.errors import ConfigError, SourceError, TooLarge, UnreadableFile
from indexer.messages import render
from indexer.records import SourceFile
from tests.saying import raises_saying


def paths(corpus: Path) -> list[str]:
    return [item.path for item in walk_corpus(corpus) if isinstance(item, FoundFile)]


def test_every_file_is_met_in_order_and_hidden_ones_and_the_manifest_are_not(
    tmp_path: Path,
) -> None:
    for name in (
        "乙/2.txt",
        "乙/1.html",
        "甲.txt",
        ".hidden",
        "manifest.csv",
        "~$甲.docx",
        ".git/x",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert paths(tmp_path) == ["乙/1.html", "乙/2.txt", "甲.txt"]


def test_a_link_out_of_the_corpus_is_an_error_and_the_walk_goes_on(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").symlink_to(tmp_path / "secret.txt")
    (corpus / "b.txt").write_text("x")
    items = list(walk_corpus(corpus))
    assert isinstance(items[0], UnreadableFile)
    assert "之外" in render(items[0].message)
    assert items[1].path == "b.txt"


def test_a_dangling_link_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere.txt")
    (item,) = walk_corpus(tmp_path)
    assert isinstance(item, UnreadableFile)


def test_a_link_in_a_circle_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text("x")
    (tmp_path / "a" / "again").symlink_to(tmp_path / "a")
    assert paths(tmp_path) == ["a/1.txt"]


def test_links_in_a_loop_are_errors_of_their_own_and_the_walk_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "itself").symlink_to("itself")
    (tmp_path / "z.txt").write_text("x")
    items = list(walk_corpus(tmp_path))
    assert [item.path for item in items] == ["a", "b", "itself", "z.txt"]
    assert all(
        isinstance(item, UnreadableFile) and "绕成圈" in render(item.message) for item in items[:3]
    )
    with raises_saying(UnreadableFile, "绕成圈"):
        read_original(tmp_path, SourceFile("itself", "0" * 64, 1))
    with raises_saying(UnreadableFile, "绕成圈"):
        find_file(tmp_path / "itself")


def test_what_is_no_file_and_folders_too_deep_are_errors_of_their_own(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "z.txt").write_text("x")
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1500):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.chdir(here)
    deep, pipe, good = walk_corpus(tmp_path)
    subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # too deep for shutil.rmtree
    assert isinstance(deep, UnreadableFile)
    assert deep.path.endswith("d/")
    assert isinstance(pipe, UnreadableFile)
    assert good.path == "z.txt"


def test_a_corpus_that_is_not_there_says_how_to_name_it(tmp_path: Path) -> None:
    with raises_saying(ConfigError, "NIANBAO_CORPUS"):
        list(walk_corpus(tmp_path / "nowhere"))


def test_a_corpus_that_is_closed_is_not_taken_for_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(folder: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", closed)
    with raises_saying(ConfigError, "打不开"):
        list(walk_corpus(tmp_path))


ODD_NAMES = {
    "高安市2019.txt".encode("gbk"): "高安市2019.txt",
    b"bad\xff.txt": "bad\\xff.txt",
    ("长" * 100).encode("gbk"): "长" * 100,
}


def test_a_file_whose_name_is_not_utf8_is_met_and_found_by_what_is_shown(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode("江西".encode("gbk"))
    folder.mkdir()
    for name in ODD_NAMES:
        Path(folder, os.fsdecode(name)).write_bytes(name)
    assert paths(tmp_path) == sorted(f"江西/{shown}" for shown in ODD_NAMES.values())
    for name, shown in ODD_NAMES.items():
        location = Path(folder, os.fsdecode(name))
        source = SourceFile(f"江西/{shown}", hashlib.sha256(name).hexdigest(), len(name))
        assert read_original(tmp_path, source) == name
        assert relative_paths([location], tmp_path) == (f"江西/{shown}",)
        assert find_file(location).path == f"{tmp_path}/江西/{shown}"


def test_names_that_would_be_shown_alike_are_told_apart(tmp_path: Path) -> None:
    names = ["甲".encode(), "甲".encode("gbk"), b"\\xff", b"\xff"]
    for name in names:
        Path(tmp_path, os.fsdecode(name)).write_bytes(name)
    met = {
        item.path: item.location.read_bytes()
        for item in walk_corpus(tmp_path)
        if isinstance(item, FoundFile)
    }
    assert met == {"甲": names[0], "\\xbc\\xd7": names[1], "\\xff": names[2], "\\xff~": names[3]}
    for shown, data in met.items():
        assert (
            read_original(tmp_path, SourceFile(shown, hashlib.sha256(data).hexdigest(), 1)) == data
        )


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    with raises_saying(TooLarge, "200 MB.*上限 64 MB"):
        read_bytes(FoundFile("大.txt", tmp_path / "nowhere", 200_000_000, ""), 64_000_000)


@pytest.mark.parametrize("name", ["nowhere.txt", "."])
def test_a_path_that_is_no_file_is_named(tmp_path: Path, name: str) -> None:
    with raises_saying(SourceError, str(tmp_path)):
        find_file(tmp_path / name)


def test_the_original_is_given_only_while_it_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_bytes(b"one")
    source = build_source(find_file(tmp_path / "甲.txt"), b"one")
    source = SourceFile("甲.txt", source.sha256, source.size)
    assert read_original(tmp_path, source) == b"one"
    (tmp_path / "甲.txt").write_bytes(b"two")
    with raises_saying(UnreadableFile, "改动"):
        read_original(tmp_path, source)


def test_no_path_leads_out_of_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "corpus").mkdir()
    source = build_source(FoundFile("../secret", tmp_path / "secret", 1, ""), b"x")
    with raises_saying(UnreadableFile, "不在"):
        read_original(tmp_path / "corpus", source)


def test_the_id_of_a_report_is_the_start_of_its_hash_in_base32() -> None:
    digest = "c5b57e9bf0d36d8de9c7226847f3c425a45dd96c4c0a08a120c9fabb8a11266c"
    assert SourceFile("息陬镇.txt", digest, 9229).report_id == "yw2x5g7q2nwy"
