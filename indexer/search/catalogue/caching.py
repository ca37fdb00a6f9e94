"""Caches of what follows from the catalogue: a facet or figure that is registered empties them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

T = TypeVar("T")

_CLEAR: list[Callable[[], None]] = []


def catalogue_cache(function: Callable[[], T]) -> Callable[[], T]:
    """Decorate a function to compute its result once for each state of the catalogue."""
    cached = cache(function)
    _CLEAR.append(cached.cache_clear)
    return cached


def clear_catalogue_caches() -> None:
    """Forget everything that was computed from the catalogue."""
    for clear in _CLEAR:
        clear()
