"""The settings: `NIANBAO_*` in the environment over `nianbao.toml` over the defaults. Nothing else reads either."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from indexer.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with their defaults. Sizes are bytes, times are seconds."""

    corpus: Path = Path("corpus")
    index: Path = Path(".index")
    synonyms: Path | None = None
    """The user's synonym file; None: `synonyms.txt` beside the folder of the corpus, if it is there."""
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = os.cpu_count() or 1
    base_url: str = ""
    """The public address before `/reports/…`, without a slash at its end; empty: as the request came.

    A path in it is the one below which the site is mounted: every link of the site begins with it.
    """
    max_file_bytes: int = 64 * 1024 * 1024
    file_seconds: float = 15.0
    """Processor time; a file whose reading takes more is given up."""
    file_wait_seconds: float = 300.0
    """Elapsed time after which a file is given up, as on a disk that no longer answers."""
    file_memory_bytes: int = 1024 * 1024 * 1024
    """The address space of a process that reads files."""
    query_seconds: float = 5.0
    """A query that takes longer is given up with a clear message."""
    request_seconds: int = 30


_BASE_URL = re.compile(r"https?://[\w.-]+|https?://\[[0-9A-Fa-f:.]+\]")
_BASE_PATH = re.compile(r"(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/*")
_MINIMUM = {
    "port": 0,
    "workers": 1,
    "max_file_bytes": 1,
    "file_seconds": 1,
    "file_wait_seconds": 1,
    "file_memory_bytes": 256 * 1024 * 1024,
    "query_seconds": 0,
    "request_seconds": 1,
}


def read_settings(environ: Mapping[str, str], file: Path = Path("nianbao.toml")) -> Settings:
    """Return the settings in force. ConfigError names the setting that is unknown or malformed, and where it stands."""
    known = {field.name: field.type for field in fields(Settings)}
    values: dict[str, object] = {}
    for name, value in _read_file(file).items():
        if name not in known:
            raise ConfigError(f"{file} 里没有名叫 {name} 的设置；可用的有：{'、'.join(known)}。")
        values[name] = _parse(name, str(known[name]), value, f"{file} 的 {name}")
    for variable, value in environ.items():
        name = variable.removeprefix("NIANBAO_").lower()
        if variable.startswith("NIANBAO_"):
            if name not in known:
                raise ConfigError(
                    f"没有名叫 {variable} 的设置；可用的有：{'、'.join('NIANBAO_' + k.upper() for k in known)}。"
                )
            values[name] = _parse(name, str(known[name]), value, f"环境变量 {variable}")
    return Settings(**values)  # type: ignore[arg-type]  # each value was parsed to its field's type just above


def _read_file(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"设置文件 {file} 读不出来：{error}。请改正，或删去它以用默认设置。"
        ) from error


def _parse(name: str, kind: str, value: object, where: str) -> object:
    text = str(value)
    if kind.startswith("Path"):
        if not text:
            raise ConfigError(
                f"{where} 是空的；应是一个{'文件' if name == 'synonyms' else '文件夹'}。"
            )
        return Path(text)
    if name == "base_url":
        return _parse_base_url(text, where)
    if kind == "str":
        return text
    try:
        number: int | float = int(text) if kind == "int" else float(text)
    except ValueError:
        raise ConfigError(f"{where} 应是一个数，却是 {text!r}。") from None
    if number < _MINIMUM[name]:
        raise ConfigError(f"{where} 不能小于 {_MINIMUM[name]}，却是 {text}。")
    return number


def _parse_base_url(text: str, where: str) -> str:
    host = _BASE_URL.match(text)
    path = text[host.end() :] if host else ""
    if text and (not host or not _BASE_PATH.fullmatch(path) or {".", ".."} & set(path.split("/"))):
        raise ConfigError(
            f"{where} 应是网站的公开地址，如 https://example.org 或 https://example.org/nianbao"
            f"（路径只用英文字母、数字和 . _ ~ -，没有 ? 和 #），却是 {text!r}。"
        )
    return text.rstrip("/")
