"""A needle is found at every place where it stands, in every field of every report."""

from __future__ import annotations

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.array_file import read_arrays, write_arrays
from indexer.columnar.bigrams import BigramPostings, build_bigrams
from indexer.engines.whoosh.columns import BlobColumn, BlobReader
from indexer.engines.whoosh.field_texts import TEXT_STARTS, SegmentTexts, pack_texts, units_of
from indexer.search.documents import RANKED_FIELDS

letters = st.text(alphabet="ab公𠮷", max_size=12)
reports = st.lists(
    st.dictionaries(st.sampled_from(RANKED_FIELDS), letters.filter(bool)), min_size=1, max_size=12
)


def column_of(strings):
    """The column of texts as its reader has it."""
    file = io.BytesIO()
    writer = BlobColumn().writer(file)
    writer.add_all(b"".join(strings), [len(string) for string in strings])
    writer.finish(len(strings))
    return BlobReader(memoryview(file.getvalue()), len(strings))


def pairs_of(strings):
    """The pairs of characters of the texts, as their reader has them."""
    file = io.BytesIO()
    units = np.frombuffer(b"".join(strings), dtype="<u2")
    write_arrays(
        file, build_bigrams(units, np.cumsum([len(string) // 2 for string in strings])), {}
    )
    return BigramPostings(read_arrays(memoryview(file.getvalue())))


def segment_of(texts):
    packed = [pack_texts(fields) for fields in texts]
    strings = [text for text, _ in packed]
    starts = np.frombuffer(b"".join(starts for _, starts in packed), dtype=TEXT_STARTS)
    return SegmentTexts(column_of(strings), starts, pairs_of(strings))


def begins(text, needle):
    return sum(text.startswith(needle, at) for at in range(len(text)))


@given(reports, letters.filter(bool))
def test_finds_every_occurrence_of_a_string_in_each_field_of_each_report(texts, needle):
    found = segment_of(texts).find(needle)
    assert list(zip(found.docs.tolist(), found.fields.tolist(), strict=True)) == [
        (doc, at)
        for doc, fields in enumerate(texts)
        for at, field in enumerate(RANKED_FIELDS)
        for _ in range(begins(fields.get(field, ""), needle))
    ]


@given(reports, letters.filter(bool))
def test_a_string_never_occurs_more_often_than_its_upper_bound(texts, needle):
    segment, units = segment_of(texts), units_of(needle).tolist()
    assert len(segment.find(needle).docs) <= segment.max_occurrences(units)
    if len(units) <= 2:
        assert len(segment.find(needle).docs) == segment.max_occurrences(units)
