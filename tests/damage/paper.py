"""A report as it will be printed: tables of boxes that know which cell of the form they print, and
lines between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from tests.rendering import HEADINGS, TABLES, Printed

PLACE = "赣州市南康区唐江镇"
YEARS = {"2019": 2020, "2021": 2022, "hybrid": 2021}
"""The generations of the form, and a year that each is found in."""
_PARTS = {"2019": ("2019", "2019"), "2021": ("2021", "2021"), "hybrid": ("2021", "2019")}
"""The form of the first table, and that of the others."""


@dataclass(frozen=True)
class Figure:
    """What a cell says: the text, and the status and value it has if its column is certain;
    amounts in yuan.
    """

    text: str
    status: str
    value: int | Decimal | None = None


@dataclass
class Box:
    """A cell of a table on the page: a head or label, or with a `figure` a cell for figures, of
    the form's cell `key`.
    """

    text: str
    colspan: int = 1
    rowspan: int = 1
    figure: Figure | None = None
    key: str | None = None

    def copy(self) -> Box:
        return replace(self)


@dataclass
class Row:
    """A row of a table; `keys` are the form's cells that a row of this label has."""

    boxes: list[Box]
    keys: tuple[str, ...] = ()

    @property
    def figures(self) -> list[Box]:
        return [box for box in self.boxes if box.figure]

    @property
    def labels(self) -> list[Box]:
        return [box for box in self.boxes if not box.figure]

    def copy(self) -> Row:
        return Row([box.copy() for box in self.boxes], self.keys)


@dataclass
class Sheet:
    """A table of a section; one that is not the report's `own` has no cell of the form."""

    section: str
    rows: list[Row]
    own: bool = True

    def form_rows(self) -> list[int]:
        """Where the rows of figures stand."""
        return [at for at, row in enumerate(self.rows) if row.keys]

    def heads(self) -> list[int]:
        """Where the rows without figures stand."""
        return [at for at, row in enumerate(self.rows) if not row.keys]


@dataclass
class Paper:
    """A report: lines and tables in their order. `doubtful` are the cells that a reader cannot be
    certain of.
    """

    generation: str
    title: str
    keys: tuple[str, ...]
    blocks: list[str | Sheet]
    doubtful: set[str] = field(default_factory=set)

    def sheets(self, section: str | None = None) -> list[Sheet]:
        """The report's own tables."""
        found = [block for block in self.blocks if isinstance(block, Sheet) and block.own]
        return [sheet for sheet in found if section in (None, sheet.section)]

    def rows(self) -> Iterator[Row]:
        """The rows of its own tables that have cells of the form."""
        return (row for sheet in self.sheets() for row in sheet.rows if row.keys)

    def at(self, section: str) -> int:
        """Where the first table of a section stands among the blocks."""
        return next(
            at
            for at, block in enumerate(self.blocks)
            if isinstance(block, Sheet) and block.section == section
        )


def count(number: int) -> Figure:
    """A whole number in plain digits."""
    return Figure(str(number), "reported", number)


BLANK = Figure("", "blank")


def build_paper(generation: str, random: Random) -> Paper:
    """An undamaged report of this generation with random numbers in all its cells."""
    first, second = _PARTS[generation]
    year = YEARS[generation]
    blocks: list[str | Sheet] = [
        "根据《中华人民共和国政府信息公开条例》的要求，编制本年度报告。",
        HEADINGS["overview"],
        "我镇按要求做好公开工作。",
    ]
    for section, form in (("proactive", first), ("requests", second), ("disputes", second)):
        blocks += [HEADINGS[section], _sheet(section, form, random)]
    blocks += [
        HEADINGS["problems"],
        "公开内容还不够及时，下一步加强学习。",
        HEADINGS["other"],
        "无其他需要报告的事项。",
    ]
    title = f"{PLACE}人民政府{year}年政府信息公开工作年度报告"
    keys = tuple(
        key
        for block in blocks
        if isinstance(block, Sheet)
        for row in block.rows
        for key in row.keys
    )
    return Paper(generation, title, keys, blocks)


def _sheet(section: str, form: str, random: Random) -> Sheet:
    """The table of a section, every cell printed by its own key first, then by a number."""
    rows = []
    for tds in TABLES[section](Printed("", _KeyNames(), {}, form)):
        boxes = [Box(td.text, td.colspan, td.rowspan) for td in tds]
        for box in boxes:
            if box.text.startswith(_MARK):
                box.key = box.text.removeprefix(_MARK)
                box.figure = _figure(box.key, form, random)
                box.text = box.figure.text
        rows.append(Row(boxes, tuple(box.key for box in boxes if box.key)))
    return Sheet(section, rows)


_MARK = "key:"


class _KeyNames(dict[str, str]):
    """Cells that all print their own key."""

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: str) -> str:
        return _MARK + key


def _figure(key: str, form: str, random: Random) -> Figure:
    if key.endswith("amount_yuan"):
        number = random.choice([0, random.randint(1, 999_999)])
        text = f"{Decimal(number) / 10_000:f}" if form == "2021" else f"{number}元"
        return Figure(text, "reported", number)
    return count(random.choice([0, random.randint(1, 99), random.randint(100, 99_999)]))
