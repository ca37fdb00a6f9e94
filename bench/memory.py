"""The memory of a process, as the kernel counts it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_LINE = re.compile(r"^(\w+):\s+(\d+) kB$", re.MULTILINE)
_SELF = "self"


def peak_megabytes() -> float:
    """Return this process's peak resident memory. `getrusage` would include the parent's."""
    return _kilobytes(_SELF, "status")["VmHWM"] / 1024


def resident_megabytes(process: int | str = _SELF) -> tuple[float, float]:
    """Return the resident memory of a process, and its private part: neither shared nor file-
    backed.
    """
    known = _kilobytes(str(process), "smaps_rollup")
    return known["Rss"] / 1024, known["Private_Dirty"] / 1024


def children_of(process: int) -> list[int]:
    """Return the child processes of a process."""
    text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(child) for child in text.split()]


def _kilobytes(process: str, name: str) -> Mapping[str, int]:
    text = Path("/proc", process, name).read_text(encoding="ascii")
    return {key: int(value) for key, value in _LINE.findall(text)}
