"""Query text → Query. The grammar is `query.lark`; what is certainly a slip is mended and said, the rest is an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput, UnexpectedToken

from indexer.errors import QueryError
from indexer.records import SECTION_KEYS
from indexer.search.analysis.stop_words import mark_stop_words
from indexer.search.catalogue.facets import facets
from indexer.search.language.comparisons import FoundComparison, mark_comparisons
from indexer.search.language.condition_names import unavailable
from indexer.search.language.conditions import (
    ParsedCondition,
    TypedCondition,
    read_bare_field,
    read_field,
    read_found,
)
from indexer.search.language.intents import rate_in
from indexer.search.language.query_size import MAX_CONDITIONS, ConditionKey, keys_in
from indexer.search.query import (
    And,
    FacetFilter,
    FigureFilter,
    InSections,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    UnquotedText,
)
from indexer.text.folding import fold

MAX_QUERY_LENGTH = 1000
MAX_NESTING = 15
_MOST_FAULTS = 5
_CONDITIONS = ("phrase", "comparison", "field", "bare_field", "word")
"""The rules of the grammar that read one condition."""
_QUOTES = '"＂“”「」『』'


def parse_query(text: str) -> Query:
    """Return the query that is typed, with its repairs; QueryError says where it cannot be read and what would work."""
    if len(text) > MAX_QUERY_LENGTH:
        raise QueryError(
            f"检索式长达 {len(text)} 字，最多 {MAX_QUERY_LENGTH} 字。请缩短。",
            text,
            MAX_QUERY_LENGTH,
        )
    try:
        return _read_query(text)
    except QueryError as error:
        error.suggestion = _working(error.suggestion)
        raise


def _working(suggestion: str | None) -> str | None:
    """Return the suggestion once it can be read, the faults behind the first one mended as well; None if it cannot."""
    for _ in range(_MOST_FAULTS):
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
    reader = _Reader(text, marked.found, list(repairs))
    root = reader.read(tree)
    if root is None:
        return Query(text=text, repairs=tuple(dict.fromkeys(reader.repairs)))
    reader.repairs += _rates_asked(root)
    root, asking = mark_stop_words(root)
    if asking:
        named = "".join(f"“{word}”" for word in dict.fromkeys(asking))
        reader.repairs.append(f"疑问词{named}不作为条件；要它也出现，请加引号。")
    return _hoist(Query(text=text, repairs=tuple(dict.fromkeys(reader.repairs))), root)


def _rates_asked(root: Node) -> list[str]:
    """Say that reports cannot be ordered by a rate yet, where plain words ask for that: 公开率最低的县."""
    parts = root.parts if isinstance(root, And) else (root,)
    rate = rate_in("".join(part.text for part in parts if isinstance(part, UnquotedText)))
    why = unavailable(rate) if rate else None
    return [f"“{rate}”：{why.why}；这里按文字检索。"] if why else []


# ── the grammar ─────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _grammar() -> Lark:
    grammar = resources.files(__package__).joinpath("query.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _parse(text: str, masked: str) -> tuple[Tree[Token], tuple[str, ...]]:
    """Parse the masked text, closing at the end as many brackets as were left open."""
    _check_depth(text)
    mended = masked
    repairs: tuple[str, ...] = ()
    for _ in range(MAX_NESTING + 1):
        try:
            return _grammar().parse(mended), repairs
        except UnexpectedInput as error:
            if not (
                isinstance(error, UnexpectedToken)
                and error.token.type == "$END"
                and "_CLOSE" in error.accepts
            ):
                raise _explain(error, text) from None
        mended, repairs = mended + ")", ("补上了没有合上的括号。",)
    raise QueryError("括号没有合上。请补上右括号，或去掉左括号。", text, len(text))


def _check_depth(text: str) -> None:
    depth = 0
    for at, character in enumerate(text):
        depth += (character in "(（") - (character in ")）" and depth > 0)
        if depth > MAX_NESTING:
            raise QueryError(f"括号套了 {MAX_NESTING} 层以上。请减少层数。", text, at)


def _explain(error: UnexpectedInput, text: str) -> QueryError:
    """Say in Chinese what stands where nothing of the kind can stand."""
    at = (
        error.pos_in_stream
        if error.pos_in_stream is not None and error.pos_in_stream >= 0
        else len(text)
    )
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        at = len(text)
    at = min(at, len(text))
    here = text[at : at + 1]
    if not here:
        return QueryError(
            "检索式没有写完：最后的“OR”“NOT”或左括号后面还缺词。请补上，或去掉它。",
            text,
            at,
            _without_tail(text),
        )
    cut = _without(text, at, at + 1)
    opened = len(text[:at].rstrip())
    if here in ")）" and text[opened - 1 : opened] in ("(", "（"):
        return QueryError(
            "括号里没有要找的词。请写上，或去掉括号。",
            text,
            opened - 1,
            _without(text, opened - 1, at + 1),
        )
    if here in ")）":
        what = "前面没有与之成对的左括号" if "_CLOSE" not in _accepted(error) else "前面缺词"
        return QueryError(f"第 {at + 1} 个字“{here}”{what}。请补上，或去掉它。", text, at, cut)
    if here in "|｜":
        return QueryError(
            f"第 {at + 1} 个字“{here}”的左边没有词。请在两边都写上词，或去掉它。", text, at, cut
        )
    return QueryError(
        f"第 {at + 1} 个字“{here}”处读不下去。请去掉它，或给要找的文字加上引号。", text, at, cut
    )


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()


def _accepted(error: UnexpectedInput) -> set[str]:
    return (
        set(error.accepts or ())
        if isinstance(error, UnexpectedToken)
        else set(getattr(error, "allowed", None) or ())
    )


def _without_tail(text: str) -> str:
    words = text.split()
    while words and words[-1] in ("OR", "AND", "NOT", "|", "｜", "(", "（", "-"):
        words.pop()
    return " ".join(words).rstrip("|｜(（-")


# ── tree → nodes ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Reader:
    """Reads a parse tree. None is a piece of which nothing is left to search, e.g. empty quotes."""

    text: str
    found: Mapping[int, FoundComparison]
    repairs: list[str] = field(default_factory=list)
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
        """Refuse the condition that is one too many; one that was there before does not count again."""
        self.conditions.update(keys_in(node))
        if len(self.conditions) > MAX_CONDITIONS:
            start = tree.meta.start_pos
            raise QueryError(
                f"条件太多：一次检索最多 {MAX_CONDITIONS} 个不同的词或条件，从第 {start + 1} 个字起超出了。"
                "请删去一些，或分几次检索。",
                self.text,
                start,
                self.text[:start].strip(),
            )

    def _parts(self, tree: Tree[Token]) -> list[Node]:
        return [
            node
            for part in tree.children
            if isinstance(part, Tree) and (node := self.read(part)) is not None
        ]

    def _both(self, tree: Tree[Token]) -> Node | None:
        return _scoped(self._parts(tree))

    def _either(self, tree: Tree[Token]) -> Node | None:
        parts = self._parts(tree)
        distinct = tuple(dict.fromkeys(parts))
        return Or(distinct) if len(distinct) > 1 else distinct[0] if distinct else None

    def _piece(self, tree: Tree[Token]) -> Node | None:
        *negations, atom = tree.children
        assert isinstance(atom, Tree)
        if "－" in negations:
            self.repairs.append("把全角的“－”当作“-”。")
        node = self.read(atom)
        return node if node is None or len(negations) % 2 == 0 else _negated(node)

    def _group(self, tree: Tree[Token]) -> Node | None:
        if (
            self.text[tree.meta.start_pos] == "（"
            or self.text[tree.meta.end_pos - 1 : tree.meta.end_pos] == "）"
        ):
            self.repairs.append("把全角括号“（）”当作“()”。")
        return self._both(tree)

    def _phrase(self, tree: Tree[Token]) -> Node | None:
        text = self._unquoted(str(tree.children[0]))
        if fold(text):
            return Phrase(text)
        self.repairs.append("略去了空的引号。")
        return None

    def _unquoted(self, quoted: str) -> str:
        closed = (
            len(quoted) > 1
            and quoted[-1] in _QUOTES
            and not (quoted[0] == '"' and quoted.endswith('\\"'))
        )
        if not closed:
            self.repairs.append(f"补上了没有合上的引号“{quoted[0]}”。")
        inner = quoted[1:-1] if closed else quoted[1:]
        return inner.replace('\\"', '"') if quoted[0] == '"' else inner

    def _word(self, tree: Tree[Token]) -> Node | None:
        token = tree.children[0]
        assert isinstance(token, Token)
        if token in ("OR", "AND", "NOT"):
            at = tree.meta.start_pos
            suggestion = _without(self.text, at, at + len(token))
            raise QueryError(
                f"“{token}”连接的词缺了一边。请补上词；要检索这个词本身，请加引号。",
                self.text,
                at,
                suggestion,
            )
        return self._plain(str(token))

    def _plain(self, text: str) -> Node | None:
        if not fold(text):
            return None
        stem = text.rstrip("*＊")
        if stem == text or not fold(stem):
            return UnquotedText(text)
        if text[len(stem)] == "＊":
            self.repairs.append("把全角的“＊”当作“*”。")
        return Prefix(stem)

    def _comparison(self, tree: Tree[Token]) -> Node | None:
        start, _ = _place(tree)
        return self._taken(read_found(self.text, self.found[start]), tree)

    def _field(self, tree: Tree[Token]) -> Node | None:
        head, value = (str(token) for token in tree.children)
        text = self._unquoted(value) if value[0] in _QUOTES else value
        quoted = value[0] in _QUOTES
        return self._taken(
            read_field(TypedCondition(self.text, *_place(tree), head[:-1], head[-1], text, quoted)),
            tree,
        )

    def _bare_field(self, tree: Tree[Token]) -> Node | None:
        head = str(tree.children[0])
        return self._taken(
            read_bare_field(TypedCondition(self.text, *_place(tree), head[:-1], head[-1], "")), tree
        )

    def _taken(self, reading: ParsedCondition, tree: Tree[Token]) -> Node | None:
        self.repairs += reading.repairs
        start, end = _place(tree)
        return reading.node if reading.node is not None else self._plain(self.text[start:end])


def _place(tree: Tree[Token]) -> tuple[int, int]:
    return tree.meta.start_pos, tree.meta.end_pos


# ── nodes → query ───────────────────────────────────────────────────────────────────────────────────────────────


def _negated(node: Node) -> Node:
    """Return the opposite; a figure's range is turned round, which says the same and stays a figure filter."""
    match node:
        case Not(part):
            return part
        case FacetFilter():
            return replace(node, excluded=not node.excluded)
        case FigureFilter(statuses=()):
            return replace(node, negated=not node.negated)
        case _:
            return Not(node)


def _scoped(parts: Sequence[Node]) -> Node | None:
    """Join parts that hold together, the words among them within the sections that a `章节:` beside them names."""
    flat = list(_flattened(parts))
    keys = _scope(flat)
    if keys is None:
        return _joined(flat)
    words = [part for part in flat if _has_words(part)]
    others = [part for part in flat if not _has_words(part) and not _is_scope(part)]
    if not words:
        return _joined(flat)
    return _joined([*others, InSections(keys, _joined(words))])


def _flattened(parts: Sequence[Node]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, And):
            yield from part.parts
        else:
            yield part


def _joined(parts: Sequence[Node]) -> Node | None:
    """Join parts that all hold; to say one of them twice says no more than to say it once."""
    distinct = tuple(dict.fromkeys(parts))
    return And(distinct) if len(distinct) > 1 else distinct[0] if distinct else None


def _is_scope(node: Node) -> bool:
    bare = node.part if isinstance(node, Not) else node
    return isinstance(bare, InSections) and bare.part is None


def _scope(parts: Sequence[Node]) -> tuple[str, ...] | None:
    """Return the sections that `章节:` asks for, several being alternatives, less those that `-章节:` rules out."""
    wanted = [
        key
        for part in parts
        if isinstance(part, InSections) and part.part is None
        for key in part.keys
    ]
    unwanted = {
        key for part in parts if isinstance(part, Not) and _is_scope(part) and isinstance(part.part, InSections)
        for key in part.part.keys
    }  # fmt: skip
    if not wanted and not unwanted:
        return None
    return tuple(key for key in dict.fromkeys(wanted or SECTION_KEYS) if key not in unwanted)


def _has_words(node: Node) -> bool:
    match node:
        case UnquotedText() | Phrase() | Prefix():
            return True
        case And(parts) | Or(parts):
            return any(_has_words(part) for part in parts)
        case Not(part):
            return _has_words(part)
        case _:
            return False


def _hoist(query: Query, root: Node) -> Query:
    """Move the filters that hold for the whole query out of the tree, so that a facet is counted without its own."""
    parts = root.parts if isinstance(root, And) else (root,)
    filters = [part for part in parts if isinstance(part, FacetFilter)]
    figures = tuple(part for part in parts if isinstance(part, FigureFilter))
    rest = [part for part in parts if not isinstance(part, FacetFilter | FigureFilter)]
    return replace(query, root=_joined(rest), filters=tuple(_merged(filters)), figures=figures)


def _merged(filters: Sequence[FacetFilter]) -> list[FacetFilter]:
    """Join filters on a facet of which a report has one value: set side by side, they can only mean either."""
    merged: dict[object, FacetFilter] = {}
    for number, part in enumerate(filters):
        single = facets()[part.field].single
        key = (part.field, part.excluded) if single else number
        known = merged.get(key)
        values = (*known.values, *part.values) if known else part.values
        merged[key] = replace(part, values=tuple(dict.fromkeys(values)))
    return list(merged.values())
