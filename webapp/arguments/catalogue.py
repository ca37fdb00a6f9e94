"""The catalogue of all arguments. A new one is a record here, or one that `register` adds."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NoReturn

from indexer.records import Message
from indexer.search.catalogue.facets import facets
from indexer.search.catalogue.figures import figures
from indexer.search.snippet_boundaries import shorten
from webapp.arguments.condition_arguments import FIGURE_SUFFIXES, condition_arguments
from webapp.arguments.option_arguments import FORM_ARGUMENTS, OPTION_ARGUMENTS, SITE_ARGUMENTS
from webapp.arguments.record import (
    MAX_QUOTED,
    ArgumentError,
    Condition,
    NearArgument,
    Pairs,
    UrlArgument,
    with_name,
)
from webapp.arguments.text_arguments import REFUSED_SYNONYM, TEXT_ARGUMENTS

_STARTING_POINTS = ("q", "level", "year", "sort")
"""What to propose where no name is near."""
_MAX_NAME_LENGTH = 80
"""Longer names are cut before they are compared with all known ones."""
_added: list[UrlArgument] = []


def register(argument: UrlArgument) -> None:
    """Add an argument, which every page of its `pages` then takes."""
    _added.append(argument)


def unregister(argument: UrlArgument) -> None:
    """Remove an argument that `register` has added."""
    _added.remove(argument)


def arguments() -> Mapping[str, UrlArgument]:
    """Return every argument by name, in the order in which they are printed and applied."""
    return _build(tuple(_added), (*facets(), *figures()))


@lru_cache(4)
def _build(added: tuple[UrlArgument, ...], fields: tuple[str, ...]) -> Mapping[str, UrlArgument]:
    own = (
        *TEXT_ARGUMENTS,
        *FORM_ARGUMENTS,
        *condition_arguments(),
        *OPTION_ARGUMENTS,
        *SITE_ARGUMENTS,
    )
    groups = [argument.group for argument in own]
    ordered = sorted((*own, *added), key=lambda argument: groups.index(argument.group))
    return {argument.name: argument for argument in ordered}


def search_arguments() -> Mapping[str, UrlArgument]:
    """Return the arguments of a search by name."""
    return {name: one for name, one in arguments().items() if "search" in one.pages}


def listed_arguments() -> tuple[UrlArgument, ...]:
    """Return the arguments to document: of the figures those of one stand for all."""
    shown = next(iter(figures()))
    return tuple(
        argument
        for name, argument in arguments().items()
        if name.rpartition("_")[0] not in figures() or name.rpartition("_")[0] == shown
    )


def say_condition(condition: Condition) -> tuple[str, Pairs] | None:
    """Return the argument that says a condition, and its pairs; None where no argument can."""
    return _say(condition, tuple(_added))


@lru_cache(256)
def _say(condition: Condition, added: tuple[UrlArgument, ...]) -> tuple[str, Pairs] | None:
    for name, argument in arguments().items():
        pairs = argument.says(condition)
        if pairs is not None:
            return name, pairs
    return None


def refuse_name(pairs: Pairs, at: int) -> NoReturn:
    """Refuse an argument whose name no search takes, with the names most like it."""
    name = pairs[at][0]
    known = search_arguments()
    names = difflib.get_close_matches(name[:_MAX_NAME_LENGTH], known, 3, 0.5)
    key = names[0].rpartition("_")[0] if names else ""
    if key in figures():
        siblings = (f"{key}_{suffix}" for suffix in FIGURE_SUFFIXES)
        names = [names[0], *(one for one in siblings if one != names[0])]
    fixed = with_name(pairs, at, names[0]) if names else None
    near = _near(names or _STARTING_POINTS)
    quoted = shorten(name, MAX_QUOTED)
    raise ArgumentError("argument.unknown", pairs, at, near, fixed, name=quoted)


def refuse_twice(pairs: Pairs, at: int) -> NoReturn:
    """Refuse an argument that is given again."""
    fixed = tuple(pair for index, pair in enumerate(pairs) if index != at)
    raise ArgumentError("argument.twice", pairs, at, (), fixed, name=pairs[at][0])


def refuse_undecodable(pairs: Pairs, at: int) -> NoReturn:
    """Refuse an argument with letters in no known encoding."""
    raise ArgumentError("argument.undecodable", pairs, at, argument=_named(pairs, at))


def refuse_count(pairs: Pairs, most: int) -> NoReturn:
    """Refuse the last condition of a search that has too many."""
    known = arguments()
    counted = (
        at
        for at, (name, _) in enumerate(pairs)
        if known[name].group == "condition" or name == REFUSED_SYNONYM
    )
    at = max(counted, default=len(pairs) - 1)
    named = _named(pairs, at)
    raise ArgumentError("argument.too_many_conditions", pairs, at, argument=named, most=most)


def _near(names: Iterable[str]) -> tuple[NearArgument, ...]:
    return tuple(arguments()[name].near for name in names)


def _named(pairs: Pairs, at: int) -> Message:
    return Message.of("argument.named", name=pairs[at][0])
