"""An inverted index and columns as NumPy arrays: bit-packed postings, character bigrams, bitsets
and top-k.

Depends on NumPy and the standard library alone.
"""
