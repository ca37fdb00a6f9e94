"""The names of the forms' rows, columns, cells and titles in the language of a reader.

Keys are `requests.granted` for a row, `requests.*.total` for a column, `requests.granted.total` for
a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from indexer.forms.form import Form, FormColumn, read_forms

CHINESE = "zh"
"""The language of the forms themselves; readers of any other get the English names."""


def row_name(key: str, language: str = CHINESE, form: str | None = None) -> str:
    """Return the label of a row, by default as in the newest form that has it.

    >>> row_name("requests.granted"), row_name("requests.granted", "en")
    ('（一）予以公开', 'Disclosed')
    >>> row_name("proactive.normative_documents", form="2019")
    '规范性文件'
    """
    label, _, english = _row_names(form).get(key, (key, key, key))
    return label if language == CHINESE else english


def column_name(key: str, language: str = CHINESE, form: str | None = None) -> str:
    """Return the label of a column, by default as in the newest form that has it.

    >>> column_name("requests.*.business"), column_name("requests.*.business", "en")
    ('商业企业', 'Businesses')
    """
    chinese, english = _column_names(form).get(key, (key, key))
    return chinese if language == CHINESE else english


def cell_name(key: str, language: str = CHINESE, form: str | None = None) -> str:
    """Return the short name of a cell: its row and its column, without units and explanations.

    >>> cell_name("requests.granted.total"), cell_name("requests.denied.total", "en")
    ('予以公开·总计', 'Disclosure refused · Total')
    >>> cell_name("proactive.procurement.amount_yuan"), cell_name("proactive.fees.amount_yuan")
    ('政府集中采购·采购总金额', '行政事业性收费·本年收费金额')
    """
    chinese, english = _cell_names(form).get(key, (key, key))
    return chinese if language == CHINESE else english


def form_name(name: str, language: str = CHINESE) -> str:
    """Return the title of a form with the circular that prescribes it.

    >>> form_name("2021"), form_name("2021", "en")
    ('2021 版格式（国办公开办函〔2021〕30号）', '2021 form (国办公开办函〔2021〕30号)')
    """
    form = read_forms()[name]
    if language != CHINESE:
        return f"{form.title_en} ({form.document})"
    return f"{form.title}（{form.document}）"


@cache
def _row_names(form: str | None) -> Mapping[str, tuple[str, str, str]]:
    """Return the label, the short name and the English name of each row, derived ones included."""
    names: dict[str, tuple[str, str, str]] = {}
    for one in _forms(form):
        for table in one.tables:
            for row in table.rows:
                names[f"{table.section}.{row.key}"] = (row.label, row.short, row.en)
        for figure in one.derived:
            names.setdefault(figure.key.rpartition(".")[0], (figure.short, figure.short, figure.en))
    return names


@cache
def _column_names(form: str | None) -> Mapping[str, tuple[str, str]]:
    """Return the Chinese and the English label of each column."""
    return {
        f"{table.section}.*.{column.key}": (column.label, column.en)
        for one in _forms(form)
        for table in one.tables
        for column in table.columns
    }


@cache
def _cell_names(form: str | None) -> Mapping[str, tuple[str, str]]:
    names: dict[str, tuple[str, str]] = {}
    for one in _forms(form):
        for table in one.tables:
            for row in table.rows:
                for column in table.columns:
                    names[table.key(row, column)] = _join(row.short, row.en, column)
        for figure in one.derived:
            table = one.tables_of(figure.key.split(".")[0])[0]
            column = next(column for column in table.columns if column.key == figure.column)
            names.setdefault(figure.key, _join(figure.short, figure.en, column))
    return names


def _join(row: str, row_english: str, column: FormColumn) -> tuple[str, str]:
    """Return the names of a cell, without the unit that the column's label states in brackets."""
    label, english = column.label.split("（")[0], column.en.split(" (")[0]
    return f"{row}·{label}", f"{row_english} · {english}"


def _forms(name: str | None) -> Iterator[Form]:
    return (form for form in read_forms().values() if name in (None, form.name))
