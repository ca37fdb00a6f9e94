"""Drops the marks that converters leave in a text: nobody prints, compares or counts them."""

from __future__ import annotations

import re

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
"""How converters to Markdown write a bookmark of a word processor: [bookmark: _GoBack]."""


def drop_bookmarks(text: str) -> str:
    """Return a text without the bookmarks of a word processor.

    >>> drop_bookmarks("[bookmark: _GoBack]9个")
    '9个'
    """
    return _BOOKMARK.sub("", text)
