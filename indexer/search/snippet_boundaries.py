"""Where a printed text may be cut to show a part of it: never inside a number or a word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from indexer.search.analysis.segmenter import pieces
from indexer.text.folding import HAN, fold_with_offsets

Span = tuple[int, int]

_MAX_UNIT_LENGTH = 200
"""A longer run without a gap is no word and no number, and is cut anywhere."""
_MAX_CONTEXT = 1000
"""How far from a cut the text is looked at."""

_ENDS = frozenset("\n。；、！？“”（）《》")
"""Characters beside which a text may always be cut: most places of interest are beside one."""
_OTHER = f"(?!{HAN})[^\\W_]"
_MARKS = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\u00ad\u200b-\u200f\u2060\ufeff"
"""Characters without a width of their own."""
_JOINT = "[-_.,:/~@'&+=?#·×‐‑–—−’．，：／～＠＋－]"
_SIGN = "[-+±−¥$]"
_STRETCH = re.compile(
    rf"(?:[\w\s{_MARKS}%％‰±¥￥$+＋−－-]|(?<={_OTHER})[{_MARKS}]*{_JOINT}{{1,3}}(?={_OTHER}))+"
)
"""What lies between two signs at which Chinese text may always be cut."""
_ATOM = re.compile(
    rf"{HAN}+|(?:{_SIGN} ?(?=\d))?{_OTHER}"
    rf"(?:{_OTHER}|[{_MARKS}]|{_JOINT}{{1,3}}(?={_OTHER})|(?<=\d) (?=\d{{3}}(?!\d)))*(?: ?[%‰])?"
)
_NUMERALS = "〇零一二三四五六七八九十百千万亿两"
_is_numeral = re.compile(f"[{_NUMERALS}]+").fullmatch
_is_chinese = re.compile(HAN).match
_LEADS = ("第", "分之", "负")


def whole_start(text: str, at: int) -> int:
    """Return the last place at or before `at` where the text may begin after a cut.

    A number keeps its sign, its separators and the word it counts. A line break is always such a
    place.

    >>> text = "共收到申请1,303条，答复率3.5%"
    >>> text[whole_start(text, 8):], text[whole_start(text, 16):]
    ('1,303条，答复率3.5%', '3.5%')
    """
    return _unit(text, at)[0]


def whole_end(text: str, at: int) -> int:
    """Return the first place at or after `at` where the text may end before a cut.

    >>> text = "共收到申请1,303条，答复率3.5%"
    >>> text[:whole_end(text, 4)], text[:whole_end(text, 6)]
    ('共收到申请', '共收到申请1,303条')
    """
    return _unit(text, at)[1]


def shorten(text: str, most: int) -> str:
    """Return the text, or its beginning with an ellipsis where it is longer than `most` characters.

    >>> shorten("共收到申请1,303条", 7), shorten("共收到申请", 7)
    ('共收到申请……', '共收到申请')
    """
    if len(text) <= most:
        return text
    return f"{text[: whole_start(text, most) or whole_end(text, most)].rstrip()}……"


def _unit(text: str, at: int) -> Span:
    """Return the span of the unit that a cut would halve; an empty span where it halves none."""
    if not 0 < at < len(text) or text[at - 1] in _ENDS or text[at] in _ENDS:
        return at, at
    first = max(text.rfind("\n", 0, at) + 1, at - _MAX_CONTEXT)
    last = text.find("\n", at, at + _MAX_CONTEXT)
    for stretch in _STRETCH.finditer(text, first, at + _MAX_CONTEXT if last < 0 else last):
        if at < stretch.end():
            if at <= stretch.start():
                break
            start, end = _unit_in(stretch[0], at - stretch.start())
            return stretch.start() + start, stretch.start() + end
    return at, at


def _unit_in(stretch: str, at: int) -> Span:
    """Return the span that must not be cut in a stretch of text without a sign to cut at."""
    folded = fold_with_offsets(stretch)
    begun, ended = bisect_left(folded.starts, at), bisect_right(folded.ends, at)
    for start, end in _units(folded.text):
        if start < begun and ended < end:
            whole = folded.span(start, end)
            return whole if whole[1] - whole[0] <= _MAX_UNIT_LENGTH else (at, at)
    return at, at


def _units(folded: str) -> Iterator[Span]:
    """Yield the spans of the words, and of the numbers with what they count, in order."""
    begun = ended = 0
    before = ""
    for start, end in _atoms(folded):
        atom = folded[start:end]
        if start > ended or not _belongs(before, atom):
            yield begun, ended
            begun = start
        elif not _is_number(atom):
            atom = ""  # the unit of a number ends it: what follows counts something else
        before, ended = atom, end
    yield begun, ended


def _atoms(folded: str) -> Iterator[Span]:
    """Yield the spans of words and numbers, as the segmenter and the signs inside them have it."""
    for match in _ATOM.finditer(folded):
        if not _is_chinese(match[0]):
            yield match.span()
            continue
        at = match.start()
        for piece in pieces(match[0]):
            yield at, at + len(piece)
            at += len(piece)


def _belongs(before: str, atom: str) -> bool:
    """Say whether an atom continues the one before, as digits or a unit continue a number."""
    if before.endswith(_LEADS):
        return _is_number(atom[:1]) or _is_number(atom)
    return _is_number(before) and (_is_number(atom) or _is_chinese(atom) is not None)


def _is_number(atom: str) -> bool:
    return atom[-1:].isdigit() or _is_numeral(atom) is not None
