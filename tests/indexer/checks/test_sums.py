"""Random tables whose sums hold, and what the arithmetic itself demands of one changed cell."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings

from indexer.checks.registry import check_report
from indexer.forms.form import FormTable, read_forms
from indexer.records import Cell, FormName, Identity, Region, Report, SourceFile
from tests.strategies import randoms

Values = dict[str, int]
FORMS: tuple[FormName, ...] = ("2019", "2021")


def table_of(form: str, section: str) -> FormTable:
    (table,) = read_forms()[form].tables_of(section)
    return table


def make_values(random: Random, form: str) -> Values:
    """Fill the tables by their own rules."""
    values = dict.fromkeys(read_forms()[form].keys(), 0)
    requests, disputes = table_of(form, "requests"), table_of(form, "disputes")
    *single, total = [column.key for column in requests.columns]
    for column in single:
        values |= make_column(random, requests, column)
    for row in requests.rows:
        keys = [f"requests.{row.key}.{column}" for column in single]
        values[f"requests.{row.key}.{total}"] = sum(values[key] for key in keys)
    for row in disputes.rows:
        *outcomes, whole = [disputes.key(row, column) for column in disputes.columns]
        values |= {key: random.randint(0, 9) for key in outcomes}
        values[whole] = sum(values[key] for key in outcomes)
    return values


def make_column(random: Random, table: FormTable, column: str) -> Values:
    """Fill a column of the requests table by its own rules."""
    rows = [row.key for row in table.rows]
    parts = [
        row for row in rows if row not in ("received", "carried_in", "disposed", "carried_out")
    ]
    some = {row: random.choice((0, 0, 0, random.randint(0, 30))) for row in parts}
    some["disposed"] = sum(some.values())
    some["carried_in"] = random.randint(0, some["disposed"])
    some["carried_out"] = random.randint(0, 4)
    some["received"] = some["disposed"] + some["carried_out"] - some["carried_in"]
    return {f"requests.{row}.{column}": value for row, value in some.items()}


def found(values: Values, form: FormName) -> set[tuple[str, str]]:
    """Return the rules broken, each with the last cell of the finding, which tells them apart."""
    cells = tuple(Cell(key, value, "reported", str(value)) for key, value in values.items())
    identity = Identity("题", True, "某县人民政府", "county", None, Region(), int(form), None, None)
    report = Report("x", identity, form, (), cells, (), (), (SourceFile("x", "0" * 64, 1),))
    findings = check_report(report)
    assert all(finding.severity == "contradiction" for finding in findings)
    assert len({(f.rule, f.cells) for f in findings}) == len(findings)
    return {(finding.rule, finding.cells[-1]) for finding in findings}


def demanded(key: str) -> set[tuple[str, str]]:
    """Say which sums a change of one cell breaks."""
    section, row, column = key.split(".")
    if section == "disputes":
        return {("disputes.row_sum", f"disputes.{row}.total")}
    broken = {("requests.row_sum", f"requests.{row}.total")}
    if row in ("received", "carried_in", "carried_out", "disposed"):
        broken.add(("requests.balance", f"requests.carried_out.{column}"))
    if row not in ("received", "carried_in", "carried_out"):
        broken.add(("requests.disposed_sum", f"requests.disposed.{column}"))
    return broken


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, deadline=None)
@given(random=randoms())
def test_tables_filled_by_their_own_rules_have_no_findings(form: FormName, random: Random) -> None:
    assert found(make_values(random, form), form) == set()


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=80, deadline=None)
@given(random=randoms())
def test_one_changed_cell_breaks_exactly_the_sums_that_it_is_in(
    form: FormName, random: Random
) -> None:
    values = make_values(random, form)
    key = random.choice([key for key in values if not key.startswith("proactive")])
    values[key] += random.choice((1, 2, 100))
    assert found(values, form) == demanded(key)
