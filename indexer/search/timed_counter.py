"""Counts what queries find until the time is up."""

from __future__ import annotations

import time

from indexer.errors import QueryError
from indexer.search.port import MatchCount, SearchEngine
from indexer.search.query import Query


class TimedCounter:
    """Counts what queries find within a number of seconds, for hints beside an answer."""

    def __init__(self, engine: SearchEngine, text: str, seconds: float) -> None:
        self.engine = engine
        self._text = text
        self._until = time.perf_counter() + seconds

    def count(self, query: Query) -> MatchCount:
        """MatchCount what a query finds. QueryError when the time is up."""
        if time.perf_counter() > self._until:
            raise QueryError("query.counting_timeout", self._text, 0)
        return self.engine.count(query)
