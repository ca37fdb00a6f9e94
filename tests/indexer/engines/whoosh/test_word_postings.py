"""Of a word in a field only what stands in reports that are left is told, by their numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.multi_postings import MultiPostings, SegmentTerm
from indexer.columnar.postings_builder import build_postings
from indexer.engines.whoosh.reader.word_postings import FieldTermPostings
from tests.indexer.columnar.test_postings import divided, reread

SIZE = 40
positions = st.lists(st.integers(0, 9), min_size=1, max_size=4).map(sorted)
segments = st.lists(
    st.dictionaries(st.integers(0, SIZE - 1), positions, min_size=1), min_size=1, max_size=3
)


def part_of(starts, position):
    return sum(start <= position for start in starts[1:])


@given(segments, st.data())
def test_deleted_documents_are_left_out(segments, data):
    places, known, starts = [], {}, {}
    for at, docs in enumerate(segments):
        occurrences, parts = divided({b"a": docs}, SIZE, 3, data.draw)
        postings = reread(build_postings(occurrences, parts), ("a", "b", "c"))
        places.append(SegmentTerm(postings, 0, at * SIZE))
        known |= {doc + at * SIZE: docs[doc] for doc in sorted(docs)}
        starts |= {doc + at * SIZE: parts.starts[doc].tolist() for doc in docs}
    gone = data.draw(
        st.sets(st.sampled_from(sorted(known)) | st.integers(0, SIZE * len(segments) - 1))
    )
    live = np.array([doc not in gone for doc in range(SIZE * len(segments))])
    numbers = np.where(live, np.cumsum(live) - 1, -1)
    left = {int(numbers[doc]): (known[doc], starts[doc]) for doc in known if doc not in gone}

    word = FieldTermPostings(MultiPostings(places), numbers if gone else None)
    assert word.total_freq == sum(map(len, known.values()))
    assert word.reports.tolist() == word.freqs.docs.tolist() == list(left)
    assert word.freqs.freqs.tolist() == [len(found) for found, _ in left.values()]
    assert word.part_sets.tolist() == [
        sum({1 << part_of(begin, at) for at in found}) for found, begin in left.values()
    ]

    reports = sorted(data.draw(st.sets(st.integers(0, max(int(live.sum()) - 1, 0)))))
    found = word.positions(np.array(reports, dtype=np.int64))
    assert list(
        zip(found.docs.tolist(), found.positions.tolist(), found.parts.tolist(), strict=True)
    ) == [
        (report, at, part_of(left[report][1], at))
        for report in reports
        if report in left
        for at in left[report][0]
    ]
