"""The golden reports, each with another damage or variant, read whole and compared."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from indexer.formats.registry import read_document
from indexer.records import SourceFile
from indexer.report.build import build_report
from indexer.serialise.report_json import report_to_dict
from tests.golden import CORPUS_CASES, GOLDEN_CASES, ROOT, expectation, source_of

IDENTITY = ("title", "body", "level", "year", "form", "period", "published")


@cache
def read(case: Path) -> dict[str, Any]:
    source = source_of(case)
    assert source
    data = source.read_bytes()
    report = build_report(
        read_document(data, source.name), SourceFile(source.name, "00" * 32, len(data))
    )
    return report_to_dict(report)


def squeezed(raw: str | None) -> str | None:
    """A raw text without its white space: formats differ in how they keep it."""
    return raw and "".join(raw.split())


def cells_of(report: dict[str, Any]) -> dict[str, tuple[object, str, str | None]]:
    return {
        key: (cell["value"], cell["status"], squeezed(cell["raw"]))
        for key, cell in report["cells"].items()
    }


@pytest.mark.parametrize("case", GOLDEN_CASES, ids=lambda case: case.name)
def test_every_cell_of_a_golden_report_is_what_stands_in_it(case: Path) -> None:
    assert cells_of(read(case)) == cells_of(expectation(case))


@pytest.mark.parametrize("case", GOLDEN_CASES, ids=lambda case: case.name)
def test_the_identity_of_a_golden_report_is_right(case: Path) -> None:
    report, expected = read(case), expectation(case)
    assert {name: report[name] for name in IDENTITY} == {name: expected[name] for name in IDENTITY}
    assert {
        level: place and place["name"] for level, place in report["region"].items()
    } == expected["region"]


@pytest.mark.parametrize("case", GOLDEN_CASES, ids=lambda case: case.name)
def test_a_golden_report_gives_these_findings_and_no_others(case: Path) -> None:
    findings = {(finding["rule"], finding["severity"]) for finding in read(case)["findings"]}
    assert findings == {tuple(finding) for finding in expectation(case)["findings"]}


def test_every_case_is_described_in_the_readme() -> None:
    lines = (ROOT / "tests" / "cases" / "README.md").read_text(encoding="utf-8").splitlines()
    described = [
        line.split("|")[1].strip() for line in lines if line.startswith("| ") and "-20" in line
    ]
    assert sorted(described) == sorted(case.name for case in (*CORPUS_CASES, *GOLDEN_CASES))
