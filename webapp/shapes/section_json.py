"""One section of a report → the published dict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from indexer.records import Report, Section
from indexer.serialise.report_json import report_to_dict
from webapp.permalinks import report_path, section_path

_IDENTITY = ("id", "title", "body", "level", "region", "year", "form")


def section_to_dict(
    report: Report, section: Section, address: Callable[[str], str]
) -> dict[str, Any]:
    """Return a section as in the dict of its report, with its cells and the findings about it."""
    whole = report_to_dict(report)
    paragraphs = {paragraph.number for paragraph in section.paragraphs}
    prefix = f"{section.key}."
    printed: dict[str, Any] = next(
        (one for one in whole["sections"] if one["key"] == section.key), {"key": section.key}
    )
    return {
        "report": {name: whole[name] for name in _IDENTITY},
        "url": address(section_path(report.id, section.key)),
        "report_url": address(report_path(report.id)),
        **printed,
        "cells": {key: cell for key, cell in whole["cells"].items() if key.startswith(prefix)},
        "findings": [one for one in whole["findings"] if _is_about(one, prefix, paragraphs)],
    }


def _is_about(finding: dict[str, Any], prefix: str, paragraphs: set[int]) -> bool:
    """Say whether a finding speaks of a cell or a paragraph of the section."""
    return any(key.startswith(prefix) for key in finding["cells"]) or any(
        passage["paragraph"] in paragraphs for passage in finding["passages"]
    )
