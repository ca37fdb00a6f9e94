"""What a piece `name:value` or `name>value` of a query means: a facet, a figure, the body, the sections to look in."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.errors import QueryError
from indexer.records import Status
from indexer.search.catalogue.facets import (
    Facet,
    facets,
    field_names,
    find_facet,
    find_value,
    misplaced_code,
    value_label,
)
from indexer.search.catalogue.figure_names import (
    figure_called,
    figure_name,
    figure_names,
    find_figure,
)
from indexer.search.catalogue.figures import FigureField
from indexer.search.catalogue.name_matching import nearest
from indexer.search.catalogue.statuses import find_status
from indexer.search.language.comparison_wordings import (
    BEHIND,
    DATE,
    NUMBER,
    OPERATORS,
    SLIPS,
    SURE,
    SWAPPED,
    UNIT,
    any_of,
)
from indexer.search.language.comparisons import FoundComparison
from indexer.search.language.condition_names import is_body, is_known, nearest_figure, unavailable
from indexer.search.language.place_conditions import other_level, read_path
from indexer.search.query import And, BodyName, FacetFilter, FigureFilter, InSections, Node, Not, Or
from indexer.text.amounts import read_amount, read_count
from indexer.text.folding import HAN, fold
from indexer.text.numerals import parse_number

_SIGNS = "<>=!＜＞＝！≥≤≠≧≦⩾⩽"
_WIDE = str.maketrans("＜＞＝！：﹤﹥﹦", "<>=!:<>=")
_LISTED = re.compile(r"[,，、;；]")
_BETWEEN = re.compile(r"\.\.+|…+|[～~至到]")
_BETWEEN_YEARS = re.compile(rf"{_BETWEEN.pattern}|[-－\u2010-\u2015]+")
"""Between years a stroke can be nothing else; before a number it may be its sign."""
_STROKE = re.compile("(?<=[0-9０-９])[-－\u2010-\u2015]+(?=[0-9０-９][0-9０-９,.]*[件个起宗条]?$)")
"""A stroke between two numbers, as in 5-10: the sign of neither."""
_LONGEST_NUMBER = 20
_PERCENT = re.compile("[%‰]|百分|成$|倍$")
_DATED = re.compile(rf"({DATE})|(\d{{4}})年度?$")
_COUNTED = re.compile(rf"(?P<number>.*?)\s?(?:{UNIT})*")
_APART = re.compile(
    f"(?!左右|上下|多|余|来|分之)[,的且吗呢了]*(?:$|{HAN}{{2}}|[县市省镇乡](?:$|[^\\w]))"
)
"""What may stand behind a number as a condition or word of its own: 县 or 以上, but neither 千 nor *2 nor e3."""
_IDLE_REST = re.compile(rf"^(?:{any_of(BEHIND)})")
_LARGE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s?(?P<by>[十百千])(?P<more>[万亿]?)元?")
_BY = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "": 1}
_BEGINS = re.compile(rf"(?P<number>{NUMBER})(?P<rest>.+)")
_COMPARES = re.compile(rf"[<>=＜＞＝≥≤≠≧≦⩾⩽]|(?:{any_of(SURE)})\s*\d")
_WORDED = re.compile(rf"(?P<word>{any_of(SURE)})\s*(?P<value>{NUMBER})")
_HAN_NUMBER = re.compile("[零〇一二两三四五六七八九十百千万]+")
_MOST_YEARS = 30
"""A closed range of years up to this long is spelled out, so that each year is a value that can be taken back."""


@dataclass(frozen=True, slots=True)
class TypedCondition:
    """A piece of a query: the whole text, and the place, name, sign and value of the piece in it."""

    text: str
    start: int
    end: int
    name: str
    sign: str
    value: str
    quoted: bool = False

    @property
    def typed(self) -> str:
        """The piece as it is typed."""
        return self.text[self.start : self.end]

    def error(self, message: str, replacement: str | None = None) -> QueryError:
        """Return the error that this piece is, with the query that would work if the piece read `replacement`."""
        suggestion = (
            None
            if replacement is None
            else self.text[: self.start] + replacement + self.text[self.end :]
        )
        return QueryError(message, self.text, self.start, suggestion)


@dataclass(frozen=True, slots=True)
class ParsedCondition:
    """What a piece means, with what was mended in it. `node` is None: it is no condition but text."""

    node: Node | None
    repairs: tuple[str, ...] = ()


_TEXT = ParsedCondition(None)


def read_found(text: str, found: FoundComparison) -> ParsedCondition:
    """Return what a comparison means; QueryError names what is wrong with it and what is near."""
    pieces = [
        TypedCondition(text, found.start, found.end, part.name, part.sign, part.value)
        for part in found.parts
    ]
    if found.fault:
        raise _incomplete(pieces, found.fault)
    readings = [read_comparison(piece) for piece in pieces]
    nodes = tuple(dict.fromkeys(reading.node for reading in readings if reading.node is not None))
    node = And(nodes) if len(nodes) > 1 else nodes[0]
    return ParsedCondition(
        node, tuple(dict.fromkeys(said for reading in readings for said in reading.repairs))
    )


def read_field(piece: TypedCondition) -> ParsedCondition:
    """Return what `name:value` means; QueryError for a name or value that is nearly right, or a value out of its list."""
    facet = find_facet(piece.name)
    figure = figure_called(piece.name)
    number = piece.value.lstrip(_SIGNS)
    if number != piece.value and (figure or facet):
        sign = piece.value[: -len(number)] if number else piece.value
        reading = read_comparison(replace(piece, sign=sign, value=number.strip()))
        return replace(reading, repairs=(*reading.repairs, f"略去了“{sign}”前面的冒号。"))
    worded = _WORDED.fullmatch(fold(piece.value))
    if worded and not piece.quoted and (figure or facet):
        return read_comparison(replace(piece, sign=SURE[worded["word"]], value=worded["value"]))
    if not piece.quoted and not piece.value.startswith("/") and _COMPARES.search(piece.value):
        raise _no_condition(piece)
    if is_body(piece.name):
        return ParsedCondition(BodyName(piece.value))
    if facet:
        return _read_facet(facet, piece)
    if figure:
        return _with_alias(_read_figure(figure, piece), figure, piece)
    return _read_unknown(piece)


def read_comparison(piece: TypedCondition) -> ParsedCondition:
    """Return what `name>number` and its like mean; QueryError for an unknown figure, or for what is no number."""
    if piece.sign == ":":
        return read_field(piece)
    sign = _sign_of(piece)
    if sign is None:
        raise piece.error(
            f"“{piece.sign}”不是比较号。比较号有 >、>=、<、<=、=、!=；要按文字检索，请加引号。",
            _quoted(piece),
        )
    repairs = _signs_mended(piece)
    figure, facet = figure_called(piece.name), find_facet(piece.name)
    if facet and (facet.name == "year" or not figure):
        return ParsedCondition(_compare_facet(facet, sign, piece), repairs)
    if is_body(piece.name) and sign in ("=", "!="):
        body = BodyName(piece.value)
        return ParsedCondition(body if sign == "=" else Not(body), repairs)
    if figure:
        _refuse_vague(piece)
        status = find_status(piece.value) if sign in ("=", "!=") else None
        if status:
            blank = FigureFilter(figure.key, statuses=(status,))
            return _with_alias(
                ParsedCondition(blank if sign == "=" else Not(blank), repairs), figure, piece
            )
        number = _number(piece, piece.value)
        return _with_alias(
            ParsedCondition(_figure_filter(figure.key, sign, number), repairs), figure, piece
        )
    raise _no_figure(piece, sign)


def read_bare_field(piece: TypedCondition) -> ParsedCondition:
    """Return what an empty `name:` means: text, unless the name is or nearly is a condition's."""
    if is_known(piece.name):
        raise piece.error(
            f"“{piece.name}:”后面没有值。请在冒号后写上值，或去掉冒号按文字检索。", piece.name
        )
    better = nearest(piece.name, (*field_names(), *figure_names()), contained=False)
    if better and piece.sign == ":":
        raise piece.error(
            f"没有名叫“{piece.name}”的条件，后面也没有值。是否想写“{better}:”？要按文字检索，请加引号。",
            _quoted(piece),
        )
    return _TEXT


# ── what is not understood ──────────────────────────────────────────────────────────────────────────────────────


def _incomplete(pieces: Sequence[TypedCondition], fault: str) -> QueryError:
    """Return the error for a comparison with a part missing or one too many."""
    piece = pieces[0]
    figure = figure_called(piece.name)
    if fault == "valueless" and (figure or unavailable(piece.name) or find_facet(piece.name)):
        example = f"{piece.name}{piece.sign}{0 if figure else '…'}"
        return piece.error(
            f"“{piece.typed}”后面没有数。请写成“{example}”这样，或去掉“{piece.sign}”按文字检索。",
            f"{piece.name}{piece.sign}0" if figure else piece.name,
        )
    if fault == "valueless":
        return _no_figure(piece, piece.sign)
    if fault == "chain":
        apart = " ".join(f"{one.name}{one.sign}{one.value}" for one in pieces)
        return piece.error(
            f"“{piece.typed}”里有两个比较号。请写成两个条件，如“{apart}”；要按文字检索，请加引号。",
            apart,
        )
    if fault == "nameless":
        what = f"“{piece.typed}”前面没有指标名"
    else:
        what = (
            f"“{piece.typed}”里没有指标名" if fault == "numbers" else f"“{piece.typed}”的两边都缺"
        )
    example = f"新收申请{piece.sign}{piece.value}" if fault == "nameless" else "新收申请>0"
    return piece.error(
        f"{what}。请写上指标，如“{example}”“行政诉讼>0”；指标名见帮助页；要按文字检索，请加引号。",
        example if fault == "nameless" and read_value(piece.value) is not None else _quoted(piece),
    )


def _no_figure(piece: TypedCondition, sign: str) -> QueryError:
    """Return the error for a comparison of what is no figure; it names the nearest figure."""
    unknown = unavailable(piece.name)
    if unknown:
        replacement = f"{unknown.instead}>0" if unknown.instead else _quoted(piece)
        return piece.error(f"“{piece.name}”：{unknown.why}。要按文字检索，请加引号。", replacement)
    fronts = (
        at for at in range(1, len(piece.name) - 1) if re.fullmatch(f"{HAN}+", piece.name[: at + 1])
    )
    ends = (at for at in fronts if figure_called(piece.name[at:]))
    cut = next(ends, None)
    begins = re.match(NUMBER, fold(piece.value))
    number = read_value(begins[0]) if begins else None
    value = begins[0] if begins and number is not None and not math.isinf(number) else "0"
    if cut:
        front, name = piece.name[:cut].rstrip("的"), piece.name[cut:]
        apart = f"{front} {name}{sign}{value}"
        return piece.error(
            f"没有名叫“{piece.name}”的指标，有“{name}”。是否想写“{apart}”？要按文字检索，请加引号。",
            apart,
        )
    better = nearest_figure(piece.name)
    hint = (
        f"是否想写“{better}”？要按文字检索，请加引号。"
        if better
        else "指标名见帮助页；要按文字检索，请加引号。"
    )
    replacement = f"{better}{sign}{value}" if better else _quoted(piece)
    return piece.error(f"没有名叫“{piece.name}”的指标。{hint}", replacement)


def _no_condition(piece: TypedCondition) -> QueryError:
    return piece.error(
        f"“{piece.typed}”里冒号后面又有比较，读不出是什么条件。请用空格把条件分开；要按文字检索，请加引号。",
        _quoted(piece),
    )


def _with_alias(
    reading: ParsedCondition, figure: FigureField, piece: TypedCondition
) -> ParsedCondition:
    """Say which figure an everyday name is read as."""
    if find_figure(piece.name):
        return reading
    said = f"把“{piece.name}”当作指标“{figure_name(figure.key)}”。"
    return replace(reading, repairs=(*reading.repairs, said))


def _signs_mended(piece: TypedCondition) -> tuple[str, ...]:
    plain = piece.sign.translate(_WIDE)
    wide = (f"把全角的“{piece.sign}”当作“{plain}”。",) if plain != piece.sign else ()
    swapped = (f"把“{plain}”当作“{SWAPPED[plain]}”。",) if plain in SWAPPED else ()
    slip = (f"把“{piece.sign}”当作“{_sign_of(piece)}”。",) if piece.sign[:1] in SLIPS else ()
    return wide + swapped + slip


def _sign_of(piece: TypedCondition) -> str | None:
    plain = re.sub(r"\s", "", piece.sign).translate(_WIDE)
    return OPERATORS.get(SLIPS.get(plain[:1], plain[:1]) + plain[1:])


def _colon_mended(piece: TypedCondition) -> tuple[str, ...]:
    return ("把全角冒号“：”当作“:”。",) if piece.sign == "：" else ()


# ── facets ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_facet(facet: Facet, piece: TypedCondition) -> ParsedCondition:
    repairs = list(_colon_mended(piece))
    values: list[str] = []
    for name in filter(None, (part.strip() for part in _LISTED.split(piece.value))):
        values += (
            _year_values(piece, name, repairs)
            if facet.name == "year"
            else [_facet_value(facet, piece, name)]
        )
    if not values:
        raise piece.error(
            f"“{piece.name}:”后面没有值。请写上值，例如“{_example(facet)}”。", piece.name
        )
    distinct = tuple(dict.fromkeys(values))
    places = tuple(
        read_path(facet.name, value) or FacetFilter(facet.name, (value,)) for value in distinct
    )
    if any(isinstance(place, And) for place in places):
        return ParsedCondition(Or(places) if len(places) > 1 else places[0], tuple(repairs))
    node = InSections(distinct) if facet.name == "section" else FacetFilter(facet.name, distinct)
    return ParsedCondition(node, tuple(repairs))


def _facet_value(facet: Facet, piece: TypedCondition, name: str) -> str:
    value = find_value(facet, name)
    level = other_level(facet.name, name) if value is not None else None
    if level:
        right = f"{facets()[level].aliases[0]}:{name}"
        kinds = f"{facet.label}，是{facets()[level].label}"
        raise piece.error(f"“{name}”不是{kinds}。请写“{right}”，或写“地区:{name}”。", right)
    if value is not None:
        return value
    other = misplaced_code(facet, name)
    if other:
        right = f"{other.aliases[0]}:{name}"
        raise piece.error(
            f"{name} 不是{facet.label}的代码。请写“{right}”，或写{facet.label}的名称。", right
        )
    section = find_value(facets()["section"], piece.name)
    if facet.name == "finding" and section and not nearest(name, facet.values, contained=False):
        raise _in_section(piece)
    names = _shown_values(facet)
    better = nearest(name, (*names, *facet.values))
    hint = f"是否想写“{better}”？" if better else f"可用的有：{'、'.join(names)}。"
    raise piece.error(
        f"“{piece.name}”没有“{name}”这个值。{hint}",
        f"{piece.name}:{better}" if better else _quoted(piece),
    )


def _shown_values(facet: Facet) -> list[str]:
    values = dict.fromkeys(facet.values.values())
    return [value_label(facet.name, value) for value in values]


def _example(facet: Facet) -> str:
    values = [value for value in _shown_values(facet) if "（" not in value]
    return f"{facet.aliases[0]}:{values[0] if values else '2019' if facet.name == 'year' else '江西省'}"


def _year_values(piece: TypedCondition, name: str, repairs: list[str]) -> list[str]:
    year = facets()["year"]
    ends = _BETWEEN_YEARS.split(name)
    years = [find_value(year, end) for end in ends]
    if len(ends) == 1 and years[0]:
        return [years[0]]
    if (
        len(ends) != 2
        or not any(ends)
        or any(end and not found for end, found in zip(ends, years, strict=True))
    ):
        dated = _DATED.match(fold(name))
        example = f"{piece.name}:{fold(name)[:4] if dated else 2019}"
        raise piece.error(
            f"“{name}”不是年份。请写四位数字，例如“年份:2019”或“年份:2019..2020”；年份是报告的年度，不是发布的年份。",
            example,
        )
    low, high = years
    if low and high and low > high:
        repairs.append(f"年份范围倒写了，当作“{high}..{low}”。")
        low, high = high, low
    if low and high and int(high) - int(low) < _MOST_YEARS:
        return [f"{number:04d}" for number in range(int(low), int(high) + 1)]
    return [f"{low or ''}..{high or ''}"]


def _compare_facet(facet: Facet, sign: str, piece: TypedCondition) -> Node:
    if sign in ("=", "!="):
        node = _read_facet(facet, piece).node
        assert node is not None
        if isinstance(node, FacetFilter):
            return replace(node, excluded=sign == "!=")
        return Not(node) if sign == "!=" else node
    year = find_value(facet, piece.value) if facet.name == "year" else None
    if year is None:
        if facet.name == "year":
            dated = _DATED.match(fold(piece.value))
            example = f"年份{sign}{fold(piece.value)[:4]}" if dated else _example(facet)
            raise piece.error(f"“{piece.value}”不是年份。请写四位数字，例如“{example}”。", example)
        fits = facet.values and find_value(facet, piece.value)
        example = f"{piece.name}:{piece.value}" if fits else _example(facet)
        raise piece.error(f"“{piece.name}”不能比较大小。请用冒号，例如“{example}”。", example)
    number = int(year) + {">": 1, "<": -1}.get(sign, 0)
    bound = f"{min(max(number, 0), 9999):04d}"
    return FacetFilter("year", (f"{bound}.." if ">" in sign else f"..{bound}",))


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_figure(figure: FigureField, piece: TypedCondition) -> ParsedCondition:
    repairs = _colon_mended(piece)
    _refuse_vague(piece)
    parts = [part.strip() for part in _LISTED.split(piece.value)]
    statuses = [find_status(part) for part in parts if part]
    if statuses and all(statuses):
        known: Sequence[Status] = [status for status in statuses if status]
        return ParsedCondition(
            FigureFilter(figure.key, statuses=tuple(dict.fromkeys(known))), repairs
        )
    ends = _BETWEEN.split(_STROKE.sub("..", piece.value))
    section = find_value(facets()["section"], piece.name)
    if (
        section
        and len(ends) == 1
        and not re.search(r"\d", fold(piece.value))
        and read_value(piece.value) is None
    ):
        raise _in_section(piece)
    if len(ends) == 1:
        return ParsedCondition(
            _figure_filter(figure.key, "=", _number(piece, piece.value)), repairs
        )
    if len(ends) != 2 or not any(ends):
        raise piece.error(
            f"“{piece.value}”不是范围。请写成“{piece.name}:1..10”或“{piece.name}:1..”。",
            f"{piece.name}:1..",
        )
    low, high = (_number(piece, end) if end else None for end in ends)
    if low is not None and high is not None and low > high:
        repairs += (f"范围倒写了，当作“{ends[1]}..{ends[0]}”。",)
        low, high = high, low
    return ParsedCondition(FigureFilter(figure.key, low=low, high=high), repairs)


def _refuse_vague(piece: TypedCondition) -> None:
    """Refuse 有 and 无, which may be said of a number in the cell or of cases."""
    if piece.value not in ("有", "无"):
        return
    cases, cell = (">0", "有数") if piece.value == "有" else ("=0", "不适用")
    raise piece.error(
        f"“{piece.typed}”有两种意思：要找数{'多于' if piece.value == '有' else '是'} 0 的，请写“{piece.name}{cases}”；"
        f"要按格子里印的找，请写“{piece.name}:{cell}”。",
        f"{piece.name}{cases}",
    )


def _figure_filter(key: str, sign: str, number: float) -> FigureFilter:
    match sign:
        case ">" | ">=":
            return FigureFilter(key, low=number, low_open=sign == ">")
        case "<" | "<=":
            return FigureFilter(key, high=number, high_open=sign == "<")
        case _:
            return FigureFilter(key, low=number, high=number, negated=sign == "!=")


def _number(piece: TypedCondition, written: str) -> float:
    number = read_value(written)
    if number is None:
        raise _no_number(piece, written)
    if math.isinf(number):
        raise piece.error(
            f"“{written[:_LONGEST_NUMBER]}…”太长。请写小一些的数。", f"{piece.name}>0"
        )
    return number


def _no_number(piece: TypedCondition, written: str) -> QueryError:
    """Return the error for a value that is no number; it shows what stands in its place."""
    begins = _BEGINS.fullmatch(fold(written))
    if _PERCENT.search(fold(written)) and re.fullmatch(NUMBER, fold(written)):
        what = f"“{written}”是比率，“{piece.name}”是件数或金额，不能这样比；比率还不是指标"
    elif _DATED.match(fold(written)):
        what = f"“{written}”是日期，“{piece.name}”是数；报告的年度请用“年份”"
    elif figure_called(written) or unavailable(written):
        what = f"“{written}”不是数，两个指标之间还不能比较大小"
    elif (
        begins
        and read_value(begins["number"]) is not None
        and piece.sign != ":"
        and _APART.match(begins["rest"])
    ):
        rest = _IDLE_REST.sub("", begins["rest"]).strip("的,且吗呢了")
        apart = f"{piece.name}{piece.sign}{begins['number']} {rest}".strip()
        return piece.error(f"“{written}”不是数。是否想写“{apart}”？要按文字检索，请加引号。", apart)
    else:
        what = f"“{written}”不是数，也不是格的状态"
    return piece.error(
        f"{what}。请写数字，如“{piece.name}>0”“{piece.name}:1..10”，"
        f"或写状态，如“{piece.name}:空”；要按文字检索，请加引号。",
        f"{piece.name}>0",
    )


def read_number(written: str) -> float | None:
    """Return a number as a cell may print it, an amount in yuan; infinite where it is too large for any report."""
    if len(written) > _LONGEST_NUMBER:
        return math.inf if re.fullmatch(r"[+-]?[\d.,]+", fold(written)) else None
    for reading in (read_count(written), read_amount(written)):
        if reading.status == "reported" and reading.value is not None:
            return float(reading.value)
    return None


def read_value(written: str) -> float | None:
    """Return a number as a person types it: as `read_number` does, with any counting word, in Chinese numerals.

    >>> read_value("1,000"), read_value("三件"), read_value("15%"), read_value("2人次"), read_value("1.5千件")
    (1000.0, 3.0, None, 2.0, 1500.0)
    """
    number = read_number(written)
    plain = fold(written)
    if (
        number is not None
        or len(written) > _LONGEST_NUMBER
        or _PERCENT.search(plain)
        or _DATED.match(plain)
    ):
        return number
    counted = _COUNTED.fullmatch(plain)
    bare = counted["number"] if counted else ""
    if bare and bare != plain and not re.search("[万亿元]", plain):
        return read_value(bare)
    large = _LARGE.fullmatch(plain)
    if large:
        return round(float(large["number"]) * _BY[large["by"]] * _BY[large["more"]], 6)
    numeral = (
        parse_number(f"{'一' * (plain[0] in '百千万')}{plain}")
        if _HAN_NUMBER.fullmatch(plain)
        else None
    )
    return None if numeral is None else float(numeral)


# ── what is neither ─────────────────────────────────────────────────────────────────────────────────────────────


def _read_unknown(piece: TypedCondition) -> ParsedCondition:
    """Take what cannot be a condition as text: an address, or a name unlike any known one."""
    if piece.value.startswith("/"):
        return _TEXT
    unknown = unavailable(piece.name)
    if unknown:
        raise _no_figure(piece, ":")
    if find_value(facets()["section"], piece.name):
        raise _in_section(piece)
    prose = piece.sign == "："
    better = nearest(piece.name, (*field_names(), *figure_names()), contained=not prose)
    if better:
        facet = find_facet(better)
        fits = facet is None or find_value(facet, piece.value) is not None
        raise piece.error(
            f"没有名叫“{piece.name}”的条件。是否想写“{better}”？要按文字检索，请加引号。",
            f"{better}:{piece.value}" if fits else _inside(better, piece) or _quoted(piece),
        )
    if not prose or piece.name.isascii():
        raise piece.error(
            f"没有名叫“{piece.name}”的条件。可用的有：年份、层级、地区、机构、章节、格式、问题和各项指标；要按文字检索，请加引号。",
            _quoted(piece),
        )
    return ParsedCondition(None, (f"“{piece.name}：”不是检索条件，按文字检索。",))


def _in_section(piece: TypedCondition) -> QueryError:
    """Return the error for a section used as a condition where a search within it is meant."""
    right = f"{'section' if piece.name.isascii() else '章节'}:{piece.name} {piece.value}"
    return piece.error(
        f"“{piece.name}:{piece.value}”不是条件。要在“{piece.name}”一节里找，请写“{right}”；要按文字检索，请加引号。",
        right,
    )


def _inside(name: str, piece: TypedCondition) -> str | None:
    """Return the search for the value within the section of this name; None without one."""
    section = find_value(facets()["section"], name)
    return f"章节:{name} {piece.value}" if section else None


def _quoted(piece: TypedCondition) -> str:
    return '"' + piece.typed.replace('"', "") + '"'
