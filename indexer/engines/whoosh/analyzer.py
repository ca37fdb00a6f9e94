"""The analyzer for Whoosh's own query parser and searcher. The writer and our own queries use
`segmenter` directly.
"""

from __future__ import annotations

from collections.abc import Iterator

from whoosh.analysis import Token as WhooshToken
from whoosh.analysis import Tokenizer

from indexer.search.analysis import segmenter
from indexer.text.folding import fold


class WordTokenizer(Tokenizer):  # type: ignore[misc]  # whoosh has no types
    """Cuts text into the words of `segmenter`. Positions count words, not characters."""

    def __call__(self, value: str, *, mode: str = "", **_: object) -> Iterator[WhooshToken]:
        """Yield Whoosh's tokens: one object whose contents change, as Whoosh expects."""
        token = WhooshToken(positions=True, chars=True, mode=mode)
        token.boost, token.stopped = 1.0, False
        for word in segmenter.tokens(fold(value)):
            token.text, token.pos = word.text, word.position
            token.startchar, token.endchar = word.start, word.end
            yield token
