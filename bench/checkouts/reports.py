"""Writes generated reports in every format that the tests can print, the same files each time."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from bench.generator import generate_reports
from indexer.records import Report
from tests.damage.kinds import KINDS, damage
from tests.damage.paper import YEARS, build_paper
from tests.damage.press import press
from tests.rendering import Printed, render_html, render_txt
from tests.rendering_docx import WHOLE, render_docx
from tests.rendering_text import SHAPES, render_text
from tests.variants import kinds

SEED = 1
_PAGES = 4
_CASES = Path(__file__).parents[2] / "tests" / "cases"
_HTML = ("plain", "word", "nested")
_TURNS = ("html", "text", "docx", "html", "txt", "html", "text", "docx damaged", "html", "txt")
"""In what the reports are printed, in turns."""
_BROKEN = {
    "空.txt": b"",
    "不是文档.docx": b"PK\x03\x04 no archive",
    "断了.pdf": b"%PDF-1.5\n1 0 obj\n",
    "图片.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 64,
    "通知.txt": "关于召开会议的通知\n\n各科室：\n明天上午九时开会。\n".encode(),
}
_SYNONYMS = "微信 ~ 公众号\n机关 > 部门\n! 依申请公开\n"


def write_reports(folder: Path, count: int) -> None:
    """Fill `folder/corpus` with `count` reports, and damaged, odd, real and broken ones.

    A synonym file lies beside it, and a manifest in it that names every third report.
    """
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    named = []
    for number, report in enumerate(generate_reports(count, SEED)):
        name, data = _print(report, number)
        _write(corpus / name, data)
        if number % 3 == 0:
            address = f"https://example.org/{number}.html"
            named.append((name, report.identity.title, address, "2025-02-01"))
        if number % 100 == 0:
            _write(corpus / "重复" / name, data)
    for name, data in [*_damaged(), *_variants(), *_cases(), *_BROKEN.items()]:
        _write(corpus / name, data)
    with (corpus / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("file", "title", "origin", "retrieved"), *named])
    (folder / "synonyms.txt").write_text(_SYNONYMS, encoding="utf-8")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _print(report: Report, number: int) -> tuple[str, bytes]:
    """Return a file's name and bytes, formats in turn."""
    printed = _printed(report)
    turn, at = _TURNS[number % len(_TURNS)], number // len(_TURNS)
    stem = f"{report.identity.year}/{number:05d}"
    if turn == "html":
        return f"{stem}.html", render_html(printed, _HTML[at % len(_HTML)]).encode()
    if turn.startswith("docx"):
        damages = [WHOLE[at % len(WHOLE)]] if turn == "docx damaged" else []
        return f"{stem}.docx", render_docx(printed, *damages)
    if turn == "text":
        shape = list(SHAPES)[at % len(SHAPES)]
        ending = "md" if shape == "markdown" else "txt"
        return f"{stem}.{ending}", render_text(printed, shape).encode()
    text = render_txt(printed)
    return f"{stem}.txt", text.encode("gb18030" if at % 4 == 0 else "utf-8")


def _printed(report: Report) -> Printed:
    raws = {cell.key: cell.raw or "" for cell in report.cells if cell.status != "missing"}
    prose = {part.key: [one.text for one in part.paragraphs] for part in report.sections}
    form = "2021" if report.form == "2021" else "2019"
    return Printed(report.identity.title or "", raws, prose, form)


def _damaged() -> Iterator[tuple[str, bytes]]:
    """Yield a report for every kind of damage, over formats and forms in turn."""
    generations = list(YEARS)
    for at, kind in enumerate(KINDS.values()):
        random = Random(f"{SEED} {kind.name}")
        paper = damage(build_paper(generations[at % 3], random), [kind.name], random)
        form = kind.formats[at % len(kind.formats)]
        ending = {"html": "html", "word": "html", "docx": "docx"}.get(form, "txt")
        yield f"damaged/{kind.name}.{ending}", press(paper, form)


def _variants() -> Iterator[tuple[str, bytes]]:
    """Yield the first pages of each kind."""
    for at, (name, kind) in enumerate(kinds().items()):
        for number, variant in enumerate(islice(kind.pages(Random(name)), _PAGES)):
            yield f"variants/{at:03d}-{number}{Path(variant.name).suffix}", variant.data


def _cases() -> Iterator[tuple[str, bytes]]:
    for path in sorted(_CASES.glob("*/report.*")):
        yield f"cases/{path.parent.name}{path.suffix}", path.read_bytes()


if __name__ == "__main__":
    write_reports(Path(sys.argv[1]), int(sys.argv[2]))
