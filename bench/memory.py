"""The memory of a process, as the kernel counts it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_LINE = re.compile(r"^(\w+):\s+(\d+) kB$", re.MULTILINE)
_SELF = "self"


def peak_megabytes() -> float:
    """Return the most that was ever resident of this process. `getrusage` would tell of the one that started it as well."""
    return _kilobytes(_SELF, "status")["VmHWM"] / 1024


def resident_megabytes(process: int | str = _SELF) -> tuple[float, float]:
    """Return what is resident of a process, and what of it is its own: shared with no other, and in no file, whose pages can be let go of."""
    known = _kilobytes(str(process), "smaps_rollup")
    return known["Rss"] / 1024, known["Private_Dirty"] / 1024


def children_of(process: int) -> list[int]:
    """Return the processes that a process has started."""
    text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(child) for child in text.split()]


def _kilobytes(process: str, name: str) -> Mapping[str, int]:
    text = Path("/proc", process, name).read_text(encoding="ascii")
    return {key: int(value) for key, value in _LINE.findall(text)}
