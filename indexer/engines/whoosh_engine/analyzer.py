"""Text → index terms: words with their positions, and the characters and pairs of characters by which phrases are sought.

The writer and every query go through here, so that both always mean the same by a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from whoosh.analysis import Token as WhooshToken
from whoosh.analysis import Tokenizer

from indexer.search import segment
from indexer.text import fold


class WordTokenizer(Tokenizer):  # type: ignore[misc]  # whoosh has no types
    """Cuts text into the words of `segment`; a position is the how-manieth word it is, never a character's offset."""

    def __call__(self, value: str, *, mode: str = "", **_: object) -> Iterator[WhooshToken]:
        """Yield Whoosh's tokens, one object with changing contents, as Whoosh expects it."""
        token = WhooshToken(positions=True, chars=True, mode=mode)
        token.boost, token.stopped = 1.0, False
        for word in cut(fold(value)):
            token.text, token.pos, token.startchar, token.endchar = word.text, word.position, word.start, word.end
            yield token


def cut(folded: str) -> tuple[segment.Token, ...]:
    """Return the words of a folded text."""
    return tuple(segment.tokens(folded))


def grams(folded: str) -> set[str]:
    """Return every character and every pair of characters of a folded text."""
    return {*folded, *map("".join, pairwise(folded))}


def needed_grams(needle: str) -> set[str]:
    """Return the grams that every text with the needle in it has.

    >>> sorted(needed_grams("办结率")), needed_grams("率")
    (['办结', '结率'], {'率'})
    """
    return {needle} if len(needle) == 1 else {needle[at : at + 2] for at in range(len(needle) - 1)}
