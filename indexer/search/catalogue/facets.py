"""The facets by which reports are found: one record each, from which everything else follows.

A facet is added by `register_facet` or by a line in `_BUILT_IN`; its words stand in `messages/` as
`label.facet.<name>`, those of its values as `label.<name>.<value>`. The index, the query language,
the counts, the arguments of the site and its help follow from the record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from indexer.filetypes import query_names
from indexer.messages import DEFAULT_LANGUAGE, label
from indexer.messages.catalogue import read_catalogue
from indexer.records import Report
from indexer.search.catalogue import facet_readers as readers
from indexer.search.catalogue.caching import catalogue_cache, clear_catalogue_caches
from indexer.search.catalogue.facet_values import (
    FORMS,
    LEVELS,
    SECTIONS,
    SEVERITIES,
    ClosedValues,
)
from indexer.search.catalogue.name_matching import squash
from indexer.search.catalogue.place_names import (
    PLACE_FACETS,
    PLACE_LEVELS,
    UNKNOWN,
    code_level,
    is_code,
)
from indexer.search.catalogue.rules import rule_names
from indexer.text.folding import fold


def _any_value() -> ClosedValues:
    return {}


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of a report with few values.

    `aliases` are its Chinese names; the first stands in queries that the site writes. `read`
    returns a report's values, repeated or not. `closed` returns the values and their further names
    where the list is closed, nothing where any value may occur; it is asked anew each time, so that
    it may follow another registry.
    """

    name: str
    aliases: tuple[str, ...]
    read: Callable[[Report], Iterable[str]]
    closed: Callable[[], ClosedValues] = field(default=_any_value)
    counted: bool = True
    """Its values are offered with their counts; otherwise it only filters."""
    single: bool = True
    """A report has at most one value."""
    shown: int = 0
    """Its place among the lists of values beside the results, 0 for none."""

    @property
    def label(self) -> str:
        """Its name in Chinese."""
        return self.label_in(DEFAULT_LANGUAGE)

    def label_in(self, language: str) -> str:
        """Return its name in a language; the first alias where `messages/` has none."""
        return read_catalogue(language).get(f"label.facet.{self.name}", self.aliases[0])

    @property
    def values(self) -> Mapping[str, str]:
        """Squashed names → values of a closed list, in the order in which to show the values."""
        return _value_names(self.name, tuple(self.closed().items()))

    def values_of(self, report: Report) -> tuple[str, ...]:
        """Return a report's values, each once, in the order in which they are read."""
        return tuple(dict.fromkeys(self.read(report)))


_BUILT_IN: tuple[Facet, ...] = (
    Facet("year", ("年份", "年度", "年"), readers.read_year, shown=1),
    Facet("level", ("层级", "级别"), readers.read_level, lambda: LEVELS, shown=2),
    Facet("province", ("省", "省份"), readers.read_province),
    Facet("prefecture", ("市", "地市", "市州", "州"), readers.read_prefecture),
    Facet("county", ("县", "区县", "县区"), readers.read_county),
    Facet("form", ("格式", "表格", "版式"), readers.read_form, lambda: FORMS, shown=5),
    Facet(
        "section",
        ("章节", "部分", "节"),
        readers.read_sections,
        lambda: SECTIONS,
        single=False,
        shown=3,
    ),
    Facet(
        "finding",
        ("问题", "发现", "核对"),
        readers.read_severities,
        lambda: {**SEVERITIES, **rule_names()},
        single=False,
        shown=4,
    ),
    Facet("rule", ("规则",), readers.read_rules, rule_names, single=False),
    Facet(
        "filetype",
        ("文件类型", "文件格式"),
        readers.read_file_types,
        query_names,
        single=False,
        shown=6,
    ),
    Facet("region", ("地区", "区域", "地方"), readers.read_region, counted=False, single=False),
    Facet("body", ("机构名称",), readers.read_body, counted=False),
    Facet("id", ("编号",), readers.read_id, counted=False),
)
"""In the order in which to list them."""

BODY_KEY, LOCALITY = "body_key", "locality"
"""Keyword fields that no query names.

`body_key` holds the key of the report's body, `unknown` if it is not certain. `locality` holds
`Locality.dump` if some level of the place is unknown.
"""
INCOMPLETE = readers.INCOMPLETE

_INTERNAL: Mapping[str, Callable[[Report], Iterable[str]]] = {
    BODY_KEY: readers.read_body_key,
    LOCALITY: readers.read_locality,
}

_UNKNOWN_NAMES = frozenset({UNKNOWN, "不详", *LEVELS[UNKNOWN]})

_facets: dict[str, Facet] = {facet.name: facet for facet in _BUILT_IN}

# ── registration ─────────────────────────────────────────────────────────────────────────────────


def register_facet(facet: Facet) -> None:
    """Add a facet after the others. An index that was written without it is outdated."""
    if facet.name in keyword_fields():
        raise ValueError(f"there is a facet {facet.name!r} already")
    _facets[facet.name] = facet
    clear_catalogue_caches()


def remove_facet(name: str) -> None:
    """Take out a facet; nothing happens where there is none."""
    _facets.pop(name, None)
    clear_catalogue_caches()


def facets() -> Mapping[str, Facet]:
    """Return all facets by name, in the order in which to list them."""
    return _facets


def shown_facets() -> tuple[Facet, ...]:
    """Return the facets whose values are listed beside the results, in that order."""
    return tuple(
        sorted((facet for facet in _facets.values() if facet.shown), key=lambda facet: facet.shown)
    )


def keyword_fields() -> tuple[str, ...]:
    """Return the names of all fields that hold whole values: the facets and the internal fields."""
    return (*_facets, *_INTERNAL)


def facets_of(report: Report) -> Mapping[str, tuple[str, ...]]:
    """Return the report's values of all keyword fields.

    A level or place that is not known has the value `unknown`; one that does not exist has none.
    """
    values = {name: facet.values_of(report) for name, facet in _facets.items()}
    return values | {name: tuple(read(report)) for name, read in _INTERNAL.items()}


# ── names ───────────────────────────────────────────────────────────────────────────────────────


def find_facet(name: str) -> Facet | None:
    """Return the facet of this Chinese or English name."""
    return _facet_names().get(squash(name))


@catalogue_cache
def _facet_names() -> Mapping[str, Facet]:
    return {
        squash(word): facet
        for facet in _facets.values()
        for word in (facet.label, *facet.aliases, facet.name)
    }


def field_names() -> tuple[str, ...]:
    """Return every name that may stand before a colon, Chinese names first: for suggestions."""
    words = (
        word for facet in _facets.values() for word in (facet.label, *facet.aliases, facet.name)
    )
    return (*words, "机构", "body")


@lru_cache(maxsize=64)
def _value_names(facet: str, closed: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    return {
        squash(name): value
        for value, names in closed
        for name in (
            label(facet, value).lstrip("一二三四五六、"),
            label(facet, value),
            *names,
            value,
        )
    }


def find_value(facet: Facet, name: str) -> str | None:
    """Return the value of a facet that this name means; None where a closed list lacks it.

    Places go by name or by code, or are unknown (不详); the code of a place of another level is
    none of the facet's.
    """
    if facet.name == "year":
        return _year(name)
    if facet.values:
        return facet.values.get(squash(name))
    if facet.name in PLACE_FACETS and squash(name) in _UNKNOWN_NAMES:
        return UNKNOWN
    return None if misplaced_code(facet, name) else name.strip() or None


def misplaced_code(facet: Facet, name: str) -> Facet | None:
    """Return the facet to ask in for a place's code, where this one holds another level's."""
    if facet.name not in PLACE_LEVELS or not is_code(name.strip()):
        return None
    level = code_level(name.strip())
    return None if level == facet.name else facets()[level if level in PLACE_LEVELS else "region"]


def _year(name: str) -> str | None:
    match = re.fullmatch(r"(\d{4})年?度?", fold(name))
    return match[1] if match else None


def value_label(facet: str, value: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a facet's value in words for a reader.

    >>> value_label("level", "township"), value_label("year", "2019")
    ('乡镇', '2019')
    """
    return label(facet, value, language)
