"""`nianbao status` and `nianbao failures`: what the index holds, and which files it lacks."""

from __future__ import annotations

from collections import Counter

import click

from indexer.cli.output import count_statuses, echo_json, error_to_dict, failure_to_dict
from indexer.cli.speech import echo_error, say, speak, spoken_language
from indexer.cli.usage import SpeakingCommand, option
from indexer.corpus.ledger import FailedFiles, read_failed_files
from indexer.search.port import Stats
from indexer.settings import Settings
from indexer.wiring import open_engine


@click.command(cls=SpeakingCommand, help="cli.status.help")
@option("--json", "as_json", says="cli.json", is_flag=True)
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Print what the index holds, when it was updated, and how many files it lacks."""
    stats, failed = _look(settings)
    if as_json:
        _print_status_json(stats, failed)
        return
    updated = stats.updated or say("cli.status.never")
    index = str(settings.index)
    click.echo(say("cli.status.index", index=index, generation=stats.generation, updated=updated))
    counts = {"reports": stats.reports, "bodies": stats.bodies}
    if stats.of_unknown_bodies:
        unknown = stats.of_unknown_bodies
        click.echo(say("cli.status.reports_unknown", **counts, unknown=unknown))
    else:
        click.echo(say("cli.status.reports", **counts))
    click.echo(speak(count_statuses("cli.status.cells", stats.statuses, spoken_language())))
    more = say("cli.status.listed_by") if failed.unread or failed.partly_read else ""
    click.echo(_count(failed) + more)


@click.command(cls=SpeakingCommand, help="cli.failures.help")
@option("--json", "as_json", says="cli.failures.json", is_flag=True)
@click.pass_obj
def failures(settings: Settings, as_json: bool) -> None:
    """List the files that were not read, or only in part, with the reason and the remedy."""
    _, failed = _look(settings)
    for failure in (*failed.unread, *failed.partly_read):
        if as_json:
            error = error_to_dict(failure.kind, failure.message)
            indexed = {"indexed": True} if failure in failed.partly_read else {}
            echo_json({"file": failure.path, "error": error, **indexed})
        else:
            click.echo(say("cli.failed_file", kind=failure.kind, message=failure.message))
    if not as_json:
        echo_error(_count(failed))


def _look(settings: Settings) -> tuple[Stats, FailedFiles]:
    engine = open_engine(settings)
    try:
        return engine.stats(), read_failed_files(engine)
    finally:
        engine.close()


def _print_status_json(stats: Stats, failed: FailedFiles) -> None:
    echo_json(
        {
            "reports": stats.reports,
            "bodies": stats.bodies,
            "of_unknown_bodies": stats.of_unknown_bodies,
            "generation": stats.generation,
            "updated": stats.updated,
            "cells": dict(stats.statuses),
            "failures": [failure_to_dict(failure) for failure in failed.unread],
            "partial": [failure_to_dict(failure) for failure in failed.partly_read],
        }
    )


def _count(failed: FailedFiles) -> str:
    """Return the sentences on how many files were not, or not fully, read."""
    kinds = tuple(
        f"{kind} {count}" for kind, count in Counter(one.kind for one in failed.unread).items()
    )
    count = len(failed.unread)
    said = (
        say("cli.status.failed_kinds", count=count, kinds=kinds)
        if kinds
        else say("cli.status.failed", count=count)
    )
    partly = len(failed.partly_read)
    return said + (say("cli.status.partial", count=partly) if partly else "")
