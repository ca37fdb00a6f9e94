"""Who reports on which year: the title, the body and its level, the region, the year, the period and the date of issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from indexer.lookalikes import unify
from indexer.records import Document, Identity, Line, Section, SourceFile
from indexer.regions.clues import Clues
from indexer.regions.resolver import resolve
from indexer.report import bodies, dates, passages
from indexer.report.titles import names_report, read_title, split_site
from indexer.text import fold

_TITLE = "{body}{year}政府信息公开工作年度报告"
_LAST_LINES = 6
_LONGEST_NAME = 40
_FIRST_PARAGRAPHS = 4
_LONGEST_OPENING = 12
"""Paragraphs among which the opening is looked for: the preamble, and the beginning of what follows it."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """The folded paragraphs of a report: all, those of its opening, and its last lines."""

    all: tuple[str, ...]
    opening: tuple[str, ...]
    last: tuple[str, ...]


def build_identity(
    document: Document, sections: tuple[Section, ...], title_line: str | None, source: SourceFile
) -> Identity:
    """Return what a report says of itself. `title_line` is the title among its lines, None if there is none.

    The page's own title counts as printed, the manifest's does not. A title that is neither is built of body and year.
    """
    texts = _texts(document, sections)
    title, around = _printed_title(document, title_line)
    reading = read_title(unify(title or source.title or ""))
    period = dates.find_period(texts.all)
    year = reading.year or dates.find_year(period) or dates.find_narrated_year(texts.opening)
    signed = tuple(bodies.choose_signatures(passages.find_signatures(texts.last)))
    made, contacts = tuple(passages.find_makers(texts.opening)), tuple(passages.find_contacts(texts.opening))
    narrative = "\n".join(texts.all)
    titled = reading.body or _first_line(texts)
    subjects = tuple(_subjects(titled, texts, narrative))
    name = bodies.choose_name(titled, bodies.Named(signed, made, contacts, subjects), narrative)
    body = bodies.build_body(name, narrative)
    site = (*around, *document.site)
    clues = _clues(titled, texts, _Around(signed, (*made, *contacts, *subjects), site, narrative))
    clues = replace(clues, origin=document.origin or source.origin or "", year=year)
    return Identity(
        title=title or source.title or _built_title(body.name, year),
        title_printed=title is not None,
        body=body.name,
        level=body.level,
        parent_level=body.parent_level,
        region=resolve(clues),
        year=year,
        period=period,
        published=_published(document, texts),
    )


def _subjects(titled: str, texts: _Texts, narrative: str) -> Iterator[str]:
    """Yield of whom the report begins to speak, where its title does not say where its body is."""
    known = bodies.parse_name(titled).reading
    if known.areas or known.township or known.zone:
        return
    for printed in passages.find_subjects(texts.opening[:_FIRST_PARAGRAPHS]):
        if bodies.is_subject(bodies.parse_name(printed), titled, narrative):
            yield printed


def _published(document: Document, texts: _Texts) -> date | None:
    """Return the date of the signature or below the title, else the page's, be it in its metadata or printed with a label."""
    signed = dates.find_signed_date(texts.last) or dates.find_titled_date(texts.opening[:_FIRST_PARAGRAPHS])
    return signed or document.published or dates.find_labelled_date(texts.opening)


@dataclass(frozen=True, slots=True)
class _Around:
    """What was found about the body beside the title."""

    signed: tuple[str, ...]
    made: tuple[str, ...]
    site: tuple[str, ...]
    narrative: str


def _clues(titled: str, texts: _Texts, around: _Around) -> Clues:
    return Clues(
        title=fold(titled),
        own=tuple(name for name in (*around.made, *around.signed) if bodies.parse_name(name).kind != "unknown"),
        near=(*passages.find_addresses(texts.opening), *passages.find_sites(texts.opening)),
        source=(*(site := tuple(map(fold, around.site))), *passages.find_publishers((*site, *texts.opening))),
        narrative=around.narrative,
    )


def _texts(document: Document, sections: tuple[Section, ...]) -> _Texts:
    paragraphs = tuple(fold(paragraph.text) for section in sections for paragraph in section.paragraphs)
    if not paragraphs:
        paragraphs = tuple(fold(block.text) for block in document.blocks if isinstance(block, Line))
    paragraphs = tuple(paragraph for paragraph in paragraphs if paragraph)
    return _Texts(paragraphs, paragraphs[:_LONGEST_OPENING], paragraphs[-_LAST_LINES:])


def _first_line(texts: _Texts) -> str:
    """Return the body's name if it stands alone above the report: a title broken in two whose first half is the name."""
    first = texts.all[0] if texts.all else ""
    return (
        read_title(first + "政府信息公开").body
        if len(first) <= _LONGEST_NAME and not re.search("[,。:;]", first)
        else ""
    )


def _printed_title(document: Document, title_line: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Return the title as printed, and what the page's own title says around it: names of the site."""
    page, around = split_site(document.title) if document.title else ("", ())
    if title_line and not _says_more(page, title_line):
        return title_line.strip(), around
    return (page, around) if names_report(page) else (None, (page, *around) if page else ())


def _says_more(page: str, title_line: str) -> bool:
    """Whether the page's own title names the body that the line leaves out, for the same year."""
    own, line = read_title(page), read_title(title_line)
    return bool(own.body and names_report(page)) and not line.body and line.year in (None, own.year)


def _built_title(body: str | None, year: int | None) -> str | None:
    if body is None:
        return None
    return _TITLE.format(body=body, year=f"{year}年" if year else "")
