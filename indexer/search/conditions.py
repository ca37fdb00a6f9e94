"""What a piece `name:value` or `name>value` of a query means: a facet, a figure, the body, the sections to look in."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.amounts import read_amount, read_count
from indexer.errors import QueryError
from indexer.records import Status
from indexer.search import fields
from indexer.search.fields import Facet, FigureField
from indexer.search.query import Body, FacetFilter, FigureFilter, InSections, Node, Not
from indexer.text import fold

_OPERATORS = {
    ">": ">", "<": "<", "=": "=", "==": "=", ">=": ">=", "=>": ">=", "≥": ">=", "<=": "<=", "=<": "<=", "≤": "<=",
    "!=": "!=", "<>": "!=", "≠": "!=", "=!": "!=",
}  # fmt: skip
_MENDED = {"=>": ">=", "=<": "<=", "=!": "!=", "<>": "!="}
_SIGNS = "<>=!＜＞＝！≥≤≠"
_WIDE = str.maketrans("＜＞＝！：", "<>=!:")
_LISTED = re.compile(r"[,，、;；]")
_BETWEEN = re.compile(r"\.\.+|…+|[～~至到]")
_BETWEEN_YEARS = re.compile(rf"{_BETWEEN.pattern}|[-－\u2010-\u2015]+")
"""Between years a stroke can be nothing else; before a number it may be its sign."""
_LONGEST_NUMBER = 20
_MOST_YEARS = 30
"""A closed range of years up to this long is spelled out, so that each year is a value that can be taken back."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a query: the whole text, and the place, name, sign and value of the piece in it."""

    text: str
    start: int
    end: int
    name: str
    sign: str
    value: str

    def error(self, message: str, replacement: str | None = None) -> QueryError:
        """Return the error that this piece is, with the query that would work if the piece read `replacement`."""
        suggestion = None if replacement is None else self.text[: self.start] + replacement + self.text[self.end :]
        return QueryError(message, self.text, self.start, suggestion)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a piece means, with what was mended in it. `node` is None: it is no condition but text."""

    node: Node | None
    repairs: tuple[str, ...] = ()


_TEXT = Reading(None)


def read_field(piece: Piece) -> Reading:
    """Return what `name:value` means; QueryError for a name or value that is nearly right, or a value out of its list."""
    if fold(piece.name) in ("机构", "body", "单位", "发布机构"):
        return Reading(Body(piece.value))
    facet = fields.find_facet(piece.name)
    figure = fields.find_figure(piece.name)
    number = piece.value.lstrip(_SIGNS)
    if number != piece.value and (figure or facet):
        sign = piece.value[: -len(number)] if number else piece.value
        reading = read_comparison(replace(piece, sign=sign, value=number.strip()))
        return replace(reading, repairs=(*reading.repairs, f"略去了“{sign}”前面的冒号。"))
    if facet:
        return _read_facet(facet, piece)
    if figure:
        return _read_figure(figure, piece)
    return _read_unknown(piece)


def read_comparison(piece: Piece) -> Reading:
    """Return what `name>number` and its like mean; QueryError for an unknown figure, or for what is no number."""
    sign = _OPERATORS.get(piece.sign.translate(_WIDE))
    if sign is None:
        return _TEXT
    repairs = _signs_mended(piece)
    figure, facet = fields.find_figure(piece.name), fields.find_facet(piece.name)
    if facet and (facet.name == "year" or not figure):
        return Reading(_compare_facet(facet, sign, piece), repairs)
    if figure:
        return Reading(_figure_filter(figure.key, sign, _number(piece, piece.value)), repairs)
    if read_number(piece.value) is None:
        return _TEXT
    better = fields.nearest(piece.name, fields.figure_names())
    hint = f"是否想写“{better}”？" if better else "指标名见帮助页；要按文字检索，请加引号。"
    replacement = f"{better}{sign}{piece.value}" if better else _quoted(piece)
    raise piece.error(f"没有名叫“{piece.name}”的指标。{hint}", replacement)


def read_bare_field(piece: Piece) -> Reading:
    """Return what `name:` with nothing behind it means: text, unless the name is a condition's."""
    if fields.find_facet(piece.name) or fields.find_figure(piece.name) or piece.name in ("机构", "body"):
        raise piece.error(f"“{piece.name}:”后面没有值。请在冒号后写上值，或去掉冒号按文字检索。", piece.name)
    return _TEXT


def _signs_mended(piece: Piece) -> tuple[str, ...]:
    plain = piece.sign.translate(_WIDE)
    wide = (f"把全角的“{piece.sign}”当作“{plain}”。",) if plain != piece.sign else ()
    swapped = (f"把“{plain}”当作“{_MENDED[plain]}”。",) if plain in _MENDED and plain != "<>" else ()
    return wide + swapped


def _colon_mended(piece: Piece) -> tuple[str, ...]:
    return ("把全角冒号“：”当作“:”。",) if piece.sign == "：" else ()


# ── facets ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_facet(facet: Facet, piece: Piece) -> Reading:
    repairs = list(_colon_mended(piece))
    values: list[str] = []
    for name in filter(None, (part.strip() for part in _LISTED.split(piece.value))):
        values += _year_values(piece, name, repairs) if facet.name == "year" else [_facet_value(facet, piece, name)]
    if not values:
        raise piece.error(f"“{piece.name}:”后面没有值。请写上值，例如“{_example(facet)}”。", piece.name)
    distinct = tuple(dict.fromkeys(values))
    node = InSections(distinct) if facet.name == "section" else FacetFilter(facet.name, distinct)
    return Reading(node, tuple(repairs))


def _facet_value(facet: Facet, piece: Piece, name: str) -> str:
    value = fields.find_value(facet, name)
    if value is not None:
        return value
    other = fields.misplaced_code(facet, name)
    if other:
        right = f"{other.aliases[0]}:{name}"
        raise piece.error(f"{name} 不是{facet.label}的代码。请写“{right}”，或写{facet.label}的名称。", right)
    names = _shown_values(facet)
    better = fields.nearest(name, (*names, *facet.values))
    hint = f"是否想写“{better}”？" if better else f"可用的有：{'、'.join(names)}。"
    raise piece.error(
        f"“{piece.name}”没有“{name}”这个值。{hint}", f"{piece.name}:{better}" if better else _quoted(piece)
    )


def _shown_values(facet: Facet) -> list[str]:
    values = dict.fromkeys(facet.values.values())
    return [fields.value_label(facet.name, value) for value in values]


def _example(facet: Facet) -> str:
    values = _shown_values(facet)
    return f"{facet.aliases[0]}:{values[0] if values else '2019' if facet.name == 'year' else '江西省'}"


def _year_values(piece: Piece, name: str, repairs: list[str]) -> list[str]:
    year = fields.facets()["year"]
    ends = _BETWEEN_YEARS.split(name)
    years = [fields.find_value(year, end) for end in ends]
    if len(ends) == 1 and years[0]:
        return [years[0]]
    if len(ends) != 2 or not any(ends) or any(end and not found for end, found in zip(ends, years, strict=True)):
        raise piece.error(f"“{name}”不是年份。请写四位数字，例如“年份:2019”或“年份:2019..2020”。", f"{piece.name}:2019")
    low, high = years
    if low and high and low > high:
        repairs.append(f"年份范围倒写了，当作“{high}..{low}”。")
        low, high = high, low
    if low and high and int(high) - int(low) < _MOST_YEARS:
        return [f"{number:04d}" for number in range(int(low), int(high) + 1)]
    return [f"{low or ''}..{high or ''}"]


def _compare_facet(facet: Facet, sign: str, piece: Piece) -> Node:
    if sign in ("=", "!="):
        node = _read_facet(facet, piece).node
        assert node is not None
        if isinstance(node, FacetFilter):
            return replace(node, excluded=sign == "!=")
        return Not(node) if sign == "!=" else node
    year = fields.find_value(facet, piece.value) if facet.name == "year" else None
    if year is None:
        what = "不是年份" if facet.name == "year" else "不能比较大小"
        named = piece.value if facet.name == "year" else piece.name
        raise piece.error(f"“{named}”{what}。请用冒号，例如“{_example(facet)}”。", _example(facet))
    number = int(year) + {">": 1, "<": -1}.get(sign, 0)
    bound = f"{min(max(number, 0), 9999):04d}"
    return FacetFilter("year", (f"{bound}.." if ">" in sign else f"..{bound}",))


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_figure(figure: FigureField, piece: Piece) -> Reading:
    repairs = _colon_mended(piece)
    parts = [part.strip() for part in _LISTED.split(piece.value)]
    statuses = [fields.find_status(part) for part in parts if part]
    if statuses and all(statuses):
        known: Sequence[Status] = [status for status in statuses if status]
        return Reading(FigureFilter(figure.key, statuses=tuple(dict.fromkeys(known))), repairs)
    ends = _BETWEEN.split(piece.value)
    if len(ends) == 1:
        return Reading(_figure_filter(figure.key, "=", _number(piece, piece.value)), repairs)
    if len(ends) != 2 or not any(ends):
        raise piece.error(
            f"“{piece.value}”不是范围。请写成“{piece.name}:1..10”或“{piece.name}:1..”。", f"{piece.name}:1.."
        )
    low, high = (_number(piece, end) if end else None for end in ends)
    if low is not None and high is not None and low > high:
        repairs += (f"范围倒写了，当作“{ends[1]}..{ends[0]}”。",)
        low, high = high, low
    return Reading(FigureFilter(figure.key, low=low, high=high), repairs)


def _figure_filter(key: str, sign: str, number: float) -> FigureFilter:
    match sign:
        case ">" | ">=":
            return FigureFilter(key, low=number, low_open=sign == ">")
        case "<" | "<=":
            return FigureFilter(key, high=number, high_open=sign == "<")
        case _:
            return FigureFilter(key, low=number, high=number, negated=sign == "!=")


def _number(piece: Piece, written: str) -> float:
    number = read_number(written)
    if number is None:
        raise piece.error(
            f"“{written}”不是数，也不是格的状态。请写数字，如“{piece.name}>0”“{piece.name}:1..10”，"
            f"或写状态，如“{piece.name}:空”。",
            f"{piece.name}>0",
        )
    if math.isinf(number):
        raise piece.error(f"“{written[:_LONGEST_NUMBER]}…”太长。请写小一些的数。", f"{piece.name}>0")
    return number


def read_number(written: str) -> float | None:
    """Return a number as a cell may print it, an amount in yuan; infinite where it is too large for any report."""
    if len(written) > _LONGEST_NUMBER:
        return math.inf if re.fullmatch(r"[+-]?[\d.,]+", fold(written)) else None
    for reading in (read_count(written), read_amount(written)):
        if reading.status == "reported" and reading.value is not None:
            return float(reading.value)
    return None


# ── what is neither ─────────────────────────────────────────────────────────────────────────────────────────────


def _read_unknown(piece: Piece) -> Reading:
    """Take what cannot be a condition as text: an address, a name like none there is, in a sentence."""
    if piece.value.startswith("/"):
        return _TEXT
    better = fields.nearest(piece.name, (*fields.field_names(), *fields.figure_names()))
    if better:
        facet = fields.find_facet(better)
        fits = facet is None or fields.find_value(facet, piece.value) is not None
        raise piece.error(
            f"没有名叫“{piece.name}”的条件。是否想写“{better}”？要按文字检索，请加引号。",
            f"{better}:{piece.value}" if fits else _quoted(piece),
        )
    if piece.name.isascii():
        raise piece.error(
            f"没有名叫“{piece.name}”的条件。可用的有：年份、层级、地区、机构、章节、格式、问题和各项指标；要按文字检索，请加引号。",
            _quoted(piece),
        )
    return Reading(None, (f"“{piece.name}：”不是检索条件，按文字检索。",))


def _quoted(piece: Piece) -> str:
    return '"' + piece.text[piece.start : piece.end].replace('"', "") + '"'
