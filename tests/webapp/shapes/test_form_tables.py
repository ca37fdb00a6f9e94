from __future__ import annotations

import pytest

from indexer.forms.form import read_forms
from indexer.records import Finding, PrintedLabel, Report
from tests.saying import SOMETHING
from tests.webapp.builders import build_report, hybrid_report, zero_cells
from tests.webapp.reading import in_chinese
from webapp.shapes.finding_notes import place_findings
from webapp.shapes.form_tables import TableShape, shape_tables

shape_tables = in_chinese(shape_tables)

SECTIONS = ("proactive", "requests", "disputes")


def tables_of(report: Report, section: str) -> tuple[TableShape, ...]:
    return shape_tables(report, section, place_findings(report))


def keys_of(report: Report) -> list[str]:
    return [
        cell.key
        for name in SECTIONS
        for table in tables_of(report, name)
        for row in table.rows
        for cell in row.cells
    ]


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_cell_of_the_form_is_shown_once_in_the_printed_order(form: str) -> None:
    assert keys_of(build_report(form=form)) == list(read_forms()[form].keys())  # type: ignore[arg-type]


def test_a_report_with_both_forms_mixed_shows_each_of_its_cells_once() -> None:
    report = hybrid_report()

    assert sorted(set(keys_of(report)) & {cell.key for cell in report.cells}) == sorted(
        cell.key for cell in report.cells
    )
    assert len(keys_of(report)) == len(set(keys_of(report)))


def test_blocks_of_both_forms_are_shown_in_their_order_under_the_heads_of_their_own_form() -> None:
    parts = (("2019", 0), ("2021", 1), ("2021", 2), ("2021", 3), ("2019", 4))
    tables = [read_forms()[form].tables_of("proactive")[at] for form, at in parts]
    report = build_report(
        "混镇", "hybrid", cells=zero_cells([key for table in tables for key in table.keys()])
    )

    shown = tables_of(report, "proactive")

    assert [table.caption for table in shown] == [table.caption for table in tables]
    assert [table.columns for table in shown] == [
        tuple(c.label for c in table.columns) for table in tables
    ]


def test_a_report_without_a_form_has_no_tables() -> None:
    assert keys_of(build_report(form="none")) == []


def test_a_short_report_of_a_known_form_shows_the_cells_it_lacks_as_missing() -> None:
    report = build_report()
    cut = [cell for cell in report.cells if not cell.key.startswith("requests.granted")]
    table = tables_of(build_report(cells=tuple(cut)), "requests")[0]
    granted = next(row for row in table.rows if row.key == "granted")

    assert {cell.word for cell in granted.cells} == {"缺"}


def test_the_printed_wording_goes_before_the_prescribed() -> None:
    labels = (
        PrintedLabel("requests.granted", "（一）同意公开"),
        PrintedLabel("requests.*.total", "合计"),
    )
    table = tables_of(build_report(labels=labels), "requests")[0]

    assert [row.label for row in table.rows if row.key == "granted"] == ["（一）同意公开"]
    assert table.columns[-1] == "合计"
    assert [head.label for head in table.upper] == ["自然人", "法人或其他组织", "合计"]


@pytest.mark.parametrize(("form", "spans"), [("2019", [20, 8, 3, 5]), ("2021", [22, 8, 3, 5, 3])])
def test_the_heads_at_the_left_span_their_rows(form: str, spans: list[int]) -> None:
    table = tables_of(build_report(form=form), "requests")[0]  # type: ignore[arg-type]

    assert [head.span for row in table.rows for head in row.heads] == spans
    assert [len(body) for body in table.bodies] == [1, 1, spans[0], 1]


def test_a_note_below_a_row_is_counted_by_the_heads_that_span_it() -> None:
    cells = tuple(f"requests.denied_third_party.{column}" for column in ("total", "business"))
    report = build_report(
        findings=(Finding("requests.row_sum", "contradiction", SOMETHING, cells, 1, 0),)
    )
    table = tables_of(report, "requests")[0]

    assert [head.span for row in table.rows for head in row.heads] == [21, 9, 3, 5]


def test_rows_of_nothing_but_zeros_can_be_put_away_and_others_not() -> None:
    table = tables_of(build_report(), "requests")[0]

    assert table.zeros == len(table.rows) - 2
    assert [row.key for row in table.rows if not row.zero] == ["received", "carried_in"]
