"""Work done in a process of its own, so that its memory can be told and nothing of it stays."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def run_child(module: str, *arguments: str | int) -> Any:
    """Run a module with these arguments; return what it answers."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    )
    return json.loads(done.stdout)


def answer_parent(work: Callable[..., Any]) -> None:
    """Be the module that is run: do the work and give back what JSON can hold."""
    print(json.dumps(work(*sys.argv[1:])))
