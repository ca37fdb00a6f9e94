"""Drops headers and page numbers from the lines outside tables, and joins lines to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from indexer.formats.pdf.characters import is_wide
from indexer.formats.pdf.geometry import PARAGRAPH
from indexer.formats.pdf.printed_page import Glyph, PrintedPage, Rectangle
from indexer.formats.pdf.text_lines import read_lines
from indexer.forms.form_words import REPORT_TITLE, REPORT_TITLE_END, SECTION_ONLY

_PAGE_NUMBER = re.compile(
    r"[-—–－~·.\s]*(?:第\s*)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})?\s*(?:页)?"
    r"(?:\s*[,，/／]?\s*(?:共|of)?\s*\d{1,3}\s*页?)?[-—–－~·.\s]*|Page\s*\d+(?:\s*of\s*\d+)?",
    re.IGNORECASE,
)
_MARKED_NUMBER = re.compile(
    r"[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:\s*[,，/／]?\s*共\s*\d{1,3}\s*页)?"
)
_WORD = re.compile(
    r"[《“‘（【〔(]*(?:[0-9A-Za-z.,%+\-]+|.)[，。、；：！？）》”’】〕,.;:!?)]*", re.S
)
"""What stays together at the end of a line."""
_OPENS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*、|（[一二三四五六七八九十]{1,3}）|\([一二三四五六七八九十]{1,3}\))"
)
_UNFINISHED = "，、：第（(《“"
_SENTENCE = re.compile(r"[，。；：《“]")
_BEHIND_TITLE = "，。；、）》”)"
_MAX_TITLE_LINES = 3
_MAX_TITLE_CHARACTERS = 60
_TITLE_WITHIN_LINES = 6
_MAX_HEADER_LINES = 3
"""Lines of headers, or of footers, on a page: each pass finds the outermost of those left."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line on its page."""

    text: str
    box: Rectangle
    size: float
    page: int
    width: float
    height: float


def without_number(page: PrintedPage) -> PrintedPage:
    """Return a page without a marked page number in its margin, which a cut row may reach over."""
    margin = page.height * PARAGRAPH.margin
    lines: dict[int, list[Glyph]] = {}
    for glyph in page.glyphs:
        if not glyph.turn and not margin < glyph.base < page.height - margin:
            lines.setdefault(round(glyph.base), []).append(glyph)
    gone = {
        glyph.at
        for line in lines.values()
        if _is_marked_number(sorted(line, key=lambda glyph: glyph.box.x0))
        for glyph in line
    }
    return (
        replace(page, glyphs=tuple(glyph for glyph in page.glyphs if glyph.at not in gone))
        if gone
        else page
    )


def _is_marked_number(line: Sequence[Glyph]) -> bool:
    printed = [glyph for glyph in line if not glyph.text.isspace()]
    if (
        not printed
        or printed[-1].box.x1 - printed[0].box.x0 > PARAGRAPH.max_number_width * printed[0].size
    ):
        return False
    return bool(_MARKED_NUMBER.fullmatch("".join(glyph.text for glyph in line).strip()))


def print_lines(page: PrintedPage, glyphs: Sequence[Glyph]) -> list[PrintedLine]:
    """Return the upright lines of these glyphs of a page, from the top."""
    lines = read_lines([glyph for glyph in glyphs if glyph.turn == 0])
    return [
        PrintedLine(line.text, line.box, line.size, page.number, page.width, page.height)
        for line in lines
    ]


def drop_running(pages: Sequence[Sequence[PrintedLine]]) -> list[list[PrintedLine]]:
    """Return each page's lines without page numbers, headers and footers.

    A header or footer is a line in the margin that is the same on several pages, but for numbers.
    """
    kept = [list(lines) for lines in pages]
    for _ in range(_MAX_HEADER_LINES):
        edges = [
            (page, end, lines[end])
            for page, lines in enumerate(kept)
            if lines
            for end in (0, -1)
            if _is_in_margin(lines[end])
        ]
        seen = Counter((end, *_key(line)) for _, end, line in edges)
        gone = {
            (page, line)
            for page, end, line in edges
            if _is_page_number(line.text) or seen[(end, *_key(line))] > 1
        }
        kept = [
            [line for line in lines if (page, line) not in gone] for page, lines in enumerate(kept)
        ]
    return kept


def _key(line: PrintedLine) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.box.y0 / PARAGRAPH.header_raster)


def _is_in_margin(line: PrintedLine) -> bool:
    return line.box.y1 < line.height * PARAGRAPH.margin or line.box.y0 > line.height * (
        1 - PARAGRAPH.margin
    )


def _is_page_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(" ".join(text.split()))) and (
        any(map(str.isdigit, text)) or "第" in text
    )


@dataclass(frozen=True, slots=True)
class TextMeasure:
    """Where lines begin and end on pages of one width, and how large most text is."""

    left: float
    right: float
    size: float


def find_measures(pages: Sequence[Sequence[PrintedLine]]) -> dict[int, TextMeasure]:
    """Return the measure of the text by page width."""
    measures: dict[int, TextMeasure] = {}
    lines = sorted((line for page in pages for line in page), key=lambda line: round(line.width))
    for width, group in groupby(lines, key=lambda line: round(line.width)):
        same = list(group)
        long = [
            line for line in same if line.box.x1 - line.box.x0 > PARAGRAPH.min_line_share * width
        ] or same
        lefts, rights = sorted(line.box.x0 for line in long), sorted(line.box.x1 for line in long)
        size = Counter(round(line.size) for line in long for _ in line.text).most_common(1)[0][0]
        measures[width] = TextMeasure(_shared(lefts), _shared(rights[::-1]), float(size))
    return measures


def _shared(edges: list[float]) -> float:
    """Return the outermost edge that two lines share; a single line may stick out."""
    return next((a for a, b in pairwise(edges) if abs(a - b) < PARAGRAPH.same_margin), edges[0])


def join_lines(lines: Sequence[PrintedLine], measures: dict[int, TextMeasure]) -> list[PrintedLine]:
    """Return the paragraphs of lines that follow each other, each where its first line stands."""
    joined: list[PrintedLine] = []
    last: PrintedLine | None = None
    for line in lines:
        if (
            last is not None
            and not _begins_anew(joined[-1].text, line.text)
            and _wraps(last, line, measures[round(last.width)], measures[round(line.width)])
        ):
            joined[-1] = replace(joined[-1], text=_together(joined[-1].text, line.text))
        else:
            joined.append(line)
        last = line
    return joined


def _begins_anew(above: str, below: str) -> bool:
    """Say whether a line begins a paragraph: it follows a title, or opens a section."""
    ends_title = bool(REPORT_TITLE_END.search(above))
    if ends_title and (
        _OPENS.match(below) or (REPORT_TITLE.search(above) and not _SENTENCE.search(above))
    ):
        return below[:1] not in _BEHIND_TITLE
    return bool(SECTION_ONLY.fullmatch(below)) and above[-1:] not in _UNFINISHED


def _wraps(above: PrintedLine, below: PrintedLine, here: TextMeasure, there: TextMeasure) -> bool:
    """Say whether a line continues in the next: it is full, and the next one is not indented."""
    size = above.size
    if abs(size - below.size) > PARAGRAPH.same_size * size:
        return False
    if abs(below.box.x0 - there.left) > PARAGRAPH.max_indent * size:
        return False
    pitch = below.box.y0 - above.box.y0
    if above.page == below.page and pitch > PARAGRAPH.max_pitch * size:
        return False
    if above.box.x0 - here.left > PARAGRAPH.max_first_indent * size:
        return False
    if _OPENS.match(below.text) and above.text[-1:] in "。；：！？":
        return False
    slack = PARAGRAPH.ended if above.text[-1:] in "。；：！？.;:!?" else PARAGRAPH.running
    return here.right - above.box.x1 < _room_for_word(below.text, size) + slack * size


def _room_for_word(text: str, size: float) -> float:
    """Return the width of the first word of a text, which would not have fit in the line above."""
    word = _WORD.match(text)
    return sum(
        size if is_wide(character) else PARAGRAPH.latin_width * size
        for character in (word[0] if word else "")
    )


def _together(left: str, right: str) -> str:
    latin = (
        left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii() and right[:1].isalpha()
    )
    return f"{left} {right}" if latin else left + right


def join_title(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the first lines, with the lines of a centred title joined if only together they are
    one."""
    lines = list(lines)
    for at in range(min(len(lines), _TITLE_WITHIN_LINES)):
        for count in range(2, _MAX_TITLE_LINES + 1):
            part = lines[at : at + count]
            text = "".join(line.text for line in part)
            if len(part) == count and _is_title(part, text):
                if _is_complete_before(part):
                    return lines
                return [*lines[:at], replace(part[0], text=text), *lines[at + count :]]
    return lines


def _is_title(lines: Sequence[PrintedLine], text: str) -> bool:
    is_named = REPORT_TITLE.search(text) and len(text) <= _MAX_TITLE_CHARACTERS
    return bool(is_named) and _is_centred(lines)


def _is_complete_before(lines: Sequence[PrintedLine]) -> bool:
    """Say whether fewer of these lines are a title already."""
    *others, last = (bool(REPORT_TITLE.search(line.text)) for line in lines)
    return any(others) or (last and not _is_full(lines[0]))


def _is_full(line: PrintedLine) -> bool:
    """Say whether a line of a title is so long that it may continue; a body's name is shorter."""
    return line.box.x1 - line.box.x0 > PARAGRAPH.title_is_full * line.width


def _is_centred(lines: Sequence[PrintedLine]) -> bool:
    """Say whether lines of one size stand one under the other around the middle of the page."""
    first = lines[0]
    return all(
        line.page == first.page
        and abs(line.size - first.size) < PARAGRAPH.title_size
        and abs((line.box.x0 + line.box.x1) / 2 - first.width / 2) < PARAGRAPH.centred * first.width
        for line in lines
    ) and not any(character in line.text for line in lines for character in "。；：，")
