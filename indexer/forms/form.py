"""The official forms as records, read from the TOML files of this folder.

A form is a list of tables; a table has rows and columns; a cell's key is ``<section>.<row>.<column>``. The wording is that
of the circulars named in each file (国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from indexer.errors import FormError


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column: `label` as prescribed, `group` the head that spans it. `unit` is the unit its head prescribes."""

    key: str
    label: str
    group: str | None = None
    aliases: tuple[str, ...] = ()
    amount: bool = False
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form.

    `label` is its prescribed label, `short` its name in a filter, `groups` the heads that span it,
    outermost first. `cores` are words that only this row's label has: they identify it among other
    words.
    """

    key: str
    label: str
    short: str
    groups: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    cores: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpanningHeads:
    """Heads that name no column: a `frame` covers all columns, a `span` some of them."""

    frame: tuple[str, ...] = ()
    span: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of the form; `note` is printed in its corner, `heads` name no column."""

    section: str
    caption: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    note: str | None = None
    heads: SpanningHeads = SpanningHeads()

    def key(self, row: FormRow, column: FormColumn) -> str:
        """The key of a cell."""
        return f"{self.section}.{row.key}.{column.key}"

    def keys(self) -> Iterator[str]:
        """The keys of all cells, row by row."""
        return (self.key(row, column) for row in self.rows for column in self.columns)


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived figure: the sum of printed ones. `short` is its row's name in a filter."""

    key: str
    short: str
    column: str
    operands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: `years` are the first and last year it was in force for."""

    name: str
    title: str
    document: str
    years: tuple[int, int]
    tables: tuple[FormTable, ...]
    derived: tuple[Derived, ...]

    def keys(self) -> tuple[str, ...]:
        """The keys of all cells, in the printed order: 198 in the 2019 form, 200 in that of 2021."""
        return tuple(key for table in self.tables for key in table.keys())

    def tables_of(self, section: str) -> tuple[FormTable, ...]:
        """The tables of one section."""
        return tuple(table for table in self.tables if table.section == section)


@cache
def read_forms() -> Mapping[str, Form]:
    """Return all forms by name, oldest first. FormError if a description is inconsistent."""
    common = _read("common.toml")
    forms = [_build_form(_read(file), common, file) for file in ("form2019.toml", "form2021.toml")]
    return {form.name: form for form in forms}


def _read(file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(
            resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
        )
    except (OSError, ValueError) as error:
        raise FormError(f"格式描述 {file} 读不出来：{error}") from error


def _build_form(data: dict[str, Any], common: dict[str, Any], file: str) -> Form:
    try:
        proactive = tuple(
            FormTable(
                "proactive",
                part["caption"],
                _columns(part["columns"]),
                tuple(_row(r["key"], r, {}) for r in part["rows"]),
                heads=_heads(data["heads"]),
            )
            for part in data["proactive"]
        )
        requests = _common_table("requests", common["requests"], data["requests"])
        disputes = _common_table("disputes", common["disputes"], list(common["disputes"]["rows"]))
    except KeyError as error:
        raise FormError(f"格式描述 {file} 里没有 {error}。") from error
    tables = (*proactive, requests, disputes)
    form = Form(data["name"], data["title"], data["document"], tuple(data["years"]), tables, ())
    keys = form.keys()
    if len(set(keys)) != len(keys):
        raise FormError(
            f"格式描述 {file} 里有重复的格：{sorted(k for k in keys if keys.count(k) > 1)[0]}。"
        )
    derived = _derived(common["derived"], tables) + _derived(data.get("derived", {}), tables)
    return Form(
        form.name, form.title, form.document, form.years, tables, (*derived, _all_disputes())
    )


def _common_table(section: str, data: dict[str, Any], keys: list[str]) -> FormTable:
    rows = tuple(_row(key, data["rows"][key], data.get("groups", {})) for key in keys)
    heads = _heads(data.get("heads", {}))
    return FormTable(
        section, data["caption"], _columns(data["columns"]), rows, data.get("note"), heads
    )


def _heads(data: dict[str, list[str]]) -> SpanningHeads:
    return SpanningHeads(**{kind: tuple(words) for kind, words in data.items()})


def _columns(data: list[dict[str, Any]]) -> tuple[FormColumn, ...]:
    return tuple(
        FormColumn(**{**column, "aliases": tuple(column.get("aliases", ()))}) for column in data
    )


def _row(key: str, data: dict[str, Any], groups: dict[str, str]) -> FormRow:
    spans = tuple(groups[name] for name in data.get("groups", ()))
    aliases, cores = tuple(data.get("aliases", ())), tuple(data.get("cores", ()))
    return FormRow(key, data["label"], data.get("short", data["label"]), spans, aliases, cores)


def _derived(data: dict[str, Any], tables: tuple[FormTable, ...]) -> tuple[Derived, ...]:
    return tuple(
        Derived(
            f"{section}.{name}.{column.key}",
            entry["short"],
            column.key,
            tuple(f"{section}.{row}.{column.key}" for row in entry["rows"]),
        )
        for section, entries in data.items()
        for name, entry in entries.items()
        for column in next(table for table in tables if table.section == section).columns
    )


def _all_disputes() -> Derived:
    rows = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    return Derived(
        "disputes.all.total", "复议和诉讼", "total", tuple(f"disputes.{row}.total" for row in rows)
    )
