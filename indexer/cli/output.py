"""What several commands print: JSON, places, counts by status, failures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

from indexer.corpus.ledger import Failure
from indexer.messages import label
from indexer.records import REGION_LEVELS, Division, Identity, Message, Param, Status
from indexer.serialise.messages import message_to_dict


def to_json(value: object) -> str:
    """Return a value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False)


def echo_json(value: object) -> None:
    """Print a value as one line of JSON."""
    click.echo(to_json(value))


def error_to_dict(kind: str, message: Message) -> dict[str, Any]:
    """Return the published shape of an error: its kind, sentence, code and parameters."""
    return {"kind": kind, **message_to_dict(message)}


def failure_to_dict(failure: Failure) -> dict[str, Any]:
    """Return the published shape of a file that was not, or not fully, read."""
    return {"file": failure.path, **error_to_dict(failure.kind, failure.message)}


def describe_place(identity: Identity) -> Message | str:
    """Return the names of a report's place joined, as Chinese addresses are written."""
    names = [division.name for division in divisions(identity) if division and division.name]
    return "".join(names) or Message.of("cli.place_unknown")


def divisions(identity: Identity) -> list[Division | None]:
    """Return the levels of a report's place, highest first."""
    return [getattr(identity.region, level) for level in REGION_LEVELS]


def count_statuses(code: str, statuses: Mapping[Status, int], language: str) -> Message:
    """Return the sentence of a code on how many cells have each status."""
    counts: tuple[Param, ...] = tuple(
        Message.of("cli.status_count", label=label("status", status, language), count=count)
        for status, count in statuses.items()
    )
    return Message.of(code, statuses=counts)
