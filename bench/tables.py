"""Prints the tables of a run."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from bench.bars import FTS5, TANTIVY, Verdict, judge
from bench.contests import BEST, COLUMN, IDS, PAGE, Contests
from bench.costs import Cost
from bench.latencies import OURS, Row
from bench.rates import Rate

_KIND, _COST = 26, 40
_ENGINES = (OURS, TANTIVY, FTS5)


def print_contests(contests: Contests) -> None:
    """Print all query tables and the answers that differ."""
    print(f"\nours opened, with a first answer, in {contests.opened_ms:.0f} ms")
    _print_rows(IDS, contests.tables[IDS])
    _print_cold(contests.cold, contests.by_column)
    print_verdicts(judge_all(contests))
    for title in (PAGE, BEST):
        _print_rows(title, contests.tables[title])
    print(f"\n{contests.asked} comparisons of answers, {len(contests.faults)} differ")
    for question, fault in contests.faults[:20]:
        print(f"{question.query}\n  {fault}", file=sys.stderr)


def judge_all(contests: Contests) -> list[Verdict]:
    """Return the verdicts on all kinds."""
    cold = {row.kind: row for row in contests.cold}
    return [verdict for row in contests.tables[IDS] for verdict in judge(row, cold[row.kind])]


def print_verdicts(verdicts: Sequence[Verdict]) -> None:
    """Print a line a kind: measured value, bar, and whether it is met."""
    by_kind = [
        (kind, list(group)) for kind, group in groupby(verdicts, lambda verdict: verdict.kind)
    ]
    print(
        f"\n{'ours / theirs, and the bar':{_KIND}}"
        + "".join(f"{one.what:^24}" for one in by_kind[0][1])
    )
    for kind, group in by_kind:
        print(f"{kind:{_KIND}}" + "".join(map(_verdict, group)))
    print(f"{sum(one.met for one in verdicts)} of {len(verdicts)} bars met")


def print_rates(rates: Sequence[Rate]) -> None:
    """Print a line a rate and our ratio to it."""
    ours = next((rate for rate in rates if rate.label == OURS), None)
    print(f"\n{'rate':40}{'reports/s':>10}{'ours/this':>11}")
    for rate in rates:
        related = f"{ours.per_second / rate.per_second:>11.2f}" if ours else ""
        print(f"{rate.label:40}{rate.per_second:>10.1f}{related}")


def print_costs(costs: Sequence[Cost]) -> None:
    """Print a line a cost, with its bar, if any."""
    print(f"\n{'cost':{_COST}}" + "".join(f"{name:>10}" for name in _ENGINES) + "  bar")
    for cost in costs:
        print(
            f"{cost.what:{_COST}}" + "".join(_value(cost, name) for name in _ENGINES) + _told(cost)
        )


def print_growth(measured: Mapping[int, tuple[Contests, Sequence[Cost]]]) -> None:
    """Print how each table grows with the number of reports: ours, and our ratio to tantivy."""
    print("\n── growth ──")
    sizes = "".join(f"{reports:>10}" for reports in measured)
    _print_growth_of_times([contests.tables[IDS] for contests, _ in measured.values()], sizes)
    _print_growth_of_costs([costs for _, costs in measured.values()], sizes)


def _print_growth_of_times(all_rows: Sequence[Sequence[Row]], sizes: str) -> None:
    print(
        f"\n{'ids, p50':{_KIND}}"
        + "".join(f"{head:>12}{sizes}" for head in ("ours, ms", "/ tantivy", "/ FTS5"))
    )
    for rows in zip(*all_rows, strict=True):
        told = [
            [row.times[OURS][0] for row in rows],
            *([row.ratios(name)[0] for row in rows] for name in _ENGINES[1:]),
        ]
        print(
            f"{rows[0].kind:{_KIND}}"
            + "".join(f"{'':12}" + "".join(f"{one:>10.3g}" for one in part) for part in told)
        )


def _print_growth_of_costs(all_costs: Sequence[Sequence[Cost]], sizes: str) -> None:
    print(f"\n{'':{_COST + 8}}{sizes}")
    for costs in zip(*all_costs, strict=True):
        for name in costs[0].values:
            values = "".join(_value(cost, name) for cost in costs)
            bar = _told(costs[-1]) if name == OURS else ""
            print(f"{f'{costs[0].what}, {name}':{_COST + 8}}{values}{bar}")


def _print_rows(title: str, rows: Sequence[Row]) -> None:
    others = [name for name in rows[0].times if name != OURS]
    heads = [OURS, *others, *(f"{OURS}/{name}" for name in others)]
    print(
        f"\n{title + ', ms':{_KIND}}{'':8}{'first':>9}" + "".join(f"{head:^20}" for head in heads)
    )
    print(f"{'':{_KIND}}{'queries':>8}{'p50':>9}" + f"{'p50':>10}{'p95':>10}" * len(heads))
    for row in rows:
        pairs = [*row.times.values(), *map(row.ratios, others)]
        times = "".join(f"{half:>10.3g}{most:>10.3g}" for half, most in pairs)
        print(f"{row.kind:{_KIND}}{row.questions:>8}{row.first:>9.3g}{times}")


def _print_cold(rows: Sequence[Row], by_column: Sequence[Row]) -> None:
    """Print ours with cold caches, and tantivy with its default for ranges."""
    print(f"\n{'ids, nothing kept, ms':{_KIND}}{OURS:^20}{TANTIVY:^20}{f'{OURS}/{TANTIVY}':^20}")
    _print_pairs(rows, TANTIVY)
    print(
        f"\n{'ids, ranges by column, ms':{_KIND}}{OURS:^20}{TANTIVY:^20}{f'{OURS}/{TANTIVY}':^20}"
    )
    _print_pairs(by_column, COLUMN)


def _print_pairs(rows: Sequence[Row], other: str) -> None:
    print(f"{'':{_KIND}}" + f"{'p50':>10}{'p95':>10}" * 3)
    for row in rows:
        pairs: Iterator[tuple[float, float]] = iter(
            (row.times[OURS], row.times[other], row.ratios(other))
        )
        print(
            f"{row.kind:{_KIND}}" + "".join(f"{half:>10.3g}{most:>10.3g}" for half, most in pairs)
        )


def _value(cost: Cost, engine: str) -> str:
    return f"{cost.values[engine]:>10.1f}" if engine in cost.values else f"{'':10}"


def _told(cost: Cost) -> str:
    return "" if cost.met is None else f"  {cost.bar} {'met' if cost.met else 'missed'}"


def _verdict(verdict: Verdict) -> str:
    word = "met" if verdict.met else "missed"
    return f"{verdict.measured:>9.3g} ≤ {_short(verdict.bar):<5} {word:<6} "


def _short(bar: Fraction) -> str:
    """Return a fraction in its usual notation: 1/200, but 1.5.

    >>> _short(Fraction(1, 200)), _short(Fraction(3, 2)), _short(Fraction(4))
    ('1/200', '1.5', '4')
    """
    return str(bar) if bar < Fraction(1, 2) else f"{float(bar):g}"
