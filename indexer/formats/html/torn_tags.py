"""Mends tags torn by a lost character, so that no swallowed text shortens a number unnoticed."""

from __future__ import annotations

import re

_DAMAGED = re.compile(r"<(/?[A-Za-z][A-Za-z0-9]*)([^<>]*\ufffd[^<>]*)(>?)")
_MISNAMED = re.compile(r"<(/?[A-Za-z][A-Za-z0-9]*)[^\x00-\x7f][^<>]*>?")
"""A tag within whose name half a character has swallowed a letter."""
_INTACT = re.compile(r"(?:[^\"'\ufffd]|\"[^\"]*\"|'[^']*')*")
"""The rest of a tag that has lost characters only within quoted values."""


def close_torn_tags(text: str) -> str:
    """Return the page with each torn tag reduced to its name, and U+FFFD where its text begins.

    >>> close_torn_tags('<td>12<b class="x\\ufffd>34</b></td>')
    '<td>12<b>\\ufffd34</b></td>'
    """
    if "\ufffd" not in text:
        return text
    return _MISNAMED.sub("<\\1>\ufffd", _DAMAGED.sub(_close, text))


def _close(match: re.Match[str]) -> str:
    if match[3] and _INTACT.fullmatch(match[2]):
        return match[0]
    return f"<{match[1]}>\ufffd"
