"""A query's conditions → the text one would type for them: the inverse of `parser`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from indexer.messages import label
from indexer.search.catalogue.facets import facets, find_value, value_label
from indexer.search.catalogue.figure_names import figure_name
from indexer.search.query import (
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
    UnquotedText,
)

_BARE = re.compile(r"[\w.]+")


def print_query(nodes: Iterable[Node]) -> str:
    """Return the text that means that all these conditions hold.

    >>> litigation = FigureFilter("disputes.litigation.total", low=0, low_open=True)
    >>> print_query([UnquotedText("拆迁"), Phrase("保密审查"), litigation])
    '拆迁 "保密审查" 行政诉讼>0'
    >>> media = Or((UnquotedText("微信"), UnquotedText("微博")))
    >>> print_query([Not(media), FacetFilter("year", ("2019..",))])
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


def describe_condition(node: Node) -> str:
    """Return the text of one condition with Chinese names, as a reader would type it.

    >>> describe_condition(FacetFilter("level", ("township",)))
    '层级:乡镇'
    >>> describe_condition(FacetFilter("region", ("四川",), excluded=True))
    '-地区:四川'
    """
    match node:
        case And(parts):
            return " ".join(map(describe_condition, parts))
        case Or(parts):
            return f"({' OR '.join(map(describe_condition, parts))})"
        case Not(part):
            return (
                f"-({describe_condition(part)})"
                if isinstance(part, And)
                else f"-{describe_condition(part)}"
            )
        case InSections(keys, part):
            sections = f"章节:{','.join(map(_section, keys))}"
            return f"{sections} {describe_condition(part)}" if part else sections
        case FacetFilter():
            return _describe_facet(node)
        case FigureFilter(statuses=(_, *_)):
            statuses = ",".join(label("status", status) for status in node.statuses)
            return f"{figure_name(node.key)}:{statuses}"
        case _:
            return print_node(node)


def _describe_facet(node: FacetFilter) -> str:
    values = ",".join(_describe_value(node.field, value) for value in node.values)
    return f"{'-' if node.excluded else ''}{facets()[node.field].aliases[0]}:{values}"


def _section(key: str) -> str:
    return _describe_value("section", key)


def _describe_value(field: str, value: str) -> str:
    shown = value_label(field, value)
    is_understood = find_value(facets()[field], shown) == value and _BARE.fullmatch(shown)
    return _value(shown if is_understood else _squashed(field, value))


def _squashed(field: str, value: str) -> str:
    """Return the label of a value without its brackets, where it is so understood: 县市区."""
    known = facets()[field].values
    names = [name for name, meant in known.items() if meant == value and not name.isascii()]
    return names[0] if names else value


def _words(node: UnquotedText | Phrase | Prefix | BodyName) -> str:
    match node:
        case UnquotedText(text):
            return text
        case Phrase(text):
            return _quoted(text)
        case Prefix(text):
            return f"{text}*"
        case BodyName(text):
            return f"机构:{_value(text)}"


def _figure(figure: FigureFilter) -> str:
    name = figure_name(figure.key)
    if figure.statuses:
        return f"{name}:{','.join(figure.statuses)}"
    if figure.low is not None and figure.low == figure.high:
        return f"{name}{'!=' if figure.negated else '='}{number_text(figure.low)}"
    ends = _ends(figure, name)
    joined = " ".join(ends)
    if not figure.negated:
        return joined
    return f"-{joined}" if len(ends) == 1 else f"-({joined})"


def _ends(figure: FigureFilter, name: str) -> list[str]:
    """Return the conditions for the ends of a range; one for both where both belong to it."""
    low, high = figure.low, figure.high
    if low is not None and high is not None and not (figure.low_open or figure.high_open):
        return [f"{name}:{number_text(low)}..{number_text(high)}"]
    ends = []
    if low is not None:
        ends.append(f"{name}{'>' if figure.low_open else '>='}{number_text(low)}")
    if high is not None:
        ends.append(f"{name}{'<' if figure.high_open else '<='}{number_text(high)}")
    return ends


def _value(text: str) -> str:
    return text if _BARE.fullmatch(text.replace(",", "").replace("..", "")) else _quoted(text)


def _quoted(text: str) -> str:
    """Return the text in the first quotes it can stand in, straight quotes inside escaped."""
    if text.endswith("\\") or '"' in text:
        for opening, closing in ("“”", "「」", "『』"):
            if opening not in text and closing not in text:
                return f"{opening}{text}{closing}"
    escaped = text.replace('"', '\\"')
    return f'"{escaped}"'
