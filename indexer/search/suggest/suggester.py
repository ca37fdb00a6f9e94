"""The suggester: completes bodies and places by their characters, pinyin or initials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

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
    """The bodies and places of an index with their number of reports. Division codes are no names.

    All names stand in one array of characters, the best first: by reports, then the shorter. A text
    is sought in all of them at once, character by character, so that the time hardly depends on how
    many readings a character has.
    """

    def __init__(self, bodies: Mapping[str, int], places: Mapping[str, int]) -> None:
        rows = sorted([*_rows(places, is_body=False), *_rows(bodies, is_body=True)])
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
        """Return the names that a text means, of one kind or both, by any part of the name.

        First come names that contain the text, then those whose syllables it spells, then those of
        which it spells a beginning, then those whose initials it is; if there is none, those that
        sound like it. Among each of these, names that begin so come first, then those with most
        reports.
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
        """Return the first names in which the steps lead from beginning to end."""
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
        """Return where characters begin that follow the steps to the end, in all names."""
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


def _rows(names: Mapping[str, int], *, is_body: bool) -> Iterator[tuple[int, int, bool, str, str]]:
    """Yield the names that can be suggested in the form in which they are ordered."""
    for name, count in names.items():
        folded = fold(name)
        if count and folded and not name.isdigit() and name != UNKNOWN:
            yield -count, len(folded), is_body, name, folded


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
                numbers = self._itself(letters) if letters != _BETWEEN else []
            case "sound":
                numbers = self._sounding.get(letters, [])
            case "beginning":
                numbers = self._begun(letters)
            case "alike":
                numbers = self._itself(letters) + self._alike(letters)
        if not numbers:
            return None
        mask = np.zeros(len(self._characters), dtype=np.bool_)
        mask[numbers] = True
        return mask

    def _itself(self, character: str) -> list[int]:
        return [self._number[character]] if character in self._number else []

    def _begun(self, letters: str) -> list[int]:
        """Return the characters with a reading that begins so."""
        sounding = self._sounding.items()
        return [one for way, ones in sounding if way.startswith(letters) for one in ones]

    def _alike(self, character: str) -> list[int]:
        """Return the characters that share a reading with one."""
        ways = readings().get(character, ())
        return [one for way in ways for one in self._sounding.get(way, ())]


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
