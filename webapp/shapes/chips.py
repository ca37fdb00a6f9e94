"""Everything in force in a search → chips, each with the search without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.search.fields import facets, figures, value_label
from indexer.search.query import And, Body, InSections, Node, Not, Or, Phrase, Prefix, Query, Word
from webapp.args import build_search
from webapp.permalinks import search_path
from webapp.query_text import print_node
from webapp.shapes.figures import condition_words
from webapp.steps import with_unjudged, without_figure, without_filter


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in force. `without` is the search without it."""

    kind: str
    text: str
    without: Query
    excluded: bool = False

    @property
    def url(self) -> str:
        """The address of the search without it."""
        return search_path(build_search(self.without))


def shape_chips(query: Query) -> tuple[Chip, ...]:
    """Return a chip for each condition in force, words first."""
    return (*_words(query), *_filters(query), *_figures(query))


def _words(query: Query) -> Iterator[Chip]:
    parts = query.root.parts if isinstance(query.root, And) else (query.root,) if query.root else ()
    for at, part in enumerate(parts):
        rest = parts[:at] + parts[at + 1 :]
        root = And(rest) if len(rest) > 1 else rest[0] if rest else None
        plain = part.part if isinstance(part, Not) else part
        kind, text = _word(plain)
        excluded = plain is not part
        yield Chip(f"不含 {kind}" if excluded else kind, text, replace(query, root=root, page=1), excluded)


def _word(node: Node) -> tuple[str, str]:
    match node:
        case Word(text):
            return "词", text
        case Phrase(text):
            return "原文", f"“{text}”"
        case Prefix(text):
            return "词首", f"{text}……"
        case Body(text):
            return "机构", text
        case Or(parts):
            return "任一", " 或 ".join(_word(part)[1] for part in parts)
        case InSections(keys, None):
            return "章节", " 或 ".join(value_label("section", key) for key in keys)
        case InSections(keys, part) if part:
            return " 或 ".join(value_label("section", key) for key in keys), _word(part)[1]
        case _:
            return "条件", print_node(node)


def _filters(query: Query) -> Iterator[Chip]:
    for one in query.filters:
        name = facets()[one.field].label
        values = " 或 ".join(value_label(one.field, value) for value in one.values)
        kind = f"不含 {name}" if one.excluded else name
        yield Chip(kind, values, without_filter(query, one.field, one.excluded), one.excluded)


def _figures(query: Query) -> Iterator[Chip]:
    for one in query.figures:
        kept = tuple(other for other in query.figures if other is not one)
        bare = replace(without_figure(query, one.key), figures=kept)
        yield Chip(figures()[one.key].label, condition_words(one), bare)
    if query.include_unjudged:
        yield Chip("也列出", "无法判断的", with_unjudged(query, False))
