"""The queries of the benchmark by kind, drawn by seed from the words, passages and figures of its
reports.

Plain words are drawn among those for which FTS5, asked the same, gives the same total. Words that
also occur inside or across other words are a kind of their own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bench.answer import Table
from bench.fts5.searcher import Searcher
from bench.generator import generate_report
from indexer.records import Report
from indexer.search.analysis.segmenter import words
from indexer.search.catalogue.figures import figures_of
from indexer.search.documents import texts_of
from indexer.search.query import And, FigureFilter, Or, Phrase, Query, Sort, UnquotedText
from indexer.text.folding import HAN, fold

_FACETS = ("year", "level", "province")
_CHINESE = re.compile(f"{HAN}{{2,}}")
_TRIES = 400
"""How often to draw for one question before giving up."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and the table in which a yardstick answers it exactly. `ordered`: the contract fixes
    the order of the page.
    """

    kind: str
    query: Query
    table: Table = "words"
    ordered: bool = False

    def with_size(self, size: int) -> Question:
        """Return the same query for a page of this size."""
        return replace(self, query=replace(self.query, size=size))


def draw_questions(searcher: Searcher, seed: int, each: int) -> list[Question]:
    """Return `each` different queries of every kind, fewer where the reports have fewer."""
    drawer = Drawer(searcher, searcher.reports, seed, random.Random(f"{seed} questions"))
    return [question for kind, make in KINDS.items() for question in drawer.draw(kind, make, each)]


@dataclass
class Drawer:
    """Draws queries about the reports of a seed."""

    searcher: Searcher
    reports: int
    seed: int
    random: random.Random

    def draw(
        self, kind: str, make: Callable[[Drawer], Question | None], count: int
    ) -> Iterator[Question]:
        """Yield different queries of a kind."""
        known: set[Query] = set()
        for _ in range(count * _TRIES):
            question = make(self)
            if question is not None and question.query not in known and len(known) < count:
                known.add(question.query)
                yield replace(question, kind=kind)
            if len(known) == count:
                return

    @cached_property
    def frequencies(self) -> Mapping[str, int]:
        """Document frequency of each Chinese word of two or more characters that is one token."""
        return {
            word: count
            for word, count in self.searcher.frequencies().items()
            if _CHINESE.fullmatch(word) and words(word) == [word]
        }

    def word(self, least: float, most: float) -> str | None:
        """Draw a word within a range of document frequencies that occurs only as a token of its
        own.
        """
        known = self._within(least, most)
        word = self.random.choice(known) if known else None
        return (
            word if word and self.searcher.count(word, "pairs") == self.frequencies[word] else None
        )

    def _within(self, least: float, most: float) -> Sequence[str]:
        if (least, most) not in self._ranges:
            low, high = least * self.reports, max(most * self.reports, 2)
            self._ranges[least, most] = [
                word for word, count in self.frequencies.items() if low <= count <= high
            ]
        return self._ranges[least, most]

    @cached_property
    def _ranges(self) -> dict[tuple[float, float], Sequence[str]]:
        return {}

    def report(self) -> Report:
        """Draw a report."""
        return generate_report(self.random.randrange(self.reports), self.seed)

    def passage(self, least: int, most: int) -> str:
        """Draw a string of this length from a report, as printed."""
        text = self.random.choice(
            [text for text in texts_of(self.report()).values() if len(text) > most]
        )
        size = self.random.randint(least, most)
        start = self.random.randrange(len(text) - size + 1)
        return text[start : start + size]

    def figure(self) -> FigureFilter:
        """Draw a range of a figure around the value of some report, preferably not 0."""
        figures = {
            key: float(figure.value)
            for key, figure in figures_of(self.report()).items()
            if figure.status == "reported" and figure.value is not None
        }
        some = [key for key, value in figures.items() if value]
        key = self.random.choice(some if some and self.random.random() < 0.8 else list(figures))
        value = figures[key]
        return self.random.choice(
            (
                FigureFilter(key, low=0, low_open=True),
                FigureFilter(key, low=value),
                FigureFilter(key, low=value, high=2 * abs(value) + 5),
                FigureFilter(key, low=0, high=value)
                if value >= 0
                else FigureFilter(key, high=value),
            )
        )


def _common(drawer: Drawer) -> Question | None:
    word = drawer.word(0.2, 1)
    return Question("", Query(root=UnquotedText(word))) if word else None


def _rare(drawer: Drawer) -> Question | None:
    word = drawer.word(0, 0.005)
    return Question("", Query(root=UnquotedText(word))) if word else None


def _several(drawer: Drawer) -> tuple[UnquotedText, ...] | None:
    drawn = [drawer.word(0.02, 0.7) for _ in range(drawer.random.randint(2, 3))]
    found = tuple(UnquotedText(word) for word in drawn if word)
    return found if len(set(found)) == len(drawn) else None


def _and(drawer: Drawer) -> Question | None:
    found = _several(drawer)
    query = Query(root=And(found)) if found else None
    return Question("", query) if query and drawer.searcher.find(query).total else None


def _or(drawer: Drawer) -> Question | None:
    found = _several(drawer)
    return Question("", Query(root=Or(found))) if found else None


def _inside(drawer: Drawer) -> Question | None:
    text = drawer.passage(2, 3)
    folded = fold(text)
    if not _CHINESE.fullmatch(folded) or words(folded) != [folded]:
        return None
    more = drawer.searcher.count(text, "pairs") > drawer.frequencies.get(folded, 0)
    return Question("", Query(root=UnquotedText(text)), "pairs") if more else None


def _phrase(drawer: Drawer) -> Question | None:
    text = drawer.passage(2, 8)
    return Question("", Query(root=Phrase(text)), "pairs") if len(fold(text)) > 1 else None


def _figure(drawer: Drawer) -> Question | None:
    return Question("", Query(figures=(drawer.figure(),)), ordered=True)


def _figure_and_word(drawer: Drawer) -> Question | None:
    word = drawer.word(0.05, 1)
    return (
        Question("", Query(root=UnquotedText(word), figures=(drawer.figure(),))) if word else None
    )


def _facets(drawer: Drawer) -> Question | None:
    word = drawer.word(0.05, 1)
    return Question("", Query(root=UnquotedText(word), facets=_FACETS)) if word else None


def _facets_and_figure(drawer: Drawer) -> Question | None:
    return Question("", Query(figures=(drawer.figure(),), facets=_FACETS), ordered=True)


def _sorted(drawer: Drawer) -> Question | None:
    word = drawer.word(0.05, 1)
    sort = Sort(drawer.figure().key, descending=drawer.random.random() < 0.7)
    return Question("", Query(root=UnquotedText(word), sort=sort), ordered=True) if word else None


KINDS: Mapping[str, Callable[[Drawer], Question | None]] = {
    "one common word": _common,
    "one rare word": _rare,
    "two or three words, all": _and,
    "two or three words, any": _or,
    "word inside other words": _inside,
    "phrase": _phrase,
    "figure": _figure,
    "figure and word": _figure_and_word,
    "word, three facets": _facets,
    "figure, three facets": _facets_and_figure,
    "word, sorted by figure": _sorted,
}
