"""What a condition on a figure means: `行政诉讼>0`, `新收申请:1..10`, `行政诉讼:空`."""

from __future__ import annotations

import math
import re

from indexer.errors import QueryError
from indexer.records import Message, Status
from indexer.search.catalogue.facets import facets, find_value
from indexer.search.catalogue.figure_names import figure_called
from indexer.search.catalogue.figures import FigureField
from indexer.search.catalogue.statuses import find_status
from indexer.search.language.comparison_wordings import BEHIND, NUMBER, any_of
from indexer.search.language.condition_names import unavailable
from indexer.search.language.facet_conditions import (
    BETWEEN,
    LISTED,
    colon_repairs,
    section_error,
)
from indexer.search.language.typed_condition import ParsedCondition, TypedCondition
from indexer.search.language.typed_numbers import (
    MAX_NUMBER_LENGTH,
    is_date,
    is_percentage,
    read_value,
)
from indexer.search.query import FigureFilter, Node, Not
from indexer.text.folding import HAN, fold

_STROKE = re.compile("(?<=[0-9０-９])[-－\u2010-\u2015]+(?=[0-9０-９][0-9０-９,.]*[件个起宗条]?$)")
"""A stroke between two numbers, as in 5-10: the sign of neither."""
_LEADING_NUMBER = re.compile(rf"(?P<number>{NUMBER})(?P<rest>.+)")
_SEPARATE_TEXT = re.compile(
    f"(?!左右|上下|多|余|来|分之)[,的且吗呢了]*(?:$|{HAN}{{2}}|[县市省镇乡](?:$|[^\\w]))"
)
"""Text after a number that is a condition of its own: 县 or 以上, but neither 千 nor *2 nor e3."""
_BOUND_WORDS = re.compile(rf"^(?:{any_of(BEHIND)})")
_VAGUE = {"有": ("query.ambiguous_some", ">0"), "无": ("query.ambiguous_none", "=0")}
"""Words that may be said of the number in a cell or of cases."""


def read_figure(figure: FigureField, condition: TypedCondition) -> ParsedCondition:
    """Return what `figure:value` means: statuses, a number or a range."""
    repairs = colon_repairs(condition)
    refuse_vague(condition)
    statuses = _read_statuses(condition.value)
    if statuses:
        return ParsedCondition(FigureFilter(figure.key, statuses=statuses), repairs)
    ends = BETWEEN.split(_STROKE.sub("..", condition.value))
    if len(ends) == 1:
        _refuse_section(condition)
        number = read_condition_number(condition, condition.value)
        return ParsedCondition(build_filter(figure.key, "=", number), repairs)
    if len(ends) != 2 or not any(ends):
        raise condition.error(
            "query.no_range", f"{condition.name}:1..", value=condition.value, name=condition.name
        )
    low, high = (read_condition_number(condition, end) if end else None for end in ends)
    if low is not None and high is not None and low > high:
        reversed_ = Message.of("query.repair.range_reversed", low=ends[1], high=ends[0])
        repairs = (*repairs, reversed_)
        low, high = high, low
    return ParsedCondition(FigureFilter(figure.key, low=low, high=high), repairs)


def compare_figure(figure: FigureField, sign: str, condition: TypedCondition) -> Node:
    """Return what `figure>value` and its like mean."""
    refuse_vague(condition)
    status = find_status(condition.value) if sign in ("=", "!=") else None
    if status:
        with_status = FigureFilter(figure.key, statuses=(status,))
        return with_status if sign == "=" else Not(with_status)
    return build_filter(figure.key, sign, read_condition_number(condition, condition.value))


def build_filter(key: str, sign: str, number: float) -> FigureFilter:
    """Return the filter that compares a figure with a number."""
    match sign:
        case ">" | ">=":
            return FigureFilter(key, low=number, low_open=sign == ">")
        case "<" | "<=":
            return FigureFilter(key, high=number, high_open=sign == "<")
        case _:
            return FigureFilter(key, low=number, high=number, negated=sign == "!=")


def refuse_vague(condition: TypedCondition) -> None:
    """Raise the error for 有 and 无, which may be said of a number in the cell or of cases."""
    if condition.value in _VAGUE:
        code, cases = _VAGUE[condition.value]
        raise condition.error(
            code, f"{condition.name}{cases}", typed=condition.typed, name=condition.name
        )


def read_condition_number(condition: TypedCondition, written: str) -> float:
    """Return a number of a condition; QueryError for what is none, or is too large."""
    number = read_value(written)
    if number is None:
        raise _number_error(condition, written)
    if math.isinf(number):
        raise condition.error(
            "query.number_too_long", f"{condition.name}>0", value=written[:MAX_NUMBER_LENGTH]
        )
    return number


def _read_statuses(value: str) -> tuple[Status, ...]:
    """Return the statuses that a value lists; none where any part of it is something else."""
    parts = [part.strip() for part in LISTED.split(value)]
    statuses = [find_status(part) for part in parts if part]
    known = tuple(dict.fromkeys(status for status in statuses if status))
    return known if all(statuses) else ()


def _refuse_section(condition: TypedCondition) -> None:
    """Raise the error where the figure's name is also a section's and the value is text."""
    section = find_value(facets()["section"], condition.name)
    has_number = re.search(r"\d", fold(condition.value)) or read_value(condition.value) is not None
    if section and not has_number:
        raise section_error(condition)


def _number_error(condition: TypedCondition, written: str) -> QueryError:
    """Return the error for a value that is no number; it says what stands in its place."""
    fault = _known_fault(condition, written)
    if fault is None:
        apart = _number_and_text(condition, written)
        if apart:
            return condition.error("query.number_and_text", apart, value=written, apart=apart)
        fault = Message.of("query.not_a_number.text", value=written)
    return condition.error(
        "query.not_a_number.error", f"{condition.name}>0", fault=fault, name=condition.name
    )


def _known_fault(condition: TypedCondition, written: str) -> Message | None:
    if is_percentage(written) and re.fullmatch(NUMBER, fold(written)):
        return Message.of("query.not_a_number.rate", value=written, name=condition.name)
    if is_date(written):
        return Message.of("query.not_a_number.date", value=written, name=condition.name)
    if figure_called(written) or unavailable(written):
        return Message.of("query.not_a_number.figure", value=written)
    return None


def _number_and_text(condition: TypedCondition, written: str) -> str:
    """Return `行政诉讼>3县` with the text apart from the condition; empty if it has none."""
    begins = _LEADING_NUMBER.fullmatch(fold(written))
    if not begins or condition.sign == ":":
        return ""
    if read_value(begins["number"]) is None or not _SEPARATE_TEXT.match(begins["rest"]):
        return ""
    rest = _BOUND_WORDS.sub("", begins["rest"]).strip("的,且吗呢了")
    return f"{condition.name}{condition.sign}{begins['number']} {rest}".strip()
