"""Computes the automatic numbers of a DOCX's paragraphs.

The “一、” before a heading is often not in its text but in numbering.xml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn

from indexer.formats.docx.package import Element

_LEVELS = 9
_MAX_NUMBER_TEXT = 40
_DIGITS = "零一二三四五六七八九"
_CONTENTS = re.compile(r"toc \d|table of (?:contents|figures)", re.IGNORECASE)
_VAL = qn("w:val")


@dataclass(frozen=True, slots=True)
class _ListLevel:
    """One level of a list.

    `style` is the kind of number, `text` the pattern around it, `start` the first number, and
    `paragraph` the paragraph style that implies this level.
    """

    style: str
    text: str
    start: int
    spaced: bool
    restarts: bool
    legal: bool
    paragraph: str | None


@dataclass(frozen=True, slots=True)
class _NumberedList:
    """A list. Lists of one `definition` continue each other's counts, except at the levels in
    `starts`."""

    definition: str
    levels: Mapping[int, _ListLevel]
    starts: Mapping[int, int]


@dataclass
class ParagraphNumbering:
    """Counts the numbered paragraphs of a document in reading order."""

    lists: Mapping[str, _NumberedList]
    styles: Mapping[str, Element]
    max_depth: int
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[str] = field(default_factory=set)

    def number(self, paragraph: Element) -> str:
        """Return the number printed before a paragraph with the space after it, and count it.

        Empty if the paragraph has none.
        """
        number, at = self._find(paragraph)
        found = self.lists.get(number or "")
        if number is None or found is None or at not in found.levels:
            return ""
        counts = self.counts.setdefault(found.definition, {})
        if number not in self.started:
            self.started.add(number)
            counts.update({level: start - 1 for level, start in found.starts.items()})
        counts[at] = counts.get(at, found.levels[at].start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            if deeper not in found.levels or found.levels[deeper].restarts:
                del counts[deeper]
        return _print(found.levels, at, counts)

    def is_contents(self, paragraph: Element) -> bool:
        """Say whether a paragraph is a line of a table of contents, which only repeats headings."""
        style = self.styles.get(_value(paragraph, "w:pPr/w:pStyle") or "")
        return style is not None and bool(_CONTENTS.match(_value(style, "w:name") or ""))

    def _find(self, paragraph: Element) -> tuple[str | None, int]:
        """Return the list and level of a paragraph, from itself or its style; None without a
        number."""
        number, at = _numbered(paragraph)
        named = _value(paragraph, "w:pPr/w:pStyle")
        for _ in range(self.max_depth):
            style = self.styles.get(named or "")
            if number is not None or style is None:
                break
            number, below = _numbered(style)
            at = at if at is not None else below
            if at is None and number is not None and number in self.lists:
                at = next(
                    (
                        key
                        for key, level in self.lists[number].levels.items()
                        if level.paragraph == named
                    ),
                    None,
                )
            named = _value(style, "w:basedOn")
        return number, at or 0


def read_numbering(
    numbering: Element | None, styles: Element | None, max_depth: int
) -> ParagraphNumbering:
    """Return the lists of a document, none of their paragraphs counted yet.

    `max_depth` is how many styles may be based on one another.
    """
    named = (
        {}
        if styles is None
        else {style.get(qn("w:styleId")): style for style in styles.iter(qn("w:style"))}
    )
    if numbering is None:
        return ParagraphNumbering({}, named, max_depth)
    definitions = {
        item.get(qn("w:abstractNumId")): item for item in numbering.iter(qn("w:abstractNum"))
    }
    links = {
        link: key for key, item in definitions.items() if (link := _value(item, "w:styleLink"))
    }
    levels = {key: _levels(item) for key, item in definitions.items()}
    lists = {}
    for item in numbering.iter(qn("w:num")):
        key = _value(item, "w:abstractNumId")
        link = _value(definitions[key], "w:numStyleLink") if key in definitions else None
        key = links.get(link or "", key)
        if key is not None and key in definitions:
            lists[item.get(qn("w:numId"))] = _list(item, key, levels[key])
    return ParagraphNumbering(lists, named, max_depth)


def _list(item: Element, key: str, levels: Mapping[int, _ListLevel]) -> _NumberedList:
    own, starts = dict(levels), {}
    for override in item.iterchildren(qn("w:lvlOverride")):
        own |= _levels(override)
        start, at = _value(override, "w:startOverride"), _int(override.get(qn("w:ilvl")))
        if start and at < _LEVELS:
            starts[at] = _int(start)
    return _NumberedList(key, own, starts)


def _levels(parent: Element) -> dict[int, _ListLevel]:
    found = ((_int(level.get(qn("w:ilvl"))), level) for level in parent.iterchildren(qn("w:lvl")))
    return {at: _level(level) for at, level in found if at < _LEVELS}


def _level(level: Element) -> _ListLevel:
    legal = level.find(qn("w:isLgl"))
    return _ListLevel(
        style=_value(level, "w:numFmt") or "decimal",
        text=(_value(level, "w:lvlText") or "")[:_MAX_NUMBER_TEXT],
        start=_int(_value(level, "w:start"), 1),
        spaced=_value(level, "w:suff") != "nothing",
        restarts=_value(level, "w:lvlRestart") != "0",
        legal=legal is not None and legal.get(_VAL) not in ("0", "false"),
        paragraph=_value(level, "w:pStyle"),
    )


def _numbered(element: Element) -> tuple[str | None, int | None]:
    number, level = (
        _value(element, "w:pPr/w:numPr/w:numId"),
        _value(element, "w:pPr/w:numPr/w:ilvl"),
    )
    return number, _int(level) if level is not None else None


def _value(element: Element, path: str) -> str | None:
    """Return the value of the element at a path below this one."""
    found = element.find("/".join(qn(step) for step in path.split("/")))
    value = found.get(_VAL) if found is not None else None
    return str(value) if value is not None else None


def _int(text: str | None, default: int = 0) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default


def _print(levels: Mapping[int, _ListLevel], at: int, counts: Mapping[int, int]) -> str:
    """Return the number of a paragraph as printed, empty if any part of it cannot be spelled."""
    level = levels[at]
    text = level.text
    for named in set(re.findall(r"%([1-9])", text)):
        of = levels.get(int(named) - 1, level)
        part = _spell(counts.get(int(named) - 1, of.start), "decimal" if level.legal else of.style)
        if not part:
            return ""
        text = text.replace(f"%{named}", part)
    if level.style in ("bullet", "none"):
        return ""
    return f"{text} " if level.spaced and text and text[-1] not in "、）．。：" else text


def _spell(count: int, style: str) -> str:
    """Return a number in a list's style; empty if that is unknown: a wrong number is worse than
    none."""
    spell = _SPELLINGS.get(style)
    return spell(count) if spell and count > 0 else ""


def _chinese(count: int) -> str:
    if count >= 100:
        return ""
    tens, ones = divmod(count, 10)
    return (
        (_DIGITS[tens] if tens > 1 else "")
        + ("十" if tens else "")
        + (_DIGITS[ones] if ones else "")
    )


def _letter(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count <= 260 else ""


def _roman(count: int) -> str:
    steps = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, letters in steps:
        text += letters * (count // value)
        count %= value
    return text if len(text) < 12 else ""


def _circled(count: int) -> str:
    return chr(0x2460 + count - 1) if count <= 20 else ""


_SPELLINGS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(("decimal", "decimalHalfWidth"), str),
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        _chinese,
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate(
        {48 + digit: 0xFF10 + digit for digit in range(10)}
    ),
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
