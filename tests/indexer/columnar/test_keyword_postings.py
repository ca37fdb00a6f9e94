"""Fields of flags in one file are read as if each had its own."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.array_file import read_arrays, write_arrays
from indexer.columnar.keyword_postings import build_keywords, keyword_field
from indexer.columnar.postings import FieldPostings, TermOccurrences

documents = st.sets(st.integers(0, 90), max_size=60) | st.just(set(range(0, 70_000, 7)))
terms = st.binary(max_size=3) | st.binary(min_size=9, max_size=10)
fields = st.lists(
    st.dictionaries(terms, documents.filter(bool), max_size=8), min_size=1, max_size=5
)


def reread(lists):
    """The fields as they are read, of fields given by term and the documents that have it."""
    keyed = [
        (bytes([number]) + term, docs)
        for number, field in enumerate(lists)
        for term, docs in field.items()
    ]
    occurrences = TermOccurrences(
        [term for term, _ in keyed],
        np.repeat(np.arange(len(keyed), dtype=np.uint32), [len(docs) for _, docs in keyed]),
        np.array([doc for _, docs in keyed for doc in sorted(docs)], dtype=np.uint32),
        None,
    )
    file = BytesIO()
    write_arrays(file, build_keywords(occurrences, len(lists)), {})
    packed = read_arrays(memoryview(file.getvalue()))
    return [FieldPostings(keyword_field(packed, number)) for number in range(len(lists))]


@given(fields)
def test_every_field_has_its_terms_in_order_and_their_documents(lists):
    for field, postings in zip(lists, reread(lists), strict=True):
        assert [postings.term(number) for number in range(postings.size)] == sorted(field)
        for term, docs in field.items():
            assert postings.docs(postings.find(term)).tolist() == sorted(docs)
        assert all(postings.find(term) is None for term in (b"\1", b"none") if term not in field)


@given(fields)
def test_every_field_is_decoded_whole(lists):
    for field, postings in zip(lists, reread(lists), strict=True):
        found = postings.decode()
        pairs = zip(found.numbers.tolist(), found.docs.tolist(), strict=True)
        assert [(found.terms[number], doc) for number, doc in pairs] == [
            (term, doc) for term, docs in sorted(field.items()) for doc in sorted(docs)
        ]
