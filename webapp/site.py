"""What every request needs at hand: the engine, the settings, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import current_app, request

from indexer.search.port import SearchEngine
from indexer.search.query import Query
from indexer.search.synonyms import Synonyms
from indexer.settings import Settings
from webapp.args import parse_search
from webapp.overview import Overviews

_NAME = "nianbao"


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
        """Return the absolute address of a path, for citations: the public one, or as the request came."""
        return (self.settings.base_url or request.url_root.rstrip("/")) + path


def site() -> Site:
    """Return the site that the present request came to."""
    return cast(Site, current_app.extensions[_NAME])


def asked_query() -> Query:
    """Return the search that the present request asks for, with the synonyms of its words."""
    return parse_search(given_pairs(), site().synonyms)


def given_pairs() -> tuple[tuple[str, str], ...]:
    """Return the arguments of the present request in the order given."""
    return tuple(request.args.items(multi=True))
