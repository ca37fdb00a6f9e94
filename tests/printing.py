"""Strategies and builders of printed reports, for tests that read them back."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from indexer.forms.form import read_forms
from indexer.records import Cell, Document, Line
from indexer.report.tables.build import ParsedForm, read_form
from indexer.report.tables.form_grids import read_grids
from tests.rendering import Printed

PROSE = {
    "preamble": [
        "根据《中华人民共和国政府信息公开条例》要求，现将本镇政府信息公开工作年度报告公布如下。"
    ],
    "overview": [
        "本年度主动公开政府信息12条，及时回应社会关切。",
        "（一）主动公开情况。按要求公开。",
    ],
    "problems": ["一是公开不够及时；二是人手不足。下一步加强培训。"],
    "other": ["无其他需要报告的事项。"],
    "closing": ["某某镇人民政府", "2020年1月20日"],
}

_COUNTS = st.integers(0, 99_999)
_NUMBERS = st.one_of(
    st.just("0"),
    _COUNTS.map(str),
    _COUNTS.map(lambda n: f"{n}件"),
    _COUNTS.map(lambda n: f"\xa0{n} "),
    _COUNTS.map(lambda n: f"{n:,}"),
    _COUNTS.map(lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)})),
)
_OTHERS = st.sampled_from(["", "/", "—", "无", "若干", "见附件", "30余", "-5", "+3"])
RAWS = st.one_of(_NUMBERS, _NUMBERS, _NUMBERS, _OTHERS)


@st.composite
def printed_reports(draw: st.DrawFn, generation: str | None = None) -> Printed:
    """A report of either form with anything in its cells, every row complete."""
    form = read_forms()[generation or draw(st.sampled_from(["2019", "2021"]))]
    keys = form.keys()
    filled = draw(st.lists(RAWS, min_size=8, max_size=24))
    places = draw(
        st.lists(st.sampled_from(keys), min_size=len(filled), max_size=len(filled), unique=True)
    )
    raws = dict.fromkeys(keys, "0") | dict(zip(places, filled, strict=True))
    return Printed("某某镇2019年政府信息公开工作年度报告", raws, PROSE, form.name)


def printed_from(
    expected: Mapping[str, Mapping[str, object]], title: str, prose: Mapping[str, list[str]]
) -> Printed:
    """The report with these expected cells, as printed: a missing cell is not printed at all."""
    raws = {key: str(cell["raw"]) for key, cell in expected.items() if cell["status"] != "missing"}
    return Printed(title, raws, prose)


def read_tables(document: Document, year: int | None = 2019) -> ParsedForm:
    """What the tables of a document hold."""
    return read_form(read_grids(document.blocks), year)


def lines(document: Document) -> list[str]:
    """The lines of a document."""
    return [block.text for block in document.blocks if isinstance(block, Line)]


def said(cells: tuple[Cell, ...]) -> dict[str, tuple[object, str, str | None]]:
    """Value, status and unit by key: what must be the same in every rendering of a report."""
    return {cell.key: (cell.value, cell.status, cell.unit) for cell in cells}
