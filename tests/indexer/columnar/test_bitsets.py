"""Bits say what masks say, and facets counted by them what they count one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.bitsets import common, nowhere, pack, unpack
from indexer.engines.whoosh.reader.facet_columns import build_facet

masks = st.lists(st.booleans(), max_size=200).map(lambda bits: np.array(bits, dtype=np.bool_))


@given(masks)
def test_bits_come_back_as_the_mask_that_they_were(mask):
    bits = pack(mask)
    assert unpack(bits, len(mask)).tolist() == mask.tolist()
    assert int(np.bitwise_count(bits).sum()) == np.count_nonzero(mask)


@given(st.integers(0, 200))
def test_nowhere_is_the_bits_of_none(size):
    assert nowhere(size).tolist() == pack(np.zeros(size, dtype=np.bool_)).tolist()


@given(st.data())
def test_rows_have_in_common_what_their_masks_have(data):
    size = data.draw(st.integers(1, 150))
    some = st.lists(st.booleans(), min_size=size, max_size=size).map(np.array)
    rows, mask = data.draw(st.lists(some, min_size=1, max_size=5)), data.draw(some)
    found = common(np.stack([pack(row) for row in rows]), pack(mask))
    assert found.tolist() == [np.count_nonzero(row & mask) for row in rows]


@given(st.data())
def test_a_facet_counts_by_bits_what_it_counts_one_by_one(data):
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
    assert facet.has_bits
    assert list(facet.counts_by_bits(pack(mask)).values()) == expected
