"""Bit packing: integers of `width` bits each, in groups of eight that take `width` bytes.

Integer `j` of a group takes the bits from `j * width` on, counted from the lowest bit of the first
byte. Groups are packed and unpacked in 64-bit words: one word if all eight integers fit into it,
else two words of four, else four of two. Widths above 16 are therefore multiples of 4, so that
every word starts at a byte; only for the odd widths 9 to 15 does the second word start in the
middle of one.

A word is read from its first byte on, whatever follows its own integers: `PADDING_BYTES` must
follow the last group.
"""

from __future__ import annotations

import numpy as np

from indexer.columnar.types import Array, ByteArray, IntArray, WordArray

WIDTHS = np.array([*range(17), 20, 24, 28, 32], dtype=np.uint8)
MASKS = (np.uint64(1) << np.arange(33, dtype=np.uint64)) - np.uint64(1)
"""For each width the integer with that many low bits set."""
PADDING_BYTES = 32
_GROUP_SIZE = 8
_MAX_TABLE_LOOKUP = 16_000
"""Up to this many integers, a table lookup per byte is faster, where bytes hold whole integers
(measured).
"""
_MIN_HALVING_WORDS = 1_000
"""From this many words on, the few passes of halving are faster than one shift per integer
(measured).
"""


def pack(groups: Array, width: int) -> ByteArray:
    """Pack groups, one per row. No integer needs more than `width` bits, which is one of `WIDTHS`
    and not 0.
    """
    words = _words_per_group(width)
    each = _GROUP_SIZE // words
    by_word = groups.reshape(-1, words, each)
    packed = by_word[:, :, 0].astype(np.uint64)
    for number in range(1, each):
        packed |= by_word[:, :, number].astype(np.uint64) << np.uint64(number * width)
    if words == 2:
        # The second word starts at bit 4 * width: close the gap between the two.
        first, second = packed[:, 0], packed[:, 1]
        packed = np.stack(
            [first | second << np.uint64(4 * width), second >> np.uint64(64 - 4 * width)], axis=1
        )
        return _as_bytes(packed).reshape(-1, 16)[:, :width]
    used = width // words if words > 1 else width
    return _as_bytes(packed).reshape(-1, words, 8)[:, :, :used].reshape(-1, width)


def unpack(packed: ByteArray, begin: int, count: int, width: int) -> Array:
    """Return integers of one of the `WIDTHS`, not 0, whose groups start at byte `begin`; of any
    type that holds them.
    """
    if width in _BYTE_TABLES and count <= _MAX_TABLE_LOOKUP:
        used = packed[begin : begin + (count * width + 7 >> 3)]
        return _BYTE_TABLES[width][used].view(np.uint8)[:count]
    words, groups = _words_per_group(width), -(-count // _GROUP_SIZE)
    # A view with overlapping words, each of which starts where its own integers do.
    raw: WordArray = np.ndarray(
        (groups, words, 1), "<u8", packed, begin, (width, _GROUP_SIZE // words * width >> 3, 8)
    )
    if groups * words > _MIN_HALVING_WORDS:
        return _unpack_by_halving(raw[:, :, 0].astype(np.uint64), width).reshape(-1)[:count]
    numbers = raw >> _SHIFTS[width]
    numbers &= MASKS[width]
    return numbers.reshape(-1)[:count].view(np.int64)


def unpack_short(packed: memoryview, width: int, count: int) -> list[int]:
    """Return a handful of integers, without NumPy, whose every call takes a microsecond."""
    bits, mask = int.from_bytes(packed, "little"), (1 << width) - 1
    return [bits >> at & mask for at in range(0, count * width, width)]


def words_at_bytes(packed: ByteArray) -> WordArray:
    """Return a view of the 64-bit words that start at each byte."""
    return np.ndarray((max(len(packed) - 7, 0),), "<u8", packed, 0, (1,))


def gather(words: WordArray, at: IntArray, masks: WordArray | np.uint64) -> IntArray:
    """Return the integers that start at the given bits of `words_at_bytes`; each mask has as many
    bits set as its integer.
    """
    numbers = words[at >> 3]
    numbers >>= (at & 7).view(np.uint64)
    numbers &= masks
    gathered: IntArray = numbers.view(np.int64)
    return gathered


def _unpack_by_halving(words: WordArray, width: int) -> Array:
    """Spread packed words into integers of 8, 16 or 32 bits: move the upper half up, then that of
    both halves, and so on.
    """
    if words.shape[1] == 2 and width & 1:
        words[:, 1] >>= np.uint64(4)
    for lower, upper, shift in _HALVING_STEPS[width]:
        moved = words & upper
        moved <<= shift
        words &= lower
        words |= moved
    return words.astype("<u8", copy=False).view(f"<u{words.shape[1]}")


def _words_per_group(width: int) -> int:
    return 1 if width <= 8 else 2 if width <= 16 else 4


def _as_bytes(words: WordArray) -> ByteArray:
    return np.ascontiguousarray(words).astype("<u8", copy=False).view(np.uint8)


def _shifts(width: int) -> WordArray:
    """Return the right shift of each integer of a group within its word, one row per word."""
    bits = np.arange(_GROUP_SIZE).reshape(_words_per_group(width), -1) * width
    return (bits - (bits[:, :1] & ~7)).astype(np.uint64)


def _halving_steps(width: int) -> list[tuple[np.uint64, np.uint64, np.uint64]]:
    """Return for each step of halving the bits that stay, the bits that move up, and the shift."""
    size, steps = 8 * _words_per_group(width), []
    half = 32 // size
    while half:
        lower = sum((1 << half * width) - 1 << begin for begin in range(0, 64, 2 * half * size))
        upper, shift = lower << half * width, half * (size - width)
        steps.append((np.uint64(lower), np.uint64(upper), np.uint64(shift)))
        half //= 2
    return steps


def _byte_table(width: int) -> Array:
    """Return for each byte the integers in it, a byte each, as the bytes of one number."""
    numbers = np.arange(256)[:, np.newaxis] >> np.arange(0, 8, width) & (1 << width) - 1
    return numbers.astype(np.uint8).view(f"u{_GROUP_SIZE // width}").ravel()


_BYTE_TABLES = {width: _byte_table(width) for width in (1, 2, 4)}
_SHIFTS = {width: _shifts(width) for width in WIDTHS.tolist()}
_HALVING_STEPS = {width: _halving_steps(width) for width in WIDTHS.tolist()}
