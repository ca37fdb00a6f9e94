"""What the command line says, and in which language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

import click

from indexer.errors import ConfigError
from indexer.messages import DEFAULT_LANGUAGE, label, render, render_all
from indexer.messages.catalogue import find_language, register_language
from indexer.records import Message, Param
from indexer.settings import Settings, read_settings

LANGUAGE_OPTION = "--lang"
_VARIABLE = "NIANBAO_LANG"


class _Speech:
    """The language of this run of the program: that of all it says, errors of usage included."""

    language = DEFAULT_LANGUAGE


def spoken_language() -> str:
    """Return the language of this run."""
    return _Speech.language


def say(code: str, /, **params: Param) -> str:
    """Return the sentence of a code in the language of this run."""
    return speak(Message.of(code, **params))


def speak(message: Message | str) -> str:
    """Return the sentence of a message in the language of this run."""
    return render(message, _Speech.language)


def speak_all(messages: Iterable[Message]) -> str:
    """Return the sentences of messages in the language of this run."""
    return render_all(messages, _Speech.language)


def word(group: str, key: str | None) -> str:
    """Return the word for a key in the language of this run; empty for None."""
    return label(group, key or "", _Speech.language)


def echo_error(text: str) -> None:
    """Print a line on standard error."""
    click.echo(text, err=True)


def choose_language(arguments: Sequence[str], environ: Mapping[str, str]) -> None:
    """Choose the language before anything is said: by `--lang`, the environment or `nianbao.toml`.

    Any other fault in the settings is left to the command, which reads them itself. ConfigError
    lists the languages if the one asked for is none of them.
    """
    _Speech.language = DEFAULT_LANGUAGE
    settings = Settings()
    with suppress(ConfigError):
        settings = read_settings(environ)
    if settings.languages:
        for file in sorted(settings.languages.glob("*.toml")):
            register_language(file)
    option = _option_value(arguments)
    if option is not None:
        where = Message.of("config.where.option", name=LANGUAGE_OPTION)
        _Speech.language = find_language(option, where)
    elif _VARIABLE in environ:
        where = Message.of("config.where.environment", name=_VARIABLE)
        _Speech.language = find_language(environ[_VARIABLE], where)
    else:
        where = Message.of("config.where.setting", name="lang")
        _Speech.language = find_language(settings.lang, where)


def _option_value(arguments: Sequence[str]) -> str | None:
    """Return the value of `--lang` before the name of a command."""
    rest = list(arguments)
    while rest and rest[0].startswith("-"):
        name, equals, value = rest.pop(0).partition("=")
        if name == LANGUAGE_OPTION:
            return value if equals else (rest[0] if rest else None)
    return None
