"""Completions of what is being typed: bodies and places by their characters, their sound, or its initials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.places.pinyin import readings
from indexer.search.catalogue.place_names import UNKNOWN
from indexer.search.port import NameKind, Suggestion
from indexer.search.suggest.pinyin_steps import (
    MAX_TYPED_LENGTH,
    PinyinStep,
    StepKind,
    alike,
    initials,
    read_typed,
    same,
    syllables,
)
from indexer.text.folding import fold

_BETWEEN = "\n"
"""Stands between the names and in none of them: folding drops it."""

_LABELS: Mapping[NameKind, str] = {"region": "地区", "body": "机构"}

Numbers = NDArray[np.int64]


class Suggester:
    """The bodies and places of an index, with how many reports each has. Division codes are no names.

    All names stand in one array of characters, the best first: by reports, then the shorter. A text is sought in all of them at
    once, character after character, so that the time hardly depends on how many readings a character has.
    """

    def __init__(self, bodies: Mapping[str, int], places: Mapping[str, int]) -> None:
        kinds: tuple[tuple[NameKind, Mapping[str, int]], ...] = (
            ("region", places),
            ("body", bodies),
        )
        rows = [
            (-count, len(folded), kind == "body", name, folded)
            for kind, names in kinds
            for name, count in names.items()
            if count and (folded := fold(name)) and not name.isdigit() and name != UNKNOWN
        ]
        rows.sort()
        self._names = [(name, -count) for count, _, _, name, _ in rows]
        self._is_body = np.array([is_body for _, _, is_body, *_ in rows], dtype=np.bool_)
        joined = "".join(f"{folded}{_BETWEEN}" for *_, folded in rows)
        points = np.frombuffer(joined.encode("utf-32-le"), dtype="<u4")
        alphabet, characters = np.unique(points, return_inverse=True)
        self._characters = characters.astype(np.uint16 if len(alphabet) < 1 << 16 else np.uint32)
        lengths = np.array([len(folded) + 1 for *_, folded in rows], dtype=np.int64)
        self._starts = np.concatenate([[0], np.cumsum(lengths)])[:-1].astype(np.int64)
        self._known = _Alphabet("".join(map(chr, alphabet)))

    def suggest(
        self, text: str, limit: int, kind: NameKind | None = None
    ) -> tuple[Suggestion, ...]:
        """Return the names that are meant by a text, be it by a part of the name, of one kind or both.

        First those that contain the text itself, then those that its letters spell, then those of which they spell a beginning,
        then those whose initials they are; where there is none at all, those that sound like it. Of these each time those that
        begin so come first, then those with most reports.
        """
        if limit < 1 or not fold(text) or not self._names:
            return ()
        typed = read_typed(text[:MAX_TYPED_LENGTH])
        found: dict[int, None] = {}
        for steps in (
            same(text[:MAX_TYPED_LENGTH]),
            syllables(typed, whole=True),
            syllables(typed),
            initials(typed),
        ):
            found |= dict.fromkeys(self._meant(steps, kind, limit + len(found)))
            if len(found) >= limit:
                break
        found = found or dict.fromkeys(self._meant(alike(text[:MAX_TYPED_LENGTH]), kind, limit))
        return tuple(self._suggestion(number) for number in list(found)[:limit])

    def _suggestion(self, number: int) -> Suggestion:
        name, count = self._names[number]
        kind: NameKind = "body" if self._is_body[number] else "region"
        return Suggestion(name, f"{_LABELS[kind]}:{_quoted(name)}", count, kind)

    def _meant(self, steps: Sequence[PinyinStep], kind: NameKind | None, limit: int) -> list[int]:
        """Return the first names in which the steps lead somewhere from beginning to end, in the order of suggestions."""
        first = self._follow(steps) if steps else np.zeros(0, dtype=np.int64)
        numbers = np.searchsorted(self._starts, first, side="right") - 1
        if kind is not None:
            wanted = self._is_body[numbers] == (kind == "body")
            first, numbers = first[wanted], numbers[wanted]
        inside = first != self._starts[numbers]
        beginning = np.unique(numbers[~inside])
        numbers = np.concatenate([beginning, np.setdiff1d(numbers[inside], beginning)])[:limit]
        return [int(number) for number in numbers]

    def _follow(self, steps: Sequence[PinyinStep]) -> Numbers:
        """Return the places where characters begin that follow each other along the steps to the end."""
        end = max((step.end for step in steps), default=0)
        everywhere = np.arange(len(self._characters), dtype=np.int64)
        reached: dict[int, list[tuple[Numbers, Numbers]]] = defaultdict(list)
        reached[0] = [(everywhere, everywhere)]
        for start in range(end):
            ways = _merged(reached.pop(start, []))
            for step in steps:
                if ways is None or step.start != start:
                    continue
                accepted = self._known.accepted(step.how, step.letters)
                if accepted is not None:
                    first, at = ways
                    fits = accepted[self._characters[at]]
                    if fits.any():
                        reached[step.end].append((first[fits], at[fits] + 1))
        ways = _merged(reached.pop(end, []))
        return np.zeros(0, dtype=np.int64) if ways is None else ways[0]


class _Alphabet:
    """The distinct characters of the names, and which of them a step may be."""

    def __init__(self, characters: str) -> None:
        self._characters = characters
        self._number = {character: number for number, character in enumerate(characters)}
        self._sounding: dict[str, list[int]] = defaultdict(list)
        for number, character in enumerate(characters):
            for reading in readings().get(character, ()):
                self._sounding[reading].append(number)

    def accepted(self, how: StepKind, letters: str) -> NDArray[np.bool_] | None:
        """Return for each character whether it is meant; None if none is."""
        match how:
            case "same":
                numbers = (
                    [self._number[letters]]
                    if letters in self._number and letters != _BETWEEN
                    else []
                )
            case "sound":
                numbers = self._sounding.get(letters, [])
            case "beginning":
                numbers = [
                    one
                    for reading, those in self._sounding.items()
                    if reading.startswith(letters)
                    for one in those
                ]
            case "alike":
                itself = [self._number[letters]] if letters in self._number else []
                ways = readings().get(letters, ())
                numbers = itself + [
                    one for reading in ways for one in self._sounding.get(reading, [])
                ]
        if not numbers:
            return None
        mask = np.zeros(len(self._characters), dtype=np.bool_)
        mask[numbers] = True
        return mask


def _merged(ways: list[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers] | None:
    """Join the ways to one place of the text: where in the names they began, and where they are."""
    if len(ways) < 2:
        return ways[0] if ways else None
    return np.concatenate([first for first, _ in ways]), np.concatenate([at for _, at in ways])


def _quoted(name: str) -> str:
    """Quote a name that would not be read as one word; a straight quote inside it is escaped."""
    if all(character.isalnum() or character in "·" for character in name):
        return name
    return '"' + name.replace('"', '\\"') + '"'
