"""Remembers what was made of a short text: a form says 0 some two hundred times."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Result = TypeVar("Result")
_SHORT = 80
"""A longer text is not kept: a hostile file has many, and long ones."""


def remember_short(function: Callable[[str], Result]) -> Callable[[str], Result]:
    """Return the same function of a text, which remembers its last few thousand results."""
    remembered = lru_cache(maxsize=8192)(function)

    @wraps(function)
    def answer(text: str) -> Result:
        return remembered(text) if len(text) <= _SHORT else function(text)

    return answer
