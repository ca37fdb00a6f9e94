"""Indexes built once and kept in a folder, named by a hash of everything that affects them."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.child import run_child
from bench.rates import Rate, best_of
from indexer.engines.whoosh.schema import index_format
from indexer.search.analysis.segmenter import fingerprint

_CHECKOUT = Path(__file__).parents[1]
_GENERATED_BY = tuple(
    f"bench/{name}"
    for name in ("generator.py", "cells.py", "places.py", "prose.py", "wording.toml")
)
_CUT_BY = ("indexer/search/analysis/segmenter.py", "indexer/text/folding.py")
_OURS = (
    "indexer/columnar/*.py",
    "indexer/engines/whoosh/**/*.py",
    "indexer/search/**/*.py",
    "bench/rates.py",
)


@dataclass(frozen=True, slots=True)
class Built:
    """A built index: its path, rate, peak memory, and the memory the benchmark itself uses."""

    path: Path
    rates: tuple[Rate, ...]
    peak_mb: float
    before_mb: float


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds each engine's index of the reports of a seed in `folder`; the fastest of `rounds`
    counts.
    """

    folder: Path
    reports: int
    seed: int
    rounds: int

    def build(self, engine: str) -> Built:
        """Return the index of an engine, building it if missing. An interrupted build leaves
        nothing.
        """
        path = self.folder / f"{engine}-{self.reports}-{self.seed}-{_name(engine)}"
        noted = path.with_name(f"{path.name}.json")
        if not noted.exists():
            told = [self._build(engine, path) for _ in range(self.rounds)]
            noted.write_text(json.dumps(_best(told)), encoding="utf-8")
        told_best = json.loads(noted.read_text(encoding="utf-8"))
        rates = tuple(Rate(**rate) for rate in told_best["rates"])
        return Built(path, rates, told_best["peak_mb"], told_best["before_mb"])

    def _build(self, engine: str, path: Path) -> dict[str, Any]:
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        told: dict[str, Any] = run_child("bench.build", engine, str(path), self.reports, self.seed)
        return told


def _best(told: list[dict[str, Any]]) -> dict[str, Any]:
    rates = zip(*([Rate(**rate) for rate in one["rates"]] for one in told), strict=True)
    best = [best_of(column) for column in rates]
    peak = min(told, key=lambda one: float(one["peak_mb"]))
    return {
        **peak,
        "rates": [
            {"label": one.label, "reports": one.reports, "seconds": one.seconds} for one in best
        ],
    }


def _name(engine: str) -> str:
    """Return a name that changes with everything that affects the index or its build rate."""
    words = fingerprint()[:8]
    match engine:
        case "ours" | "parts":
            return f"{_key_of(*_OURS)}-{index_format()}"
        case "FTS5":
            return f"{_key_of('bench/fts5/writer.py')}-{words}-{sqlite3.sqlite_version}"
    sources = _key_of("bench/fts5/writer.py", "bench/tantivy_/writer.py")
    return f"{sources}-{words}-{version('tantivy')}"


@cache
def _key_of(*writers: str) -> str:
    """Return a hash of the seed and the sources that generate or write reports."""
    digest = hashlib.sha256()
    for pattern in (*_GENERATED_BY, *_CUT_BY, *writers):
        for path in sorted(_CHECKOUT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
