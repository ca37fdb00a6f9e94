"""`nianbao search`: the answers of the site's search box, for people, as JSON and as CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import click

from indexer.cli.output import describe_place, divisions, echo_json
from indexer.cli.speech import echo_error, say, speak_all, word
from indexer.cli.usage import QueryCommand, argument, option
from indexer.messages import render, render_all
from indexer.records import REGION_LEVELS
from indexer.search.analysis.synonym_file import read_synonyms
from indexer.search.analysis.synonyms import with_synonyms
from indexer.search.language.parser import parse_query
from indexer.search.port import Figure, Hit, ResultPage
from indexer.search.suggest.empty_parts import CountedPart, count_parts, describe_parts
from indexer.search.suggest.meant_conditions import MeantSearch, find_meant_searches
from indexer.serialise.messages import number_to_json, warnings_to_dict
from indexer.serialise.report_json import region_to_dict
from indexer.settings import Settings
from indexer.wiring import open_engine

_DEFAULT_SIZE, _MAX_SIZE = 20, 100


@click.command(cls=QueryCommand, help="cli.search.help")
@argument("query", says="cli.search.query", nargs=-1, required=True)
@option("--json", "form", says="cli.json", flag_value="json")
@option("--csv", "form", says="cli.search.csv", flag_value="csv")
@option(
    "--size",
    says="cli.search.size",
    default=_DEFAULT_SIZE,
    show_default=True,
    type=click.IntRange(1, _MAX_SIZE),
)
@option("--no-synonyms", "plain", says="cli.search.no_synonyms", is_flag=True)
@click.pass_obj
def search(
    settings: Settings, query: Sequence[str], form: str | None, size: int, plain: bool
) -> None:
    """Print the reports that a query finds."""
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
        echo_error(say("cli.search.synonym", word=synonym.word, also=synonym.also))
    if form == "json":
        _print_json(page, meant, parts)
    else:
        (_print_csv if form == "csv" else _print_hits)(page)


def _print_hints(
    page: ResultPage, meant: Sequence[MeantSearch], parts: Sequence[CountedPart]
) -> None:
    """Print what was mended, which conditions the words may mean, and which part finds nothing."""
    for repair in page.query.repairs:
        echo_error(say("cli.search.repaired", repair=repair))
    for offer in meant:
        code = "cli.search.meant_unjudged" if offer.found.unjudged else "cli.search.meant"
        counts = {"total": offer.found.total, "unjudged": offer.found.unjudged}
        echo_error(say(code, text=offer.text, **counts))
    if parts:
        echo_error(speak_all(describe_parts(parts, page.unjudged)))


def _print_hits(page: ResultPage) -> None:
    for hit in page.hits:
        _print_hit(hit)
    echo_error(say("cli.search.done", total=page.total, judged=page.judged, unjudged=page.unjudged))


def _print_hit(hit: Hit) -> None:
    identity = hit.report.identity
    click.echo(
        say(
            "cli.search.hit",
            id=hit.id,
            title=str(identity.title),
            place=describe_place(identity),
            level=word("level", identity.level),
            year=str(identity.year),
        )
    )
    for key, figure in hit.figures.items():
        click.echo(say("cli.search.figure", key=key, value=_shown(figure)))
    for section in hit.sections:
        for snippet in section.snippets:
            name = word("section", section.key)
            click.echo(say("cli.search.snippet", section=name, text=snippet.text))


def _shown(figure: Figure) -> str:
    if figure.value is None:
        return word("status", figure.status)
    return str(number_to_json(figure.value))


def _print_json(
    page: ResultPage, meant: Sequence[MeantSearch], parts: Sequence[CountedPart]
) -> None:
    echo_json(
        {
            "total": page.total,
            "unjudged": page.unjudged,
            "unjudged_by": dict(page.unjudged_by),
            "judged": page.judged,
            "results": [_hit_to_dict(hit) for hit in page.hits],
            **warnings_to_dict(page.query.repairs),
            "nothing": render_all(describe_parts(parts, page.unjudged)),
            "meant": [{"text": render(one.text), **asdict(one.found)} for one in meant],
            "parts": [{"text": one.text, **asdict(one.found)} for one in parts],
        }
    )


def _print_csv(page: ResultPage) -> None:
    keys = list(dict.fromkeys(key for hit in page.hits for key in hit.figures))
    writer = csv.writer(sys.stdout)
    writer.writerow(["id", "title", "body", "level", *REGION_LEVELS, "year", "form", *keys])
    for hit in page.hits:
        identity = hit.report.identity
        row = [
            hit.id,
            identity.title,
            identity.body,
            identity.level,
            *(division.name if division else None for division in divisions(identity)),
            identity.year,
            hit.report.form,
            *(
                number_to_json(hit.figures[key].value) if key in hit.figures else None
                for key in keys
            ),
        ]
        writer.writerow([_without_formula(value) for value in row])


def _without_formula(value: object) -> object:
    """Return a text such that no spreadsheet takes it for a formula."""
    starts_one = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if starts_one else value


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
