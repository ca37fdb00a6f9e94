"""A fault in an address or a query → the place marked, what is near, and the way to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from indexer.errors import QueryError
from indexer.records import Message
from indexer.search.catalogue.figures import figures
from webapp.arguments.record import (
    FORM_BOXES,
    ArgumentError,
    NearArgument,
    Pairs,
    with_name,
    with_value,
)
from webapp.permalinks import rooted
from webapp.shapes.marked_text import Piece

_PART = re.compile(r'"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』|[^\s()（）|｜"“”「」『』]+|[|｜]+')
"""A word, a condition, a quoted text or a sign of a query."""


@dataclass(frozen=True, slots=True)
class Near:
    """A known argument, with the address in which it replaces the one at fault."""

    argument: NearArgument
    url: str


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the figure form, with what was typed into it."""

    name: str
    label: Message
    value: str
    faulty: bool


@dataclass(frozen=True, slots=True)
class ArgumentFault:
    """A fault in an argument.

    `fixed` is the address mended, `without` the one with the argument left out.
    `boxes` are those of the figure form where it is a fault in what was typed there.
    """

    address: tuple[Piece, ...]
    near: tuple[Near, ...]
    fixed: str
    fix_label: Message | str
    without: str
    field: NearArgument | None
    field_value: str
    kept: Pairs
    path: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class QueryFault:
    """A fault in a query: the marked text, a query that works, the other arguments."""

    pieces: tuple[Piece, ...]
    suggestion: str
    suggestion_url: str
    text: str
    kept: Pairs


def shape_argument(error: ArgumentError, path: str) -> ArgumentFault:
    """Return what to show of a fault in an argument of the address `path`."""
    name, value = error.pairs[error.at]
    best = error.near[0] if error.near else None
    boxes = tuple(_boxes(error))
    dropped = tuple(FORM_BOXES) if boxes else (name,)
    others = (*error.pairs[: error.at], *error.pairs[error.at + 1 :])
    kept = tuple(pair for pair in others if pair[0] not in dropped)
    renamed = best is not None and best.name != name
    return ArgumentFault(
        address=tuple(_address(error, path)),
        near=tuple(Near(one, _url(path, _put(error, one))) for one in error.near),
        fixed=_url(path, error.fixed) if error.fixed is not None else "",
        fix_label=_fix_label(error),
        without=_url(path, kept),
        field=_bound(best),
        field_value=value if renamed else "",
        kept=kept,
        path=path,
        boxes=boxes,
    )


def _bound(best: NearArgument | None) -> NearArgument | None:
    """Return the argument if it bounds a figure, so that the page offers a box for it."""
    if best is None or best.name.endswith("_status"):
        return None
    return best if best.name.rpartition("_")[0] in figures() else None


def _boxes(error: ArgumentError) -> Iterable[Box]:
    """Yield the boxes of the figure form if the fault is in one, or in both (min > max)."""
    typed = dict(error.pairs)
    if error.pairs[error.at][0] not in FORM_BOXES or typed.get("figure") not in figures():
        return
    both = {near.name for near in error.near} >= set(FORM_BOXES)
    for name in FORM_BOXES:
        label = Message.of(f"page.fault.{name}")
        yield Box(name, label, typed.get(name, ""), both or name == error.pairs[error.at][0])


def shape_query(error: QueryError, pairs: Pairs) -> QueryFault:
    """Return what to show of a fault in a query; `pairs` are the arguments of its address."""
    kept = tuple(pair for pair in pairs if pair[0] not in ("q", "page"))
    text = error.text
    start, end = _condition_at(text, min(error.at, len(text)))
    pieces = (Piece(text[:start]), Piece(text[start:end] or "␣", hit=True), Piece(text[end:]))
    suggestion = error.suggestion or ""
    return QueryFault(
        pieces=tuple(piece for piece in pieces if piece.text),
        suggestion=suggestion,
        suggestion_url=_url(rooted("/search"), [("q", suggestion), *kept]) if suggestion else "",
        text=text,
        kept=kept,
    )


def _condition_at(text: str, at: int) -> tuple[int, int]:
    """Return the span of the word, condition or sign at a place of a query; empty at its end."""
    for part in _PART.finditer(text):
        if part.start() <= at < part.end():
            return part.span()
    return at, min(at + 1, len(text))


def _address(error: ArgumentError, path: str) -> Iterable[Piece]:
    """Return the address with the fault marked: an unknown name, else the value."""
    unknown = all(near.name != error.pairs[error.at][0] for near in error.near)
    yield Piece(path)
    for at, (name, value) in enumerate(error.pairs):
        faulty = at == error.at
        yield Piece("&" if at else "?")
        yield Piece(name, hit=faulty and unknown)
        yield Piece("=")
        yield Piece(value or ("␣" if faulty and not unknown else ""), hit=faulty and not unknown)


def _fix_label(error: ArgumentError) -> Message | str:
    if error.fixed is None:
        return ""
    if len(error.fixed) < len(error.pairs):
        return Message.of("page.fault.keep_one")
    name, value = error.fixed[error.at]
    renamed = [one for one, _ in error.fixed] != [one for one, _ in error.pairs]
    return Message.of("page.fault.change_to", value=_short(name) if renamed else value)


def _short(name: str) -> str:
    """A figure's argument by its last part, as on a button there is no room for the key."""
    return name.rpartition(".")[2] if name.rpartition("_")[0] in figures() else name


def _put(error: ArgumentError, near: NearArgument) -> Pairs:
    """Return the pairs with a near argument and its example in place of the one at fault."""
    return with_value(with_name(error.pairs, error.at, near.name), error.at, near.example)


def _url(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs), quote_via=quote, safe="")
    return quote(path) + (f"?{query}" if query else "")
