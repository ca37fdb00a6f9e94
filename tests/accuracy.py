"""How much is read right: `python -m tests.accuracy` prints two tables.

The first counts the cells of damaged reports by format and kind of damage, the second the pages of
`tests/variants` by kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from indexer.formats.registry import read_document
from indexer.records import Report, SourceFile
from indexer.report.build import build_report
from tests import variants
from tests.damage.kinds import DOUBTFUL, KINDS, damage
from tests.damage.oracle import judge
from tests.damage.paper import YEARS, Paper, build_paper
from tests.damage.press import FORMATS, press

SEEDS = 1
Counts = dict[tuple[str, str], Counter[str]]


def read_paper(paper: Paper, name: str) -> Report:
    """Print a report in a format and read it back, the whole way."""
    data = press(paper, name)
    return build_report(read_document(data, name), SourceFile(name, "00" * 32, len(data)))


def papers(kind: str, seeds: int = SEEDS) -> Iterator[Paper]:
    """The same damaged reports each time, some of each generation of the form."""
    for seed in range(seeds):
        for generation in YEARS:
            random = Random(f"{kind} {seed} {generation}")
            yield damage(build_paper(generation, random), [kind], random)


def measure(kinds: Sequence[str] = tuple(KINDS), seeds: int = SEEDS) -> Counts:
    """Return how many cells were right, cautious, doubtful and silently wrong, by kind of damage
    and format.
    """
    counts: Counts = {}
    for kind in kinds:
        for name in KINDS[kind].formats:
            counts[kind, name] = tally(papers(kind, seeds), name)
    return counts


def tally(printed: Iterator[Paper], name: str) -> Counter[str]:
    """Count the cells of some reports in one format by how they are read."""
    counter: Counter[str] = Counter()
    for paper in printed:
        counter.update(
            {
                verdict: len(cells)
                for verdict, cells in judge(paper, read_paper(paper, name).cells).items()
            }
        )
    return counter


def share(counters: Iterator[Counter[str]] | Sequence[Counter[str]]) -> float | None:
    """Return the percentage of cells read right among those that the page leaves no doubt of; None
    if there are none.
    """
    total = sum(counters, Counter[str]())
    certain = total["right"] + total["cautious"] + total["silent"]
    return 100 * total["right"] / certain if certain else None


def of_kind(counts: Mapping[tuple[str, str], Counter[str]], kind: str) -> float | None:
    """Return the percentage of a kind of damage over all formats."""
    return share([counter for (name, _), counter in counts.items() if name == kind])


def clear(counts: Counts) -> Counts:
    """Return the counts of the kinds that leave the page clear."""
    return {key: counter for key, counter in counts.items() if key[0] not in DOUBTFUL}


def table(counts: Counts) -> str:
    """Return the table in Markdown: a line a kind of damage, a column a format, per cent of the
    cells right.
    """
    kinds = list(dict.fromkeys(kind for kind, _ in counts))
    lines = [
        "| damage | " + " | ".join(FORMATS) + " | all | wrong |",
        "|---|" + "---:|" * (len(FORMATS) + 2),
    ]
    for kind in kinds:
        row = [share([counts[kind, name]]) if (kind, name) in counts else None for name in FORMATS]
        lines.append(
            _line(kind, row, {key: counter for key, counter in counts.items() if key[0] == kind})
        )
    by_format = [
        share([counter for (_, name), counter in clear(counts).items() if name == wanted])
        for wanted in FORMATS
    ]
    return "\n".join([*lines, _line("**all that leave the page clear**", by_format, clear(counts))])


def _line(name: str, row: Sequence[float | None], counts: Counts) -> str:
    wrong = sum(counter["silent"] for counter in counts.values())
    cells = [*map(_percent, row), _percent(share(list(counts.values()))), str(wrong)]
    return f"| {name.replace('_', ' ')} | " + " | ".join(cells) + " |"


def _percent(number: float | None) -> str:
    return "" if number is None else "100" if number == 100 else f"{number:.2f}"


if __name__ == "__main__":
    print(table(measure()))
    print()
    print(variants.table())
