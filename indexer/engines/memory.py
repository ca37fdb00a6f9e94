"""The memory engine: every report is read anew for every query. Slow and obviously right, the oracle of the tests."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from threading import RLock

import numpy as np

from indexer.errors import ReportNotFound
from indexer.records import SECTION_KEYS, STATUSES, Report
from indexer.search.documents import TEXT_FIELDS, folded_fields
from indexer.search.explanation import build_explanation
from indexer.search.facets import accepts, check_query, ordered_counts, stored_under
from indexer.search.histograms import as_float, build_histogram
from indexer.search.hits import UNJUDGED_SHOWN, build_hit
from indexer.search.port import (
    Change,
    Count,
    Explanation,
    FacetCount,
    Figure,
    Histogram,
    Hit,
    IndexDocument,
    NameKind,
    ResultPage,
    Stats,
    Suggestion,
)
from indexer.search.query import (
    And,
    Body,
    FacetFilter,
    FigureFilter,
    InSections,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
)
from indexer.search.ranking import GROUPS, RANKING, Ranking, group_of, rounded
from indexer.search.segment import Token, tokens
from indexer.search.suggestions import Suggester
from indexer.search.terms import Pair, Scope, Term, build_root, build_term, near_pairs, synonyms_of, text_terms
from indexer.text import fold, fold_digits


@dataclass(frozen=True)
class _Entry:
    """A document with its fields folded: `texts` as strings are compared, `tokens` the words they were cut into."""

    document: IndexDocument
    texts: Mapping[str, str]
    tokens: Mapping[str, Sequence[Token]]

    @cached_property
    def words(self) -> Mapping[str, Sequence[str]]:
        """The words of each field, with the words they are made of."""
        return {field: [token.text for token in tokens] for field, tokens in self.tokens.items()}

    @cached_property
    def lengths(self) -> Mapping[str, int]:
        """The number of words in each group of fields, those they are made of not counted."""
        lengths = Counter(dict.fromkeys(GROUPS, 0))
        for field, present in self.tokens.items():
            lengths[group_of(field)] += len({token.position for token in present})
        return lengths

    @cached_property
    def year(self) -> int | None:
        years = self.document.facets["year"]
        return int(years[0]) if years else None

    def holds(self, term: Term, scope: Scope) -> bool:
        return self.contains(term, scope) or self.has_words(term, scope)

    def contains(self, term: Term, scope: Scope) -> bool:
        """Say whether one of the fields contains the term's text, if that is enough for it."""
        return bool(term.needle) and term.literal and any(term.needle in self.texts.get(field, "") for field in scope)

    def has_words(self, term: Term, scope: Scope) -> bool:
        """Say whether all the term's words stand in the fields, or for a prefix a word that begins with it."""
        words = {word for field in scope for word in self.words.get(field, ())}
        if term.kind == "prefix":
            return bool(term.folded) and any(word.startswith(term.folded) for word in words)
        return bool(term.words) and words.issuperset(term.words)

    def sections_with(self, term: Term) -> set[str]:
        """Return the sections in which the term occurs, as `Term.sections` says it."""
        return (
            {key for key in term.sections if self.has_words(term, (key,))}
            or {key for key in term.sections if self.contains(term, (key,))}
            or {key for key in term.sections if set(term.words) & set(self.words.get(key, ())) and term.kind == "word"}
        )


class MemoryEngine:
    """A search engine over documents held in memory."""

    def __init__(
        self, documents: Iterable[IndexDocument] = (), updated: str | None = None, ranking: Ranking = RANKING
    ) -> None:
        self._entries: dict[str, _Entry] = {}
        self._ledger: bytes | None = None
        self._generation = 0
        self._updated = updated
        self._ranking = ranking
        self._lock = RLock()
        self.replace(documents)

    def replace(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents, each in place of the one with the same id."""
        self.apply(Change(replaced=documents))

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out; an id that is not there is no error."""
        self.apply(Change(removed=ids))

    def apply(self, change: Change) -> None:
        """Make a whole change at once."""
        with self._lock:
            entries = {} if change.fresh else dict(self._entries)
            for document in change.replaced:
                entries[document.id] = _build_entry(document)
            for report_id in change.removed:
                entries.pop(report_id, None)
            for document in change.revised:
                entries[document.id] = _build_entry(document)
            ledger = change.ledger() if change.ledger else None if change.fresh else self._ledger
            self._entries, self._ledger = entries, ledger
            self._generation += 1

    def ledger(self) -> bytes | None:
        """Return what the last change noted."""
        return self._ledger

    def search(self, query: Query) -> ResultPage:
        """Answer a query by reading every report."""
        check_query(query)
        return _Search(query, list(self._entries.values()), self._ranking).answer()

    def count(self, query: Query) -> Count:
        """Count what a query finds."""
        page = self.search(replace(query, page=1, size=0, facets=(), histograms=()))
        return Count(page.total, page.unjudged)

    def frequency(self, text: str) -> int:
        """Return in how many reports every two neighbouring characters of a text stand so."""
        folded = fold_digits(fold(text))
        pairs = [folded[at : at + 2] for at in range(max(len(folded) - 1, 1))]
        return sum(
            all(any(pair in entry.texts.get(field, "") for field in TEXT_FIELDS) for pair in pairs)
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
        """Take a report's score apart."""
        check_query(query)
        report = self.get(report_id)
        return _Search(query, list(self._entries.values()), self._ranking).explanation(report)

    def suggest(self, text: str, limit: int = 8, kind: NameKind | None = None) -> tuple[Suggestion, ...]:
        """Return bodies and places that `text` means."""
        return Suggester(self._counts("body"), self._counts("region")).suggest(text, limit, kind)

    def facet_values(self, field: str) -> tuple[FacetCount, ...]:
        """Return all values of a facet over the whole index, by count, then value."""
        check_query(Query(facets=(field,)))
        return ordered_counts(self._counts(field))

    def _counts(self, field: str) -> Mapping[str, int]:
        return Counter(value for entry in self._entries.values() for value in entry.document.facets[field])

    def stats(self) -> Stats:
        """Say what is in the index."""
        statuses = Counter(cell.status for entry in self._entries.values() for cell in entry.document.report.cells)
        return Stats(
            reports=len(self._entries),
            bodies=len(self._counts("body")),
            generation=str(self._generation),
            updated=self._updated,
            statuses={status: statuses[status] for status in STATUSES},
        )

    def close(self) -> None:
        """Let go of the documents."""
        self._entries = {}


def _build_entry(document: IndexDocument) -> _Entry:
    folded = folded_fields(document.texts, document.headings)
    texts = {field: fold_digits(text) for field, text in folded.items()}
    return _Entry(document, texts, {field: list(tokens(text)) for field, text in folded.items()})


class _Search:
    """One query over all entries. An answer is True, False, or None where it cannot be judged (Kleene)."""

    def __init__(self, query: Query, entries: Sequence[_Entry], ranking: Ranking) -> None:
        self.query = query
        self.ranking = ranking
        self.entries = entries
        self.terms = text_terms(query)
        self.root = build_root(query)
        self.started = time.perf_counter()

    def answer(self) -> ResultPage:
        verdicts = [(entry, self._verdict(entry)) for entry in self.entries]
        found = self._ordered([entry for entry, verdict in verdicts if verdict is True])
        unjudged = self._ordered([entry for entry, verdict in verdicts if verdict is None])
        candidates = sum(self._verdict(entry, ignoring_figures=True) is not False for entry in self.entries)
        listed = [*found, *unjudged] if self.query.include_unjudged else found
        page = listed[(self.query.page - 1) * self.query.size : self.query.page * self.query.size]
        beside = [] if self.query.include_unjudged else unjudged[:UNJUDGED_SHOWN]
        found_ids = {entry.document.id for entry in found}
        return ResultPage(
            query=self.query,
            total=len(found),
            unjudged=len(unjudged),
            judged=candidates - len(unjudged),
            hits=tuple(self._hit(entry, entry.document.id in found_ids) for entry in page),
            unjudged_hits=tuple(self._hit(entry, False) for entry in beside),
            facets={field: self._facet(field) for field in self.query.facets},
            histograms={key: self._histogram(key) for key in self.query.histograms},
            took_ms=(time.perf_counter() - self.started) * 1000,
        )

    def explanation(self, report: Report) -> Explanation:
        (holds,) = (self._verdict(entry) for entry in self.entries if entry.document.id == report.id)
        return build_explanation(report, self.query, _Census(self.entries), holds, self.ranking)

    # ── what holds ──

    def _verdict(
        self,
        entry: _Entry,
        *,
        ignoring_figures: bool = False,
        ignoring_facet: str | None = None,
        ignoring_figure: str | None = None,
    ) -> bool | None:
        """Say whether the whole query holds; what is ignored is left out, figures anywhere count as not judged."""
        nodes: list[Node] = [self.root] if self.root else []
        nodes += [node for node in self.query.filters if node.field != ignoring_facet]
        nodes += [node for node in self.query.figures if node.key != ignoring_figure]
        return _all(self._holds(node, entry, TEXT_FIELDS, ignoring_figures) for node in nodes)

    def _holds(self, node: Node, entry: _Entry, scope: Scope, blind: bool) -> bool | None:
        match node:
            case Word() | Phrase() | Prefix():
                return entry.holds(build_term(node), scope)
            case Body(text):
                return bool(fold(text)) and fold_digits(fold(text)) in entry.texts.get("body", "")
            case And(parts):
                return _all(self._holds(part, entry, scope, blind) for part in parts)
            case Or(parts):
                return _any(self._holds(part, entry, scope, blind) for part in parts)
            case Not(part):
                return _opposite(self._holds(part, entry, scope, blind))
            case InSections(keys, part):
                fields = [field for field in scope if field in keys and field in entry.texts]
                return _any(part is None or self._holds(part, entry, (field,), blind) for field in fields)
            case FacetFilter():
                return self._passes(node, entry)
            case FigureFilter():
                return None if blind else _judge(node, entry.document.figures.get(node.key))

    def _passes(self, node: FacetFilter, entry: _Entry) -> bool:
        wanted = any(
            accepts(node.field, stored, asked)
            for asked in node.values
            for stored in self._values(stored_under(node.field, asked), entry)
        )
        return wanted is not node.excluded

    def _values(self, field: str, entry: _Entry) -> Iterable[str]:
        return self._sections(entry) if field == "section" else entry.document.facets[field]

    def _sections(self, entry: _Entry) -> tuple[str, ...]:
        """Return the sections in which the query's terms occur; without terms those that hold text."""
        if not self.terms:
            return tuple(key for key in SECTION_KEYS if key in entry.texts)
        found = {key for term in self.terms for key in entry.sections_with(term)}
        return tuple(key for key in SECTION_KEYS if key in found)

    # ── what is counted ──

    def _facet(self, field: str) -> tuple[FacetCount, ...]:
        entries = [entry for entry in self.entries if self._verdict(entry, ignoring_facet=field) is True]
        return ordered_counts(Counter(value for entry in entries for value in self._values(field, entry)))

    def _histogram(self, key: str) -> Histogram:
        entries = [entry for entry in self.entries if self._verdict(entry, ignoring_figure=key) is True]
        values = [(entry, value) for entry in entries if (value := _reported(entry, key)) is not None]
        return build_histogram(
            key,
            np.array([value for _, value in values], dtype=np.float64),
            len(entries) - len(values),
            np.array([value for entry, value in values if self._verdict(entry) is True], dtype=np.float64),
        )

    # ── what comes first ──

    def _ordered(self, entries: Sequence[_Entry]) -> list[_Entry]:
        ties = sorted(entries, key=lambda entry: (entry.year is None, -(entry.year or 0), entry.document.id))
        by, sign = self.query.sort.by, -1 if self.query.sort.descending else 1
        values = {entry.document.id: self._sort_value(entry, by) for entry in ties}
        return sorted(ties, key=lambda entry: _last_if_none(values[entry.document.id], sign))

    def _sort_value(self, entry: _Entry, by: str) -> float | None:
        if by == "relevance":
            return self._score(entry)
        return entry.year if by == "year" else _reported(entry, by)

    def _hit(self, entry: _Entry, judged: bool) -> Hit:
        return build_hit(entry.document.report, self.query, self._sections(entry), self._score(entry), judged)

    def _score(self, entry: _Entry) -> float:
        score = 0.0
        for term in self.terms:
            if not term.stands_for:
                score = score + self._term_score(term, entry)
        for typed, synonyms in synonyms_of(self.terms):
            score = score + self._synonym_score(typed, synonyms, entry)
        for pair in near_pairs(self.terms):
            score = score + self._pair_score(pair, entry)
        return float(rounded(score))

    def _term_score(self, term: Term, entry: _Entry) -> float:
        if term.kind == "phrase":
            counts = {field: _count(entry.texts[field], term.needle) for field in entry.texts}
            score = self._counted_score(counts, term, self._having(term, term.scope), entry)
            return score + self._run_score(term, entry)
        if term.kind == "prefix":
            begun = {field: _beginning(entry.words[field], term.folded) for field in entry.texts}
            score = self._counted_score(begun, term, self._having(term, term.scope), entry)
            return score or self._literal_score(term, entry)
        score, rare = 0.0, 0.0
        for word in term.words:
            counts = {field: list(entry.words[field]).count(word) for field in entry.texts}
            having = sum(any(word in other.words.get(field, ()) for field in term.scope) for other in self.entries)
            score = score + self._counted_score(counts, term, having, entry)
            rare = rare + self.ranking.rarity(len(self.entries), having)
        if len(term.words) > 1:
            return score + self.ranking.literal_worth(rare) if entry.contains(term, term.scope) else score
        return score or self._literal_score(term, entry)

    def _synonym_score(self, typed: Term, synonyms: Sequence[Term], entry: _Entry) -> float:
        weight = 0.0
        for term in synonyms:
            counts = {
                field: max(_count(text, term.needle) - _count(text, typed.needle) * term.counted_already, 0)
                for field, text in entry.texts.items()
            }
            weight = weight + self._weight(counts, term, entry)
        having = sum(any(other.holds(term, term.scope) for term in synonyms) for other in self.entries)
        rare = [self.ranking.rarity(len(self.entries), number) for number in (having, self._having(typed, typed.scope))]
        return self.ranking.synonym_worth(weight, min(rare))

    def _counted_score(self, counts: Mapping[str, int], term: Term, having: int, entry: _Entry) -> float:
        return self.ranking.saturated(self._weight(counts, term, entry), self.ranking.rarity(len(self.entries), having))

    def _weight(self, counts: Mapping[str, int], term: Term, entry: _Entry) -> float:
        weight = 0.0
        for group in GROUPS:
            count = sum(counts[field] for field in counts if field in term.ranked and group_of(field) == group)
            mean = sum(other.lengths[group] for other in self.entries) / len(self.entries)
            weight = weight + self.ranking.weighted(group, float(count), float(entry.lengths[group]), mean)
        return weight

    def _run_score(self, term: Term, entry: _Entry) -> float:
        """Return what a run that falls into several terms is worth where it stands whole."""
        rare = 0.0
        for part in term.parts:
            rare = rare + self.ranking.rarity(len(self.entries), self._having(part, part.scope))
        return self.ranking.literal_worth(rare) if entry.contains(term, term.scope) else 0.0

    def _literal_score(self, term: Term, entry: _Entry) -> float:
        """Return the worth of a run that stands literally where the segmenter cuts it otherwise."""
        having = self._having(term, term.scope)
        return self.ranking.rarity(len(self.entries), having) if entry.contains(term, term.scope) else 0.0

    def _having(self, term: Term, scope: Scope) -> int:
        return sum(other.holds(term, scope) for other in self.entries)

    def _pair_score(self, pair: Pair, entry: _Entry) -> float:
        distances = [
            max(abs(first.position - second.position), 1)
            for field in pair.scope
            for first in entry.tokens.get(field, ())
            if first.text == pair.first
            for second in entry.tokens[field]
            if second.text == pair.second
        ]
        having = (
            sum(any(word in other.words.get(field, ()) for field in pair.scope) for other in self.entries)
            for word in (pair.first, pair.second)
        )
        rare = min(self.ranking.rarity(len(self.entries), number) for number in having)
        return self.ranking.near_worth(rare, float(min(distances))) if distances else 0.0


@dataclass(frozen=True)
class _Census:
    """Counts over all entries."""

    entries: Sequence[_Entry]

    @property
    def reports(self) -> int:
        return len(self.entries)

    @property
    def mean_lengths(self) -> Mapping[str, float]:
        return {group: sum(entry.lengths[group] for entry in self.entries) / len(self.entries) for group in GROUPS}

    def having(self, terms: Sequence[Term]) -> int:
        return sum(any(entry.holds(term, term.scope) for term in terms) for entry in self.entries)

    def having_word(self, word: str, scope: Scope) -> int:
        return sum(any(word in entry.words.get(field, ()) for field in scope) for entry in self.entries)


def _all(answers: Iterable[bool | None]) -> bool | None:
    known = list(answers)
    return False if False in known else None if None in known else True


def _any(answers: Iterable[bool | None]) -> bool | None:
    known = list(answers)
    return True if True in known else None if None in known else False


def _opposite(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _judge(node: FigureFilter, figure: Figure | None) -> bool | None:
    if node.statuses:
        return figure is not None and figure.status in node.statuses
    if figure is None or figure.status != "reported" or figure.value is None:
        return None
    value = as_float(figure.value)
    above = node.low is None or (value > node.low if node.low_open else value >= node.low)
    below = node.high is None or (value < node.high if node.high_open else value <= node.high)
    return (above and below) is not node.negated


def _reported(entry: _Entry, key: str) -> float | None:
    figure = entry.document.figures.get(key)
    return as_float(figure.value) if figure and figure.status == "reported" and figure.value is not None else None


def _last_if_none(value: float | None, sign: int) -> tuple[bool, float]:
    return (True, 0.0) if value is None else (False, sign * value)


def _count(text: str, needle: str) -> int:
    """Return at how many places the needle begins, be it within another occurrence."""
    return sum(text.startswith(needle, at) for at in range(len(text)))


def _beginning(present: Sequence[str], prefix: str) -> int:
    return sum(word.startswith(prefix) for word in present)
