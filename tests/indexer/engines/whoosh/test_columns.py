"""Figures are read from a column as they were written."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.columns import FigureReader, pack_figures

number = st.integers(0, 3) | st.integers(0, 2**32) | st.floats(allow_nan=False)
tables = st.integers(0, 40).flatmap(
    lambda size: st.lists(
        st.tuples(
            st.lists(number, min_size=size, max_size=size)
            | st.lists(st.integers(0, 9), min_size=size, max_size=size),
            st.lists(st.sampled_from((1, 1, 1, 2, 6, 255)), min_size=size, max_size=size),
        ),
        min_size=1,
        max_size=6,
    )
)


def packed(table):
    return pack_figures(
        np.array([numbers for numbers, _ in table], dtype=np.float64),
        np.array([statuses for _, statuses in table], dtype=np.uint8),
    )


@given(tables)
def test_every_column_is_read_as_it_was_written(table):
    for (numbers, statuses), content in zip(table, packed(table), strict=True):
        read = FigureReader(memoryview(content), len(numbers))
        assert read.numbers.tolist() == [float(number) for number in numbers]
        assert read.statuses.tolist() == statuses


@pytest.mark.parametrize(
    ("greatest", "kind"), [(255, "u1"), (256, "u2"), (65_536, "u4"), (2**32, "f8"), (0.5, "f8")]
)
def test_numbers_have_the_smallest_type_that_holds_them(greatest, kind):
    content = packed([([0.0, greatest], [1, 1])])
    assert FigureReader(memoryview(content[0]), 2).numbers.dtype == np.dtype(kind)


def test_a_number_that_is_none_stays_none():
    content = packed([([np.nan, 1.0], [3, 1])])
    read = FigureReader(memoryview(content[0]), 2)
    assert np.isnan(read.numbers[0])
    assert read.statuses.tolist() == [3, 1]


def test_figures_that_are_all_0_and_alike_take_no_space():
    short, long = (packed([([0] * size, [1] * size)])[0] for size in (1, 10_000))
    assert len(short) == len(long)
