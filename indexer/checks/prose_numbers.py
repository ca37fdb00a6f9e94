"""The numbers of the narrative: what each counts, how exact it is, and where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import LOST, Passage, Report
from indexer.text.numerals import DIGITS, parse_number

_NUMERALS = "零〇○一二两三四五六七八九十百千万"
_COUNT = re.compile(
    rf"""(?<![0-9０-９.．A-Za-z])
    (?:(?P<digits>[0-9０-９]{{1,3}}(?:[,，][0-9０-９]{{3}})+|[0-9０-９]+)(?P<decimals>[.．][0-9０-９]+)?\s*(?P<ten>[余多几])?(?P<wan>万)?
       |(?<![{_NUMERALS}])(?P<chinese>[{_NUMERALS}]+))
    \s*(?P<after>余|多|来|几)?\s*
    (?P<unit>条次|件次|条(?!例|款)|件(?!套)|篇|份(?!额)|起(?!来|草|诉(?!讼))|例(?!会|如)|宗|项(?!目))
    (?P<behind>左右|上下|以上|余|多)?""",
    re.VERBOSE,
)
_ABOUT = re.compile(r"(将近|接近|(?<!最)近|大约|约|超过|超|逾|不足|不到|至少|突破)\s*$")
_PART_OF_A_NUMERAL = re.compile(r"(?:[数几上]|(?<!完)成)$")
"""Part of a Chinese numeral (数百, 上千), but before digits the end of a word (信息数22条)."""

_NO_COUNT_BEFORE = re.compile(
    r"(?:第\s*|[0-9０-９一二三四五六七八九十]\s*[-－—–~～至到]\s*|[/／\-－])$"
)
_EACH = re.compile(r"(?:各|每|均为?|平均|分别为?|各为)\s*$")
_QUOTED = re.compile(
    r"《[^《》]{0,200}》|“[^“”]{0,80}”|〔[^〔〕]{0,12}〕|\[20\d\d\]|【[^【】]{0,20}】"
)
_HAN_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_SENTENCE = re.compile(r"[^。；;！？]+[。；;！？]?")
_MAX_SENTENCE_LENGTH = 2000
"""Longer text is no sentence, and is not judged."""
_MAX_CONTEXT_LENGTH = 800
_MAX_LISTED_NUMBERS = 60
_SECTIONS = ("overview", "proactive", "requests", "disputes", "preamble")


@dataclass(frozen=True, slots=True)
class ProseCount:
    """A number in the prose, which means one from `low` to `high`.

    `start` and `end` are offsets in the paragraph. `printed` is the number as messages show it,
    `each` says that it counts for each of several.
    """

    value: int
    low: int
    high: int
    unit: str
    start: int
    end: int
    printed: str
    each: bool = False
    tail: str = ""

    @property
    def said(self) -> str:
        """The number with its unit, as our messages write it: 550余条, 5件左右."""
        return f"{self.printed}{self.unit}{self.tail}"

    @property
    def approximate(self) -> bool:
        """Say whether the number is rounded, or said to be about so many."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class ProseSentence:
    """A sentence of the narrative, with numerals in titles, quotes and document numbers blanked.

    `start` is its offset in the paragraph `whole`; `counts` are its numbers, `all_counts` those of
    the paragraph.
    """

    paragraph: int
    section: str
    text: str
    start: int
    counts: tuple[ProseCount, ...]
    whole: str
    all_counts: tuple[ProseCount, ...]

    @property
    def context(self) -> str:
        """The sentence with the words before it in the paragraph that may be about the same."""
        return self.whole[max(0, self.start - _MAX_CONTEXT_LENGTH) : self.start + len(self.text)]

    def before(self, count: ProseCount, length: int = 40) -> str:
        """Return at most `length` characters before a number, back to the number before it."""
        floor = max(
            (other.end for other in self.counts if other.end <= count.start), default=self.start
        )
        return self.whole[max(floor, count.start - length) : count.start]

    def following(self, count: ProseCount) -> Sequence[ProseCount]:
        """Return the numbers that follow one in the paragraph, as many as a list may have."""
        first = bisect_left(self.all_counts, count.end, key=lambda other: other.start)
        return self.all_counts[first : first + _MAX_LISTED_NUMBERS]

    def after(self, count: ProseCount, length: int = 20) -> str:
        """Return the characters after a number."""
        return self.text[count.end - self.start : count.end - self.start + length]

    def passage(self, start: int, end: int) -> Passage:
        """Return the passage between two offsets in the paragraph."""
        return Passage(self.paragraph, start, end)


def find_sentences(report: Report) -> Iterator[ProseSentence]:
    """Yield the sentences of the sections that tell of the year's work.

    Notes from tables are left out, and paragraphs with lost characters: a digit may be among them.
    """
    for section in report.sections:
        if section.key not in _SECTIONS:
            continue
        for paragraph in section.paragraphs:
            if paragraph.kind != "note" and LOST not in paragraph.text:
                yield from _cut(paragraph.text, paragraph.number, section.key)


def _cut(paragraph: str, number: int, section: str) -> Iterator[ProseSentence]:
    text = _QUOTED.sub(lambda match: re.sub(rf"[0-9０-９{_NUMERALS}]", "□", match[0]), paragraph)
    text = _HAN_YEAR.sub(lambda match: "".join(str(DIGITS[numeral]) for numeral in match[0]), text)
    matches = [match for match in _SENTENCE.finditer(text) if len(match[0]) <= _MAX_SENTENCE_LENGTH]
    counts = [tuple(_find_counts(match[0], match.start())) for match in matches]
    everything = tuple(count for some in counts for count in some)
    for match, own in zip(matches, counts, strict=True):
        yield ProseSentence(number, section, match[0], match.start(), own, text, everything)


def _find_counts(text: str, offset: int) -> Iterator[ProseCount]:
    for match in _COUNT.finditer(text):
        if count := _count_of(match, text, offset):
            yield count


def _count_of(match: re.Match[str], text: str, offset: int) -> ProseCount | None:
    """Return the number of a match in a text that begins at `offset`; None if it counts nothing."""
    start = match.start("digits") if match["digits"] else match.start("chinese")
    before = text[max(0, start - 6) : start]
    if _NO_COUNT_BEFORE.search(before):
        return None
    if match["chinese"] and _PART_OF_A_NUMERAL.search(before):
        return None
    about = _ABOUT.search(before)
    bounds = _bounds(match, about[1] if about else None)
    if bounds is None:
        return None
    value, low, high = bounds
    printed = (about[1] if about else "") + text[start : match.start("unit")]
    return ProseCount(
        value,
        low,
        high,
        match["unit"],
        offset + start,
        offset + match.end(),
        str(value) if low == high else re.sub(r"\s", "", printed),
        bool(_EACH.search(before)),
        match["behind"] or "",
    )


def _bounds(match: re.Match[str], about: str | None) -> tuple[int, int, int] | None:
    """Return a number with the least and the most that it can mean; None if it is none."""
    value, step = _read(match)
    if value is None:
        return None
    size = max(step, _last_place(value))
    low, high = (value - step // 2, value + step // 2) if step > 1 else (value, value)
    words = {about, match["after"], match["behind"], match["ten"]}
    if words & {"余", "多", "几", "来"}:
        high = max(high, value + size - 1 if size > 1 else value + value // 10 + 1)
    if words & {"近", "将近", "接近", "不足", "不到"}:
        low = min(low, value - value // 5 - 1)
    if words & {"约", "大约", "左右", "上下", "来"}:
        low, high = min(low, value - value // 10 - 1), max(high, value + value // 10 + 1)
    if words & {"超", "超过", "逾", "至少", "突破", "以上"}:
        high = max(high, value + max(size, value // 5))
    return value, max(low, 0), high


def _last_place(value: int) -> int:
    """Return the power of ten of a number's last digit that is not 0, at most 10^8.

    >>> _last_place(550), _last_place(0)
    (10, 1)
    """
    return next((10**n for n in range(8, 0, -1) if value and value % 10**n == 0), 1)


def _read(match: re.Match[str]) -> tuple[int | None, int]:
    """Return a whole number, else None, and the value of its last place if it is given in 万."""
    if match["chinese"]:
        value = parse_number(match["chinese"])
        return value, 10_000 if value and match["chinese"].endswith("万") else 1
    whole = int(re.sub("[,，]", "", match["digits"]))
    if not match["wan"]:
        return (None, 1) if match["decimals"] else (whole, 1)
    places = (match["decimals"] or ".")[1:]
    if len(places) > 4:
        return None, 1
    return int(f"{whole}{places}") * 10 ** (4 - len(places)), 10 ** (4 - len(places))
