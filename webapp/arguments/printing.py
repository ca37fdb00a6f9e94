"""What is asked → the arguments of an address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from indexer.search.language.query_text import print_query
from indexer.search.query import And, Query
from webapp.arguments.catalogue import arguments, say_condition
from webapp.arguments.record import Condition, Pairs
from webapp.arguments.text_arguments import print_words, read_text

MAX_CARRIED_QUERY = 200
"""A longer query is not carried along to the reports: every link of a page would repeat it."""
_T = TypeVar("_T")


def build_search(query: Query) -> Pairs:
    """Return the arguments that ask for this search: in one order, without the defaults.

    `q` is the text as typed while everything it says is still asked for; else it is printed anew,
    without what an argument of its own can say.
    """
    text, conditions = _split(query)
    pairs = list(print_words(text, ()))
    for group in ("text", "condition", "option"):
        if group == "condition":
            pairs += [pair for one in conditions for pair in _pairs_of(one)]
        for argument in arguments().values():
            if argument.group == group:
                pairs += argument.prints(query)
    return tuple(pairs)


def build_marked(query: Query) -> Pairs:
    """Return the arguments of a link to a report that make it mark the words of a query."""
    short = 0 < len(query.text) <= MAX_CARRIED_QUERY
    return print_words(query.text, query.refused) if short else ()


def _split(query: Query) -> tuple[str, list[Condition]]:
    """Return the text, and the conditions that go into arguments of their own."""
    typed = read_text(query.text)
    asked: tuple[Condition, ...] = (*query.filters, *query.figures)
    said: tuple[Condition, ...] = (*typed.filters, *typed.figures)
    if typed.root == query.root and Counter(said) <= Counter(asked):
        conditions = _without(asked, said)
        if conditions == _sayable(conditions):
            return query.text, conditions
    conditions = _sayable(asked)
    root = query.root.parts if isinstance(query.root, And) else (query.root,) if query.root else ()
    return print_query((*root, *_without(asked, conditions))), conditions


def _sayable(conditions: Sequence[Condition]) -> list[Condition]:
    """Return the conditions that arguments can say.

    Of two that one argument would say only the first is: the argument would join their values.
    """
    taken: dict[str, Condition] = {}
    for condition in conditions:
        said = say_condition(condition)
        if said:
            taken.setdefault(said[0], condition)
    return list(taken.values())


def _pairs_of(condition: Condition) -> Pairs:
    said = say_condition(condition)
    return said[1] if said else ()


def _without(conditions: Sequence[_T], part: Sequence[_T]) -> list[_T]:
    rest = list(conditions)
    for one in part:
        if one in rest:
            rest.remove(one)
    return rest
