"""A facet counts the same in either way."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.bitsets import pack_mask
from indexer.engines.whoosh.reader.facet_columns import build_facet


@given(st.data())
def test_a_facet_intersection_counts_what_it_counts_one_by_one(data):
    size, values = data.draw(st.integers(1, 150)), data.draw(st.integers(1, 5))
    pairs = sorted(
        data.draw(
            st.sets(st.tuples(st.integers(0, size - 1), st.integers(1, values)), max_size=200)
        )
    )
    docs, codes = (np.array([pair[at] for pair in pairs], dtype=np.int64) for at in (0, 1))
    facet = build_facet("level", [f"value {number}" for number in range(values)], docs, codes, size)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    expected = [
        sum(mask[doc] and code == value for doc, code in pairs) for value in range(1, values + 1)
    ]
    assert list(facet.counts(mask, np.flatnonzero(mask)).values()) == expected
    assert facet.has_bitsets
    assert list(facet.intersection_counts(pack_mask(mask)).values()) == expected
