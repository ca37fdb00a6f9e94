"""The memory engine: brute force over documents in memory, the oracle of the tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import RLock

from indexer.engines.memory.entry import MemoryEntry, build_entry
from indexer.engines.memory.execution import MemoryExecution
from indexer.errors import ReportNotFound
from indexer.records import STATUSES, Report
from indexer.search.catalogue.facet_matching import order_counts
from indexer.search.catalogue.facets import BODY_KEY, INCOMPLETE
from indexer.search.catalogue.place_names import UNKNOWN
from indexer.search.documents import TEXT_FIELDS
from indexer.search.port import (
    Explanation,
    FacetCount,
    IndexDocument,
    MatchCount,
    NameKind,
    ResultIds,
    ResultPage,
    Stats,
    Suggestion,
)
from indexer.search.query import Query
from indexer.search.query_validation import validate_query
from indexer.search.ranking import RANKING, Ranking
from indexer.search.suggest.suggester import Suggester
from indexer.text.folding import fold, fold_digits


@dataclass
class MemoryDraft:
    """The documents and the ledger as they will be after the change."""

    entries: dict[str, MemoryEntry]
    ledger: bytes | None

    def put(self, document: IndexDocument) -> None:
        """Add a document, or replace the one with its id."""
        self.entries[document.id] = build_entry(document)

    def remove(self, report_id: str) -> None:
        """Remove a document; an id that is not there is no error."""
        self.entries.pop(report_id, None)

    def note(self, ledger: bytes) -> None:
        """Replace the ledger."""
        self.ledger = ledger


class MemoryEngine:
    """A search engine over documents held in memory."""

    def __init__(
        self,
        documents: Iterable[IndexDocument] = (),
        updated: str | None = None,
        ranking: Ranking = RANKING,
    ) -> None:
        self._entries: dict[str, MemoryEntry] = {}
        self._ledger: bytes | None = None
        self._generation = 0
        self._updated = updated
        self._ranking = ranking
        self._lock = RLock()
        with self.change() as draft:
            for document in documents:
                draft.put(document)

    @contextmanager
    def change(self, *, fresh: bool = False) -> Iterator[MemoryDraft]:
        """Return a transaction on a copy of the documents."""
        with self._lock:
            draft = MemoryDraft(
                {} if fresh else dict(self._entries), None if fresh else self._ledger
            )
            yield draft
            self._entries, self._ledger = draft.entries, draft.ledger
            self._generation += 1

    def ledger(self) -> bytes | None:
        """Return the ledger of the last change that noted one."""
        return self._ledger

    def search(self, query: Query) -> ResultPage:
        """Answer a query by reading every report."""
        validate_query(query)
        return MemoryExecution(query, list(self._entries.values()), self._ranking).page()

    def find(self, query: Query) -> ResultIds:
        """Return the ids on a result page and the facets."""
        page = self.search(replace(query, histograms=()))
        return ResultIds(page.total, page.unjudged, tuple(hit.id for hit in page.hits), page.facets)

    def count(self, query: Query) -> MatchCount:
        """Count the matches of a query."""
        page = self.search(replace(query, page=1, size=0, facets=(), histograms=()))
        return MatchCount(page.total, page.unjudged)

    def max_doc_freq(self, text: str) -> int:
        """Return the number of reports that contain every character bigram of a text."""
        folded = fold_digits(fold(text))
        bigrams = [folded[at : at + 2] for at in range(max(len(folded) - 1, 1))]
        return sum(
            all(
                any(pair in entry.texts.get(field, "") for field in TEXT_FIELDS) for pair in bigrams
            )
            for entry in self._entries.values()
            if folded
        )

    def get(self, report_id: str) -> Report:
        """Return a report; ReportNotFound without one."""
        try:
            return self._entries[report_id].document.report
        except KeyError:
            raise ReportNotFound(report_id) from None

    def explain(self, query: Query, report_id: str) -> Explanation:
        """Explain a report's score."""
        validate_query(query)
        report = self.get(report_id)
        return MemoryExecution(query, list(self._entries.values()), self._ranking).explanation(
            report
        )

    def suggest(
        self, text: str, limit: int = 8, kind: NameKind | None = None
    ) -> tuple[Suggestion, ...]:
        """Return bodies and places whose name, pinyin or initials fit `text`."""
        return Suggester(self._counts("body"), self._counts("region")).suggest(text, limit, kind)

    def facet_values(self, field: str) -> tuple[FacetCount, ...]:
        """Return all values of a facet over the whole index, by count, then value."""
        validate_query(Query(facets=(field,)))
        return order_counts(self._counts(field))

    def _counts(self, field: str) -> Mapping[str, int]:
        return Counter(
            value for entry in self._entries.values() for value in entry.document.facets[field]
        )

    def stats(self) -> Stats:
        """Return what the index contains."""
        statuses = Counter(
            cell.status for entry in self._entries.values() for cell in entry.document.report.cells
        )
        return Stats(
            reports=len(self._entries),
            bodies=len(self._counts(BODY_KEY).keys() - {UNKNOWN, INCOMPLETE}),
            generation=str(self._generation),
            updated=self._updated,
            statuses={status: statuses[status] for status in STATUSES},
            of_unknown_bodies=self._counts(BODY_KEY).get(UNKNOWN, 0),
        )

    def close(self) -> None:
        """Release the documents."""
        self._entries = {}
