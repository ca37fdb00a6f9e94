"""The catalogues as mappings: a message's code → its sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from indexer.errors import ConfigError
from indexer.records import Message

DEFAULT_LANGUAGE = "zh"
FALLBACK_LANGUAGE = "en"
"""Stands in for what a language that was added from outside does not say."""
LANGUAGES = ["zh", "en"]
"""The languages that the command line and the site speak, the default first: those with a
`<language>.toml` in this folder, and those that `register_language` adds."""

_files: dict[str, Path] = {}
"""The catalogues of the languages that were added from outside."""
_added: dict[str, dict[str, str]] = {}
"""The sentences that were added while the program runs, by language."""

SentenceSource = Callable[[str], Mapping[str, str]]
_sources: list[SentenceSource] = []


def add_source(source: SentenceSource) -> None:
    """Add a function from a language to sentences by code; it is asked when they are needed."""
    _sources.append(source)
    _forget()


def register_language(file: Path) -> None:
    """Add the language of a catalogue `<language>.toml`. What it lacks is said in English."""
    language = file.stem
    if language not in LANGUAGES:
        LANGUAGES.append(language)
    _files[language] = file
    _forget()


def remove_language(language: str) -> None:
    """Take out a language that was added from outside."""
    del _files[language]
    LANGUAGES.remove(language)
    _forget()


def find_language(name: str, where: Message | str) -> str:
    """Return a language by its name; ConfigError lists the languages if it is none of them.

    `where` says in the error's sentence who asked for it.
    """
    if name not in LANGUAGES:
        raise ConfigError("config.language", where=where, text=name, known=tuple(LANGUAGES))
    return name


@cache
def read_catalogue(language: str) -> Mapping[str, str]:
    """Return every sentence of a language by its code, in the order of the file.

    A code joins the names of the tables and the key with dots: `label.status.missing`.
    """
    sentences = dict(_flatten(tomllib.loads(_read_file(language)), ""))
    if language in _files:
        sentences = {**read_catalogue(FALLBACK_LANGUAGE), **sentences}
    for source in _sources:
        sentences.update(source(language))
    return sentences | _added.get(language, {})


def _read_file(language: str) -> str:
    if language in _files:
        return _files[language].read_text(encoding="utf-8")
    file = resources.files(__package__).joinpath(f"{language}.toml")
    return file.read_text(encoding="utf-8")


def add_sentences(language: str, sentences: Mapping[str, str]) -> None:
    """Add sentences by their codes: those of a facet or rule that is registered from outside."""
    _added.setdefault(language, {}).update(sentences)
    _forget()


def remove_sentences(language: str, codes: Iterable[str]) -> None:
    """Take out sentences that were added."""
    for code in codes:
        _added.get(language, {}).pop(code, None)
    _forget()


def _forget() -> None:
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
