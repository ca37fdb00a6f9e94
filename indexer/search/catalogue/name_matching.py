"""Finds the known name that a mistyped one stands for, never one of another meaning.

Slips of the keyboard and the ear count.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from indexer.places.pinyin import readings
from indexer.text.folding import fold

_IDLE = re.compile(r"[\s·.、,:;()/\-“”\"]+")
"""What does not count when names are compared, once folded."""
_LONGEST = 60
_MOST_HEARD = 2
"""The rare readings of a character would make most characters sound alike."""
_MOST_ALIKE = 2
_SHORTEST_GAP, _LONG = 3, 5
_ASCII_CUTOFF = 0.5


def squash(name: str) -> str:
    """Return a name as names are compared: folded, without white space and punctuation."""
    return _IDLE.sub("", fold(name))


def nearest(name: str, names: Iterable[str], contained: bool = True) -> str | None:
    """Return the name that this one stands for, or None where none is near in meaning.

    Chinese names are near if they sound alike, if a character is missing, added or out of place,
    or, with `contained`, if one of the two is part of the other.

    >>> nearest("行政诉颂", ["行政许可", "行政诉讼"]), nearest("地址", ["地区"])
    ('行政诉讼', None)
    """
    known = {squash(candidate): candidate for candidate in reversed(list(names))}
    typed = squash(name[:_LONGEST])
    if not typed:
        return None
    if typed.isascii():
        matches = difflib.get_close_matches(typed, known, n=1, cutoff=_ASCII_CUTOFF)
        return known[matches[0]] if matches else None
    ranked = [
        (rank, other) for other in known if (rank := _distance(typed, other, contained)) is not None
    ]
    return known[min(ranked)[1]] if ranked else None


def _distance(typed: str, other: str, contained: bool) -> tuple[int, int] | None:
    """Return how far two names are apart, the nearest first in order; None if they are not near."""
    if typed == other:
        return 0, 0
    if len(typed) == len(other):
        different = [pair for pair in zip(typed, other, strict=True) if pair[0] != pair[1]]
        if (
            len(different) < len(typed)
            and len(different) <= _MOST_ALIKE
            and all(map(_alike, different))
        ):
            return 1, len(different)
        if len(different) == 2 and different[0] == different[1][::-1]:
            return 1, len(different)
        if len(different) == 1 and len(typed) >= _LONG:
            return 2, 1
    if min(len(typed), len(other)) >= _SHORTEST_GAP and _lacks_one(
        *sorted((typed, other), key=len)
    ):
        return 2, 0
    if not contained or min(len(typed), len(other)) < 2:
        return None
    if other in typed:
        return 3, -len(other)
    return (4, len(other)) if typed in other else None


def _alike(pair: tuple[str, str]) -> bool:
    first, second = (set(readings().get(character, ())[:_MOST_HEARD]) for character in pair)
    return not first.isdisjoint(second)


def _lacks_one(short: str, long: str) -> bool:
    """Say whether a name is another with one character left out."""
    rest = iter(long)
    return len(long) - len(short) == 1 and all(character in rest for character in short)
