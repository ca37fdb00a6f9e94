"""Heads of the first and last table lost, doubled or moved, figures in the form's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random

from tests.rendering import DISPUTES, HEADINGS, OUTCOMES
from tests.text_tables import MARKED, SHAPES, judge, page_of
from tests.variants import Kind, Variant

_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_UNMARKED = tuple(name for name in SHAPES if name not in MARKED)
_PARTS = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
_FIRST = {
    2020: (
        ("made", "disclosed", "disclosed_total"),
        ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
    ),
    2023: (("issued", "repealed", "in_force"), ("本年制发件数", "本年废止件数", "现行有效件数")),
}


def _swapped(heads: Sequence[str]) -> Iterator[list[str]]:
    for one, other in combinations(range(len(heads)), 2):
        moved = list(heads)
        moved[one], moved[other] = moved[other], moved[one]
        yield moved


def _first_table(random: Random) -> Iterator[Variant]:
    """Two heads of the first table are swapped, but not where lines are rows: heads count there."""
    for year, (columns, heads) in _FIRST.items():
        for moved in _swapped(heads):
            for shape in _UNMARKED:
                figures = {
                    row: random.sample(range(1, 90), 3)
                    for row in ("regulations", "normative_documents")
                }
                labels = ("规章", "规范性文件" if year == 2020 else "行政规范性文件")
                rows = [
                    [label, *map(str, numbers)]
                    for label, numbers in zip(labels, figures.values(), strict=True)
                ]
                lines = SHAPES[shape]([["第二十条第（一）项"], ["信息内容", *moved], *rows])
                truth = {
                    f"proactive.{row}.{column}": number
                    for row, numbers in figures.items()
                    for column, number in zip(columns, numbers, strict=True)
                }
                data = page_of([HEADINGS["proactive"], *lines], year)
                yield Variant(f"{shape}: {year} {moved[0]}", "report.txt", data, judge(truth))


def _heads_of_disputes(random: Random) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield heads of the last table with one word lost, doubled, or changed with another."""
    words = [*_PARTS[:2], *_RESULTS, *_PARTS[2:], *_RESULTS, *_RESULTS]
    sizes = (2, 7, 10)
    yield "whole", _cut(words, sizes)
    for at in range(0, len(words), 2):
        yield f"without {words[at]} at {at}", _cut([*words[:at], *words[at + 1 :]], sizes)
        yield f"{words[at]} at {at} twice", _cut([*words[:at], words[at], *words[at:]], sizes)
    for at, word in enumerate(_PARTS):
        yield (
            f"no {word}",
            _cut([other for other in words if other != word], (2 - (at < 2), 7 - (at > 1), 10)),
        )


def _cut(words: Sequence[str], sizes: Sequence[int]) -> list[list[str]]:
    rows: list[list[str]] = []
    at = 0
    for size in sizes[:-1]:
        rows.append(list(words[at : at + size]))
        at += size
    return [*rows, list(words[at:])]


def _last_table(random: Random) -> Iterator[Variant]:
    """The heads of the disputes are torn in every shape; the figures keep the form's order."""
    keys = [f"disputes.{row}.{column}" for row in DISPUTES for column in OUTCOMES]
    for label, heads in _heads_of_disputes(random):
        for shape in SHAPES:
            numbers = random.sample(range(1, 400), len(keys))
            lines = SHAPES[shape]([*heads, list(map(str, numbers))])
            data = page_of([HEADINGS["disputes"], *lines], random.choice((2020, 2023)))
            yield Variant(
                f"{shape}: {label}",
                "report.txt",
                data,
                judge(dict(zip(keys, numbers, strict=True))),
            )


def _upright(random: Random) -> Iterator[Variant]:
    """The disputes stand upright, and two heads of results have changed places."""
    for one, other in combinations(range(len(_RESULTS)), 2):
        heads = list(_RESULTS)
        heads[one], heads[other] = heads[other], heads[one]
        for shape in SHAPES:
            rows = {row: random.sample(range(1, 90), len(_RESULTS)) for row in DISPUTES}
            labels = (_PARTS[0], *_PARTS[2:])
            lines = SHAPES[shape](
                [
                    heads,
                    *(
                        [label, *map(str, numbers)]
                        for label, numbers in zip(labels, rows.values(), strict=True)
                    ),
                ]
            )
            truth = {
                f"disputes.{row}.{column}": number
                for row, numbers in rows.items()
                for column, number in zip(OUTCOMES, numbers, strict=True)
            }
            yield Variant(
                f"{shape}: {heads[0]}",
                "report.txt",
                page_of([HEADINGS["disputes"], *lines]),
                judge(truth),
            )


KINDS = {
    "first table, heads moved": Kind(_first_table, 0.0),
    "last table, heads torn": Kind(_last_table, 0.0),
    "last table upright, heads moved": Kind(_upright, 0.0),
}
