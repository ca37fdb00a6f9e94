"""The memory of this process, as the kernel counts it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_LINE = re.compile(r"^(\w+):\s+(\d+) kB$", re.MULTILINE)


def peak_megabytes() -> float:
    """Return the most that was ever resident. `getrusage` would tell of the process that started this one as well."""
    return _kilobytes("status")["VmHWM"] / 1024


def resident_megabytes() -> tuple[float, float]:
    """Return what is resident, and what of it is this process's alone."""
    known = _kilobytes("smaps_rollup")
    return known["Rss"] / 1024, (known["Private_Clean"] + known["Private_Dirty"]) / 1024


def _kilobytes(name: str) -> Mapping[str, int]:
    text = Path("/proc/self", name).read_text(encoding="ascii")
    return {key: int(value) for key, value in _LINE.findall(text)}
