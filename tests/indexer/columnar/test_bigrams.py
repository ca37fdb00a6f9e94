"""Every pair of neighbouring units is found at every place where it stands, and nowhere else."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar import bigrams as module
from indexer.columnar.array_file import read_arrays, write_arrays
from indexer.columnar.bigrams import LINE_FEED, BigramPostings, build_bigrams

documents = st.lists(
    st.lists(st.sampled_from((1, 2, 300, 0xD842, 0xFFFF, LINE_FEED)), max_size=8).map(
        lambda units: [*units, LINE_FEED]
    ),
    min_size=1,
    max_size=8,
)


def read(texts):
    units = np.array([unit for text in texts for unit in text], dtype=np.uint16)
    file = io.BytesIO()
    write_arrays(file, build_bigrams(units, np.cumsum([len(text) for text in texts])), {})
    return BigramPostings(read_arrays(memoryview(file.getvalue())))


def places_of(texts):
    """The places of every pair, by document."""
    found = {}
    for doc, text in enumerate(texts):
        for at, pair in enumerate(pairwise(text)):
            if pair[0] != LINE_FEED:
                found.setdefault(pair, {}).setdefault(doc, []).append(at)
    return found


@given(documents, st.integers(1, 9))
def test_every_bigram_is_found_at_every_position(texts, at_once):
    before, module._CHUNK_SIZE = module._CHUNK_SIZE, at_once
    try:
        postings = read(texts)
    finally:
        module._CHUNK_SIZE = before
    begins = np.cumsum([0, *map(len, texts)])
    expected = places_of(texts)
    assert postings.size == len(expected)
    for (first, second), docs in expected.items():
        number = postings.find_units(first, second)
        assert postings.find(first.to_bytes(2, "big") + second.to_bytes(2, "big")) == number
        assert postings.global_positions(number).tolist() == [
            begins[doc] + at for doc in docs for at in docs[doc]
        ]
        assert postings.docs(number).tolist() == list(docs)
        counts = postings.freqs(number)
        assert counts.tolist() == [len(places) for places in docs.values()]
        assert postings.positions(number, counts).tolist() == [
            at for places in docs.values() for at in places
        ]


@given(documents, st.sampled_from((1, 2, 3, 300, 0xFFFF)))
def test_a_single_unit_is_found_at_every_position(texts, unit):
    units = [one for text in texts for one in text]
    assert read(texts).unit_positions(unit).tolist() == [
        at for at, one in enumerate(units) if one == unit
    ]


@given(documents, st.binary(max_size=5))
def test_terms_are_sorted_by_their_bytes(texts, sought):
    postings = read(texts)
    terms = [postings.term(number) for number in range(postings.size)]
    assert terms == sorted(terms)
    assert postings.lower_bound(sought) == sum(term < sought for term in terms)
    assert postings.find(sought) == (terms.index(sought) if sought in terms else None)


def test_places_far_apart_are_read_as_they_were():
    text = [5, 6, *([7] * 200_000), 5, 6, LINE_FEED]
    postings = read([text])
    assert postings.global_positions(postings.find_units(5, 6)).tolist() == [0, 200_002]
    assert postings.total_freq(postings.find_units(7, 7)) == 199_999
