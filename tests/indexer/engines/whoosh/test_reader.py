"""What Whoosh's own reader reads of the index is what was put in: every term, every place of it,
every column.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from whoosh.reading import TermNotFound

from indexer.engines.whoosh.schema import STATUS_CODES
from indexer.engines.whoosh.stored_report import unpack_report
from indexer.records import SECTION_KEYS, STATUSES
from indexer.search.catalogue.facets import facets
from indexer.search.catalogue.figures import figures
from indexer.search.documents import HEADING_FIELDS, RANKED_FIELDS, TEXT_FIELDS
from tests.indexer.engines.whoosh.disk import change_often, new_world
from tests.strategies import randoms

WORDS = ("title", "body", *SECTION_KEYS, *HEADING_FIELDS.values())
COLUMNS = ("counts", "texts", "text_starts", "report")
FACETS = tuple(f"facet_{facet}" for facet in facets())


def expected_of(field, entries) -> Mapping[bytes, Mapping[str, Sequence[int]]]:
    """Every term of a field with the reports that have it, and where it stands there."""
    found: dict[bytes, dict[str, list[int]]] = {}
    for report_id, entry in entries.items():
        for term, position in terms_of(field, entry):
            found.setdefault(term, {}).setdefault(report_id, []).extend(
                [] if position is None else [position]
            )
    return found


def terms_of(field, entry):
    """The terms of a report in a field, as the brute-force engine's entry says them, with their
    positions in order.
    """
    if field in FACETS:
        return [
            (value.encode(), None) for value in entry.document.facets[field.removeprefix("facet_")]
        ]
    if field == "bigrams":
        return [
            (first + second, at)
            for at, (first, second) in enumerate(pairwise(units_of(entry)))
            if first != b"\0\n"
        ]
    return [(token.text.encode(), token.position) for token in entry.tokens.get(field, ())]


def units_of(entry):
    """The 16-bit units of the texts as compared, each of the ranked fields on a line of its own."""
    packed = "".join(entry.texts.get(field, "") + "\n" for field in RANKED_FIELDS).encode(
        "utf-16-be"
    )
    return [packed[at : at + 2] for at in range(0, len(packed), 2)]


# ── terms ──


@settings(max_examples=8, deadline=None)
@given(random=randoms())
def test_every_term_of_every_field_is_read_where_it_was_put(random):
    with new_world() as world:
        change_often(world, random, random.randint(1, 14))
        entries = world.entries
        with world.disk() as disk:
            assert sorted(disk.at.values()) == sorted(entries)
            for field in (*WORDS, *FACETS, "bigrams"):
                assert disk.postings(field) == expected_of(field, entries)


@settings(max_examples=8, deadline=None)
@given(random=randoms())
def test_a_field_of_parts_has_every_place_of_its_parts(random):
    with new_world() as world:
        change_often(world, random, random.randint(1, 10))
        entries = world.entries
        with world.disk() as disk:
            for whole, parts in (
                ("text", SECTION_KEYS),
                ("heading", tuple(HEADING_FIELDS.values())),
            ):
                assert disk.postings(whole) == expected_of_parts(parts, entries)


def expected_of_parts(parts, entries):
    """Every term of a field of parts: they follow each other in it, each as long as its words
    reach.
    """
    found: dict[bytes, dict[str, list[int]]] = {}
    for report_id, entry in entries.items():
        before = 0
        for part in parts:
            tokens = entry.tokens.get(part, ())
            for token in tokens:
                found.setdefault(token.text.encode(), {}).setdefault(report_id, []).append(
                    before + token.position
                )
            before += max((token.position for token in tokens), default=-1) + 1
    return found


@settings(max_examples=6, deadline=None)
@given(random=randoms())
def test_frequencies_and_walks_over_the_terms_agree_with_the_postings(random):
    with new_world() as world:
        change_often(world, random, random.randint(1, 12))
        with world.disk() as disk:
            for leaf, _ in disk.searcher.reader().leaf_readers() if disk.at else ():
                for field in (
                    "title",
                    "text",
                    "problems",
                    "heading",
                    "heading_overview",
                    "bigrams",
                    "facet_year",
                    "facet_region",
                ):
                    check_terms(leaf, field, random)


def check_terms(leaf, field, random):
    """All that a reader of one segment says of a field's terms; gone documents count until they are
    merged away.
    """
    terms_reader = leaf.codec().terms_reader(leaf.storage(), leaf.segment())
    fieldobj = leaf.schema[field]
    terms = [fieldobj.to_bytes(text) for text in leaf.field_terms(field)]
    assert terms == sorted(set(terms)) == list(leaf.lexicon(field))
    assert (
        grouped_cumsum(leaf.terms_from(field, b""), field)
        == terms
        == grouped_cumsum(leaf.all_terms(), field)
    )
    cursor = terms_reader.cursor(field, fieldobj)
    for sought in (
        *random.sample(terms, min(len(terms), 4)),
        b"",
        b"\xe5\x85\xac",
        b"\0a\xff",
        b"\xff\xff\xff\xff\xff",
    ):
        at = bisect_left(terms, sought)
        cursor.find(sought)
        assert cursor.is_valid() is (at < len(terms))
        assert cursor.text() == (fieldobj.from_bytes(terms[at]) if at < len(terms) else None)
        assert grouped_cumsum(leaf.terms_from(field, sought), field) == terms[at:]
        assert ((field, sought) in leaf) is (sought in terms)
        if sought in terms:
            check_term(leaf, terms_reader, field, sought)
        else:
            assert leaf.doc_frequency(field, sought) == leaf.frequency(field, sought) == 0
            with pytest.raises(TermNotFound):
                leaf.term_info(field, sought)


def grouped_cumsum(terms, field):
    return [term for name, term in terms if name == field]


def check_term(leaf, terms_reader, field, term):
    matcher = terms_reader.matcher(field, term, leaf.schema[field].format)
    docs, weights = [], []
    while matcher.is_active():
        docs.append(matcher.id())
        weights.append(matcher.weight())
        matcher.next()
    info = leaf.term_info(field, term)
    assert docs == sorted(set(docs))
    assert (leaf.doc_frequency(field, term), leaf.frequency(field, term)) == (
        len(docs),
        sum(weights),
    )
    assert (info.doc_frequency(), info.weight(), info.max_weight()) == (
        len(docs),
        sum(weights),
        max(weights),
    )
    assert (info.min_id(), info.max_id()) == (docs[0], docs[-1])
    assert list(leaf.postings(field, term).all_ids()) == [
        doc for doc in docs if not leaf.is_deleted(doc)
    ]


@settings(max_examples=6, deadline=None)
@given(random=randoms())
def test_without_deleted_documents_document_frequencies_are_exact(random):
    with new_world() as world:
        change_often(world, random, random.randint(1, 8))
        world.apply(list(world.documents.values()), fresh=True)
        entries = world.entries
        with world.disk() as disk:
            reader = disk.searcher.reader()
            assert not reader.has_deletions()
            for field in (*WORDS, "facet_level", "bigrams"):
                for term, having in expected_of(field, entries).items():
                    assert reader.doc_frequency(field, term) == len(having)
                    assert reader.frequency(field, term) == sum(
                        len(places) or 1 for places in having.values()
                    )


# ── documents and columns ──


@settings(max_examples=8, deadline=None)
@given(random=randoms())
def test_every_column_is_read_as_it_was_put(random):
    with new_world() as world:
        change_often(world, random, random.randint(1, 14))
        entries = world.entries
        with world.disk() as disk:
            reader = disk.searcher.reader()
            columns = {
                name: reader.column_reader(name) for name in COLUMNS if reader.has_column(name)
            }
            kept = {key: reader.column_reader(key) for key in figures() if reader.has_column(key)}
            assert not disk.at or (len(columns), len(kept)) == (
                len(COLUMNS),
                len(figures()),
            )
            for docnum, report_id in disk.at.items():
                entry = entries[report_id]
                assert unpack_report(columns["report"][docnum]) == entry.document.report
                assert fields_in(columns["texts"][docnum], columns["text_starts"][docnum]) == {
                    field: entry.texts.get(field, "") for field in RANKED_FIELDS
                }
                assert np.frombuffer(columns["counts"][docnum], "<u4").tolist() == counts_of(entry)
                for key, column in kept.items():
                    number, status = column[docnum]
                    expected, expected_status = figure_of(entry, key)
                    assert (status, math.isnan(number)) == (expected_status, math.isnan(expected))
                    assert math.isnan(number) or number == expected


def fields_in(packed, starts):
    """The text of each ranked field, by where each begins in units."""
    starts = np.frombuffer(starts, "<u4").tolist()
    pieces = [packed[2 * start : 2 * end] for start, end in pairwise([*starts, len(packed) // 2])]
    return {
        field: piece.decode("utf-16-le").removesuffix("\n")
        for field, piece in zip(RANKED_FIELDS, pieces, strict=True)
    }


def counts_of(entry):
    cells = [cell.status for cell in entry.document.report.cells]
    present = sum(1 << bit for bit, field in enumerate(TEXT_FIELDS) if field in entry.texts)
    return [present, *(cells.count(status) for status in STATUSES)]


def figure_of(entry, key):
    figure = entry.document.figures.get(key)
    if figure is None or figure.status != "reported":
        return 0.0, STATUS_CODES[figure.status] if figure else 0
    return math.nan if figure.value is None else entry.figure(key), STATUS_CODES["reported"]


@settings(max_examples=8, deadline=None)
@given(random=randoms())
def test_whoosh_sees_no_deleted_documents(random):
    with new_world() as world:
        change_often(world, random, random.randint(2, 12))
        known = sorted(world.documents)
        gone = random.sample(known, len(known) // 2)
        world.apply([], gone)
        with world.disk() as disk:
            reader = disk.searcher.reader()
            assert sorted(disk.at.values()) == sorted(set(known) - set(gone))
            assert reader.doc_count() == world.engine.stats().reports == len(known) - len(gone)
            assert set(reader.all_doc_ids()) == set(disk.at)


def test_merging_loses_nothing_and_leaves_few_segments():
    with new_world() as world:
        change_often(world, Random(8), 40)
        entries = world.entries
        with world.disk() as disk:
            assert 1 < len(disk.searcher.reader().leaf_readers()) < 10
            for field in (*WORDS, *FACETS, "bigrams"):
                assert disk.postings(field) == expected_of(field, entries)
