"""Cuts a line that prints several rows of the forms, as where line breaks are lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from indexer.records import Line
from indexer.report.tables.streams.spaced_lines import cut_pieces, may_be_figure, read_spaced
from indexer.report.tables.streams.word_roles import LONG_ROW

_SENTENCE = "。；！？"


def part_rows(line: Line) -> list[Line]:
    """Return a line for each row that a line prints, and for the heads before it.

    The line stays as it is unless all its words are the forms'.
    """
    parted = [] if any(mark in line.text for mark in _SENTENCE) else _part(line.text)
    return [replace(line, text=part) for part in parted] if len(parted) > 1 else [line]


def _part(text: str) -> list[str]:
    """Return the rows and heads in a text; nothing if it has other words."""
    runs = [(is_figures, list(run)) for is_figures, run in groupby(cut_pieces(text), may_be_figure)]
    if len(runs) < 2 or runs[0][0]:
        return []
    behind = [] if runs[-1][0] else runs.pop()[1]
    if not _are_heads(behind):
        return []
    parted: list[str] = []
    for (_, words), (_, figures) in zip(runs[::2], runs[1::2], strict=True):
        row = _part_heads(words, figures)
        if not row:
            return []
        parted += row
    return [*parted, *_heads(behind)]


def _part_heads(words: Sequence[str], figures: Sequence[str]) -> list[str]:
    """Return the heads before a row and the row; nothing if the words are anything else."""
    for at in range(len(words)):
        row = " ".join([*words[at:], *figures])
        if read_spaced(row).kind == "row" and _are_heads(words[:at]):
            return [*_heads(words[:at]), row]
    if len(figures) == LONG_ROW and _are_heads(words):
        return [*_heads(words), " ".join(figures)]
    return []


def _are_heads(words: Sequence[str]) -> bool:
    return not words or all(read_spaced(word).kind in ("heads", "label") for word in words)


def _heads(words: Sequence[str]) -> list[str]:
    return [" ".join(words)] if words else []
