"""Message → sentence, in the words of a language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from string import Formatter

from indexer.forms.names import cell_name, column_name, form_name, row_name
from indexer.messages.catalogue import DEFAULT_LANGUAGE, read_catalogue
from indexer.records import Message, Param


@dataclass(frozen=True, slots=True)
class _Style:
    """How a language writes lists, alternatives, sums and negative numbers."""

    comma: str = ", "
    either: str = " or "
    both: str = " and "
    plus: str = " + "
    minus: str = "-"
    comma_of_names: str = ", "
    """Between names that may contain a comma of their own (复议、诉讼)."""
    between_quoted: str = ", "
    between_sentences: str = " "


_STYLES: Mapping[str, _Style] = {
    "zh": _Style("、", " 或 ", " 和 ", "＋", "－", "，", between_quoted="", between_sentences="")
}
"""Other languages are written as English is."""

_FORM_NAMES: Mapping[str, Callable[..., str]] = {
    "form.row": row_name,
    "form.column": column_name,
    "form.cell": cell_name,
    "form.form": form_name,
}
"""Codes whose words are the forms': their parameter `key` names a row, column, cell or form."""


def render(message: Message | str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the sentence of a message.

    A string is text that no language changes, and returned as it is. Fields of a sentence take a
    format: `{size:bytes}`, `{size:megabytes}`, `{names:or}`, `{names:and}`, `{rows:commas}`,
    `{words:quoted}`, `{numbers:number}`, `{terms:sum}`, `{count:plural report|reports}`,
    `{count:,plural …|…}` with separated thousands, `{parts:join ; }` with the separator that
    follows.

    >>> render(Message.of("label.status.missing")), render(Message.of("label.status.missing"), "en")
    ('缺', 'missing')
    >>> render(Message.of("form.row", key="requests.granted"), "en")
    'Disclosed'
    """
    if isinstance(message, str):
        return message
    params = dict(message.params)
    if name := _FORM_NAMES.get(message.code):
        return name(params.pop("key"), language, **params)
    sentence = read_catalogue(language).get(message.code)
    if sentence is None:
        return message.code
    return _SentenceFormatter(language).vformat(sentence, (), params)


def render_all(messages: Iterable[Message | str], language: str = DEFAULT_LANGUAGE) -> str:
    """Return the sentences of messages, one after another."""
    between = _STYLES.get(language, _Style()).between_sentences
    return between.join(render(message, language) for message in messages)


class _SentenceFormatter(Formatter):
    """Formats the parameters of a message as people write them in a language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._style = style = _STYLES.get(language, _Style())
        self._list_styles: Mapping[str, tuple[str, Callable[[Param], str]]] = {
            "or": (style.either, self._format),
            "commas": (style.comma_of_names, self._format),
            "quoted": (style.between_quoted, self._quoted),
            "number": (style.comma, self._figure),
            "sum": (style.plus, self._figure),
        }

    def format_field(self, value: Param, format_spec: str) -> str:
        match format_spec.split(" ", 1):
            case [""]:
                return self._format(value)
            case ["bytes"]:
                return _format_bytes(value)
            case ["megabytes"]:
                return f"{_number(value) / 1e6:.0f} MB"
            case ["and"]:
                return self._join_all(value)
            case ["or" | "commas" | "quoted" | "number" | "sum" as kind]:
                return self._join(value, *self._list_styles[kind])
            case ["join", separator]:
                return self._join(value, separator, self._format)
            case ["plural" | ",plural" as kind, words]:
                one, many = words.split("|")
                number = self._format(value) if kind == "plural" else format(value, ",")
                return f"{number} {one if value == 1 else many}"
        return format(value, format_spec)

    def _join_all(self, value: Param) -> str:
        """Write a list with a word before its last thing: 甲、乙 和 丙."""
        *others, last = value if isinstance(value, tuple) else (value,)
        first = [self._join(tuple(others), self._style.comma, self._format)]
        return self._style.both.join([*filter(None, first), self._format(last)])

    def _quoted(self, value: Param) -> str:
        return f"“{self._format(value)}”"

    def _format(self, value: Param) -> str:
        if isinstance(value, Message):
            return render(value, self._language)
        if isinstance(value, tuple):
            return self._join(value, self._style.comma, self._format)
        if isinstance(value, Decimal):
            return f"{value:f}"
        return value.isoformat() if isinstance(value, date) else str(value)

    def _figure(self, value: Param) -> str:
        """Write a number with the minus sign of the language; anything else as it is."""
        if isinstance(value, int | Decimal) and value < 0:
            return f"{self._style.minus}{self._format(-value)}"
        return self._format(value)

    def _join(self, value: Param, separator: str, write: Callable[[Param], str]) -> str:
        return separator.join(map(write, value if isinstance(value, tuple) else (value,)))

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
