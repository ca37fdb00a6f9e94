"""How a document was read: which heading opened which section, which row of which table was taken for what, and why not more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.forms.form import FormColumn, read_forms
from indexer.records import Block, Document, Grid, Report, SourcePlace
from indexer.report.build import dissect
from indexer.report.sections.openings import find_openings
from indexer.report.tables.form_grids import ParsedGrid
from indexer.report.tables.row_cells import FoundRow, fit_row
from indexer.text.amounts import clean

_WHY = {
    "heads": "表头是格式里的",
    "continued": "接着上一张表",
    "heading": "在这一节的标题之下，行名是格式里的",
    "labels": "有多个行名是格式里的",
    "foreign": "表头不是格式里的，当作注文",
    "unknown": "没有认出格式里的行，当作注文",
}


def explain(document: Document, report: Report) -> list[str]:
    """Return, line by line for a person, how the report was read from the document."""
    title, body, readings = dissect(document)
    lines = [f"{report.sources[0].path}：{document.media_type}，{report.form} 格式"]
    lines.append(f"标题：{title.text}" if title else "标题：正文里没有")
    if document.lost:
        lines.append(
            f"原文件有 {document.lost} 处的字节解不开，以 � 代替；含 � 的格不作数，含 � 的段落不核对"
        )
    for place in document.pictures:
        where = f"第 {place.page} 页" if place.page else f"第 {place.line} 行"
        lines.append(f"{where}是图片，其中若有文字或表格，没有读出")
    tables = iter(readings)
    openings = {opening.at: opening.heading for opening in find_openings(body)}
    number = 0
    for at, block in enumerate(body):
        if at in openings:
            lines.append(f"章节 {openings[at].key}：{_place(block)}「{openings[at].text}」")
        if isinstance(block, Grid):
            number += 1
            lines += _explain_table(number, next(tables), report)
    return lines + _missing(report)


def _explain_table(number: int, reading: ParsedGrid, report: Report) -> Iterator[str]:
    yield f"  表 {number}：{_WHY[reading.why]}；{len(reading.rows)} 行，注文 {len(reading.notes)} 条"
    if reading.heads:
        yield "    列：" + "，".join(f"{text} → {key}" for key, text in reading.heads)
    for row in reading.rows:
        yield f"    {_place(row)}「{row.label or '（无行名）'}」→ {row.section}.{row.key or '15 格'}：{_fit(row, report)}"
    for note in reading.notes:
        yield f"    注文「{note[:60]}」"


def _fit(row: FoundRow, report: Report) -> str:
    columns = _columns(row, report)
    if not columns:
        return f"{len(row.values)} 格，本格式没有这一行"
    fit = fit_row(row, columns)
    printed = sum(1 for cell in row.values if clean(cell.text))
    return f"{len(row.values)} 格，印了 {printed} 格；" + (
        f"存疑：{fit.doubt}" if fit.doubt else "各格有定"
    )


def _columns(row: FoundRow, report: Report) -> Sequence[FormColumn]:
    """Return the columns the row's cells were laid on; a row of all disputes has those of its three parts."""
    of_report = {cell.key for cell in report.cells}
    tables = [table for form in read_forms().values() for table in form.tables_of(row.section)]
    if row.section == "disputes" and not row.key:
        return tables[0].columns * len(tables[0].rows)
    fitting = [
        tuple(
            column
            for column in table.columns
            if f"{row.section}.{row.key}.{column.key}" in of_report
        )
        for table in tables
    ]
    return max(fitting, key=len)


def _missing(report: Report) -> list[str]:
    rows = dict.fromkeys(cell.key.rsplit(".", 1)[0] for cell in report.cells)
    printed = {cell.key.rsplit(".", 1)[0] for cell in report.cells if cell.status != "missing"}
    absent = [row for row in rows if row not in printed]
    return [f"没有找到的行：{'，'.join(absent)}"] if absent else []


def _place(found: Block | FoundRow) -> str:
    if isinstance(found, FoundRow):
        place = found.values[0].place if found.values else SourcePlace()
        return f"第 {place.row} 行" if place.row else ""
    return f"第 {found.place.line} 行" if not isinstance(found, Grid) and found.place.line else ""
