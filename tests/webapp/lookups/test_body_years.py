"""A body's years: linked, 未收录 or 不能确定, never wrong about the corpus."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from random import Random

import pytest
from flask import Flask
from hypothesis import given, settings

from indexer.bodies.keys import body_of
from indexer.engines.memory.engine import MemoryEngine
from indexer.records import Cell, Division, Finding, Identity, Level, Region, Report, SourceFile
from indexer.search.documents import build_document
from indexer.settings import Settings
from tests.changes import change_index
from tests.indexer.engines.contract import ENGINES, new_engine
from tests.saying import SOMETHING
from tests.strategies import randoms
from tests.webapp.conftest import make_app
from tests.webapp.reading import in_chinese, soup, texts
from webapp.lookups.body_years import find_years
from webapp.permalinks import report_path
from webapp.shapes.origin import YearShape

find_years = in_chinese(find_years)

YEARS = range(2019, 2023)
PLACES = (
    ("江西省", "宜春市", "高安市"),
    ("江西省", "宜春市", "丰城市"),
    ("甘肃省", "兰州市", "榆中县"),
    ("北京市", None, "延庆区"),
    ("河南省", None, "济源市"),
)
NAMES = ("城关镇", "蟠龙镇")
ZONE = "高新技术产业开发区"
AMBIGUOUS = Division(
    None, status="ambiguous", candidates=("江西省宜春市高安市", "甘肃省兰州市榆中县")
)


@dataclass(frozen=True)
class Truth:
    """A body as it is, whatever its reports say of it."""

    name: str
    place: tuple[str | None, ...]
    level: Level


BODIES = (
    *(Truth(f"{name}人民政府", (*place, name), "township") for name in NAMES for place in PLACES),
    *(Truth(f"{place[2]}人民政府", (*place, None), "county") for place in PLACES),
    Truth("高安市教育局", (*PLACES[0], None), "department"),
)


def make_corpus(random: Random) -> dict[str, tuple[Truth, Report]]:
    """Reports of few bodies of the same names, with more or less said of each place."""
    bodies = random.sample(BODIES, random.randint(2, 6))
    drawn = [make_report(random, random.choice(bodies)) for _ in range(random.randint(2, 14))]
    return {report.id: (truth, report) for truth, report in drawn}


def make_report(random: Random, truth: Truth) -> tuple[Truth, Report]:
    divisions = [name and Division(name, None, "text") for name in truth.place]
    places = [name for name in truth.place[:3] if name]
    printed = "".join(places[len(places) - random.choice((0, 0, 1, len(places))) :])
    body = truth.name if truth.name.startswith(places[-1]) else printed + truth.name
    level: Level | None = truth.level
    match random.choice(
        ("whole", "whole", "whole", "no township", "no county", "ambiguous", "nowhere", "no level")
    ):
        case "no township":
            divisions[3] = None
        case "no county":
            divisions[2] = None
        case "ambiguous":
            at = random.choice([at for at, name in enumerate(truth.place) if name])
            divisions[at:] = [name and AMBIGUOUS for name in truth.place[at:]]
        case "nowhere":
            divisions = [None] * 4
        case "no level":
            level = None
    province, prefecture, county, township = divisions
    zone = Division(ZONE, None, "text") if township and random.random() < 0.2 else None
    if zone and random.random() < 0.5:
        body = ZONE + truth.name
    region = Region(province, prefecture, county, zone, township)
    published = random.choice((None, date(2023, 1, random.randint(1, 28))))
    parent: Level | None = "county" if level == "department" else None
    identity = Identity(
        "题", True, body, level, parent, region, random.choice(YEARS), None, published
    )
    sha256 = hashlib.sha256(str(random.random()).encode()).hexdigest()
    source = SourceFile("x", sha256, 1, retrieved=random.choice((None, "2023-02-01", "2024-02-01")))
    return truth, Report(source.report_id, identity, "2021", (), (), (), (), (source,))


def is_certain(report: Report) -> bool:
    """Say whether a report leaves no doubt whose it is."""
    region = report.identity.region
    divisions = (region.province, region.prefecture, region.county, region.township)
    known = all(division is None or division.status == "known" for division in divisions)
    return known and region.province is not None and report.identity.level is not None


def is_complete(report: Report) -> bool:
    """Say whether a report names its county, as all these bodies have one."""
    return is_certain(report) and report.identity.region.county is not None


def alike(one: Report, other: Report) -> bool:
    """Say whether two reports say the same of their bodies, so that none can tell them apart."""
    regions = [replace(report.identity.region, township=None, zone=None) for report in (one, other)]
    levels = [report.identity.level for report in (one, other)]
    return ends(one) == ends(other) and regions[0] == regions[1] and levels[0] == levels[1]


def ends(report: Report) -> str:
    """The end of a body's name that all bodies of that name share."""
    body = report.identity.body or ""
    return next((name for name in NAMES if f"{name}人民政府" in body), body)


def version(report: Report) -> tuple[str, str]:
    identity = report.identity
    dated = (
        identity.published.isoformat() if identity.published else report.sources[0].retrieved or ""
    )
    return dated, report.id


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=40, deadline=None)
@given(random=randoms())
def test_every_neighbouring_year_is_linked_or_absent_or_uncertain(
    name: str, random: Random
) -> None:
    corpus = make_corpus(random)
    with new_engine(name) as engine:
        change_index(engine, [build_document(report) for _, report in corpus.values()])
        for truth, report in corpus.values():
            year = report.identity.year
            assert year is not None
            told = {one.year: one for one in find_years(engine, report)}
            assert told[year].current
            assert {year - 1, year + 1} <= told.keys()
            for other in sorted(told.keys() - {year}):
                there = [
                    (owner, one) for owner, one in corpus.values() if one.identity.year == other
                ]
                check_year(told[other], (truth, report), there)


def check_year(
    shape: YearShape, asked: tuple[Truth, Report], there: list[tuple[Truth, Report]]
) -> None:
    """Hold what is said of a year against the reports of that year."""
    truth, report = asked
    complete = [one for owner, one in there if owner == truth and is_complete(one)]
    if is_complete(report) and complete:
        assert (shape.url, shape.text) == (
            report_path(max(complete, key=version).id),
            str(shape.year),
        )
    elif shape.url:
        (linked,) = [(owner, one) for owner, one in there if report_path(one.id) == shape.url]
        assert is_certain(report)
        assert linked[0] == truth or alike(report, linked[1])
    elif shape.text.strip("← →") == f"{shape.year} 未收录":
        assert is_certain(report)
        assert truth not in [owner for owner, _ in there]
    else:
        assert shape.text.strip("← →") == f"{shape.year} 不能确定"
        namesakes = [one for _, one in there if ends(one) == ends(report)]
        assert not is_certain(report) or any(
            not (is_complete(one) and is_complete(report)) for one in namesakes
        )


def test_any_number_of_bodies_of_one_name_loses_no_year() -> None:
    def of(number: int, year: int) -> Report:
        region = Region(
            province=Division("甘肃省"),
            prefecture=Division("某市"),
            county=Division(f"第{number}县"),
        )
        identity = Identity(
            "题", True, "城关镇人民政府", "township", None, region, year, None, None
        )
        source = SourceFile("x", hashlib.sha256(f"{number} {year}".encode()).hexdigest(), 1)
        return Report(source.report_id, identity, "2021", (), (), (), (), (source,))

    reports = [of(number, year) for number in range(120) for year in (2019, 2020)]
    engine = MemoryEngine(map(build_document, reports))
    assert engine.stats().bodies == 120
    for report in reports[::20]:
        told = find_years(engine, report)
        assert [(one.year, bool(one.url)) for one in told if not one.current] in (
            [(2018, False), (2020, True)],
            [(2019, True), (2021, False)],
        )
        assert all(one.current or one.url or "未收录" in one.text for one in told)


def test_a_report_whose_year_is_unknown_may_be_that_of_the_missing_year() -> None:
    random = Random(1)
    truth = BODIES[0]
    _, report = make_report(random, truth)
    while not is_certain(report):
        _, report = make_report(random, truth)
    _, other = make_report(random, truth)
    other = replace(other, identity=replace(report.identity, year=None))
    engine = MemoryEngine(map(build_document, (report, other)))
    assert body_of(other) == body_of(report)
    assert all(one.current or "不能确定" in one.text for one in find_years(engine, report))


def test_the_page_says_of_a_report_without_body_that_its_years_are_uncertain(
    settings: Settings,
) -> None:
    _, report = make_report(Random(2), BODIES[0])
    nameless = replace(report, identity=replace(report.identity, body=None))
    page = soup(years_app(settings, nameless).test_client(), report_path(nameless.id))
    years = texts(page, "nav.years .off")
    assert len(years) == 2
    assert all("不能确定" in year for year in years)


def test_a_finding_across_years_links_to_the_other_report(settings: Settings) -> None:
    _, report = make_report(Random(3), BODIES[0])
    _, before = make_report(Random(4), BODIES[0])
    key = "requests.carried_in.total"
    finding = Finding("years.carried", "contradiction", SOMETHING, (key,), 1, 2, (), (before.id,))
    report = replace(report, cells=(Cell(key, 2, "reported", "2"),), findings=(finding,))
    client = years_app(settings, report, before).test_client()
    page = client.get(report_path(report.id)).get_data(as_text=True)
    assert f'<a href="{report_path(before.id)}">看上一年的报告</a>' in page
    (told,) = client.get(f"{report_path(report.id)}.json").json["findings"]
    assert told["reports"] == [before.id]
    (hit,) = [one for one in client.get("/search.json").json["results"] if one["id"] == report.id]
    assert hit["findings"][0]["reports"] == [before.id]


def years_app(settings: Settings, *reports: Report) -> Flask:
    return make_app(MemoryEngine(map(build_document, reports)), settings)
