"""One condition of a query as it is typed, and what it is read as."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.errors import QueryError
from indexer.records import Message, Param
from indexer.search.query import Node


@dataclass(frozen=True, slots=True)
class TypedCondition:
    """A condition with its name, sign and value, at `[start, end)` of the whole query `text`."""

    text: str
    start: int
    end: int
    name: str
    sign: str
    value: str
    quoted: bool = False

    @property
    def typed(self) -> str:
        """The condition as it is typed."""
        return self.text[self.start : self.end]

    @property
    def as_phrase(self) -> str:
        """The condition in quotes, which searches for it as text."""
        return '"' + self.typed.replace('"', "") + '"'

    def error(self, code: str, replacement: str | None = None, /, **params: Param) -> QueryError:
        """Return the error of this condition.

        Its suggestion is the query with `replacement` in place of the condition.
        """
        before, after = self.text[: self.start], self.text[self.end :]
        suggestion = None if replacement is None else before + replacement + after
        return QueryError(code, self.text, self.start, suggestion, **params)


@dataclass(frozen=True, slots=True)
class ParsedCondition:
    """What a typed condition means, with what was mended in it. Without a `node` it is text."""

    node: Node | None
    repairs: tuple[Message, ...] = ()


TEXT = ParsedCondition(None)
"""Reads a condition as text."""
