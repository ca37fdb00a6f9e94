"""Numbers of terms are read as they were, whatever they are, in whatever way they are asked for."""

from __future__ import annotations

from itertools import accumulate, chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar import stream_writer as module
from indexer.columnar.bits import WIDTHS, pack, unpack, unpack_short
from indexer.columnar.stream_writer import encode_stream, encode_streams
from indexer.columnar.streams import IntegerStream

GREATEST = 2**32 - 1
terms = st.lists(
    st.lists(
        st.integers(0, 3)
        | st.integers(0, 32).map(lambda bits: 2**bits - 1)
        | st.integers(0, GREATEST),
        max_size=60,
    )
    | st.integers(0, 12).flatmap(lambda bits: st.lists(st.integers(0, 2**bits), max_size=60)),
    min_size=1,
    max_size=12,
)


def encoded(lists):
    numbers = np.array([number for one in lists for number in one], dtype=np.uint32)
    return encode_stream("x", numbers, np.array([len(one) for one in lists]))


def stored(lists):
    """The bytes of the numbers, without the zeros behind them."""
    return bytes(encoded(lists)["x_bytes"])[:-32]


@given(terms, st.sampled_from((1, 30, 1 << 19)))
def test_the_numbers_of_each_term_are_read_as_they_were(lists, at_once):
    before, module._CHUNK_SIZE = module._CHUNK_SIZE, at_once
    try:
        stream = IntegerStream(encoded(lists), "x")
    finally:
        module._CHUNK_SIZE = before
    for term, numbers in enumerate(lists):
        assert stream.read(term, len(numbers)).tolist() == numbers
        assert stream.read_short(term, len(numbers)) == numbers
        if numbers:
            there = np.empty(len(numbers), dtype=np.min_scalar_type(stream.upper_bound(term)))
            stream.read_into(term, there)
            assert there.tolist() == numbers


def test_exceptions_belong_to_their_term_among_many():
    lists = [[0] * 40 + [1000 + term] if term % 3 else [term % 2] for term in range(500)]
    stream = IntegerStream(encoded(lists), "x")
    assert [stream.read_short(term, len(numbers)) for term, numbers in enumerate(lists)] == lists
    assert [stream.read(term, len(numbers)).tolist() for term, numbers in enumerate(lists)] == lists


@given(terms)
def test_the_chunk_size_makes_no_difference(lists):
    whole = encoded(lists)
    before, module._CHUNK_SIZE = module._CHUNK_SIZE, 1
    try:
        parted = encoded(lists)
    finally:
        module._CHUNK_SIZE = before
    assert {name: array.tolist() for name, array in parted.items()} == {
        name: array.tolist() for name, array in whole.items()
    }


@given(terms, st.data())
def test_the_numbers_of_terms_that_follow_each_other_are_read_at_once(lists, data):
    first = data.draw(st.integers(0, len(lists) - 1))
    last = data.draw(st.integers(first + 1, len(lists)))
    stream, sizes = IntegerStream(encoded(lists), "x"), np.array([len(one) for one in lists])
    assert stream.read_range(first, last, sizes[first:last]).tolist() == [
        *chain(*lists[first:last])
    ]
    assert stream.read_all(sizes).tolist() == [*chain(*lists)]


@given(terms, st.integers(0, 1))
def test_cumulative_sums_are_those_of_the_deltas(lists, least):
    stream = IntegerStream(encoded(lists), "x")
    for term, numbers in enumerate(lists):
        gaps = [*numbers[:1], *(number + least for number in numbers[1:])]
        assert stream.read_cumulative(term, len(numbers), least).tolist() == list(accumulate(gaps))


@given(terms, st.data())
def test_single_integers_of_a_term_are_read_by_index(lists, data):
    stream = IntegerStream(encoded(lists), "x")
    for term, numbers in enumerate(lists):
        at = (
            sorted(data.draw(st.sets(st.sampled_from(range(len(numbers))), max_size=10)))
            if numbers
            else []
        )
        picked = stream.read_at(term, len(numbers), np.array(at, dtype=np.int64))
        assert picked.tolist() == [numbers[one] for one in at]


@pytest.mark.parametrize("width", WIDTHS[1:].tolist())
@pytest.mark.parametrize("count", [8, 64, 8 * 1_001, 8 * 2_001])
def test_groups_are_unpacked_as_they_were_packed(width, count):
    numbers = np.random.default_rng(width).integers(0, 1 << width, count, dtype=np.uint64)
    packed = np.append(pack(numbers.reshape(-1, 8), width).ravel(), np.zeros(32, dtype=np.uint8))
    assert len(packed) == count * width // 8 + 32
    assert (unpack(packed, 0, count, width) == numbers).all()
    assert unpack_short(packed[:width].data, width, 8) == numbers[:8].tolist()
    bits = "".join(format(number, f"0{width}b")[::-1] for number in numbers[:8].tolist())
    assert bits == "".join(format(byte, "08b")[::-1] for byte in packed[:width].tolist())


def test_numbers_that_are_all_0_take_no_bytes():
    assert stored([[0] * 1000, [], [0]]) == b""
    assert IntegerStream(encoded([[0] * 1000]), "x").read(0, 1000).tolist() == [0] * 1000


def test_a_term_takes_only_the_bytes_it_needs():
    assert stored([[1025]]) == (1025).to_bytes(2, "little")
    assert stored([[1025], [3, 1, 2]]) == b"\x01\x04" + bytes([3 | 1 << 2 | 2 << 4])


def test_all_bits_set_are_a_number_where_nothing_is_exceptions():
    arrays = encoded([[1] * 8, [7, 7, 7, 0]])
    assert arrays["x_widths"].tolist() == [1, 3]
    assert len(arrays["x_exceptions"]) == 0
    assert IntegerStream(arrays, "x").read_all(np.array([8, 4])).tolist() == [1] * 8 + [7, 7, 7, 0]


def test_one_large_integer_among_many_small_ones_is_an_exception():
    numbers = [3] * 50 + [GREATEST] + [2, 1] * 20
    arrays = encoded([[1], numbers, [5]])
    assert arrays["x_exceptions"].tolist() == [GREATEST]
    assert arrays["x_exception_terms"].tolist() == [1]
    stream = IntegerStream(arrays, "x")
    assert stream.read(1, len(numbers)).tolist() == numbers
    assert stream.read_at(1, len(numbers), np.array([49, 50, 51])).tolist() == [3, GREATEST, 2]


@pytest.mark.parametrize(("greatest", "kind"), [(2**16 - 1, "<u2"), (2**16, "<u4")])
def test_wide_numbers_take_two_bytes_where_all_fit(greatest, kind):
    assert encoded([[0] * 99 + [greatest]])["x_exceptions"].dtype.str == kind


def test_a_term_of_great_numbers_may_have_all_of_them_exceptions():
    numbers = [2**16 - 1 - at for at in range(17)]
    stream = IntegerStream(
        encoded([numbers]) | {"x_widths": np.array([128], dtype=np.uint8)} | wide(numbers), "x"
    )
    assert stream.read(0, 17).tolist() == numbers
    assert stream.read_short(0, 17) == numbers
    assert stream.read_at(0, 17, np.array([3])).tolist() == [numbers[3]]
    assert stream.read_all(np.array([17])).tolist() == numbers


def wide(numbers):
    """The arrays of a stream of one term in which none of the numbers fits."""
    return {
        "x_exceptions": np.array(numbers, dtype=np.uint32),
        "x_exception_terms": np.array([0], dtype=np.uint32),
        "x_exception_ends": np.array([len(numbers)], dtype=np.uint32),
    }


def test_a_stream_of_no_terms_is_empty():
    assert len(IntegerStream(encoded([]), "x").read_all(np.zeros(0, dtype=np.int64))) == 0


@given(st.lists(terms, min_size=1, max_size=5), st.sampled_from((0, 40, 1 << 16)))
def test_streams_are_encoded_together_as_each_by_itself(streams, short):
    named = [
        (
            f"s{at}",
            np.array(list(chain.from_iterable(lists)), dtype=np.uint32),
            np.array([len(one) for one in lists]),
        )
        for at, lists in enumerate(streams)
    ]
    before, module._MAX_SHORT_STREAM = module._MAX_SHORT_STREAM, short
    try:
        together = encode_streams(named)
    finally:
        module._MAX_SHORT_STREAM = before
    alone = {key: array for stream in named for key, array in encode_stream(*stream).items()}
    assert {key: (array.dtype, array.tolist()) for key, array in together.items()} == {
        key: (array.dtype, array.tolist()) for key, array in alone.items()
    }
