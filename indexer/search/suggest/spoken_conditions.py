"""The plain words of a query → what they say about reports: places, levels, years, figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.search.language.intents import IntentKind, IntentWord, names_field, read_run
from indexer.search.query import And, Node, Query, UnquotedText


@dataclass(frozen=True, slots=True)
class SpokenConditions:
    """What the plain words of a query say, and `left`, what says nothing of the kind."""

    places: tuple[IntentWord, ...] = ()
    levels: tuple[IntentWord, ...] = ()
    years: tuple[IntentWord, ...] = ()
    figures: tuple[IntentWord, ...] = ()
    words: tuple[IntentWord, ...] = ()
    """All words that say something, those of the other fields among them."""
    left: tuple[Node, ...] = ()

    def says(self, *kinds: IntentKind) -> bool:
        """Say whether there is a word of one of these kinds."""
        return any(word.kind in kinds for word in self.words)

    @property
    def bounds(self) -> tuple[float | None, float | None] | None:
        """The least and the most that a figure is asked to be, as in 5件以上."""
        spans = [word.value.split("..") for word in self.words if word.kind == "bound"]
        if len(spans) != 1:
            return None
        low, high = spans[0]
        return float(low) if low else None, float(high) if high else None

    @property
    def number(self) -> float | None:
        """The one number that is named."""
        numbers = [word.text for word in self.words if word.kind == "number"]
        return float(numbers[0].rstrip("件个起宗份")) if len(numbers) == 1 else None


def read_spoken_conditions(query: Query) -> SpokenConditions:
    """Return what the plain words of a query say."""
    words: list[IntentWord] = []
    left: list[Node] = []
    for part in _parts(query.root):
        said, rest = _read_part(part)
        words += said
        left += rest
    places = _certain_places(words)
    left += [UnquotedText(word.text) for word in words if _is_place(word) and word not in places]

    def of_kind(kind: IntentKind) -> tuple[IntentWord, ...]:
        return tuple(word for word in words if word.kind == kind)

    return SpokenConditions(
        places=tuple(places),
        levels=of_kind("level"),
        years=of_kind("year"),
        figures=of_kind("figure"),
        words=tuple(words),
        left=tuple(left),
    )


def _parts(root: Node | None) -> tuple[Node, ...]:
    if root is None:
        return ()
    return root.parts if isinstance(root, And) else (root,)


def _is_place(word: IntentWord) -> bool:
    return word.kind == "place" and word.place is not None


def _certain_places(words: Sequence[IntentWord]) -> list[IntentWord]:
    """Return the words that name a place for certain, or one that lies in such a place."""
    named = [(word, word.place) for word in words if word.kind == "place" and word.place]
    sure = [place for _, place in named if place.sure]
    return [word for word, place in named if place.sure or any(place.lies_in(one) for one in sure)]


def _read_part(part: Node) -> tuple[Sequence[IntentWord], Sequence[Node]]:
    """Return what a part of a query says, and the text that is left of it."""
    if not isinstance(part, UnquotedText):
        return (), (part,)
    if names_field(part.text):
        return (IntentWord(part.text, "filler"),), ()
    words = read_run(part.text)
    has_text = any(word.kind == "text" for word in words)
    if not has_text and any(word.kind != "filler" for word in words):
        return words, ()
    front = _leading_labels(words)
    if not front or not has_text:
        return (), (part,)
    rest = _text_after(part.text, words, front)
    return words[:front], (UnquotedText(rest),) if rest else ()


def _leading_labels(words: Sequence[IntentWord]) -> int:
    """Return how many places and years a run begins with."""
    front = 0
    while front < len(words) and words[front].kind in ("place", "year"):
        front += 1
    return front


def _text_after(typed: str, words: Sequence[IntentWord], front: int) -> str:
    """Return what follows the places and years of a run, as typed where it can be found there."""
    behind = list(words[front:])
    while behind and behind[0].text == "的":
        behind = behind[1:]
    if not behind:
        return ""
    start = typed.find(behind[0].text, len(words[0].text))
    return typed[start:] if start > 0 else "".join(word.text for word in behind)
