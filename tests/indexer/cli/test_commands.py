"""The command as a person types it: a real process, a real index."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden import ROOT

NIANBAO = Path(sys.executable).parent / "nianbao"


class Shell:
    """A folder with a corpus, and the command run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "corpus", folder / "corpus")

    def run(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith("NIANBAO_")
        }
        return subprocess.run(
            [NIANBAO, *arguments],
            cwd=self.folder,
            env=kept | environ,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    shell = Shell(tmp_path_factory.mktemp("indexed"))
    assert shell.run("index").returncode == 0
    return shell


def test_read_prints_one_json_object_a_line_with_every_published_name(shell: Shell) -> None:
    (shell.folder / "空.txt").write_bytes(b"")
    files = ["corpus/荷岭镇-2020.txt", "空.txt", "没有.txt", "corpus/息陬镇-2019.txt"]
    done = shell.run("read", *files, "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [line["file"] for line in lines] == files
    names = [
        "file",
        "id",
        "title",
        "body",
        "level",
        "region",
        "year",
        "form",
        "period",
        "published",
        "sections",
        "cells",
        "findings",
    ]
    assert [name for name in names if name not in lines[0]] == []
    assert {"key", "heading", "text"} <= lines[0]["sections"][0].keys()
    assert {"value", "status", "raw", "unit"} <= lines[0]["cells"]["requests.received.total"].keys()
    assert {line["file"]: line["error"]["kind"] for line in lines if "error" in line} == {
        "空.txt": "NotAReport",
        "没有.txt": "UnreadableFile",
    }
    assert "成功 2，失败 2" in done.stderr


def test_amounts_are_numbers_in_the_json(shell: Shell) -> None:
    done = shell.run("read", "--json", "corpus/田南镇-2019.txt")
    amount = json.loads(done.stdout)["cells"]["proactive.procurement.amount_yuan"]
    assert (amount["value"], amount["unit"], amount["raw"]) == (914701, "万元", "91.4701万元")
    assert done.returncode == 0


def test_explain_says_how_each_section_table_and_row_was_recognised(shell: Shell) -> None:
    done = shell.run("read", "--explain", "corpus/荷岭镇-2020.txt")
    lines = done.stdout.splitlines()
    assert [line.split("：")[0] for line in lines if line.startswith("章节")] == [
        f"章节 {key}"
        for key in ("overview", "proactive", "requests", "disputes", "problems", "other")
    ]
    assert sum(line.startswith("  表 ") for line in lines) == 3
    granted = next(line for line in lines if "requests.granted" in line)
    assert "（一）予以公开" in granted
    assert "只有 5 格，应有 7 格" in granted
    assert done.returncode == 0
    assert shell.run("read", "--explain", "--json", "corpus/荷岭镇-2020.txt").returncode == 2


def test_index_names_what_it_could_not_read_ends_with_counts_and_serves_the_rest(
    shell: Shell,
) -> None:
    assert shell.run("index").returncode == 0
    (shell.folder / "corpus" / "程序.txt").write_bytes(b"\x7fELF" + bytes(range(256)) * 9)
    (shell.folder / "corpus" / "空.txt").write_bytes(b"")
    done = shell.run("index")
    assert done.returncode == 1
    assert [line.split("：")[0] for line in done.stderr.splitlines()] == [
        "UnsupportedFormat",
        "NotAReport",
    ]
    assert "失败 2；索引共 5 份报告" in done.stdout
    assert "5 份报告" in shell.run("search", '"政府信息公开"').stderr
    assert "没读成的文件 2 个，UnsupportedFormat 1，NotAReport 1。" in shell.run("status").stdout
    listed = [json.loads(line) for line in shell.run("failures", "--json").stdout.splitlines()]
    assert [(one["file"], one["error"]["kind"]) for one in listed] == [
        ("程序.txt", "UnsupportedFormat"),
        ("空.txt", "NotAReport"),
    ]
    assert all(one["error"]["message"] in shell.run("failures").stdout for one in listed)


@pytest.mark.parametrize(
    ("query", "names", "judged"),
    [
        ("层级:乡镇 行政诉讼>0", [], "数字能判断的 4 份"),
        ("行政诉讼>0", ["高安市2019年"], "数字能判断的 5 份"),
        (
            "层级:乡镇 proactive.normative_documents.disclosed>0",
            ["荷岭镇", "田南镇"],
            "无法判断的 0 份",
        ),
        ("新收申请>=1", ["高安市2019年", "息陬镇"], "无法判断的 1 份"),
        ('"办结率"', ["息陬镇"], "1 份报告"),
    ],
)
def test_searches_answer_with_what_was_found_and_what_was_judged(
    indexed: Shell, query: str, names: list[str], judged: str
) -> None:
    done = indexed.run("search", query)
    titles = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert len(titles) == len(names)
    assert all(any(name in title for title in titles) for name in names)
    assert judged in done.stderr


def test_a_search_as_json_and_as_csv_says_the_same(indexed: Shell) -> None:
    found = json.loads(indexed.run("search", "--json", "行政诉讼>0").stdout)
    (row,) = csv.DictReader(indexed.run("search", "--csv", "行政诉讼>0").stdout.splitlines())
    (hit,) = found["results"]
    assert (found["total"], found["unjudged"], found["judged"]) == (1, 0, 5)
    assert hit["figures"]["disputes.litigation.total"] == {"value": 18, "status": "reported"}
    assert (row["id"], row["disputes.litigation.total"], row["county"]) == (
        hit["id"],
        "18",
        "高安市",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", "foo:bar"], "foo"),
        (["search"], "QUERY"),
        (["read"], "FILE"),
        (["nothing"], "nothing"),
        (["index", "/"], "语料文件夹"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_wrong(
    indexed: Shell, arguments: list[str], message: str
) -> None:
    done = indexed.run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_query_may_begin_with_a_minus_sign(indexed: Shell) -> None:
    done = indexed.run("search", "-微信 公开")
    assert done.returncode == 0
    assert "1 份报告" in done.stderr


def test_a_search_says_what_plain_words_may_mean_and_which_part_finds_nothing(
    indexed: Shell,
) -> None:
    done = indexed.run("search", "败诉最多的乡镇")
    assert "也许要的是条件：层级:乡镇 按行政诉讼·结果纠正从多到少（4 份）" in done.stderr
    assert "单独也找不到：“败诉”、“最多”" in done.stderr
    found = json.loads(indexed.run("search", "--json", "败诉最多的乡镇").stdout)
    assert found["meant"][0]["total"] == 4
    assert found["parts"][0] == {"text": "败诉", "total": 0, "unjudged": 0}


def test_a_wrong_setting_stops_at_the_start_by_name(indexed: Shell) -> None:
    done = indexed.run("status", NIANBAO_PORT="eighty")
    assert done.returncode == 2
    assert "NIANBAO_PORT" in done.stderr


@pytest.mark.parametrize("pattern", ["CURRENT", "gen-1/*.seg"])
def test_the_advice_for_a_damaged_index_is_one_line_and_works(shell: Shell, pattern: str) -> None:
    assert shell.run("index").returncode == 0
    (file,) = (shell.folder / ".index").glob(pattern)
    file.write_bytes(b"junk")
    done = shell.run("search", "公开")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert done.stderr.startswith("错误：索引")
    assert ".index" in done.stderr
    assert "nianbao index --full" in done.stderr
    assert shell.run("index", "--full").returncode == 0
    assert shell.run("search", "公开").returncode == 0


def test_a_name_that_is_not_utf8_is_read_and_indexed_and_shown_as_text(shell: Shell) -> None:
    odd = shell.folder / "corpus" / os.fsdecode("息陬.txt".encode("gbk"))
    (shell.folder / "corpus" / "息陬镇-2019.txt").rename(odd)
    done = shell.run("read", "--json", str(odd), "corpus/" + os.fsdecode(b"no\xff.txt"))
    report, lost = (json.loads(line) for line in done.stdout.splitlines())
    assert report["file"] == f"{shell.folder}/corpus/息陬.txt"
    assert lost["file"] == "corpus/no\\xff.txt"
    assert shell.run("index", str(odd)).stdout.startswith("收入 1 个文件")
    assert shell.run("index", LC_ALL="C").stdout.startswith("收入 4 个文件，未变 1")


def test_a_manifest_line_that_is_not_used_is_a_warning_and_no_failure(shell: Shell) -> None:
    with (shell.folder / "corpus" / "manifest.csv").open("a", encoding="utf-8") as file:
        file.write("没有.txt,,,,\n")
    done = shell.run("index")
    assert done.returncode == 0
    assert done.stderr.splitlines()[-1].startswith("注意：manifest.csv 的 没有.txt：")


def test_a_search_says_which_synonyms_it_looks_for_and_can_do_without(indexed: Shell) -> None:
    (indexed.folder / "synonyms.txt").write_text("没有这个词 ~ 办结率", encoding="utf-8")
    done = indexed.run("search", "没有这个词")
    assert "息陬镇" in done.stdout
    assert "也找同义词：没有这个词 ≈ 办结率" in done.stderr
    assert indexed.run("search", "没有这个词", "--no-synonyms").stdout == ""
    (indexed.folder / "synonyms.txt").unlink()


def test_a_fault_in_the_synonym_file_is_said_before_anything_starts(indexed: Shell) -> None:
    (indexed.folder / "mine.txt").write_text("败诉 ~ ", encoding="utf-8")
    for command in (["search", "公开"], ["serve"]):
        done = indexed.run(*command, NIANBAO_SYNONYMS="mine.txt")
        assert done.returncode != 0
        assert "同义词文件 mine.txt 第 1 行" in done.stderr
        assert "Traceback" not in done.stderr


def test_without_an_index_a_search_says_how_to_make_one(shell: Shell) -> None:
    done = shell.run("search", "公开")
    assert done.returncode == 1
    assert "nianbao index" in done.stderr


def test_a_dry_run_leaves_no_index(shell: Shell) -> None:
    assert "试运行" in shell.run("index", "--dry-run").stdout
    assert not (shell.folder / ".index" / "CURRENT").exists()


def test_a_rebuild_gives_the_same_ids(indexed: Shell) -> None:
    before = indexed.run("search", "--json", "公开").stdout
    assert indexed.run("index", "--full").returncode == 0
    assert indexed.run("search", "--json", "公开").stdout == before


@pytest.mark.parametrize(
    "arguments",
    [("read", "--json", "corpus/息陬镇-2019.txt"), ("search", "公开", "--csv"), ("--help",)],
)
def test_a_full_disk_is_one_clear_line(indexed: Shell, arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [NIANBAO, *arguments],
            cwd=indexed.folder,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert "磁盘空间" in done.stderr


def test_a_closed_output_does_no_harm(indexed: Shell) -> None:
    command = f"{NIANBAO} status >&-"
    done = subprocess.run(
        ["sh", "-c", command], cwd=indexed.folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_corpus_on_a_drive_that_is_not_mounted_leaves_the_index_as_it_is(shell: Shell) -> None:
    assert shell.run("index").returncode == 0
    (shell.folder / "corpus").rename(shell.folder / "mounted")
    (shell.folder / "corpus").mkdir()
    done = shell.run("index")
    assert done.returncode == 2
    assert "5 份报告有 5 份在语料里找不到了" in done.stderr
    assert "Traceback" not in done.stderr
    assert "5 份报告" in shell.run("search", '"政府信息公开"').stderr
    assert "移除 5" in shell.run("index", "--allow-removals").stdout
