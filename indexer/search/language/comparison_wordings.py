"""How people write comparisons: signs, words, numbers, and words between conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping

SIGNS = "<>=≥≤≠≧≦⩾⩽≮≯≈"
"""Signs of a comparison in a folded text; `!` is one only before `=`."""
SIGN_RUN = rf"(?:!\s*=|[{SIGNS}])(?:\s*[{SIGNS}!])*"

OPERATORS: Mapping[str, str] = {
    ">": ">", "<": "<", "=": "=", "==": "=",
    ">=": ">=", "=>": ">=", "≥": ">=", "≧": ">=", "⩾": ">=",
    "<=": "<=", "=<": "<=", "≤": "<=", "≦": "<=", "⩽": "<=", "≮": ">=", "≯": "<=",
    "!=": "!=", "<>": "!=", "≠": "!=", "=!": "!=",
}  # fmt: skip
SLIPS: Mapping[str, str] = {"》": ">", "〉": ">", "《": "<", "〈": "<"}
"""What a Chinese keyboard gives for a sign; one only between a figure's name and a number."""
SWAPPED: Mapping[str, str] = {"=>": ">=", "=<": "<=", "=!": "!="}
"""Signs that are written the wrong way round, and what they are read as."""
FLIPPED: Mapping[str, str] = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "=", "!=": "!="}

_SURE_WORDS = {
    ">=": "大于等于 大于或等于 大于或者等于 不少于 不低于 不小于 不下于 至少 起码 最少",
    "<=": "小于等于 小于或等于 小于或者等于 不多于 不超过 不超出 不高于 不大于 至多 最多 顶多",
    ">": "大于 多于 高于 超过 超出 多过 大过 高过",
    "<": "小于 少于 低于 不足 不到 不满 未满 未达 少过 低过",
    "!=": "不等于 不为",
    "=": "等于",
}
_LOOSE_WORDS = {">=": "达到 达", ">": "超 逾 破", "!=": "不是 非", "=": "为 是"}
_EQUAL_WORDS = ("等于", "不等于", "为", "不为", "是", "不是")
_VERBS = frozenset(
    [
        "不足",
        "不满",
        "不到",
        "未满",
        "未达",
        "超过",
        "超出",
        "不超过",
        "不超出",
        "最多",
        "最少",
        "至多",
        "至少",
        "起码",
        "不为",
    ]
)

SURE: Mapping[str, str] = {
    word: sign for sign, words in _SURE_WORDS.items() for word in words.split()
}
"""Words that compare before any number."""
LOOSE: Mapping[str, str] = {
    word: sign for sign, words in _LOOSE_WORDS.items() for word in words.split()
}
"""Words of any sentence, which compare only behind the name of a figure or facet."""
BEHIND: Mapping[str, str] = {
    "以上": ">=",
    "之上": ">=",
    "以下": "<=",
    "之下": "<=",
    "以内": "<=",
    "之内": "<=",
}
"""Words behind the number, which include it, as the Civil Code says of 以上 and 以下."""

_DIGITS = r"\d[\d,]*(?:\.\d+)?(?:[十百千](?!分))?"
_HAN = "[零〇一二两三四五六七八九十百千万亿]+"
UNIT = (
    r"个百分点|百分点|件次|人次|万元|亿元|千元|年度"
    r"|[%‰万亿元个件条项份次宗起例部人家篇名户场成倍年]"
)
DATE = r"\d{4}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}(?!\d)\s*[日号]?|月)?(?![\d.])"
NUMBER = (
    rf"(?:{DATE}|百分之(?:{_DIGITS}|{_HAN})|[+\-]?(?:{_DIGITS}|{_HAN})(?:\s?(?:{UNIT})){{0,3}})"
)
"""A number with its unit, a percentage or a date, folded."""

_JOINING = {
    "|": ("或者", "或", "or", "||"),
    " ": (
        "并且",
        "而且",
        "同时",
        "以及",
        "且",
        "和",
        "与",
        "及",
        "、",
        ",",
        ";",
        "，",
        "；",
        "&&",
        "&",
        "and",
        "+",
    ),
}
JOINING: Mapping[str, str] = {word: sign for sign, words in _JOINING.items() for word in words}
"""Words between two conditions, and the operator that each is."""


def any_of(words: Mapping[str, str]) -> str:
    """Return a pattern for any of these words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


WORDS: Mapping[str, str] = {**SURE, **LOOSE}


def compares_values(word: str) -> bool:
    """Say whether the word can stand before a value that is no number, as in 层级为乡镇."""
    return word in _EQUAL_WORDS


def is_explicit(word: str) -> bool:
    """Say whether the word says nothing but a comparison, whatever stands behind it."""
    return word in SURE and word not in _VERBS
