"""What is built once and kept: an index in a folder whose name tells what it was built from, with its rate beside it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path

from bench.rates import Rate, best_of

_GENERATED_BY = ("generator.py", "cells.py", "places.py", "prose.py", "wording.toml")


@cache
def key_of(*writers: str) -> str:
    """Return what changes when the reports of a seed, or what these files of this folder write of them, may be others."""
    digest = hashlib.sha256()
    for name in (*_GENERATED_BY, *writers):
        digest.update(Path(__file__).parent.joinpath(name).read_bytes())
    return digest.hexdigest()[:8]


def build_once(path: Path, build: Callable[[Path], Iterable[Rate]], rounds: int) -> tuple[Rate, ...]:
    """Return the rates at which `path` was built; if it is not there, build it in as many rounds and keep the last.

    Of the rounds the fastest counts. A build that does not come to its end leaves nothing at `path`.
    """
    noted = path.with_name(f"{path.name}.json")
    if not noted.exists():
        rates = [tuple(_build(path, build)) for _ in range(rounds)]
        fastest = [best_of(column) for column in zip(*rates, strict=True)]
        noted.write_text(json.dumps([asdict(rate) for rate in fastest]), encoding="utf-8")
    return tuple(Rate(**rate) for rate in json.loads(noted.read_text(encoding="utf-8")))


def _build(path: Path, build: Callable[[Path], Iterable[Rate]]) -> Iterable[Rate]:
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return build(path)
