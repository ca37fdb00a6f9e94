"""Remembers the results for short texts: a form prints 0 some two hundred times."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Result = TypeVar("Result")
_REMEMBERED = 8192
"""Results of each function."""
_MAX_LENGTH = 80
"""Characters of a text that is remembered: a hostile file has many long ones."""


def remember_short(function: Callable[[str], Result]) -> Callable[[str], Result]:
    """Decorate a function of a text to remember its last few thousand results."""
    remembered = lru_cache(_REMEMBERED)(function)

    @wraps(function)
    def answer(text: str) -> Result:
        return remembered(text) if len(text) <= _MAX_LENGTH else function(text)

    return answer
