"""Reads what plain words say about reports: places, levels, years, figures, comparisons."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from indexer.search.analysis.run_expansion import cut_run
from indexer.search.catalogue.facets import facets, find_value
from indexer.search.catalogue.figure_names import figure_called, figure_in_context
from indexer.search.language.condition_names import unavailable
from indexer.search.language.spoken_places import SpokenPlace, find_place
from indexer.search.language.typed_numbers import read_value
from indexer.text.folding import fold

IntentKind: TypeAlias = Literal[
    "place",
    "level",
    "year",
    "figure",
    "rate",
    "most",
    "least",
    "some",
    "none",
    "not",
    "number",
    "bound",
    "filler",
    "text",
]

_WORDS: dict[IntentKind, str] = {
    "most": "最多 最高 最大 多 较多 很多 更多 高 大 排名 排行 排行榜 排序 前十 前几 第一 "
    "居首 靠前 top 前三 前五",
    "least": "最少 最低 最小 少 较少 很少 更少 低 倒数 垫底 靠后",
    "some": "有 有过 存在 发生 发生过 出现 出现过 涉及 被 曾 曾经 过 遭 遭到 受到 遇到 产生",
    "not": "非 不是 并非 除 除了 除去 除开 以外 之外 外",
    "none": "没有 没 无 未 从未 从来没有 未曾 没有过 没有发生 未发生 不存在 零",
    "filler": "的 了 哪些 哪个 哪家 哪里 哪 谁 什么 是 在 请问 单位 机关 地方 机构 报告 政府 "
    "年报 各 各个 所有 全部 因 因为 信息 公开 信息公开 政府信息公开 案件 案 情况 数 数量 "
    "次数 件数 多少 几 个 家 名 也 都 吗 呢 去 上 去年 发生的 里 中 那些 这些 查 找 "
    "政府信息 人民政府 工作 年度 年度报告",
}
_KIND_OF: dict[str, IntentKind] = {
    word: kind for kind, words in _WORDS.items() for word in words.split()
}
_FIELDS = frozenset(["年份", "年度", "地区", "省份", "层级", "级别"])
_SHORT_LEVELS = frozenset("省市县区镇乡")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?:年度|年)?")
_NUMBER = re.compile(r"\d{1,6}(?:[件个起宗份])?")
_SPANNED = re.compile(
    r"(?<!\d)(?P<from>(?:19|20)\d\d)年?度?(?:-+|—+|–|~|\.\.+|至|到)"
    r"(?P<to>(?:19|20)\d\d)(?!\d)(?:年度?)?(?:之间|期间)?"
    r"|(?<!\d)(?P<year>(?:19|20)\d\d)年?度?"
    r"(?P<side>以来|以后|之后|以前|之前|起|后|前)(?:的|$)"
    r"|(?:截至|截止|到)(?P<last>(?:19|20)\d\d)年?度?(?:底|末|为止)?(?:的|$)"
    r"|(?<![\d.])(?P<number>\d{1,6}|[一二两三四五六七八九十百千万]{1,6})"
    r"\s?[件个起宗份次]?(?P<bound>以上|以下|以内)的?"
)
_MAX_YEARS_LISTED = 30
_SIDES = {"以来": (0, True), "以后": (0, True), "起": (0, True), "之后": (1, True), "后": (1, True)}
_MAX_RUN_LENGTH = 40
"""A longer run is prose, and read as text."""


@dataclass(frozen=True, slots=True)
class IntentWord:
    """A word of a run and what it says: `value` is a figure's key, a level, years or a bound.

    Years are separated by commas, or open to one side as in `2020..`; a bound is `5..` or `..5`.
    `place` is the place that it names.
    """

    text: str
    kind: IntentKind
    value: str = ""
    place: SpokenPlace | None = None


class _Known(Container[str]):
    """The words that say something, for cutting a run into them."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and _read(word).kind != "text"


_KNOWN = _Known()


def read_run(run: str) -> tuple[IntentWord, ...]:
    """Return the words of an unquoted run, folded, each with what it says about reports.

    >>> [word.kind for word in read_run("败诉最多的乡镇")]
    ['figure', 'most', 'filler', 'level']
    """
    folded = fold(run)
    if len(folded) > _MAX_RUN_LENGTH:
        return (IntentWord(folded, "text"),)
    words: list[IntentWord] = []
    at = 0
    for match in _SPANNED.finditer(folded):
        spanned = _read_spanned(match)
        if spanned:
            words += [_read(word) for word in cut_run(folded[at : match.start()], _KNOWN)]
            words.append(spanned)
            at = match.end()
    words += [_read(word) for word in cut_run(folded[at:], _KNOWN)]
    return tuple(_with_short_levels(words))


def _read_spanned(match: re.Match[str]) -> IntentWord | None:
    """Return years up to one, since one or between two, or a number with 以上 or 以下 behind it."""
    if match["bound"]:
        number = read_value(match["number"])
        if number is None:
            return None
        return IntentWord(
            match[0], "bound", f"{number:g}.." if match["bound"] == "以上" else f"..{number:g}"
        )
    if match["last"]:
        return IntentWord(match[0], "year", f"..{match['last']}")
    if match["side"]:
        step, since = _SIDES.get(match["side"], (-1, False))
        year = f"{int(match['year']) + step}"
        return IntentWord(match[0], "year", f"{year}.." if since else f"..{year}")
    first, last = int(match["from"]), int(match["to"])
    if not first <= last < first + _MAX_YEARS_LISTED:
        return None
    return IntentWord(match[0], "year", ",".join(map(str, range(first, last + 1))))


def rate_in(run: str) -> str | None:
    """Return the rate by which a run asks to order or compare reports, None if by none.

    >>> rate_in("公开率最低的县"), rate_in("公开率")
    ('公开率', None)
    """
    words = read_run(run)
    asks = any(word.kind in ("most", "least") for word in words)
    return next((word.text for word in words if word.kind == "rate"), None) if asks else None


_ASKING: frozenset[IntentKind] = frozenset(
    ["filler", "most", "least", "some", "none", "not", "number", "bound"]
)
"""The kinds of words behind which 县 is a level."""
_CLOSING: frozenset[IntentKind] = frozenset(["filler", "figure", "most", "least", "some", "none"])
"""The kinds of words before which it is one."""


def _with_short_levels(words: Sequence[IntentWord]) -> Iterator[IntentWord]:
    """Read 县 in 败诉最多的县 as a level: behind a word that asks, or alone."""
    for at, word in enumerate(words):
        if word.kind == "text" and word.text in _SHORT_LEVELS and _is_level_at(words, at):
            level = find_value(facets()["level"], word.text)
            yield IntentWord(word.text, "level", level or "")
        else:
            yield word


def _is_level_at(words: Sequence[IntentWord], at: int) -> bool:
    asked = len(words) == 1 or (at > 0 and words[at - 1].kind in _ASKING)
    return asked and (at == len(words) - 1 or words[at + 1].kind in _CLOSING)


@lru_cache(maxsize=4096)
def _read(word: str) -> IntentWord:
    kind = _KIND_OF.get(word)
    if kind:
        return IntentWord(word, kind)
    year = _YEAR.fullmatch(word)
    if year:
        return IntentWord(word, "year", year["year"])
    named = _read_name(word) if len(word) > 1 and not word.isascii() else None
    return named or _read_other(word)


def _read_name(word: str) -> IntentWord | None:
    """Return a word that names a level or a figure."""
    level = find_value(facets()["level"], word)
    if level:
        return IntentWord(word, "level", level)
    figure = figure_in_context(word)
    return IntentWord(word, "figure", figure.key) if figure else None


def _read_other(word: str) -> IntentWord:
    """Return a word that names a rate or a place, or is a number or text."""
    rate = unavailable(word)
    if rate and rate.instead and not rate.dated:
        return IntentWord(word, "rate")
    place = find_place(word)
    if place:
        return IntentWord(word, "place", place.value, place)
    if _NUMBER.fullmatch(word):
        return IntentWord(word, "number", word)
    return IntentWord(word, "text")


def names_field(word: str) -> bool:
    """Say whether a word only says what the words beside it are: 年份 2020, 地区 四川."""
    return word in _FIELDS


def is_spoken(word: str) -> bool:
    """Say whether a word means a figure only beside others."""
    return figure_called(word) is None
