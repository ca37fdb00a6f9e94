"""Runs a module in its own process, so that its memory can be measured and is freed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def run_child(module: str, *arguments: str | int) -> Any:
    """Run a module with arguments; return its answer."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    )
    return json.loads(done.stdout)


def answer_parent(work: Callable[..., Any]) -> None:
    """Do the work of a child module and print its answer, which must be valid JSON."""
    print(json.dumps(work(*sys.argv[1:])))
