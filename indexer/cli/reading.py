"""`nianbao read`: what the files of reports hold, without any index."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from indexer.cli.output import count_statuses, describe_place, echo_json, error_to_dict, to_json
from indexer.cli.speech import echo_error, say, spoken_language
from indexer.cli.usage import SpeakingCommand, UsageFault, argument, option
from indexer.corpus.sources import find_file
from indexer.corpus.workers.pool import WorkerPool
from indexer.corpus.workers.task import Job, explain_report, read_report
from indexer.errors import SourceError
from indexer.messages import label, render
from indexer.records import Message, Report
from indexer.serialise.report_json import report_to_dict
from indexer.settings import Settings

_SOME_FAILED = 1


@click.command(cls=SpeakingCommand, help="cli.read.help")
@argument("files", says="cli.read.files", nargs=-1, required=True, metavar="FILE…")
@option("--json", "as_json", says="cli.read.json", is_flag=True)
@option("--explain", "explained", says="cli.read.explain", is_flag=True)
@click.pass_obj
def read(settings: Settings, files: Sequence[str], as_json: bool, explained: bool) -> None:
    """Print what was read of each file, in the order of the files."""
    if as_json and explained:
        raise UsageFault(say("cli.read.not_both"))
    failed = 0
    for answer in _run_on(settings, files, _task(as_json, explained)):
        if isinstance(answer, SourceError):
            failed += 1
            _print_failed(answer, as_json)
        else:
            click.echo(answer)
    if not as_json or failed:
        echo_error(say("cli.read.done", count=len(files), read=len(files) - failed, failed=failed))
    sys.exit(_SOME_FAILED if failed else 0)


def _task(as_json: bool, explained: bool) -> Callable[[Job], str]:
    """Return what the workers are to make of each file."""
    if explained:
        return partial(_explain, spoken_language())
    return _read_as_json if as_json else partial(_read_as_summary, spoken_language())


def _read_as_json(job: Job) -> str:
    return to_json(report_to_dict(read_report(job)))


def _read_as_summary(language: str, job: Job) -> str:
    return "\n".join(render(line, language) for line in _summarise(read_report(job), language))


def _explain(language: str, job: Job) -> str:
    return "\n".join(render(line, language) for line in explain_report(job))


def _run_on(
    settings: Settings, names: Sequence[str], task: Callable[[Job], str]
) -> Iterator[str | SourceError]:
    """Yield what a task makes of each file, in the order of the names."""
    with WorkerPool(settings, task) as pool:
        yield from pool.run(_job(name, settings) for name in names)


def _job(name: str, settings: Settings) -> Job | SourceError:
    try:
        return Job(find_file(Path(name)), settings.limits)
    except SourceError as error:
        return error


def _print_failed(error: SourceError, as_json: bool) -> None:
    if as_json:
        echo_json({"file": error.path, "error": error_to_dict(error.kind, error.message)})
    else:
        echo_error(say("cli.failed_file", kind=error.kind, message=error.message))


def _summarise(report: Report, language: str) -> Iterator[Message]:
    """Yield the lines that tell a person what was read, in the words of a language."""
    identity = report.identity
    yield Message.of("cli.report_ids", path=report.sources[0].path, id=report.id)
    title = "cli.read.title" if identity.title_printed else "cli.read.title_made"
    yield Message.of(title, title=str(identity.title))
    yield Message.of(
        "cli.read.identity",
        body=str(identity.body),
        level=label("level", identity.level or "", language),
        place=describe_place(identity),
        year=str(identity.year),
        form=label("form", report.form, language),
    )
    statuses = Counter(cell.status for cell in report.cells)
    yield (
        count_statuses("cli.read.cells", statuses, language)
        if statuses
        else Message.of("cli.read.no_cells")
    )
    for finding in report.findings:
        yield Message.of(
            "cli.read.finding",
            severity=label("severity", finding.severity, language),
            rule=finding.rule,
            message=finding.message,
        )
