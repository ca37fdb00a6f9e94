"""The command line. It alone prints: results on standard output, progress and errors on standard error."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from indexer import __version__
from indexer.cli.listening import bind
from indexer.cli.usage import ChineseGroup, QueryCommand
from indexer.corpus.ledger import Failure, read_failures, read_partials
from indexer.corpus.pipeline import Options, Outcome, index_corpus
from indexer.corpus.sources import find_file, relative_paths
from indexer.corpus.workers.pool import WorkerPool
from indexer.corpus.workers.task import Job, explain_report, read_report
from indexer.errors import (
    ConfigError,
    EngineError,
    NianbaoError,
    QueryError,
    RemovalRefused,
    SourceError,
)
from indexer.messages import label, render, render_all
from indexer.records import REGION_LEVELS, Identity, Report
from indexer.search.analysis.synonym_file import read_synonyms
from indexer.search.analysis.synonyms import with_synonyms
from indexer.search.language.parser import parse_query
from indexer.search.port import Hit, ResultPage
from indexer.search.suggest.empty_parts import CountedPart, count_parts, describe_parts
from indexer.search.suggest.meant_conditions import MeantSearch, find_meant_searches
from indexer.serialise.messages import message_to_dict, number_to_json
from indexer.serialise.report_json import region_to_dict, report_to_dict
from indexer.settings import Settings, read_settings
from indexer.wiring import open_engine

DONE, SOME_FAILED, WRONG_USAGE = 0, 1, 2


class _Group(ChineseGroup):
    """Commands whose own errors end in one clear line and the right exit code, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (ConfigError, QueryError, RemovalRefused) as error:
            click.echo(f"错误：{render(error.message)}", err=True)
            ctx.exit(WRONG_USAGE)
        except NianbaoError as error:
            click.echo(f"错误：{render(error.message)}", err=True)
            ctx.exit(SOME_FAILED)

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            try:
                return super().main(*args, **extra)
            finally:
                if sys.stdout is not None:  # None where it was closed before the start
                    sys.stdout.flush()
        except OSError as error:
            _abandon_output()
            what = f"{error.filename}：" if error.filename else ""
            click.echo(
                f"错误：{what}读写失败（{error.strerror or error}）。请检查磁盘空间和权限后再运行。",
                err=True,
            )
            sys.exit(SOME_FAILED)


def _abandon_output() -> None:
    """Discard pending output, which the interpreter would otherwise fail on again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nianbao")
@click.pass_context
def main(ctx: click.Context) -> None:
    """年报：读、编、查政府信息公开工作年度报告。"""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    ctx.obj = read_settings(os.environ)


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="每份报告一行 JSON。")
@click.option(
    "--explain", "explained", is_flag=True, help="说出每一节、每张表、每一行是怎样认出来的。"
)
@click.pass_obj
def read(settings: Settings, files: Sequence[str], as_json: bool, explained: bool) -> None:
    """读报告文件，印出读到的内容，不动索引。"""
    if as_json and explained:
        raise click.UsageError("--json 和 --explain 不能一起用。")
    failed = 0
    for answer in _run_on(
        settings, files, _explain if explained else _to_json if as_json else _to_summary
    ):
        if isinstance(answer, SourceError):
            failed += 1
            _print_failed(answer, as_json)
        else:
            click.echo(answer)
    if not as_json or failed:
        click.echo(
            f"读了 {len(files)} 个文件：成功 {len(files) - failed}，失败 {failed}。", err=True
        )
    sys.exit(SOME_FAILED if failed else DONE)


def _to_json(job: Job) -> str:
    return _json(report_to_dict(read_report(job)))


def _to_summary(job: Job) -> str:
    return _summary(read_report(job))


def _explain(job: Job) -> str:
    return "\n".join(map(render, explain_report(job)))


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
        click.echo(
            _json(
                {
                    "file": error.path,
                    "error": {"kind": error.kind, "message": render(error.message)},
                }
            )
        )
    else:
        click.echo(f"{error.kind}：{render(error.message)}", err=True)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH…]")
@click.option("--full", is_flag=True, help="不管有没有改动，全部重读。")
@click.option("--dry-run", is_flag=True, help="只说会做什么，不改索引。")
@click.option("--allow-removals", is_flag=True, help="允许移除索引里的大部分或全部报告。")
@click.option("--quiet", is_flag=True, help="不显示进度。")
@click.pass_obj
def index(settings: Settings, /, paths: Sequence[Path], quiet: bool, **chosen: bool) -> None:
    """让索引与语料一致：读新的和改动过的文件，去掉已删除的。"""
    try:
        only = relative_paths(paths, settings.corpus)
    except ValueError:
        raise ConfigError(
            f"给出的路径不全在语料文件夹 {settings.corpus} 里。请先把文件放进去。"
        ) from None
    engine = open_engine(settings)
    try:
        with tqdm(unit="份", disable=True if quiet else None, file=sys.stderr) as bar:
            asked = tuple(path for path in only if path != ".")
            options = Options(only=asked, on_file=_step(bar), **chosen)
            outcome = index_corpus(settings, engine, options)
    finally:
        engine.close()
    _print_outcome(outcome, options.dry_run)
    sys.exit(SOME_FAILED if outcome.failures else DONE)


def _step(bar: Any) -> Callable[[str], None]:
    def step(path: str) -> None:
        bar.set_postfix_str(path[-40:], refresh=False)
        bar.update()

    return step


def _print_outcome(outcome: Outcome, dry_run: bool) -> None:
    for failure in outcome.failures:
        click.echo(f"{failure.kind}：{render(failure.message)}", err=True)
    for warning in outcome.warnings:
        click.echo(f"注意：{render(warning)}", err=True)
    lead = "试运行，未改索引。" if dry_run else ""
    click.echo(
        f"{lead}收入 {outcome.indexed} 个文件，未变 {outcome.unchanged}，移除 {outcome.removed}，"
        f"失败 {len(outcome.failures)}；索引共 {outcome.reports} 份报告。"
    )


@main.command(cls=QueryCommand)
@click.argument("query", nargs=-1, required=True)
@click.option("--json", "form", flag_value="json", help="一份 JSON。")
@click.option("--csv", "form", flag_value="csv", help="CSV，一份报告一行。")
@click.option(
    "--size", default=20, show_default=True, type=click.IntRange(1, 100), help="最多列出几份。"
)
@click.option("--no-synonyms", "plain", is_flag=True, help="不找同义词。")
@click.pass_obj
def search(
    settings: Settings, query: Sequence[str], form: str | None, size: int, plain: bool
) -> None:
    """检索，写法与网页上的检索框相同，如：层级:乡镇 行政诉讼>0。"""
    asked = parse_query(" ".join(query))
    asked = asked if plain else with_synonyms(asked, read_synonyms(settings))
    engine = open_engine(settings)
    try:
        page = engine.search(replace(asked, size=size))
        meant, parts = find_meant_searches(page, engine), count_parts(page, engine)
    finally:
        engine.close()
    _print_hints(page, meant, parts)
    for synonym in asked.synonyms:
        click.echo(f"也找同义词：{synonym.word} ≈ {synonym.also}", err=True)
    if form == "json":
        _print_json(page, meant, parts)
    else:
        (_print_csv if form == "csv" else _print_hits)(page)


def _print_hints(
    page: ResultPage, meant: Sequence[MeantSearch], parts: Sequence[CountedPart]
) -> None:
    """Print what was mended, which conditions the words may mean, and which part finds nothing."""
    for repair in page.query.repairs:
        click.echo(f"已改读：{render(repair)}", err=True)
    for offer in meant:
        unjudged = f"，另有 {offer.found.unjudged} 份无法判断" if offer.found.unjudged else ""
        click.echo(
            f"也许要的是条件：{render(offer.text)}（{offer.found.total} 份{unjudged}）", err=True
        )
    if parts:
        click.echo(render_all(describe_parts(parts, page.unjudged)), err=True)


def _print_hits(page: ResultPage) -> None:
    for hit in page.hits:
        identity = hit.report.identity
        click.echo(
            f"{hit.id}  {identity.title}  [{_place(identity)}·{label('level', identity.level or '')}·{identity.year}]"
        )
        for key, figure in hit.figures.items():
            shown = (
                number_to_json(figure.value)
                if figure.value is not None
                else label("status", figure.status)
            )
            click.echo(f"    {key} = {shown}")
        for section in hit.sections:
            for snippet in section.snippets:
                click.echo(f"    {label('section', section.key)}：{snippet.text}")
    click.echo(
        f"{page.total} 份报告；数字能判断的 {page.judged} 份，无法判断的 {page.unjudged} 份。",
        err=True,
    )


def _print_json(
    page: ResultPage, meant: Sequence[MeantSearch], parts: Sequence[CountedPart]
) -> None:
    counts = {
        "total": page.total,
        "unjudged": page.unjudged,
        "unjudged_by": dict(page.unjudged_by),
        "judged": page.judged,
    }
    hints = {
        "warnings": [render(repair) for repair in page.query.repairs],
        "nothing": render_all(describe_parts(parts, page.unjudged)),
        "meant": [{"text": render(one.text), **asdict(one.found)} for one in meant],
        "parts": [{"text": one.text, **asdict(one.found)} for one in parts],
    }
    click.echo(_json({**counts, "results": [_hit_to_dict(hit) for hit in page.hits], **hints}))


def _print_csv(page: ResultPage) -> None:
    keys = list(dict.fromkeys(key for hit in page.hits for key in hit.figures))
    writer = csv.writer(sys.stdout)
    writer.writerow(["id", "title", "body", "level", *REGION_LEVELS, "year", "form", *keys])
    for hit in page.hits:
        identity = hit.report.identity
        names = [division.name if division else None for division in _divisions(identity)]
        figures = [
            number_to_json(hit.figures[key].value) if key in hit.figures else None for key in keys
        ]
        row = [
            hit.id,
            identity.title,
            identity.body,
            identity.level,
            *names,
            identity.year,
            hit.report.form,
            *figures,
        ]
        writer.writerow([_safe(value) for value in row])


def _safe(value: object) -> object:
    """Return a text such that no spreadsheet takes it for a formula."""
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        else value
    )


def _hit_to_dict(hit: Hit) -> dict[str, Any]:
    identity = hit.report.identity
    return {
        "id": hit.id,
        "title": identity.title,
        "body": identity.body,
        "level": identity.level,
        "region": region_to_dict(identity.region),
        "year": identity.year,
        "form": hit.report.form,
        "score": hit.score,
        "sections": [
            {"key": section.key, "snippets": [snippet.text for snippet in section.snippets]}
            for section in hit.sections
        ],
        "figures": {
            key: {"value": number_to_json(figure.value), "status": figure.status}
            for key, figure in hit.figures.items()
        },
    }


@main.command()
@click.option("--json", "as_json", is_flag=True, help="一份 JSON。")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """说索引里有什么、何时更新、上次有哪些文件没读成。"""
    engine = open_engine(settings)
    try:
        stats, failed, partial = engine.stats(), read_failures(engine), read_partials(engine)
    finally:
        engine.close()
    if as_json:
        listed, parts = (
            [{"file": f.path, "kind": f.kind, "message": f.message} for f in files]
            for files in (failed, partial)
        )
        facts = {
            "reports": stats.reports,
            "bodies": stats.bodies,
            "of_unknown_bodies": stats.of_unknown_bodies,
            "generation": stats.generation,
            "updated": stats.updated,
        }
        click.echo(
            _json({**facts, "cells": dict(stats.statuses), "failures": listed, "partial": parts})
        )
        return
    click.echo(f"索引 {settings.index}（{stats.generation}），更新于 {stats.updated or '未知'}。")
    unknown = (
        f"，另有 {stats.of_unknown_bodies} 份报告的机构不能确定" if stats.of_unknown_bodies else ""
    )
    click.echo(f"报告 {stats.reports} 份，机构 {stats.bodies} 个{unknown}。")
    click.echo(
        "格："
        + "，".join(f"{label('status', key)} {count}" for key, count in stats.statuses.items())
    )
    click.echo(
        _count_failures(failed, partial)
        + ("nianbao failures 列出原因。" if failed or partial else "")
    )


def _count_failures(failures: Sequence[Failure], partial: Sequence[Failure]) -> str:
    kinds = Counter(failure.kind for failure in failures)
    counts = "".join(f"，{kind} {count}" for kind, count in kinds.items())
    unread = f"已收入但表格没读全的 {len(partial)} 个。" if partial else ""
    return f"没读成的文件 {len(failures)} 个{counts}。{unread}"


@main.command()
@click.option("--json", "as_json", is_flag=True, help="每个文件一行 JSON。")
@click.pass_obj
def failures(settings: Settings, as_json: bool) -> None:
    """列出上次没读成的文件、原因和办法，还有已收入但表格没读全的文件。"""
    engine = open_engine(settings)
    try:
        engine.stats()
        found, partial = read_failures(engine), read_partials(engine)
    finally:
        engine.close()
    for failure in (*found, *partial):
        indexed = {"indexed": True} if failure in partial else {}
        error = {"kind": failure.kind, **message_to_dict(failure.message)}
        line = {"file": failure.path, "error": error, **indexed}
        click.echo(_json(line) if as_json else f"{failure.kind}：{render(failure.message)}")
    if not as_json:
        click.echo(_count_failures(found, partial), err=True)


@main.command()
@click.option("--quiet", is_flag=True, help="不显示启动信息。")
@click.pass_obj
def serve(settings: Settings, quiet: bool) -> None:
    """启动网站（gunicorn）。"""
    read_synonyms(settings)  # a fault in the file is said here, not by every process of the server
    engine = open_engine(settings)
    try:
        engine.stats()
    except EngineError as error:
        raise ConfigError(error.code, **error.params) from error
    finally:
        engine.close()
    listener = bind(settings.host, settings.port)
    listener.set_inheritable(True)
    arguments = [
        "gunicorn",
        f"--bind=fd://{listener.fileno()}",
        f"--workers={settings.workers}",
        "--worker-class=webapp.serving.worker.Worker",
        "--threads=4",
        "--preload",  # what is loaded before the processes are forked, they share
        f"--timeout={settings.request_seconds}",
        "--limit-request-line=8190",
        "--config=python:webapp.serving.gunicorn_config",
        f"--log-level={'error' if quiet else 'warning'}",
        "webapp.wsgi:app",
    ]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments[1:]])


def _summary(report: Report) -> str:
    identity = report.identity
    statuses = Counter(cell.status for cell in report.cells)
    lines = [
        f"{report.sources[0].path}  {report.id}",
        f"  {identity.title}" + ("" if identity.title_printed else "（标题为自拟，原件无标题）"),
        f"  {identity.body}·{label('level', identity.level or '')}·{_place(identity)}·{identity.year}·{label('form', report.form)}",
        "  格："
        + (
            "，".join(f"{label('status', key)} {count}" for key, count in statuses.items())
            or "无表"
        ),
    ]
    lines += [
        f"  {label('severity', finding.severity)} {finding.rule}：{render(finding.message)}"
        for finding in report.findings
    ]
    return "\n".join(lines)


def _place(identity: Identity) -> str:
    return (
        "".join(division.name for division in _divisions(identity) if division and division.name)
        or "地区未定"
    )


def _divisions(identity: Identity) -> list[Any]:
    return [getattr(identity.region, level) for level in REGION_LEVELS]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
