from __future__ import annotations

from dataclasses import replace
from datetime import date

from indexer.records import Division, Region, Report
from tests.webapp.builders import build_report
from tests.webapp.reading import in_chinese
from webapp.shapes.origin import shape_origin, shape_years

shape_origin = in_chinese(shape_origin)
shape_years = in_chinese(shape_years)


def of_year(year: int, province: str = "江西省") -> Report:
    report = build_report(f"{province}{year}")
    identity = replace(
        report.identity,
        body="蟠龙镇人民政府",
        year=year,
        region=Region(province=Division(province, None, "title")),
    )
    return replace(report, identity=identity)


def test_the_other_years_of_the_same_body_are_linked_and_the_neighbours_named() -> None:
    years = shape_years(of_year(2020), [of_year(2020), of_year(2019), of_year(2023)])

    assert [(one.year, bool(one.url), one.current) for one in years] == [
        (2019, True, False),
        (2020, False, True),
        (2021, False, False),
        (2023, True, False),
    ]
    assert years[2].text == "2021 未收录 →"


def test_a_body_of_the_same_name_elsewhere_is_another() -> None:
    years = shape_years(of_year(2020), [of_year(2019, "陕西省")])

    assert [(one.year, one.url) for one in years] == [(2019, ""), (2020, ""), (2021, "")]


def test_without_a_year_or_a_body_there_are_no_other_years() -> None:
    report = of_year(2020)

    assert shape_years(replace(report, identity=replace(report.identity, year=None)), []) == ()
    assert shape_years(replace(report, identity=replace(report.identity, body=None)), []) == ()


def test_what_is_not_known_of_the_origin_stays_empty() -> None:
    shape = shape_origin(build_report(), "https://nianbao.example/x")

    assert (shape.origin, shape.retrieved, shape.period) == ("", "", "")
    assert (shape.media, shape.published) == ("纯文本", "2020-01-15")


def test_only_addresses_of_the_web_are_linked() -> None:
    report = build_report()
    for origin, linked in (
        ("https://www.gaoan.gov.cn/a", True),
        ("javascript:alert(1)", False),
        ("本地", False),
    ):
        one = replace(report, sources=(replace(report.sources[0], origin=origin),))
        assert shape_origin(one, "x").origin_link == linked


def test_copies_and_the_period_are_named() -> None:
    report = build_report()
    one = replace(
        report,
        sources=(*report.sources, replace(report.sources[0], path="镜像/样镇.html")),
        identity=replace(report.identity, period=(date(2019, 1, 1), date(2019, 12, 31))),
    )
    shape = shape_origin(one, "x")

    assert shape.copies == ("镜像/样镇.html",)
    assert shape.period == "2019-01-01 至 2019-12-31"
