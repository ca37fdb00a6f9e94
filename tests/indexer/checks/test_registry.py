from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.checks.registry import check_report
from indexer.forms.form import read_forms
from indexer.messages import render
from indexer.records import Cell, Finding, FormName, Identity, Region, Report, SourceFile, Status

PARTS = ["granted", "partially_granted", "denied_state_secret", "rejected_repeat", "other"]


def report(
    changed: dict[str, int | Status] | None = None,
    form: FormName = "2019",
    level: str = "county",
    year: int | None = 2019,
    period: tuple[date, date] | None = None,
    published: date | None = None,
) -> Report:
    cells = []
    for key in read_forms()["2021" if form == "2021" else "2019"].keys():
        said = (changed or {}).get(key, 0)
        cells.append(
            Cell(key, None, said, "")
            if isinstance(said, str)
            else Cell(key, said, "reported", str(said))
        )
    identity = Identity("题", True, "某市人民政府", level, None, Region(), year, period, published)  # type: ignore[arg-type]
    return Report("x", identity, form, (), tuple(cells), (), (), (SourceFile("x", "0" * 64, 1),))


def only(findings: tuple[Finding, ...]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


def test_a_report_of_zeros_has_no_findings() -> None:
    assert check_report(report()) == ()
    assert check_report(report(form="2021", year=2021)) == ()


def test_a_row_whose_applicants_do_not_add_up_is_a_contradiction_that_gives_both_numbers() -> None:
    changed = {
        "requests.received.natural_person": 3,
        "requests.received.total": 2,
        "requests.carried_out.total": 2,
    }
    changed |= {"requests.carried_out.natural_person": 3}
    findings = check_report(report(changed))
    assert [(f.rule, f.severity, f.expected, f.found) for f in findings] == [
        ("requests.row_sum", "contradiction", 3, 2)
    ] * 2
    assert "3" in render(findings[0].message)
    assert "2" in render(findings[0].message)
    assert findings[0].cells[-1] == "requests.received.total"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((3, 0), "相加是 3，总计印的是 9"),
        ((0, 0), "相加是 0，总计印的是 9"),
        ((2, 2), "相加是 4（2＋2），总计印的是 9"),
    ],
)
def test_a_sum_is_written_out_only_where_it_has_more_than_one_term(
    parts: tuple[int, int], said: str
) -> None:
    row = dict(zip(("natural_person", "business"), parts, strict=True))
    findings = check_report(
        report(
            {f"requests.denied_state_secret.{key}": value for key, value in row.items()}
            | {"requests.denied_state_secret.total": 9}
        )
    )
    assert said in next(
        render(finding.message) for finding in findings if finding.rule == "requests.row_sum"
    )


def test_dispositions_that_do_not_add_up_are_found_in_their_column() -> None:
    changed = {
        f"requests.{row}.{column}": 1
        for row in ("granted", "received")
        for column in ("business", "total")
    }
    findings = check_report(report(changed))
    assert {f.rule for f in findings} == {"requests.disposed_sum", "requests.balance"}
    assert {f.found for f in findings if f.rule == "requests.disposed_sum"} == {0}


def test_the_balance_of_a_year_counts_what_was_carried() -> None:
    rows = {"received": 2, "carried_in": 1, "granted": 2, "disposed": 2, "carried_out": 1}
    balanced = {
        f"requests.{row}.{column}": n
        for row, n in rows.items()
        for column in ("natural_person", "total")
    }
    assert check_report(report(balanced)) == ()
    finding = check_report(
        report(balanced | {"requests.carried_in.natural_person": 0, "requests.carried_in.total": 0})
    )[0]
    assert (finding.rule, finding.expected, finding.found) == ("requests.balance", 2, 3)


@pytest.mark.parametrize("status", ["blank", "missing", "suspect", "unreadable", "not_applicable"])
def test_a_rule_that_cannot_be_judged_says_so_once(status: Status) -> None:
    findings = check_report(report({"requests.granted.total": status}))
    assert [(f.rule, f.severity) for f in findings] == [
        ("requests.row_sum", "unjudged"),
        ("requests.disposed_sum", "unjudged"),
    ]
    assert findings[0].cells == ("requests.granted.total",)


def test_outcomes_of_disputes_must_add_up() -> None:
    finding = only(
        check_report(
            report({"disputes.litigation_direct.other": 13, "disputes.litigation_direct.total": 15})
        )
    )
    assert (finding.rule, finding.expected, finding.found) == ("disputes.row_sum", 13, 15)


def test_more_disclosed_than_there_is_contradicts_and_more_made_is_a_doubt() -> None:
    key = "proactive.normative_documents."
    finding = only(check_report(report({key + "disclosed": 5, key + "disclosed_total": 4})))
    assert (finding.rule, finding.severity) == ("proactive.disclosed", "contradiction")
    finding = only(
        check_report(
            report({key + "made": 200, key + "disclosed": 88, key + "disclosed_total": 88})
        )
    )
    assert (finding.severity, finding.expected, finding.found) == ("doubt", 88, 200)


def test_items_cannot_fall_below_nothing() -> None:
    finding = only(
        check_report(
            report({"proactive.fees.items_last_year": 2, "proactive.fees.items_change": -3})
        )
    )
    assert (finding.rule, finding.found) == ("proactive.items", -1)
    assert "－3" in render(finding.message)


@pytest.mark.parametrize(
    ("level", "count"), [("township", 1), ("department", 1), ("county", 0), ("prefecture", 0)]
)
def test_only_some_may_issue_regulations(level: str, count: int) -> None:
    findings = check_report(
        report(
            {"proactive.regulations.made": 1, "proactive.regulations.disclosed_total": 1},
            level=level,
        )
    )
    assert [f.rule for f in findings] == ["proactive.township_regulations"] * count


def test_years_that_disagree_are_found() -> None:
    period = (date(2018, 1, 1), date(2018, 12, 31))
    finding = only(check_report(report(period=period)))
    assert (finding.rule, finding.severity, finding.found) == (
        "identity.year",
        "contradiction",
        2018,
    )
    assert only(check_report(report(published=date(2019, 1, 20)))).severity == "doubt"
    assert check_report(report(published=date(2020, 1, 20))) == ()


def test_the_form_must_be_the_one_in_force() -> None:
    assert only(check_report(report(form="2019", year=2022))).rule == "form.year"
    assert only(check_report(report(form="hybrid", year=2020))).rule == "form.year"
    assert check_report(report(year=None)) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(PARTS), st.integers(0, 50)),
    st.integers(0, 9),
    st.integers(0, 3),
)
def test_a_table_filled_by_its_own_rules_has_no_findings_and_one_changed_number_always_has(
    parts: dict[str, int], carried: int, change: int
) -> None:
    disposed = sum(parts.values())
    rows = parts | {
        "disposed": disposed,
        "received": disposed,
        "carried_in": carried,
        "carried_out": carried,
    }
    cells: dict[str, int | Status] = {
        f"requests.{row}.{c}": n for row, n in rows.items() for c in ("research", "total")
    }
    assert check_report(report(cells)) == ()
    key = "requests.disposed.research"
    wrong = cells | {key: int(cells[key]) + change}
    assert bool(check_report(report(wrong))) == bool(change)


@given(st.decimals(0, 10**9, places=2))
def test_amounts_take_no_part_in_sums(amount: Decimal) -> None:
    changed = report()
    cells = tuple(
        Cell(c.key, amount, "reported", "") if c.key.endswith("yuan") else c for c in changed.cells
    )
    assert (
        check_report(Report("x", changed.identity, "2019", (), cells, (), (), changed.sources))
        == ()
    )


@pytest.mark.parametrize(
    ("body", "count"),
    [("国家税务总局", 0), ("审计署", 0), ("教育部", 0), ("教育局", 1), ("高安市委宣传部办公室", 1)],
)
def test_a_department_of_the_state_council_may_issue_regulations(body: str, count: int) -> None:
    printed = report(
        {"proactive.regulations.made": 1, "proactive.regulations.disclosed_total": 1},
        level="department",
    )
    found = check_report(replace(printed, identity=replace(printed.identity, body=body)))
    assert [f.rule for f in found] == ["proactive.township_regulations"] * count
