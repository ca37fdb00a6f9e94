"""Settings → a live engine. Nothing else names an adapter."""

from __future__ import annotations

from indexer.engines.whoosh.engine import WhooshEngine
from indexer.search.port import SearchEngine
from indexer.settings import Settings


def open_engine(settings: Settings) -> SearchEngine:
    """Return the engine of the index that the settings name. It need not exist yet: a search then
    says IndexMissing.
    """
    return WhooshEngine(settings.index, settings.query_seconds)
