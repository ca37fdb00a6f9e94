"""The ways to read what is typed as the characters of a name: each itself, or by its sound.

A step reads one piece of the typed text as one character. A name is meant where its characters
follow steps from place 0 of the text to its end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from indexer.text.folding import fold

StepKind: TypeAlias = Literal["same", "sound", "beginning", "alike"]
"""A character is typed itself, by a reading, by the beginning of one, or by a homophone."""

MAX_TYPED_LENGTH = 40
"""Only so many characters of a typed text are looked at."""
_MAX_SYLLABLE_LENGTH = 6
_DIGRAPHS = ("zh", "ch", "sh")
_UMLAUT = "u\u0308"
_MARKS = re.compile("[\u0300-\u036f]")
_BOUNDARY = re.compile(r"(?<=[a-z])[1-5](?![0-9])|['’\- ]+")


@dataclass(frozen=True, slots=True)
class PinyinStep:
    """One character of a name, typed as `letters` at `[start, end)`."""

    start: int
    end: int
    how: StepKind
    letters: str


@dataclass(frozen=True, slots=True)
class TypedName:
    """A typed text without tones, and the places where a syllable must end, as at a space."""

    text: str
    ends: frozenset[int]

    def is_syllable(self, start: int, end: int) -> bool:
        """Say whether letters stand here without a boundary between them."""
        part = self.text[start:end]
        return part.isascii() and part.isalpha() and self.ends.isdisjoint(range(start + 1, end))


def read_typed(text: str) -> TypedName:
    """Return a typed text made ready; tones may be written as marks or as digits.

    >>> typed = read_typed("Gāo'ān xian4")
    >>> typed.text, sorted(typed.ends), read_typed("lǜ").text
    ('gaoanxian', [3, 5, 9], 'lv')
    """
    spelt = unicodedata.normalize("NFD", text.lower()).replace(_UMLAUT, "v")
    plain = _MARKS.sub("", fold(spelt))
    pieces = _BOUNDARY.split(plain)
    ends, at = set(), 0
    for piece in pieces[:-1]:
        at += len(piece)
        ends.add(at)
    return TypedName("".join(pieces), frozenset(ends))


def same(text: str) -> Sequence[PinyinStep]:
    """Return the steps by which every character is itself."""
    return [PinyinStep(at, at + 1, "same", character) for at, character in enumerate(fold(text))]


def alike(text: str) -> Sequence[PinyinStep]:
    """Return the steps by which every character is any that sounds like it."""
    return [PinyinStep(at, at + 1, "alike", character) for at, character in enumerate(fold(text))]


def syllables(typed: TypedName, whole: bool = False) -> Sequence[PinyinStep]:
    """Return the steps that read letters as whole syllables; the last may be only begun."""
    return list(_syllables(typed, whole))


def _syllables(typed: TypedName, whole: bool) -> Iterator[PinyinStep]:
    length = len(typed.text)
    for start in range(length):
        yield PinyinStep(start, start + 1, "same", typed.text[start])
        for end in range(start + 1, min(start + _MAX_SYLLABLE_LENGTH, length) + 1):
            if typed.is_syllable(start, end):
                begun = end == length and not whole and length not in typed.ends
                yield PinyinStep(
                    start, end, "beginning" if begun else "sound", typed.text[start:end]
                )


def initials(typed: TypedName) -> Sequence[PinyinStep]:
    """Return the steps that read each letter as an initial; zh, ch and sh may be written out."""
    return list(_initials(typed))


def _initials(typed: TypedName) -> Iterator[PinyinStep]:
    for start in range(len(typed.text)):
        yield PinyinStep(start, start + 1, "same", typed.text[start])
        if typed.is_syllable(start, start + 1):
            yield PinyinStep(start, start + 1, "beginning", typed.text[start])
        if typed.text[start : start + 2] in _DIGRAPHS and typed.is_syllable(start, start + 2):
            yield PinyinStep(start, start + 2, "beginning", typed.text[start : start + 2])
