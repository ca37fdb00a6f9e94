"""Composes the identity of a report: title, body, level, region, year, period, date of issue."""

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


@dataclass(frozen=True, slots=True)
class _Extents:
    """The paragraphs of a report that are searched; a name is measured in characters."""

    last: int = 6
    """The signature is among the last lines, before the site's own."""
    first: int = 4
    """The subject and the date below the title are in the first paragraphs."""
    opening: int = 12
    """The preamble and the beginning of the text, before and behind the title."""
    name: int = 40
    """A longer line is no body's name."""


_EXTENTS = _Extents()


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

    @property
    def narrative(self) -> str:
        """All paragraphs, one a line."""
        return "\n".join(self.all)


def build_identity(
    document: Document,
    sections: tuple[Section, ...],
    title_line: str | None,
    source: SourceFile,
    head: PageHead | None = None,
) -> Identity:
    """Return the identity that a report gives itself.

    `title_line` is the title among its lines, None if there is none; `head` are the lines around
    it. The page's own title counts as printed, the manifest's does not. Without any, a title is
    built of body and year.
    """
    texts = _texts(document, sections, head.lead if head else 0)
    printed, around = _printed_title(document, title_line)
    title = printed or source.title
    reading = read_title(unify(title or ""))
    period = printed_dates.find_period(texts.all)
    titled = reading.body or _first_line(texts)
    named = _names_beside_title(titled, texts)
    is_academic = printed_dates.is_academic(fold(printed or ""))
    body = _body(titled, named, texts, is_academic)
    year = reading.year or printed_dates.find_year(period)
    year = year or _narrated_year(body, is_academic, texts)
    clues = replace(
        _clues(titled, texts, named, (*around, *document.site)),
        origin=_origin(document, source),
        year=year,
    )
    return Identity(
        title=title or _built_title(body.name, year),
        title_printed=printed is not None,
        body=body.name,
        level=body.level,
        parent_level=body.parent_level,
        region=resolve(clues),
        year=year,
        period=period,
        published=_published(document, texts, head or PageHead(below=texts.opening)),
    )


def _origin(document: Document, source: SourceFile) -> str:
    return document.origin or source.origin or ""


def _names_beside_title(titled: str, texts: _Texts) -> body_choice.NamesBesideTitle:
    return body_choice.NamesBesideTitle(
        signed=tuple(body_choice.choose_signatures(body_mentions.find_signatures(texts.last))),
        made=tuple(body_mentions.find_makers(texts.opening)),
        contacts=tuple(body_mentions.find_contacts(texts.opening)),
        subjects=tuple(_subjects(titled, texts, texts.narrative)),
    )


def _body(
    titled: str, named: body_choice.NamesBesideTitle, texts: _Texts, is_academic: bool
) -> body_names.PublishingBody:
    """Return the body; without a name, its level may follow from what it calls itself."""
    name = body_choice.choose_name(titled, named, texts.narrative)
    body = body_names.build_body(name, texts.narrative)
    if is_academic and body.level is None:
        return replace(body, level="institution")
    return replace(body, level=find_own_level(texts.narrative)) if body.name is None else body


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
    """Yield the subjects of the first sentences, if the title does not say where its body is."""
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


def _clues(
    titled: str, texts: _Texts, named: body_choice.NamesBesideTitle, site: tuple[str, ...]
) -> PlaceClues:
    own = (*named.made, *named.contacts, *named.subjects, *named.signed)
    site = tuple(map(fold, site))
    return PlaceClues(
        title=fold(titled),
        own=tuple(name for name in own if body_names.parse_name(name).kind != "unknown"),
        near=(
            *body_mentions.find_addresses(texts.opening),
            *body_mentions.find_sites(texts.opening),
        ),
        source=(*site, *body_mentions.find_publishers((*site, *texts.opening))),
        narrative=texts.narrative,
    )


def _texts(document: Document, sections: tuple[Section, ...], lead: int) -> _Texts:
    printed = [paragraph.text for section in sections for paragraph in section.paragraphs]
    if not printed:
        printed = [block.text for block in document.blocks if isinstance(block, Line)]
    paragraphs = tuple(filter(None, map(fold, printed)))
    return _Texts(
        all=paragraphs,
        first=paragraphs[lead : lead + _EXTENTS.first],
        opening=paragraphs[max(0, lead - _EXTENTS.opening) : lead + _EXTENTS.opening],
        last=paragraphs[-_EXTENTS.last :],
        lead=lead,
    )


def _first_line(texts: _Texts) -> str:
    """Return the body's name on a line of its own, the first half of a title broken in two."""
    lines = texts.all[:1] + (texts.all[texts.lead - 1 : texts.lead] if texts.lead else ())
    for line in lines:
        if len(line) <= _EXTENTS.name and not re.search("[,。:;]", line):
            name = read_title(line + "政府信息公开").body
            if len(lines) == 1 or body_names.parse_name(name).kind != "unknown":
                return name
    return ""


def _printed_title(
    document: Document, title_line: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """Return the title as printed, and the names of the site in the page's own title."""
    page, around = split_site(document.title) if document.title else ("", ())
    page = next((piece.text for piece in find_pieces(page) if read_title(piece.text).body), page)
    if title_line and not _says_more(page, title_line):
        return title_line.strip(), around
    if names_report(page):
        return page, around
    return _title_on_path(document.site), (page, *around) if page else ()


def _title_on_path(site: tuple[str, ...]) -> str | None:
    """Return the title at the end of the path to the page; none if two paths differ."""
    found = {piece.text for line in site for piece in find_pieces(line) if piece.kind == "path"}
    return found.pop() if len(found) == 1 else None


def _says_more(page: str, title_line: str) -> bool:
    """Return whether the page's own title names the body that the line leaves out."""
    own, line = read_title(page), read_title(title_line)
    return bool(own.body and names_report(page)) and not line.body and line.year in (None, own.year)


def _built_title(body: str | None, year: int | None) -> str | None:
    if body is None:
        return None
    return _TITLE.format(body=body, year=f"{year}年" if year else "")
