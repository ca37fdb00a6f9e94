"""Generates reports that resemble real ones where search is concerned: words, lengths, figures,
places and findings.

Report n of a seed is always the same, so a corpus of any size can be streamed and drawn again.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bench.cells import fill_form, form_for
from bench.places import build_reporter, shuffled_areas, shuffled_names
from bench.prose import Author
from indexer.checks.registry import check_report
from indexer.records import Identity, Report, SourceFile

YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
"""Every body reports for each of these years, one report after the other."""


def generate_reports(count: int, seed: int) -> Iterator[Report]:
    """Yield `count` reports lazily. ValueError if the division tables have too few bodies."""
    most = len(shuffled_areas(seed)) * len(YEARS)
    if count > most:
        raise ValueError(f"the division tables have bodies for {most} reports, not for {count}")
    return (generate_report(number, seed) for number in range(count))


def generate_report(number: int, seed: int) -> Report:
    """Return report `number` of a seed: body `number // 6`, its years in order."""
    at, year = number // len(YEARS), YEARS[number % len(YEARS)]
    reporter = build_reporter(shuffled_areas(seed)[at], random.Random(f"{seed} body {at}"))
    draw = random.Random(f"{seed} report {number}")
    form = form_for(year, draw)
    filled = fill_form(form, reporter.level, draw)
    sections = Author(reporter, year, filled.facts, shuffled_names(seed), draw).sections(
        tables=True
    )
    identity = Identity(
        title=f"{reporter.body}{year}年政府信息公开工作年度报告",
        title_printed=True,
        body=reporter.body,
        level=reporter.level,
        parent_level=reporter.parent_level,
        region=reporter.region,
        year=year,
        period=(date(year, 1, 1), date(year, 12, 31)),
        published=date(year + 1, 1, draw.randint(4, 31)),
    )
    source = _source(f"{seed} {number}", f"{reporter.body}-{year}.txt")
    report = Report(
        source.report_id,
        identity,
        "2019" if form.name == "2019" else "2021",
        sections,
        filled.cells,
        (),
        (),
        (source,),
    )
    return replace(report, findings=check_report(report))


def _source(name: str, path: str) -> SourceFile:
    digest = hashlib.sha256(name.encode()).hexdigest()
    return SourceFile(
        path,
        digest,
        9000 + int(digest[:3], 16),
        "text/plain",
        f"https://example.org/{digest[:12]}.html",
    )
