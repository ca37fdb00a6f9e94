"""What is being typed into the search box, and the whole text that each suggestion for it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from indexer.search.catalogue.facets import find_facet
from indexer.search.catalogue.place_names import PLACE_FACETS
from indexer.search.language.parser import MAX_QUERY_LENGTH
from indexer.search.port import NameKind, SearchEngine, Suggestion
from indexer.text.folding import fold
from webapp.lookups.suggested_conditions import Condition, suggest_conditions

_SHOWN = 8
_QUOTED = re.compile(r'"[^"]*"|＂[^＂]*＂|“[^”]*”|「[^」]*」|『[^』]*』')
_QUOTES = re.compile('["＂“”「」『』]')
_WORD = re.compile(
    r"(?P<lead>(?:^|(?<=[\s(（|｜]))[-－]*)(?:(?P<field>[^\W\d_]+)[:：])?(?P<word>[^\s()（）|｜:：<>=＜＞＝]+)$"
)
_SYLLABLES = re.compile(r"(?:^|(?<=[\s(（|｜]))(?:[a-zü\u0300-\u036f'’]+[1-5]?[ ]+){1,7}$")
_OPERATORS = ("OR", "AND", "NOT")


@dataclass(frozen=True, slots=True)
class Completion:
    """A suggestion, and the text that the box holds once it is taken."""

    suggestion: Suggestion | Condition
    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """The end of a text, which may be meant as a name.

    `before` is the text before it, `kind` the kind that the name must be of.
    """

    before: str
    word: str
    kind: NameKind | None


def complete(text: str, engine: SearchEngine) -> tuple[Completion, ...]:
    """Return the completions of the last word of a text, or of the syllables that end it.

    Bodies and places come first, then the levels, sections and figures that the word may mean.
    Nothing is completed inside quotes, behind a space, or behind a condition that takes no name.
    """
    if len(text) > MAX_QUERY_LENGTH:
        return ()
    for piece in _pieces(text):
        conditions = suggest_conditions(piece.word, engine) if piece.kind is None else ()
        names = engine.suggest(piece.word, _SHOWN - len(conditions), piece.kind)
        found: tuple[Suggestion | Condition, ...] = (*names, *conditions)
        if found:
            return tuple(Completion(one, piece.before + one.query) for one in found)
    return ()


def completions_to_dict(text: str, completions: tuple[Completion, ...]) -> dict[str, Any]:
    """Return the published dict.

    `label` is the name, `q` the whole text, `count` the number of reports.
    """
    return {
        "q": text,
        "suggestions": [
            {
                "label": one.suggestion.label,
                "kind": one.suggestion.kind,
                "query": one.suggestion.query,
                "q": one.text,
                "count": one.suggestion.count,
            }
            for one in completions
        ],
    }


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield the pieces that may be meant, the longest first."""
    bare = _QUOTED.sub(lambda match: "\0" * len(match[0]), text)
    match = _WORD.search(bare)
    if _QUOTES.search(bare) or not match or match["word"] in _OPERATORS or "\0" in match["word"]:
        return
    before, word = text[: match.end("lead")], match["word"]
    if match["field"]:
        kind = _kind(match["field"])
        if kind:
            yield _Piece(before, word, kind)
        return
    earlier = "" if match["lead"] else _earlier(before, word)
    while earlier:
        yield _Piece(before[: len(before) - len(earlier)], earlier + word, None)
        earlier = earlier.lstrip().partition(" ")[2].lstrip()
    yield _Piece(before, word, None)


def _earlier(before: str, word: str) -> str:
    """Return the words before a last one that may be syllables of the same name, as in `gao an`."""
    match = _SYLLABLES.search(before) if re.match("[a-zü]", word) else None
    return match[0] if match else ""


def _kind(name: str) -> NameKind | None:
    if fold(name) in ("机构", "body", "单位", "发布机构"):
        return "body"
    facet = find_facet(name)
    return "region" if facet and facet.name in PLACE_FACETS else None
