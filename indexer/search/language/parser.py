"""Query text → Query.

The grammar is `query.lark`; what is certainly a slip is mended and said, the rest is an error.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput, UnexpectedToken

from indexer.errors import QueryError
from indexer.records import Message
from indexer.search.analysis.stop_words import mark_stop_words
from indexer.search.language.comparisons import mark_comparisons
from indexer.search.language.condition_names import unavailable
from indexer.search.language.intents import rate_in
from indexer.search.language.node_building import build_query, words_beside
from indexer.search.language.tree_reader import TreeReader, cut_out
from indexer.search.query import Node, Query

MAX_QUERY_LENGTH = 1000
"""In characters; a longer query is refused before anything is done with it."""
MAX_NESTING = 15
"""Brackets within brackets."""
_MAX_FAULTS_MENDED = 5
"""The faults of a query that are mended one after another to suggest one that can be read."""


def parse_query(text: str) -> Query:
    """Return the query that is typed, with its repairs.

    QueryError says where it cannot be read and suggests a query that can.
    """
    if len(text) > MAX_QUERY_LENGTH:
        raise QueryError(
            "query.too_long",
            text,
            MAX_QUERY_LENGTH,
            length=len(text),
            most=MAX_QUERY_LENGTH,
        )
    try:
        return _read_query(text)
    except QueryError as error:
        error.suggestion = _readable(error.suggestion)
        raise


def _readable(suggestion: str | None) -> str | None:
    """Return a suggestion once it can be read, its further faults mended too; else None."""
    for _ in range(_MAX_FAULTS_MENDED):
        if not suggestion:
            return None
        try:
            _read_query(suggestion)
        except QueryError as error:
            suggestion = error.suggestion
        else:
            return suggestion
    return None


def _read_query(text: str) -> Query:
    marked = mark_comparisons(text)
    tree, repairs = _parse(text, marked.text)
    reader = TreeReader(text, marked.found, list(repairs))
    root = reader.read(tree)
    if root is None:
        return Query(text=text, repairs=tuple(dict.fromkeys(reader.repairs)))
    reader.repairs += _rates_asked(root)
    root, stop_words = mark_stop_words(root)
    if stop_words:
        words = tuple(dict.fromkeys(stop_words))
        reader.repairs.append(Message.of("query.repair.stop_words", words=words))
    return build_query(Query(text=text, repairs=tuple(dict.fromkeys(reader.repairs))), root)


def _rates_asked(root: Node) -> list[Message]:
    """Say that reports cannot be ordered by a rate yet where words ask for it: 公开率最低的县."""
    rate = rate_in("".join(word.text for word in words_beside(root)))
    unknown = unavailable(rate) if rate else None
    if rate is None or unknown is None:
        return []
    return [Message.of("query.repair.rate_as_text", name=rate, why=unknown.why)]


# ── the grammar ─────────────────────────────────────────────────────────────────────────────────


@cache
def _grammar() -> Lark:
    grammar = resources.files(__package__).joinpath("query.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _parse(text: str, masked: str) -> tuple[Tree[Token], tuple[Message, ...]]:
    """Parse the masked text, closing at the end as many brackets as were left open."""
    _check_depth(text)
    mended = masked
    repairs: tuple[Message, ...] = ()
    for _ in range(MAX_NESTING + 1):
        try:
            return _grammar().parse(mended), repairs
        except UnexpectedInput as error:
            if not _lacks_closing_bracket(error):
                raise _syntax_error(error, text) from None
        mended, repairs = mended + ")", (Message.of("query.repair.bracket_closed"),)
    raise QueryError("query.unclosed_bracket", text, len(text))


def _check_depth(text: str) -> None:
    depth = 0
    for at, character in enumerate(text):
        depth += (character in "(（") - (character in ")）" and depth > 0)
        if depth > MAX_NESTING:
            raise QueryError("query.too_deep", text, at, most=MAX_NESTING)


def _is_at_end(error: UnexpectedInput) -> bool:
    return isinstance(error, UnexpectedToken) and error.token.type == "$END"


def _lacks_closing_bracket(error: UnexpectedInput) -> bool:
    return _is_at_end(error) and "_CLOSE" in _accepted(error)


def _syntax_error(error: UnexpectedInput, text: str) -> QueryError:
    """Return the error that says what stands where nothing of the kind can stand."""
    at = _place_of(error, text)
    here = text[at : at + 1]
    if not here:
        return QueryError("query.unfinished", text, at, _without_tail(text))
    if here in ")）":
        return _bracket_error(error, text, at)
    code = "query.nothing_left_of" if here in "|｜" else "query.unreadable"
    return QueryError(code, text, at, cut_out(text, at, at + 1), place=at + 1, character=here)


def _place_of(error: UnexpectedInput, text: str) -> int:
    at = error.pos_in_stream
    if at is None or at < 0 or _is_at_end(error):
        return len(text)
    return min(at, len(text))


def _bracket_error(error: UnexpectedInput, text: str, at: int) -> QueryError:
    """Return the error for a closing bracket that closes nothing, or nothing but white space."""
    opened = len(text[:at].rstrip())
    if text[opened - 1 : opened] in ("(", "（"):
        suggestion = cut_out(text, opened - 1, at + 1)
        return QueryError("query.empty_brackets", text, opened - 1, suggestion)
    unopened = "_CLOSE" not in _accepted(error)
    code = "query.unopened_bracket" if unopened else "query.nothing_before_bracket"
    suggestion = cut_out(text, at, at + 1)
    return QueryError(code, text, at, suggestion, place=at + 1, character=text[at])


def _accepted(error: UnexpectedInput) -> set[str]:
    if isinstance(error, UnexpectedToken):
        return set(error.accepts or ())
    return set(getattr(error, "allowed", None) or ())


def _without_tail(text: str) -> str:
    words = text.split()
    while words and words[-1] in ("OR", "AND", "NOT", "|", "｜", "(", "（", "-"):
        words.pop()
    return " ".join(words).rstrip("|｜(（-")
