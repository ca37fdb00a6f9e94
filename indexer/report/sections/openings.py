"""Finds which of the lines that read like headings open a section of the report.

The same words head the sections, the entries of a table of contents and the paragraphs of 总体情况;
what stands around a line tells which it is: the style of its number, the form's own table below it,
its place among the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.forms.section_headings import Heading, find_heading, is_formal, read_heading
from indexer.records import Block, Grid, Line
from indexer.report.tables.table_kinds import find_section

__all__ = ["Opening", "find_heading", "find_openings"]

_STATISTICS = re.compile("[^。]{0,40}(?:情况统计表|统计指标|指标名称)[^。]{0,20}")
"""The head of the statistics table of the years before 2019, whose rows are numbered and worded like sections."""
_MAIN = ("han", "part")
_ORDER = ("overview", "proactive", "requests", "disputes", "problems", "other")
_SHORTEST_ITEM = 9
_HALF_LENGTH = 24
_HALF = re.compile(rf"[^。；;！？!?]{{1,{_HALF_LENGTH}}}$")
"""The first half of a heading that is broken over two lines."""

_WORD = re.compile("总体|總體|公[开開]|申[请請]|[诉訴]|[问問][题題]|事[项項]|概")
"""What some heading has: lines without it are not worth joining."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a section begins: its heading stands in the blocks `[at, end)`, two where it is broken over lines."""

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
    following = [*(opening.at for opening in found), len(blocks)][1:]
    best: dict[str, tuple[tuple[bool | int, ...], Opening]] = {}
    for opening, end in zip(found, following, strict=True):
        heading = opening.heading
        filled = end > opening.end or bool(heading.rest)
        numbered = heading.style in _MAIN
        place = -opening.at if filled else opening.at
        placed = (opening.at in tabled, _is_in_order(opening, anchors))
        rank = (*placed, filled and numbered, is_formal(heading), filled, place)
        if heading.key not in best or rank > best[heading.key][0]:
            best[heading.key] = (rank, opening)
    chosen = sorted((opening for _, opening in best.values()), key=lambda opening: opening.at)
    return _without_run_in(chosen)


def _headings(blocks: Sequence[Block]) -> Iterator[Opening]:
    """Yield all lines that read like headings, the rows of a statistics table that is printed in lines left out."""
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
    """Return the heading that begins on a line, alone or with the next line, and where it ends."""
    heading = read_heading(text)
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    if (
        not isinstance(below, Line)
        or not _HALF.match(text)
        or len(below.text) > _HALF_LENGTH
        or (heading and heading.exact)
    ):
        return heading, at + 1
    if not _WORD.search(f"{text}{below.text}"):
        return heading, at + 1
    whole = read_heading(f"{text}{below.text}")
    alone = read_heading(below.text)
    if whole is None or whole.rest or (alone is not None and alone.style in _MAIN):
        return heading, at + 1
    is_one = whole.exact if heading else whole.style in (*_MAIN, "bare") or is_formal(whole)
    return (whole, at + 2) if is_one else (heading, at + 1)


# ── which of them open a section ────────────────────────────────────────────────────────────────────────────────


def _above_their_tables(blocks: Sequence[Block], found: Sequence[Opening]) -> frozenset[int]:
    """Return the places of headings, of sections found twice, above the form's own table."""
    keys = [opening.heading.key for opening in found]
    above: set[int] = set()
    following = [*(opening.at for opening in found), len(blocks)][1:]
    for opening, end in zip(found, following, strict=True):
        if keys.count(opening.heading.key) > 1:
            grids = (block for block in blocks[opening.end : end] if isinstance(block, Grid))
            if opening.heading.key == next(filter(None, map(_kind, grids)), None):
                above.add(opening.at)
    return frozenset(above)


def _kind(grid: Grid) -> str | None:
    """Return the form's table that a table is by its heads."""
    return next((section for row in grid.rows[:4] if (section := find_section(row))), None)


def _without_items(found: list[Opening]) -> list[Opening]:
    """Return the headings without the items of a section: 1.主动公开情况 below 一、总体情况 of a report numbered 一、二、三、."""
    keys = _keys_by_style(found)
    main = keys["han"] | keys["part"]
    plain = main | keys["bare"] | keys["arabic"]
    dropped = set()
    if len(plain) > 1 or len(keys["bracketed"]) < 3:
        dropped.add("bracketed")
    if len(plain) > 1 or len(keys["bracketed"]) > 1 or len(keys["weak"]) < 3:
        dropped.add("weak")
    if len(main) > 2:
        dropped |= {"arabic", "run_in"}
    return [
        opening
        for opening in found
        if opening.heading.style not in dropped
        or (opening.heading.style == "arabic" and _is_official(opening))
    ]


def _keys_by_style(found: Sequence[Opening]) -> Mapping[str, set[str]]:
    styles = ("part", "han", "arabic", "bracketed", "bare", "weak", "run_in")
    return {style: {o.heading.key for o in found if o.heading.style == style} for style in styles}


def _is_official(opening: Opening) -> bool:
    """Return whether an arabic item is a section: worded and numbered as in the form."""
    place = _ORDER.index(opening.heading.key) + 1
    return opening.heading.number == place and len(opening.heading.text) >= _SHORTEST_ITEM


def _without_contents(found: list[Opening]) -> list[Opening]:
    """Return the headings without a table of contents: three or more on end, most of whose sections are opened again below."""
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
    """Return the openings without those on a line of prose that stand out of order: these head a paragraph."""
    return [
        opening
        for opening in chosen
        if opening.heading.style != "run_in" or _is_in_order(opening, chosen)
    ]


def _is_in_order(opening: Opening, others: Sequence[Opening]) -> bool:
    """Return whether a section stands where the form has it, beside the other sections."""
    place = _ORDER.index(opening.heading.key)
    return all(
        (_ORDER.index(other.heading.key) < place) == (other.at < opening.at)
        for other in others
        if other.heading.key != opening.heading.key
    )
