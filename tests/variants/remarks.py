"""Remarks in brackets behind numbers: the number is read unless it may be another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from random import Random

from indexer.errors import SourceError
from indexer.records import Report
from tests.damage.paper import Box, Figure, build_paper
from tests.damage.press import press
from tests.variants import Kind, Variant, Verdict

_FORMATS = (
    ("pipes", "txt"),
    ("html", "html"),
    ("tab_rows", "txt"),
    ("docx", "docx"),
    ("cell_lines", "txt"),
)
_KEYS = (
    "proactive.licensing.decisions",
    "requests.granted.natural_person",
    "proactive.normative_documents.issued",
)
_REMARKS = (
    "（网上公开）",
    "（{part}）",
    "（废止{part}件）",
    "（含{part}件）",
    "【信用中国网站】",
    "（转办{part}件、并案）",
    "件（政务大厅办理）",
    "（件）",
)
_TURNING = (
    "（{more}）",
    "（约）",
    "（上年）",
    "（应为{part}件）",
    "（{more}件）",
    "（含{more}件）",
    "（万元）",
    "（减少）",
    "（其他{more}）",
)


def _pages(random: Random, remarks: tuple[str, ...], certain: bool) -> Iterator[Variant]:
    formats = cycle(_FORMATS)
    for remark in remarks:
        for key in _KEYS:
            name, suffix = next(formats)
            number = random.randint(20, 90)
            said = remark.format(part=random.randint(2, 9), more=random.randint(91, 200))
            paper = build_paper("2021", random)
            box = next(box for row in paper.rows() for box in row.boxes if box.key == key)
            _print(box, f"{number}{said}")
            data = press(paper, name)
            yield Variant(
                f"{key} {box.text}: {name}",
                f"r.{suffix}",
                data,
                _Judge(key, number if certain else None),
            )


def _print(box: Box, text: str) -> None:
    box.text, box.figure = text, Figure(text, "unreadable")


class _Judge:
    """Judges one cell: `number` is what it says, None where nothing may be read."""

    def __init__(self, key: str, number: int | None) -> None:
        self.key, self.number = key, number

    def __call__(self, report: Report | SourceError) -> Verdict:
        cell = None if isinstance(report, SourceError) else report.cell(self.key)
        if cell is None or cell.status != "reported":
            return (
                "right"
                if self.number is None and cell and cell.status == "unreadable"
                else "cautious"
            )
        return "right" if cell.value == self.number else "wrong"


KINDS = {
    "a remark behind a number": Kind(lambda random: _pages(random, _REMARKS, True)),
    # In a text of a cell a line, words that are no figure end the row: its cells are missing then.
    "a bracket that may change a number": Kind(lambda random: _pages(random, _TURNING, False), 0.9),
}
