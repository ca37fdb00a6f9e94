"""What a condition of a query means: a facet, a figure, the body, or the sections to look in."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.errors import QueryError
from indexer.records import Message
from indexer.search.catalogue.facets import facets, field_names, find_facet, find_value
from indexer.search.catalogue.figure_names import (
    figure_called,
    figure_name,
    figure_names,
    find_figure,
)
from indexer.search.catalogue.figures import FigureField
from indexer.search.catalogue.name_matching import nearest
from indexer.search.language.comparison_wordings import (
    NUMBER,
    OPERATORS,
    SLIPS,
    SURE,
    SWAPPED,
    any_of,
)
from indexer.search.language.comparisons import FoundComparison
from indexer.search.language.condition_names import is_body, is_known, nearest_figure, unavailable
from indexer.search.language.facet_conditions import compare_facet, read_facet, section_error
from indexer.search.language.figure_conditions import compare_figure, read_figure
from indexer.search.language.typed_condition import TEXT, ParsedCondition, TypedCondition
from indexer.search.language.typed_numbers import read_value
from indexer.search.query import And, BodyName, Not
from indexer.text.folding import HAN, fold

_SIGNS = "<>=!＜＞＝！≥≤≠≧≦⩾⩽"
_NARROW = str.maketrans("＜＞＝！：﹤﹥﹦", "<>=!:<>=")
_COMPARES = re.compile(rf"[<>=＜＞＝≥≤≠≧≦⩾⩽]|(?:{any_of(SURE)})\s*\d")
_WORDED = re.compile(rf"(?P<word>{any_of(SURE)})\s*(?P<value>{NUMBER})")
_EXAMPLE = "新收申请>0"


def read_found(text: str, found: FoundComparison) -> ParsedCondition:
    """Return what a comparison means; QueryError names what is wrong with it and what is near."""
    conditions = [
        TypedCondition(text, found.start, found.end, part.name, part.sign, part.value)
        for part in found.parts
    ]
    if found.fault:
        raise _incomplete(conditions, found.fault)
    parsed = [read_comparison(condition) for condition in conditions]
    nodes = tuple(dict.fromkeys(one.node for one in parsed if one.node is not None))
    repairs = tuple(dict.fromkeys(repair for one in parsed for repair in one.repairs))
    return ParsedCondition(And(nodes) if len(nodes) > 1 else nodes[0], repairs)


def read_field(condition: TypedCondition) -> ParsedCondition:
    """Return what `name:value` means.

    QueryError for a name or value that is nearly right, or a value that a closed list lacks.
    """
    facet, figure = find_facet(condition.name), figure_called(condition.name)
    if facet or figure:
        compared = _comparison_after_colon(condition)
        if compared:
            return compared
    plain = not condition.quoted and not condition.value.startswith("/")
    if plain and _COMPARES.search(condition.value):
        raise condition.error(
            "query.comparison_after_colon", condition.as_phrase, typed=condition.typed
        )
    if is_body(condition.name):
        return ParsedCondition(BodyName(condition.value))
    if facet:
        return read_facet(facet, condition)
    if figure:
        return _with_alias(read_figure(figure, condition), figure, condition)
    return _read_unknown(condition)


def read_comparison(condition: TypedCondition) -> ParsedCondition:
    """Return what `name>number` and its like mean.

    QueryError for an unknown figure, or for what is no number.
    """
    if condition.sign == ":":
        return read_field(condition)
    sign = _operator(condition)
    if sign is None:
        raise condition.error("query.not_a_sign", condition.as_phrase, sign=condition.sign)
    repairs = _sign_repairs(condition, sign)
    facet, figure = find_facet(condition.name), figure_called(condition.name)
    if facet and (facet.name == "year" or not figure):
        return ParsedCondition(compare_facet(facet, sign, condition), repairs)
    if is_body(condition.name) and sign in ("=", "!="):
        body = BodyName(condition.value)
        return ParsedCondition(body if sign == "=" else Not(body), repairs)
    if figure:
        parsed = ParsedCondition(compare_figure(figure, sign, condition), repairs)
        return _with_alias(parsed, figure, condition)
    raise _unknown_figure(condition, sign)


def read_bare_field(condition: TypedCondition) -> ParsedCondition:
    """Return what an empty `name:` means: text, unless the name is or nearly is a condition's."""
    name = condition.name
    if is_known(name):
        raise condition.error("query.empty_field", name, name=name)
    better = nearest(name, (*field_names(), *figure_names()), contained=False)
    if better and condition.sign == ":":
        raise condition.error(
            "query.unknown_empty_field", condition.as_phrase, name=name, nearest=better
        )
    return TEXT


# ── signs ───────────────────────────────────────────────────────────────────────────────────────


def _comparison_after_colon(condition: TypedCondition) -> ParsedCondition | None:
    """Return what `行政诉讼:>0` or `行政诉讼:大于0` means; None for any other value."""
    value = condition.value
    number = value.lstrip(_SIGNS)
    if number != value:
        sign = value[: len(value) - len(number)]
        parsed = read_comparison(replace(condition, sign=sign, value=number.strip()))
        dropped = Message.of("query.repair.colon_dropped", sign=sign)
        return replace(parsed, repairs=(*parsed.repairs, dropped))
    worded = _WORDED.fullmatch(fold(value))
    if worded and not condition.quoted:
        sign = SURE[worded["word"]]
        return read_comparison(replace(condition, sign=sign, value=worded["value"]))
    return None


def _operator(condition: TypedCondition) -> str | None:
    """Return the operator that a typed sign is; None if it is none."""
    plain = re.sub(r"\s", "", condition.sign).translate(_NARROW)
    return OPERATORS.get(SLIPS.get(plain[:1], plain[:1]) + plain[1:])


def _sign_repairs(condition: TypedCondition, operator: str) -> tuple[Message, ...]:
    """Return what was mended in a sign: its width, its order, a character for another."""
    typed = condition.sign
    plain = typed.translate(_NARROW)
    repairs = []
    if plain != typed:
        repairs.append(Message.of("query.repair.wide", typed=typed, read=plain))
    if plain in SWAPPED:
        repairs.append(Message.of("query.repair.read_as", typed=plain, read=SWAPPED[plain]))
    if typed[:1] in SLIPS:
        repairs.append(Message.of("query.repair.read_as", typed=typed, read=operator))
    return tuple(repairs)


def _with_alias(
    parsed: ParsedCondition, figure: FigureField, condition: TypedCondition
) -> ParsedCondition:
    """Say which figure an everyday name is read as."""
    if find_figure(condition.name):
        return parsed
    alias = Message.of(
        "query.repair.figure_alias", name=condition.name, figure=figure_name(figure.key)
    )
    return replace(parsed, repairs=(*parsed.repairs, alias))


# ── what is not understood ──────────────────────────────────────────────────────────────────────


def _incomplete(conditions: Sequence[TypedCondition], fault: str) -> QueryError:
    """Return the error for a comparison with a part missing or one too many."""
    condition = conditions[0]
    if fault == "valueless":
        return _valueless(condition)
    if fault == "chain":
        apart = " ".join(f"{one.name}{one.sign}{one.value}" for one in conditions)
        return condition.error("query.chained", apart, typed=condition.typed, apart=apart)
    example, replacement = _EXAMPLE, condition.as_phrase
    if fault == "nameless":
        example = f"新收申请{condition.sign}{condition.value}"
        replacement = example if read_value(condition.value) is not None else replacement
    return condition.error(
        "query.no_figure_named.error",
        replacement,
        fault=Message.of(f"query.no_figure_named.{fault}", typed=condition.typed),
        example=example,
    )


def _valueless(condition: TypedCondition) -> QueryError:
    name, sign = condition.name, condition.sign
    figure = figure_called(name)
    if not (figure or unavailable(name) or find_facet(name)):
        return _unknown_figure(condition, sign)
    return condition.error(
        "query.no_value",
        f"{name}{sign}0" if figure else name,
        typed=condition.typed,
        example=f"{name}{sign}{0 if figure else '…'}",
        sign=sign,
    )


def _unknown_figure(condition: TypedCondition, sign: str) -> QueryError:
    """Return the error for a comparison of what is no figure; it names the nearest figure."""
    name = condition.name
    unknown = unavailable(name)
    if unknown:
        replacement = f"{unknown.instead}>0" if unknown.instead else condition.as_phrase
        return condition.error("query.unavailable", replacement, name=name, why=unknown.why)
    value = _number_at_start(condition.value)
    cut = _figure_at_end(name)
    if cut:
        figure = name[cut:]
        apart = f"{name[:cut].rstrip('的')} {figure}{sign}{value}"
        return condition.error(
            "query.figure_within_name", apart, name=name, figure=figure, apart=apart
        )
    better = nearest_figure(name)
    if better:
        return condition.error(
            "query.unknown_figure_near", f"{better}{sign}{value}", name=name, nearest=better
        )
    return condition.error("query.unknown_figure", condition.as_phrase, name=name)


def _number_at_start(value: str) -> str:
    """Return the number that a value begins with, `0` where it begins with none."""
    begins = re.match(NUMBER, fold(value))
    number = read_value(begins[0]) if begins else None
    return begins[0] if begins and number is not None and not math.isinf(number) else "0"


def _figure_at_end(name: str) -> int:
    """Return where a figure's name begins in a longer Chinese name, 0 if in none."""
    for at in range(1, len(name) - 1):
        if re.fullmatch(f"{HAN}+", name[: at + 1]) and figure_called(name[at:]):
            return at
    return 0


def _read_unknown(condition: TypedCondition) -> ParsedCondition:
    """Take what cannot be a condition as text: an address, or a name unlike any known one."""
    name = condition.name
    if condition.value.startswith("/"):
        return TEXT
    if unavailable(name):
        raise _unknown_figure(condition, ":")
    if find_value(facets()["section"], name):
        raise section_error(condition)
    is_prose = condition.sign == "："
    better = nearest(name, (*field_names(), *figure_names()), contained=not is_prose)
    if better:
        raise condition.error(
            "query.unknown_condition_near",
            _corrected(condition, better),
            name=name,
            nearest=better,
        )
    if not is_prose or name.isascii():
        raise condition.error("query.unknown_condition", condition.as_phrase, name=name)
    return ParsedCondition(None, (Message.of("query.repair.not_a_condition", name=name),))


def _corrected(condition: TypedCondition, name: str) -> str:
    """Return the condition with the right name; a search within the section of that name."""
    facet = find_facet(name)
    if facet is None or find_value(facet, condition.value) is not None:
        return f"{name}:{condition.value}"
    if find_value(facets()["section"], name):
        return f"章节:{name} {condition.value}"
    return condition.as_phrase
