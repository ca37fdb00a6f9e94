"""Who reports on which year: the title, the body and its level, the region, the year, the period and the date of issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from indexer.places.clues import PlaceClues
from indexer.places.resolver import resolve
from indexer.records import Document, Identity, Line, Section, SourceFile
from indexer.report.identity import (
    body_choice,
    body_mentions,
    body_names,
    printed_dates,
    publication_date,
)
from indexer.report.identity.publication_date import PageHead
from indexer.report.identity.self_references import find_own_level
from indexer.report.identity.title_lines import find_pieces
from indexer.report.identity.title_parsing import names_report, read_title, split_site
from indexer.text.folding import fold
from indexer.text.lookalikes import unify

_TITLE = "{body}{year}政府信息公开工作年度报告"
_LAST_LINES = 6
_LONGEST_NAME = 40
_FIRST_PARAGRAPHS = 4
_LONGEST_OPENING = 12
"""Paragraphs among which the opening is looked for: the preamble, and the beginning of what follows it."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """The folded paragraphs of a report.

    `first` are those below the title, `opening` those around it, `last` the last lines; `lead` is
    the number of paragraphs above the title.
    """

    all: tuple[str, ...]
    first: tuple[str, ...]
    opening: tuple[str, ...]
    last: tuple[str, ...]
    lead: int


def build_identity(
    document: Document,
    sections: tuple[Section, ...],
    title_line: str | None,
    source: SourceFile,
    head: PageHead | None = None,
) -> Identity:
    """Return what a report says of itself.

    `title_line` is the title among its lines, None if there is none; `head` is what stands around
    it. The page's own title counts as printed, the manifest's does not. A title that is neither is
    built of body and year.
    """
    texts = _texts(document, sections, head.lead if head else 0)
    title, around = _printed_title(document, title_line)
    reading = read_title(unify(title or source.title or ""))
    period = printed_dates.find_period(texts.all)
    signed = tuple(body_choice.choose_signatures(body_mentions.find_signatures(texts.last)))
    made, contacts = (
        tuple(body_mentions.find_makers(texts.opening)),
        tuple(body_mentions.find_contacts(texts.opening)),
    )
    narrative = "\n".join(texts.all)
    titled = reading.body or _first_line(texts)
    subjects = tuple(_subjects(titled, texts, narrative))
    name = body_choice.choose_name(
        titled, body_choice.NamesBesideTitle(signed, made, contacts, subjects), narrative
    )
    body = body_names.build_body(name, narrative)
    schooled = printed_dates.is_academic(fold(title or ""))
    if schooled and body.level is None:
        body = replace(body, level="institution")
    elif body.name is None:
        body = replace(body, level=find_own_level(narrative))
    year = reading.year or printed_dates.find_year(period) or _narrated_year(body, schooled, texts)
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
        published=_published(document, texts, head or PageHead(below=texts.opening)),
    )


def _narrated_year(body: body_names.PublishingBody, schooled: bool, texts: _Texts) -> int | None:
    """Return the year that the opening names; of a school the one in which its academic year ends.

    A title such as 2020学年 says that another year is meant than the one that the prose names most.
    """
    academic = (
        [printed_dates.find_academic_year(text) for text in texts.opening]
        if body.level == "institution"
        else []
    )
    year = next(filter(None, academic), None)
    return year if year or schooled else printed_dates.find_narrated_year(texts.opening)


def _subjects(titled: str, texts: _Texts, narrative: str) -> Iterator[str]:
    """Yield of whom the report begins to speak, where its title does not say where its body is."""
    known = body_names.parse_name(titled).reading
    if known.areas or known.township or known.zone:
        return
    for printed in body_mentions.find_subjects(texts.first):
        if body_choice.is_subject(body_names.parse_name(printed), titled, narrative):
            yield printed


def _published(document: Document, texts: _Texts, head: PageHead) -> date | None:
    """Return the date of the signature or below the title, else of the page's metadata or head."""
    signed = publication_date.find_signed_date(texts.last) or publication_date.find_titled_date(
        texts.first
    )
    return signed or document.published or publication_date.find_page_date(head)


@dataclass(frozen=True, slots=True)
class _Around:
    """What was found about the body beside the title."""

    signed: tuple[str, ...]
    made: tuple[str, ...]
    site: tuple[str, ...]
    narrative: str


def _clues(titled: str, texts: _Texts, around: _Around) -> PlaceClues:
    return PlaceClues(
        title=fold(titled),
        own=tuple(
            name
            for name in (*around.made, *around.signed)
            if body_names.parse_name(name).kind != "unknown"
        ),
        near=(
            *body_mentions.find_addresses(texts.opening),
            *body_mentions.find_sites(texts.opening),
        ),
        source=(
            *(site := tuple(map(fold, around.site))),
            *body_mentions.find_publishers((*site, *texts.opening)),
        ),
        narrative=around.narrative,
    )


def _texts(document: Document, sections: tuple[Section, ...], lead: int) -> _Texts:
    paragraphs = tuple(
        fold(paragraph.text) for section in sections for paragraph in section.paragraphs
    )
    if not paragraphs:
        paragraphs = tuple(fold(block.text) for block in document.blocks if isinstance(block, Line))
    paragraphs = tuple(paragraph for paragraph in paragraphs if paragraph)
    opening = paragraphs[max(0, lead - _LONGEST_OPENING) : lead + _LONGEST_OPENING]
    first = paragraphs[lead : lead + _FIRST_PARAGRAPHS]
    return _Texts(paragraphs, first, opening, paragraphs[-_LAST_LINES:], lead)


def _first_line(texts: _Texts) -> str:
    """Return the body's name if it stands alone above the report: a title broken in two whose first half is the name."""
    lines = texts.all[:1] + (texts.all[texts.lead - 1 : texts.lead] if texts.lead else ())
    for line in lines:
        if len(line) <= _LONGEST_NAME and not re.search("[,。:;]", line):
            name = read_title(line + "政府信息公开").body
            if len(lines) == 1 or body_names.parse_name(name).kind != "unknown":
                return name
    return ""


def _printed_title(
    document: Document, title_line: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """Return the title as printed, and what the page's own title says around it: names of the site."""
    page, around = split_site(document.title) if document.title else ("", ())
    page = next((piece.text for piece in find_pieces(page) if read_title(piece.text).body), page)
    if title_line and not _says_more(page, title_line):
        return title_line.strip(), around
    if names_report(page):
        return page, around
    return _title_on_path(document.site), (page, *around) if page else ()


def _title_on_path(site: tuple[str, ...]) -> str | None:
    """Return the title at the end of the way to the page; none if two ways differ."""
    found = {piece.text for line in site for piece in find_pieces(line) if piece.kind == "path"}
    return found.pop() if len(found) == 1 else None


def _says_more(page: str, title_line: str) -> bool:
    """Return whether the page's own title names the body that the line leaves out, for the same year."""
    own, line = read_title(page), read_title(title_line)
    return bool(own.body and names_report(page)) and not line.body and line.year in (None, own.year)


def _built_title(body: str | None, year: int | None) -> str | None:
    if body is None:
        return None
    return _TITLE.format(body=body, year=f"{year}年" if year else "")
