"""The numbers that the narrative gives, with what they count and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import Passage, Report

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"(?P<number>[0-9０-９]{1,3}(?:[,，][0-9]{3})+|[0-9０-９]+|[零〇一二两三四五六七八九十百千万]+)"
_COUNT = re.compile(
    rf"(?P<before>近|约|超过|超|逾|共计约|大约)?\s*(?<![0-9０-９.第]){_NUMBER}\s*(?P<after>余|多|来|几)?\s*(?P<unit>条次|件次|条|件|篇|份|起|例|宗|项)"
)
_SENTENCE = re.compile(r"[^。；;！？]+[。；;！？]?")
_SENTENCE_LENGTH = 2000
"""What is longer is no sentence, and is not judged."""
_SECTIONS = ("overview", "proactive", "requests", "disputes", "preamble")


@dataclass(frozen=True, slots=True)
class Count:
    """A number in a sentence: `start` and `end` are offsets in the paragraph, `approximate` says 余, 多, 近, 约 …"""

    value: int
    approximate: bool
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the narrative with the numbers in it; `start` is its offset in the paragraph."""

    paragraph: int
    text: str
    start: int
    counts: tuple[Count, ...]

    def passage(self, start: int, end: int) -> Passage:
        """Return the passage between two offsets in the paragraph."""
        return Passage(self.paragraph, start, end)

    def before(self, count: Count, length: int) -> str:
        """Return what stands right before a number, back to the number before it, `length` characters at most."""
        at = count.start - self.start
        floor = max((other.end - self.start for other in self.counts if other.end <= count.start), default=0)
        return self.text[max(floor, at - length) : at]


def find_sentences(report: Report) -> Iterator[Sentence]:
    """Yield the sentences with numbers of the sections that tell of the year's work; notes from tables are left out."""
    for section in report.sections:
        if section.key not in _SECTIONS:
            continue
        for paragraph in section.paragraphs:
            if paragraph.kind == "note":
                continue
            for match in _SENTENCE.finditer(paragraph.text):
                short = len(match[0]) <= _SENTENCE_LENGTH
                if short and (counts := tuple(_find_counts(match[0], match.start()))):
                    yield Sentence(paragraph.number, match[0], match.start(), counts)


def _find_counts(text: str, offset: int) -> Iterator[Count]:
    for match in _COUNT.finditer(text):
        value = parse_number(match["number"])
        if value is not None:
            approximate = bool(match["before"] or match["after"])
            yield Count(value, approximate, match["unit"], offset + match.start("number"), offset + match.end())


def parse_number(text: str) -> int | None:
    """Return the whole number that digits or Chinese numerals write, None if they write none.

    >>> parse_number("1,205"), parse_number("三十九"), parse_number("一百零五"), parse_number("十百")
    (1205, 39, 105, None)
    """
    plain = re.sub("[,，]", "", text)
    if re.fullmatch(r"[0-9０-９]+", plain):
        return int(plain)
    high, _, low = plain.rpartition("万")
    if not high:
        return None if plain.startswith("万") else _parse_chinese(low)
    tens, ones = _parse_chinese(high), _parse_chinese(low) if low else 0
    return None if tens is None or ones is None else tens * 10_000 + ones


def _parse_chinese(text: str) -> int | None:
    total, digit, last = 0, None, 10_000
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _PLACES and _PLACES[character] < last and (digit or (character == "十" and total == 0)):
            last = _PLACES[character]
            total, digit = total + (digit or 1) * last, None
        else:
            return None
    return total + (digit or 0)


def written_count(count: Count) -> str:
    """Return a number of the prose as our messages write it: 550余."""
    return f"{count.value}余" if count.approximate else str(count.value)


def split_list(sentence: Sentence, total: Count) -> Sequence[Count]:
    """Return the parts that a sentence lists after a total: those behind 其中 in the same unit, up to the next 其中.

    Empty if no 其中 follows the total before another number.
    """
    following = [count for count in sentence.counts if count.start >= total.end]
    if not following:
        return ()
    text = sentence.text
    gap = text[total.end - sentence.start : following[0].start - sentence.start]
    if "其中" not in gap:
        return ()
    parts: list[Count] = []
    at = total.end - sentence.start
    for count in following:
        between = text[at : count.start - sentence.start]
        if parts and "其中" in between:
            break
        if count.unit == total.unit:
            parts.append(count)
        at = count.end - sentence.start
    return parts
