from __future__ import annotations

from datetime import date

import pytest

from indexer.checks.date_rules import check_form, check_year
from indexer.checks.rules import CheckedReport
from indexer.records import FormName, Identity, Paragraph, Region, Report, Section, SourceFile


def findings(
    *,
    year: int | None = 2020,
    form: FormName = "2019",
    period: tuple[date, date] | None = None,
    published: date | None = None,
    opening: str = "",
) -> list[tuple[str, str]]:
    identity = Identity(
        "题", True, "某县人民政府", "county", None, Region(), year, period, published
    )
    sections = (Section("preamble", None, (Paragraph(1, opening),)),)
    report = Report("x", identity, form, sections, (), (), (), (SourceFile("x", "0" * 64, 1),))
    checked = CheckedReport.of(report)
    findings = [*check_year(checked), *check_form(checked)]
    return [(finding.rule, finding.severity) for finding in findings]


def year_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


CONTRADICTION, DOUBT = [("identity.year", "contradiction")], [("identity.year", "doubt")]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (None, []),
        (year_of(2020), []),
        ((date(2020, 1, 1), date(2020, 11, 30)), []),
        (year_of(2019), CONTRADICTION),
        (year_of(2021), CONTRADICTION),
        ((date(2020, 1, 1), date(2021, 12, 31)), CONTRADICTION),
        ((date(2019, 1, 1), date(2020, 12, 31)), DOUBT),
    ],
)
def test_the_period_is_the_year_of_the_title(
    period: tuple[date, date] | None, expected: list[tuple[str, str]]
) -> None:
    assert findings(period=period) == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (date(2021, 1, 1), []),
        (date(2021, 12, 31), []),
        (date(2020, 12, 30), DOUBT),
        (date(2023, 5, 1), DOUBT),
        (date(2019, 12, 30), CONTRADICTION),
    ],
)
def test_a_report_is_published_in_the_following_year(
    published: date, expected: list[tuple[str, str]]
) -> None:
    assert findings(published=published) == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("现将我县2020年度政府信息公开工作年度报告公布如下。", []),
        ("现将我县2019年度政府信息公开工作年度报告公布如下。", CONTRADICTION),
        ("特编制２０１９年政府信息公开工作年度报告。", CONTRADICTION),
        ("根据《关于做好2019年度政府信息公开工作年度报告编制工作的通知》，现公布本报告。", []),
        ("现按照县政府关于2019年度政府信息公开年度报告的要求，公布如下。", []),
        ("2019年政府信息公开年度报告已于2020年1月发布。", []),
        ("现公布2020年政府信息公开工作年度报告，2019年年度报告可在网站查阅。", []),
    ],
)
def test_the_opening_calls_the_report_by_the_year_of_its_title(
    opening: str, expected: list[tuple[str, str]]
) -> None:
    assert findings(opening=opening) == expected


@pytest.mark.parametrize(
    ("form", "year", "count"),
    [
        ("2019", 2019, 0),
        ("2019", 2020, 0),
        ("2021", 2021, 0),
        ("2021", 2030, 0),
        ("none", 2015, 0),
        ("none", 2022, 0),
        ("2019", 2021, 1),
        ("2019", 2023, 1),
        ("2021", 2020, 1),
        ("hybrid", 2021, 1),
        ("hybrid", 2020, 1),
        ("2019", 2018, 1),
        ("2019", None, 0),
    ],
)
def test_the_form_is_the_one_in_force_and_another_is_a_doubt(
    form: FormName, year: int | None, count: int
) -> None:
    assert findings(form=form, year=year) == [("form.year", "doubt")] * count
