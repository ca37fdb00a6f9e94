"""Normalises, compares and counts answers, and formats their differences."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from bench.checkouts.checkout import Answer

_STATIC = r"(/static/[\w/-]+?)(?:[.-][0-9a-f]{8,})?(\.\w+)(?:\?[\w=.-]+)?(?=\")"
_EVER_NEW = (
    (re.compile(r'("took_ms": )[\d.e+-]+'), r"\1<ms>"),
    (re.compile(r"用时 [\d,]+ 毫秒"), "用时 <ms> 毫秒"),
    (re.compile(_STATIC), r"\1\2"),
)
"""How long an answer took, and the versions of static files."""
Pair: TypeAlias = tuple[str, str]
"""The old answer and the new, as they are compared."""
_LINES, _COLUMNS, _SHOWN = 14, 160, 3


@dataclass(frozen=True, slots=True)
class Key:
    """A JSON key that may be new; with `beside`, only in objects that have that key."""

    name: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """The changes made on purpose."""

    sentences: tuple[tuple[re.Pattern[str], str], ...] = ()
    keys: tuple[Key, ...] = ()

    def without_new(self, new: Any, old: Any) -> Any:
        """Return the new JSON without the expected keys that the old lacks in the same place."""
        if isinstance(new, dict):
            there = old if isinstance(old, dict) else {}
            left = [name for name in new if name in there or not self._is_expected(name, new)]
            return {name: self.without_new(new[name], there.get(name)) for name in left}
        if isinstance(new, list):
            beside = old if isinstance(old, list) else []
            padded = [*beside, *[None] * max(0, len(new) - len(beside))]
            return [self.without_new(*pair) for pair in zip(new, padded, strict=False)]
        return new

    def _is_expected(self, name: str, mapping: Mapping[str, Any]) -> bool:
        return any(key.name == name and key.beside in ("", *mapping) for key in self.keys)


def read_expected(file: Path) -> Expected:
    """Return the expected changes of a TOML file."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    sentences = [(re.compile(one["pattern"]), one["as"]) for one in data.get("sentences", ())]
    keys = [Key(one["name"], one.get("beside", "")) for one in data.get("keys", ())]
    return Expected(tuple(sentences), tuple(keys))


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares an old with a new answer."""

    expected: Expected
    own: tuple[Mapping[str, str], Mapping[str, str]]
    """What each checkout writes anew in every run."""

    def compare(self, old: Answer, new: Answer) -> Pair | None:
        """Return both answers as compared; None if they are equal."""
        before, after = self._laid_out(old, new)
        first, second = self.own
        before = self._plain(f"{old.head}\n\n{before}", first)
        after = self._plain(f"{new.head}\n\n{after}", second)
        return (before, after) if before != after else None

    def _laid_out(self, old: Answer, new: Answer) -> tuple[str, str]:
        """Return both texts, JSON a line a value and the new without its expected keys."""
        if not (old.mime.endswith("json") and new.mime.endswith("json")):
            return old.text, new.text
        before, after = _parse(old.text), _parse(new.text)
        return _indented(before), _indented(self.expected.without_new(after, before))

    def _plain(self, text: str, own: Mapping[str, str]) -> str:
        for word, stands in own.items():
            text = text.replace(word, stands)
        for pattern, stands in (*_EVER_NEW, *self.expected.sentences):
            text = pattern.sub(stands, text)
        return text


def _parse(text: str) -> Any:
    """Return a JSON text, or the list of JSON lines."""
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines()]


def _indented(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _diff(before: str, after: str) -> list[str]:
    """Return the lines that differ with their context, of a page tag by tag."""
    old, new = (re.sub(r">\s*<", ">\n<", text).splitlines() for text in (before, after))
    lines = list(difflib.unified_diff(old, new, lineterm="", n=1))[2:]
    return [line[:_COLUMNS] for line in lines] or ["(they differ in white space alone)"]


@dataclass(slots=True)
class Tally:
    """Counts equal answers of each kind, and keeps the first that differ."""

    asked: Counter[str] = field(default_factory=Counter)
    equal: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)
    shown: dict[str, list[tuple[str, list[str]]]] = field(default_factory=dict)

    def note(self, kind: str, name: str, pair: Pair | None, again: bool = False) -> None:
        """Count an answer; `pair` holds both if they differ, `again` if they were equal when asked
        again.
        """
        self.asked[kind] += 1
        self.equal[kind] += pair is None
        self.again[kind] += again and pair is None
        if pair and len(self.shown.setdefault(kind, [])) < _SHOWN:
            self.shown[kind].append((name, _diff(*pair)))

    @property
    def different(self) -> int:
        """How many answers differ."""
        return self.asked.total() - self.equal.total()

    def table(self) -> Iterator[str]:
        """Yield the table, then the first differences of each kind."""
        head = ("compared", "answers", "equal", "different", "equal when asked again")
        rows = [head, *map(self._row, self.asked)]
        rows.append(_row("all", *(count.total() for count in (self.asked, self.equal, self.again))))
        yield from _aligned(rows)
        for kind, differences in self.shown.items():
            for name, lines in differences:
                yield f"\n{kind}: {name}"
                yield from (f"    {line}" for line in lines[:_LINES])
                if len(lines) > _LINES:
                    yield f"    … {len(lines) - _LINES} lines more"

    def _row(self, kind: str) -> Sequence[str]:
        return _row(kind, self.asked[kind], self.equal[kind], self.again[kind])


def _row(name: str, asked: int, equal: int, again: int) -> Sequence[str]:
    return (name, str(asked), str(equal), str(asked - equal), str(again or ""))


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *numbers in rows:
        cells = [number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells]).rstrip()
