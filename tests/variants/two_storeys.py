"""The request table's two-storey head as text prints it: heads lost, doubled or moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from random import Random

from tests.rendering import Td
from tests.text_tables import (
    APPLICANTS,
    HEADS,
    MARKED,
    SHAPES,
    draw_figures,
    judge,
    marked_up,
    page,
    rows_of,
    truth_of,
)
from tests.variants import Kind, Variant

_PERSON, _TOTAL = HEADS[0], HEADS[-1]
_ORGANISATIONS = HEADS[1:-1]
_SPAN = "法人或其他组织"
_FRAME = "申请人情况"
_SPANS = (
    "法人或者其他组织",
    "法人及其他组织",
    "法人、其他组织",
    "法人",
    "单位",
    "法人和非法人组织",
    "企事业单位",
    "团体",
)


def _pages(
    heads: Sequence[tuple[str, Sequence[Sequence[str]]]], random: Random
) -> Iterator[Variant]:
    """Yield each head in every shape, over figures in the form's order."""
    for label, rows in heads:
        for shape in SHAPES:
            figures = draw_figures(random)
            data = page(shape, rows, rows_of(figures))
            yield Variant(f"{shape}: {label}", "report.txt", data, judge(truth_of(figures)))


def _lost(random: Random) -> Iterator[Variant]:
    """One or two words of the head are lost."""
    words = (_FRAME, _PERSON, _SPAN, _TOTAL, *_ORGANISATIONS)
    heads = []
    for lost in (*combinations(words, 1), *random.sample(list(combinations(words, 2)), 6)):
        storeys = ([_FRAME], [_PERSON, _SPAN, _TOTAL], list(_ORGANISATIONS))
        rows = [[word for word in row if word not in lost] for row in storeys]
        heads.append((f"without {'、'.join(lost)}", [row for row in rows if row]))
    yield from _pages(heads, random)


def _flattened(random: Random) -> Iterator[Variant]:
    """The merged head is lost; the others stand in one row, in each order they can come out in."""
    parts = ([_PERSON], [_TOTAL], list(_ORGANISATIONS))
    heads = []
    for order in permutations(parts):
        row = [word for part in order for word in part]
        heads.append(
            ("、".join(word for word in row if word not in _ORGANISATIONS[1:]), [[_FRAME], row])
        )
    yield from _pages(heads, random)


def _moved(random: Random) -> Iterator[Variant]:
    """Two heads have changed places, or one is doubled, over figures in the form's order."""
    heads = []
    for one, other in random.sample(list(combinations(range(len(HEADS)), 2)), 9):
        row = list(HEADS)
        row[one], row[other] = row[other], row[one]
        heads.append((f"{HEADS[one]} and {HEADS[other]} changed", [row]))
    for at in range(len(HEADS)):
        heads.append((f"{HEADS[at]} twice", [[*HEADS[: at + 1], *HEADS[at:]]]))
    for label, rows in heads:
        for shape in SHAPES:
            figures = draw_figures(random)
            if shape in MARKED and label.endswith("changed") and _TOTAL not in label:
                continue  # the printed heads then stand over the figures, and are believed
            yield Variant(
                f"{shape}: {label}",
                "report.txt",
                page(shape, rows, rows_of(figures)),
                judge(truth_of(figures)),
            )


def _turned(random: Random) -> Iterator[Variant]:
    """The columns themselves stand in another order, figures and heads alike."""
    for _ in range(6):
        order = random.sample(range(len(HEADS)), len(HEADS))
        for shape in SHAPES:
            figures = draw_figures(random)
            turned = {key: [numbers[at] for at in order] for key, numbers in figures.items()}
            data = page(shape, [[HEADS[at] for at in order]], rows_of(turned))
            label = "、".join(APPLICANTS[at] for at in order)
            yield Variant(f"{shape}: {label}", "report.txt", data, judge(truth_of(figures)))


def _turned_storeys(random: Random) -> Iterator[Variant]:
    """The total comes first in heads and figures; one cell a line hides what a head spans."""
    upper = [_TOTAL, _PERSON, _SPAN]
    for heads in ([upper, _ORGANISATIONS], [[*upper, *_ORGANISATIONS]]):
        for shape in SHAPES:
            figures = draw_figures(random)
            turned = {key: [numbers[-1], *numbers[:-1]] for key, numbers in figures.items()}
            data = page(shape, [[_FRAME], *heads], rows_of(turned))
            label = f"{shape}: {len(heads)} rows of heads"
            yield Variant(label, "report.txt", data, judge(truth_of(figures)))


def _reworded(random: Random) -> Iterator[Variant]:
    """The heads in other words than the form's."""
    columns = (
        ("自然人", "公民", "个人"),
        ("商业企业", "企业", "工商企业"),
        ("科研机构", "科研单位", "科研院所"),
        ("社会公益组织", "公益组织", "社会公益机构"),
        ("法律服务机构", "律师事务所", "法律服务组织"),
        ("其他", "其它", "其他组织"),
        ("总计", "合计", "共计"),
    )
    for span in _SPANS:
        for shape in SHAPES:
            person, *organisations, total = map(random.choice, columns)
            figures = draw_figures(random)
            heads = [[_FRAME], [person, span, total], organisations]
            data = page(shape, heads, rows_of(figures))
            yield Variant(f"{shape}: {span}", "report.txt", data, judge(truth_of(figures)))


def _marked_up(random: Random) -> Iterator[Variant]:
    """Web pages and DOCX: the merged head lost, or in other words, in one row or in two."""
    upper, lower = [_PERSON, _TOTAL], list(_ORGANISATIONS)
    heads = {
        "one row": [[Td("申请人情况"), *map(Td, [*upper, *lower])]],
        "two rows": [[Td("", 1, 2), *map(Td, upper)], [*map(Td, lower)]],
        "upper row merged down": [
            [Td("", 1, 2), Td(_PERSON, 1, 2), Td(_TOTAL, 1, 2)],
            [*map(Td, lower)],
        ],
        "empty merged head": [
            [Td("", 1, 2), Td(_PERSON, 1, 2), Td("", 5), Td(_TOTAL, 1, 2)],
            [*map(Td, lower)],
        ],
        "reworded": [
            [Td("", 1, 2), Td(_PERSON, 1, 2), Td("法人或者其他组织", 5), Td(_TOTAL, 1, 2)],
            [*map(Td, lower)],
        ],
        "reworded, no spans": [[Td(""), Td(_PERSON), Td("单位"), Td(_TOTAL)], [*map(Td, lower)]],
    }
    for label, rows in heads.items():
        for suffix in ("html", "docx"):
            figures = draw_figures(random)
            tds = [*rows, *([Td(text) for text in row] for row in rows_of(figures))]
            data = marked_up(suffix, tds)
            yield Variant(f"{suffix}: {label}", f"report.{suffix}", data, judge(truth_of(figures)))


def _zeros(random: Random) -> Iterator[Variant]:
    """All figures are zero under flattened or torn heads: in any order every column says 0."""
    torn = [
        ["申请人情况"],
        ["自然人"],
        ["总计", "商业"],
        ["企业"],
        ["科研机构"],
        ["社会公益组织", "法律服务机构", "其他"],
    ]
    for label, heads in (("flattened", [[_PERSON, _TOTAL, *_ORGANISATIONS]]), ("torn", torn)):
        for shape in SHAPES:
            figures = {key: (0,) * len(HEADS) for key in ("received", "carried_in", "granted")}
            data = page(shape, heads, rows_of(figures))
            yield Variant(f"{shape}: {label}", "report.txt", data, judge(truth_of(figures)))


def _without_proof(random: Random) -> Iterator[Variant]:
    """The storeys are flattened and no sums hold: nothing tells the order."""
    row = [_PERSON, _TOTAL, *_ORGANISATIONS]
    for shape in SHAPES:
        figures = {
            key: tuple(random.sample(range(1, 90), len(HEADS)))
            for key in ("received", "carried_in", "granted")
        }
        data = page(shape, [[_FRAME], row], rows_of(figures))
        yield Variant(f"{shape}: no sum", "report.txt", data, judge({}))


# Less than everything is right where the total's place alone does not tell two orders apart: these
# are rightly suspect.
KINDS = {
    "heads of two storeys, words lost": Kind(_lost),
    "heads of two storeys, flattened": Kind(_flattened, 0.8),
    "heads of two storeys, words moved": Kind(_moved, 0.6),
    "heads of two storeys, HTML and DOCX": Kind(_marked_up, 0.6),
    "heads of two storeys, nothing but zeros": Kind(_zeros),
    "heads of two storeys, reworded": Kind(_reworded),
    "columns in another order": Kind(_turned, 0.5),
    "columns in another order, two storeys": Kind(_turned_storeys, 0.0),
    "heads of two storeys, flattened, no sums": Kind(_without_proof),
}
