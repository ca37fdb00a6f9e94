"""Chooses the report's title among the lines above its first section.

It stands on one line, broken over several, or among decorations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.places.printed_names import read_name
from indexer.records import Block, Grid, Line
from indexer.report.identity.printed_dates import YEAR
from indexer.report.identity.title_lines import find_pieces, is_title
from indexer.report.identity.title_parsing import read_title
from indexer.report.sections.openings import find_heading
from indexer.text.converter_marks import drop_bookmarks
from indexer.text.folding import HAN, fold

_ABOUT_REPORTS = re.compile(
    r"[^。;]{0,60}(?:信息|政务)公开.{0,16}(?:年度报告|年报|报告).{0,30}"
    r"(?:通知|函|格式|制度|办法|规定|细则|方案|模板|模版|范本|范文|样本)》?(?:的?通知)?(?:[(].{0,12}[)])?"
    r"|20\d\d年(?:[上下]半年|第?[一二三四1-4]季度|\d{1,2}月份?)"
    r"[^。;]{0,20}(?:信息|政务)公开[^。;]{0,20}"
)
"""The name of a circular, a form or rules about such reports, or of figures of a part of a year."""
_LAYS_DOWN = re.compile("(?:编制|制定|制作|制订|修订)了?本(?:指南|制度|办法|规定|细则|规范)")
_MIN_LINES = 25
"""Blocks searched for a title; more as long as no line of prose follows."""
_SPOKEN = re.compile("[。；]|.{60}")
"""A line of prose: a menu has none."""

_MAX_PARTS = 4
"""Lines over which a title is broken."""
_FRAGMENT = re.compile(r"[^。;:,、《》|/>]{2,30}")
_BODY = re.compile(
    r"[^。;:,、《》|/>]{2,30}(?:政府|街道|办事处|委员会|管委会|局|厅|乡|镇|县|市|区|省|旗|州|盟|苏木|办公室"
    r"|中心|海关|总队|支队|大队|公署|行署|大学|学院|学校|中学|小学|医院|公司|集团)"
    rf"(?:关于)?(?:{YEAR}年?度?)?"
)
_PLACE = re.compile(f"{HAN}{{2,12}}[省市县区旗州盟]")
_REST = re.compile(rf"{YEAR}|(?:政府|政务)?信息公开|政府信息|政务公开|年度")
_GENERAL = re.compile(
    f"(?:{YEAR}年?度?)?(?:政府信息公开|信息公开|政务公开)(?:专栏|栏目|目录)?|首页"
)
_METADATA = re.compile(
    "索引|发布机构|发布单位|发布日期|发文|主题分类|组配分类|体裁分类|公开日期|公开方式|成文日期|生成日期|文号|文件编号|有效性"
    "|(?:信息|文件|公文)名称|标题"
)


@dataclass(frozen=True, slots=True)
class Headline:
    """A title as printed and the blocks `[start, end)` that hold it and nothing else.

    The span is empty where a line says more. `on_path` means that it is the last step of the path
    to the page.
    """

    start: int
    end: int
    text: str
    on_path: bool = False


def find_title(blocks: Sequence[Block], page: str | None = None) -> Headline | None:
    """Return the report's title, None if the file has none; `page` is the page's own title.

    It stands before the first section. Of several candidates (a list of other reports, the name of
    a column) the one counts that the page's title confirms, that names a body, and that names a
    year, in this order; none if two of equal rank name different bodies or years. Of equal ones a
    line that holds nothing else comes first.
    """
    above = blocks[: _reach(blocks)]
    rivals = _best(tuple(_candidates(above)) or tuple(_labelled(above)), fold(page or ""))
    if not rivals or not all(_is_same(rivals[0], rival) for rival in rivals):
        return None
    return next((rival for rival in rivals if rival.end > rival.start), rivals[0])


def _reach(blocks: Sequence[Block]) -> int:
    """Return how many blocks to search: the first ones, and a menu however long it is."""
    for at, block in enumerate(blocks):
        if at >= _MIN_LINES and isinstance(block, Line) and _SPOKEN.search(block.text):
            return at
    return len(blocks)


def is_about_reports(blocks: Sequence[Block]) -> bool:
    """Return whether a first line names a circular, form, rules or guide about such reports."""
    lines = [fold(block.text) if isinstance(block, Line) else "" for block in blocks[:_MIN_LINES]]
    broken = (
        "".join(lines[at : at + length])
        for at in range(len(lines))
        for length in (2, 3)
        if "关于" in "".join(lines[at : at + 2])
    )
    return any(_ABOUT_REPORTS.fullmatch(name) for name in (*lines, *broken)) or any(
        map(_LAYS_DOWN.search, lines)
    )


def _best(candidates: Sequence[Headline], page: str) -> list[Headline]:
    """Return the candidates of the highest rank."""
    ranks = [_rank(headline, page) for headline in candidates]
    best = max(ranks, default=None)
    return [headline for rank, headline in zip(ranks, candidates, strict=True) if rank == best]


def _rank(headline: Headline, page: str) -> tuple[bool, bool, bool, bool]:
    reading = read_title(headline.text)
    folded = fold(headline.text)
    confirmed = bool(page) and (folded in page or page in folded)
    return confirmed, bool(reading.body), bool(reading.year), not headline.on_path


def _is_same(headline: Headline, other: Headline) -> bool:
    """Return whether two titles can be one report's: of one year and body, perhaps cut short."""
    one, two = read_title(headline.text), read_title(other.text)
    bodies = sorted(
        (fold(one.body).removesuffix("人民政府"), fold(two.body).removesuffix("人民政府")), key=len
    )
    return one.year == two.year and bodies[0] in bodies[1]


def _candidates(blocks: Sequence[Block]) -> Iterator[Headline]:
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            if not _is_metadata(block):
                return
            continue
        if find_heading(block.text):
            return
        whole = list(_pieces(at, block.text))
        yield from whole
        if not whole and (joined := _broken(blocks[at : at + _MAX_PARTS], at)):
            yield joined


def _labelled(blocks: Sequence[Block]) -> Iterator[Headline]:
    """Yield the titles in tables of metadata, behind 名称 in the same cell or the one before."""
    for at, block in enumerate(blocks):
        if isinstance(block, Line) or not _is_metadata(block):
            continue
        for row in block.rows:
            for left, cell in pairwise(("", *(cell.text for cell in row))):
                for headline in _pieces(at, f"{left} | {cell}" if left else cell):
                    yield Headline(at, at, headline.text)


def _pieces(at: int, line: str) -> Iterator[Headline]:
    for piece in find_pieces(line):
        yield Headline(at, at + (piece.kind == "line"), piece.text, piece.kind == "path")


def _broken(blocks: Sequence[Block], at: int) -> Headline | None:
    """Return the title that begins on the first of these lines and goes on below it."""
    parts: list[str] = []
    for block in blocks:
        text = drop_bookmarks(block.text).strip() if isinstance(block, Line) else ""
        folded = fold(text)
        if not _FRAGMENT.fullmatch(folded) or find_heading(text):
            return None
        parts.append(text)
        if len(parts) > 1 and is_title("".join(parts)) and _belong(parts):
            return (
                None if _is_column(parts, blocks) else Headline(at, at + len(parts), "".join(parts))
            )
    return None


def _is_column(parts: Sequence[str], blocks: Sequence[Block]) -> bool:
    """Return whether lines end in a column's name: a title with the missing year is below."""
    if read_title("".join(parts)).year is not None or len(blocks) <= len(parts):
        return False
    below = blocks[len(parts)]
    pieces = find_pieces(below.text) if isinstance(below, Line) else ()
    return any(read_title(piece.text).year for piece in pieces)


def _belong(parts: Sequence[str]) -> bool:
    """Return whether lines are one title, and not the name of a column above a title."""
    first, rest = fold(parts[0]), fold("".join(parts[1:]))
    if len(parts) > 2 and _has_column(parts):
        return False
    if is_title(rest):
        body = fold(read_title(rest).body)
        if body:
            return bool(_PLACE.fullmatch(first)) and read_name(body).rest == body
        return bool(_BODY.fullmatch(first)) and bool(_REST.match(rest))
    return not _GENERAL.fullmatch(first) or (len(rest) > 2 and bool(re.search(YEAR, first)))


def _has_column(parts: Sequence[str]) -> bool:
    """Return whether the last line is a title by itself, below a column's name or a label."""
    held = [piece.text for piece in find_pieces(parts[-1])]
    return bool(held) and (
        bool(read_title(held[0]).body)
        or any(_GENERAL.fullmatch(fold(part)) for part in parts[1:-1])
    )


def _is_metadata(grid: Grid) -> bool:
    """Return whether a table holds metadata of the document: 索引号, 发布机构, 发文日期."""
    text = "".join(cell.text for row in grid.rows[:3] for cell in row)
    return _METADATA.search("".join(text.split())) is not None
