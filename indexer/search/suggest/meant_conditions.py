"""The conditions that plain words may mean: 败诉最多的乡镇 asks for an order and a level.

They are offered with their counts and never applied: the words are searched as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.errors import QueryError
from indexer.records import Message
from indexer.search.catalogue.figure_names import figure_name
from indexer.search.catalogue.figures import figures
from indexer.search.catalogue.place_names import ANY_PLACE, PLACE_FACETS, PLACE_LEVELS
from indexer.search.language.intents import IntentWord, is_spoken
from indexer.search.language.query_text import describe_condition
from indexer.search.port import MatchCount, ResultPage, SearchEngine
from indexer.search.query import And, FacetFilter, FigureFilter, Node, Query, Sort, UnquotedText
from indexer.search.suggest.spoken_conditions import SpokenConditions, read_spoken_conditions
from indexer.search.timed_counter import TimedCounter

MAX_OFFERED = 3
_MAX_TRIED = 8


@dataclass(frozen=True, slots=True)
class MeantSearch:
    """A search to offer: its conditions as one would type them, its order in words, its count."""

    text: Message | str
    query: Query
    found: MatchCount


def find_meant_searches(
    page: ResultPage, engine: SearchEngine, seconds: float = 1.0
) -> tuple[MeantSearch, ...]:
    """Return what the plain words of a page's query may mean, the likeliest first; at most three.

    Only what finds reports is offered, or what may find some that could not be judged.
    """
    query = page.query
    counter = TimedCounter(engine, query.text, seconds)
    offers = dict.fromkeys(_Offers(read_spoken_conditions(query), query).searches())
    found: list[MeantSearch] = []
    try:
        for offer in list(offers)[:_MAX_TRIED]:
            count = counter.count(offer)
            if count.total or count.unjudged:
                found.append(MeantSearch(_words_of(offer, query), offer, count))
            if len(found) == MAX_OFFERED:
                break
    except QueryError:  # it took too long; what was found so far holds
        pass
    return tuple(found)


# ── what the words say → searches ───────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Offers:
    """Builds the searches to offer for what the words of a query say."""

    said: SpokenConditions
    query: Query

    def searches(self) -> Iterator[Query]:
        """Yield the searches, likeliest first: all conditions, then fewer of them."""
        if self.said.says("not"):
            yield from self._excluded()
            return
        places = list(self._places())
        labels = tuple(self._labels())
        compared = list(self._with_figure(places, labels))
        yield from compared
        if self.said.figures and not (compared or places or labels):
            return
        for place in places or [()]:
            if place or labels:
                yield self._with_filters(*place, *labels)
        yield from self._labels_as_text(places, labels)

    def _with_figure(
        self, places: Sequence[tuple[FacetFilter, ...]], labels: tuple[FacetFilter, ...]
    ) -> Iterator[Query]:
        """Yield the searches by the figure asked for, unless the query filters by it already."""
        figure = self._figure()
        if figure is None or any(one.key == figure for one in self.query.figures):
            return
        if places:
            yield from self._compared(self._with_filters(*places[0], *labels), figure)
        yield from self._compared(self._with_filters(*labels), figure)

    def _with_filters(self, *filters: FacetFilter) -> Query:
        """Return the search for what the words leave over, with further filters."""
        return replace(
            self.query,
            root=_joined(self.said.left),
            filters=(*self.query.filters, *filters),
            page=1,
            facets=(),
            histograms=(),
            repairs=(),
            synonyms=(),
        )

    def _labels_as_text(
        self, places: Sequence[tuple[FacetFilter, ...]], labels: tuple[FacetFilter, ...]
    ) -> Iterator[Query]:
        """Yield the searches in which the levels and years stay text beside a place."""
        if not labels:
            return
        text = [UnquotedText(word.text) for word in (*self.said.levels, *self.said.years)]
        for place in places:
            search = self._with_filters(*place)
            yield replace(search, root=_joined((*self.said.left, *text)))

    def _excluded(self) -> Iterator[Query]:
        """Yield the search without the one place, level or time named; none where more is said."""
        named = [*self.said.places, *self.said.levels, *self.said.years]
        kinds = ("place", "level", "year", "not", "filler")
        if len(named) != 1 or any(word.kind not in kinds for word in self.said.words):
            return
        places = (one for place in self._places() for one in place)
        for one in (*self._labels(), *places):
            yield self._with_filters(replace(one, excluded=True))

    # ── figures ──────────────────────────────────────────────────────────────────────────────────

    def _figure(self) -> str | None:
        """Return the figure asked for; a word that only means one beside others is not enough."""
        said = self.said
        is_alone = not (said.places or said.levels or said.years) and not said.says(
            "most", "least", "some", "none", "number", "bound"
        )
        keys = (word.value for word in said.figures if not (is_alone and is_spoken(word.text)))
        return next(keys, None)

    def _compared(self, query: Query, key: str) -> Iterator[Query]:
        """Yield the search ordered or limited by a figure, as the words ask."""
        said = self.said
        some = FigureFilter(key, low=0.01 if figures()[key].amount else 1.0)
        if said.says("most", "least"):
            yield replace(query, sort=Sort(key, descending=said.says("most")))
            if said.says("most"):
                yield replace(query, figures=(*query.figures, some))
            return
        asked = some
        if said.says("none"):
            asked = FigureFilter(key, low=0.0, high=0.0)
        elif said.bounds is not None:
            low, high = said.bounds
            asked = FigureFilter(key, low=low, high=high)
        elif said.number is not None:
            asked = FigureFilter(key, low=said.number, high=said.number)
        yield replace(query, figures=(*query.figures, asked))

    # ── facets ───────────────────────────────────────────────────────────────────────────────────

    def _labels(self) -> Iterator[FacetFilter]:
        """Yield the levels and the years to ask for, but for facets that the query filters by."""
        taken = {one.field for one in self.query.filters}
        for field, words in (("level", self.said.levels), ("year", self.said.years)):
            if words and field not in taken:
                values = (value for word in words for value in word.value.split(","))
                yield FacetFilter(field, tuple(dict.fromkeys(values)))

    def _places(self) -> Iterator[tuple[FacetFilter, ...]]:
        """Yield the places to ask for: nested ones, else any of them; then each alone."""
        filters = self.query.filters
        if any(one.field in PLACE_FACETS and not one.excluded for one in filters):
            return
        words = list(dict.fromkeys(self.said.places))
        nested = _nested(words)
        if nested:
            yield _within(*nested[-1])
            words.reverse()
        elif len(words) > 1:
            yield (FacetFilter(ANY_PLACE, tuple(word.value for word in words)),)
        for word in words:
            yield (FacetFilter(ANY_PLACE, (word.value,)),)


def _joined(parts: Sequence[Node]) -> Node | None:
    return And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


def _nested(words: Sequence[IntentWord]) -> list[tuple[IntentWord, IntentWord]]:
    """Return the pairs of places of which the second lies in the first."""
    return [
        (upper, lower)
        for upper in words
        for lower in words
        if upper is not lower and _lies_in(lower, upper)
    ]


def _lies_in(lower: IntentWord, upper: IntentWord) -> bool:
    return bool(upper.place and lower.place and lower.place.lies_in(upper.place))


def _within(upper: IntentWord, lower: IntentWord) -> tuple[FacetFilter, ...]:
    """Return filters for a place and one within it, on a facet each, as an address can say."""
    levels = {area.level for area in upper.place.areas} if upper.place else set()
    field = next((level for level in PLACE_LEVELS if level in levels), ANY_PLACE)
    return FacetFilter(field, (upper.value,)), FacetFilter(ANY_PLACE, (lower.value,))


# ── searches → words ────────────────────────────────────────────────────────────────────────────


def _words_of(offer: Query, query: Query) -> Message | str:
    """Return the conditions of an offer as one would type them, with the order in words."""
    filters = [
        replace(one, field=ANY_PLACE) if one.field in PLACE_FACETS else one for one in offer.filters
    ]
    pieces = [describe_condition(one) for one in filters]
    pieces += [_figure_text(one) for one in offer.figures]
    pieces += [describe_condition(offer.root)] if offer.root else []
    conditions = " ".join(pieces)
    if offer.sort == query.sort:
        return conditions
    code = "query.meant.most_first" if offer.sort.descending else "query.meant.least_first"
    order = Message.of(code, figure=figure_name(offer.sort.by))
    if not conditions:
        return order
    return Message.of("query.meant.ordered", conditions=conditions, order=order)


def _figure_text(one: FigureFilter) -> str:
    counts = one.low == 1 or (one.low is not None and 0 < one.low < 1)
    positive = counts and one.high is None and not one.low_open
    return f"{figure_name(one.key)}>0" if positive else describe_condition(one)
