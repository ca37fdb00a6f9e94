"""How fast HTML pages are read: from the file to the report with findings and segmented text."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from bench.generator import generate_reports
from bench.rates import Rate
from indexer.corpus.sources import find_file
from indexer.corpus.workers.pool import WorkerPool
from indexer.corpus.workers.task import Job, read_report
from indexer.errors import SourceError
from indexer.records import Report
from indexer.search.analysis.segmenter import tokens
from indexer.search.documents import build_document
from indexer.settings import Settings
from indexer.text.folding import fold
from tests.rendering import Printed, render_html

_SITE = (
    '<li class="nav"><a href="/zwgk/{0}.html" target="_blank" title="栏目{0}">栏目{0}</a>'
    "<span>2024-01-{1:02}</span></li>"
)


def measure_reading(folder: Path, reports: int, seed: int) -> Rate:
    """Read pages of some 60 KB with two worker processes, segmenting beside them."""
    paths = list(_write_pages(folder, reports, seed))
    settings = Settings(workers=2)
    tuple(tokens(fold("政府信息公开")))
    started = time.perf_counter()
    with WorkerPool(settings, read_report) as pool:
        for answer in pool.run(Job(find_file(path), settings.limits) for path in paths):
            if isinstance(answer, SourceError):
                raise answer
            _cut(answer)
    return Rate(f"read {reports} HTML pages, and cut", reports, time.perf_counter() - started)


def _write_pages(folder: Path, reports: int, seed: int) -> Iterator[Path]:
    folder.mkdir()
    around = "".join(_SITE.format(at, at % 28 + 1) for at in range(120))
    for number, report in enumerate(generate_reports(reports, seed)):
        page = render_html(_printed(report), "word")
        page = page.replace("<body>", f"<body><ul>{around}</ul>", 1)
        path = folder / f"{number}.html"
        path.write_text(page, encoding="utf-8")
        yield path


def _printed(report: Report) -> Printed:
    """Return the cell texts a clerk would have printed for this report."""
    raws = {cell.key: cell.raw or "" for cell in report.cells if cell.status != "missing"}
    prose = {section.key: [p.text for p in section.paragraphs] for section in report.sections}
    form = "2021" if report.form == "2021" else "2019"
    return Printed(report.identity.title or "", raws, prose, form)


def _cut(report: Report) -> None:
    for text in build_document(report).texts.values():
        for _ in tokens(fold(text)):
            pass
