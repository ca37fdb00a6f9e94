"""The catalogue: every facet and every figure by which reports are found, with their Chinese and English names.

A new facet is a line in `_FACETS` and its values a line in `documents.facets_of`. The figures follow from the forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from indexer.forms.form import Form, FormColumn, FormRow, FormTable, read_forms
from indexer.messages import label
from indexer.messages.catalogue import labels
from indexer.records import STATUSES, Status
from indexer.search.catalogue.name_matching import squash
from indexer.search.catalogue.place_names import (
    PLACE_FACETS,
    PLACE_LEVELS,
    UNKNOWN,
    code_level,
    is_code,
)
from indexer.text.folding import fold

_NUMBERING = re.compile(r"^(?:[一二三四五六七八]、|（[一二三四五六七八]）|\d\.)")


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of a report with few values.

    `counted`: its values are offered with counts; the others only filter. `single`: a report has at most one value.
    `values` maps a squashed name to a value where the values are a closed list; empty where any value may occur.
    """

    name: str
    label: str
    aliases: tuple[str, ...]
    counted: bool
    single: bool
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FigureField:
    """A number of the form, or a derived one (`derived`: computed in at least one form). Amounts are in yuan.

    `forms` names the forms that have it; `row` and `column` are the words its label is made of.
    """

    key: str
    label: str
    section: str
    row: str
    column: str
    amount: bool
    derived: bool
    forms: tuple[str, ...]


# ── facets ──────────────────────────────────────────────────────────────────────────────────────────────────────

_LEVELS = {
    "province": ("省", "省级", "自治区", "直辖市"),
    "prefecture": ("市", "市级", "市州", "地市", "地市级", "地级", "地级市", "设区市", "州"),
    "county": ("县", "县级", "区县", "区县级", "县区", "县级市", "区"),
    "township": ("乡镇", "乡", "镇", "乡级", "乡镇级", "街道", "乡镇街道", "镇街"),
    "zone": ("开发区", "管委会", "园区", "经开区", "高新区"),
    "department": ("部门", "委办局", "局"),
    "institution": (
        "公共企事业单位",
        "企事业单位",
        "公用事业",
        "公用事业单位",
        "高校与公用事业单位",
        "高校",
        "大学",
        "学校",
        "医院",
        "公共企业",
    ),
    UNKNOWN: ("不明", "未知", "不能确定"),
}
_SECTIONS = {
    "title": (),
    "body": (),
    "preamble": ("序言", "引言", "前言部分"),
    "overview": ("一", "总体情况", "总体", "概述"),
    "proactive": ("二", "主动公开", "主动公开政府信息情况", "主动公开情况"),
    "requests": ("三", "申请", "依申请公开", "依申请", "收到和处理政府信息公开申请情况"),
    "disputes": (
        "四",
        "复议诉讼",
        "复议",
        "诉讼",
        "复议和诉讼",
        "政府信息公开行政复议、行政诉讼情况",
    ),
    "problems": (
        "五",
        "问题",
        "改进",
        "问题及改进",
        "问题与改进",
        "存在的主要问题",
        "存在的主要问题及改进情况",
    ),
    "other": ("六", "其他", "其他事项", "其他需要报告的事项"),
    "closing": ("签署",),
}
_FORMS = {
    "2019": ("2019格式", "2019版格式"),
    "2021": ("2021格式", "2021版格式"),
    "hybrid": ("混用", "混合"),
    "none": ("无", "没有表"),
}
_FILE_TYPES: Mapping[str, tuple[str, ...]] = {
    "html": ("网页",),
    "docx": (),
    "doc": ("word",),
    "rtf": (),
    "pdf": (),
    "txt": ("文本", "纯文本"),
}
_FINDINGS = {
    "contradiction": ("数据矛盾", "矛盾"),
    "doubt": ("疑点", "存疑", "数据疑点"),
    "unjudged": ("未核对", "无法核对", "不能核对"),
    "none": ("无", "没有", "没有问题", "无问题"),
}
_RULES = {
    "requests.row_sum": ("申请横向合计",),
    "requests.disposed_sum": ("办理结果合计",),
    "requests.balance": ("勾稽关系", "勾稽"),
    "disputes.row_sum": ("复议诉讼合计",),
    "proactive.disclosed": ("公开数量",),
    "proactive.items": ("项目数量",),
    "proactive.township_regulations": ("乡镇规章",),
    "identity.year": ("年份不一",),
    "form.year": ("格式年份",),
    "form.unread": ("表格未读", "表未读"),
    "narrative.received": ("正文申请数",),
    "narrative.disposition": ("正文办理结果",),
    "narrative.disputes": ("正文复议诉讼",),
    "narrative.disclosed": ("正文公开数",),
    "years.carried": ("跨年结转",),
    "source.damaged": ("文字损坏", "乱码", "读不出的字"),
    "years.in_force": ("跨年有效件数",),
    "years.items": ("跨年项目数",),
}
_STATUS_NAMES: Mapping[Status, tuple[str, ...]] = {
    "reported": ("有", "已填"),
    "blank": ("空白", "留空", "未填"),
    "missing": ("无此格", "缺格", "缺失"),
    "suspect": ("存疑", "可疑"),
    "not_applicable": ("无", "划线"),
    "unreadable": ("无法识别", "不能识别"),
}


@cache
def facets() -> Mapping[str, Facet]:
    """Return all facets by name, in the order in which to show them."""
    closed = {name: _value_names(name, names) for name, names in _closed_lists().items()}
    known = labels("facet")
    return {
        name: Facet(name, known.get(name, words[0]), words, counted, single, closed.get(name, {}))
        for name, words, counted, single in _FACETS
    }


_FACETS: tuple[tuple[str, tuple[str, ...], bool, bool], ...] = (
    ("year", ("年份", "年度", "年"), True, True),
    ("level", ("层级", "级别"), True, True),
    ("province", ("省", "省份"), True, True),
    ("prefecture", ("市", "地市", "市州", "州"), True, True),
    ("county", ("县", "区县", "县区"), True, True),
    ("form", ("格式", "表格", "版式"), True, True),
    ("section", ("章节", "部分", "节"), True, False),
    ("finding", ("问题", "发现", "核对"), True, False),
    ("rule", ("规则",), True, False),
    ("filetype", ("文件类型", "文件格式"), True, False),
    ("region", ("地区", "区域", "地方"), False, False),
    ("body", ("机构名称",), False, True),
    ("id", ("编号",), False, True),
)
"""Name, Chinese names (the first is its label unless the catalogue of labels has one), `counted`, `single`."""

_UNKNOWN_NAMES = frozenset({UNKNOWN, "不详", *_LEVELS[UNKNOWN]})

BODY_KEY, LOCALITY = "body_key", "locality"
"""Keyword fields that no query names.

`body_key` holds the key of the report's body, `unknown` if it is not certain. `locality` holds
`Locality.dump` if some level of the place is unknown.
"""
INCOMPLETE = "incomplete"
"""The second `BODY_KEY` of reports that say less of their body than others may."""


def keyword_fields() -> tuple[str, ...]:
    """Return the names of all fields that hold whole values: the facets and the fields for internal use."""
    return (*facets(), BODY_KEY, LOCALITY)


def _closed_lists() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    return {
        "level": _LEVELS,
        "section": _SECTIONS,
        "form": _FORMS,
        "filetype": _FILE_TYPES,
        "finding": {**_FINDINGS, **_RULES},
        "rule": _RULES,
    }


def _value_names(facet: str, values: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return {
        squash(name): value
        for value, names in values.items()
        for name in (
            label(facet, value).lstrip("一二三四五六、"),
            label(facet, value),
            *names,
            value,
        )
    }


def find_facet(name: str) -> Facet | None:
    """Return the facet of this Chinese or English name."""
    return _facet_names().get(squash(name))


@cache
def _facet_names() -> Mapping[str, Facet]:
    return {
        squash(word): facet
        for facet in facets().values()
        for word in (facet.label, *facet.aliases, facet.name)
    }


def find_value(facet: Facet, name: str) -> str | None:
    """Return the value of a facet that this name means; None where the values are a closed list that lacks it.

    Places go by name or by code, or are unknown (不详); the code of a place of another level is none of the facet's.
    """
    if facet.name == "year":
        return _year(name)
    if facet.values:
        return facet.values.get(squash(name))
    if facet.name in PLACE_FACETS and squash(name) in _UNKNOWN_NAMES:
        return UNKNOWN
    return None if misplaced_code(facet, name) else name.strip() or None


def misplaced_code(facet: Facet, name: str) -> Facet | None:
    """Return the facet to ask in for a place's code, where this facet holds the places of another level."""
    if facet.name not in PLACE_LEVELS or not is_code(name.strip()):
        return None
    level = code_level(name.strip())
    return None if level == facet.name else facets()[level if level in PLACE_LEVELS else "region"]


def _year(name: str) -> str | None:
    match = re.fullmatch(r"(\d{4})年?度?", fold(name))
    return match[1] if match else None


def value_label(facet: str, value: str) -> str:
    """Return a facet's value in words for a reader.

    >>> value_label("level", "township"), value_label("year", "2019")
    ('乡镇', '2019')
    """
    return label(facet, value)


def find_status(name: str) -> Status | None:
    """Return the cell status that this name means: `空`, `blank` …"""
    for status in STATUSES:
        if squash(name) in {
            squash(word) for word in (status, label("status", status), *_STATUS_NAMES[status])
        }:
            return status
    return None


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────

_WHOLE_ROW = ("total", "decisions")
"""The column that a row's name alone means."""
_EVERYDAY = {
    "诉讼": "disputes.litigation.total",
    "复议": "disputes.reconsideration.total",
    "申请": "requests.received.total",
    "新收": "requests.received.total",
    "收费金额": "proactive.fees.amount_yuan",
    "采购金额": "proactive.procurement.amount_yuan",
}


@cache
def figures() -> Mapping[str, FigureField]:
    """Return every cell and derived figure of all forms by key, in the printed order, the derived ones last."""
    printed = [field for form in read_forms().values() for field in _printed(form)]
    derived = [field for form in read_forms().values() for field in _derived(form)]
    merged: dict[str, FigureField] = {}
    for field in (*printed, *derived):
        known = merged.get(field.key)
        merged[field.key] = field if known is None else _merge(known, field)
    return merged


def _printed(form: Form) -> Iterator[FigureField]:
    for table in form.tables:
        for row in table.rows:
            for column in table.columns:
                yield _figure(
                    table.key(row, column),
                    row.short,
                    column,
                    (form.name, table.section),
                    derived=False,
                )


def _derived(form: Form) -> Iterator[FigureField]:
    for figure in form.derived:
        section = figure.key.split(".")[0]
        columns = {
            column.key: column for table in form.tables_of(section) for column in table.columns
        }
        yield _figure(
            figure.key, figure.short, columns[figure.column], (form.name, section), derived=True
        )


def _figure(
    key: str, row: str, column: FormColumn, origin: tuple[str, str], *, derived: bool
) -> FigureField:
    form, section = origin
    words = column.label.split("（")[0]
    return FigureField(key, f"{row}·{words}", section, row, words, column.amount, derived, (form,))


def _merge(known: FigureField, other: FigureField) -> FigureField:
    forms = tuple(dict.fromkeys((*known.forms, *other.forms)))
    derived = known.derived or other.derived
    return FigureField(
        known.key,
        known.label,
        known.section,
        known.row,
        known.column,
        known.amount or other.amount,
        derived,
        forms,
    )


def find_figure(name: str) -> FigureField | None:
    """Return the figure of this key or Chinese name; a row's name alone means its total.

    >>> find_figure("行政诉讼").key, find_figure("行政复议.结果纠正").key, find_figure("requests.received").key
    ('disputes.litigation.total', 'disputes.reconsideration.corrected', 'requests.received.total')
    """
    key = _figure_names().get(squash(name))
    return figures()[key] if key else None


@cache
def _figure_names() -> Mapping[str, str]:
    """Map every squashed name to a key. Of two figures the more literal name wins; a name for both alike is none."""
    names: dict[str, str] = {}
    for generation in (
        _keys_as_names(),
        _labels_as_names(),
        _rows_as_names(),
        _aliases_as_names(),
        _EVERYDAY.items(),
    ):
        found: dict[str, set[str]] = {}
        for name, key in generation:
            found.setdefault(squash(name), set()).add(key)
        for name, keys in found.items():
            if len(keys) == 1:
                names.setdefault(name, *keys)
    return names


def _keys_as_names() -> Iterator[tuple[str, str]]:
    for key in figures():
        yield key, key
        row, _, column = key.rpartition(".")
        if column in _WHOLE_ROW:
            yield row, key


def _labels_as_names() -> Iterator[tuple[str, str]]:
    return ((field.label, field.key) for field in figures().values())


def _rows_as_names() -> Iterator[tuple[str, str]]:
    return (
        (field.row, field.key)
        for field in figures().values()
        if field.key.rpartition(".")[2] in _WHOLE_ROW
    )


def _aliases_as_names() -> Iterator[tuple[str, str]]:
    """Yield the printed wordings: row with column, a row alone for its total, a column alone where one row has it."""
    for form in read_forms().values():
        for table in form.tables:
            heads = {squash(word) for column in table.columns for word in _words(column)}
            for row in table.rows:
                for column in table.columns:
                    yield from _aliases(table, row, column, heads)


def _aliases(
    table: FormTable, row: FormRow, column: FormColumn, heads: set[str]
) -> Iterator[tuple[str, str]]:
    key = table.key(row, column)
    for row_word in _words(row):
        for column_word in _words(column):
            yield row_word + column_word, key
        if squash(row_word) not in heads and (column.key in _WHOLE_ROW or len(table.columns) == 1):
            yield row_word, key
    for column_word in _words(column):
        if table.section == "proactive":
            yield column_word, key


def _words(head: FormRow | FormColumn) -> Iterator[str]:
    """Yield the names of a row or column, also without its numbering and its bracketed explanations."""
    short = (head.short,) if isinstance(head, FormRow) else ()
    for word in (*short, head.label, *head.aliases):
        plain = word.split("（区")[0].split("（单")[0]
        yield plain
        yield _NUMBERING.sub("", plain)


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────


def field_names() -> tuple[str, ...]:
    """Return every name that may stand before a colon, Chinese names first: for suggestions."""
    words = (
        word for facet in facets().values() for word in (facet.label, *facet.aliases, facet.name)
    )
    return (*words, "机构", "body")


def figure_names() -> tuple[str, ...]:
    """Return every name by which a figure is best asked for: the rows, the full labels, the keys."""
    rows = tuple(dict.fromkeys(name for name, _ in _rows_as_names()))
    return rows + tuple(field.label for field in figures().values()) + tuple(figures())
