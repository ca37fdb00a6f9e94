"""What arguments there are, and what is said of one that is not: the nearest right one."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from indexer.errors import NianbaoError
from indexer.search.catalogue.fields import facets, figures
from indexer.search.snippet_boundaries import shorten

Pairs: TypeAlias = tuple[tuple[str, str], ...]

SINGLE = ("q", "sort", "page", "size", "unjudged", "figure", "min", "max", "synonyms")
"""The arguments that are no facet's or figure's; each but `figure` may occur once."""
MOST_SHOWN = 12
"""So many figures may be looked at in one search."""
REFUSED = "-synonym"
"""The argument that switches off one synonym; given again, another."""
SUFFIXES = ("min", "max", "status")
DEFAULT_FIGURE = "requests.received.total"


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument that there is: its name, what it means, a value to try."""

    name: str
    meaning: str
    example: str


class ArgumentError(NianbaoError):
    """An argument is unknown or malformed: the one at `at` of `pairs`.

    `near` are the arguments or values nearest to it, `fixed` the pairs with the nearest put in its place.
    """

    def __init__(
        self, message: str, pairs: Pairs, at: int, near: tuple[Argument, ...], fixed: Pairs | None
    ) -> None:
        super().__init__(message)
        self.pairs = pairs
        self.at = at
        self.near = near
        self.fixed = fixed


def describe(name: str) -> Argument:
    """Return what an argument means, with a value to try."""
    facet = facets().get(name.removeprefix("-"))
    if facet:
        example = next(iter(facet.values.values()), "2019")
        return Argument(name, f"{facet.label}{'不是' if name.startswith('-') else '是'}", example)
    key, _, suffix = name.rpartition("_")
    if key in figures():
        meaning, example = _FIGURE_MEANINGS[suffix]
        return Argument(name, meaning.format(figures()[key].label), example)
    return Argument(name, *_SINGLE_MEANINGS[name])


_FIGURE_MEANINGS = {
    "min": ("{}不小于", "1"),
    "max": ("{}不大于", "10"),
    "status": ("{}这一格的状态：空、缺、疑……", "blank"),
}
_SINGLE_MEANINGS = {
    "q": ("检索式", "保密审查"),
    "sort": ("次序：relevance、year、-year，或一个数的键", "-year"),
    "page": ("第几页，从 1 起", "1"),
    "size": ("一页几份，1 到 100", "20"),
    "unjudged": ("也列出无法判断的", "1"),
    "figure": ("看哪个数的分布；重复写可看几个，先写的画图", DEFAULT_FIGURE),
    "min": ("figure 的最小值", "1"),
    "max": ("figure 的最大值", "10"),
    "synonyms": ("off：不用同义词", "off"),
    REFUSED: ("不用的一个同义词", "政府网站"),
}


def search_arguments() -> tuple[str, ...]:
    """Return the names of all arguments of a search."""
    by_facet = (f"{sign}{name}" for name in facets() for sign in ("", "-"))
    by_figure = (f"{key}_{suffix}" for key in figures() for suffix in SUFFIXES)
    return (*SINGLE, REFUSED, *by_facet, *by_figure)


def refuse_name(pairs: Pairs, at: int) -> NoReturn:
    """Refuse an argument whose name is none of a search's, with those most like it."""
    name = pairs[at][0]
    names = difflib.get_close_matches(name[:80], search_arguments(), 3, 0.5)
    key = names[0].rpartition("_")[0] if names else ""
    if key in figures():
        names = [
            names[0],
            *(f"{key}_{suffix}" for suffix in SUFFIXES if f"{key}_{suffix}" != names[0]),
        ]
    near = tuple(describe(close) for close in names or ("q", "level", "year", "sort"))
    fixed = with_name(pairs, at, names[0]) if names else None
    raise ArgumentError(f"没有名叫{shown(name)}的参数。", pairs, at, near, fixed)


def refuse_twice(pairs: Pairs, at: int) -> NoReturn:
    """Refuse an argument that is given again."""
    name = pairs[at][0]
    fixed = tuple(pair for index, pair in enumerate(pairs) if index != at)
    raise ArgumentError(f"参数 {name} 给了不止一次，只能给一次。", pairs, at, (), fixed)


def refuse_letters(pairs: Pairs, at: int) -> NoReturn:
    """Refuse an argument that has letters in no known encoding."""
    fault = "有认不出的字，多半是编码不对。地址里的汉字应是 UTF-8 编码；请在检索框里重新输入"
    raise ArgumentError(f"参数 {pairs[at][0]}：{fault}。", pairs, at, (), None)


def with_name(pairs: Pairs, at: int, name: str) -> Pairs:
    """Return the pairs with another name at one place."""
    return tuple((name, pair[1]) if index == at else pair for index, pair in enumerate(pairs))


def with_value(pairs: Pairs, at: int, value: str) -> Pairs:
    """Return the pairs with another value at one place."""
    return tuple((pair[0], value) if index == at else pair for index, pair in enumerate(pairs))


def shown(text: str) -> str:
    """Return a text from outside in quotes, short enough for a message."""
    return f"“{shorten(text, 60)}”"
