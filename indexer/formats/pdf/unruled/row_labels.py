"""Matches labels of one or several lines with the rows of figures beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from indexer.formats.pdf.geometry import UNRULED
from indexer.formats.pdf.printed_page import Ruling
from indexer.formats.pdf.unruled.printed_words import PrintedWord
from indexer.formats.pdf.unruled.table_regions import FigureRow
from indexer.forms.form_words import begins_numbered


@dataclass(slots=True)
class LabelBlock:
    """The lines of one label or head."""

    words: list[PrintedWord]

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Its left side."""
        return min(word.box.x0 for word in self.words)

    @property
    def x1(self) -> float:
        """Its right side."""
        return max(word.box.x1 for word in self.words)

    @property
    def bases(self) -> tuple[float, float, float]:
        """Where its lines stand: their middle, the first, the last."""
        first, last = self.words[0].base, self.words[-1].base
        return (first + last) / 2, first, last

    @property
    def size(self) -> float:
        """The size of its first word."""
        return self.words[0].size

    @property
    def is_numbered(self) -> bool:
        """Whether it begins with a number, as the labels of the requests do."""
        return begins_numbered(self.text)

    def spans(self, base: float) -> bool:
        """Say whether a line at this height stands beside it."""
        reach = UNRULED.label_reach * self.size
        return self.words[0].base - reach <= base <= self.words[-1].base + reach

    def overlaps(self, other: LabelBlock) -> bool:
        """Say whether one stands above the other."""
        return self.x0 < other.x1 and other.x0 < self.x1


@dataclass(frozen=True, slots=True)
class LabelStacker:
    """Stacks lines into labels or heads: lines one under the other, at most `pitch` apart.

    A number begins another label, and so does a ruling line; so does a line beside a row of
    figures if the line above is beside one, too. A text that `stands_alone` is never joined.
    """

    pitch: float
    across: Sequence[Ruling]
    rows: Sequence[FigureRow] = ()
    stands_alone: Callable[[str], bool] = lambda text: False

    def stack(self, words: Sequence[PrintedWord]) -> list[LabelBlock]:
        """Return the words in blocks."""
        blocks: list[LabelBlock] = []
        for word in sorted(words, key=lambda word: (word.base, word.box.x0)):
            above = [block for block in blocks if self._goes_on(block, word)]
            if above:
                max(above, key=lambda block: block.words[-1].base).words.append(word)
            else:
                blocks.append(LabelBlock([word]))
        return blocks

    def _goes_on(self, block: LabelBlock, word: PrintedWord) -> bool:
        last = block.words[-1]
        pitch = word.base - last.base
        if (
            not UNRULED.level * word.size
            < pitch
            <= min(self.pitch, UNRULED.max_line_pitch * word.size)
        ):
            return False
        if abs(word.size - last.size) > UNRULED.same_size * word.size or begins_numbered(word.text):
            return False
        if word.box.x0 >= block.x1 or block.x0 >= word.box.x1:
            return False
        if self.stands_alone(word.text) or self.stands_alone(block.text):
            return False
        return not (_is_beside(word, self.rows) and _is_beside(last, self.rows)) and not any(
            last.base < line.at < word.base - UNRULED.under_line * word.size
            and line.start <= word.middle <= line.end
            for line in self.across
        )


def _is_beside(word: PrintedWord, rows: Sequence[FigureRow]) -> bool:
    return any(abs(row.base - word.base) <= UNRULED.beside * word.size for row in rows)


@dataclass(slots=True)
class RowLabels:
    """The label of each row by the row's index, labels without figures, and heads of groups."""

    of_row: dict[int, LabelBlock] = field(default_factory=dict)
    alone: list[LabelBlock] = field(default_factory=list)
    groups: list[LabelBlock] = field(default_factory=list)


def match_labels(blocks: Sequence[LabelBlock], rows: Sequence[FigureRow]) -> RowLabels:
    """Return the labels of rows.

    In one table, figures stand beside the middle, the first or the last line of every label.
    """
    modes = [_match(blocks, rows, mode) for mode in range(3)]
    labels = RowLabels(max(modes, key=len))
    used = {id(block) for block in labels.of_row.values()}
    for block in blocks:
        if id(block) not in used:
            is_leaf = not any(
                other.x0 >= block.x1 and _share_lines(block, other) for other in blocks
            )
            (labels.alone if is_leaf else labels.groups).append(block)
    return labels


def _share_lines(block: LabelBlock, other: LabelBlock) -> bool:
    return any(block.spans(word.base) for word in other.words) or any(
        other.spans(word.base) for word in block.words
    )


def _match(
    blocks: Sequence[LabelBlock], rows: Sequence[FigureRow], mode: int
) -> dict[int, LabelBlock]:
    found: dict[int, LabelBlock] = {}
    for at, row in enumerate(rows):
        level = [b for b in blocks if abs(b.bases[mode] - row.base) <= UNRULED.level * row.size]
        if level:
            label = max(level, key=lambda block: block.x0)
            if not any(other.x0 >= label.x1 and other.spans(row.base) for other in blocks):
                found[at] = label
    return found
