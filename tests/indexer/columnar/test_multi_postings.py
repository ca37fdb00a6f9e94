"""A word is read from several segments as if they were one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.multi_postings import MultiPostings, SegmentTerm
from indexer.columnar.postings_builder import build_postings
from tests.indexer.columnar.test_postings import divided, reread

SIZE = 100
positions = st.lists(st.integers(0, 3) | st.integers(0, 400), min_size=1, max_size=4).map(sorted)
documents = st.dictionaries(st.integers(0, SIZE - 1), positions, min_size=1, max_size=SIZE)
long = documents | st.integers(200, 70_000).map(lambda count: {0: list(range(count))})


@given(
    st.lists(documents, min_size=1, max_size=4) | st.lists(long, min_size=1, max_size=2), st.data()
)
def test_postings_of_a_term_are_read_from_all_segments(segments, data):
    places, expected, starts = [], {}, {}
    for at, docs in enumerate(segments):
        occurrences, parts = divided({b"a": docs}, SIZE, 3, data.draw)
        postings = reread(build_postings(occurrences, parts), ("a", "b", "c"))
        places.append(SegmentTerm(postings, 0, at * SIZE))
        expected |= {doc + at * SIZE: docs[doc] for doc in sorted(docs)}
        starts |= {doc + at * SIZE: parts.starts[doc].tolist() for doc in docs}
    word = MultiPostings(places)
    assert (word.doc_freq, word.total_freq) == (len(expected), sum(map(len, expected.values())))
    assert word.docs().tolist() == list(expected)
    assert word.freqs().tolist() == list(map(len, expected.values()))
    bits = [
        sum({1 << sum(start <= one for start in starts[doc][1:]) for one in expected[doc]})
        for doc in expected
    ]
    assert word.part_sets().tolist() == bits
    which = np.array(sorted(data.draw(st.sets(st.integers(0, word.doc_freq - 1)))), dtype=np.int64)
    docs = word.docs()[which]
    assert word.positions(word.freqs(), which).tolist() == [
        at for doc in docs.tolist() for at in expected[doc]
    ]
    assert word.part_starts(docs, which).tolist() == [starts[doc] for doc in docs.tolist()]
