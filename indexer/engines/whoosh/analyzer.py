"""Text → index terms, as Whoosh's own query parser and searcher need it; the writer and our own queries take `search.segment`."""

from __future__ import annotations

from collections.abc import Iterator

from whoosh.analysis import Token as WhooshToken
from whoosh.analysis import Tokenizer

from indexer.search.analysis import segmenter
from indexer.text.folding import fold


class WordTokenizer(Tokenizer):  # type: ignore[misc]  # whoosh has no types
    """Cuts text into the words of `segment`; a position is the how-manieth word it is, never a character's offset."""

    def __call__(self, value: str, *, mode: str = "", **_: object) -> Iterator[WhooshToken]:
        """Yield Whoosh's tokens, one object with changing contents, as Whoosh expects it."""
        token = WhooshToken(positions=True, chars=True, mode=mode)
        token.boost, token.stopped = 1.0, False
        for word in segmenter.tokens(fold(value)):
            token.text, token.pos, token.startchar, token.endchar = (
                word.text,
                word.position,
                word.start,
                word.end,
            )
            yield token
