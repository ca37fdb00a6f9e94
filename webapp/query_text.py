"""A query's conditions → the text one would type for them: `indexer.search.syntax` the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from indexer.search.fields import figures, find_figure
from indexer.search.query import (
    And,
    Body,
    FacetFilter,
    FigureFilter,
    InSections,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
)

_NAME = re.compile(r"[^\W\d_][\w.·]*")
_BARE = re.compile(r"[\w.]+")


def print_query(nodes: Iterable[Node]) -> str:
    """Return the text that means that all these conditions hold.

    >>> print_query([Word("拆迁"), Phrase("保密审查"), FigureFilter("disputes.litigation.total", low=0, low_open=True)])
    '拆迁 "保密审查" 行政诉讼>0'
    >>> print_query([Not(Or((Word("微信"), Word("微博")))), FacetFilter("year", ("2019..",))])
    '-(微信 OR 微博) year:2019..'
    """
    return " ".join(print_node(node) for node in nodes)


def print_node(node: Node) -> str:
    """Return the text of one condition; it means the same wherever among others it stands."""
    match node:
        case And(parts):
            return f"({print_query(parts)})"
        case Or(parts):
            return f"({' OR '.join(print_node(part) for part in parts)})"
        case Not(part):
            return f"-{print_node(part)}"
        case InSections(keys, part):
            sections = f"章节:{','.join(keys)}"
            return f"({sections} {print_node(part)})" if part else sections
        case FacetFilter(field, values, excluded):
            return f"{'-' if excluded else ''}{field}:{_value(','.join(values))}"
        case FigureFilter():
            return _figure(node)
        case _:
            return _words(node)


def number_text(bound: float) -> str:
    """Return a number as a person writes it, exactly.

    >>> number_text(1.0), number_text(0.5), number_text(1e22)
    ('1', '0.5', '10000000000000000000000')
    """
    return str(int(bound)) if bound == int(bound) else format(Decimal(repr(bound)), "f")


def figure_name(key: str) -> str:
    """Return the shortest name by which a figure can be asked for.

    >>> figure_name("disputes.litigation.total"), figure_name("disputes.reconsideration.corrected")
    ('行政诉讼', '行政复议·结果纠正')
    """
    field = figures()[key]
    for name in (field.row, field.label):
        found = find_figure(name)
        if found and found.key == key and _NAME.fullmatch(name):
            return name
    return key


def _words(node: Word | Phrase | Prefix | Body) -> str:
    match node:
        case Word(text):
            return text
        case Phrase(text):
            return _quoted(text)
        case Prefix(text):
            return f"{text}*"
        case Body(text):
            return f"机构:{_value(text)}"


def _figure(figure: FigureFilter) -> str:
    name = figure_name(figure.key)
    low, high = figure.low, figure.high
    if figure.statuses:
        return f"{name}:{','.join(figure.statuses)}"
    if low is not None and low == high:
        return f"{name}{'!=' if figure.negated else '='}{number_text(low)}"
    ends = [f"{name}{'>' if figure.low_open else '>='}{number_text(low)}"] if low is not None else []
    ends += [f"{name}{'<' if figure.high_open else '<='}{number_text(high)}"] if high is not None else []
    if len(ends) == 2 and not figure.low_open and not figure.high_open and low is not None and high is not None:
        ends = [f"{name}:{number_text(low)}..{number_text(high)}"]
    joined = " ".join(ends)
    return f"-{joined}" if figure.negated and len(ends) == 1 else f"-({joined})" if figure.negated else joined


def _value(text: str) -> str:
    return text if _BARE.fullmatch(text.replace(",", "").replace("..", "")) else _quoted(text)


def _quoted(text: str) -> str:
    """The text in the first quotes that it can stand in; a straight quote inside straight ones takes a backslash."""
    if text.endswith("\\") or '"' in text:
        for opening, closing in ("“”", "「」", "『』"):
            if opening not in text and closing not in text:
                return f"{opening}{text}{closing}"
    escaped = text.replace('"', '\\"')
    return f'"{escaped}"'
