"""What every request needs at hand: the engine, the settings, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from urllib.parse import urljoin

from flask import current_app, request

from indexer.records import Message
from indexer.search.analysis.synonyms import Synonyms
from indexer.search.port import SearchEngine
from indexer.search.query import Query
from indexer.search.snippet_boundaries import shorten
from indexer.settings import Settings
from webapp.arguments.catalogue import refuse_undecodable
from webapp.arguments.charsets import read_as_gbk
from webapp.arguments.parsing import parse_search
from webapp.arguments.record import MAX_QUOTED
from webapp.lookups.corpus_overview import Overviews

_NAME = "nianbao"
_UNREADABLE = "\ufffd"
"""What stands for letters that are in no known encoding."""


@dataclass(frozen=True, slots=True)
class Site:
    """One site over one engine."""

    engine: SearchEngine
    settings: Settings
    today: Callable[[], date]
    overviews: Overviews
    synonyms: Synonyms

    def enter(self, extensions: dict[str, object]) -> None:
        """Make this the site of an application."""
        extensions[_NAME] = self

    def address(self, path: str) -> str:
        """Return the absolute address of a path: the public one, or as the request came."""
        return urljoin(self.settings.base_url or request.host_url, path)


def site() -> Site:
    """Return the site that the present request came to."""
    return cast(Site, current_app.extensions[_NAME])


def asked_query() -> Query:
    """Return the search that the present request asks for, with the synonyms of its words."""
    pairs = given_pairs()
    for at, (name, value) in enumerate(pairs):
        if _UNREADABLE in name or _UNREADABLE in value:
            refuse_undecodable(pairs, at)
    query = parse_search(pairs, site().synonyms)
    read = tuple(
        Message.of("argument.read_as_gbk", text=shorten(text, MAX_QUOTED)) for text in read_as_gbk()
    )
    return replace(query, repairs=(*query.repairs, *read)) if read else query


def given_pairs() -> tuple[tuple[str, str], ...]:
    """Return the arguments of the present request in the order given."""
    return tuple(request.args.items(multi=True))
