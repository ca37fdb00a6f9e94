"""A report → what its page shows: header, and sections with prose, tables and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from indexer.forms.form import read_forms
from indexer.records import REGION_LEVELS, SECTION_KEYS, Message, Paragraph, Report, Section
from indexer.search.catalogue.facets import facets
from indexer.search.catalogue.figures import figures, figures_of
from webapp.names import Text, column_name, facet_name, label_of, row_name
from webapp.permalinks import search_path
from webapp.shapes.finding_notes import Note, Placement, place_findings, summarise
from webapp.shapes.form_cells import format_number
from webapp.shapes.form_tables import TableShape, shape_tables
from webapp.shapes.marked_text import Piece, Spans, cut_pieces

Highlighter: TypeAlias = Callable[[str, str], Spans]
"""Section key (or `title`) and its whole printed text → the spans to mark in it."""

_LINKED = ("province", "prefecture", "county")


@dataclass(frozen=True, slots=True)
class Crumb:
    """A level of the region; `url` is empty where the place is not certain."""

    name: Text
    url: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph with the notes beside it.

    `noted`: it stood in a table, and is no part of the form.
    """

    number: int
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    noted: bool


@dataclass(frozen=True, slots=True)
class DerivedRow:
    """A derived row under a table.

    `figures` are keys, names of columns, and values or why there is none.
    """

    label: Text
    figures: tuple[tuple[str, Text, Text], ...]

    @property
    def same(self) -> Text:
        """What all its figures say, where they say the same."""
        texts = {text for _, _, text in self.figures}
        return texts.pop() if len(texts) == 1 and len(self.figures) > 1 else ""


@dataclass(frozen=True, slots=True)
class SectionShape:
    """A section: prose before and after the tables. `printed`: the report has such a section."""

    key: str
    heading: str
    name: Text
    printed: bool
    before: tuple[Prose, ...]
    notes: tuple[Note, ...]
    tables: tuple[TableShape, ...]
    derived: tuple[DerivedRow, ...]
    after: tuple[Prose, ...]
    signs: str
    absent: bool
    """It has cells, but the report prints no table here: every one of them is missing."""


@dataclass(frozen=True, slots=True)
class ReportShape:
    """Everything a report's page shows that comes from the report itself."""

    id: str
    title: Text
    title_pieces: tuple[Piece, ...]
    title_printed: bool
    crumbs: tuple[Crumb, ...]
    facts: tuple[Text, ...]
    findings: Text
    notes: tuple[Note, ...]
    sections: tuple[SectionShape, ...]
    has_tables: bool


def shape_report(report: Report, highlight: Highlighter, all_linked: bool = False) -> ReportShape:
    """Return what the page of a report shows, its sections in the printed order."""
    placement = place_findings(report)
    sections = tuple(
        _shape_section(report, one, placement, highlight, all_linked) for one in _sections(report)
    )
    title = report.identity.title
    return ReportShape(
        id=report.id,
        title=title or Message.of("page.untitled"),
        title_pieces=cut_pieces(title, highlight("title", title))
        if title
        else (Piece(Message.of("page.untitled")),),
        title_printed=report.identity.title_printed,
        crumbs=shape_crumbs(report),
        facts=shape_facts(report),
        findings=summarise(report),
        notes=placement.notes,
        sections=sections,
        has_tables=any(section.tables for section in sections),
    )


def shape_crumbs(report: Report) -> tuple[Crumb, ...]:
    """Return where the body is, most general first; an uncertain place names candidates."""
    crumbs = []
    path: list[tuple[str, str]] = []
    for level in REGION_LEVELS:
        division = getattr(report.identity.region, level)
        if division is None:
            continue
        if division.status == "ambiguous" or not division.name:
            crumbs.append(
                Crumb(
                    Message.of(
                        "page.report.uncertain",
                        level=_level_name(level),
                        candidates=division.candidates,
                    ),
                    "",
                )
            )
            continue
        if level in _LINKED:
            path.append((level, division.name))
            crumbs.append(Crumb(division.name, search_path(path)))
        else:
            crumbs.append(
                Crumb(division.name, search_path([("region", division.code or division.name)]))
            )
    return tuple(crumbs)


def _level_name(level: str) -> Text:
    """Return the name of a region's level: its facet's, or the level's own where it has none."""
    return facet_name(level) if level in facets() else label_of("level", level)


def shape_facts(report: Report) -> tuple[Text, ...]:
    """Return who reports on what, in words: body, level, year, form."""
    identity = report.identity
    form = read_forms().get(report.form)
    return (
        identity.body or Message.of("page.unknown.body"),
        _level(report),
        Message.of("page.year_of", year=identity.year)
        if identity.year is not None
        else Message.of("page.unknown.year"),
        Message.of("form.form", key=form.name) if form else label_of("form", report.form),
    )


def _level(report: Report) -> Text:
    identity = report.identity
    if identity.level == "department" and identity.parent_level:
        parent = label_of("level", identity.parent_level)
        return Message.of("page.report.department_of", level=parent)
    if identity.level:
        return label_of("level", identity.level)
    return Message.of("page.unknown.level_of_body")


def _sections(report: Report) -> Iterable[Section]:
    """The printed sections, and one more for each that has cells without being printed."""
    printed = {section.key for section in report.sections}
    lost = [
        key
        for key in SECTION_KEYS
        if key not in printed and any(c.key.startswith(f"{key}.") for c in report.cells)
    ]
    order = {key: index for index, key in enumerate(SECTION_KEYS)}
    sections = list(report.sections)
    for key in lost:
        at = next(
            (i for i, one in enumerate(sections) if order[one.key] > order[key]), len(sections)
        )
        sections.insert(at, Section(key, None))
    return sections


def _shape_section(
    report: Report, section: Section, placement: Placement, highlight: Highlighter, all_linked: bool
) -> SectionShape:
    prose = _shape_paragraphs(section, placement, highlight)
    at = len(prose) if section.table_at is None else section.table_at
    first = _is_first(report, section)
    tables = shape_tables(report, section.key, placement, all_linked) if first else ()
    return SectionShape(
        key=section.key,
        heading=section.heading or "",
        name=label_of("section", section.key),
        printed=section in report.sections,
        before=prose[:at],
        notes=placement.at_section.get(section.key, ()) if first else (),
        tables=tables,
        derived=_shape_derived(report, section.key) if first else (),
        after=prose[at:],
        signs=_signs(placement, section.key),
        absent=bool(tables) and _is_absent(report, section.key),
    )


def _signs(placement: Placement, section: str) -> str:
    return "".join(note.sign for note in placement.notes if note.section == section)


def _is_first(report: Report, section: Section) -> bool:
    """Say whether a section is the first of its key, which has the tables and notes."""
    return next((one for one in report.sections if one.key == section.key), section) is section


def _is_absent(report: Report, section: str) -> bool:
    cells = [cell for cell in report.cells if cell.key.startswith(f"{section}.")]
    return all(cell.status == "missing" for cell in cells)


def _hits_by_paragraph(section: Section, highlight: Highlighter) -> Mapping[int, Spans]:
    """Return the spans to mark in each paragraph; a match over a line break is in both."""
    spans = highlight(section.key, section.text)
    found: dict[int, Spans] = {}
    offset = 0
    for paragraph in section.paragraphs:
        length = len(paragraph.text)
        moved = ((max(start - offset, 0), min(end - offset, length)) for start, end in spans)
        found[paragraph.number] = tuple((start, end) for start, end in moved if start < end)
        offset += length + 1
    return found


def _shape_paragraphs(
    section: Section, placement: Placement, highlight: Highlighter
) -> tuple[Prose, ...]:
    hits = _hits_by_paragraph(section, highlight)
    return tuple(
        _shape_prose(paragraph, placement, hits[paragraph.number])
        for paragraph in section.paragraphs
    )


def _shape_prose(paragraph: Paragraph, placement: Placement, hits: Spans) -> Prose:
    pieces = cut_pieces(paragraph.text, hits, placement.underlines.get(paragraph.number, ()))
    notes = placement.at_paragraph.get(paragraph.number, ())
    return Prose(paragraph.number, pieces, notes, noted=paragraph.kind == "note")


def _shape_derived(report: Report, section: str) -> tuple[DerivedRow, ...]:
    own = {cell.key for cell in report.cells}
    values = figures_of(report)
    rows: dict[Text, list[tuple[str, Text, Text]]] = {}
    for key, field in figures().items():
        if field.section == section and key in values and key not in own:
            figure = values[key]
            reported = figure.status == "reported"
            text = format_number(figure.value) if reported else Message.of("page.cannot_judge")
            rows.setdefault(row_name(field), []).append((key, column_name(field), text))
    return tuple(DerivedRow(row, tuple(columns)) for row, columns in rows.items())
