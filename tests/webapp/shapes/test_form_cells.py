from __future__ import annotations

from decimal import Decimal

import pytest

from indexer.records import Cell
from indexer.text.amounts import ParsedAmount, read_amount, read_count
from tests.webapp.reading import in_chinese
from webapp.shapes.finding_notes import Mark
from webapp.shapes.form_cells import CellShape, format_number, shape_cell, with_gloss

shape_cell = in_chinese(shape_cell)
with_gloss = in_chinese(with_gloss)

COUNT = "proactive.procurement.items"
AMOUNT = "proactive.procurement.amount_yuan"
CONTRADICTION = Mark("①", "contradiction", "f1", "requests")


def _cell(key: str, raw: str, reading: ParsedAmount) -> Cell:
    return Cell(
        key, reading.value, reading.status, raw, reading.unit, as_printed=reading.as_printed
    )


def _count(raw: str) -> Cell:
    return _cell(COUNT, raw, read_count(raw))


def _amount(raw: str, head_unit: str | None = None) -> Cell:
    return _cell(AMOUNT, raw, read_amount(raw, head_unit))


@pytest.mark.parametrize(
    ("cell", "classes", "text", "word", "strong", "linked"),
    [
        (Cell(COUNT, 12, "reported", "12"), "", "12", "", True, True),
        (Cell(COUNT, 0, "reported", "0"), "z0", "0", "", False, False),
        (Cell(COUNT, None, "blank", ""), "blank", "", "空", False, False),
        (Cell(COUNT, None, "missing", None), "missing", "", "缺", False, False),
        (Cell(COUNT, 3, "suspect", "3"), "suspect", "3", "疑", True, True),
        (Cell(COUNT, 0, "suspect", "0"), "suspect", "0", "疑", False, True),
        (Cell(COUNT, None, "not_applicable", "／"), "na", "／", "不适用", False, False),
        (Cell(COUNT, None, "unreadable", "若干"), "nr", "若干", "不识", False, True),
    ],
)
def test_each_status_has_its_own_shape_and_word(
    cell: Cell, classes: str, text: str, word: str, strong: bool, linked: bool
) -> None:
    shape = shape_cell(cell)

    assert shape == CellShape(COUNT, classes, text, word, strong, linked, "")


@pytest.mark.parametrize(
    ("cell", "text", "gloss"),
    [
        (_amount("4.48亿"), "4.48亿", "即 448,000,000 元"),
        (_amount("1.2万元"), "1.2万元", "即 12,000 元"),
        (_amount("91.4701", "万元"), "91.4701", "即 914,701 元"),
        (_amount("180000"), "180000", ""),
        (_count("[bookmark: _GoBack]9个"), "9个", "原文：[bookmark: _GoBack]9个"),
        (_count("22（其中修订16件）"), "22（其中修订16件）", "读作 22"),
        (_count("+5"), "+5", ""),
        (_count("－26"), "－26", ""),
        (_count("–26"), "–26", "读作 -26"),
        (_count("1,234"), "1,234", ""),
        (_count("15.00"), "15.00", "读作 15"),
        (_count("共5件"), "共5件", "读作 5"),
        *((_count(text), text, "") for text in ("9个", "9例", "９件", "9部", "9 篇", "9人次")),
    ],
)
def test_the_cell_prints_what_is_printed_and_hover_says_what_it_was_read_as(
    cell: Cell, text: str, gloss: str
) -> None:
    shape = shape_cell(cell)

    assert (shape.text, shape.gloss, shape.linked) == (text, gloss, True)


def test_a_long_text_in_a_cell_is_cut_and_whole_on_hover() -> None:
    raw = "详见附件" * 30
    shape = shape_cell(Cell(COUNT, None, "unreadable", raw))

    assert shape.text == f"{raw[:40]}……"
    assert shape.gloss == f"原文：{raw}"


def test_a_zero_in_a_finding_is_framed_and_linked() -> None:
    shape = shape_cell(Cell(COUNT, 0, "reported", "0"), (CONTRADICTION,))

    assert (shape.classes, shape.strong, shape.linked) == ("bad", True, True)


def test_a_cell_in_a_doubt_keeps_its_status() -> None:
    shape = shape_cell(Cell(COUNT, 3, "suspect", "3"), (Mark("②", "doubt", "f2", "requests"),))

    assert shape.classes == "suspect bad d"


def test_every_cell_can_be_a_link_that_says_what_is_printed() -> None:
    zero = with_gloss(shape_cell(Cell(COUNT, 0, "reported", "0"), all_linked=True))
    missing = with_gloss(shape_cell(Cell(COUNT, None, "missing", None), all_linked=True))

    assert (zero.linked, zero.gloss) == (True, "原文：0")
    assert (missing.linked, missing.gloss) == (True, "缺")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1234567, "1,234,567"), (Decimal("0.5"), "0.5"), (2.0, "2"), (None, "")],
)
def test_numbers_have_their_thousands_set_apart(
    value: int | Decimal | float | None, text: str
) -> None:
    assert format_number(value) == text
