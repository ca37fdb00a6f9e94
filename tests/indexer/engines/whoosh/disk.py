"""What lies in an index folder, read by Whoosh's own reader and searcher, and a corpus that has
changed often.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from whoosh.index import open_dir
from whoosh.query import And, Every, Not, NullQuery, Or, Phrase, Query, Term
from whoosh.searching import Searcher

from indexer.engines.memory.engine import MemoryEngine
from indexer.engines.memory.entry import build_entry
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.records import Finding, Paragraph, Section
from indexer.search.documents import build_document
from indexer.search.port import IndexDocument
from tests.changes import change_index
from tests.saying import SOMETHING
from tests.strategies import make_report, make_text

_ALPHABETS = (
    range(0x20, 0x7F),
    range(0x300, 0x310),
    range(0x2010, 0x2100),
    range(0x3000, 0x30FF),
    range(0x4E00, 0x4E10),
    range(0xE000, 0xE002),
    range(0xFF00, 0xFFEF),
    range(0x1F600, 0x1F610),
    range(0x20000, 0x20004),
    (0xFFFD, 0xFFFF, 0x10FFFF),
)
"""Characters of all kinds: marks, compatibility forms, private ones, those beyond 16 bits, and such
as are no characters.
"""


@dataclass(frozen=True, slots=True)
class Disk:
    """The index of a folder as Whoosh sees it. A searcher is for one thread; `at` says which report
    a document is.
    """

    searcher: Searcher
    at: dict[int, str]

    def ids(self, query: Query) -> set[str]:
        """The reports that Whoosh's own searcher finds; it counts as many as it lists."""
        results = self.searcher.search(query, limit=None)
        found = [self.at[docnum] for docnum, _ in results.items()]
        assert len(results) == len(found) == len(set(found))
        assert results.docs() == {docnum for docnum, _ in results.items()}
        return set(found)

    def postings(self, field: str) -> dict[bytes, dict[str, list[int]]]:
        """Every term of a field that a report has: where it stands there; a field without positions
        has none of them.
        """
        reader = self.searcher.reader()
        to_bytes = reader.schema[field].to_bytes
        found = {
            to_bytes(text): self._places(field, to_bytes(text))
            for text in reader.field_terms(field)
        }
        return {term: places for term, places in found.items() if places}

    def _places(self, field: str, term: bytes) -> dict[str, list[int]]:
        places = {}
        matcher = self.searcher.reader().postings(field, term)
        while matcher.is_active():
            positions = matcher.value_as("positions") if matcher.supports("positions") else []
            assert matcher.weight() == (len(positions) or 1)
            assert self.at[matcher.id()] not in places
            places[self.at[matcher.id()]] = positions
            matcher.next()
        return places


@contextmanager
def opened(folder: Path, engine: WhooshEngine) -> Iterator[Disk]:
    """The live generation of an engine's folder as Whoosh reads it."""
    with (
        closing(open_dir(str(folder / engine.stats().generation))) as index,
        index.searcher() as searcher,
    ):
        reader, at = searcher.reader(), {}
        for report_id in reader.field_terms("facet_id"):
            matcher = reader.postings("facet_id", report_id)
            at.update(dict.fromkeys(matcher.all_ids(), report_id))
        assert len(at) == reader.doc_count()
        yield Disk(searcher, at)


def literally(needle: str) -> Query:
    """A string of two units or more, as compared, as Whoosh finds it in the pairs."""
    units = needle.encode("utf-16-be")
    pairs = [units[at : at + 4] for at in range(0, len(units) - 2, 2)]
    return Term("bigrams", pairs[0]) if len(pairs) == 1 else Phrase("bigrams", pairs)


def any_of(queries) -> Query:
    """Or, of none as well."""
    queries = list(queries)
    return Or(queries) if queries else NullQuery


def none_of(query: Query) -> Query:
    """Every report but those that a query finds."""
    return And([Every(), Not(query)])


# ── a corpus that has changed ──


class World:
    """The same changes made to an engine on disk and to the oracle; `entries` are the reports as
    the oracle reads them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "index"
        self.engine = WhooshEngine(self.folder, query_seconds=60)
        self.oracle = MemoryEngine()
        self.documents: dict[str, IndexDocument] = {}

    def apply(self, replaced, removed=(), revised=(), fresh=False) -> None:
        """Make a change to both."""
        for one in (self.engine, self.oracle):
            change_index(
                one, list(replaced), remove=list(removed), fresh=fresh, revise=list(revised)
            )
        if fresh:
            self.documents.clear()
        self.documents.update({document.id: document for document in replaced})
        for report_id in removed:
            self.documents.pop(report_id, None)
        self.documents.update({document.id: document for document in revised})

    @property
    def entries(self):
        """The reports by id."""
        return {report_id: build_entry(document) for report_id, document in self.documents.items()}

    def disk(self):
        """The index as Whoosh reads it."""
        return opened(self.folder, self.engine)


@contextmanager
def new_world() -> Iterator[World]:
    """An empty one."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        yield world
        world.engine.close()


def change_often(world: World, random, changes: int) -> None:
    """Make small changes, so that there are many small segments, documents gone from them, and
    merges.
    """
    for number in range(changes):
        known = sorted(world.documents)
        removed = random.sample(known, random.choice([0, 0, min(1, len(known)), len(known) // 3]))
        again = [
            revised(world.documents[key], random)
            for key in random.sample(known, min(len(known), random.choice([0, 1, 2])))
        ]
        new = [
            build_document(with_any_text(make_report(random), random))
            for _ in range(random.choice([0, 1, 1, 2]))
        ]
        twice = [revised(document, random) for document in new[:1] if random.random() < 0.3]
        kept = [document for document in again if document.id not in removed]
        world.apply([*new, *twice], removed, kept, fresh=number == 0)


def revised(document: IndexDocument, random) -> IndexDocument:
    """The same report with other text and another finding."""
    identity = replace(document.report.identity, title=make_text(random))
    return build_document(
        replace(
            document.report,
            identity=identity,
            findings=(Finding("years.carried", "doubt", SOMETHING),),
        )
    )


def with_any_text(report, random):
    """The report, or the same with a section of any characters."""
    if random.random() < 0.5:
        return report
    text = "".join(
        chr(random.choice(random.choice(_ALPHABETS))) for _ in range(random.randint(1, 8))
    )
    return replace(
        report,
        sections=(
            *report.sections,
            Section("other", None, (Paragraph(99, text * random.randint(1, 2)),)),
        ),
    )
