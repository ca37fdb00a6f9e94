"""The words for people: one catalogue a language, `labels_<language>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def read_labels(language: str = "zh") -> Mapping[str, Mapping[str, str]]:
    """Return the catalogue: group (`status`, `level`, `section` …) → key → word, in the order in which to show them."""
    return tomllib.loads(
        resources.files(__package__).joinpath(f"labels_{language}.toml").read_text(encoding="utf-8")
    )


def label(group: str, key: str) -> str:
    """Return the Chinese word for a key, or the key itself where the catalogue has none.

    >>> label("status", "missing"), label("level", "nowhere")
    ('缺', 'nowhere')
    """
    return read_labels().get(group, {}).get(key, key)
