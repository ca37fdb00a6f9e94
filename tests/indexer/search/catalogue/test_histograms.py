"""Bins by powers of ten, sums and medians."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from indexer.search.catalogue.histograms import as_float, build_histogram

COUNT, AMOUNT = "requests.received.total", "proactive.procurement.amount_yuan"


@pytest.mark.parametrize(
    ("key", "values", "bins"),
    [
        (COUNT, [], ()),
        (COUNT, [0, 0], ((0, 0, 2),)),
        (
            COUNT,
            [1, 9, 10, 1000],
            ((0, 0, 0), (1, 9, 2), (10, 99, 1), (100, 999, 0), (1000, 9999, 1)),
        ),
        (
            "proactive.licensing.items_change",
            [-26, -1, 3],
            ((-99, -10, 1), (-9, -1, 1), (0, 0, 0), (1, 9, 1)),
        ),
        (AMOUNT, [0.05, 9.99], ((0, 0, 0), (0.01, 0.09, 1), (0.1, 0.99, 0), (1, 9.99, 1))),
    ],
)
def test_counts_zero_and_then_powers_of_ten(key, values, bins):
    numbers = np.array(values, dtype=np.float64)
    assert build_histogram(key, numbers, 0, numbers, 0).bins == bins


def test_sums_without_regard_to_the_order():
    values = np.array([0.1] * 10 + [1e15, -1e15])
    assert build_histogram(AMOUNT, values, 0, values, 0).total == 1
    assert build_histogram(AMOUNT, values[::-1], 0, values[::-1], 0).total == 1


def test_gives_whole_sums_as_whole_numbers_and_others_exactly():
    values = np.array([1.5, 2.0])
    histogram = build_histogram(AMOUNT, values, 4, values, 1)
    assert (histogram.total, histogram.median, histogram.count, histogram.unjudged) == (
        Decimal("3.5"),
        1.75,
        2,
        5,
    )
    assert build_histogram(COUNT, values, 0, np.array([]), 0).median is None


def test_a_number_beyond_all_sense_still_counts():
    assert as_float(10**400) == 1e300
    assert as_float(Decimal("0.05")) == 0.05
