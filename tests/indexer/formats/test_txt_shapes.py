"""Every shape of a text table, printed from random cells and from the corpus, and read back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.formats.registry import read_document
from indexer.formats.txt import read_txt
from indexer.forms.form import read_forms
from indexer.records import Cell, SourceFile
from indexer.report.build import build_report
from indexer.report.tables.streams import cut_streams
from tests.golden import CORPUS_CASES, ROOT
from tests.indexer.report.tables.test_build import expected_cells
from tests.printing import lines, printed_from, printed_reports, read_tables, said
from tests.rendering import APPLICANTS, Printed
from tests.rendering_text import LOSSY, SHAPES, render_text

CASES = CORPUS_CASES
EXACT = [shape for shape in SHAPES if shape not in LOSSY]
FILLED = ("markdown", "paragraphs", "box", "box_drawn")
"""Converters into these shapes fill short rows with empty cells: what is printed then is no short
row."""


def prose(printed: Printed) -> list[str]:
    texts = [printed.title, *printed.prose.get("preamble", ())]
    for key, heading in printed.headings.items():
        texts += [heading, *printed.prose.get(key, ())]
    return [*texts, *printed.prose.get("closing", ())]


def read(printed: Printed, shape: str) -> tuple[dict[str, Any], list[str]]:
    document = cut_streams(read_txt(render_text(printed, shape)))
    return said(read_tables(document).cells), lines(document)


@pytest.mark.parametrize("shape", EXACT)
@settings(max_examples=25, deadline=None)
@given(printed=printed_reports())
def test_every_shape_gives_the_very_cells_and_keeps_the_prose(shape: str, printed: Printed) -> None:
    cells, texts = read(printed, shape)
    expected = expected_cells(printed)
    assert wrong(cells, expected) == []
    assert texts == prose(printed)
    differing = {printed_row(key) for key in expected if cells[key] != expected[key]}
    assert {cells[key][1] for key in expected if printed_row(key) in differing} <= {
        "suspect", "blank", "missing", "not_applicable", "unreadable",
    }  # fmt: skip
    assert len(differing) <= 2


@pytest.mark.parametrize("shape", LOSSY)
@settings(max_examples=25, deadline=None)
@given(printed=printed_reports())
def test_where_blanks_are_lost_no_number_is_reported_that_is_not_printed_there(
    shape: str, printed: Printed
) -> None:
    cells, texts = read(printed, shape)
    expected = expected_cells(printed)
    assert wrong(cells, expected) == []
    assert texts == prose(printed)
    whole = {key for key in expected if not any_blank(expected, key)}
    assert [key for key in whole if cells[key] != expected[key]] == []


def any_blank(expected: dict[str, Any], key: str) -> bool:
    return any(
        cell[1] == "blank"
        for other, cell in expected.items()
        if printed_row(other) == printed_row(key)
    )


def printed_row(key: str) -> str:
    """The fifteen figures of the disputes are one row."""
    return "disputes" if key.startswith("disputes") else key.rsplit(".", 1)[0]


def wrong(cells: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    return [
        key for key, cell in cells.items() if cell[1] == "reported" and cell != expected.get(key)
    ]


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=10, deadline=None)
@given(printed=printed_reports("2019"), data=st.data())
def test_a_row_that_lost_cells_reports_nothing_in_any_shape(
    shape: str, printed: Printed, data: st.DataObject
) -> None:
    row = data.draw(
        st.sampled_from([row.key for row in read_forms()["2019"].tables_of("requests")[0].rows])
    )
    lost = data.draw(st.sets(st.sampled_from(APPLICANTS), min_size=1, max_size=6))
    full = dict.fromkeys(printed.raws, "1")
    raws = {
        key: raw for key, raw in full.items() if key not in {f"requests.{row}.{c}" for c in lost}
    }
    cells, _ = read(replace(printed, raws=raws), shape)
    of_row = [cells[f"requests.{row}.{column}"] for column in APPLICANTS]
    if shape not in FILLED:
        assert all(status != "reported" for _, status, _ in of_row)
    assert {cells[key] for key in full if not key.startswith(f"requests.{row}.")} == {
        (1, "reported", None)
    } | {cells["proactive.procurement.amount_yuan"]}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_reports_of_the_corpus_say_the_same_in_every_shape(case: Path, shape: str) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    if shape in FILLED and has_short_rows(expected["cells"]):
        return
    source = (ROOT / "corpus" / f"{case.name}.txt").read_bytes()
    original = build_report(
        read_document(source, case.name), SourceFile(case.name, "00" * 32, len(source))
    )
    texts = {section.key: [p.text for p in section.paragraphs] for section in original.sections}
    printed = printed_from(expected["cells"], original.identity.title or "", texts)
    data = render_text(printed, shape).encode()
    report = build_report(
        read_document(data, case.name), SourceFile(case.name, "00" * 32, len(data))
    )
    assert [
        c.key for c in report.cells if c.status == "reported" and not same(c, expected["cells"])
    ] == []
    if shape not in LOSSY:
        right = sum(same(cell, expected["cells"]) for cell in report.cells)
        assert right == len(report.cells) or (has_short_rows(expected["cells"]) and right > 130)
    assert [(s.key, s.text) for s in report.sections if s.key != "preamble"] == [
        (s.key, s.text) for s in original.sections if s.key != "preamble"
    ]


def same(cell: Cell, expected: dict[str, dict[str, Any]]) -> bool:
    value = float(cell.value) if cell.value is not None else None
    return (value, cell.status) == (expected[cell.key]["value"], expected[cell.key]["status"])


def has_short_rows(expected: dict[str, dict[str, Any]]) -> bool:
    return any(cell["status"] == "missing" for cell in expected.values())
