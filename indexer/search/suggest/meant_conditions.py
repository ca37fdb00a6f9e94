"""The conditions that plain words may mean: 败诉最多的乡镇 asks for an order and a level, 四川 for a place.

They are offered with their counts and never applied: the words are searched as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.errors import QueryError
from indexer.search.catalogue.figure_names import figure_name
from indexer.search.catalogue.place_names import ANY_PLACE, PLACE_FACETS, PLACE_LEVELS
from indexer.search.language.intents import IntentWord, is_spoken, names_field, read_run
from indexer.search.language.query_text import describe_condition
from indexer.search.port import Count, ResultPage, SearchEngine
from indexer.search.query import And, FacetFilter, FigureFilter, Node, Query, Sort, UnquotedText
from indexer.search.timed_counter import TimedCounter

MAX_OFFERED = 3
_MOST_TRIED = 8


@dataclass(frozen=True, slots=True)
class MeantSearch:
    """A search to offer: its conditions as one would type them, and what it finds."""

    text: str
    query: Query
    found: Count


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the plain words of a query say, and `left`, the words that say nothing of the kind."""

    places: tuple[IntentWord, ...] = ()
    levels: tuple[IntentWord, ...] = ()
    years: tuple[IntentWord, ...] = ()
    figures: tuple[IntentWord, ...] = ()
    others: tuple[IntentWord, ...] = ()
    left: tuple[Node, ...] = ()

    def says(self, kind: str) -> bool:
        return any(word.kind == kind for word in self.others)

    @property
    def bounds(self) -> tuple[float | None, float | None] | None:
        """The least and the most that a figure is asked to be, as in 5件以上."""
        spans = [word.value.split("..") for word in self.others if word.kind == "bound"]
        if len(spans) != 1:
            return None
        low, high = spans[0]
        return float(low) if low else None, float(high) if high else None

    @property
    def is_negated(self) -> bool:
        """Whether one place, level or time is ruled out, as in 非乡镇."""
        return self.says("not")

    @property
    def number(self) -> float | None:
        numbers = [word.text for word in self.others if word.kind == "number"]
        return float(numbers[0].rstrip("件个起宗份")) if len(numbers) == 1 else None


def find_meant_searches(
    page: ResultPage, engine: SearchEngine, seconds: float = 1.0
) -> tuple[MeantSearch, ...]:
    """Return what the plain words of a page's query may mean, the likeliest first; at most three.

    Only what finds reports is offered, or what may find some that could not be judged.
    """
    query = page.query
    asked = _read(query)
    counter = TimedCounter(engine, query.text, seconds)
    found: list[MeantSearch] = []
    try:
        for offer in list(dict.fromkeys(_offers(asked, query)))[:_MOST_TRIED]:
            count = counter.count(offer)
            if count.total or count.unjudged:
                found.append(MeantSearch(_text(offer, query), offer, count))
            if len(found) == MAX_OFFERED:
                break
    except QueryError:  # it took too long; what was found so far holds
        pass
    return tuple(found)


# ── words → what they say ───────────────────────────────────────────────────────────────────────────────────────


def _read(query: Query) -> _Asked:
    parts = query.root.parts if isinstance(query.root, And) else (query.root,) if query.root else ()
    said: list[IntentWord] = []
    left: list[Node] = []
    for part in parts:
        words, rest = _read_part(part)
        said += words
        left += rest
    places = [word for word in said if word.kind == "place" and word.place]
    sure = [word for word in places if word.place and word.place.sure]
    inside = [
        word
        for word in places
        if word.place
        and (word in sure or any(one.place and word.place.lies_in(one.place) for one in sure))
    ]
    left += [UnquotedText(word.text) for word in places if word not in inside]
    return _Asked(
        places=tuple(inside),
        levels=tuple(word for word in said if word.kind == "level"),
        years=tuple(word for word in said if word.kind == "year"),
        figures=tuple(word for word in said if word.kind == "figure"),
        others=tuple(said),
        left=tuple(left),
    )


def _read_part(part: Node) -> tuple[list[IntentWord], list[Node]]:
    """Return what a part of a query says, and the text that is left of it."""
    if not isinstance(part, UnquotedText):
        return [], [part]
    if names_field(part.text):
        return [IntentWord(part.text, "filler")], []
    words = read_run(part.text)
    unsaid = [word for word in words if word.kind == "text"]
    if not unsaid and any(word.kind != "filler" for word in words):
        return list(words), []
    front = 0
    while front < len(words) and words[front].kind in ("place", "year"):
        front += 1
    if not front or not unsaid:
        return [], [part]
    behind = words[front:]
    while behind and behind[0].text == "的":
        behind = behind[1:]
    start = part.text.find(behind[0].text, len(words[0].text)) if behind else -1
    rest = part.text[start:] if start > 0 else "".join(word.text for word in behind)
    return list(words[:front]), [UnquotedText(rest)] if rest else []


# ── what they say → searches ────────────────────────────────────────────────────────────────────────────────────


def _offers(asked: _Asked, query: Query) -> Iterator[Query]:
    """Yield the searches to offer, likeliest first: all conditions, then fewer of them."""
    bare = replace(
        query,
        root=_joined(asked.left),
        page=1,
        size=query.size,
        facets=(),
        histograms=(),
        repairs=(),
        synonyms=(),
    )
    if asked.is_negated:
        yield from _ruled_out(bare, asked, query)
        return
    figure = _figure(asked)
    places = list(_places(asked, query))
    labels = tuple(_labels(asked, query))
    if figure and not any(one.key == figure for one in query.figures):
        for place in places[:1] or [()]:
            together = replace(bare, filters=(*bare.filters, *place, *labels))
            yield from _compared(together, asked, figure)
        yield from _compared(replace(bare, filters=(*bare.filters, *labels)), asked, figure)
    elif asked.figures and not places and not labels:
        return
    for place in places or [()]:
        if place or labels:
            yield replace(bare, filters=(*bare.filters, *place, *labels))
    rest = _texts(asked)
    for place in places if labels and rest else []:
        yield replace(bare, root=_joined((*asked.left, *rest)), filters=(*bare.filters, *place))


def _ruled_out(bare: Query, asked: _Asked, query: Query) -> Iterator[Query]:
    """Yield the search without the one place, level or time that is named; none where more is said."""
    named = [*asked.places, *asked.levels, *asked.years]
    if len(named) != 1 or any(
        word.kind not in ("place", "level", "year", "not", "filler") for word in asked.others
    ):
        return
    for one in (*_labels(asked, query), *(one for place in _places(asked, query) for one in place)):
        yield replace(bare, filters=(*bare.filters, replace(one, excluded=True)))


def _compared(query: Query, asked: _Asked, key: str) -> Iterator[Query]:
    """Yield the search ordered or limited by a figure, as the words ask."""
    least = 0.01 if key.endswith("_yuan") else 1.0
    some = FigureFilter(key, low=least)
    if asked.says("most") or asked.says("least"):
        yield replace(query, sort=Sort(key, descending=asked.says("most")))
        if asked.says("most"):
            yield replace(query, figures=(*query.figures, some))
    elif asked.says("none"):
        yield replace(query, figures=(*query.figures, FigureFilter(key, low=0.0, high=0.0)))
    elif asked.bounds is not None:
        low, high = asked.bounds
        yield replace(query, figures=(*query.figures, FigureFilter(key, low=low, high=high)))
    elif asked.number is not None:
        yield replace(
            query, figures=(*query.figures, FigureFilter(key, low=asked.number, high=asked.number))
        )
    else:
        yield replace(query, figures=(*query.figures, some))


def _figure(asked: _Asked) -> str | None:
    """Return the figure asked for; a word that only means one beside others does not suffice."""
    alone = not (asked.places or asked.levels or asked.years) and not any(
        asked.says(kind) for kind in ("most", "least", "some", "none", "number", "bound")
    )
    keys = [word.value for word in asked.figures if not (alone and is_spoken(word.text))]
    return keys[0] if keys else None


def _labels(asked: _Asked, query: Query) -> Iterator[FacetFilter]:
    taken = {one.field for one in query.filters}
    for field, words in (("level", asked.levels), ("year", asked.years)):
        if words and field not in taken:
            values = (value for word in words for value in word.value.split(","))
            yield FacetFilter(field, tuple(dict.fromkeys(values)))


def _places(asked: _Asked, query: Query) -> Iterator[tuple[FacetFilter, ...]]:
    """Yield the places to ask for: nested ones, else any of them; then each alone."""
    if any(one.field in PLACE_FACETS and not one.excluded for one in query.filters):
        return
    words = list(dict.fromkeys(asked.places))
    nested = [
        (upper, lower)
        for upper in words
        for lower in words
        if upper.place and lower.place and upper is not lower and lower.place.lies_in(upper.place)
    ]
    for upper, lower in nested[-1:]:
        yield _within(upper, lower)
    if len(words) > 1 and not nested:
        yield (FacetFilter(ANY_PLACE, tuple(word.value for word in words)),)
    for word in reversed(words) if nested else words:
        yield (FacetFilter(ANY_PLACE, (word.value,)),)


def _within(upper: IntentWord, lower: IntentWord) -> tuple[FacetFilter, ...]:
    """Return filters for a place and one within it, on a facet each, as an address can say."""
    levels = {area.level for area in upper.place.areas} if upper.place else set()
    field = next((level for level in PLACE_LEVELS if level in levels), ANY_PLACE)
    return FacetFilter(field, (upper.value,)), FacetFilter(ANY_PLACE, (lower.value,))


def _texts(asked: _Asked) -> tuple[Node, ...]:
    return tuple(UnquotedText(word.text) for word in (*asked.levels, *asked.years))


def _joined(parts: Sequence[Node]) -> Node | None:
    return And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


# ── searches → words ────────────────────────────────────────────────────────────────────────────────────────────


def _text(offer: Query, query: Query) -> str:
    """Return the conditions of an offer as one would type them, with the order in words."""
    filters = [
        replace(one, field=ANY_PLACE) if one.field in PLACE_FACETS else one for one in offer.filters
    ]
    pieces = [describe_condition(one) for one in filters]
    pieces += [_figure_text(one) for one in offer.figures]
    pieces += [describe_condition(offer.root)] if offer.root else []
    if offer.sort != query.sort:
        order = "从多到少" if offer.sort.descending else "从少到多"
        pieces.append(f"按{figure_name(offer.sort.by)}{order}")
    return " ".join(pieces)


def _figure_text(one: FigureFilter) -> str:
    counts = one.low == 1 or (one.low is not None and 0 < one.low < 1)
    positive = counts and one.high is None and not one.low_open
    return f"{figure_name(one.key)}>0" if positive else describe_condition(one)
