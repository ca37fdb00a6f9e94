"""A needle is found at every place where it stands, whatever block of texts it is sought in."""

from __future__ import annotations

import io
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh_engine import texts as module
from indexer.engines.whoosh_engine.arrays.columns import BlobColumn, BlobReader
from indexer.engines.whoosh_engine.texts import FIELDS, SegmentTexts, find_places, pack_texts
from indexer.search.documents import RANKED_FIELDS

letters = st.text(alphabet="ab公𠮷", max_size=12)
reports = st.lists(st.dictionaries(st.sampled_from(RANKED_FIELDS), letters.filter(bool)), min_size=1, max_size=12)


def column_of(strings):
    """The column of texts as its reader has it."""
    file = io.BytesIO()
    writer = BlobColumn().writer(file)
    writer.add_all(b"".join(strings), [len(string) for string in strings])
    writer.finish(len(strings))
    return BlobReader(memoryview(file.getvalue()), len(strings))


def begins(text, needle):
    return sum(text.startswith(needle, at) for at in range(len(text)))


@given(st.lists(st.integers(0, 2), max_size=30), st.lists(st.integers(0, 2), min_size=1, max_size=4))
def test_finds_every_place_where_a_needle_begins(units, needle):
    found = find_places(np.array(units, dtype=np.uint16), np.array(needle, dtype=np.uint16))
    assert found.tolist() == [at for at in range(len(units)) if units[at : at + len(needle)] == needle]


@given(reports, letters.filter(bool), st.data(), st.integers(1, 40))
def test_counts_a_needle_in_each_field_of_each_report_that_is_there(texts, needle, data, block):
    packed = [pack_texts(fields) for fields in texts]
    gone = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    numbers = np.where(gone, -1, np.cumsum(~np.array(gone)) - 1)
    among = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))))
    starts = np.frombuffer(b"".join(starts for _, starts in packed), dtype=FIELDS)
    with patch.object(module, "_BLOCK", block):
        segment = SegmentTexts(column_of([text for text, _ in packed]), starts, numbers)
        blocks = list(segment.find(needle, among, lambda: None))
    found = {
        doc: counts for block in blocks for doc, counts in zip(block.docs.tolist(), block.counts.tolist(), strict=True)
    }
    assert found == {
        number: counts
        for number, fields in zip(numbers.tolist(), texts, strict=True)
        if number >= 0 and among[number]
        if any(counts := [begins(fields.get(field, ""), needle) for field in RANKED_FIELDS])
    }
