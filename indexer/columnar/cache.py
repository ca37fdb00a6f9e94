"""An LRU cache with a byte budget, shared by threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeVar


class HasBytes(Protocol):
    """A value that knows how many bytes its arrays take."""

    @property
    def nbytes(self) -> int:
        """The bytes."""
        ...


_T = TypeVar("_T", bound=HasBytes)
ENTRY_OVERHEAD = 512
"""The bytes that an entry takes beside its arrays."""


class ByteBudgetCache:
    """Values by key, at most `budget` bytes of them; the least recently used are evicted first."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self.nbytes = 0

    def get(self, key: Hashable, compute: Callable[[], _T]) -> _T:
        """Return the value of a key, computed if it is not cached.

        `compute` runs without the lock: two threads that miss the same key at once may both compute
        it.
        """
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                known: _T = self._values[key][0]
                return known
        value = compute()
        with self._lock:
            if key not in self._values:
                self._put(key, value)
        return value

    def put(self, key: Hashable, value: HasBytes) -> None:
        """Cache a value in place of the one under the same key."""
        with self._lock:
            self.nbytes -= self._values.pop(key, (None, 0))[1]
            self._put(key, value)

    def clear(self) -> None:
        """Evict everything."""
        with self._lock:
            self._values.clear()
            self.nbytes = 0

    def _put(self, key: Hashable, value: HasBytes) -> None:
        size = value.nbytes + ENTRY_OVERHEAD
        if size <= self._budget:
            while self.nbytes + size > self._budget:
                self.nbytes -= self._values.popitem(last=False)[1][1]
            self._values[key] = (value, size)
            self.nbytes += size
