"""The reports of the corpus, read whole and compared with what a person read from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import NotAReport
from indexer.formats.registry import read_document
from indexer.records import Report, SourceFile
from indexer.report.build import build_report
from indexer.serialise.report_json import report_to_dict
from tests.golden import CORPUS_CASES, ROOT
from tests.published import report_from_dict
from tests.rendering import HEADINGS, Printed, render_html, render_txt
from tests.saying import raises_saying

CASES = CORPUS_CASES


def build(data: bytes, path: str = "报告") -> Report:
    return build_report(read_document(data, path), SourceFile(path, "00" * 32, len(data)))


def corpus_report(case: Path) -> Report:
    return build((ROOT / "corpus" / f"{case.name}.txt").read_bytes(), case.name)


def region_names(report: Report) -> dict[str, str | None]:
    return {
        level: division and division["name"]
        for level, division in report_to_dict(report)["region"].items()
    }


def expectation(case: Path) -> dict[str, Any]:
    return json.loads((case / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_cell_of_the_corpus_is_what_stands_in_it(case: Path) -> None:
    cells = report_to_dict(corpus_report(case))["cells"]
    read = {
        key: {name: cell[name] for name in ("value", "status", "raw")}
        for key, cell in cells.items()
    }
    assert read == expectation(case)["cells"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_identity_of_every_report_of_the_corpus_is_right(case: Path) -> None:
    report, expected = report_to_dict(corpus_report(case)), expectation(case)
    assert region_names(corpus_report(case)) == expected["region"]
    assert (report["title"] if report["title_printed"] else None) == expected["title"]
    for name in ("body", "level", "year", "form", "period", "published"):
        assert report[name] == expected[name]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_corpus_gives_these_findings_and_no_others(case: Path) -> None:
    findings = {(finding.rule, finding.severity) for finding in corpus_report(case).findings}
    assert findings == {tuple(finding) for finding in expectation(case)["findings"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_line_of_the_corpus_stands_in_one_section_or_in_a_table(case: Path) -> None:
    report = corpus_report(case)
    printed = (
        (ROOT / "corpus" / f"{case.name}.txt")
        .read_text(encoding="utf-8")
        .replace("[bookmark: _GoBack]", "")
    )
    kept = "\n".join(f"{section.heading or ''}\n{section.text}" for section in report.sections) + (
        report.identity.title or ""
    )
    prose = [
        line.strip()
        for line in printed.splitlines()
        if not line.startswith("\t") and len(line.strip()) > 20
    ]
    assert [line for line in prose if line not in kept] == []


@pytest.mark.parametrize("page", ["plain", "word", "nested"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_page_of_a_government_site_gives_the_same_cells_and_the_same_text(
    case: Path, page: str
) -> None:
    text = corpus_report(case)
    expected = expectation(case)
    raws = {
        key: cell["raw"] for key, cell in expected["cells"].items() if cell["status"] != "missing"
    }
    prose = {section.key: [p.text for p in section.paragraphs] for section in text.sections}
    html = render_html(Printed(text.identity.title or "", raws, prose), page)
    report = build(html.encode("gb18030"))
    assert [(c.key, c.value, c.status, c.unit) for c in report.cells] == [
        (c.key, c.value, c.status, c.unit) for c in text.cells
    ]
    assert [(s.key, s.text) for s in report.sections if s.key != "preamble"] == [
        (s.key, s.text) for s in text.sections if s.key != "preamble"
    ]
    assert report.identity.body == text.identity.body
    assert region_names(report) == region_names(text)
    assert report.findings[: len(text.findings)] == text.findings


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_charset_is_found_whatever_it_is(case: Path, charset: str) -> None:
    text = (ROOT / "corpus" / f"{case.name}.txt").read_text(encoding="utf-8")
    report = build(text.encode(charset))
    expected = corpus_report(case)
    assert (report.identity, report.sections, report.cells) == (
        expected.identity,
        expected.sections,
        expected.cells,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_report_survives_json(case: Path) -> None:
    report = corpus_report(case)
    assert (
        report_from_dict(json.loads(json.dumps(report_to_dict(report), ensure_ascii=False)))
        == report
    )


@pytest.mark.parametrize(
    "text",
    [
        (
            "2020年某市政府工作报告\n各位代表：过去一年，全市生产总值增长6%。政务公开不断深化。"
            "\n一、工作回顾\n略。"
        ),
        (
            "关于做好2019年政府信息公开工作年度报告编制发布工作的通知\n"
            "各乡镇人民政府：请于1月31日前报送。"
        ),
        (
            "某县2020年法治政府建设年度报告\n一、总体情况\n主动公开政府信息300条。\n二、"
            "存在的主要问题及改进情况\n略。"
        ),
        "某局2020年部门决算\n项目\t金额\n合计\t100",
        (
            "某省办公厅关于印发《某省政府信息公开年度报告制度（试行）》的通知\n第一条 "
            "报告内容。\n（一）主动公开政府信息情况。\n（二）依申请公开政府信息情况。\n"
            "（三）行政复议、诉讼情况。"
        ),
        (
            "某州办公室\n关于做好2017年政府信息公开工作年度报告\n编制和公布工作的通知\n一、"
            "报告内容\n（一）主动公开政府信息情况。\n（二）收到和处理申请情况。\n"
            "（三）行政复议、诉讼情况。"
        ),
        "中华人民共和国\n政府信息公开工作年度报告格式\n一、总体情况\n二、主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t\t\t\n行政规范性文件\t\t\t\n"
        "信息内容\t本年处理决定数量\n行政许可\t\n行政处罚\t\n行政强制\t\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况",
        "2022年上半年政府信息公开数据统计\n一、公文公开情况\n共10件。\n二、依申请公开情况\n受理申请7件。\n三、政府信息公开行政复议、诉讼情况\n共2件。",
        "某县水利局信息公开指南\n为便利公众，编制本指南。\n一、主动公开\n（一）范围。\n二、依申请公开\n提出申请。",
        "政府信息公开指南\n一、公开范围\n二、依申请公开\n",
    ],
)
def test_a_document_of_another_kind_is_no_report(text: str) -> None:
    with raises_saying(NotAReport, "没有认出"):
        build(text.encode())


def test_a_table_of_contents_and_numbered_items_open_no_section() -> None:
    prose = {
        "preamble": ["目录", *HEADINGS.values()],
        "overview": [
            "1.主动公开政府信息情况",
            "全年公开10条。",
            "2.收到和处理政府信息公开申请情况",
            "全年0件。",
        ],
        "other": ["无。"],
    }
    report = build(render_txt(Printed("某某镇2019年政府信息公开工作年度报告", {}, prose)).encode())
    assert [section.key for section in report.sections] == ["preamble", *HEADINGS]
    assert "全年公开10条。" in next(s.text for s in report.sections if s.key == "overview")


def test_a_report_that_names_the_circular_above_its_tables_is_one_all_the_same() -> None:
    lines = (ROOT / "corpus" / "荷岭镇-2020.txt").read_text(encoding="utf-8").splitlines()
    text = "\n".join(["关于印发政府信息公开工作年度报告格式的通知", *lines])
    assert build(text.encode()).cells == build("\n".join(["荷岭镇", *lines]).encode()).cells


@pytest.mark.parametrize("printed", ["9个", "9例", "９件", "9 部"])
def test_a_cell_with_any_counting_word_says_that_it_shows_its_value(printed: str) -> None:
    read = build(
        "某镇2019年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
        "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n"
        f"规章\t{printed}\t9（含废止2件）\t1\n".encode(),
        "a.txt",
    )
    shown, remarked = (
        read.cell(f"proactive.regulations.{column}") for column in ("made", "disclosed")
    )

    assert shown is not None
    assert remarked is not None
    assert (shown.value, shown.as_printed) == (9, True)
    assert (remarked.value, remarked.as_printed) == (9, False)
