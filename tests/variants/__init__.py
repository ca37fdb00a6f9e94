"""Ways in which real pages print the same facts, by kind, each page with a judge of its reading.

A module of this package is a family of kinds: its `KINDS` maps the name of a kind to a `Kind`. A
new module needs no registration: `tests/test_variants.py` reads all of its pages, and `python -m
tests.accuracy` prints their line of the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from random import Random
from typing import Literal

from indexer.errors import SourceError
from indexer.formats.registry import read_document
from indexer.records import Report, SourceFile
from indexer.report.build import build_report

Verdict = Literal["right", "cautious", "wrong"]
Judge = Callable[[Report | SourceError], Verdict]


@dataclass(frozen=True, slots=True)
class Variant:
    """A page and its judge.

    `label` says what is special about the page; `name` ends in the format's suffix. `judge` gets
    the report, or the error that refused the page, and returns `right`, `cautious` (nothing false
    is said, but less than the page says) or `wrong`.
    """

    label: str
    name: str
    data: bytes
    judge: Judge


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page, none of which may be read wrong.

    `least_right` is the share of its pages that must be read right, the rest cautiously.
    """

    pages: Callable[[Random], Iterator[Variant]]
    least_right: float = 1.0


def unless_refused(judge: Callable[[Report], Verdict]) -> Judge:
    """Return a judge of reports that takes a refused page as cautious."""
    return lambda read: "cautious" if isinstance(read, SourceError) else judge(read)


def kinds() -> Mapping[str, Kind]:
    """Return every kind of the package by name."""
    found: dict[str, Kind] = {}
    for module in iter_modules(__path__):
        found.update(import_module(f"{__name__}.{module.name}").KINDS)
    return found


def read_variant(variant: Variant) -> Report | SourceError:
    """Read a page the whole way; return the error that refused it instead of raising it."""
    try:
        document = read_document(variant.data, variant.name)
        return build_report(document, SourceFile(variant.name, "00" * 32, len(variant.data)))
    except SourceError as error:
        return error


def judged(name: str) -> list[tuple[str, Verdict]]:
    """Return the label and verdict of every page of a kind, the same pages each time."""
    pages = kinds()[name].pages(Random(name))
    return [(variant.label, variant.judge(read_variant(variant))) for variant in pages]


def table() -> str:
    """Return the table in Markdown: a line a kind with the number of its pages by verdict."""
    lines = ["| pages | read | right | cautious | wrong |", "|---|---:|---:|---:|---:|"]
    for name in kinds():
        verdicts = Counter(verdict for _, verdict in judged(name))
        counts = [verdicts.total(), verdicts["right"], verdicts["cautious"], verdicts["wrong"]]
        lines.append(f"| {name} | " + " | ".join(map(str, counts)) + " |")
    return "\n".join(lines)
