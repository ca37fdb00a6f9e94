"""Our engine beside SQLite FTS5 and tantivy: same reports, same queries, one run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.bars import FTS5, TANTIVY
from bench.build import PARTS
from bench.changes import measure_changes
from bench.contests import Asking, Contests, run_contests
from bench.costs import Cost, costs_of_building, costs_of_room, costs_of_serving
from bench.kept import Builder, Built
from bench.rates import OURS, Rate, without_packing
from bench.roundtrips import measure_roundtrips
from bench.tables import print_contests, print_costs, print_growth, print_rates
from indexer.search.query import Query

_SERVED = 200
_FACETS = ("year", "level", "province")


@dataclass(frozen=True, slots=True)
class Measure:
    """What to measure: corpus sizes, seed, index rounds, and the queries."""

    sizes: Sequence[int]
    index_rounds: int
    asking: Asking


@dataclass(frozen=True, slots=True)
class Measured:
    """All measurements at one corpus size."""

    reports: int
    contests: Contests
    costs: Sequence[Cost]


def measure_speed(folder: Path, measure: Measure) -> int:
    """Measure and print; return 1 if two answers differ. Reuses the indexes kept in the folder."""
    measured = []
    for reports in measure.sizes:
        print(f"\n── {reports} reports ──", flush=True)
        measured.append(
            _measure(
                Builder(folder, reports, measure.asking.seed, measure.index_rounds), measure.asking
            )
        )
    if len(measured) > 1:
        print_growth({one.reports: (one.contests, one.costs) for one in measured})
    return 1 if any(one.contests.faults for one in measured) else 0


def _measure(builder: Builder, asking: Asking) -> Measured:
    built = {name: builder.build(name) for name in (PARTS, OURS, TANTIVY, FTS5)}
    rates = list(_rates(built))
    print_rates(rates)
    paths = {name: built[name].path for name in (OURS, TANTIVY, FTS5)}
    contests = run_contests(paths, asking)
    print_contests(contests)
    costs = [
        *costs_of_building(built, rates),
        *costs_of_room(paths),
        *costs_of_serving(paths[OURS], _served(contests)),
        measure_changes(paths, asking.seed),
    ]
    print_costs(costs)
    return Measured(builder.reports, contests, costs)


def measure_pages(folder: Path, measure: Measure) -> None:
    """Measure whole pages over HTTP and print."""
    for reports in measure.sizes:
        print(f"\n── {reports} reports ──", flush=True)
        print_costs(
            list(
                measure_roundtrips(
                    Builder(folder, reports, measure.asking.seed, measure.index_rounds)
                )
            )
        )


def _rates(built: dict[str, Built]) -> Iterator[Rate]:
    rates = [rate for one in built.values() for rate in one.rates]
    yield from rates
    yield without_packing(rates)


def _served(contests: Contests) -> list[Query]:
    """Return some queries of every kind as the site asks them: pages of 20 with facets."""
    asked = contests.questions
    chosen = asked[:: max(1, len(asked) // _SERVED)][:_SERVED]
    return [replace(question.query, size=20, facets=_FACETS) for question in chosen]
