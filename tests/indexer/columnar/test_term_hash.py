"""A word is found in all the fields in which it stands, and in no other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.term_hash import TermHash, hash_term, hash_terms
from indexer.columnar.terms import TermDictionary

words = st.text(alphabet="a\0公开", max_size=4) | st.sampled_from(
    ("a" * 16, "a" * 17, "a" * 18, "公开" * 4 + "a" * 8)
)
fields = st.lists(st.sets(words.map(str.encode), max_size=40), max_size=4)


def terms_of(words):
    known = sorted(words)
    ends = np.cumsum([len(word) for word in known], dtype=np.int64).astype(np.uint32)
    return TermDictionary(np.frombuffer(b"".join(known), dtype=np.uint8), ends)


@given(fields, words)
def test_finds_each_word_in_every_field_that_has_it_by_its_number_there(fields, other):
    table = TermHash([terms_of(words) for words in fields])
    for word in set().union(*fields, {other.encode()}):
        expected = [
            (field, sorted(words).index(word))
            for field, words in enumerate(fields)
            if word in words
        ]
        assert sorted(table.find(word, hash_term(word))) == expected


@given(st.sets(words.map(str.encode)))
def test_the_hashes_of_all_terms_at_once_are_those_of_each(words):
    assert hash_terms(terms_of(words)).tolist() == [hash_term(word) for word in sorted(words)]


def test_terms_with_the_same_hash_are_distinguished():
    long = {b"a" * size for size in range(16, 30)}
    assert len({hash_term(word) for word in long}) == 1
    table = TermHash([terms_of(long)])
    assert [table.find(word, hash_term(word)) for word in sorted(long)] == [
        [(0, number)] for number in range(14)
    ]
    assert table.find(b"a" * 30, hash_term(b"a" * 30)) == []
