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
_MAX_NAME_LENGTH = 60
_MAX_READINGS = 2
"""The rare readings of a character would make most characters sound alike."""
_MAX_CHARACTERS_ALIKE = 2
_MIN_LENGTH_OF_GAP = 3
"""A shorter name that lacks a character is another word."""
_LONG_NAME = 5
"""In a name so long any one character may be mistyped."""
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
    typed = squash(name[:_MAX_NAME_LENGTH])
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
    slip = _exchanged(typed, other) if len(typed) == len(other) else None
    if slip:
        return slip
    shorter, longer = sorted((typed, other), key=len)
    if len(shorter) >= _MIN_LENGTH_OF_GAP and _lacks_one(shorter, longer):
        return 2, 0
    if not contained or len(shorter) < 2:
        return None
    if other in typed:
        return 3, -len(other)
    return (4, len(other)) if typed in other else None


def _exchanged(typed: str, other: str) -> tuple[int, int] | None:
    """Return how far two names of one length are apart, if a few characters are exchanged."""
    different = [pair for pair in zip(typed, other, strict=True) if pair[0] != pair[1]]
    count = len(different)
    if count <= _MAX_CHARACTERS_ALIKE and count < len(typed) and all(map(_alike, different)):
        return 1, count
    if count == 2 and different[0] == different[1][::-1]:
        return 1, count
    if count == 1 and len(typed) >= _LONG_NAME:
        return 2, 1
    return None


def _alike(pair: tuple[str, str]) -> bool:
    first, second = (set(readings().get(character, ())[:_MAX_READINGS]) for character in pair)
    return not first.isdisjoint(second)


def _lacks_one(short: str, long: str) -> bool:
    """Say whether a name is another with one character left out."""
    rest = iter(long)
    return len(long) - len(short) == 1 and all(character in rest for character in short)
