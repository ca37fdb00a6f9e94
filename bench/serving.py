"""A worker's memory: opens the index in its own process and answers pages as the site does."""

from __future__ import annotations

import pickle
from contextlib import closing
from pathlib import Path

from bench.child import answer_parent
from bench.memory import resident_megabytes
from indexer.engines.whoosh.engine import WhooshEngine


def serve(index: str, queries: str) -> dict[str, float]:
    """Answer the queries in a file; return the resident and the private megabytes."""
    with closing(WhooshEngine(Path(index), 60.0)) as engine:
        for query in pickle.loads(Path(queries).read_bytes()):
            engine.search(query)
        resident, own = resident_megabytes()
    return {"resident_mb": resident, "own_mb": own}


if __name__ == "__main__":
    answer_parent(serve)
