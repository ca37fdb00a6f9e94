"""Report ⇄ plain dict: the published JSON shape of a report, the same in `nianbao read --json`, the API and the index."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from indexer.records import (
    REGION_LEVELS,
    Cell,
    Division,
    Finding,
    Identity,
    Number,
    Paragraph,
    Passage,
    PrintedLabel,
    Region,
    Report,
    Section,
    SourceFile,
    SourcePlace,
)


def report_to_dict(report: Report) -> dict[str, Any]:
    """Return the JSON shape: numbers as numbers, dates as ISO 8601, `cells` by key, `file` the first source's path.

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


def report_from_dict(data: Mapping[str, Any]) -> Report:
    """Return the report that `report_to_dict` made the dict from."""
    period = data["period"]
    identity = Identity(
        title=data["title"],
        title_printed=data["title_printed"],
        body=data["body"],
        level=data["level"],
        parent_level=data["parent_level"],
        region=Region(
            **{level: _division_from_dict(data["region"][level]) for level in REGION_LEVELS}
        ),
        year=data["year"],
        period=(date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None,
        published=date.fromisoformat(data["published"]) if data["published"] else None,
    )
    return Report(
        id=data["id"],
        identity=identity,
        form=data["form"],
        sections=tuple(_section_from_dict(section) for section in data["sections"]),
        cells=tuple(_cell_from_dict(key, cell) for key, cell in data["cells"].items()),
        labels=tuple(PrintedLabel(key, text) for key, text in data["labels"].items()),
        findings=tuple(_finding_from_dict(finding) for finding in data["findings"]),
        sources=tuple(SourceFile(**source) for source in data["sources"]),
    )


def _flat(record: Any) -> dict[str, Any]:
    """Return a record's fields as they are: `dataclasses.asdict` copies each value deeply, at ten times the cost."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def region_to_dict(region: Region) -> dict[str, Any]:
    """Return each level of a region: None, or its name, code and evidence, or `ambiguous` with its candidates."""
    return {level: _division_to_dict(getattr(region, level)) for level in REGION_LEVELS}


def number_to_json(value: Number | None) -> int | float | None:
    """Return a value as JSON writes it: a whole number as an int, a fraction as a float."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _number_from_json(value: float | None) -> Number | None:
    return Decimal(repr(value)) if isinstance(value, float) else value


def _section_to_dict(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "heading": section.heading,
        "text": section.text,
        "table_at": section.table_at,
        "paragraphs": [_flat(paragraph) for paragraph in section.paragraphs],
    }


def _section_from_dict(data: Mapping[str, Any]) -> Section:
    paragraphs = tuple(Paragraph(**paragraph) for paragraph in data["paragraphs"])
    return Section(data["key"], data["heading"], paragraphs, data["table_at"])


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


def _cell_from_dict(key: str, data: Mapping[str, Any]) -> Cell:
    where = SourcePlace(**data["where"]) if data["where"] is not None else None
    return Cell(
        key, _number_from_json(data["value"]), data["status"], data["raw"], data["unit"], where
    )


def _division_to_dict(division: Division | None) -> dict[str, Any] | None:
    if division is None:
        return None
    if division.status == "ambiguous":
        return {"name": None, "status": "ambiguous", "candidates": list(division.candidates)}
    return {"name": division.name, "code": division.code, "evidence": division.evidence}


def _division_from_dict(data: Mapping[str, Any] | None) -> Division | None:
    if data is None:
        return None
    if data.get("status") == "ambiguous":
        return Division(None, status="ambiguous", candidates=tuple(data["candidates"]))
    return Division(data["name"], data["code"], data["evidence"])


def _finding_to_dict(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "cells": list(finding.cells),
        "expected": number_to_json(finding.expected),
        "found": number_to_json(finding.found),
        "passages": [_flat(passage) for passage in finding.passages],
        "reports": list(finding.reports),
    }


def _finding_from_dict(data: Mapping[str, Any]) -> Finding:
    return Finding(
        rule=data["rule"],
        severity=data["severity"],
        message=data["message"],
        cells=tuple(data["cells"]),
        expected=_number_from_json(data["expected"]),
        found=_number_from_json(data["found"]),
        passages=tuple(Passage(**passage) for passage in data["passages"]),
        reports=tuple(data.get("reports", ())),
    )
