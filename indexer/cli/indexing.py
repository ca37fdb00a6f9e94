"""`nianbao index`: brings the index in line with the corpus."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from indexer.cli.speech import echo_error, say
from indexer.cli.usage import SpeakingCommand, argument, option
from indexer.corpus.pipeline import RunOptions, RunOutcome, index_corpus
from indexer.corpus.sources import relative_paths
from indexer.errors import ConfigError
from indexer.settings import Settings
from indexer.wiring import open_engine

_SOME_FAILED = 1
_SHOWN_OF_PATH = 40
"""Characters of a file's path that the progress bar has room for."""


@click.command(cls=SpeakingCommand, help="cli.index.help")
@argument(
    "paths",
    says="cli.index.paths",
    nargs=-1,
    type=click.Path(exists=True, path_type=Path),
    metavar="[PATH…]",
)
@option("--full", says="cli.index.full", is_flag=True)
@option("--dry-run", says="cli.index.dry_run", is_flag=True)
@option("--allow-removals", says="cli.index.allow_removals", is_flag=True)
@option("--quiet", says="cli.index.quiet", is_flag=True)
@click.pass_obj
def index(settings: Settings, /, paths: Sequence[Path], quiet: bool, **chosen: bool) -> None:
    """Index new and changed files, and drop those that are gone."""
    try:
        only = relative_paths(paths, settings.corpus)
    except ValueError:
        raise ConfigError("cli.index.outside", corpus=str(settings.corpus)) from None
    engine = open_engine(settings)
    try:
        unit = say("cli.index.unit")
        with tqdm(unit=unit, disable=True if quiet else None, file=sys.stderr) as bar:
            asked = tuple(path for path in only if path != ".")
            options = RunOptions(only=asked, on_file=_step(bar), **chosen)
            outcome = index_corpus(settings, engine, options)
    finally:
        engine.close()
    _print_outcome(outcome, options.dry_run)
    sys.exit(_SOME_FAILED if outcome.failures else 0)


def _step(bar: Any) -> Callable[[str], None]:
    def step(path: str) -> None:
        bar.set_postfix_str(path[-_SHOWN_OF_PATH:], refresh=False)
        bar.update()

    return step


def _print_outcome(outcome: RunOutcome, dry_run: bool) -> None:
    for failure in outcome.failures:
        echo_error(say("cli.failed_file", kind=failure.kind, message=failure.message))
    for warning in outcome.warnings:
        echo_error(say("cli.index.warning", message=warning))
    click.echo(
        say(
            "cli.index.would_do" if dry_run else "cli.index.done",
            indexed=outcome.indexed,
            unchanged=outcome.unchanged,
            removed=outcome.removed,
            failed=len(outcome.failures),
            reports=outcome.reports,
        )
    )
