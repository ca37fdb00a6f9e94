"""Cutting folded text into words. Alone imports jieba, and with it alone decides what a word is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

import jieba

from indexer.text import HAN, fold

_OTHER = f"(?!{HAN})[^\\W_]"
_WORD = re.compile(rf"(?P<han>{HAN}+)|\d+(?:\.\d+)+(?![^\W_])|{_OTHER}(?:{_OTHER}|[\u0300-\u036f\u3099\u309a])*")
_TERM_FREQUENCY = 2000
"""So common that a term of the field is kept whole against the words it is made of."""


def words(folded: str) -> list[str]:
    """Return the words of a folded text in order; punctuation and white space are no words.

    The same for a report and a query, and deterministic: no guessing of unknown words. They fall into single
    characters and are found all the same, because an unquoted run also matches where it stands literally.

    >>> words("依申请公开2019年gdp增长6.1%")
    ['依申请公开', '2019', '年', 'gdp', '增长', '6.1']
    """
    return [folded[start:end] for start, end in spans(folded)]


def spans(folded: str) -> Iterator[tuple[int, int]]:
    """Yield where each word of a folded text stands, as `[start, end)`."""
    cutter = _cutter()
    for match in _WORD.finditer(folded):
        if match["han"] is None:
            yield match.span()
            continue
        start = match.start()
        for word in cutter.cut(match["han"], HMM=False):
            yield start, start + len(word)
            start += len(word)


def pieces(text: str) -> tuple[str, ...]:
    """Cut a printed text into pieces between which a line may break; joined they are the text.

    >>> pieces("收到和处理政府信息公开申请情况")
    ('收到', '和', '处理', '政府信息公开申请', '情况')
    """
    return tuple(_cutter().cut(text, HMM=False))


@cache
def fingerprint() -> str:
    """Return what changes when any text may be cut otherwise than before: an index holds good for one fingerprint."""
    digest = hashlib.sha256(f"{jieba.__version__}\n".encode())
    for term in _terms():
        digest.update(f"{term}\n".encode())
    return digest.hexdigest()[:16]


@cache
def _cutter() -> jieba.Tokenizer:
    """Build the segmenter from its own dictionary and ours, past jieba's cache file in the world-writable `/tmp`."""
    cutter = jieba.Tokenizer()
    cutter.FREQ, cutter.total = cutter.gen_pfdict(cutter.get_dict_file())
    cutter.initialized = True
    for term in _terms():
        cutter.add_word(term, _TERM_FREQUENCY)
    return cutter


@cache
def _terms() -> tuple[str, ...]:
    lines = resources.files("indexer.search").joinpath("terms.txt").read_text(encoding="utf-8").splitlines()
    return tuple(sorted({fold(line) for line in lines if line and not line.startswith("#")}))
