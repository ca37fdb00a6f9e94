"""Folds width, case, accents, look-alikes, white space and 简繁 alike in reports and queries.

Every character folds by itself, whatever its neighbours; only white space, and commas between the
thousands of a number, look at them. So folding is stable under cutting: of any piece of a text that
does not cut a number, the folded piece occurs in the folded text. The exactness of phrases rests on
this. `Folded` maps back to the text as printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import opencc

from indexer.text.lookalikes import RADICALS, VARIANTS
from indexer.text.numerals import DIGITS

_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_KANA = "\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"
_PUNCTUATION = "\u3000-\u3004\u3008-\u3020\u302a-\u303f‘’“”…—·,;:!?()\\[\\]{}"

HAN = f"[{_HAN}]"
"""A pattern for one Chinese character of a folded text."""

_TIGHT = f"[{_HAN}{_KANA}{_PUNCTUATION}]"
"""A folded character beside which white space means nothing: Chinese, or its punctuation."""

_LOOSE_SPACE = re.compile(rf" (?:(?:(?<=^ )|(?<={_TIGHT} )|(?<=  )) *| *(?=\Z|{_TIGHT}))")
"""Idle white space: at the ends, beside such a character, and all but the first of other spaces.

The pattern begins with a space, so that the regex engine searches for one instead of trying every
character.
"""
PAGE_MARK = re.compile(
    r"[-–—―－]+\s*\d{1,3}\s*[-–—―－]+|第\s*\d{1,3}\s*页.{0,12}|Page\s+\d{1,3}.{0,8}", re.IGNORECASE
)
"""A line that is a page number and can be nothing else."""
_SEPARATOR = re.compile(",(?<=[0-9],)(?=[0-9]{3}(?![0-9]))")
"""A comma that may separate thousands: a fast test before the slow pattern."""
_THOUSANDS = re.compile("(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_DIGITS = {digit: str(value) for digit, value in DIGITS.items()}
_BRACKETS = dict(zip("[]〔〕【】〖〗〘〙", "()()()()()", strict=True))
_COMPARED = _DIGITS | _BRACKETS
_DIGIT_TABLE: dict[int, str] = str.maketrans(_COMPARED)
_DIGIT_UNITS = np.arange(0x10000, dtype="<u2")
_DIGIT_UNITS[list(_DIGIT_TABLE)] = [ord(figure) for figure in _DIGIT_TABLE.values()]
_REPLACEMENT = "\ufffd"


class _Table(dict[int, str]):
    """The folded form of each character, computed when first met.

    It is a string without white space, one space, or nothing.
    """

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        if len(folded) != 1:
            _UNEVEN.add(chr(code))
        elif max(code, ord(folded)) < _UNKNOWN and not _is_surrogate(code):
            _UNITS[code] = ord(folded)
        return folded


_UNKNOWN = 0xFFFF
_OVER_OR_UNDER = 200
"""The least combining class of accents over or under a letter."""
_UNIT = np.dtype("<u2")
_UNITS = np.full(0x10000, _UNKNOWN, _UNIT)
"""The folded form of each UTF-16 unit if it is known and one unit, for long texts at once."""
_MIN_VECTOR_LENGTH = 48
"""Characters from which on array operations are faster than `str.translate` (measured)."""
_BETWEEN = "\u303f"
"""A separator of texts: rare, and white space beside it is idle as at the ends of a text."""
_UNEVEN: set[str] = set()
"""The characters met so far that fold to nothing or to several, and so shift those behind."""
_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; character `i` was made of the printed text from `starts[i]` to `ends[i]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the non-empty folded span `[start, end)` stands in the text as printed."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> str:
    """Return a text as it is compared: one width, no case, simplified, no idle white space.

    White space beside a Chinese character or beside punctuation, and at the ends, is dropped; any
    other run of it is one space. Invisible characters and accents are dropped, and the commas in
    3,000 but not in 1,2.

    >>> fold("ＧＤＰ　政府 信息\\n公开"), fold("資訊 Open  Data"), fold("⻩石市３，０００件")
    ('gdp政府信息公开', '资讯open data', '黄石市3000件')
    """
    loose = _fold_characters(text)
    tight = _LOOSE_SPACE.sub("", loose) if " " in loose else loose
    if "," in tight and _SEPARATOR.search(tight):
        return _THOUSANDS.sub(lambda number: number[0].replace(",", ""), tight)
    return tight


def fold_all(texts: Sequence[str]) -> list[str]:
    """Return each of the texts folded, together faster than one by one.

    >>> fold_all(["ＧＤＰ ", "", "政府 信息"])
    ['gdp', '', '政府信息']
    """
    folded = fold(_BETWEEN.join(texts)).split(_BETWEEN)
    return folded if len(folded) == len(texts) else [fold(text) for text in texts]


def fold_digits(folded: str) -> str:
    """Return a folded text as strings are compared, every character in its place.

    Each Chinese digit becomes an Arabic one, and each square bracket a round one: 二〇一九年 and
    2019年 are equal, and so are 〔2021〕, [2021] and (2021). Words are cut before, for 一般 is no
    number.

    >>> fold_digits("二○一九年第三次"), fold_digits("一般"), fold_digits("函〔2021〕30号")
    ('2019年第3次', '1般', '函(2021)30号')
    """
    if len(folded) < _MIN_VECTOR_LENGTH:
        return folded.translate(_DIGIT_TABLE)
    for character, compared in _COMPARED.items():
        folded = folded.replace(character, compared)
    return folded


def fold_digit_units(units: bytes) -> bytes:
    """Return `fold_digits` of a folded text in UTF-16 little-endian, for a whole report at once.

    >>> fold_digit_units("二○一九年".encode("utf-16-le")).decode("utf-16-le")
    '2019年'
    """
    return _DIGIT_UNITS.take(np.frombuffer(units, _UNIT)).tobytes()


def fold_with_offsets(text: str) -> Folded:
    """Return `fold(text)` together with the way back to the printed text.

    >>> folded = fold_with_offsets("政 府㈠")
    >>> folded.text, folded.span(1, 3)
    ('政府(一)', (2, 4))
    """
    loose = _fold_characters(text)
    idle = [match.span() for match in _LOOSE_SPACE.finditer(loose)]
    if _UNEVEN.isdisjoint(text):
        starts = _without(range(len(text)), idle)
        ends = _without(range(1, len(text) + 1), idle)
    else:
        starts = _without(
            [i for i, character in enumerate(text) for _ in _TABLE[ord(character)]], idle
        )
        ends = [_end_of_character(text, start) for start in starts]
    folded = Folded(
        "".join(loose[start:end] for start, end in _between(len(loose), idle)), starts, ends
    )
    return _without_commas(folded) if _SEPARATOR.search(folded.text) else folded


def _without_commas(folded: Folded) -> Folded:
    """Return a folded text without the commas between thousands."""
    numbers = list(_THOUSANDS.finditer(folded.text))
    commas = [
        (at, at + 1) for number in numbers for at in range(*number.span()) if folded.text[at] == ","
    ]
    text = "".join(folded.text[start:end] for start, end in _between(len(folded.text), commas))
    return Folded(text, _without(folded.starts, commas), _without(folded.ends, commas))


def _fold_characters(text: str) -> str:
    """Return the text with each character folded by itself, white space as single spaces."""
    if len(text) < _MIN_VECTOR_LENGTH:
        return text.translate(_TABLE)
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), _UNIT)
    folded = _UNITS.take(units).tobytes().decode("utf-16-le")
    return _fold_unknown(text, folded) if chr(_UNKNOWN) in folded else folded


def _fold_unknown(text: str, folded: str) -> str:
    """Return a folded text with the characters filled in that are not known as one unit.

    A character outside the Basic Multilingual Plane is two units.
    """
    parts: list[str] = []
    at = 0
    known = iter(folded.split(chr(_UNKNOWN)))
    for part in known:
        parts.append(part)
        at += len(part)
        if at < len(text):
            code = ord(text[at])
            parts.append(_TABLE[code])
            at += 1
            if code > _UNKNOWN:
                next(known)
    return "".join(parts)


def _is_surrogate(code: int) -> bool:
    return 0xD800 <= code <= 0xDFFF


def _without(whole: Sequence[int], spans: Sequence[tuple[int, int]]) -> list[int]:
    kept: list[int] = []
    for start, end in _between(len(whole), spans):
        kept += whole[start:end]
    return kept


def _between(length: int, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a sequence between the spans."""
    at = 0
    for start, end in spans:
        yield at, start
        at = end
    yield at, length


def _end_of_character(text: str, start: int) -> int:
    end = start + 1
    while end < len(text) and (_is_variation_selector(text[end]) or _is_accent(text[end])):
        end += 1
    return end


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _is_accent(character: str) -> bool:
    """Return whether a character is an accent on a letter, and no stroke or kana mark."""
    return unicodedata.combining(character) >= _OVER_OR_UNDER


def _fold_character(character: str) -> str:
    """Fold until nothing changes any more, so that folding a folded text changes nothing either."""
    category = unicodedata.category(character)
    if character.isspace():
        return " "
    if category in {"Cf", "Cc"} or _is_variation_selector(character):
        return ""
    if category == "Cs":
        return _REPLACEMENT
    folded = RADICALS.get(character) or VARIANTS.get(character) or character
    # One pass may produce characters that fold again (ligatures, compatibility forms).
    for _ in range(4):
        decomposed = unicodedata.normalize("NFKD", folded).casefold()
        folded = _simplifier().convert(unicodedata.normalize("NFKD", decomposed))
    if folded.isspace():
        return " "
    return "".join(map(_fold_part, folded))


def _fold_part(part: str) -> str:
    dropped = part.isspace() or _is_accent(part) or unicodedata.category(part) in {"Cf", "Cc"}
    return "" if dropped else VARIANTS.get(part, part)


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
