"""An address as people paste it, with the text behind it → the address meant."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import request

from indexer.errors import NianbaoError
from indexer.records import SECTION_KEYS, Report
from webapp.permalinks import (
    canonical_path,
    report_path,
    rooted,
    section_path,
    source_path,
    why_path,
)
from webapp.site import site

_PASTED = re.compile(
    r"/reports/[\s\u200b-\u200f\ufeff]*(?P<id>[a-z2-7]{12})(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_FIXED = re.compile(
    r"/(?P<page>search|help|about)(?P<suffix>\.json)?(?:/|[^\w.\-/].*)", re.IGNORECASE | re.DOTALL
)
_PAGE = re.compile(r"(?:/(?P<name>[a-z_]+))?(?P<suffix>\.json(?![a-z0-9]))?", re.IGNORECASE)
_WHOLE_NAME = re.compile(r"/[A-Za-z0-9_-]+(?:\.json)?")


def find_pasted() -> str | None:
    """Return the address meant by the one requested; None where nothing is certain.

    The requested one must begin with the address of a report or of a page of the site. The
    section and the arguments are kept where they are good; what follows them is dropped.
    """
    if request.method not in ("GET", "HEAD"):
        return None
    query = request.query_string.decode("latin-1")
    if page := _fixed_page(query):
        return f"{page}?{query}" if query else page
    pasted = _PASTED.fullmatch(request.path)
    if not pasted:
        return None
    try:
        report = site().engine.get(pasted["id"].lower())
    except NianbaoError:
        return None
    return _with_query(_meant(report, pasted["rest"]), query)


def _fixed_page(query: str) -> str | None:
    """Return the page of the site that the address begins with; a search needs a query."""
    fixed = _FIXED.fullmatch(request.path)
    if not fixed or (fixed["page"].lower() == "search" and not query):
        return None
    return rooted(f"/{fixed['page']}{fixed['suffix'] or ''}".lower())


def _meant(report: Report, rest: str) -> str | None:
    """Return the address of the page meant by `rest`; None where the requested one is right."""
    meant = _page(report, rest).partition("?")[0]  # the language is among the arguments
    clean = request.path == f"/reports/{report.id}{rest}"
    if clean and _WHOLE_NAME.fullmatch(rest) and meant == canonical_path(report.id):
        return None  # a name that no section has: the page says which there are
    return meant


def _with_query(meant: str | None, query: str) -> str | None:
    if meant is None or query:
        return meant and f"{meant}?{query}"
    return meant if meant != rooted(quote(request.path)) else None


def _page(report: Report, rest: str) -> str:
    """Return the address of the page that `rest` names; that of the report if it names none."""
    found = _PAGE.match(rest)
    name = (found["name"] or "").lower() if found else ""
    suffix = ".json" if found and found["suffix"] else ""
    if name == "why":
        return why_path(report.id, (), suffix)
    if name == "source":
        return source_path(report.id)
    if name in SECTION_KEYS and _has(report, name):
        return section_path(report.id, name) + suffix
    return report_path(report.id) + (suffix if not name else "")


def _has(report: Report, section: str) -> bool:
    return any(one.key == section for one in report.sections) or any(
        cell.key.startswith(f"{section}.") for cell in report.cells
    )
