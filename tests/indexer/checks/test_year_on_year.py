from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.bodies.keys import body_of, date_of
from indexer.checks.registry import check_years, slim
from indexer.forms.form import read_forms
from indexer.messages import render
from indexer.records import (
    Cell,
    Division,
    Finding,
    FormName,
    Identity,
    Level,
    Region,
    Report,
    SourceFile,
    Status,
)

JINAN = Region(province=Division("山东省"), county=Division("某县"))
COLUMNS = (
    "natural_person",
    "business",
    "research",
    "nonprofit",
    "legal_service",
    "other_organisation",
    "total",
)


def report(
    year: int,
    changed: dict[str, int | Status] | None = None,
    *,
    form: FormName | None = None,
    body: str = "某县人民政府",
    level: Level = "county",
    region: Region = JINAN,
    published: date | None = None,
    retrieved: str | None = None,
) -> Report:
    form = form or ("2019" if year < 2021 else "2021")
    cells = []
    for key in read_forms()["2021" if form == "2021" else "2019"].keys() if form != "none" else ():
        said = (changed or {}).get(key, 0)
        cells.append(
            Cell(key, None, said, "")
            if isinstance(said, str)
            else Cell(key, said, "reported", str(said))
        )
    identity = Identity("题", True, body, level, None, region, year, None, published)
    source = SourceFile("x", "0" * 64, 1, retrieved=retrieved)
    return Report(f"{body}-{year}", identity, form, (), tuple(cells), (), (), (source,))


def rules(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in findings]


def test_two_years_of_zeros_agree() -> None:
    for year in (2020, 2021, 2022):
        assert check_years(report(year), report(year - 1)) == ()


def test_what_was_carried_out_must_be_carried_in() -> None:
    before = report(
        2019, {"requests.carried_out.natural_person": 3, "requests.carried_out.total": 3}
    )
    kept = {"requests.carried_in.natural_person": 3, "requests.carried_in.total": 3}
    assert check_years(report(2020, kept), before) == ()
    (finding,) = check_years(report(2020, kept | {"requests.carried_in.total": 2}), before)
    assert (finding.rule, finding.severity, finding.expected, finding.found) == (
        "years.carried",
        "contradiction",
        3,
        2,
    )
    assert finding.cells == ("requests.carried_in.total",)
    assert all(part in render(finding.message) for part in ("2019 年", "结转下年 3 件", "印的是 2"))


def test_only_carrying_holds_across_the_change_of_forms() -> None:
    old = report(2020, {"requests.carried_out.total": 1, "proactive.licensing.items_last_year": 9})
    new = report(2021, {"proactive.regulations.in_force": 7})
    assert rules(check_years(new, old)) == [("years.carried", "contradiction")]
    late = report(2022, {"proactive.licensing.items_last_year": 3}, form="2019")
    assert check_years(late, report(2021)) == ()


def test_documents_in_force_are_last_years_with_what_came_and_went() -> None:
    key = "proactive.normative_documents."
    before = report(2021, {key + "in_force": 10, key + "issued": 5})
    assert (
        check_years(
            report(2022, {key + "in_force": 11, key + "issued": 3, key + "repealed": 2}), before
        )
        == ()
    )
    (finding,) = check_years(
        report(2022, {key + "in_force": 12, key + "issued": 3, key + "repealed": 2}), before
    )
    assert (finding.rule, finding.severity, finding.expected, finding.found) == (
        "years.in_force",
        "contradiction",
        11,
        12,
    )
    assert "10＋制发 3－废止 2＝11" in render(finding.message)


def test_items_of_last_year_are_what_that_year_ended_with() -> None:
    key = "proactive.penalties.items_"
    before = report(2019, {key + "last_year": 10, key + "change": -4})
    assert check_years(report(2020, {key + "last_year": 6}), before) == ()
    (finding,) = check_years(report(2020, {key + "last_year": 10}), before)
    assert (finding.rule, finding.expected, finding.found) == ("years.items", 6, 10)
    assert "－4" in render(finding.message)


@pytest.mark.parametrize("status", ["blank", "missing", "suspect", "unreadable", "not_applicable"])
def test_a_figure_that_is_not_sure_in_either_year_leaves_the_rule_unjudged_once(
    status: Status,
) -> None:
    out: dict[str, int | Status] = {f"requests.carried_out.{column}": status for column in COLUMNS}
    now: dict[str, int | Status] = {
        "requests.carried_in.total": status,
        "requests.carried_in.business": status,
    }
    (finding,) = check_years(report(2020), report(2019, out))
    assert rules((finding,)) == [("years.carried", "unjudged")]
    assert len(finding.cells) == 7
    assert rules(check_years(report(2020, now), report(2019))) == [("years.carried", "unjudged")]


def test_a_year_before_without_any_table_leaves_what_the_form_asks_unjudged() -> None:
    before = report(2018, form="none")
    assert rules(check_years(report(2019), before)) == [
        ("years.carried", "unjudged"),
        ("years.items", "unjudged"),
    ]
    assert check_years(before, report(2017)) == ()


def test_a_body_is_its_name_level_and_place_and_nothing_less() -> None:
    same = body_of(report(2019))
    assert same is not None
    assert same == body_of(report(2020, {"requests.received.total": 1}))
    others = [
        report(2019, body="别县人民政府"),
        report(2019, level="township"),
        report(2019, region=replace(JINAN, county=Division("别县"))),
        report(2019, region=replace(JINAN, township=Division("某镇"))),
    ]
    assert len({same, *(body_of(other) for other in others)}) == 5


@pytest.mark.parametrize(
    "region",
    [
        Region(),
        Region(township=Division("蟠龙镇")),
        replace(JINAN, township=Division(None, status="ambiguous", candidates=("甲", "乙"))),
    ],
)
def test_a_body_whose_place_is_not_certain_has_no_other_years(region: Region) -> None:
    assert body_of(report(2019, region=region)) is None


def test_a_code_that_differs_between_issuers_is_no_other_body() -> None:
    coded = replace(JINAN, county=Division("某县", "370100"))
    assert body_of(report(2019, region=coded)) == body_of(report(2020))


def test_a_region_printed_before_the_name_makes_no_other_body() -> None:
    assert body_of(report(2019, body="山东省某县人民政府")) == body_of(report(2020))


def test_versions_are_ordered_by_publication_or_else_retrieval() -> None:
    assert date_of(report(2019, published=date(2020, 1, 5), retrieved="2024-01-01")) == "2020-01-05"
    assert date_of(report(2019, retrieved="2024-01-01")) == "2024-01-01"
    assert date_of(report(2019)) == ""


@given(
    st.lists(st.integers(0, 99), min_size=7, max_size=7),
    st.sampled_from(COLUMNS),
    st.integers(-3, 3),
    st.booleans(),
)
def test_one_changed_number_gives_exactly_one_finding(
    numbers: list[int], column: str, change: int, first: bool
) -> None:
    out = {
        f"requests.carried_out.{name}": value for name, value in zip(COLUMNS, numbers, strict=True)
    }
    into = {
        f"requests.carried_in.{name}": value for name, value in zip(COLUMNS, numbers, strict=True)
    }
    changed = {
        f"requests.carried_{'out' if first else 'in'}.{column}": numbers[COLUMNS.index(column)]
        + change
    }
    before, now = report(2021, {**out, **changed}), report(2022, {**into, **changed})
    found = check_years(slim(now), slim(before))
    assert [finding.cells for finding in found] == [(f"requests.carried_in.{column}",)] * (
        change != 0
    )
    assert found == check_years(now, before)
