"""Figures as clerks and converters write them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.damage.paper import BLANK, Box, Figure, Paper

_WIDE = {48 + digit: 0xFF10 + digit for digit in range(10)}
_SPELLINGS: tuple[Callable[[int], str], ...] = (
    lambda n: str(n).translate(_WIDE),
    lambda n: f"{n:,}",
    lambda n: f"{n}件",
    lambda n: f"{n} 个",
    lambda n: f"\xa0{n}\xa0",
    lambda n: f"\u3000{n}",
    lambda n: f"[bookmark: _GoBack]{n}",
    lambda n: f"{n}（其中修订{n // 2}件）",
    lambda n: f"+{n}",
    lambda n: f"{n}\u200b",
)
_STROKES = ("/", "／", "-", "－", "–", "—", "――", "无")
_WORDS = ("若干", "见附件", "#REF!", "30余", "约5", "3-5", "一百")


def _boxes(paper: Paper, random: Random, share: float) -> list[Box]:
    boxes = [
        box
        for row in paper.rows()
        for box in row.figures
        if box.figure and box.figure.status == "reported"
    ]
    return [box for box in boxes if random.random() < share]


def _print(box: Box, figure: Figure) -> None:
    box.text, box.figure = figure.text, figure


def figures_spelled(paper: Paper, random: Random) -> None:
    """Numbers are printed in full width, with separators, counting words, spaces and marks of
    converters.
    """
    for box in _boxes(paper, random, 0.5):
        assert box.figure
        value = box.figure.value
        if isinstance(value, int) and not str(box.key).endswith("amount_yuan"):
            _print(box, Figure(random.choice(_SPELLINGS)(value), "reported", value))


def figures_blank(paper: Paper, random: Random) -> None:
    """Many cells are empty."""
    for box in _boxes(paper, random, random.choice([0.1, 0.3, 0.8])):
        _print(box, BLANK)


def figures_stroked(paper: Paper, random: Random) -> None:
    """Many cells hold a stroke or 无."""
    for box in _boxes(paper, random, random.choice([0.1, 0.3, 0.8])):
        _print(box, Figure(random.choice(_STROKES), "not_applicable"))


def figures_unreadable(paper: Paper, random: Random) -> None:
    """Some cells hold what is no number."""
    for box in _boxes(paper, random, 0.06):
        _print(box, Figure(random.choice(_WORDS), "unreadable"))
