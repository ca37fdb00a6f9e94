"""IntArray of so many bits each, eight of them in so many bytes: number j of a group of eight is the bits from `j * width` on.

Bits are counted from the lowest of the first byte. Eight are worked on at a time, in words of 64 bits: one word where all eight fit
into it, else two with four of them each, else four with two. So a width above 16 is a multiple of 4: each word begins with a byte
(of 9, 11, 13 and 15 bits the second word begins within one).

A word is read from where it begins, whatever it has behind its own numbers: `SLACK` bytes must follow the last group.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.types import ByteArray, IntArray, WordArray

WIDTHS = np.array([*range(17), 20, 24, 28, 32], dtype=np.uint8)
MASKS = (np.uint64(1) << np.arange(33, dtype=np.uint64)) - np.uint64(1)
"""For each width a number with as many bits set."""
SLACK = 32
_GROUP = 8
_SOME = 16_000
"""No more numbers than these are faster looked up byte by byte, where a byte holds whole ones."""
_FEW = 1_000
"""More words are unpacked by halving: some steps over all of them, while few are done at once with a shift for each number."""


def pack(groups: NDArray[Any], width: int) -> ByteArray:
    """Return the bytes of groups, a row each; no number needs more than `width` bits, which is one of `WIDTHS` and not 0."""
    words = _words(width)
    each = _GROUP // words
    parted = groups.reshape(-1, words, each)
    packed = parted[:, :, 0].astype(np.uint64)
    for number in range(1, each):
        packed |= parted[:, :, number].astype(np.uint64) << np.uint64(number * width)
    if words == 2:
        first, second = packed[:, 0], packed[:, 1]
        packed = np.stack(
            [first | second << np.uint64(4 * width), second >> np.uint64(64 - 4 * width)], axis=1
        )
        return _bytes(packed).reshape(-1, 16)[:, :width]
    return (
        _bytes(packed)
        .reshape(-1, words, 8)[:, :, : width // words if words > 1 else width]
        .reshape(-1, width)
    )


def unpack(packed: ByteArray, begin: int, count: int, width: int) -> NDArray[Any]:
    """Return numbers of one of the `WIDTHS`, not 0, whose groups begin at a byte; of any type that holds them."""
    if width in _BYTES and count <= _SOME:
        return _BYTES[width][packed[begin : begin + (count * width + 7 >> 3)]].view(np.uint8)[
            :count
        ]
    words, groups = _words(width), -(-count // _GROUP)
    raw: WordArray = np.ndarray(
        (groups, words, 1), "<u8", packed, begin, (width, _GROUP // words * width >> 3, 8)
    )
    if groups * words > _FEW:
        return _halved(raw[:, :, 0].astype(np.uint64), width).reshape(-1)[:count]
    numbers = raw >> _SHIFTS[width]
    numbers &= MASKS[width]
    return numbers.reshape(-1)[:count].view(np.int64)


def unpack_few(packed: memoryview, width: int, count: int) -> list[int]:
    """Return all numbers of some bytes, which are at most a handful: without NumPy, whose every call takes a microsecond."""
    bits, mask = int.from_bytes(packed, "little"), (1 << width) - 1
    return [bits >> at & mask for at in range(0, count * width, width)]


def words_of(packed: ByteArray) -> WordArray:
    """Return the words of 64 bits that begin at each byte."""
    return np.ndarray((max(len(packed) - 7, 0),), "<u8", packed, 0, (1,))


def gather(words: WordArray, at: IntArray, masks: WordArray | np.uint64) -> IntArray:
    """Return the numbers that begin at the given bits of `words_of` some bytes; of each mask has as many bits set as it has."""
    numbers = words[at >> 3]
    numbers >>= (at & 7).view(np.uint64)
    numbers &= masks
    gathered: IntArray = numbers.view(np.int64)
    return gathered


def _halved(words: WordArray, width: int) -> NDArray[Any]:
    """Return the numbers in words as numbers of 8, 16 or 32 bits: their upper half is moved up, then that of both halves, and so on."""
    if words.shape[1] == 2 and width & 1:
        words[:, 1] >>= np.uint64(4)
    for lower, upper, up in _HALVES[width]:
        moved = words & upper
        moved <<= up
        words &= lower
        words |= moved
    return words.astype("<u8", copy=False).view(f"<u{words.shape[1]}")


def _words(width: int) -> int:
    return 1 if width <= 8 else 2 if width <= 16 else 4


def _bytes(words: WordArray) -> ByteArray:
    return np.ascontiguousarray(words).astype("<u8", copy=False).view(np.uint8)


def _shifts(width: int) -> WordArray:
    """Return by how much each number of a group is shifted down in its word, a row a word."""
    words = _words(width)
    bits = np.arange(_GROUP).reshape(words, -1) * width
    return (bits - (bits[:, :1] & ~7)).astype(np.uint64)


def _halves(width: int) -> list[tuple[np.uint64, np.uint64, np.uint64]]:
    """Return of each step of halving the bits that stay, those that move up, and by how many bits."""
    size, steps = 8 * _words(width), []
    half = 32 // size
    while half:
        lower = sum((1 << half * width) - 1 << begin for begin in range(0, 64, 2 * half * size))
        steps.append(
            (np.uint64(lower), np.uint64(lower << half * width), np.uint64(half * (size - width)))
        )
        half //= 2
    return steps


def _of_a_byte(width: int) -> NDArray[Any]:
    """Return for each byte the numbers in it, a byte each, side by side as one number."""
    numbers = np.arange(256)[:, np.newaxis] >> np.arange(0, 8, width) & (1 << width) - 1
    return numbers.astype(np.uint8).view(f"u{_GROUP // width}").ravel()


_BYTES = {width: _of_a_byte(width) for width in (1, 2, 4)}
"""Where a byte holds whole numbers, those of each byte are known."""
_SHIFTS = {width: _shifts(width) for width in WIDTHS.tolist()}
_HALVES = {width: _halves(width) for width in WIDTHS.tolist()}
