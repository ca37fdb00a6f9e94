"""The floor of accuracy: no fewer cells right than measured, no number silently wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from indexer.formats.registry import read_document
from indexer.records import SourceFile
from indexer.report.build import build_report
from tests.accuracy import Counts, clear, measure, of_kind, papers, share, table
from tests.damage.kinds import DOUBTFUL, KINDS
from tests.damage.oracle import judge
from tests.damage.press import pdf_page
from tests.pdf_press import print_pdf

FLOOR = 99.5
FLOORS = {"figures_blank": 99.9}
"""Shares measured, rounded down; all kinds not listed are read without a fault."""
PRINTED = (
    "none",
    "figures_blank",
    "row_slipped",
    "labels_unmerged",
    "rows_lost",
    "disputes_upright",
    "tables_joined",
)


@pytest.fixture(scope="module")
def counts() -> Counts:
    measured = measure()
    print("", table(measured), sep="\n")
    return measured


def test_no_number_is_silently_wrong(counts: Counts) -> None:
    assert {key: counter["silent"] for key, counter in counts.items() if counter["silent"]} == {}


def test_nearly_every_cell_is_exactly_right(counts: Counts) -> None:
    assert (share(list(clear(counts).values())) or 0) >= FLOOR


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in DOUBTFUL])
def test_no_kind_of_damage_is_read_worse_than_it_was(counts: Counts, kind: str) -> None:
    assert (of_kind(counts, kind) or 0) >= FLOORS.get(kind, 100)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("kind", PRINTED)
def test_a_damaged_report_printed_to_pdf_is_read_right(page: Page, kind: str) -> None:
    total: Counter[str] = Counter()
    for paper in papers(kind, 1):
        data = print_pdf(page, pdf_page(paper))
        report = build_report(read_document(data, kind), SourceFile(kind, "00" * 32, len(data)))
        total.update({verdict: len(cells) for verdict, cells in judge(paper, report.cells).items()})
    assert (total["silent"], share([total])) == (0, 100)
