"""The port: the interface of a search engine, in our own records. Its adapters are in
`indexer.engines`.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from indexer.records import Number, Report, Status
from indexer.search.query import Query


@dataclass(frozen=True, slots=True)
class Figure:
    """A number by which reports are filtered: a cell of the form, or a derived one. `value` is None
    unless printed.
    """

    value: Number | None
    status: Status


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A report as an engine stores it.

    `texts` maps `title`, `body` and each section's key to what is searched there, as printed;
    `headings` a section's key to its sub-headings, part of that text, for the ranking alone;
    `facets` maps a facet of the catalogue to the report's values, most general first; `figures`
    maps a cell key or derived key to its figure.
    """

    id: str
    report: Report
    texts: Mapping[str, str]
    headings: Mapping[str, tuple[str, ...]]
    facets: Mapping[str, tuple[str, ...]]
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of printed text with the spans `[start, end)` to mark in it; `cut_left`, `cut_right`:
    more text there.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    cut_left: bool = False
    cut_right: bool = False
    paragraph: int | None = None
    """The number of its paragraph; None for the title and the body's name."""


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A section in which the query's words occur."""

    key: str
    heading: str | None
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A report on the result page.

    `figures` are those the query filters or sorts by, `title_marks` the spans to mark in the title.
    """

    id: str
    report: Report
    score: float
    sections: tuple[SectionHit, ...]
    figures: Mapping[str, Figure]
    title_marks: tuple[tuple[int, int], ...] = ()
    judged: bool = True
    """False: it matches but for a figure, place or level that could not be judged."""


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet and the number of reports that have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """The distribution of one figure: `bins` are (low, high, reports), both ends included, zero
    first, then powers of ten.

    The bins count the reports that match everything but this figure's own filter; `count`, `total`
    and `median` cover those inside the filter too. `unjudged` counts the reports whose cell is not
    `reported`, and `undecided` those for which the rest of the query is unknown. `median` is None
    without values.
    """

    key: str
    bins: tuple[tuple[float, float, int], ...]
    unjudged: int
    count: int
    total: Number
    median: float | None
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of results. Every count counts reports.

    `total` match; `unjudged` match but for figures, places or levels that could not be judged;
    `judged` match everything but the figures and could be judged. `unjudged_hits` are the first of
    the unjudged, in the query's order. `unjudged_by` maps each facet or figure to the number of
    unjudged reports that it leaves undecided; a report may count for several. `facets` are by
    count, then value.
    """

    query: Query
    total: int
    unjudged: int
    judged: int
    hits: tuple[Hit, ...]
    unjudged_hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    histograms: Mapping[str, Histogram]
    took_ms: float
    unjudged_by: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResultIds:
    """A result page without reports: `ids` in the query's order, the counts as in `ResultPage`."""

    total: int
    unjudged: int
    ids: tuple[str, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]


NameKind: TypeAlias = Literal["body", "region"]


@dataclass(frozen=True, slots=True)
class ExplanationDetail:
    """One term of a report's score: what occurs where, how rare it is, and what it adds.

    `kind` is one of

    - `word`, or words with a `prefix`;
    - `phrase`: an exact string, quoted or typed in one piece;
    - `literal`: an exact string that the segmenter cuts differently in this report;
    - `run`: a string typed in one piece, which adds to the score of its words where it occurs
      whole;
    - `synonym` of the term that it `stands_for`;
    - `near`: the words `text` and `beside`, `distance` words apart.

    `freqs` are the fields in which it occurs and how often; a sub-heading counts both as such and
    in its section. `doc_freq` is None for `near`. `scores` are by field group (`title`, `body`,
    `heading`, `text`), or one for the `whole`.
    """

    kind: Literal["word", "phrase", "prefix", "literal", "run", "synonym", "near"]
    text: str
    freqs: tuple[tuple[str, int], ...]
    doc_freq: int | None
    idf: float
    scores: tuple[tuple[str, float], ...] = ()
    stands_for: str = ""
    beside: str = ""
    distance: int | None = None

    @property
    def score(self) -> float:
        """The sum of its scores."""
        return sum(score for _, score in self.scores)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A report's score by relevance, term by term. The details add up to the score, to the last
    digit.

    `matches` is None where the query cannot be judged for the report. `reports` is the size of the
    index.
    """

    id: str
    query: Query
    score: float
    matches: bool | None
    reports: int
    details: tuple[ExplanationDetail, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what is being typed: a body or a place. `query` goes into the search box."""

    label: str
    query: str
    count: int
    kind: NameKind


@dataclass(frozen=True, slots=True)
class MatchCount:
    """The number of reports that match, and of those that do but for figures, places or levels that
    could not be judged.
    """

    total: int
    unjudged: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The contents of the index. `statuses` counts the cells of the forms by status; `generation`
    names the index served.

    `bodies` counts the bodies by `indexer.bodies.keys.body_of`, without those of the
    `of_unknown_bodies` reports whose body is not certain.
    """

    reports: int
    bodies: int
    generation: str
    updated: str | None
    """When the index was last changed, ISO 8601 with offset."""
    statuses: Mapping[Status, int]
    of_unknown_bodies: int = 0


class Draft(Protocol):
    """A change of the index before it is committed. Of several calls about one report the last
    counts.

    Documents are written as they come, so that a corpus of any size passes through.
    """

    def put(self, document: IndexDocument) -> None:
        """Add a document, or replace the one with its id."""
        ...

    def remove(self, report_id: str) -> None:
        """Remove a document; an id that is not there is no error."""
        ...

    def note(self, ledger: bytes) -> None:
        """Keep these bytes with the index; they replace the ledger of the last change."""
        ...


class SearchEngine(Protocol):
    """A search engine, safe to share between threads."""

    def change(self, *, fresh: bool = False) -> AbstractContextManager[Draft]:
        """Return a transaction: all of it is committed when the `with` block ends, or none of it if
        the block raises.

        Until then the engine answers from what was there before, also for reports that a `fresh`
        change takes over. A fresh change starts from an empty index, and an outdated or damaged
        index is no error to it. EngineBusy if another process writes.
        """
        ...

    def ledger(self) -> bytes | None:
        """Return the ledger of the last change that noted one. IndexMissing and IndexOutdated as
        for a search.
        """
        ...

    def search(self, query: Query) -> ResultPage:
        """Answer a query. EngineError if the engine fails; QueryError if the query takes longer
        than its limit.
        """
        ...

    def find(self, query: Query) -> ResultIds:
        """Return the ids on a result page and the facets, reading no report. EngineError and
        QueryError as for a search.
        """
        ...

    def count(self, query: Query) -> MatchCount:
        """Count the matches of a query, without order and hits. EngineError and QueryError as for a
        search.
        """
        ...

    def max_doc_freq(self, text: str) -> int:
        """Return the number of reports that contain every character bigram of a text: no more can
        contain the text.

        The index alone answers this, no text is read.
        """
        ...

    def get(self, report_id: str) -> Report:
        """Return a report; ReportNotFound without one."""
        ...

    def explain(self, query: Query, report_id: str) -> Explanation:
        """Explain a report's score, whether it matches or not. ReportNotFound without the report,
        else as `search`.
        """
        ...

    def suggest(
        self, text: str, limit: int = 8, kind: NameKind | None = None
    ) -> tuple[Suggestion, ...]:
        """Return bodies and places whose name, pinyin or initials fit `text`, in the order of
        `Suggester`.
        """
        ...

    def facet_values(self, field: str) -> tuple[FacetCount, ...]:
        """Return all values of a facet over the whole index, by count, then value."""
        ...

    def stats(self) -> Stats:
        """Return what the index contains."""
        ...

    def close(self) -> None:
        """Release files and memory; the engine is of no use afterwards."""
        ...
