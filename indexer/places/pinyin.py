"""How each character is read. For finding names by their sound; a text itself is never found by it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

PINYIN = "pinyin.tsv.gz"
"""The characters and the ways each is read, without tones, ü written in each of the ways people write it."""


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """Return the ways in which each character is read, the commonest first; of one that is in no table nothing is known.

    >>> readings()["厦"], readings()["女"]
    (('sha', 'xia'), ('nv', 'nu', 'nyu', 'ru'))
    """
    text = gzip.decompress((files("indexer.places") / PINYIN).read_bytes()).decode("utf-8")
    return {line[0]: tuple(line[2:].split(",")) for line in text.splitlines()}
