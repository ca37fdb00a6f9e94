"""The folded texts of all reports, and where a needle stands in them.

The texts of a segment lie one behind the other as 16-bit units (UTF-16), and of every two neighbouring units it is known where
they stand. So a needle is looked for only at the places of its rarest pair, and there unit by unit.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.bigrams import PairPostings
from indexer.columnar.types import IntArray, Units
from indexer.engines.whoosh.columns import BlobReader
from indexer.search.documents import RANKED_FIELDS

FIELDS = np.dtype([("starts", "<u4", (len(RANKED_FIELDS),))])
"""Where each ranked field of a report begins in its text, in units; the text fields come first."""
_PACK_STARTS = struct.Struct(f"<{len(RANKED_FIELDS)}I").pack


def pack_texts(texts: Mapping[str, str]) -> tuple[bytes, bytes]:
    """Return a report's texts as they are kept, each field on a line of its own, and where each begins."""
    lines = [texts.get(field, "") + "\n" for field in RANKED_FIELDS]
    packed = "".join(lines).encode("utf-16-le")
    lengths = list(map(len, lines))
    if len(packed) != 2 * sum(lengths):
        lengths = [len(line.encode("utf-16-le")) // 2 for line in lines]
    return packed, _PACK_STARTS(0, *list(accumulate(lengths))[:-1])


def units_of(text: str) -> Units:
    """Return the units of a folded text."""
    return np.frombuffer(text.encode("utf-16-le"), dtype="<u2")


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every place where something stands: the report, ascending, and the number of the field among the ranked fields.

    Every place where it begins counts, be it within another occurrence.
    """

    docs: IntArray
    fields: NDArray[np.uint8]

    @property
    def nbytes(self) -> int:
        """What it takes of memory."""
        return self.docs.nbytes + self.fields.nbytes


class SegmentTexts:
    """The texts of a segment's reports."""

    def __init__(self, column: BlobReader, starts: NDArray[np.void], pairs: PairPostings) -> None:
        self._column = column
        self._starts = starts
        self._pairs = pairs

    def most_occurrences(self, units: Sequence[int]) -> int:
        """Return at how many places the rarest pair of a needle's units stands: it stands at no more itself."""
        return (
            self._rarest(units)[1] if len(units) > 1 else len(self._pairs.places_of_unit(units[0]))
        )

    def find(self, needle: str) -> Occurrences:
        """Return where a needle stands, by the documents of the segment."""
        places = self._places(units_of(needle))
        at = np.searchsorted(self._edges, places.astype(np.uint32), side="right") - 1
        return Occurrences(at // len(RANKED_FIELDS), (at % len(RANKED_FIELDS)).astype(np.uint8))

    def _places(self, needle: Units) -> IntArray:
        if len(needle) == 1:
            return self._pairs.places_of_unit(int(needle[0]))
        at, _ = self._rarest(needle.tolist())
        number = self._pairs.number_of(int(needle[at]), int(needle[at + 1]))
        if number is None:
            return np.zeros(0, dtype=np.int64)
        places = self._pairs.places(number) - at
        places = places[(places >= 0) & (places <= len(self._units) - len(needle))]
        for other in (*range(at), *range(at + 2, len(needle))):
            places = places[self._units[places + other] == needle[other]]
        return places

    def _rarest(self, needle: Sequence[int]) -> tuple[int, int]:
        """Return where in a needle its rarest pair begins, and at how many places that stands."""
        least, rarest = 0, -1
        for at, (first, second) in enumerate(pairwise(needle)):
            number = self._pairs.number_of(first, second)
            if number is None:
                return at, 0
            frequency = self._pairs.occurrences(number)
            if frequency < rarest or rarest < 0:
                least, rarest = at, frequency
        return least, rarest

    @property
    def _units(self) -> Units:
        return np.frombuffer(self._column.view(0, 2 * int(self._pairs.text_ends[-1])), dtype="<u2")

    @cached_property
    def _edges(self) -> NDArray[np.uint32]:
        """Where each field of each document begins among all units."""
        begins = np.concatenate([np.zeros(1, dtype=np.uint32), self._pairs.text_ends[:-1]])
        edges: NDArray[np.uint32] = (self._starts["starts"] + begins[:, np.newaxis]).ravel()
        return edges
