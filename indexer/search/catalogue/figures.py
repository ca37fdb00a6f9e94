"""The figures by which reports are found: the cells of the forms and what is derived from them.

The cells follow from the forms (`forms/*.toml`), and so do the sums that the forms describe. Any
other figure, such as a rate, is one `Figure` record passed to `register_figure`: the index, the
query language, the arguments of the site and its help follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from indexer.forms.form import Form, FormColumn, read_forms
from indexer.forms.names import cell_name
from indexer.messages import DEFAULT_LANGUAGE
from indexer.messages.catalogue import read_catalogue
from indexer.records import Number, Report, Status
from indexer.search.catalogue.caching import catalogue_cache, clear_catalogue_caches
from indexer.search.catalogue.figure_aliases import FIGURE_ALIASES, NO_ALIASES, FigureAliases
from indexer.search.port import Figure

FigureLookup: TypeAlias = Callable[[str], Figure | None]
"""Returns a report's figure of a key; None where its form has no such cell."""
Compute: TypeAlias = Callable[[FigureLookup], Figure | None]
"""Returns a derived figure of a report; None where its form lacks what it is derived from."""

_MONEY_DECIMALS = 2
_LEAST_TELLING_FIRST: tuple[Status, ...] = (
    "missing",
    "unreadable",
    "suspect",
    "blank",
    "not_applicable",
    "reported",
)
"""From the status that says least of a sum's operand to the one that says all."""


@dataclass(frozen=True, slots=True)
class FigureField:
    """A number by which reports are filtered, sorted and counted. Amounts are in yuan.

    `row` and `column` are the words that its label is made of, `forms` the forms that have it.
    `compute` derives it where a report has no such cell; it must never fill in a number that its
    operands do not say.
    """

    key: str
    label: str
    section: str
    row: str
    column: str
    amount: bool = False
    forms: tuple[str, ...] = ()
    compute: Compute | None = None
    aliases: FigureAliases = NO_ALIASES
    digits: int = 0
    """The digits after the point in which it is counted: the width of the bins of a histogram."""

    @property
    def derived(self) -> bool:
        """Whether it is computed in at least one form."""
        return self.compute is not None

    def label_in(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return its name in a language: from `messages/`, else the words of its form."""
        own = read_catalogue(language).get(f"label.figure.{self.key}")
        if own or language == DEFAULT_LANGUAGE:
            return own or self.label
        name = cell_name(self.key, language)
        return self.label if name == self.key else name


@dataclass(frozen=True, slots=True)
class SumOf:
    """The sum of figures: it has a value only where each operand is `reported`.

    Otherwise its status is that of the operand that says least.
    """

    operands: tuple[str, ...]

    def __call__(self, lookup: FigureLookup) -> Figure | None:
        """Return the sum; None where the form lacks an operand."""
        found = [figure for key in self.operands if (figure := lookup(key)) is not None]
        if len(found) < len(self.operands):
            return None
        least_telling = min((figure.status for figure in found), key=_LEAST_TELLING_FIRST.index)
        if least_telling != "reported":
            return Figure(None, least_telling)
        values: list[Number] = [figure.value for figure in found if figure.value is not None]
        return Figure(sum(values), "reported")


_registered: dict[str, FigureField] = {}


def register_figure(figure: FigureField) -> None:
    """Add a figure after the others. An index that was written without it is outdated."""
    if figure.key in figures():
        raise ValueError(f"there is a figure {figure.key!r} already")
    _registered[figure.key] = figure
    clear_catalogue_caches()


def remove_figure(key: str) -> None:
    """Take out a registered figure; nothing happens where there is none."""
    _registered.pop(key, None)
    clear_catalogue_caches()


@catalogue_cache
def figures() -> Mapping[str, FigureField]:
    """Return every figure by key: the cells as printed, the forms' sums, those registered."""
    forms = read_forms().values()
    printed = [field for form in forms for field in _printed(form)]
    derived = [field for form in forms for field in _derived(form)]
    merged: dict[str, FigureField] = {}
    for field in (*printed, *derived):
        known = merged.get(field.key)
        merged[field.key] = field if known is None else _merge(known, field)
    return merged | _registered


def _printed(form: Form) -> Iterator[FigureField]:
    for table in form.tables:
        for row in table.rows:
            for column in table.columns:
                key = table.key(row, column)
                yield _figure(key, row.short, column, table.section, form)


def _derived(form: Form) -> Iterator[FigureField]:
    for figure in form.derived:
        section = figure.key.split(".")[0]
        columns = {
            column.key: column for table in form.tables_of(section) for column in table.columns
        }
        field = _figure(figure.key, figure.short, columns[figure.column], section, form)
        yield replace(field, compute=SumOf(figure.operands))


def _figure(key: str, row: str, column: FormColumn, section: str, form: Form) -> FigureField:
    words = column.label.split("（")[0]
    return FigureField(
        key=key,
        label=f"{row}·{words}",
        section=section,
        row=row,
        column=words,
        amount=column.amount,
        forms=(form.name,),
        aliases=FIGURE_ALIASES.get(key, NO_ALIASES),
        digits=_MONEY_DECIMALS if column.amount else 0,
    )


def _merge(known: FigureField, other: FigureField) -> FigureField:
    """Return the figure of two forms. Where both derive it, the newer form says from what."""
    return replace(
        known,
        amount=known.amount or other.amount,
        forms=tuple(dict.fromkeys((*known.forms, *other.forms))),
        compute=other.compute or known.compute,
        digits=max(known.digits, other.digits),
    )


# ── the figures of a report ─────────────────────────────────────────────────────────────────────


def figures_of(report: Report) -> Mapping[str, Figure]:
    """Return the cells of a report as figures, and every derived figure that its form has."""
    found = {cell.key: Figure(cell.value, cell.status) for cell in report.cells}
    for key, compute in _computed().items():
        if key not in found:
            figure = compute(found.get)
            if figure is not None:
                found[key] = figure
    return found


def figure_of(report: Report, key: str) -> Figure | None:
    """Return one figure of a report without computing the others; None where it has none."""
    cell = report.cell(key)
    if cell is not None:
        return Figure(cell.value, cell.status)
    compute = _computed().get(key)
    return compute(lambda operand: figure_of(report, operand)) if compute else None


@catalogue_cache
def _computed() -> Mapping[str, Compute]:
    """Return what derives each figure, in the forms' order: a sum of sums comes after these."""
    forms = read_forms().values()
    keys = dict.fromkeys(derived.key for form in forms for derived in form.derived)
    fields = (figures()[key] for key in (*keys, *_registered))
    return {field.key: field.compute for field in fields if field.compute is not None}
