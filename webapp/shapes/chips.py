"""Everything in force in a search → chips, each with the search without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.messages import render
from indexer.search.catalogue.facets import facets, value_label
from indexer.search.catalogue.figures import figures
from indexer.search.catalogue.place_names import UNKNOWN
from indexer.search.query import (
    ALL_SYNONYMS,
    And,
    BodyName,
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
from webapp.arguments.catalogue import arguments
from webapp.arguments.printing import build_search
from webapp.arguments.query_steps import (
    with_synonym,
    without_figure,
    without_filter,
    without_synonym,
)
from webapp.permalinks import search_path
from webapp.shapes.figure_panel import condition_words


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in force. `without` is the search without it; `synonym`: it is one that we have added, or that was refused."""

    kind: str
    text: str
    without: Query
    excluded: bool = False
    synonym: bool = False
    title: str = ""
    """The chip in the page's title, with its negation and the name of its figure."""

    @property
    def removal(self) -> str:
        """What the link that removes it does, in words."""
        verb = "重新使用" if self.synonym and self.excluded else "关掉" if self.synonym else "去掉"
        return f"{verb}：{self.kind} {self.text}"

    @property
    def url(self) -> str:
        """The address of the search without it."""
        return search_path(build_search(self.without))


def shape_chips(query: Query) -> tuple[Chip, ...]:
    """Return a chip for each condition in force, words first."""
    return (*_words(query), *_filters(query), *_figures(query), *_options(query))


def shape_synonyms(query: Query) -> tuple[Chip, ...]:
    """Return a chip for each synonym that is searched for as well, or would be had the reader not switched it off."""
    if ALL_SYNONYMS in query.refused:
        return (Chip("不用同义", "全部", with_synonym(query, ALL_SYNONYMS), True, True),)
    chips = [
        Chip("同义", f"{one.word} ≈ {one.also}", without_synonym(query, one.also), False, True)
        if one.on
        else Chip("不用同义", f"{one.word} ≈ {one.also}", with_synonym(query, one.also), True, True)
        for one in query.synonyms
    ]
    if sum(one.on for one in query.synonyms) > 1:
        chips.append(Chip("同义词", "以上全部", without_synonym(query, ALL_SYNONYMS), False, True))
    return tuple(chips)


def _words(query: Query) -> Iterator[Chip]:
    parts = query.root.parts if isinstance(query.root, And) else (query.root,) if query.root else ()
    for at, part in enumerate(parts):
        rest = parts[:at] + parts[at + 1 :]
        root = And(rest) if len(rest) > 1 else rest[0] if rest else None
        plain = part.part if isinstance(part, Not) else part
        kind, text = _word(plain)
        excluded = plain is not part
        bracketed = f"（{text}）" if excluded and isinstance(plain, Or) else text
        title = f"不含{'' if bracketed[0] in '“（' else ' '}{bracketed}" if excluded else text
        title = f"{kind} {title}" if isinstance(plain, InSections) else title
        without = replace(query, root=root, page=1)
        yield Chip(f"不含 {kind}" if excluded else kind, text, without, excluded, title=title)


def _word(node: Node) -> tuple[str, str]:
    match node:
        case UnquotedText(text):
            return "词", text
        case Phrase(text):
            return "原文", f"“{text}”"
        case Prefix(text):
            return "词首", f"{text}……"
        case BodyName(text):
            return "机构", text
        case Or(parts):
            return "任一", " 或 ".join(map(_named, parts))
        case InSections(keys, None):
            return "章节", " 或 ".join(value_label("section", key) for key in keys)
        case InSections(keys, part) if part:
            return " 或 ".join(value_label("section", key) for key in keys), _word(part)[1]
        case _:
            return "条件", _named(node)


def _named(node: Node) -> str:
    """Return a condition among others in words, so that it says by itself what it is about."""
    match node:
        case And(parts):
            return f"（{' 且 '.join(map(_named, parts))}）"
        case Or(parts):
            return f"（{' 或 '.join(map(_named, parts))}）"
        case Not(part):
            return f"不含 {_named(part)}"
        case FacetFilter(field, values, excluded):
            name = facets()[field].label
            named = "、".join(_value(field, value) for value in values)
            return f"{'不含 ' if excluded else ''}{name} {named}"
        case FigureFilter():
            return f"{figures()[node.key].label} {condition_words(node)}"
        case BodyName() | InSections():
            return " ".join(_word(node))
        case _:
            return _word(node)[1]


def _filters(query: Query) -> Iterator[Chip]:
    for one in query.filters:
        name = facets()[one.field].label
        values = " 或 ".join(_value(one.field, value) for value in one.values)
        kind = f"不含 {name}" if one.excluded else name
        title = values if _speaks(one) else f"{name} {values}"
        title = f"不含 {title}" if one.excluded else title
        yield Chip(
            kind, values, without_filter(query, one.field, one.excluded), one.excluded, title=title
        )


def _value(field: str, value: str) -> str:
    """Return a value in words; years that are open to one side as a reader says it."""
    first, between, last = value.partition("..") if field == "year" else (value, "", "")
    if not between:
        return value_label(field, value)
    return f"{first}—{last}" if first and last else f"{first} 年起" if first else f"{last} 年及以前"


def _speaks(one: FacetFilter) -> bool:
    """Say whether the values of a filter tell by themselves what they are: 乡镇, but neither 不详 nor a rule's name."""
    return one.field != "finding" and UNKNOWN not in one.values


def _figures(query: Query) -> Iterator[Chip]:
    for one in query.figures:
        kept = tuple(other for other in query.figures if other is not one)
        bare = replace(without_figure(query, one.key), figures=kept)
        name, words = figures()[one.key].label, condition_words(one)
        yield Chip(name, words, bare, title=f"{name.removesuffix('·总计')} {words}")


def _options(query: Query) -> Iterator[Chip]:
    for argument in arguments().values():
        if chip := argument.chip(query):
            yield Chip(render(chip.kind), render(chip.text), chip.without)
