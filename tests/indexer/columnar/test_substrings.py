"""A string is found at every position, and at no other, and never more often than its rarest
bigram.
"""

from __future__ import annotations

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.array_file import read_arrays, write_arrays
from indexer.columnar.bigrams import LINE_FEED, BigramPostings, build_bigrams
from indexer.columnar.substrings import find_substring, max_substring_freq

alphabet = st.sampled_from((1, 2, 0xD842))
texts = st.lists(st.lists(alphabet, max_size=12), min_size=1, max_size=6)
needles = st.lists(alphabet, min_size=1, max_size=4)


@given(texts, needles)
def test_finds_every_occurrence_also_overlapping_ones(texts, needle):
    lines = [[*text, LINE_FEED] for text in texts]
    units = np.array([unit for line in lines for unit in line], dtype=np.uint16)
    file = io.BytesIO()
    write_arrays(file, build_bigrams(units, np.cumsum([len(line) for line in lines])), {})
    bigrams = BigramPostings(read_arrays(memoryview(file.getvalue())))
    found = find_substring(units, bigrams, np.array(needle, dtype=np.uint16)).tolist()
    every = units.tolist()
    assert found == [at for at in range(len(every)) if every[at : at + len(needle)] == needle]
    assert max_substring_freq(bigrams, needle) >= len(found)
