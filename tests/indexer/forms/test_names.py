"""Every row, column and cell of the forms has a name in both languages."""

from __future__ import annotations

import re

import pytest

from indexer.forms.form import FormTable, read_forms
from indexer.forms.names import cell_name, column_name, form_name, row_name
from indexer.search.catalogue.figures import figures

CHINESE = re.compile("[一-鿿]")
TABLES = [table for form in read_forms().values() for table in form.tables]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.caption)
def test_captions_notes_groups_rows_and_columns_are_translated(table: FormTable) -> None:
    english = [table.caption_en, *(column.en for column in table.columns)]
    english += [row.en for row in table.rows]
    english += [name for row in table.rows for name in row.groups_en]
    english += [column.group_en for column in table.columns if column.group_en]
    assert all(name and not CHINESE.search(name) for name in english)
    assert bool(table.note) == bool(table.note_en)
    assert all(len(row.groups) == len(row.groups_en) for row in table.rows)
    assert all(bool(column.group) == bool(column.group_en) for column in table.columns)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.caption)
def test_the_rows_of_a_table_have_different_names(table: FormTable) -> None:
    assert len({row.en for row in table.rows}) == len(table.rows)
    assert len({column.en for column in table.columns}) == len(table.columns)


@pytest.mark.parametrize("key", sorted(figures()))
def test_every_figure_has_a_name_in_both_languages(key: str) -> None:
    assert CHINESE.search(cell_name(key))
    assert not CHINESE.search(cell_name(key, "en"))
    assert cell_name(key, "en") != key


def test_a_name_may_be_asked_for_as_in_one_form() -> None:
    assert row_name("proactive.normative_documents", form="2019") == "规范性文件"
    assert row_name("proactive.normative_documents", form="2021") == "行政规范性文件"
    assert column_name("proactive.*.decisions", "en", "2019") == "Decisions"
    assert form_name("2019", "en").startswith("2019 form")
