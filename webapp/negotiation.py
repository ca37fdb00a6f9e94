"""What a visitor wants: a page or JSON, and in which language."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, has_request_context, request
from flask.json.provider import DefaultJSONProvider

from indexer.messages import catalogue, render
from indexer.records import Message

ARGUMENT = "lang"


def languages() -> tuple[str, ...]:
    """Return the languages of the site, the default one first."""
    return tuple(catalogue.LANGUAGES)


def wants_json() -> bool:
    """Say whether the visitor prefers JSON: by the address, or by the Accept header."""
    if request.path.endswith(".json"):
        return True
    kinds = ["text/html", "application/json", "application/problem+json"]
    return (request.accept_mimetypes.best_match(kinds) or kinds[0]) != kinds[0]


def asked_language() -> str | None:
    """Return the language that the address names; None where it names none of the site's."""
    if not has_request_context():
        return None
    asked = request.args.get(ARGUMENT)
    return asked if asked in languages() else None


def language() -> str:
    """Return the language of the answer to the present request.

    That is the one the address names; else the visitor's for pages, and the default for JSON, which
    programs read.
    """
    if not has_request_context():
        return catalogue.DEFAULT_LANGUAGE
    if "language" not in g:
        g.language = asked_language() or _preferred_language()
    return str(g.language)


def _preferred_language() -> str:
    if wants_json():
        return catalogue.DEFAULT_LANGUAGE
    for tag, quality in request.accept_languages:  # best first; zh-CN and zh-TW are zh
        primary = tag.partition("-")[0].lower()
        if quality and primary in languages():
            return primary
    return catalogue.DEFAULT_LANGUAGE


def carried_language() -> tuple[tuple[str, str], ...]:
    """Return the argument that keeps the language that the address names from page to page."""
    asked = asked_language()
    return ((ARGUMENT, asked),) if asked else ()


def worded(value: object) -> object:
    """Return a message in the language of the request, and anything else as it is."""
    return render(value, language()) if isinstance(value, Message) else value


def negotiate(app: Flask) -> None:
    """Word every message of an application's pages and JSON, and say what answers depend on."""
    app.jinja_env.finalize = worded
    app.json = _WordingProvider(app)
    app.after_request(_vary)


class _WordingProvider(DefaultJSONProvider):
    """Flask's JSON with messages in the language of the request, Chinese not escaped."""

    ensure_ascii = False
    sort_keys = False

    @staticmethod
    def default(o: Any) -> Any:
        """Return a message as its sentence, everything else as Flask does."""
        return worded(o) if isinstance(o, Message) else DefaultJSONProvider.default(o)


def _vary(response: Response) -> Response:
    if response.mimetype == "text/html" and asked_language() is None:
        response.vary.add("Accept-Language")
    return response
