"""The pages about the site: what is in the corpus, the query language, the method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from flask import Blueprint, Response

from indexer.errors import EngineError, QueryError
from webapp.arguments.catalogue import listed_arguments
from webapp.arguments.parsing import parse_search
from webapp.arguments.printing import build_search
from webapp.permalinks import why_path
from webapp.shapes.about_page import METHOD, topic_to_dict
from webapp.shapes.help_page import argument_to_dict, build_guide, chapter_to_dict, problem_to_dict
from webapp.shapes.home_page import overview_to_dict, shape_overview
from webapp.site import Site, site
from webapp.views.answering import answer
from webapp.views.problems import list_problems

site_pages = Blueprint("site", __name__)


@dataclass(frozen=True, slots=True)
class HomePage:
    """What is in the corpus, and questions to start from."""

    site: Site
    template: ClassVar[str] = "home.html"

    def page_values(self) -> Mapping[str, Any]:
        """Return what the home page shows."""
        return {"overview": shape_overview(self.site.overviews.read()), "here": "/"}

    def to_dict(self) -> Mapping[str, Any]:
        """Return the published dict of the corpus."""
        return overview_to_dict(self.site.overviews.read(), self.site.address)


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The query language in examples, every argument, every kind of problem."""

    site: Site
    template: ClassVar[str] = "help.html"

    def page_values(self) -> Mapping[str, Any]:
        """Return what the help page shows."""
        return {
            "guide": build_guide(),
            "arguments": listed_arguments(),
            "problems": list_problems(),
            "why_url": _example_of_why(self.site),
            "here": "/help",
        }

    def to_dict(self) -> Mapping[str, Any]:
        """Return the published dict."""
        return {
            "chapters": [chapter_to_dict(chapter, self.site.address) for chapter in build_guide()],
            "problems": [problem_to_dict(*problem) for problem in list_problems()],
            "arguments": [argument_to_dict(argument) for argument in listed_arguments()],
        }


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Method and limits."""

    template: ClassVar[str] = "about.html"

    def page_values(self) -> Mapping[str, Any]:
        """Return what the page shows."""
        return {"method": METHOD, "here": "/about"}

    def to_dict(self) -> Mapping[str, Any]:
        """Return the published dict."""
        return {"topics": [topic_to_dict(topic) for topic in METHOD]}


@site_pages.get("/")
@site_pages.get("/.json")
@site_pages.get("/index.json")
def home() -> Response:
    """What is in the corpus."""
    return answer(HomePage(site()))


@site_pages.get("/help")
@site_pages.get("/help.json")
def guide() -> Response:
    """The query language."""
    return answer(HelpPage(site()))


@site_pages.get("/about")
@site_pages.get("/about.json")
def about() -> Response:
    """Method and limits."""
    return answer(AboutPage())


def _example_of_why(site: Site) -> str:
    """Return the address that explains a first hit; empty without one, or without an index."""
    query = parse_search([("q", "政务公开"), ("size", "1")])
    try:
        hits = site.engine.search(replace(query, facets=(), histograms=())).hits
    except (EngineError, QueryError):
        return ""
    return why_path(hits[0].id, build_search(query)) if hits else ""
