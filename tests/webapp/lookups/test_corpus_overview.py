"""What is in the index is asked once for each state of it."""

from __future__ import annotations

from indexer.engines.memory.engine import MemoryEngine
from indexer.search.documents import build_document
from indexer.search.port import FacetCount
from tests.changes import change_index
from tests.webapp.builders import build_report
from webapp.lookups.corpus_overview import Overviews


class CountingEngine(MemoryEngine):
    """Notes which facets are counted."""

    def __init__(self, documents):
        self.counted = []
        super().__init__(documents)

    def facet_values(self, field):
        self.counted.append(field)
        return super().facet_values(field)


def test_the_values_of_a_facet_are_counted_anew_only_when_the_index_has_changed():
    engine = CountingEngine([build_document(build_report("甲镇"))])
    overviews = Overviews(engine)
    first = overviews.values("year", "level")
    assert overviews.values("level", "year") == first
    assert engine.counted == ["year", "level"]
    change_index(engine, [build_document(build_report("乙镇"))])
    assert overviews.values("level") == {"level": (FacetCount("township", 2),)}
    assert engine.counted == ["year", "level", "level"]


def test_two_sites_do_not_share_what_they_have_counted():
    one, other = (
        Overviews(CountingEngine([build_document(build_report("甲镇"))] * count))
        for count in (1, 0)
    )
    assert one.values("level") == {"level": (FacetCount("township", 1),)}
    assert other.values("level") == {"level": ()}
