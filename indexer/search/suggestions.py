"""Completions of what is being typed: bodies and places by their names."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.search.port import Suggestion
from indexer.text import fold


def build_suggestions(
    text: str, bodies: Mapping[str, int], places: Mapping[str, int], limit: int
) -> tuple[Suggestion, ...]:
    """Return the bodies and places whose name contains `text`, most reports first; the counts are reports.

    Of equal counts a name that begins with the text comes first, then the shorter one. Division codes are no names.
    """
    needle = fold(text)
    if not needle or limit < 1:
        return ()
    found = [
        (-count, not fold(name).startswith(needle), len(name), name, f"{field}:{_quoted(name)}")
        for field, names in (("地区", places), ("机构", bodies))
        for name, count in names.items()
        if needle in fold(name) and not name.isdigit()
    ]
    return tuple(Suggestion(name, query, -count) for count, _, _, name, query in sorted(found)[:limit])


def _quoted(name: str) -> str:
    """Quote a name that would not be read as one word; a straight quote inside it is escaped."""
    if all(character.isalnum() or character in "·" for character in name):
        return name
    return '"' + name.replace('"', '\\"') + '"'
