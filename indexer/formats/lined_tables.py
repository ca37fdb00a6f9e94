"""Finds tables that a page or Word file writes in lines, with tabs, pipes or wide blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.formats.txt import read_txt
from indexer.formats.txt.markdown import is_markdown, strip_marks
from indexer.records import Block, Grid, Line

_PARTED = re.compile(r"\S(?:\t|[\u3000\xa0 ]{2,}|[|｜])[^\n]*(?:\t|[\u3000\xa0 ]{2,}|[|｜])")
_WIDE_BLANKS = {0x2002: "  ", 0x2003: "  "}
"""Blanks as wide as a letter, that no one types within words."""
_MIN_ROW_LINES = 5
"""So many lines must look like rows of three cells: the smallest of the forms' tables has more."""


def read_lined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks without marks of Markdown, and lines that look like rows as a table.

    That is done only if there is no table yet.
    """
    blocks = _without_marks(blocks)
    lines = [block.text.translate(_WIDE_BLANKS) for block in blocks if isinstance(block, Line)]
    if (
        len(lines) < len(blocks)
        or sum(1 for line in lines if _PARTED.search(line)) < _MIN_ROW_LINES
    ):
        return tuple(blocks)
    read = read_txt("\n".join(lines)).blocks
    return read if any(isinstance(block, Grid) for block in read) else tuple(blocks)


def _without_marks(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks without the marks of Markdown that a page shows where text was pasted."""
    if not is_markdown([block.text for block in blocks if isinstance(block, Line)]):
        return blocks
    return [
        replace(block, text=strip_marks(block.text, marked=True).strip())
        if isinstance(block, Line)
        else block
        for block in blocks
    ]
