"""Bits say what masks say, and facets counted by them what they count one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.bitsets import empty_bitset, intersection_counts, pack_mask, unpack_mask

masks = st.lists(st.booleans(), max_size=200).map(lambda bits: np.array(bits, dtype=np.bool_))


@given(masks)
def test_a_mask_survives_packing(mask):
    bits = pack_mask(mask)
    assert unpack_mask(bits, len(mask)).tolist() == mask.tolist()
    assert int(np.bitwise_count(bits).sum()) == np.count_nonzero(mask)


@given(st.integers(0, 200))
def test_the_empty_bitset_is_that_of_an_empty_mask(size):
    assert empty_bitset(size).tolist() == pack_mask(np.zeros(size, dtype=np.bool_)).tolist()


@given(st.data())
def test_intersections_of_bitsets_count_like_those_of_masks(data):
    size = data.draw(st.integers(1, 150))
    some = st.lists(st.booleans(), min_size=size, max_size=size).map(np.array)
    rows, mask = data.draw(st.lists(some, min_size=1, max_size=5)), data.draw(some)
    found = intersection_counts(np.stack([pack_mask(row) for row in rows]), pack_mask(mask))
    assert found.tolist() == [np.count_nonzero(row & mask) for row in rows]
