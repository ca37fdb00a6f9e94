"""The catalogues as mappings: a message's code → its sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

DEFAULT_LANGUAGE = "zh"
LANGUAGES = ("zh", "en")
"""The languages that the command line and the site speak; each has its `<language>.toml`."""

_added: dict[str, dict[str, str]] = {}
"""The sentences that were added while the program runs, by language."""


SentenceSource = Callable[[str], Mapping[str, str]]
_sources: list[SentenceSource] = []


def add_source(source: SentenceSource) -> None:
    """Add a function from a language to sentences by code; it is asked when they are needed."""
    _sources.append(source)
    read_catalogue.cache_clear()
    labels.cache_clear()


@cache
def read_catalogue(language: str) -> Mapping[str, str]:
    """Return every sentence of a language by its code, in the order of the file.

    A code joins the names of the tables and the key with dots: `label.status.missing`.
    """
    file = resources.files(__package__).joinpath(f"{language}.toml")
    sentences = dict(_flatten(tomllib.loads(file.read_text(encoding="utf-8")), ""))
    for source in _sources:
        sentences.update(source(language))
    return sentences | _added.get(language, {})


def add_sentences(language: str, sentences: Mapping[str, str]) -> None:
    """Add sentences by their codes: those of a facet, figure or rule that is registered from outside."""
    _added.setdefault(language, {}).update(sentences)
    read_catalogue.cache_clear()
    labels.cache_clear()


def remove_sentences(language: str, codes: Iterable[str]) -> None:
    """Take out sentences that were added."""
    for code in codes:
        _added.get(language, {}).pop(code, None)
    read_catalogue.cache_clear()
    labels.cache_clear()


def _flatten(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value)


def label(group: str, key: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the word for a key, or the key itself where the catalogue has none.

    >>> label("status", "missing"), label("status", "missing", "en"), label("level", "nowhere")
    ('缺', 'missing', 'nowhere')
    """
    return read_catalogue(language).get(f"label.{group}.{key}", key)


@cache
def labels(group: str, language: str = DEFAULT_LANGUAGE) -> Mapping[str, str]:
    """Return the words of a group by key, in the order in which to show them."""
    prefix = f"label.{group}."
    return {
        code.removeprefix(prefix): word
        for code, word in read_catalogue(language).items()
        if code.startswith(prefix)
    }
