"""The golden reports: what a person read in each file here or in `corpus/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
_ALL = sorted(path.parent for path in (ROOT / "tests" / "cases").glob("*/expected.json"))


def source_of(case: Path) -> Path | None:
    """The report's file beside its expectation; None for a report of the corpus."""
    return next(iter(sorted(case.glob("report.*"))), None)


def expectation(case: Path) -> dict[str, Any]:
    """What is to be read in the report."""
    expected: dict[str, Any] = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return expected


CORPUS_CASES = [case for case in _ALL if source_of(case) is None]
"""The reports that lie in `corpus/`."""
GOLDEN_CASES = [case for case in _ALL if source_of(case)]
"""The reports that were written for the tests, each with a damage of its own."""
