"""What is kept in memory for the next queries: up to so many bytes, the least recently used goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeVar


class Sized(Protocol):
    """Something that knows how many bytes of arrays it holds."""

    @property
    def nbytes(self) -> int:
        """The bytes."""
        ...


_T = TypeVar("_T", bound=Sized)
_OVERHEAD = 512
"""What an entry takes beside its arrays, in bytes."""


class Kept:
    """Values by key. Safe to share between threads; two that miss the same key at once may both work it out."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self.nbytes = 0

    def get(self, key: Hashable, work_out: Callable[[], _T]) -> _T:
        """Return the value of a key, worked out if it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                known: _T = self._values[key][0]
                return known
        value = work_out()
        with self._lock:
            if key not in self._values:
                self._put(key, value)
        return value

    def put(self, key: Hashable, value: Sized) -> None:
        """Keep a value under a key, in place of the one that is kept there."""
        with self._lock:
            self.nbytes -= self._values.pop(key, (None, 0))[1]
            self._put(key, value)

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._values.clear()
            self.nbytes = 0

    def _put(self, key: Hashable, value: Sized) -> None:
        size = value.nbytes + _OVERHEAD
        if size <= self._most:
            while self.nbytes + size > self._most:
                self.nbytes -= self._values.popitem(last=False)[1][1]
            self._values[key] = (value, size)
            self.nbytes += size
