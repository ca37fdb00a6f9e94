"""The arguments that say which words to find: the query and the synonyms not to use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from indexer.records import Message
from indexer.search.language.parser import parse_query
from indexer.search.query import ALL_SYNONYMS, Query
from webapp.arguments.record import GivenArgument, Pairs, SearchReading, UrlArgument

REFUSED_SYNONYM = "-synonym"
_CACHED_QUERIES = 64


@lru_cache(_CACHED_QUERIES)
def read_text(text: str) -> Query:
    """Parse a text. Every link of a page asks what the text says, so results are cached."""
    return parse_query(text)


def print_words(text: str, refused: Iterable[str]) -> Pairs:
    """Return the arguments that say which words to find, or to mark in a report."""
    off = [
        ("synonyms", "off") if word == ALL_SYNONYMS else (REFUSED_SYNONYM, word) for word in refused
    ]
    return (*((("q", text),) if text else ()), *off)


def _parse_text(given: GivenArgument) -> Query:
    return read_text(given.value.strip())


def _apply_text(reading: SearchReading) -> None:
    reading.query = reading.value("q")


def _parse_synonyms(given: GivenArgument) -> bool:
    if given.value not in ("", "on", "off"):
        given.refuse("argument.not_a_choice", SYNONYMS.meaning, "off", choices=("on", "off"))
    return given.value == "off"


def _apply_synonyms(reading: SearchReading) -> None:
    if reading.value("synonyms"):
        reading.query = replace(reading.query, refused=(ALL_SYNONYMS,))


def _apply_refused(reading: SearchReading) -> None:
    words = filter(None, reading.values(REFUSED_SYNONYM))
    refused = tuple(dict.fromkeys((*reading.query.refused, *words)))
    reading.query = replace(reading.query, refused=refused)


TEXT = UrlArgument(
    "q",
    Message.of("argument.meaning.q"),
    "保密审查",
    group="text",
    pages=("search", "report"),
    parse=_parse_text,
    apply=_apply_text,
)
SYNONYMS = UrlArgument(
    "synonyms",
    Message.of("argument.meaning.synonyms"),
    "off",
    group="text",
    pages=("search", "report"),
    parse=_parse_synonyms,
    apply=_apply_synonyms,
)
REFUSED = UrlArgument(
    REFUSED_SYNONYM,
    Message.of("argument.meaning.refused_synonym"),
    "政府网站",
    group="text",
    pages=("search", "report"),
    repeatable=True,
    apply=_apply_refused,
    prints=lambda query: print_words("", query.refused),
)
TEXT_ARGUMENTS = (TEXT, SYNONYMS, REFUSED)
