"""Parse tree of the grammar → nodes of a query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lark import Token, Tree

from indexer.errors import QueryError
from indexer.records import Message
from indexer.search.language.comparisons import FoundComparison
from indexer.search.language.conditions import read_bare_field, read_field, read_found
from indexer.search.language.node_building import join_alternatives, join_in_sections, negate
from indexer.search.language.query_size import MAX_CONDITIONS, ConditionKey, keys_in
from indexer.search.language.typed_condition import ParsedCondition, TypedCondition
from indexer.search.query import Node, Phrase, Prefix, UnquotedText
from indexer.text.folding import fold

_CONDITIONS = ("phrase", "comparison", "field", "bare_field", "word")
"""The rules of the grammar that read one condition."""
_QUOTES = '"＂“”「」『』'


@dataclass(slots=True)
class TreeReader:
    """Reads a parse tree. None is a piece of which nothing is left to search, e.g. empty quotes."""

    text: str
    found: Mapping[int, FoundComparison]
    repairs: list[Message] = field(default_factory=list)
    conditions: set[ConditionKey] = field(default_factory=set)

    def read(self, tree: Tree[Token]) -> Node | None:
        """Return what a rule of the grammar means."""
        rules: dict[str, Callable[[Tree[Token]], Node | None]] = {
            "start": self._both,
            "query": self._both,
            "either": self._either,
            "both": self._both,
            "piece": self._piece,
            "group": self._group,
            "phrase": self._phrase,
            "comparison": self._comparison,
            "field": self._field,
            "bare_field": self._bare_field,
            "word": self._word,
        }
        node = rules[tree.data](tree)
        if node is not None and tree.data in _CONDITIONS:
            self._count(node, tree)
        return node

    def _count(self, node: Node, tree: Tree[Token]) -> None:
        """Refuse the condition that is one too many; a repeated one does not count again."""
        self.conditions.update(keys_in(node))
        if len(self.conditions) > MAX_CONDITIONS:
            start = tree.meta.start_pos
            raise QueryError(
                "query.too_many_conditions",
                self.text,
                start,
                self.text[:start].strip(),
                most=MAX_CONDITIONS,
                place=start + 1,
            )

    # ── operators and brackets ───────────────────────────────────────────────────────────────────

    def _parts(self, tree: Tree[Token]) -> list[Node]:
        parts = (self.read(part) for part in tree.children if isinstance(part, Tree))
        return [node for node in parts if node is not None]

    def _both(self, tree: Tree[Token]) -> Node | None:
        return join_in_sections(self._parts(tree))

    def _either(self, tree: Tree[Token]) -> Node | None:
        return join_alternatives(self._parts(tree))

    def _piece(self, tree: Tree[Token]) -> Node | None:
        *negations, atom = tree.children
        assert isinstance(atom, Tree)
        if "－" in negations:
            self._mend_width("－", "-")
        node = self.read(atom)
        return node if node is None or len(negations) % 2 == 0 else negate(node)

    def _group(self, tree: Tree[Token]) -> Node | None:
        start, end = _place(tree)
        if self.text[start] == "（" or self.text[end - 1 : end] == "）":
            self.repairs.append(Message.of("query.repair.wide_brackets"))
        return self._both(tree)

    # ── words ────────────────────────────────────────────────────────────────────────────────────

    def _phrase(self, tree: Tree[Token]) -> Node | None:
        text = self._unquoted(str(tree.children[0]))
        if fold(text):
            return Phrase(text)
        self.repairs.append(Message.of("query.repair.empty_quotes"))
        return None

    def _unquoted(self, quoted: str) -> str:
        escaped = quoted[0] == '"' and quoted.endswith('\\"')
        closed = len(quoted) > 1 and quoted[-1] in _QUOTES and not escaped
        if not closed:
            self.repairs.append(Message.of("query.repair.quote_closed", quote=quoted[0]))
        inner = quoted[1:-1] if closed else quoted[1:]
        return inner.replace('\\"', '"') if quoted[0] == '"' else inner

    def _word(self, tree: Tree[Token]) -> Node | None:
        token = tree.children[0]
        assert isinstance(token, Token)
        if token in ("OR", "AND", "NOT"):
            at = tree.meta.start_pos
            suggestion = cut_out(self.text, at, at + len(token))
            raise QueryError(
                "query.operator_without_word", self.text, at, suggestion, operator=str(token)
            )
        return self._plain(str(token))

    def _plain(self, text: str) -> Node | None:
        if not fold(text):
            return None
        stem = text.rstrip("*＊")
        if stem == text or not fold(stem):
            return UnquotedText(text)
        if text[len(stem)] == "＊":
            self._mend_width("＊", "*")
        return Prefix(stem)

    def _mend_width(self, typed: str, read: str) -> None:
        self.repairs.append(Message.of("query.repair.wide", typed=typed, read=read))

    # ── conditions ───────────────────────────────────────────────────────────────────────────────

    def _comparison(self, tree: Tree[Token]) -> Node | None:
        return self._taken(read_found(self.text, self.found[tree.meta.start_pos]), tree)

    def _field(self, tree: Tree[Token]) -> Node | None:
        head, value = (str(token) for token in tree.children)
        quoted = value[0] in _QUOTES
        text = self._unquoted(value) if quoted else value
        return self._taken(read_field(self._typed(tree, head, text, quoted)), tree)

    def _bare_field(self, tree: Tree[Token]) -> Node | None:
        head = str(tree.children[0])
        return self._taken(read_bare_field(self._typed(tree, head, "", False)), tree)

    def _typed(self, tree: Tree[Token], head: str, value: str, quoted: bool) -> TypedCondition:
        """Return a condition; the last character of its head is the colon."""
        return TypedCondition(self.text, *_place(tree), head[:-1], head[-1], value, quoted)

    def _taken(self, parsed: ParsedCondition, tree: Tree[Token]) -> Node | None:
        self.repairs += parsed.repairs
        if parsed.node is not None:
            return parsed.node
        start, end = _place(tree)
        return self._plain(self.text[start:end])


def cut_out(text: str, start: int, end: int) -> str:
    """Return a query text without a part of it.

    >>> cut_out("拆迁 ) 征地", 3, 4)
    '拆迁 征地'
    """
    return f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()


def _place(tree: Tree[Token]) -> tuple[int, int]:
    return tree.meta.start_pos, tree.meta.end_pos
