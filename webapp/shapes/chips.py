"""Everything in force in a search → chips, each with the search without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from indexer.messages import render
from indexer.records import Message
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
from webapp.names import (
    Text,
    facet_name,
    figure_name,
    one_of,
    short_figure_name,
    value_name,
)
from webapp.permalinks import search_path
from webapp.shapes.figure_panel import condition_words


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in force, with the search without it.

    `title` is the chip in the title of the page, with its negation and the name of its figure. A
    `synonym` is one that was added, or with `excluded` one that the reader refused.
    """

    kind: Text
    text: Text
    without: Query
    excluded: bool = False
    synonym: bool = False
    title: Text = ""

    @property
    def named(self) -> Message:
        """The kind and the text."""
        return _titled(self.kind, self.text)

    @property
    def titled(self) -> Text:
        """The chip in the title of the page."""
        return self.title or self.named

    @property
    def removal(self) -> Message:
        """What the link that removes it does."""
        code = "use_again" if self.synonym and self.excluded else "remove"
        code = "switch_off" if self.synonym and not self.excluded else code
        return Message.of(f"page.chip.{code}", kind=self.kind, text=self.text)

    @property
    def url(self) -> str:
        """The address of the search without it."""
        return search_path(build_search(self.without))


def shape_chips(query: Query) -> tuple[Chip, ...]:
    """Return a chip for each condition in force, words first."""
    return (*_words(query), *_filters(query), *_figures(query), *_options(query))


def shape_synonyms(query: Query) -> tuple[Chip, ...]:
    """Return a chip for each synonym that is searched for, or that the reader has switched off."""
    unused, used = Message.of("page.chip.unused_synonym"), Message.of("page.chip.synonym")
    if ALL_SYNONYMS in query.refused:
        every = Message.of("page.chip.all")
        return (Chip(unused, every, with_synonym(query, ALL_SYNONYMS), True, True),)
    chips = []
    for one in query.synonyms:
        text = f"{one.word} ≈ {one.also}"
        if one.on:
            chips.append(Chip(used, text, without_synonym(query, one.also), False, True))
        else:
            chips.append(Chip(unused, text, with_synonym(query, one.also), True, True))
    if sum(one.on for one in query.synonyms) > 1:
        kind, every = Message.of("page.chip.synonyms"), Message.of("page.chip.all_above")
        chips.append(Chip(kind, every, without_synonym(query, ALL_SYNONYMS), False, True))
    return tuple(chips)


def _words(query: Query) -> Iterator[Chip]:
    parts = query.root.parts if isinstance(query.root, And) else (query.root,) if query.root else ()
    kind: Text
    for at, part in enumerate(parts):
        rest = parts[:at] + parts[at + 1 :]
        root = And(rest) if len(rest) > 1 else rest[0] if rest else None
        without = replace(query, root=root, page=1)
        title: Text
        if isinstance(part, Not):
            negated, text = _word(part.part)
            title = _not(_bracketed(text) if isinstance(part.part, Or) else text)
            kind, plain = Message.of("page.chip.not", text=negated), part.part
        else:
            (kind, text), plain = _word(part), part
            title = text
        if isinstance(plain, InSections):
            title = _titled(_word(plain)[0], title)
        yield Chip(kind, text, without, plain is not part, title=title)


def _word(node: Node) -> tuple[Text, Text]:
    """Return the kind of a condition, and what it asks for."""
    match node:
        case UnquotedText(text):
            return Message.of("page.chip.word"), text
        case Phrase(text):
            return Message.of("page.chip.phrase"), f"“{text}”"
        case Prefix(text):
            return Message.of("page.chip.prefix"), f"{text}……"
        case BodyName(text):
            return Message.of("page.chip.body"), text
        case Or(parts):
            return Message.of("page.chip.any"), one_of(map(_named, parts))
        case InSections(keys, None):
            return Message.of("page.chip.section"), _sections(keys)
        case InSections(keys, part) if part:
            return _sections(keys), _word(part)[1]
        case _:
            return Message.of("page.chip.condition"), _named(node)


def _named(node: Node) -> Text:
    """Return a condition among others in words that say by themselves what it is about."""
    match node:
        case And(parts):
            return _bracketed(Message.of("page.and", parts=tuple(map(_named, parts))))
        case Or(parts):
            return _bracketed(one_of(map(_named, parts)))
        case Not(part):
            return Message.of("page.chip.not", text=_named(part))
        case FacetFilter(field, values, excluded):
            named = Message.of("page.list", parts=tuple(_value(field, one) for one in values))
            text = _titled(facet_name(field), named)
            return Message.of("page.chip.not", text=text) if excluded else text
        case FigureFilter():
            return _titled(figure_name(node.key), condition_words(node))
        case BodyName() | InSections():
            return _titled(*_word(node))
        case _:
            return _word(node)[1]


def _filters(query: Query) -> Iterator[Chip]:
    for one in query.filters:
        name = facet_name(one.field)
        values = one_of(_value(one.field, value) for value in one.values)
        title = values if _speaks(one) else _titled(name, values)
        if one.excluded:
            name, title = (Message.of("page.chip.not", text=text) for text in (name, title))
        without = without_filter(query, one.field, one.excluded)
        yield Chip(name, values, without, one.excluded, title=title)


def _value(field: str, value: str) -> Text:
    """Return a value in words; years that are open to one side as a reader says it."""
    first, between, last = value.partition("..") if field == "year" else (value, "", "")
    if not between:
        return value_name(field, value)
    if first and last:
        return f"{first}—{last}"
    return (
        Message.of("page.chip.since", year=first)
        if first
        else Message.of("page.chip.until", year=last)
    )


def _speaks(one: FacetFilter) -> bool:
    """Say whether the values of a filter tell what they are: 乡镇, but neither 不详 nor a rule."""
    return one.field != "finding" and UNKNOWN not in one.values


def _figures(query: Query) -> Iterator[Chip]:
    for one in query.figures:
        kept = tuple(other for other in query.figures if other is not one)
        bare = replace(without_figure(query, one.key), figures=kept)
        words = condition_words(one)
        title = _titled(short_figure_name(one.key), words)
        yield Chip(figure_name(one.key), words, bare, title=title)


def _options(query: Query) -> Iterator[Chip]:
    for argument in arguments().values():
        if chip := argument.chip(query):
            yield Chip(chip.kind, chip.text, chip.without)


def _sections(keys: Iterable[str]) -> Text:
    return one_of(value_name("section", key) for key in keys)


def _titled(kind: Text, text: Text) -> Message:
    return Message.of("page.chip.titled", kind=kind, text=text)


def _bracketed(text: Text) -> Message:
    return Message.of("page.bracketed", text=text)


def _not(text: Text) -> Message:
    """Return a negated text; in Chinese no space comes before a quotation mark or a bracket."""
    tight = render(text).startswith(("“", "（"))
    return Message.of("page.chip.not_tight" if tight else "page.chip.not", text=text)
