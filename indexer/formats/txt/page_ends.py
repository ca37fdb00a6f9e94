"""Bare page numbers before form feeds: within a table they would pass for figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indexer.formats.txt.text_tables import EDGES

_BARE = re.compile(r"\d{1,3}")
_LINES_ABOVE = 3
"""The number stands on the last of so many lines before the page ends."""


def find_page_ends(lines: Sequence[str]) -> set[int]:
    """Return the bare numbers before form feeds that are page numbers and no figures of a table.

    They go up by one from page to page; a single one is its page's number, or is indented.
    """
    found: dict[int, int] = {}
    ends = [at for at, line in enumerate(lines) if at and line.startswith("\f")]
    for page, end in enumerate(ends, start=1):
        last = next(
            (
                at
                for at in range(end - 1, max(-1, end - 1 - _LINES_ABOVE), -1)
                if lines[at].strip(EDGES)
            ),
            None,
        )
        if last is not None and _BARE.fullmatch(lines[last].strip(EDGES)):
            found[last] = int(lines[last].strip(EDGES)) - page
    if not found:
        return set()
    [(offset, times)] = Counter(found.values()).most_common(1)
    return {
        at
        for at, apart in found.items()
        if apart == offset and (times > 1 or offset == 0 or _is_set_in(lines, at))
    }


def _is_set_in(lines: Sequence[str], at: int) -> bool:
    """Say whether a number stands further in than the line before it."""
    before = next((line for line in reversed(lines[:at]) if line.strip(EDGES)), "")
    return lines[at][:1] in (" ", "\u3000") and before[:1] not in (" ", "\u3000")
