"""The smallest tables that show a fault, written on a line, and what is read in them."""

from __future__ import annotations

from indexer.formats.html.reader import read_html
from indexer.records import Cell, Document
from tests.printing import read_tables

HEADS_2019 = "信息内容|本年新制作数量|本年新公开数量|对外公开总数量"
APPLICANTS = "自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计"
RECEIVED = "一、本年新收政府信息公开申请数量"
THREE, FOUR, FIVE = (
    "<p>三、收到和处理政府信息公开申请情况</p>",
    "<p>四、政府信息公开行政复议、行政诉讼情况</p>",
    "<p>五、存在的主要问题及改进情况</p>",
)
DISPUTES = (
    "c5:行政复议|c10:行政诉讼/r2:结果维持|r2:结果纠正|r2:其他结果|r2:尚未审结|r2:总计|c5:未经复议直接起诉|c5:复议后起诉/"
    + "|".join(["结果维持|结果纠正|其他结果|尚未审结|总计"] * 2)
)


def table(rows: str) -> str:
    """A table: `/` separates rows and `|` cells; `c3:` and `r2:` are spans, `~` is a stroke."""
    html = []
    for row in rows.split("/"):
        html.append("<tr>")
        for text in row.split("|"):
            span, _, rest = text.partition(":")
            kind = {"c": "colspan", "r": "rowspan"}.get(span[:1]) if span[1:].isdigit() else None
            html.append(
                f'<td {kind}="{span[1:]}">{rest}</td>'
                if kind
                else f"<td>{text.replace('~', '/')}</td>"
            )
        html.append("</tr>")
    return f"<table>{''.join(html)}</table>"


def page(*parts: str) -> Document:
    return read_html(
        "<html><body>"
        + "".join(p if p.startswith("<p") else table(p) for p in parts)
        + "</body></html>"
    )


def cells(*parts: str, year: int = 2019) -> dict[str, Cell]:
    return {cell.key: cell for cell in read_tables(page(*parts), year).cells}


def row(read: dict[str, Cell], key: str) -> list[tuple[object, str]]:
    return [
        (cell.value, cell.status) for name, cell in read.items() if name.rsplit(".", 1)[0] == key
    ]


def values(read: dict[str, Cell], key: str) -> list[object]:
    assert {status for _, status in row(read, key)} <= {"reported", "blank"}
    return [value for value, _ in row(read, key)]


def reported(read: dict[str, Cell]) -> dict[str, object]:
    return {key: cell.value for key, cell in read.items() if cell.status == "reported"}
