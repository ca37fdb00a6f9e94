"""A report packed and read again is the report, to the type of its every number."""

from __future__ import annotations

import copy
import pickle
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh.stored_cells import StoredCells, pack_cells
from indexer.engines.whoosh.stored_report import pack_report, unpack_report
from indexer.records import (
    STATUSES,
    Cell,
    Division,
    Finding,
    Identity,
    Message,
    Paragraph,
    Passage,
    PrintedLabel,
    Region,
    Report,
    Section,
    SourceFile,
    SourcePlace,
)
from indexer.search.catalogue.figures import figures
from tests.saying import SOMETHING
from tests.strategies import KEYS, make_report, randoms

STRINGS = st.text(st.characters(exclude_categories=()), max_size=8)
"""Half surrogate pairs included: a file can hold them."""
COUNTS = st.integers() | st.integers(1, 300)
NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
CELL_KEYS = st.sampled_from(list(figures())) | st.sampled_from(KEYS) | STRINGS


def maybe(strategy):
    return st.none() | strategy


def tuples_of(strategy, most=4):
    return st.lists(strategy, max_size=most).map(tuple)


PLACES = st.builds(SourcePlace, *[maybe(COUNTS)] * 5)
CELLS = st.builds(
    Cell,
    CELL_KEYS,
    maybe(NUMBERS),
    st.sampled_from(STATUSES),
    maybe(STRINGS),
    maybe(STRINGS),
    maybe(PLACES),
)
PARAGRAPHS = st.builds(Paragraph, COUNTS, STRINGS, st.sampled_from(["text", "note"]))
SECTIONS = st.builds(Section, STRINGS, maybe(STRINGS), tuples_of(PARAGRAPHS), maybe(COUNTS))
DIVISIONS = maybe(
    st.builds(
        Division,
        maybe(STRINGS),
        maybe(STRINGS),
        st.just("text"),
        st.just("ambiguous"),
        tuples_of(STRINGS),
    )
)
PASSAGES = st.builds(Passage, COUNTS, COUNTS, COUNTS)
MESSAGES = st.deferred(
    lambda: st.builds(
        Message,
        STRINGS,
        st.dictionaries(st.sampled_from(["a", "b", "c"]), PARAMS, max_size=3).map(
            lambda params: tuple(params.items())
        ),
    )
)
PARAMS = st.deferred(
    lambda: (
        STRINGS
        | NUMBERS
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.dates()
        | MESSAGES
        | tuples_of(PARAMS, 2)
    )
)
FINDINGS = st.builds(
    Finding,
    STRINGS,
    st.just("doubt"),
    MESSAGES,
    tuples_of(STRINGS),
    maybe(NUMBERS),
    maybe(NUMBERS),
    tuples_of(PASSAGES),
)
SOURCES = st.builds(SourceFile, STRINGS, STRINGS, COUNTS, *[maybe(STRINGS)] * 4)
DAYS = st.dates(date(1, 1, 1))
IDENTITIES = st.builds(
    Identity,
    maybe(STRINGS),
    st.booleans(),
    maybe(STRINGS),
    st.just("county"),
    st.none(),
    st.builds(Region, *[DIVISIONS] * 5),
    maybe(COUNTS),
    maybe(st.tuples(DAYS, DAYS)),
    maybe(DAYS),
)
REPORTS = st.builds(
    Report,
    STRINGS,
    IDENTITIES,
    st.just("hybrid"),
    tuples_of(SECTIONS),
    tuples_of(CELLS, 12),
    tuples_of(st.builds(PrintedLabel, STRINGS, STRINGS)),
    tuples_of(FINDINGS),
    tuples_of(SOURCES),
)


def plain(report):
    """The same as a plain record, whose repr shows the type of every number."""
    return Report(*(getattr(report, field.name) for field in fields(Report)))


@settings(deadline=None)
@given(REPORTS)
def test_any_report_comes_back_as_it_was(report):
    read = unpack_report(pack_report(report))
    assert read == report
    assert report == read
    assert hash(read) == hash(report)
    assert repr(plain(read)) == repr(report)


@settings(deadline=None)
@given(REPORTS)
def test_a_cell_is_found_by_its_key_as_in_the_report(report):
    read = unpack_report(pack_report(report))
    assert all(repr(read.cell(cell.key)) == repr(report.cell(cell.key)) for cell in report.cells)
    assert read.cell("nothing.of.the.kind") is None


def test_the_keys_of_a_form_are_one_run_of_the_catalogue():
    cells = tuple(Cell(key, at, "reported", str(at)) for at, key in enumerate(figures()))
    packed = pack_cells(cells)
    assert packed[0] == (0, len(cells))
    assert StoredCells(packed).cells() == cells


def test_two_reports_that_differ_in_anything_are_not_equal():
    report = some_report()
    other = replace(report, cells=(*report.cells, Cell("x", 1, "reported", "1")))
    read = unpack_report(pack_report(report))
    assert read != unpack_report(pack_report(other))
    assert read != other
    assert other != read
    assert read != report.id


@settings(deadline=None)
@given(randoms())
def test_a_part_that_nobody_asks_for_is_not_made(random):
    report = make_report(random)
    read = unpack_report(pack_report(report))
    made = []
    monkey = pytest.MonkeyPatch()
    with monkey.context() as patch:
        patch.setattr(StoredCells, "cells", lambda columns: made.append(columns))
        assert (read.id, read.identity, read.findings) == (
            report.id,
            report.identity,
            report.findings,
        )
        assert not made
        assert (read.cells, len(made)) == (None, 1)


@pytest.mark.parametrize(
    "leave", [copy.copy, copy.deepcopy, lambda report: pickle.loads(pickle.dumps(report))]
)
def test_a_copy_is_a_plain_record(leave):
    report = some_report()
    left = leave(unpack_report(pack_report(report)))
    assert type(left) is Report
    assert left == report


def test_a_changed_report_has_the_change_and_all_else():
    report = some_report()
    assert replace(unpack_report(pack_report(report)), findings=()) == replace(report, findings=())


def test_what_a_report_does_not_have_is_no_attribute_of_it():
    with pytest.raises(AttributeError):
        unpack_report(pack_report(some_report())).pages  # noqa: B018


@settings(deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused_before_anything_is_read(place, bit):
    packed = bytearray(pack_report(some_report()))
    packed[int(place * len(packed))] ^= 1 << bit
    with pytest.raises(ValueError, match="checksum"):
        unpack_report(bytes(packed))


@pytest.mark.parametrize("length", [0, 3, 7, 8, 100])
def test_a_piece_of_a_report_is_refused(length):
    with pytest.raises(ValueError, match="checksum"):
        unpack_report(pack_report(some_report())[:length])


def test_a_stored_cell_still_says_whether_its_text_shows_its_value():
    cells = tuple(
        Cell(key, 9, "reported", raw, as_printed=as_printed)
        for key, raw, as_printed in zip(
            figures(), ("9例", "9（含2件）", "9"), (True, False, True), strict=False
        )
    )
    report = unpack_report(pack_report(replace(some_report(), cells=cells)))

    assert [cell.as_printed for cell in report.cells] == [True, False, True]


def some_report() -> Report:
    return Report(
        "aaaaaaaaaaaa",
        Identity(
            "标题", True, "荷岭镇人民政府", "township", None, Region(), 2019, None, date(2020, 1, 2)
        ),
        "2019",
        (Section("overview", "一、总体情况", (Paragraph(1, "公开"), Paragraph(2, "", "note")), 1),),
        (
            Cell("requests.received.total", 10**30, "reported", "1", None, SourcePlace(1, 2, 3, 4)),
            Cell(
                "proactive.procurement.amount_yuan",
                Decimal("914701.50"),
                "suspect",
                "91.4701\ud800万元",
                "万元",
            ),
        ),
        (),
        (
            Finding(
                "requests.balance",
                "doubt",
                SOMETHING,
                ("x",),
                Decimal("0.10"),
                0,
                (Passage(1, 0, 2),),
            ),
        ),
        (SourceFile("a.txt", "00", 1),),
    )
