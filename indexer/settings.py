"""The settings: `NIANBAO_*` in the environment over `nianbao.toml` over the defaults.

Nothing else reads either.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from indexer.errors import ConfigError
from indexer.limits import SETTABLE, Limits
from indexer.records import Message

_PREFIX = "NIANBAO_"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with their defaults. Sizes are bytes, times are seconds."""

    corpus: Path = Path("corpus")
    index: Path = Path(".index")
    synonyms: Path | None = None
    """The user's synonym file; None: `synonyms.txt` beside the corpus folder, if it exists."""
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = os.cpu_count() or 1
    base_url: str = ""
    """The public address before `/reports/…`, without a slash at its end; empty: the request's own.

    A path in it is where the site is mounted: every link of the site begins with it.
    """
    limits: Limits = field(default_factory=Limits)
    """What one file may cost; each limit marked as settable is a setting by its own name."""
    query_seconds: float = 5.0
    """A query that takes longer is given up with a clear message."""
    request_seconds: int = 30
    lang: str = "zh"
    """The language of the command line; one of `messages.LANGUAGES`."""
    languages: Path | None = None
    """A folder with catalogues `<language>.toml` of further languages."""


def setting_types() -> Mapping[str, str]:
    """Return the name of each setting and its type as declared, in the order of the records."""
    types: dict[str, str] = {}
    for own in fields(Settings):
        if own.name == "limits":
            types |= {
                limit.name: str(limit.type)
                for limit in fields(Limits)
                if limit.metadata == SETTABLE
            }
        else:
            types[own.name] = str(own.type)
    return types


_BASE_URL = re.compile(r"https?://[\w.-]+|https?://\[[0-9A-Fa-f:.]+\]")
_BASE_PATH = re.compile(r"(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/*")
_MINIMUM = {
    "port": 0,
    "workers": 1,
    "max_file_bytes": 1,
    "file_seconds": 1,
    "file_wait_seconds": 1,
    "file_memory_bytes": 256 * 1024 * 1024,
    "max_unpacked_bytes": 1,
    "max_pdf_pages": 1,
    "query_seconds": 0,
    "request_seconds": 1,
}


def read_settings(environ: Mapping[str, str], file: Path = Path("nianbao.toml")) -> Settings:
    """Return the settings in force.

    ConfigError names the setting that is unknown or malformed, and where it was found.
    """
    types = setting_types()
    values: dict[str, object] = {}
    for name, value in _read_file(file).items():
        if name not in types:
            raise ConfigError(
                "config.unknown_in_file", file=str(file), name=name, known=tuple(types)
            )
        where = Message.of("config.where.file", file=str(file), name=name)
        values[name] = _parse(name, types[name], value, where)
    for variable, value in environ.items():
        if not variable.startswith(_PREFIX):
            continue
        name = variable.removeprefix(_PREFIX).lower()
        if name not in types:
            known = tuple(_PREFIX + other.upper() for other in types)
            raise ConfigError("config.unknown_variable", name=variable, known=known)
        where = Message.of("config.where.environment", name=variable)
        values[name] = _parse(name, types[name], value, where)
    return _compose(values)


def _compose(values: Mapping[str, object]) -> Settings:
    """Return the settings with these values, each parsed to the type of its field."""
    own = {name: value for name, value in values.items() if hasattr(Settings, name)}
    limits = {name: value for name, value in values.items() if name not in own}
    return Settings(**own, limits=replace(Limits(), **limits))  # type: ignore[arg-type]


def _read_file(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ConfigError("config.unreadable", file=str(file), reason=str(error)) from error


def _parse(name: str, kind: str, value: object, where: Message) -> object:
    text = str(value)
    if kind.startswith("Path"):
        if not text:
            expected = "file" if name == "synonyms" else "folder"
            raise ConfigError(f"config.empty.{expected}", where=where)
        return Path(text)
    if name == "base_url":
        return _parse_base_url(text, where)
    if kind == "str":
        return text
    try:
        number: int | float = int(text) if kind == "int" else float(text)
    except ValueError:
        raise ConfigError("config.not_a_number", where=where, text=text) from None
    if number < _MINIMUM[name]:
        raise ConfigError("config.too_small", where=where, minimum=_MINIMUM[name], text=text)
    return number


def _parse_base_url(text: str, where: Message) -> str:
    host = _BASE_URL.match(text)
    path = text[host.end() :] if host else ""
    if text and (not host or not _BASE_PATH.fullmatch(path) or {".", ".."} & set(path.split("/"))):
        raise ConfigError("config.base_url", where=where, text=text)
    return text.rstrip("/")
