"""The statuses of a cell by the names that people type."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from indexer.messages import label
from indexer.records import STATUSES, Status
from indexer.search.catalogue.name_matching import squash

_ALIASES: Mapping[Status, tuple[str, ...]] = {
    "reported": ("有", "已填"),
    "blank": ("空白", "留空", "未填"),
    "missing": ("无此格", "缺格", "缺失"),
    "suspect": ("存疑", "可疑"),
    "not_applicable": ("无", "划线"),
    "unreadable": ("无法识别", "不能识别"),
}


def find_status(name: str) -> Status | None:
    """Return the cell status that this name means: `空`, `blank` …"""
    return _status_names().get(squash(name))


@cache
def _status_names() -> Mapping[str, Status]:
    names: dict[str, Status] = {}
    for status in STATUSES:
        for word in (status, label("status", status), *_ALIASES[status]):
            names.setdefault(squash(word), status)
    return names
