"""Message → sentence, in the words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from string import Formatter

from indexer.messages.catalogue import DEFAULT_LANGUAGE, read_catalogue
from indexer.records import Message, Param

_JOIN = {"zh": ("、", " 或 "), "en": (", ", " or ")}
"""How a language separates the things of a list: plainly, or before one of several."""
_AND = {"zh": ("、", " 和 "), "en": (", ", " and ")}
"""How a language separates the things of a list, and the last from those before it."""


def render(message: Message | str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the sentence of a message. A string is text that no language changes, and returned as it is.

    Fields of a sentence take a format: `{size:bytes}`, `{size:megabytes}`, `{names:or}`, `{names:and}`,
    `{count:plural report|reports}`.

    >>> render(Message.of("label.status.missing")), render(Message.of("label.status.missing"), "en")
    ('缺', 'missing')
    """
    if isinstance(message, str):
        return message
    sentence = read_catalogue(language).get(message.code)
    if sentence is None:
        return message.code
    return _SentenceFormatter(language).vformat(sentence, (), dict(message.params))


class _SentenceFormatter(Formatter):
    """Formats the parameters of a message as people write them in a language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Param, format_spec: str) -> str:
        if format_spec == "bytes":
            return _format_bytes(value)
        if format_spec == "megabytes":
            return f"{_number(value) / 1e6:.0f} MB"
        if format_spec == "or":
            return self._join(value, either=True)
        if format_spec == "and":
            *others, last = value if isinstance(value, tuple) else (value,)
            comma, before_last = _AND[self._language]
            return before_last.join(
                filter(None, [comma.join(map(self._format, others)), self._format(last)])
            )
        if format_spec.startswith("plural "):
            one, many = format_spec.removeprefix("plural ").split("|")
            return f"{self._format(value)} {one if value == 1 else many}"
        return self._format(value) if not format_spec else format(value, format_spec)

    def _format(self, value: Param) -> str:
        if isinstance(value, Message):
            return render(value, self._language)
        if isinstance(value, tuple):
            return self._join(value)
        if isinstance(value, Decimal):
            return f"{value:f}"
        return value.isoformat() if isinstance(value, date) else str(value)

    def _join(self, value: Param, *, either: bool = False) -> str:
        things = value if isinstance(value, tuple) else (value,)
        return _JOIN[self._language][either].join(self._format(thing) for thing in things)

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, Param]) -> Param:
        return kwargs[str(key)]


def _format_bytes(value: Param) -> str:
    """Return a size in the greatest unit of which it is at least one.

    >>> _format_bytes(67108864), _format_bytes(1536), _format_bytes(12)
    ('64 MB', '1.5 KB', '12 B')
    """
    size = _number(value)
    for unit in ("B", "KB", "MB"):
        if size < 1024:
            return f"{size:.4g} {unit}"
        size /= 1024
    return f"{size:.4g} GB"


def _number(value: Param) -> float:
    return float(value) if isinstance(value, int | float | Decimal) else 0.0
