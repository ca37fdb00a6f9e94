"""No report drops out of the places that it lies in, however little is known of where that is."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings

from indexer.engines.memory.engine import MemoryEngine
from indexer.places.gazetteer import Area, gazetteer
from indexer.records import Division, Level, Region
from indexer.search.port import IndexDocument
from indexer.search.query import FacetFilter, Query
from indexer.search.unknown_values import may_match
from tests.indexer.engines.conftest import build_test_document
from tests.strategies import randoms

LEVELS: tuple[Level, ...] = ("province", "prefecture", "county", "township")


def draw_area(random: Random) -> Area:
    while True:
        area = random.choice(gazetteer().areas)
        if area.level != "zone" and area.at("zone") is None:
            return area


def say(random: Random, area: Area) -> Region:
    """What a report says of its place: all, nothing, or nothing certain below some level."""
    there = [level for level in LEVELS if area.at(level)]
    known = random.choice([there, there[: random.randint(0, len(there))]])
    lost = random.choice([None, Division(None, status="ambiguous", candidates=(area.path, "别处"))])
    divisions: dict[str, Division | None] = {}
    for level in there:
        place = area.at(level)
        assert place is not None
        divisions[level] = Division(place.name, place.code, "text") if level in known else lost
    if lost is None and "county" in known and "township" in there:
        divisions["township"] = Division(area.name, area.code, "text")
    return Region(**divisions)


def answer(engine: MemoryEngine, report_id: str, *filters: FacetFilter) -> bool | None:
    page = engine.search(Query(filters=filters, size=100, include_unjudged=True))
    return {hit.id: hit.judged or None for hit in page.hits}.get(report_id, False)


@settings(max_examples=60, deadline=None)
@given(random=randoms())
def test_a_report_is_found_or_unjudged_in_every_place_that_it_lies_in(random: Random) -> None:
    areas = {str(number): draw_area(random) for number in range(4)}
    documents = [
        build_test_document(
            key=key, level=random.choice([area.level, area.level, None]), region=say(random, area)
        )
        for key, area in areas.items()
    ]
    engine = MemoryEngine(documents)
    for document in documents:
        area = areas[document.id]
        for level in LEVELS:
            place = area.at(level)
            if place is not None:
                check_place_found(engine, document, level, place)
        check_elsewhere_ruled_out(engine, document, draw_area(random))


def check_place_found(
    engine: MemoryEngine, document: IndexDocument, level: str, place: Area
) -> None:
    for field in ("region", *({level} & {"province", "prefecture", "county"})):
        found = answer(engine, document.id, FacetFilter(field, (place.name,)))
        assert found is not False
        excluded = answer(engine, document.id, FacetFilter(field, (place.name,), True))
        assert excluded is (False if found else None)
        assert (found is True) == (place.name in document.facets[field])


def check_elsewhere_ruled_out(
    engine: MemoryEngine, document: IndexDocument, elsewhere: Area
) -> None:
    province, own = elsewhere.province, document.facets["province"]
    if province is None or own in ((province.name,), ("unknown",)):
        return
    assert answer(engine, document.id, FacetFilter("region", (province.code,))) is False
    if elsewhere.level == "county" and len(gazetteer().by_name[elsewhere.name]) == 1:
        county = FacetFilter("county", (elsewhere.name,))
        assert answer(engine, document.id, county) is False


@pytest.mark.parametrize(
    ("stored", "field", "asked", "expected"),
    [
        ("江西省|?|?||?", "region", "宜春", True),
        ("江西省|?|?||?", "region", "成都", False),
        ("江西省|?|?||?", "prefecture", "3609", True),
        ("江西省|?|?||?", "county", "510107", False),
        ("江西省|?|?||?", "county", "没有的县", True),
        ("江西省|?|?||", "region", "没有的镇", False),
        ("江西省|宜春市|?||?", "region", "没有的镇", True),
        ("江西省|宜春市|?||?", "region", "没有的市", True),
        ("江西省|宜春市|?||", "prefecture", "没有的市", False),
        ("?|?|?|?|?", "region", "开发区", True),
        ("江西省|?|?||?", "region", "unknown", False),
        ("北京市||?||", "prefecture", "石家庄", False),
        ("北京市||?||", "region", "朝阳", True),
        ("吉林省|?|?||", "region", "朝阳", True),
        ("江西省|宜春市|?||", "region", "朝阳区", False),
    ],
)  # fmt: skip
def test_a_place_is_ruled_out_by_what_is_known(
    stored: str, field: str, asked: str, expected: bool
) -> None:
    assert may_match(field, stored, asked) is expected
