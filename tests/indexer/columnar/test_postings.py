"""What is written as arrays is read as it was, whatever the numbers."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.array_file import DamagedArrayFile, read_arrays, write_arrays
from indexer.columnar.multi_postings import MultiPostings, SegmentTerm
from indexer.columnar.postings import (
    FieldPostings,
    PartBounds,
    PartPostings,
    TermOccurrences,
)
from indexer.columnar.postings_builder import build_postings

TERMS = (b"", b"a", b"ab", "公".encode(), "公开".encode(), b"z")
positions = st.lists(
    st.integers(0, 3) | st.integers(0, 400) | st.integers(0, 100_000), min_size=1, max_size=4
).map(sorted)
fields = st.dictionaries(
    st.sampled_from(TERMS),
    st.dictionaries(st.integers(0, 5) | st.integers(0, 70_000), positions, min_size=1, max_size=12),
)


def occurrences_of(field, with_positions=True):
    """The occurrences as a writer meets them: a document after the other."""
    terms = sorted(field, reverse=True)
    met = sorted(
        (doc, at, terms.index(term))
        for term, docs in field.items()
        for doc, places in docs.items()
        for at in places
    )
    if not with_positions:
        met = sorted({(doc, 0, number) for doc, _, number in met})
    docs, places, numbers = (
        np.array([one[part] for one in met], dtype=np.uint32) for part in range(3)
    )
    return TermOccurrences(terms, numbers, docs, places if with_positions else None)


def reread(arrays, parts=()):
    file = io.BytesIO()
    write_arrays(file, arrays, {"parts": parts})
    return FieldPostings(read_arrays(memoryview(file.getvalue())))


@given(fields)
def test_every_posting_is_read_as_it_was_written(field):
    postings = reread(build_postings(occurrences_of(field)))
    assert [postings.term(number) for number in range(postings.size)] == sorted(field)
    for term, docs in field.items():
        number = postings.find(term)
        assert postings.doc_freq(number) == len(docs)
        assert postings.docs(number).tolist() == sorted(docs)
        counts = postings.freqs(number)
        assert counts.tolist() == [len(docs[doc]) for doc in sorted(docs)]
        assert postings.positions(number, counts).tolist() == [
            at for doc in sorted(docs) for at in docs[doc]
        ]


def divided(field, size, width, draw):
    """The occurrences of a field whose documents are cut into parts at drawn positions."""
    starts = np.zeros((size, width), dtype=np.uint32)
    for doc in {doc for docs in field.values() for doc in docs}:
        starts[doc, 1:] = sorted(
            draw(st.lists(st.integers(0, 500), min_size=width - 1, max_size=width - 1))
        )
    whole = occurrences_of(field)
    part = np.array(
        [
            sum(start <= at for start in starts[doc, 1:])
            for doc, at in zip(whole.docs, whole.positions, strict=True)
        ],
        dtype=np.uint8,
    )
    return TermOccurrences(
        whole.terms, whole.numbers, whole.docs, whole.positions, part
    ), PartBounds(starts, starts[:, -1])


@given(fields, st.data())
def test_each_part_of_a_field_is_read_as_a_field_of_its_own(field, data):
    occurrences, parts = divided(field, 70_001, 3, data.draw)
    postings = reread(build_postings(occurrences, parts), ("a", "b", "c"))
    for number, term in enumerate(sorted(field)):
        for part in range(3):
            there = PartPostings(postings, part)
            expected = {}
            for doc, places in field[term].items():
                edges = parts.starts[doc].tolist()
                inside = [
                    at - edges[part]
                    for at in places
                    if sum(edge <= at for edge in edges[1:]) == part
                ]
                expected |= {doc: inside} if inside else {}
            assert there.find(term) == (number if expected else None)
            assert there.doc_freq(number) == len(expected)
            assert there.docs(number).tolist() == sorted(expected)
            counts = there.freqs(number)
            assert counts.tolist() == [len(expected[doc]) for doc in sorted(expected)]
            assert there.positions(number, counts).tolist() == [
                at for doc in sorted(expected) for at in expected[doc]
            ]


@given(fields, st.data())
def test_how_a_field_is_divided_is_read_as_it_was_written(field, data):
    occurrences, parts = divided(field, 70_001, 3, data.draw)
    built = build_postings(occurrences, parts)
    postings = reread(built, ("a", "b", "c"))
    assert postings.part_bounds.starts.tolist() == parts.starts.tolist()
    again = build_postings(postings.decode(), postings.part_bounds)
    assert {name: array.tolist() for name, array in again.items()} == {
        name: array.tolist() for name, array in built.items()
    }


@given(fields, st.booleans())
def test_all_of_a_field_is_read_at_once_as_it_was_written(field, with_positions):
    built = build_postings(occurrences_of(field, with_positions))
    again = build_postings(reread(built).decode())
    assert {name: array.tolist() for name, array in again.items()} == {
        name: array.tolist() for name, array in built.items()
    }


@given(fields)
def test_a_field_without_positions_keeps_the_documents(field):
    postings = reread(build_postings(occurrences_of(field, with_positions=False)))
    assert not postings.has_positions
    assert {postings.term(n): postings.docs(n).tolist() for n in range(postings.size)} == {
        term: sorted(docs) for term, docs in field.items()
    }


@given(fields, st.sampled_from(TERMS) | st.binary(max_size=3))
def test_terms_are_found_by_their_bytes(field, sought):
    postings = reread(build_postings(occurrences_of(field)))
    terms = sorted(field)
    assert postings.find(sought) == (terms.index(sought) if sought in field else None)
    assert postings.lower_bound(sought) == sum(term < sought for term in terms)


def test_many_terms_and_counts_beyond_a_byte_are_read_as_they_were():
    random = np.random.default_rng(1)
    words = [b"%d" % number for number in range(70_000)]
    numbers = np.concatenate([np.arange(70_000), np.zeros(1000)]).astype(np.uint32)
    docs = np.concatenate([random.integers(0, 300, 70_000), np.full(1000, 300)]).astype(np.uint32)
    postings = reread(
        build_postings(TermOccurrences(words, numbers, docs, np.arange(71_000, dtype=np.uint32)))
    )
    zero = postings.find(b"0")
    assert postings.freqs(zero).tolist() == [1, 1000]
    assert postings.positions(zero, postings.freqs(zero)).tolist() == [0, *range(70_000, 71_000)]
    assert all(
        postings.docs(postings.find(b"%d" % at)).tolist() == [docs[at]]
        for at in range(1, 70_000, 997)
    )


@pytest.mark.parametrize("at", [0, 9, 13, 20])
def test_a_file_that_is_damaged_in_its_head_is_refused(at):
    file = io.BytesIO()
    write_arrays(file, {"numbers": np.arange(3)}, {})
    data = bytearray(file.getvalue())
    data[at] ^= 1
    with pytest.raises(DamagedArrayFile):
        read_arrays(memoryview(data))


@pytest.mark.parametrize(
    ("share", "size"), [(1.0, 100), (0.9, 20_000), (0.05, 20_000), (0.002, 20_000)]
)
def test_terms_of_many_documents_are_read_as_they_were(share, size):
    random = np.random.default_rng(size)
    docs = np.flatnonzero(random.random(size) < share)
    counts = random.geometric(0.6, len(docs))
    met = np.repeat(docs, counts).astype(np.uint32)
    places = np.concatenate(
        [np.sort(random.choice(900, count, replace=False)) for count in counts]
    ).astype(np.uint32)
    starts = np.tile(np.array([[0, 10, 500]], dtype=np.uint32), (size, 1))
    part = (places >= 10).astype(np.uint8) + (places >= 500).astype(np.uint8)
    found = TermOccurrences([b"a"], np.zeros(len(met), dtype=np.uint32), met, places, part)
    postings = reread(
        build_postings(found, PartBounds(starts, np.full(size, 900))), ("a", "b", "c")
    )
    begins = np.cumsum(counts) - counts
    assert postings.doc_freq(0) == len(docs)
    assert postings.total_freq(0) == len(met)
    assert (postings.docs(0) == docs).all()
    assert (postings.freqs(0) == counts).all()
    assert (postings.positions(0, counts) == places).all()
    assert (postings.part_sets(0) == np.bitwise_or.reduceat(1 << part, begins)).all()
    there = MultiPostings([SegmentTerm(postings, 0, 0), SegmentTerm(postings, 0, size)])
    assert (there.docs() == np.concatenate([docs, docs + size])).all()
    assert (there.freqs() == np.tile(counts, 2)).all()
    for step in (1, 7, 50):
        which = np.arange(0, 2 * len(docs), step)
        picked = [places[begins[one] : begins[one] + counts[one]] for one in which % len(docs)]
        assert (there.positions(np.tile(counts, 2), which) == np.concatenate(picked)).all()


@given(
    st.sets(
        st.binary(max_size=12) | st.binary(max_size=3).map(lambda end: b"20210000" + end),
        min_size=1,
    ),
    st.data(),
)
def test_terms_that_begin_alike_are_found_by_their_bytes(words, data):
    terms = sorted(words)
    numbers = np.arange(len(terms), dtype=np.uint32)
    postings = reread(build_postings(TermOccurrences(terms, numbers, numbers, None)))
    sought = data.draw(
        st.sampled_from(terms) | st.sampled_from(terms).map(lambda term: term + b"\0") | st.binary()
    )
    assert postings.lower_bound(sought) == sum(term < sought for term in terms)
    assert postings.find(sought) == (terms.index(sought) if sought in words else None)
    assert postings.with_prefix(sought) == [term for term in terms if term.startswith(sought)]
    assert postings.heads(3).tolist() == [
        int.from_bytes(term[:3].ljust(3, b"\0"), "big") for term in terms
    ]
