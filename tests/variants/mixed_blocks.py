"""First tables with blocks from the forms of 2019 and 2021, each under its own heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from random import Random

from indexer.records import Report
from tests.damage.oracle import judge
from tests.damage.paper import Box, Paper, Row, Sheet, build_paper
from tests.damage.press import press
from tests.variants import Kind, Variant, Verdict, unless_refused

_FORMATS = (
    "pipes",
    "html",
    "docx",
    "tab_rows",
    "word",
    "markdown",
    "cell_lines",
    "pipe_lines",
    "box",
    "commas",
)
_CAPTION = "第二十条"
_OTHER_SERVICES = "其他对外管理服务事项"


@dataclass(frozen=True)
class _Mix:
    """Which blocks, by number, come from 2019 and from 2021, and the form of the requests."""

    label: str
    blocks: tuple[tuple[str, int], ...]
    requests: str


def _mixes(random: Random) -> Iterator[_Mix]:
    yield _Mix(
        "only the first of 2019", (("2019", 0), ("2021", 1), ("2021", 2), ("2021", 3)), "2021"
    )
    yield _Mix(
        "only the first of 2021", (("2021", 0), *(("2019", at) for at in (1, 2, 3, 4))), "2019"
    )
    yield _Mix("2021 with procurement", (*(("2021", at) for at in range(4)), ("2019", 4)), "2021")
    yield _Mix("procurement first", (("2019", 4), *(("2021", at) for at in range(4))), "2021")
    yield _Mix(
        "2019 with the fees of 2021",
        (*(("2019", at) for at in range(3)), ("2021", 3), ("2019", 4)),
        "2019",
    )
    yield _Mix(
        "penalties alone of 2021",
        (("2019", 0), ("2019", 1), ("2021", 2), ("2019", 3), ("2019", 4)),
        "2019",
    )
    yield _Mix("one block of each", (("2019", 0), ("2021", 3)), "2021")
    for _ in range(8):
        blocks = [(random.choice(("2019", "2021")), at) for at in range(4)]
        blocks += [("2019", 4)] if random.random() < 0.5 else []
        if random.random() < 0.5:
            random.shuffle(blocks)
        requests = random.choice(("2019", "2021"))
        yield _Mix(
            f"{' '.join(f'{form}.{at}' for form, at in blocks)}, {requests}",
            tuple(blocks),
            requests,
        )


def _pages(random: Random) -> Iterator[Variant]:
    for mix, name in zip(_mixes(random), cycle(_FORMATS), strict=False):
        paper = _paper(mix, random)
        forms = {form for form, _ in mix.blocks} | {mix.requests}
        yield _variant(
            f"{mix.label}: {name}", paper, name, "hybrid" if len(forms) > 1 else mix.requests
        )
    for change in (_drop_captions, _part):
        for mix, name in zip(_mixes(random), cycle(_FORMATS), strict=False):
            paper = _paper(mix, random)
            change(paper)
            forms = {form for form, _ in mix.blocks} | {mix.requests}
            form = "hybrid" if len(forms) > 1 else mix.requests
            yield _variant(f"{change.__name__} {mix.label}: {name}", paper, name, form)
    for name in _FORMATS[:3]:
        paper = _paper(_Mix("", tuple(("2021", at) for at in range(4)), "2021"), random)
        _add_other_services(paper, random)
        yield _variant(f"2021 with {_OTHER_SERVICES}: {name}", paper, name, "hybrid")


def _paper(mix: _Mix, random: Random) -> Paper:
    """A report of 2021 with the first table made of these blocks."""
    parts = {form: _blocks(build_paper(form, random)) for form in ("2019", "2021")}
    paper = build_paper(mix.requests, random)
    paper.title = paper.title.replace("2020", "2021").replace("2022", "2021")
    paper.sheets("proactive")[0].rows = [row for form, at in mix.blocks for row in parts[form][at]]
    paper.keys = _keys(paper)
    return paper


def _keys(paper: Paper) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for row in paper.rows() for key in row.keys))


def _blocks(paper: Paper) -> list[list[Row]]:
    blocks: list[list[Row]] = []
    for row in paper.sheets("proactive")[0].rows:
        if row.boxes[0].text.startswith(_CAPTION):
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _drop_captions(paper: Paper) -> None:
    sheet = paper.sheets("proactive")[0]
    sheet.rows = [row for row in sheet.rows if not row.boxes[0].text.startswith(_CAPTION)]


def _part(paper: Paper) -> None:
    """Print each block as a table of its own."""
    at = paper.at("proactive")
    paper.blocks[at : at + 1] = [Sheet("proactive", rows) for rows in _blocks(paper)]


def _add_other_services(paper: Paper, random: Random) -> None:
    sheet = paper.sheets("proactive")[0]
    at = next(at for at, row in enumerate(sheet.rows) if row.boxes[0].text == "行政许可")
    row = sheet.rows[at].copy()
    key = "proactive.other_services.decisions"
    figure = row.boxes[1]
    row.boxes = [Box(_OTHER_SERVICES), Box(figure.text, figure.colspan, 1, figure.figure, key)]
    row.keys = (key,)
    sheet.rows.insert(at + 1, row)
    paper.keys = _keys(paper)


def _variant(label: str, paper: Paper, name: str, form: str) -> Variant:
    verdict = unless_refused(lambda report: _judge(paper, report, form))
    return Variant(label, f"report.{_suffix(name)}", press(paper, name), verdict)


def _judge(paper: Paper, report: Report, form: str) -> Verdict:
    found = judge(paper, report.cells)
    if found["silent"] or report.form != form:
        return "wrong"
    return "cautious" if found["cautious"] else "right"


def _both(random: Random) -> Iterator[Variant]:
    """Pages that print one block twice, in both forms: nothing of the first table is certain."""
    blocks: Sequence[tuple[str, int]]
    for name in _FORMATS:
        for at in range(4):
            blocks = [*(("2019", n) for n in range(5)), ("2021", at)]
            paper = _paper(_Mix("", tuple(blocks), "2019"), random)
            yield Variant(
                f"block {at} twice: {name}",
                f"report.{_suffix(name)}",
                press(paper, name),
                _nothing_certain,
            )


def _suffix(name: str) -> str:
    return {"word": "html", "html": "html", "docx": "docx"}.get(name, "txt")


@unless_refused
def _nothing_certain(report: Report) -> Verdict:
    first = [cell for cell in report.cells if cell.key.startswith("proactive.")]
    return "wrong" if any(cell.status == "reported" for cell in first) else "right"


KINDS = {
    "blocks of both forms in the first table": Kind(_pages, 0.97),
    "a block printed in both forms": Kind(_both),
}
