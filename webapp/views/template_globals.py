"""The functions of the templates: sentences, languages, addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import request
from markupsafe import Markup, escape

from indexer.messages import DEFAULT_LANGUAGE, render
from indexer.messages.catalogue import read_catalogue
from indexer.records import Message, Param
from indexer.text.folding import HAN
from webapp.arguments.catalogue import arguments
from webapp.negotiation import ARGUMENT, carried_language, language, languages, worded
from webapp.permalinks import page_path, root, rooted, search_path
from webapp.shapes.marked_text import Piece
from webapp.site import site

CHINESE = "zh-Hans"
"""The language of the reports, as HTML names it."""
_has_han = re.compile(HAN).search
_SUGGESTION_WORDS = (
    "region",
    "body",
    "level",
    "section",
    "figure",
    "count",
    "list",
    "status",
)


@dataclass(frozen=True, slots=True)
class SwitchShape:
    """A language to choose: its code in HTML, its own name, this page in it.

    `url` keeps the language from page to page; `address` is the absolute one for crawlers.
    """

    code: str
    name: str
    url: str
    address: str
    current: bool


def say(code: str, **params: Param) -> Message:
    """Return a sentence of the catalogue; the template words it in the language of the page."""
    return Message.of(code, **params)


def say_html(code: str, **params: Param) -> Markup:
    """Return a sentence that holds markup. Its parameters are escaped unless they are markup."""
    escaped = {name: escape(worded(value)) for name, value in params.items()}
    return Markup(render(Message.of(code, **escaped), language()))


def zh(*shown: object) -> Markup:
    """Return the attribute that marks Chinese text on a page in another language.

    With arguments only if they hold Chinese characters in the language of the page.
    """
    if language() == DEFAULT_LANGUAGE or (shown and not any(map(_holds_han, shown))):
        return Markup("")
    return Markup(f' lang="{CHINESE}"')


def _holds_han(shown: object) -> bool:
    if isinstance(shown, tuple):
        return any(_holds_han(one.text) for one in shown if isinstance(one, Piece))
    return bool(_has_han(str(worded(shown) or "")))


def own_language() -> Markup:
    """Return the attribute that marks words of the page inside of Chinese text."""
    if language() == DEFAULT_LANGUAGE:
        return Markup("")
    return Markup(' lang="{}"').format(html_language())


def html_language() -> str:
    """Return the language of the page as HTML names it."""
    return _in_html(language())


def _in_html(code: str) -> str:
    return CHINESE if code == DEFAULT_LANGUAGE else code


def language_switch() -> list[SwitchShape]:
    """Return this page in each language, or the start page where the address is no page."""
    pairs = _kept_arguments()
    switch = []
    for code in languages():
        named = [*pairs, (ARGUMENT, code)]
        plain = pairs if code == DEFAULT_LANGUAGE else named
        switch.append(
            SwitchShape(
                _in_html(code),
                read_catalogue(code).get(f"language.{code}", code),
                _here(named),
                site().address(_here(plain)),
                code == language(),
            )
        )
    return switch


def _kept_arguments() -> list[tuple[str, str]]:
    """Return the arguments that matter to this page; services that share links append their own."""
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] != ARGUMENT]
    if request.endpoint in ("search.search", "reports.why"):
        return pairs
    page = "report" if (request.endpoint or "").startswith("reports.") else "all"
    return [pair for pair in pairs if pair[0] in arguments() and page in arguments()[pair[0]].pages]


def _here(pairs: Iterable[tuple[str, str]]) -> str:
    path = request.path if request.endpoint else "/"
    query = urlencode(list(pairs), quote_via=quote)
    return f"{root()}{quote(path)}" + (f"?{query}" if query else "")


def space() -> str:
    """Return what stands between two sentences."""
    return "" if language() == DEFAULT_LANGUAGE else " "


def separator() -> Message:
    """Return what stands between the things of a list."""
    return Message.of("page.separator")


def suggestion_words() -> Markup:
    """Return the words of the suggestions for the script, which has the Chinese ones."""
    if language() == DEFAULT_LANGUAGE:
        return Markup("")
    words = {
        name: render(Message.of(f"page.suggestion.{name}"), language())
        for name in _SUGGESTION_WORDS
    }
    return Markup(' data-words="{}"').format(json.dumps(words))


GLOBALS = {
    "say": say,
    "html": say_html,
    "zh": zh,
    "own_language": own_language,
    "html_language": html_language,
    "language_switch": language_switch,
    "carried_language": carried_language,
    "space": space,
    "separator": separator,
    "suggestion_words": suggestion_words,
    "rooted": rooted,
    "page_path": page_path,
    "search_path": search_path,
}
"""The functions by the name they have in the templates."""
