"""The folded texts of all reports, and exact substring search in them.

The texts of a segment are concatenated as 16-bit units (UTF-16); see `columnar.bigrams` and
`columnar.substrings`.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.bigrams import BigramPostings
from indexer.columnar.substrings import find_substring, max_substring_freq
from indexer.columnar.types import ByteArray, IntArray, Units
from indexer.engines.whoosh.columns import BlobReader
from indexer.search.documents import RANKED_FIELDS

TEXT_STARTS = np.dtype([("starts", "<u4", (len(RANKED_FIELDS),))])
"""Where each ranked field of a report starts in its text, in units; the text fields come first."""
_PACK_STARTS = struct.Struct(f"<{len(RANKED_FIELDS)}I").pack


def pack_texts(texts: Mapping[str, str]) -> tuple[bytes, bytes]:
    """Return a report's texts as they are stored, each field ended by a line feed, and where each
    starts.
    """
    lines = [texts.get(field, "") + "\n" for field in RANKED_FIELDS]
    packed = "".join(lines).encode("utf-16-le")
    lengths = list(map(len, lines))
    if len(packed) != 2 * sum(lengths):  # some character takes two units
        lengths = [len(line.encode("utf-16-le")) // 2 for line in lines]
    return packed, _PACK_STARTS(0, *list(accumulate(lengths))[:-1])


def units_of(text: str) -> Units:
    """Return the UTF-16 units of a folded text."""
    return np.frombuffer(text.encode("utf-16-le"), dtype="<u2")


@dataclass(frozen=True, slots=True)
class PhraseOccurrences:
    """All occurrences of a string: the report, ascending, and the index of the field among the
    ranked fields.

    Overlapping occurrences all count.
    """

    docs: IntArray
    fields: ByteArray

    @property
    def nbytes(self) -> int:
        """The memory it takes."""
        return self.docs.nbytes + self.fields.nbytes


class SegmentTexts:
    """The texts of a segment's documents."""

    def __init__(
        self, column: BlobReader, starts: NDArray[np.void], bigrams: BigramPostings
    ) -> None:
        self._column = column
        self._starts = starts
        self._bigrams = bigrams

    def max_occurrences(self, units: Sequence[int]) -> int:
        """Return an upper bound on the occurrences of a string, without reading any text."""
        return max_substring_freq(self._bigrams, units)

    def find(self, needle: str) -> PhraseOccurrences:
        """Return the occurrences of a string, by the documents of the segment."""
        positions = find_substring(self._units, self._bigrams, units_of(needle))
        at = np.searchsorted(self._field_starts, positions.astype(np.uint32), side="right") - 1
        fields = (at % len(RANKED_FIELDS)).astype(np.uint8)
        return PhraseOccurrences(at // len(RANKED_FIELDS), fields)

    @property
    def _units(self) -> Units:
        end = 2 * int(self._bigrams.text_ends[-1])
        return np.frombuffer(self._column.view(0, end), dtype="<u2")

    @cached_property
    def _field_starts(self) -> NDArray[np.uint32]:
        """Where each field of each document starts among all units."""
        text_ends = self._bigrams.text_ends
        begins = np.concatenate([np.zeros(1, dtype=np.uint32), text_ends[:-1]])
        starts: NDArray[np.uint32] = (self._starts["starts"] + begins[:, np.newaxis]).ravel()
        return starts
