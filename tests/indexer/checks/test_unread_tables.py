from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.checks.rules import CheckedReport, UnreadRow
from indexer.checks.unread_tables import check_unread
from indexer.forms.form import read_forms
from indexer.messages import render
from indexer.records import Cell, Identity, Passage, Region, Report, SourceFile, SourcePlace

KEYS = read_forms()["2021"].keys()


def report(
    year: int | None = 2022, printed: tuple[str, ...] = ("proactive", "requests", "disputes")
) -> Report:
    identity = Identity("题", True, "某县人民政府", "county", None, Region(), year, None, None)
    cells = tuple(
        Cell(key, 0, "reported", "0")
        if key.startswith(printed)
        else Cell(key, None, "missing", None)
        for key in KEYS
    )
    return Report("x", identity, "2021", (), cells, (), (), (SourceFile("x", "0" * 64, 1),))


def test_a_report_with_its_tables_says_nothing() -> None:
    assert check_unread(CheckedReport.of(report(), (), (SourcePlace(),))) == []


@pytest.mark.parametrize(("year", "count"), [(None, 0), (2018, 0), (2019, 1), (2024, 1)])
def test_only_a_report_since_the_first_form_must_show_its_tables(
    year: int | None, count: int
) -> None:
    assert len(check_unread(CheckedReport.of(replace(report(year), cells=()), (), ()))) == count


def test_a_table_that_was_not_found_is_named_and_so_are_pictures_that_may_hold_it() -> None:
    (finding,) = check_unread(CheckedReport.of(report(printed=("proactive", "disputes")), (), ()))
    assert (finding.rule, finding.severity) == ("form.unread", "unjudged")
    assert "申请办理的表没有读到" in render(finding.message)
    assert "图片" not in render(finding.message)
    (pictured,) = check_unread(
        CheckedReport.of(report(printed=("requests",)), (), (SourcePlace(page=2),))
    )
    assert "主动公开、复议和诉讼的表没有读到" in render(pictured.message)
    assert "图片" in render(pictured.message)


def test_the_first_rows_that_were_not_read_are_quoted_with_their_place() -> None:
    rows = [UnreadRow(f"某行{at}\t5\t6", Passage(at, 0, 7)) for at in range(1, 6)]
    (finding,) = check_unread(CheckedReport.of(report(), rows, ()))
    assert "有 5 行" in render(finding.message)
    assert "“某行1 5 6”" in render(finding.message)
    assert "某行4" not in render(finding.message)
    assert [passage.paragraph for passage in finding.passages] == [1, 2, 3]


def test_no_form_is_prescribed_for_institutions() -> None:
    school = report(printed=())
    school = replace(school, identity=replace(school.identity, level="institution"))  # type: ignore[arg-type]
    assert check_unread(CheckedReport.of(school, (), ())) == []
