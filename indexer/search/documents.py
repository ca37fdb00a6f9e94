"""Report → IndexDocument: what is searched of a report, its headings, its facets, and its figures with the derived ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from indexer.bodies.keys import body_of, is_incomplete
from indexer.bodies.localities import Locality, locality_of
from indexer.forms.form import Derived, read_forms
from indexer.records import REGION_LEVELS, SECTION_KEYS, Division, Number, Region, Report, Status
from indexer.search.analysis.sub_headings import heading_of
from indexer.search.catalogue.fields import BODY_KEY, INCOMPLETE, LOCALITY
from indexer.search.catalogue.place_names import PLACE_LEVELS, UNKNOWN
from indexer.search.port import Figure, IndexDocument
from indexer.text.folding import fold_all

TEXT_FIELDS = ("title", "body", *SECTION_KEYS)
"""The fields in which a match may lie, each on its own."""

HEADING_FIELDS: Mapping[str, str] = {key: f"heading_{key}" for key in SECTION_KEYS}
"""By section the field of its sub-headings' words. They stand in the section too and are found there; here they only rank."""
RANKED_FIELDS = (*TEXT_FIELDS, *HEADING_FIELDS.values())
"""The fields in which an occurrence counts for the ranking."""

_FILE_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/msword": "doc",
    "application/rtf": "rtf",
    "application/pdf": "pdf",
    "text/plain": "txt",
}

_WORST: tuple[Status, ...] = (
    "missing",
    "unreadable",
    "suspect",
    "blank",
    "not_applicable",
    "reported",
)
"""From the status that says least of a sum's operand to the one that says all."""


def build_document(report: Report) -> IndexDocument:
    """Return the report as an engine stores it."""
    return IndexDocument(
        id=report.id,
        report=report,
        texts=texts_of(report),
        headings=headings_of(report),
        facets=facets_of(report),
        figures=figures_of(report),
    )


def texts_of(report: Report) -> Mapping[str, str]:
    """Return what is searched, as printed: title, body and the sections, without the fields that hold nothing.

    A section key that occurs twice is one field, its texts one below the other.
    """
    texts: dict[str, str] = {
        "title": report.identity.title or "",
        "body": report.identity.body or "",
    }
    for section in report.sections:
        texts[section.key] = "\n".join(
            text for text in (texts.get(section.key), section.text) if text
        )
    return {field: texts[field] for field in TEXT_FIELDS if texts.get(field)}


def headings_of(report: Report) -> Mapping[str, tuple[str, ...]]:
    """Return by section the sub-headings of its paragraphs, as printed, without the sections that have none."""
    found: dict[str, tuple[str, ...]] = {}
    for section in report.sections:
        headings = tuple(filter(None, map(heading_of, section.paragraphs)))
        if headings:
            found[section.key] = (*found.get(section.key, ()), *headings)
    return found


def folded_fields(
    texts: Mapping[str, str], headings: Mapping[str, Sequence[str]]
) -> Mapping[str, str]:
    """Return the folded texts of the ranked fields that hold any.

    Each heading is folded by itself and has its own line, a character that folding leaves in no query: so what stands in the
    headings stands in the section, and nothing runs from one heading into another.
    """
    lines = {
        HEADING_FIELDS[key]: "\n".join(filter(None, fold_all(headings[key]))) for key in headings
    }
    folded = {**dict(zip(texts, fold_all([*texts.values()]), strict=True)), **lines}
    return {field: text for field, text in folded.items() if text}


def facets_of(report: Report) -> Mapping[str, tuple[str, ...]]:
    """Return the report's values of all keyword fields. `section`: those that hold text; a search narrows them to where it hits.

    A level or place that is not known has the value `unknown`; one that does not exist has none.
    """
    identity, region = report.identity, report.identity.region
    locality = locality_of(identity)
    severities = _distinct(finding.severity for finding in report.findings)
    return {
        "year": _present(str(identity.year) if identity.year is not None else None),
        "level": (identity.level or UNKNOWN,),
        **{level: _place(locality, level) for level in PLACE_LEVELS},
        "form": (report.form,),
        "section": tuple(key for key in texts_of(report) if key in SECTION_KEYS),
        "finding": severities or ("none",),
        "rule": _distinct(finding.rule for finding in report.findings),
        "region": (*_distinct(_region_values(region)), *([UNKNOWN] if locality.unknown else ())),
        "filetype": _distinct(
            filter(None, (file_type(source.media_type) for source in report.sources))
        ),
        "body": _present(identity.body),
        "id": (report.id,),
        BODY_KEY: (body_of(report) or UNKNOWN, *((INCOMPLETE,) if is_incomplete(report) else ())),
        LOCALITY: (locality.dump(),) if locality.unknown else (),
    }


def figures_of(report: Report) -> Mapping[str, Figure]:
    """Return the cells as figures, and every derived figure whose operands the report's form has.

    A derived figure has a value only where each operand is `reported`; else it has the status of its worst operand.
    """
    figures = {cell.key: Figure(cell.value, cell.status) for cell in report.cells}
    for key, figure in _derived().items():
        if key not in figures and all(operand in figures for operand in figure.operands):
            figures[key] = _sum([figures[operand] for operand in figure.operands])
    return figures


def figure_of(report: Report, key: str) -> Figure | None:
    """Return one of the figures of a report without making the others; None where it has no such."""
    cell = report.cell(key)
    if cell is not None:
        return Figure(cell.value, cell.status)
    operands = (
        [figure_of(report, operand) for operand in _derived()[key].operands]
        if key in _derived()
        else [None]
    )
    known = [operand for operand in operands if operand is not None]
    return _sum(known) if len(known) == len(operands) else None


def file_type(media_type: str | None) -> str | None:
    """Return what kind of file a media type stands for, as the facet `filetype` has it.

    >>> file_type("application/msword"), file_type(None)
    ('doc', None)
    """
    return _FILE_TYPES.get(media_type or "")


@cache
def _derived() -> Mapping[str, Derived]:
    """The derived figures of all forms; those that are made of others after them."""
    return {derived.key: derived for form in read_forms().values() for derived in form.derived}


def _sum(operands: Sequence[Figure]) -> Figure:
    worst = min((operand.status for operand in operands), key=_WORST.index)
    if worst != "reported":
        return Figure(None, worst)
    values: list[Number] = [operand.value for operand in operands if operand.value is not None]
    return Figure(sum(values), "reported")


def _region_values(region: Region) -> Iterable[str]:
    """Yield the names and codes of every level that is certain, most general first."""
    for level in REGION_LEVELS:
        division: Division | None = getattr(region, level)
        if division is not None and division.status == "known":
            yield from _present(division.name)
            yield from _present(division.code)


def _place(locality: Locality, level: str) -> tuple[str, ...]:
    return (UNKNOWN,) if level in locality.unknown else _present(locality.names[level])


def _present(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
