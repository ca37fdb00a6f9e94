"""Turns words in rows and columns into a grid; what is uncertain is unreadable or left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.formats.pdf.geometry import UNRULED
from indexer.formats.pdf.printed_page import UNKNOWN, Glyph, PrintedPage, Rectangle
from indexer.formats.pdf.unruled.column_bounds import Span, TableColumns, find_columns
from indexer.formats.pdf.unruled.column_heads import find_span, read_heads, spans_of
from indexer.formats.pdf.unruled.printed_words import PrintedWord, read_words
from indexer.formats.pdf.unruled.row_labels import LabelBlock, LabelStacker, match_labels
from indexer.formats.pdf.unruled.table_regions import FigureRow, UnruledRegion, find_regions
from indexer.limits import Limits
from indexer.records import Grid, GridCell, SourcePlace
from indexer.text.amounts import is_number

_LABEL_COLUMN = 2
"""The grid column of the labels; before it stand the heads of groups, behind it the figures."""


@dataclass(frozen=True, slots=True)
class UnruledCell:
    """A cell of such a table: where it begins in the grid, and how many columns it takes."""

    text: str
    column: int
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class UnruledTable:
    """A table on a page; `spans` are its columns if it may continue on the next page."""

    page: int
    box: Rectangle
    rows: tuple[tuple[UnruledCell, ...], ...]
    spans: tuple[Span, ...] = ()

    def grid(self, number: int) -> Grid:
        """Return it as the table of this number."""
        rows = [
            tuple(
                GridCell(
                    cell.text,
                    cell.column,
                    cell.colspan,
                    1,
                    SourcePlace(table=number, row=at, column=n, page=self.page),
                )
                for n, cell in enumerate(row, start=1)
            )
            for at, row in enumerate(self.rows, start=1)
        ]
        return Grid(tuple(rows), spans_known=True)


def find_unruled_tables(
    page: PrintedPage, glyphs: Sequence[Glyph], before: Sequence[Span], limits: Limits
) -> tuple[list[UnruledTable], list[Glyph]]:
    """Return the tables among glyphs that no drawn cells hold, and the glyphs that stand in none.

    `before` are the columns of the table at the foot of the page before, which may go on.
    """
    down = [*page.down, *page.faint.down]
    tables: list[UnruledTable] = []
    used: set[int] = set()
    for region in find_regions(read_words(glyphs, down), page.width, limits):
        words = [*region.others, *(word for row in region.rows for word in row.values)]
        reading = _UnruledReader(page, region, before if region.first else ())
        last = reading.parts[-1].columns
        spans = last.spans if region.last and last.certain else ()
        tables.append(UnruledTable(page.number, _bounds(words), tuple(reading.rows()), spans))
        used.update(place for word in words for place in word.places)
    return tables, [glyph for glyph in glyphs if glyph.at not in used] if tables else list(glyphs)


def _bounds(words: Sequence[PrintedWord]) -> Rectangle:
    boxes = [word.box for word in words]
    return Rectangle(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


@dataclass(slots=True)
class _TablePart:
    """Rows of figures under the same heads: those from `first` up to `end`."""

    first: int
    end: int
    heads: list[list[LabelBlock]]
    columns: TableColumns


class _UnruledReader:
    """A table being read: its parts, the labels of its rows, and the rows not to be trusted."""

    def __init__(self, page: PrintedPage, region: UnruledRegion, before: Sequence[Span]) -> None:
        self.region = region
        self.before = before
        self.wrap = region.wrap
        self.across = [*page.across, *page.faint.across]
        over = [word for word in region.others if word.box.x1 > region.left]
        self.strays = [word for word in over if self._near(word) is not None]
        self.parts = list(self._find_parts([word for word in over if word not in self.strays]))
        stacker = LabelStacker(
            self.wrap or UNRULED.max_leading * region.leading, self.across, region.rows
        )
        beside = [word for word in region.others if word not in over]
        self.corners = {
            at: [w for w in beside if _is_beside(w, part)] for at, part in enumerate(self.parts)
        }
        corners = [word for found in self.corners.values() for word in found]
        blocks = stacker.stack([word for word in beside if word not in corners])
        self.labels = match_labels(blocks, region.rows)
        self.doubtful = self._find_doubtful()

    def _near(self, word: PrintedWord) -> int | None:
        """Return the row of figures that a word stands too near to for a head."""
        rows = [(abs(row.base - word.base), at) for at, row in enumerate(self.region.rows)]
        return next((at for away, at in sorted(rows)[:1] if away < UNRULED.stray * word.size), None)

    def _find_parts(self, words: Sequence[PrintedWord]) -> Iterator[_TablePart]:
        rows = self.region.rows
        starts = [0, *(at for at in range(1, len(rows)) if self._between(words, at))]
        for first, end in zip(starts, [*starts[1:], len(rows)], strict=True):
            heads = read_heads(self._between(words, first), self.wrap, self.across)
            over = spans_of(heads) or (self.before if first == 0 else ())
            yield _TablePart(
                first, end, heads, find_columns([row.values for row in rows[first:end]], over)
            )

    def _between(self, words: Sequence[PrintedWord], at: int) -> list[PrintedWord]:
        """Return the words above a row of figures and below the one before it."""
        rows = self.region.rows
        top = rows[at - 1].base if at else float("-inf")
        return [word for word in words if top < word.base < rows[at].base]

    def _find_doubtful(self) -> set[int]:
        """Return the rows that cannot be trusted.

        These are rows without a label where others have one, rows close to these, and rows with
        something stray beside them.
        """
        rows = self.region.rows
        found = {at for word in self.strays if (at := self._near(word)) is not None}
        for part in self.parts:
            found.update(part.first + at for at in part.columns.clashing)
            inside = range(part.first, part.end)
            if len(inside) == 1 and not self._labels_beside(rows[part.first]):
                continue
            for at in inside:
                if at not in self.labels.of_row:
                    near = [
                        n
                        for n in range(len(rows))
                        if abs(rows[n].base - rows[at].base) < UNRULED.crowded * rows[at].size
                    ]
                    found.update(near)
        return found

    def _labels_beside(self, row: FigureRow) -> bool:
        blocks = [*self.labels.of_row.values(), *self.labels.alone, *self.labels.groups]
        return any(block.spans(row.base) for block in blocks)

    def rows(self) -> Iterator[tuple[UnruledCell, ...]]:
        """Yield the rows of the grid from the top."""
        found: list[tuple[float, int, tuple[UnruledCell, ...]]] = []
        for number, part in enumerate(self.parts):
            top = self.region.rows[part.first].base
            found += [
                (top, at - 100, row)
                for at, row in enumerate(_head_rows(part, self.corners[number]))
            ]
            found += [
                (self.region.rows[at].base, 0, self._row(at, part))
                for at in range(part.first, part.end)
            ]
        found += [(block.bases[0], 0, self._blank_row(block)) for block in self.labels.alone]
        return (row for _, _, row in sorted(found, key=lambda entry: entry[:2]))

    def _row(self, at: int, part: _TablePart) -> tuple[UnruledCell, ...]:
        row, label = self.region.rows[at], self.labels.of_row.get(at)
        groups = (
            [
                UnruledCell(block.text, n)
                for n, block in enumerate(self._groups_of(at)[:_LABEL_COLUMN])
            ]
            if label
            else []
        )
        texts = _lay(row, part.columns)
        if at in self.doubtful:
            texts = [text + UNKNOWN if text else text for text in texts]
        labels = [UnruledCell(label.text, _LABEL_COLUMN)] if label else []
        return (
            *groups,
            *labels,
            *(UnruledCell(text, _LABEL_COLUMN + 1 + n) for n, text in enumerate(texts)),
        )

    def _groups_of(self, at: int) -> list[LabelBlock]:
        """Return the heads of groups whose middle is nearest to a labelled row."""
        bases = [(row, self.region.rows[row].base) for row in self.labels.of_row]
        return [
            block
            for block in sorted(self.labels.groups, key=lambda block: block.x0)
            if min(bases, key=lambda entry: abs(entry[1] - block.bases[0]))[0] == at
        ]

    def _blank_row(self, block: LabelBlock) -> tuple[UnruledCell, ...]:
        """Return the row of a label beside which there are no figures."""
        above = [part for part in self.parts if self.region.rows[part.first].base < block.bases[0]]
        part = max(above, key=lambda part: part.first, default=self.parts[0])
        label = UnruledCell(block.text, _LABEL_COLUMN)
        if not part.columns.certain or not self._is_blank(block):
            return (label,)
        return (
            label,
            *(UnruledCell("", _LABEL_COLUMN + 1 + at) for at in range(len(part.columns.spans))),
        )

    def _is_blank(self, block: LabelBlock) -> bool:
        """Say whether a label has an empty row of its own: the rows above and below have labels.

        Figures of a row that the page cuts may be on the other page.
        """
        rows, base = self.region.rows, block.bases[0]
        below = next((at for at, row in enumerate(rows) if row.base > base), len(rows))
        if (below == 0 and self.region.first and not self.parts[0].heads) or (
            below == len(rows) and self.region.last
        ):
            return False
        following = self.labels.of_row.get(below)
        if following and block.is_numbered and not following.is_numbered:
            return False
        beside = [at for at in (below - 1, below) if 0 <= at < len(rows)]
        labels = [self.labels.of_row.get(at) for at in beside]
        return all(
            label and not block.spans(rows[at].base) and label.x0 < block.x1
            for at, label in zip(beside, labels, strict=True)
        )


def _is_beside(word: PrintedWord, part: _TablePart) -> bool:
    """Say whether a word stands beside the heads of a part."""
    bases = [other.base for row in part.heads for head in row for other in head.words]
    return (
        bool(bases)
        and min(bases) - word.size <= word.base <= max(bases) + UNRULED.corner_level * word.size
    )


def _head_rows(
    part: _TablePart, corner: Sequence[PrintedWord]
) -> Iterator[tuple[UnruledCell, ...]]:
    text = "".join(word.text for word in corner)
    for number, blocks in enumerate(part.heads, start=1):
        over = (
            [UnruledCell(text, 0, _LABEL_COLUMN + 1)] if text and number == len(part.heads) else []
        )
        spans = [(block.text, *find_span(block, part.columns)) for block in blocks]
        yield (
            *over,
            *(UnruledCell(said, _LABEL_COLUMN + 1 + first, count) for said, first, count in spans),
        )


def _lay(row: FigureRow, columns: TableColumns) -> list[str]:
    """Return the text of each cell of a row; only the printed ones where columns are uncertain."""
    if not columns.certain:
        return [word.text if is_number(word.text) else word.text + UNKNOWN for word in row.values]
    texts = [""] * len(columns.spans)
    for word in row.values:
        under = columns.under((word.box.x0, word.box.x1))
        for at in under:
            texts[at] += word.text if len(under) == 1 and not texts[at] else word.text + UNKNOWN
    return texts
