"""What is searched of a report, its facets and its figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings

from indexer.records import (
    Cell,
    Division,
    Finding,
    Identity,
    Paragraph,
    Region,
    Report,
    Section,
    SourceFile,
)
from indexer.search.catalogue.figures import figure_of, figures, figures_of
from indexer.search.documents import build_document
from indexer.search.port import Figure
from tests.saying import SOMETHING
from tests.strategies import ASKED_KEYS, reports

REGION = Region(
    province=Division("江西省", "360000", "gazetteer"),
    prefecture=Division("宜春市", "360900", "gazetteer"),
    county=Division(None, status="ambiguous", candidates=("高安市", "丰城市")),
    township=Division("田南镇", None, "title"),
)


def make_report(cells=(), sections=(), findings=(), year=2019):
    identity = Identity("年报", True, "田南镇人民政府", "township", None, REGION, year, None, None)
    return Report(
        "abc", identity, "2019", sections, cells, (), findings, (SourceFile("a.txt", "00", 1),)
    )


def test_searches_title_body_and_the_paragraphs_but_no_heading_and_no_empty_section():
    sections = (
        Section("overview", "一、总体情况", (Paragraph(1, "甲"), Paragraph(2, "乙", "note"))),
        Section("proactive", "二、主动公开政府信息情况"),
        Section("other", "六", (Paragraph(3, "丙"),)),
        Section("other", "七", (Paragraph(4, "丁"),)),
    )
    texts = build_document(make_report(sections=sections)).texts
    assert texts == {
        "title": "年报",
        "body": "田南镇人民政府",
        "overview": "甲\n乙",
        "other": "丙\n丁",
    }


def test_the_sub_headings_of_a_section_are_its_numbered_short_lines_and_what_heads_a_paragraph():
    sections = (
        Section(
            "overview",
            "一、总体情况",
            (Paragraph(1, "（一）甲"), Paragraph(2, "（二）乙", "note"), Paragraph(3, "丙")),
        ),
        Section("other", "六", (Paragraph(4, "1.丁。戊己。"),)),
        Section("other", "七", (Paragraph(5, "2.庚"),)),
    )
    assert build_document(make_report(sections=sections)).headings == {
        "overview": ("（一）甲",),
        "other": ("1.丁", "2.庚"),
    }


def test_gives_facets_of_what_is_certain():
    findings = (
        Finding("requests.balance", "doubt", SOMETHING),
        Finding("requests.row_sum", "doubt", SOMETHING),
    )
    facets = build_document(make_report(findings=findings)).facets
    assert facets["year"] == ("2019",)
    assert facets["level"] == ("township",)
    assert (facets["province"], facets["prefecture"], facets["county"]) == (
        ("江西省",),
        ("宜春市",),
        ("unknown",),
    )
    assert facets["region"] == ("江西省", "360000", "宜春市", "360900", "田南镇", "unknown")
    assert facets["body_key"] == ("unknown", "incomplete")
    assert facets["locality"] == ("江西省|宜春市|?||田南镇",)
    assert facets["finding"] == ("doubt",)
    assert facets["rule"] == ("requests.balance", "requests.row_sum")


def test_a_report_without_year_and_findings_says_so():
    facets = build_document(make_report(year=None)).facets
    assert (facets["year"], facets["finding"], facets["rule"]) == ((), ("none",), ())


DIRECT, AFTER = (
    "disputes.litigation_direct.total",
    "disputes.litigation_after_reconsideration.total",
)


@pytest.mark.parametrize(
    ("direct", "after", "litigation"),
    [
        (Figure(15, "reported"), Figure(3, "reported"), Figure(18, "reported")),
        (Figure(15, "reported"), Figure(None, "blank"), Figure(None, "blank")),
        (Figure(15, "suspect"), Figure(None, "blank"), Figure(None, "suspect")),
        (Figure(None, "missing"), Figure(None, "unreadable"), Figure(None, "missing")),
        (
            Figure(None, "not_applicable"),
            Figure(None, "not_applicable"),
            Figure(None, "not_applicable"),
        ),
        (Figure(0, "reported"), Figure(0, "reported"), Figure(0, "reported")),
    ],
)
def test_a_derived_figure_has_a_value_only_if_all_its_operands_are_reported(
    direct, after, litigation
):
    cells = tuple(
        Cell(key, figure.value, figure.status, "")
        for key, figure in ((DIRECT, direct), (AFTER, after))
    )
    assert figures_of(make_report(cells))["disputes.litigation.total"] == litigation


def test_a_derived_figure_is_not_there_where_the_form_lacks_an_operand():
    figures = figures_of(make_report((Cell(DIRECT, 1, "reported", "1"),)))
    assert set(figures) == {DIRECT}


def test_a_printed_figure_is_never_computed():
    keys = (
        "requests.other.total",
        "requests.other_uncorrected.total",
        "requests.other_unpaid.total",
        "requests.other_misc.total",
    )
    cells = tuple(Cell(key, number, "reported", "") for number, key in enumerate(keys, 7))
    assert figures_of(make_report(cells))["requests.other.total"] == Figure(7, "reported")
    assert figures_of(make_report(cells[1:]))["requests.other.total"] == Figure(27, "reported")


def test_amounts_stay_exact():
    amount = Cell(
        "proactive.procurement.amount_yuan",
        Decimal("914701.05"),
        "reported",
        "91.470105万元",
        "万元",
    )
    assert figures_of(make_report((amount,)))[amount.key] == Figure(
        Decimal("914701.05"), "reported"
    )


@settings(deadline=None)
@given(reports())
def test_one_figure_asked_for_is_the_one_among_all(report):
    every = figures_of(report)
    assert {key: figure_of(report, key) for key in (*ASKED_KEYS, *figures(), "没有")} == {
        key: every.get(key) for key in (*ASKED_KEYS, *figures(), "没有")
    }
