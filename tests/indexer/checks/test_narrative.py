from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.checks.narrative import check_narrative
from indexer.checks.rules import CheckedReport
from indexer.forms.form import read_forms
from indexer.records import Cell, Finding, Identity, Paragraph, Region, Report, Section, SourceFile


def findings(text: str, **totals: int) -> list[Finding]:
    """The findings of a report with this prose and these totals; keys have `__` for the dot."""
    values = {key.replace("__", "."): value for key, value in totals.items()}
    cells = tuple(
        Cell(key, values.get(key, 0), "reported", "") for key in read_forms()["2019"].keys()
    )
    identity = Identity("题", True, "某镇人民政府", "township", None, Region(), 2019, None, None)
    section = Section("overview", "一、总体情况", (Paragraph(1, text),))
    report = Report(
        "x", identity, "2019", (section,), cells, (), (), (SourceFile("x", "0" * 64, 1),)
    )
    return check_narrative(CheckedReport.of(report))


def severities(text: str, **totals: int) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in findings(text, **totals)]


def test_a_number_of_requests_that_the_table_has_otherwise_is_a_contradiction() -> None:
    text = "全年共收到政府信息公开申请5件，均按期答复。"
    assert severities(text, requests__received__total=4) == [
        ("narrative.received", "contradiction")
    ]
    assert severities(text, requests__received__total=5) == []


def test_a_number_that_counts_what_was_carried_in_too_is_a_doubt() -> None:
    text = "受理依申请公开申请6件。"
    assert severities(text, requests__received__total=4, requests__carried_in__total=2) == [
        ("narrative.received", "doubt")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请10余件。",
        "收到政府信息公开申请约12件。",
        "收到政府信息公开申请十一件。",
    ],
)
def test_what_can_be_meant_is_no_finding(text: str) -> None:
    assert severities(text, requests__received__total=11) == []


@pytest.mark.parametrize(
    "text",
    [
        "全镇收到群众来信12件。",
        "办理行政复议案件30件。",
        "依申请公开办理时限为20个工作日，逾期未答复的0件。",
        "2019年公开12条，2018年公开10条。",
        "主动公开信息100条，其中政策文件20条。",
        "主动公开信息100条，其中政策20条、公告30条、财政10条、人事5条等。",
    ],
)
def test_numbers_of_other_things_are_left_alone(text: str) -> None:
    assert severities(text) == []


def test_a_number_for_a_wider_area_is_a_doubt() -> None:
    assert severities("全市各级行政机关收到政府信息公开申请90件。") == [
        ("narrative.received", "doubt")
    ]


def test_dispositions_are_compared_with_the_sum_of_their_rows() -> None:
    text = "收到申请4件，其中予以公开1件，部分公开1件，不予公开2件。"
    totals = {"requests__granted__total": 1, "requests__partially_granted__total": 1}
    rows = {"requests__denied_state_secret__total": 1, "requests__denied_third_party__total": 1}
    assert severities(text, **totals, **rows) == []
    assert severities(text, **totals) == [("narrative.disposition", "contradiction")]


def test_disputes_are_compared_only_where_they_are_about_disclosure() -> None:
    text = "因政府信息公开引发行政复议和行政诉讼案件5件。"
    table = {"disputes__reconsideration__total": 2, "disputes__litigation_direct__total": 3}
    assert severities(text, **table) == []
    assert severities(text, **table, disputes__litigation_after_reconsideration__total=1) == [
        ("narrative.disputes", "doubt")
    ]
    assert severities(text, disputes__reconsideration__total=1) == [
        ("narrative.disputes", "contradiction")
    ]


def test_a_total_must_be_the_sum_of_a_list_that_is_whole() -> None:
    assert severities("主动公开政府信息10条，其中甲类4条、乙类3条、丙类2条、丁类1条。") == []
    found = findings("主动公开政府信息10条，其中甲类4条、乙类3条、丙类2条、丁类2条；另有解读5条。")
    assert [(f.rule, f.severity, f.expected, f.found) for f in found] == [
        ("narrative.disclosed", "contradiction", 11, 10)
    ]


def test_a_list_ends_at_its_sentence_and_a_nested_one_is_its_own() -> None:
    text = (
        "公开信息30条，其中网站20条、微信10条，其中文件4条、动态3条、公告2条、人事1条；解读稿9条。"
    )
    assert severities(text) == []


def test_a_passage_stands_on_the_words_it_speaks_of() -> None:
    text = "今年以来，工作有序。全年收到政府信息公开申请5件，均已答复。"
    passage = findings(text)[0].passages[0]
    assert text[passage.start : passage.end].endswith("申请5件")
    assert passage.paragraph == 1


@given(st.text(alphabet="公开信息收到申请其中件条，。、；0123456789一二十百余约", max_size=80))
def test_no_prose_makes_the_rules_fail(text: str) -> None:
    for finding in findings(text):
        for passage in finding.passages:
            assert 0 <= passage.start < passage.end <= len(text)
