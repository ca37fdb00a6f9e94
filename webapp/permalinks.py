"""Report, section, paragraph and cell ⇄ address. An address that is out never changes its meaning.

Where the site is mounted below a path of its host, every address begins with that path.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import quote

from flask import has_request_context, request

from webapp.negotiation import carried_language

Arguments: TypeAlias = Iterable[tuple[str, str]]

_SHORT = 64
"""How long a text may be to be kept quoted for the next link."""
WHY_PATTERN = "/reports/<report_id>/why"


def root() -> str:
    """Return the path at which the site of the current request is mounted; empty at the root."""
    return request.script_root if has_request_context() else ""


def rooted(path: str) -> str:
    """Return the address of a page of the site that has no function of its own here.

    >>> rooted("/help")
    '/help'
    """
    return f"{root()}{path}"


def page_path(path: str) -> str:
    """Return the address of a page that keeps the reader's language."""
    return f"{rooted(path)}{_query(())}"


def canonical_path(report_id: str) -> str:
    """Return the one address of a report, to cite it by: without the language of a reader."""
    return f"{root()}/reports/{quote(report_id)}"


def report_path(report_id: str, marked: Arguments = (), suffix: str = "") -> str:
    """Return the address of a report; `marked` are the arguments that say which words to mark.

    >>> report_path("yw2x5g7q2nwy"), report_path("yw2x5g7q2nwy", [("q", "微信")])
    ('/reports/yw2x5g7q2nwy', '/reports/yw2x5g7q2nwy?q=%E5%BE%AE%E4%BF%A1')
    """
    return f"{root()}/reports/{quote(report_id)}{suffix}{_query(marked)}"


def section_path(report_id: str, section: str, marked: Arguments = (), suffix: str = "") -> str:
    """Return the address of a section on a page of its own.

    >>> section_path("yw2x5g7q2nwy", "problems")
    '/reports/yw2x5g7q2nwy/problems'
    """
    return f"{root()}/reports/{quote(report_id)}/{quote(section)}{suffix}{_query(marked)}"


def cell_path(report_id: str, key: str) -> str:
    """Return the address of a cell, or of a derived figure: its key is its anchor.

    >>> cell_path("yw2x5g7q2nwy", "requests.granted.total")
    '/reports/yw2x5g7q2nwy#requests.granted.total'
    """
    return f"{report_path(report_id)}#{quote(key)}"


def source_path(report_id: str) -> str:
    """Return the address of the original file."""
    return f"{root()}/reports/{quote(report_id)}/source"


def why_path(report_id: str, arguments: Arguments, suffix: str = "") -> str:
    """Return the address of the explanation why a search finds a report.

    >>> why_path("yw2x5g7q2nwy", [("q", "保密"), ("level", "township")], ".json")
    '/reports/yw2x5g7q2nwy/why.json?q=%E4%BF%9D%E5%AF%86&level=township'
    """
    return f"{root()}/reports/{quote(report_id)}/why{suffix}{_query(arguments)}"


def search_path(arguments: Arguments, suffix: str = "") -> str:
    """Return the address of a search, from the pairs that `webapp.arguments.parsing` builds.

    >>> search_path([("q", "保密"), ("-level", "township")]), search_path([])
    ('/search?q=%E4%BF%9D%E5%AF%86&-level=township', '/search')
    """
    return f"{root()}/search{suffix}{_query(arguments)}"


def passage_address(address: str, text: str) -> str:
    """Return an address that leads a browser to a printed text, wherever it stands.

    >>> passage_address("https://x.example/reports/a", "办结率-1")
    'https://x.example/reports/a#:~:text=%E5%8A%9E%E7%BB%93%E7%8E%87%2D1'
    """
    return f"{address}#:~:text={quote(text, safe='').replace('-', '%2D')}"


def _query(arguments: Arguments) -> str:
    pairs = (*arguments, *carried_language())
    query = "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in pairs])
    return f"?{query}" if query else ""


def _quoted(text: str) -> str:
    """Quote a name or a value. A page repeats those in force in each of its two hundred links."""
    return _quoted_once(text) if len(text) <= _SHORT else quote(text, safe="")


@lru_cache(2048)
def _quoted_once(text: str) -> str:
    return quote(text, safe="")
