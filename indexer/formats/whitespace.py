"""White space in text set by programs: collapsed within a line, ignored at its ends."""

from __future__ import annotations

import re

SPACE = re.compile(r"[ \t\r\n\f]+")
"""A run of white space that a browser shows as one."""
EDGES = " \t\r\n\f\v\u3000\xa0\ufeff\u200b"
"""What is left out at the ends of a line or a cell, whether it is seen or not."""


def one_line(text: str) -> str:
    """Return a text as it stands on one line.

    >>> one_line("\\u3000共 \\n 3\\u00a0件\\u200b")
    '共 3\\xa0件'
    """
    return SPACE.sub(" ", text).strip(EDGES)
