"""Generates the cells of a report: mostly zero, a few large, mostly consistent, some without a
number.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from indexer.forms.form import Form, FormColumn, read_forms
from indexer.records import Cell, Level, Number, SourcePlace, Status

_MEANS: dict[Level, float] = {"township": 0.7, "department": 5, "county": 30, "prefecture": 160}
"""The applications received in a year."""
_CARELESS, _LOST = 0.25, 0.12
"""A quarter of the reports lack one cell in eight: three cells in a hundred over all."""
_LOSSES: tuple[tuple[Status, str | None, int], ...] = (
    ("blank", "", 55),
    ("not_applicable", "/", 22),
    ("missing", None, 12),
    ("suspect", None, 7),
    ("unreadable", "若干", 4),
)
_SLIPS = 0.08
"""The share of reports in which one figure is wrong."""
_OUTCOMES = {
    "granted": 40, "partially_granted": 8, "denied_third_party": 4,
    "denied_internal_affairs": 3, "denied_deliberative": 3, "denied_enforcement_file": 2,
    "unavailable_not_held": 20, "unavailable_must_create": 4, "unavailable_unclear": 3,
    "rejected_petition": 5, "rejected_repeat": 3, "other": 2, "other_misc": 2,
}  # fmt: skip
_APPLICANTS = {
    "natural_person": 84,
    "business": 10,
    "legal_service": 3,
    "nonprofit": 1,
    "other_organisation": 2,
}
_DISPUTES = {"upheld": 60, "corrected": 10, "other": 18, "pending": 12}


@dataclass(frozen=True, slots=True)
class Filled:
    """A report's cells, and the figures that its prose repeats: `received`, `reconsideration`,
    `litigation`.
    """

    cells: tuple[Cell, ...]
    facts: Mapping[str, int]


def fill_form(form: Form, level: Level, draw: random.Random) -> Filled:
    """Return every cell of a form, in its order."""
    values: dict[str, Number] = dict.fromkeys(form.keys(), 0)
    scale = _MEANS[level]
    received = _skewed(scale, draw)
    _fill_requests(values, received, draw)
    _fill_disputes(values, _skewed(scale / 25, draw), draw)
    _fill_proactive(form, values, scale, draw)
    facts = {
        "received": received,
        "reconsideration": int(values["disputes.reconsideration.total"]),
        "litigation": sum(
            int(values[f"disputes.litigation_{way}.total"])
            for way in ("direct", "after_reconsideration")
        ),
    }
    if draw.random() < _SLIPS:
        wrong = draw.choice([key for key in values if key.startswith(("requests.", "disputes."))])
        values[wrong] += draw.randint(1, 5)
    return Filled(tuple(_printed(form, values, draw)), facts)


def _skewed(mean: float, draw: random.Random) -> int:
    """Draw a count from a skewed distribution: often zero, rarely many times the mean."""
    return int(draw.expovariate(1 / mean) * draw.choice((0.1, 0.3, 0.6, 3)))


def _one(
    weights: dict[str, int], known: dict[str, Number], pattern: str, draw: random.Random
) -> str:
    """Draw an entry by weight, among those that this form has."""
    present = [name for name in weights if pattern.format(name) in known]
    return draw.choices(present, [weights[name] for name in present])[0]


def _fill_requests(values: dict[str, Number], received: int, draw: random.Random) -> None:
    """Give every request an applicant and an outcome; carry a few over from and to other years."""
    for number in range(received + _skewed(received / 20 + 0.01, draw)):
        applicant = _one(_APPLICANTS, values, "requests.received.{}", draw)
        source = "received" if number < received else "carried_in"
        outcome = _one(_OUTCOMES, values, "requests.{}.total", draw)
        rows = [source, "carried_out"] if draw.random() < 0.05 else [source, outcome, "disposed"]
        for row in rows:
            values[f"requests.{row}.{applicant}"] += 1
            values[f"requests.{row}.total"] += 1


def _fill_disputes(values: dict[str, Number], disputes: int, draw: random.Random) -> None:
    for _ in range(disputes):
        row = draw.choice(
            ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
        )
        for column in (_one(_DISPUTES, values, f"disputes.{row}.{{}}", draw), "total"):
            values[f"disputes.{row}.{column}"] += 1


def _fill_proactive(
    form: Form, values: dict[str, Number], scale: float, draw: random.Random
) -> None:
    """Fill a third of the first table; what was issued this year is part of what is in force."""
    for table in form.tables_of("proactive"):
        for row in table.rows:
            for column in table.columns:
                if row.key != "regulations" and draw.random() < 0.35:
                    values[table.key(row, column)] = _proactive(column, scale, draw)
    for kind in ("regulations", "normative_documents"):
        if f"proactive.{kind}.disclosed_total" in values:
            values[f"proactive.{kind}.disclosed_total"] += values[f"proactive.{kind}.disclosed"]


def _proactive(column: FormColumn, scale: float, draw: random.Random) -> Number:
    mean = 12 + 2 * scale
    if column.amount:
        return Decimal(int(draw.expovariate(1 / mean) * 1_000_000)) / 100
    if column.key == "items_change":
        return draw.randint(-9, 12)
    return int(draw.expovariate(1 / (mean * 6 if column.key == "decisions" else mean)))


def _printed(form: Form, values: dict[str, Number], draw: random.Random) -> Iterator[Cell]:
    """Yield the cells as printed; a careless clerk leaves some of them without a number."""
    careless = draw.random() < _CARELESS
    for key, place, unit in _places(form.name):
        value = values[key]
        if careless and draw.random() < _LOST:
            yield _lost(key, value, place, draw)
        else:
            yield Cell(key, value, "reported", f"{value}{unit or ''}", unit, place)


def _lost(key: str, value: Number, place: SourcePlace, draw: random.Random) -> Cell:
    status, raw, _ = draw.choices(_LOSSES, [weight for _, _, weight in _LOSSES])[0]
    if status == "suspect":
        return Cell(key, value, status, str(value), None, place)
    return Cell(key, None, status, raw, None, None if status == "missing" else place)


@cache
def _places(form: str) -> tuple[tuple[str, SourcePlace, str | None], ...]:
    """Return a form's cells in order: key, source location and unit."""
    return tuple(
        (
            table.key(row, column),
            SourcePlace(40 * number + at, number, at, across),
            "元" if column.amount else None,
        )
        for number, table in enumerate(read_forms()[form].tables, 1)
        for at, row in enumerate(table.rows, 2)
        for across, column in enumerate(table.columns, 2)
    )


def form_for(year: int, draw: random.Random) -> Form:
    """Return the form in force for a year, now and then the older one, as late users do."""
    late = year == 2021 and draw.random() < 0.03
    return read_forms()["2019" if year < 2021 or late else "2021"]
