"""The readings of characters, for finding names by their sound; texts are not searched by it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

PINYIN = "pinyin.tsv.gz"
"""Characters with their readings without tones; ü in each of its common spellings."""


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """Return the readings of each character, the commonest first.

    >>> readings()["厦"], readings()["女"]
    (('sha', 'xia'), ('nv', 'nu', 'nyu', 'ru'))
    """
    text = gzip.decompress((files("indexer.places") / PINYIN).read_bytes()).decode("utf-8")
    return {line[0]: tuple(line[2:].split(",")) for line in text.splitlines()}
