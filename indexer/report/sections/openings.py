"""Finds which of the lines that read like headings open a section of the report.

The same words head the sections, the entries of a table of contents and the paragraphs of 总体情况;
what stands around a line tells which it is: the style of its number, the form's own table below it,
its place among the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from indexer.forms.section_headings import Heading, find_heading, is_formal, read_heading
from indexer.records import Block, Grid, Line
from indexer.report.tables.table_kinds import find_section

__all__ = ["Opening", "find_heading", "find_openings"]

_STATISTICS = re.compile("[^。]{0,40}(?:情况统计表|统计指标|指标名称)[^。]{0,20}")
"""The head of the statistics table before 2019, whose rows are numbered like sections."""
_MAIN = ("han", "part")
_ORDER = ("overview", "proactive", "requests", "disputes", "problems", "other")
_MIN_ITEM_LENGTH = 9
"""Characters of an item in arabic numbers that is a section."""
_MAX_HALF_LENGTH = 24
_HALF = re.compile(rf"[^。；;！？!?]{{1,{_MAX_HALF_LENGTH}}}$")
"""The first half of a heading that is broken over two lines."""

_WORD = re.compile("总体|總體|公[开開]|申[请請]|[诉訴]|[问問][题題]|事[项項]|概")
"""Words of headings: lines without one are not worth joining."""

_Rank: TypeAlias = tuple[bool | int, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a section: its heading is in the blocks `[at, end)`, one or two lines."""

    at: int
    heading: Heading
    end: int


def find_openings(blocks: Sequence[Block]) -> list[Opening]:
    """Return the headings that open a section, one a key.

    Where several lines read like one section's heading (a table of contents, a numbered item), the
    one above the form's own table counts; else the first one under a Chinese number with something
    below it, and before it one in the form's own words; where all are empty, the last. Under （一）
    sections stand only where the report numbers none of them otherwise.
    """
    found = _without_contents(_without_items(list(_headings(blocks))))
    tabled = _above_their_tables(blocks, found)
    anchors = [opening for opening in found if opening.at in tabled]
    best: dict[str, tuple[_Rank, Opening]] = {}
    # Of equal ranks the first stays, as its place is part of the rank.
    for opening, end in zip(found, _ends(found, blocks), strict=True):
        key = opening.heading.key
        rank = _rank(opening, end, tabled, anchors)
        if key not in best or rank > best[key][0]:
            best[key] = (rank, opening)
    chosen = sorted((opening for _, opening in best.values()), key=lambda opening: opening.at)
    return _without_run_in(chosen)


def _rank(opening: Opening, end: int, tabled: frozenset[int], anchors: Sequence[Opening]) -> _Rank:
    heading = opening.heading
    is_filled = end > opening.end or bool(heading.rest)
    return (
        opening.at in tabled,
        _is_in_order(opening, anchors),
        is_filled and heading.style in _MAIN,
        is_formal(heading),
        is_filled,
        -opening.at if is_filled else opening.at,
    )


def _ends(found: Sequence[Opening], blocks: Sequence[Block]) -> list[int]:
    """Return for each heading the block where the next one begins."""
    return [*(opening.at for opening in found), len(blocks)][1:]


def _headings(blocks: Sequence[Block]) -> Iterator[Opening]:
    """Yield all lines that read like headings, without the rows of a statistics table in lines."""
    counted, in_statistics, taken = 0, False, 0
    for at, block in enumerate(blocks):
        if not isinstance(block, Line) or at < taken:
            continue
        heading, taken = _read(blocks, at, block.text)
        in_statistics = in_statistics or bool(_STATISTICS.fullmatch(block.text))
        if heading is None or (in_statistics and heading.number <= counted):
            continue
        if heading.style in _MAIN:
            counted = max(counted, heading.number)
        yield Opening(at, heading, taken)


def _read(blocks: Sequence[Block], at: int, text: str) -> tuple[Heading | None, int]:
    """Return the heading on a line, alone or with the next line, and the block behind it."""
    heading = read_heading(text)
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    is_exact = heading is not None and heading.exact
    if is_exact or not isinstance(below, Line) or not _may_be_halves(text, below.text):
        return heading, at + 1
    whole = _join(heading, text, below.text)
    return (heading, at + 1) if whole is None else (whole, at + 2)


def _join(heading: Heading | None, first: str, second: str) -> Heading | None:
    """Return the heading that two lines make, rather than the one on the first line."""
    whole, alone = read_heading(f"{first}{second}"), read_heading(second)
    if whole is None or whole.rest or (alone is not None and alone.style in _MAIN):
        return None
    if heading:
        return whole if whole.exact else None
    return whole if whole.style in (*_MAIN, "bare") or is_formal(whole) else None


def _may_be_halves(first: str, second: str) -> bool:
    if len(second) > _MAX_HALF_LENGTH or not _HALF.match(first):
        return False
    return _WORD.search(f"{first}{second}") is not None


# ── which of them open a section ─────────────────────────────────────────────────────────────────


def _above_their_tables(blocks: Sequence[Block], found: Sequence[Opening]) -> frozenset[int]:
    """Return the places of headings, of sections found twice, above the form's own table."""
    keys = [opening.heading.key for opening in found]
    above: set[int] = set()
    for opening, end in zip(found, _ends(found, blocks), strict=True):
        if keys.count(opening.heading.key) > 1:
            grids = (block for block in blocks[opening.end : end] if isinstance(block, Grid))
            if opening.heading.key == next(filter(None, map(_kind, grids)), None):
                above.add(opening.at)
    return frozenset(above)


def _kind(grid: Grid) -> str | None:
    """Return the form's table that a table is by its heads."""
    return next((section for row in grid.rows[:4] if (section := find_section(row))), None)


def _without_items(found: list[Opening]) -> list[Opening]:
    """Return the headings without items of a section.

    1.主动公开情况 below 一、总体情况 is one in a report numbered 一、二、三、.
    """
    dropped = _item_styles(_keys_by_style(found))
    return [
        opening
        for opening in found
        if opening.heading.style not in dropped
        or (opening.heading.style == "arabic" and _is_official(opening))
    ]


def _item_styles(keys: Mapping[str, set[str]]) -> set[str]:
    """Return the styles whose headings are items, as enough sections have a higher style."""
    main = keys["han"] | keys["part"]
    plain = main | keys["bare"] | keys["arabic"]
    has_plain = len(plain) > 1
    dropped = set()
    if has_plain or len(keys["bracketed"]) < 3:
        dropped.add("bracketed")
    if has_plain or len(keys["bracketed"]) > 1 or len(keys["weak"]) < 3:
        dropped.add("weak")
    if len(main) > 2:
        dropped |= {"arabic", "run_in"}
    return dropped


def _keys_by_style(found: Sequence[Opening]) -> Mapping[str, set[str]]:
    styles = ("part", "han", "arabic", "bracketed", "bare", "weak", "run_in")
    return {style: {o.heading.key for o in found if o.heading.style == style} for style in styles}


def _is_official(opening: Opening) -> bool:
    """Return whether an arabic item is a section: worded and numbered as in the form."""
    place = _ORDER.index(opening.heading.key) + 1
    return opening.heading.number == place and len(opening.heading.text) >= _MIN_ITEM_LENGTH


def _without_contents(found: list[Opening]) -> list[Opening]:
    """Return the headings without a table of contents.

    It is three or more headings on end, most of which are printed again below.
    """
    kept: list[Opening] = []
    at = 0
    while at < len(found):
        end = at + 1
        while (
            end < len(found)
            and found[end].at == found[end - 1].end
            and not found[end - 1].heading.rest
        ):
            end += 1
        again = [place for place in range(at, end) if _is_opened_again(found, place)]
        is_contents = end - at > 2 and len(again) * 2 > end - at
        kept += found[again[-1] + 1 : end] if is_contents else found[at:end]
        at = end
    return kept


def _is_opened_again(found: Sequence[Opening], at: int) -> bool:
    return any(opening.heading.key == found[at].heading.key for opening in found[at + 1 :])


def _without_run_in(chosen: list[Opening]) -> list[Opening]:
    """Return the openings without those on a line of prose out of order: these head a paragraph."""
    return [
        opening
        for opening in chosen
        if opening.heading.style != "run_in" or _is_in_order(opening, chosen)
    ]


def _is_in_order(opening: Opening, others: Sequence[Opening]) -> bool:
    """Return whether a section is in the form's order among the others."""
    place = _ORDER.index(opening.heading.key)
    return all(
        (_ORDER.index(other.heading.key) < place) == (other.at < opening.at)
        for other in others
        if other.heading.key != opening.heading.key
    )
