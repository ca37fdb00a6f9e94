"""A report with lost characters says so; sentences with them prove nothing."""

from __future__ import annotations

from random import Random

import pytest

from indexer.formats.registry import read_document
from indexer.messages import render
from indexer.records import Finding, Report, SourceFile
from indexer.report.build import build_report
from tests.damage.paper import build_paper
from tests.damage.press import press

PAGE = press(build_paper("2021", Random(7)), "html").decode()


def read(page: str) -> Report:
    data = page.encode()
    return build_report(read_document(data, "a.html"), SourceFile("a.html", "00" * 32, len(data)))


def damaged(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == "source.damaged"]


def with_sentence(sentence: str) -> Report:
    return read(PAGE.replace("我镇按要求做好公开工作。", sentence))


def test_a_whole_report_has_no_such_finding() -> None:
    assert damaged(read(PAGE)) == []


def test_a_lost_character_is_shown_where_it_stands() -> None:
    report = with_sentence("我镇按要求\ufffd好公开工作。")
    [finding] = damaged(report)
    [passage] = finding.passages
    paragraph = next(
        p
        for section in report.sections
        for p in section.paragraphs
        if p.number == passage.paragraph
    )
    assert paragraph.text[passage.start : passage.end] == "\ufffd"
    assert (finding.severity, finding.cells) == ("unjudged", ())
    assert "1 处" in render(finding.message)


def test_a_cell_with_a_lost_character_is_named() -> None:
    at = PAGE.index("行政许可</td>") + len("行政许可</td>")
    start = PAGE.index(">", at) + 1
    report = read(PAGE[:start] + "1\ufffd2" + PAGE[PAGE.index("<", start) :])
    cell = report.cell("proactive.licensing.decisions")
    assert cell is not None
    assert (cell.status, cell.value, cell.raw) == ("unreadable", None, "1\ufffd2")
    assert [finding.cells for finding in damaged(report)] == [("proactive.licensing.decisions",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "收到政府信息公开申请\ufffd3件。",
        "收到政府信息公开申请3\ufffd件，收到申请5件。",
        "收到政府信息公开申请3件\ufffd。",
    ],
)
def test_no_number_is_taken_from_a_damaged_paragraph(sentence: str) -> None:
    whole = with_sentence(sentence.replace("\ufffd", ""))
    assert any(finding.rule == "narrative.received" for finding in whole.findings)
    assert not any(
        finding.rule.startswith("narrative") for finding in with_sentence(sentence).findings
    )


def test_a_title_with_a_lost_character_counts() -> None:
    report = read(PAGE.replace("公开工作年度报告", "公开工\ufffd年度报告"))
    assert len(damaged(report)) == 1
