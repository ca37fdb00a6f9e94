"""The official forms as records, read from the TOML files of this folder.

A form is a list of tables; a table has rows and columns; a cell's key is
``<section>.<row>.<column>``. The wording is that of the circulars named in each file
(国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号); `en` is our translation of it.
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
    """A column of the form.

    `label` is its prescribed label, `group` the head that spans it, `unit` the unit that its head
    prescribes; `amount` says that it holds money.
    """

    key: str
    label: str
    en: str = ""
    group: str | None = None
    group_en: str | None = None
    aliases: tuple[str, ...] = ()
    amount: bool = False
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form.

    `label` is its prescribed label, `short` its name in a filter, `groups` the heads that span it,
    outermost first. `cores` are words that only this row's label has: they identify it among other
    words. `en` translates `short`, and `groups_en` the groups.
    """

    key: str
    label: str
    short: str
    en: str = ""
    groups: tuple[str, ...] = ()
    groups_en: tuple[str, ...] = ()
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
    caption_en: str = ""
    note: str | None = None
    note_en: str | None = None
    heads: SpanningHeads = SpanningHeads()

    def key(self, row: FormRow, column: FormColumn) -> str:
        """Return the key of a cell."""
        return f"{self.section}.{row.key}.{column.key}"

    def keys(self) -> Iterator[str]:
        """Return the keys of all cells, row by row."""
        return (self.key(row, column) for row in self.rows for column in self.columns)


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived figure: the sum of printed ones. `short` is its row's name in a filter."""

    key: str
    short: str
    en: str
    column: str
    operands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: `years` are the first and last year it was in force for."""

    name: str
    title: str
    title_en: str
    document: str
    years: tuple[int, int]
    tables: tuple[FormTable, ...]
    derived: tuple[Derived, ...]

    def keys(self) -> tuple[str, ...]:
        """Return the keys of all cells in the printed order: 198 in the 2019 form, 200 in 2021."""
        return tuple(key for table in self.tables for key in table.keys())

    def tables_of(self, section: str) -> tuple[FormTable, ...]:
        """Return the tables of one section."""
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
        raise FormError("forms.unreadable", file=file, reason=str(error)) from error


def _build_form(data: dict[str, Any], common: dict[str, Any], file: str) -> Form:
    try:
        tables = (
            *(_proactive_table(part, data["heads"]) for part in data["proactive"]),
            _common_table("requests", common["requests"], data["requests"]),
            _common_table("disputes", common["disputes"], list(common["disputes"]["rows"])),
        )
    except KeyError as error:
        raise FormError("forms.missing_key", file=file, key=str(error)) from error
    keys = [key for table in tables for key in table.keys()]
    if repeated := sorted(key for key in set(keys) if keys.count(key) > 1):
        raise FormError("forms.repeated_cell", file=file, key=repeated[0])
    derived = (*_derived(common["derived"], tables), *_derived(data.get("derived", {}), tables))
    return Form(
        name=data["name"],
        title=data["title"],
        title_en=data["title_en"],
        document=data["document"],
        years=(data["years"][0], data["years"][1]),
        tables=tables,
        derived=(*derived, _all_disputes()),
    )


def _proactive_table(data: dict[str, Any], heads: dict[str, list[str]]) -> FormTable:
    return FormTable(
        "proactive",
        data["caption"],
        _columns(data["columns"]),
        tuple(_row(row["key"], row, {}) for row in data["rows"]),
        caption_en=data["caption_en"],
        heads=_heads(heads),
    )


def _common_table(section: str, data: dict[str, Any], keys: list[str]) -> FormTable:
    return FormTable(
        section,
        data["caption"],
        _columns(data["columns"]),
        tuple(_row(key, data["rows"][key], data.get("groups", {})) for key in keys),
        caption_en=data["caption_en"],
        note=data.get("note"),
        note_en=data.get("note_en"),
        heads=_heads(data.get("heads", {})),
    )


def _heads(data: dict[str, list[str]]) -> SpanningHeads:
    return SpanningHeads(**{kind: tuple(words) for kind, words in data.items()})


def _columns(data: list[dict[str, Any]]) -> tuple[FormColumn, ...]:
    return tuple(
        FormColumn(**{**column, "aliases": tuple(column.get("aliases", ()))}) for column in data
    )


def _row(key: str, data: dict[str, Any], groups: dict[str, dict[str, str]]) -> FormRow:
    spans = [groups[name] for name in data.get("groups", ())]
    return FormRow(
        key,
        data["label"],
        data.get("short", data["label"]),
        en=data["en"],
        groups=tuple(span["label"] for span in spans),
        groups_en=tuple(span["en"] for span in spans),
        aliases=tuple(data.get("aliases", ())),
        cores=tuple(data.get("cores", ())),
    )


def _derived(data: dict[str, Any], tables: tuple[FormTable, ...]) -> Iterator[Derived]:
    for section, entries in data.items():
        columns = next(table for table in tables if table.section == section).columns
        for name, entry in entries.items():
            for column in columns:
                yield Derived(
                    f"{section}.{name}.{column.key}",
                    entry["short"],
                    entry["en"],
                    column.key,
                    tuple(f"{section}.{row}.{column.key}" for row in entry["rows"]),
                )


def _all_disputes() -> Derived:
    rows = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    return Derived(
        "disputes.all.total",
        "复议和诉讼",
        "Reconsideration and litigation",
        "total",
        tuple(f"disputes.{row}.total" for row in rows),
    )
