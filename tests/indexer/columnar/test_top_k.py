"""The first few are the same as when all are put in order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.top_k import TopK, indexes_of_top

values = st.lists(
    st.sampled_from((-np.inf, -1.5, 0.0, 0.5, 7.0)) | st.integers(0, 9).map(float),
    min_size=1,
    max_size=600,
)


@given(values, st.integers(0, 12), st.integers(1, 900), st.randoms())
def test_the_top_k_are_the_first_of_the_whole_order(numbers, count, different, random):
    ties = [random.randrange(different) for _ in numbers]
    names = [f"{name:04}" for name in random.sample(range(len(numbers)), len(numbers))]
    whole = sorted(range(len(numbers)), key=lambda at: (-numbers[at], ties[at], names[at]))
    assert (
        TopK(np.array(numbers), np.array(ties).__getitem__, lambda at: [names[one] for one in at])
        .first(count)
        .tolist()
        == whole[:count]
    )


@given(values, st.integers(1, 12))
def test_all_ties_with_the_kth_greatest_are_returned(numbers, count):
    least = sorted(numbers, reverse=True)[:count][-1]
    assert indexes_of_top(np.array(numbers), count).tolist() == [
        at for at, one in enumerate(numbers) if one >= least
    ]
