"""Report → plain dict: the published JSON, the same in `nianbao read --json` and the API."""

from __future__ import annotations

from typing import Any

from indexer.records import (
    REGION_LEVELS,
    Cell,
    Division,
    Finding,
    Region,
    Report,
    Section,
)
from indexer.serialise.messages import message_to_dict, number_to_json


def report_to_dict(report: Report) -> dict[str, Any]:
    """Return the JSON shape: dates as ISO 8601, `cells` by key, `file` the first source's path.

    A whole amount is an int; a fraction of a yuan is a float, exact to the cent below 10^13.
    """
    identity = report.identity
    return {
        "file": report.sources[0].path,
        "id": report.id,
        "title": identity.title,
        "title_printed": identity.title_printed,
        "body": identity.body,
        "level": identity.level,
        "parent_level": identity.parent_level,
        "region": region_to_dict(identity.region),
        "year": identity.year,
        "form": report.form,
        "period": [day.isoformat() for day in identity.period] if identity.period else None,
        "published": identity.published.isoformat() if identity.published else None,
        "sections": [_section_to_dict(section) for section in report.sections],
        "cells": {cell.key: _cell_to_dict(cell) for cell in report.cells},
        "labels": {label.key: label.text for label in report.labels},
        "findings": [_finding_to_dict(finding) for finding in report.findings],
        "sources": [_flat(source) for source in report.sources],
    }


def _flat(record: Any) -> dict[str, Any]:
    """Return a record's fields as they are.

    `dataclasses.asdict` copies each value deeply, at ten times the cost.
    """
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def region_to_dict(region: Region) -> dict[str, Any]:
    """Return the levels of a region: None, the name with its evidence, or the candidates."""
    return {level: _division_to_dict(getattr(region, level)) for level in REGION_LEVELS}


def _section_to_dict(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "heading": section.heading,
        "text": section.text,
        "table_at": section.table_at,
        "paragraphs": [_flat(paragraph) for paragraph in section.paragraphs],
    }


def _cell_to_dict(cell: Cell) -> dict[str, Any]:
    where = cell.where and {
        name: count for name, count in _flat(cell.where).items() if count is not None
    }
    return {
        "value": number_to_json(cell.value),
        "status": cell.status,
        "raw": cell.raw,
        "unit": cell.unit,
        "where": where,
    }


def _division_to_dict(division: Division | None) -> dict[str, Any] | None:
    if division is None:
        return None
    if division.status == "ambiguous":
        return {"name": None, "status": "ambiguous", "candidates": list(division.candidates)}
    return {"name": division.name, "code": division.code, "evidence": division.evidence}


def _finding_to_dict(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        **message_to_dict(finding.message),
        "cells": list(finding.cells),
        "expected": number_to_json(finding.expected),
        "found": number_to_json(finding.found),
        "passages": [_flat(passage) for passage in finding.passages],
        "reports": list(finding.reports),
    }
