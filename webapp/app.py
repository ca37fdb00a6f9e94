"""The application factory: one Flask application over one search engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

from flask import Flask, Response

from indexer.search.analysis.synonym_file import read_synonyms
from indexer.search.port import SearchEngine
from indexer.settings import Settings
from webapp.arguments.charsets import read_charsets
from webapp.lookups.corpus_overview import Overviews
from webapp.negotiation import negotiate
from webapp.serving.compression import compress_text
from webapp.serving.mounting import mount
from webapp.site import Site
from webapp.views.originals import originals
from webapp.views.problems import register_errors
from webapp.views.report_views import report_pages
from webapp.views.search_views import search_pages
from webapp.views.site_views import site_pages
from webapp.views.template_filters import FILTERS
from webapp.views.template_globals import GLOBALS

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def create_app(
    engine: SearchEngine, settings: Settings, today: Callable[[], date] = date.today
) -> Flask:
    """Return the site over an engine; `today` gives the day of access that citations state."""
    app = Flask(__name__)
    negotiate(app)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(GLOBALS)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    Site(engine, settings, today, Overviews(engine), read_synonyms(settings)).enter(app.extensions)
    for part in (site_pages, search_pages, report_pages, originals):
        app.register_blueprint(part)
    register_errors(app)
    app.after_request(_guard)
    compress_text(app)
    mount(app, urlsplit(settings.base_url).path)
    read_charsets(app)
    return app


def _guard(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
