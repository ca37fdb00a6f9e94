"""The folded texts of all reports, and where a needle stands in them: whole blocks of texts are compared at once.

The texts of a segment lie one behind the other as 16-bit units (UTF-16), so that a needle that nearly every report has all the
characters of costs a pass over the units and not the decoding of every report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.arrays.columns import BlobReader
from indexer.search.documents import RANKED_FIELDS

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Units = NDArray[np.uint16]

FIELDS = np.dtype([("starts", "<u4", (len(RANKED_FIELDS),))])
"""Where each ranked field of a report begins in its text, in units; the text fields come first."""

_BLOCK = 1 << 20
"""Some so many units are compared at once: what they need fits into the processor's cache."""
_SAMPLED = 4096
"""So many units are looked at to see which unit of a needle is rare."""


def pack_texts(texts: Mapping[str, str]) -> tuple[bytes, bytes]:
    """Return a report's texts as they are kept, each field on a line of its own, and where each begins."""
    lines = [(texts.get(field, "") + "\n").encode("utf-16-le") for field in RANKED_FIELDS]
    starts = np.zeros(1, dtype=FIELDS)
    starts["starts"][0, 1:] = np.cumsum([len(line) // 2 for line in lines])[:-1]
    return b"".join(lines), starts.tobytes()


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where a needle stands: the reports, ascending, and how often in each field, a row a report, a column a field.

    Every place where it begins counts, be it within another occurrence.
    """

    docs: Numbers
    counts: Numbers


class SegmentTexts:
    """The texts of a segment's reports. `numbers` gives each document's number in the snapshot, -1 where it is gone."""

    def __init__(self, column: BlobReader, fields: NDArray[np.void], numbers: Numbers) -> None:
        self._column = column
        self._fields = fields
        self._numbers = numbers
        self._ends = column.ends // 2

    def find(self, needle: str, among: Mask, check_time: Callable[[], None]) -> Iterator[Occurrences]:
        """Yield the occurrences of a needle among some reports of the snapshot, a block of reports at a time."""
        units = np.frombuffer(needle.encode("utf-16-le"), dtype="<u2")
        wanted = np.flatnonzero(np.where(self._numbers >= 0, among[self._numbers], False))
        for docs in self._blocks(wanted):
            check_time()
            yield self._find(units, docs)

    def _blocks(self, docs: Numbers) -> Iterator[Numbers]:
        """Cut documents into blocks of some `_BLOCK` units; a text longer than that is a block by itself."""
        total = np.cumsum(self._ends[docs] - self._start_of(docs))
        cuts = np.flatnonzero(np.diff(total // _BLOCK, prepend=0))
        return (block for block in np.split(docs, cuts) if len(block))

    def _find(self, needle: Units, docs: Numbers) -> Occurrences:
        sizes = self._ends[docs] - self._start_of(docs)
        places = find_places(self._units(docs), needle)
        begins = np.cumsum(sizes) - sizes
        fields = self._fields["starts"][docs].astype(np.int64) + begins[:, np.newaxis]
        edges = np.append(fields.ravel(), sizes.sum())
        counts = np.diff(np.searchsorted(places, edges)).reshape(fields.shape)
        having = counts.any(axis=1)
        return Occurrences(self._numbers[docs[having]], counts[having])

    def _units(self, docs: Numbers) -> Units:
        """Return the texts of documents, one behind the other; of neighbours all at once."""
        runs = np.split(docs, np.flatnonzero(np.diff(docs) != 1) + 1)
        starts, ends = (self._start_of(np.array([run[0] for run in runs])), self._ends[[run[-1] for run in runs]])
        pieces = [self._column.view(2 * start, 2 * end) for start, end in zip(starts, ends, strict=True)]
        return np.frombuffer(pieces[0] if len(pieces) == 1 else b"".join(pieces), dtype="<u2")

    def _start_of(self, docs: Numbers) -> Numbers:
        return np.where(docs > 0, self._ends[docs - 1], 0)


def find_places(units: Units, needle: Units) -> Numbers:
    """Return every place where the needle begins, ascending.

    >>> find_places(np.array([1, 1, 1, 2], dtype=np.uint16), np.array([1, 1], dtype=np.uint16)).tolist()
    [0, 1]
    """
    last = len(units) - len(needle) + 1
    if last < 1 or not len(needle):
        return np.zeros(0, dtype=np.int64)
    sample = units[:_SAMPLED]
    rarest = sorted(range(len(needle)), key=lambda at: np.count_nonzero(sample == needle[at]))
    found = units[rarest[0] : rarest[0] + last] == needle[rarest[0]]
    for at in rarest[1:2]:
        found &= units[at : at + last] == needle[at]
    places = np.flatnonzero(found)
    for at in rarest[2:]:
        places = places[units[places + at] == needle[at]]
    return places
