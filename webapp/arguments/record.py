"""The record of one argument of an address, and what it works on while an address is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn, TypeAlias

from indexer.errors import NianbaoError
from indexer.records import Message, Param
from indexer.search.catalogue.figures import figures
from indexer.search.query import FacetFilter, FigureFilter, Query
from indexer.search.snippet_boundaries import shorten
from webapp.names import figure_name

Pairs: TypeAlias = tuple[tuple[str, str], ...]
Condition: TypeAlias = FacetFilter | FigureFilter
ArgumentGroup: TypeAlias = Literal["text", "form", "condition", "option", "site"]
"""Addresses print text, then conditions, then options; never those of `form` and `site`."""

FORM_BOXES = {"min": "argument.box_min", "max": "argument.box_max"}
"""The boxes of the figure form, with what messages call them."""
MAX_QUOTED = 60
"""The characters of a visitor's text that a message repeats."""


@dataclass(frozen=True, slots=True)
class NearArgument:
    """An argument to propose: its name, its meaning, a value to try."""

    name: str
    meaning: Message
    example: str


class ArgumentError(NianbaoError):
    """An argument is unknown or malformed: the one at `at` of `pairs`.

    `near` are the nearest arguments or values, `fixed` the pairs with the nearest in its place.
    """

    def __init__(
        self,
        code: str,
        /,
        pairs: Pairs,
        at: int,
        near: tuple[NearArgument, ...] = (),
        fixed: Pairs | None = None,
        **params: Param,
    ) -> None:
        super().__init__(code, **params)
        self.pairs = pairs
        self.at = at
        self.near = near
        self.fixed = fixed


@dataclass(frozen=True, slots=True)
class GivenArgument:
    """One occurrence of an argument: the pair at `at`, and what its value was parsed to."""

    pairs: Pairs
    at: int
    parsed: Any = None

    @property
    def name(self) -> str:
        """Its name."""
        return self.pairs[self.at][0]

    @property
    def value(self) -> str:
        """Its value as given."""
        return self.pairs[self.at][1]

    @property
    def quoted(self) -> str:
        """Its value, short enough for a message."""
        return shorten(self.value, MAX_QUOTED)

    @property
    def called(self) -> Message:
        """What a visitor knows it by: the label of a box of the form, else its name."""
        figure = next((value for name, value in self.pairs if name == "figure"), "")
        if self.name in FORM_BOXES and figure in figures():
            return Message.of(FORM_BOXES[self.name], figure=figure_name(figure))
        return Message.of("argument.named", name=self.name)

    def refuse(self, code: str, meaning: Message, guess: str, **params: Param) -> NoReturn:
        """Raise an ArgumentError that proposes another value."""
        raise ArgumentError(
            code,
            self.pairs,
            self.at,
            (NearArgument(self.name, meaning, guess),),
            with_value(self.pairs, self.at, guess),
            argument=self.called,
            value=self.quoted,
            **params,
        )


@dataclass(slots=True)
class SearchReading:
    """An address while it is read.

    `given` holds the arguments by name, `query` what those applied so far ask for.
    """

    query: Query
    given: dict[str, list[GivenArgument]] = field(default_factory=dict)

    def values(self, name: str) -> list[Any]:
        """Return the parsed values of an argument, in the order given."""
        return [one.parsed for one in self.given.get(name, ())]

    def filled(self, name: str) -> GivenArgument | None:
        """Return the occurrence of an argument that is not left empty."""
        return next((one for one in self.given.get(name, ()) if one.parsed is not None), None)

    def value(self, name: str) -> Any:
        """Return the parsed value of an argument; None unless it is given."""
        return next(iter(self.values(name)), None)


@dataclass(frozen=True, slots=True)
class ArgumentChip:
    """The chip that shows an argument in force: two texts, and the query without it."""

    kind: Message
    text: Message
    without: Query


def parse_nothing(given: GivenArgument) -> object:
    """Return the value as it is given, without blanks around it."""
    return given.value.strip()


def apply_nothing(reading: SearchReading) -> None:
    """Leave the query as it is."""


def print_nothing(query: Query) -> Pairs:
    """Return no arguments."""
    return ()


def says_no_condition(condition: Condition) -> Pairs | None:
    """Return None for every condition."""
    return None


def no_chip(query: Query) -> ArgumentChip | None:
    """Return no chip for any query."""
    return None


@dataclass(frozen=True, slots=True)
class UrlArgument:
    """All there is to know of one argument of an address.

    Parsing, errors, links, chips and help follow from it.
    """

    name: str
    meaning: Message
    example: str
    group: ArgumentGroup = "option"
    pages: tuple[str, ...] = ("search",)
    """The pages that take it: `search`, `report`."""
    repeatable: bool = False
    parse: Callable[[GivenArgument], Any] = parse_nothing
    """The value, or ArgumentError."""
    apply: Callable[[SearchReading], None] = apply_nothing
    """Asks for what the argument says; called once, however often it is given."""
    prints: Callable[[Query], Pairs] = print_nothing
    """The pairs that ask for what a query asks of this argument; none for the default."""
    says: Callable[[Condition], Pairs | None] = says_no_condition
    """The pairs that say a condition; None where this argument cannot say it."""
    chip: Callable[[Query], ArgumentChip | None] = no_chip
    """The chip above the results while it is in force; conditions have chips anyway."""

    @property
    def near(self) -> NearArgument:
        """The argument as a proposal."""
        return NearArgument(self.name, self.meaning, self.example)


def with_name(pairs: Pairs, at: int, name: str) -> Pairs:
    """Return the pairs with another name at one place."""
    return tuple((name, pair[1]) if index == at else pair for index, pair in enumerate(pairs))


def with_value(pairs: Pairs, at: int, value: str) -> Pairs:
    """Return the pairs with another value at one place."""
    return tuple((pair[0], value) if index == at else pair for index, pair in enumerate(pairs))
