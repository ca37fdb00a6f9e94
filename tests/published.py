"""Reads the published JSON of a report back, to show that nothing is missing from it."""

from __future__ import annotations

import re
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
    Message,
    Number,
    Paragraph,
    Param,
    Passage,
    PrintedLabel,
    Region,
    Report,
    Section,
    SourceFile,
    SourcePlace,
)


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


def _number_from_json(value: float | None) -> Number | None:
    return Decimal(repr(value)) if isinstance(value, float) else value


def _section_from_dict(data: Mapping[str, Any]) -> Section:
    paragraphs = tuple(Paragraph(**paragraph) for paragraph in data["paragraphs"])
    return Section(data["key"], data["heading"], paragraphs, data["table_at"])


def _cell_from_dict(key: str, data: Mapping[str, Any]) -> Cell:
    where = SourcePlace(**data["where"]) if data["where"] is not None else None
    return Cell(
        key, _number_from_json(data["value"]), data["status"], data["raw"], data["unit"], where
    )


def _division_from_dict(data: Mapping[str, Any] | None) -> Division | None:
    if data is None:
        return None
    if data.get("status") == "ambiguous":
        return Division(None, status="ambiguous", candidates=tuple(data["candidates"]))
    return Division(data["name"], data["code"], data["evidence"])


def _finding_from_dict(data: Mapping[str, Any]) -> Finding:
    return Finding(
        rule=data["rule"],
        severity=data["severity"],
        message=_message_from_dict(data),
        cells=tuple(data["cells"]),
        expected=_number_from_json(data["expected"]),
        found=_number_from_json(data["found"]),
        passages=tuple(Passage(**passage) for passage in data["passages"]),
        reports=tuple(data.get("reports", ())),
    )


def _message_from_dict(data: Mapping[str, Any]) -> Message:
    params = {name: _param_from_json(value) for name, value in data["params"].items()}
    return Message.of(data["code"], **params)


def _param_from_json(value: Any) -> Param:
    if isinstance(value, list):
        return tuple(map(_param_from_json, value))
    if isinstance(value, dict):
        return _message_from_dict(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return date.fromisoformat(value)
    return value
