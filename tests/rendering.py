"""Renders a report's cells and prose the way clerks and content management systems do, to be read
back.

The layout of the forms is written out here anew, from the circulars, and not taken from the code
under test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

APPLICANTS = (
    "natural_person",
    "business",
    "research",
    "nonprofit",
    "legal_service",
    "other_organisation",
    "total",
)
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
DISPUTES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")

HEADINGS = {
    "overview": "一、总体情况",
    "proactive": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "disputes": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other": "六、其他需要报告的事项",
}

_DENIED = (
    ("denied_state_secret", "1.属于国家秘密"),
    ("denied_prohibited_by_law", "2.其他法律行政法规禁止公开"),
    ("denied_security_stability", "3.危及“三安全一稳定”"),
    ("denied_third_party", "4.保护第三方合法权益"),
    ("denied_internal_affairs", "5.属于三类内部事务信息"),
    ("denied_deliberative", "6.属于四类过程性信息"),
    ("denied_enforcement_file", "7.属于行政执法案卷"),
    ("denied_administrative_query", "8.属于行政查询事项"),
)
_UNAVAILABLE = (
    ("unavailable_not_held", "1.本机关不掌握相关政府信息"),
    ("unavailable_must_create", "2.没有现成信息需要另行制作"),
    ("unavailable_unclear", "3.补正后申请内容仍不明确"),
)
_REJECTED = (
    ("rejected_petition", "1.信访举报投诉类申请"),
    ("rejected_repeat", "2.重复申请"),
    ("rejected_publication", "3.要求提供公开出版物"),
    ("rejected_excessive", "4.无正当理由大量反复申请"),
    ("rejected_confirmation", "5.要求行政机关确认或重新出具已获取信息"),
)
_OTHER_2021 = (
    ("other_uncorrected", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_misc", "3.其他"),
)
_PROACTIVE_2019 = (
    (
        "第二十条第（一）项",
        ("made", "disclosed", "disclosed_total"),
        ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
        (("regulations", "规章"), ("normative_documents", "规范性文件")),
    ),
    (
        "第二十条第（五）项",
        ("items_last_year", "items_change", "decisions"),
        ("上一年项目数量", "本年增/减", "处理决定数量"),
        (("licensing", "行政许可"), ("other_services", "其他对外管理服务事项")),
    ),
    (
        "第二十条第（六）项",
        ("items_last_year", "items_change", "decisions"),
        ("上一年项目数量", "本年增/减", "处理决定数量"),
        (("penalties", "行政处罚"), ("coercion", "行政强制")),
    ),
    (
        "第二十条第（八）项",
        ("items_last_year", "items_change"),
        ("上一年项目数量", "本年增/减"),
        (("fees", "行政事业性收费"),),
    ),
    (
        "第二十条第（九）项",
        ("items", "amount_yuan"),
        ("采购项目数量", "采购总金额"),
        (("procurement", "政府集中采购"),),
    ),
)
_PROACTIVE_2021 = (
    (
        "第二十条第（一）项",
        ("issued", "repealed", "in_force"),
        ("本年制发件数", "本年废止件数", "现行有效件数"),
        (("regulations", "规章"), ("normative_documents", "行政规范性文件")),
    ),
    ("第二十条第（五）项", ("decisions",), ("本年处理决定数量",), (("licensing", "行政许可"),)),
    (
        "第二十条第（六）项",
        ("decisions",),
        ("本年处理决定数量",),
        (("penalties", "行政处罚"), ("coercion", "行政强制")),
    ),
    (
        "第二十条第（八）项",
        ("amount_yuan",),
        ("本年收费金额（单位：万元）",),
        (("fees", "行政事业性收费"),),
    ),
)


@dataclass(frozen=True)
class Printed:
    """A report as it is to be printed: raw texts by cell key (a key left out: the row is too short
    for it), prose by section.
    """

    title: str
    raws: Mapping[str, str]
    prose: Mapping[str, Sequence[str]]
    generation: str = "2019"
    headings: Mapping[str, str] = field(default_factory=lambda: HEADINGS)


@dataclass(frozen=True)
class Td:
    """A cell of a table on the page."""

    text: str
    colspan: int = 1
    rowspan: int = 1


def proactive_rows(printed: Printed) -> Iterator[list[Td]]:
    """The rows of the first table, four columns wide."""
    parts = _PROACTIVE_2019 if printed.generation == "2019" else _PROACTIVE_2021
    for caption, columns, heads, rows in parts:
        spans = _spread(len(columns), 3)
        yield [Td(caption, 4)]
        yield [Td("信息内容"), *(Td(head, span) for head, span in zip(heads, spans, strict=True))]
        for row, label in rows:
            raws = _values(printed, f"proactive.{row}", columns)
            yield [Td(label), *(Td(raw, span) for raw, span in zip(raws, spans, strict=False))]


def request_rows(printed: Printed) -> Iterator[list[Td]]:
    """The rows of the request table: three label columns and seven for figures, spans as
    prescribed.
    """
    yield [
        Td("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
        Td("申请人情况", 7),
    ]
    yield [Td("自然人", 1, 2), Td("法人或其他组织", 5), Td("总计", 1, 2)]
    yield [Td(head) for head in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")]
    yield [Td("一、本年新收政府信息公开申请数量", 3), *_tds(printed, "received")]
    yield [Td("二、上年结转政府信息公开申请数量", 3), *_tds(printed, "carried_in")]
    results = list(_result_rows(printed))
    results[0].insert(0, Td("三、本年度办理结果", 1, len(results)))
    yield from results
    yield [Td("四、结转下年度继续办理", 3), *_tds(printed, "carried_out")]


def _result_rows(printed: Printed) -> Iterator[list[Td]]:
    yield [Td("（一）予以公开", 2), *_tds(printed, "granted")]
    yield [
        Td("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 2),
        *_tds(printed, "partially_granted"),
    ]
    groups = [
        ("（三）不予公开", _DENIED),
        ("（四）无法提供", _UNAVAILABLE),
        ("（五）不予处理", _REJECTED),
    ]
    if printed.generation != "2019":
        groups.append(("（六）其他处理", _OTHER_2021))
    for name, rows in groups:
        for at, (key, label) in enumerate(rows):
            yield [*([Td(name, 1, len(rows))] if at == 0 else []), Td(label), *_tds(printed, key)]
    if printed.generation == "2019":
        yield [Td("（六）其他处理", 2), *_tds(printed, "other")]
    yield [Td("（七）总计", 2), *_tds(printed, "disposed")]


def dispute_rows(printed: Printed) -> Iterator[list[Td]]:
    """The rows of the last table: fifteen figures in one row."""
    heads = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    yield [Td("行政复议", 5), Td("行政诉讼", 10)]
    yield [*(Td(head, 1, 2) for head in heads), Td("未经复议直接起诉", 5), Td("复议后起诉", 5)]
    yield [Td(head) for head in (*heads, *heads)]
    yield [Td(raw) for row in DISPUTES for raw in _values(printed, f"disputes.{row}", OUTCOMES)]


TABLES = {"proactive": proactive_rows, "requests": request_rows, "disputes": dispute_rows}


def render_txt(printed: Printed) -> str:
    """As copied from a word processor: every cell on a line of its own behind a tab, a blank line
    after each row.
    """
    lines = [printed.title, *printed.prose.get("preamble", ())]
    for key, heading in printed.headings.items():
        lines += [heading, *printed.prose.get(key, ())]
        if key in TABLES:
            for row in _with_empty(list(TABLES[key](printed))):
                lines += [f"\t{text}" for text in row] + [""]
            lines += ["", ""]
    return "\n".join([*lines, *printed.prose.get("closing", ())])


def render_html(printed: Printed, page: str = "plain") -> str:
    """As a content management system emits it: `plain` markup, `word` pasted from Word, or
    `nested` in tables for layout.
    """
    parts = [_p(text, page) for text in printed.prose.get("preamble", ())]
    for key, heading in printed.headings.items():
        parts.append(_p(heading, page))
        parts += [_p(text, page) for text in printed.prose.get(key, ())]
        if key in TABLES:
            parts.append(_table(TABLES[key](printed), page))
    parts += [
        f'<p style="text-align:right">{escape(text)}</p>'
        for text in printed.prose.get("closing", ())
    ]
    return fill_page(page, printed.title, "\n".join(parts))


def fill_page(page: str, title: str, article: str) -> str:
    """The site's page of this kind around an article."""
    return _PAGES[page].replace("{title}", escape(title)).replace("{article}", article)


def _p(text: str, page: str) -> str:
    if page != "word":
        return f"<p>　　{escape(text)}</p>"
    middle = len(text) // 2
    left, right = escape(text[:middle]), escape(text[middle:])
    return (
        '<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt">'
        '<span style="font-family:仿宋_GB2312">'
        f'{left}</span><span lang="EN-US"><o:p></o:p></span>'
        f'<span style="font-size:16.0pt">{right}</span></p>'
    )


def _table(rows: Iterator[list[Td]], page: str) -> str:
    body = "\n".join("<tr>" + "".join(_td(cell, page) for cell in row) + "</tr>" for row in rows)
    style = (
        ' class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0"'
        if page == "word"
        else ' border="1"'
    )
    return f"<table{style}>\n<tbody>\n{body}\n</tbody></table>"


def _td(cell: Td, page: str) -> str:
    spans = (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (
        f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    )
    text = escape(cell.text)
    if page == "word":
        pieces = "".join(
            f'<span lang="EN-US">{escape(piece)}</span>' for piece in word_pieces(cell.text)
        )
        text = f'<p class="MsoNormal" align="center">{pieces or "&nbsp;"}</p>'
    return f"<td{spans}>{text}</td>"


def word_pieces(text: str) -> list[str]:
    """Word splits a text where it pleases, numbers too."""
    return [text[at : at + 2] for at in range(0, len(text), 2)]


def _tds(printed: Printed, row: str) -> list[Td]:
    return [Td(raw) for raw in _values(printed, f"requests.{row}", APPLICANTS)]


def _values(printed: Printed, row: str, columns: Sequence[str]) -> list[str]:
    keys = [f"{row}.{column}" for column in columns]
    return [printed.raws[key] for key in keys if key in printed.raws]


def _spread(cells: int, columns: int) -> list[int]:
    """Return how many columns each cell spans; the last one takes the columns that are left."""
    return [1] * (cells - 1) + [columns - cells + 1]


def _with_empty(rows: list[list[Td]]) -> Iterator[list[str]]:
    """Return the texts of each row, with an empty cell where one above reaches down."""
    held: dict[int, int] = {}
    for row in rows:
        texts: list[str] = []
        column = 0
        queue = list(row)
        while queue or any(at >= column for at in held):
            if held.get(column):
                texts.append("")
                held[column] -= 1
                if not held[column]:
                    del held[column]
                column += 1
            elif queue:
                cell = queue.pop(0)
                texts.append(cell.text)
                if cell.rowspan > 1:
                    held[column] = cell.rowspan - 1
                column += cell.colspan
            else:
                column = _next_held(held, column)
        yield texts


def _next_held(held: Iterable[int], column: int) -> int:
    return min(at for at in held if at >= column)


_NAV = """<div class="header"><a href="/">首页</a><ul class="nav"><li>\
<a href="/zwgk/">政务公开</a></li><li><a href="/bsfw/">办事服务</a></li>
<li><a href="/nb/2018.html">2018年政府信息公开工作年度报告</a></li></ul></div>
<div class="crumb">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政府信息公开</a>\
 &gt; 年度报告</div>"""
_FOOT = """<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a>\
 【打印】【关闭】</div>
<div class="footer"><p>主办：市人民政府办公室　网站标识码：0000000000</p><p>备案号：00000000</p>\
</div>
<script>var page = "一、总体情况";</script>"""
_HEAD = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2021-01-20 10:21">\
<title>{title}_政府网站</title>
<style>.a{color:red}</style></head><body>"""
_PAGES = {
    "plain": f"""<!DOCTYPE html>{_HEAD}{_NAV}<div class="main"><h1>{{title}}</h1>
<div class="info">发布时间：2021-01-20 来源：办公室 浏览次数：<span id="hits">12</span></div>
<div class="TRS_Editor">{{article}}</div></div>{_FOOT}</body></html>""",
    "word": f"""{_HEAD}{_NAV}<div id="zoom"><div class="TRS_UEDITOR trs_paper_default">
<p align="center" class="MsoNormal"><b><span>{{title}}</span></b></p>{{article}}</div>\
</div>{_FOOT}</body></html>""",
    "nested": f"""{_HEAD}<table width="1000"><tr><td>{_NAV}</td></tr><tr><td><table><tr>\
<td width="200"><a href="#">目录</a></td>
<td><table><tr><td class="title">{{title}}</td></tr><tr><td class="content">{{article}}</td></tr>\
</table></td></tr></table></td></tr>
<tr><td>{_FOOT}</td></tr></table></body></html>""",
}
