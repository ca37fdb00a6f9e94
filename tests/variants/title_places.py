"""Titles where pages print them: below menus and columns, in rows of metadata, at the end of the
way to the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from indexer.records import Report
from tests.variants import Kind, Variant, Verdict, unless_refused

_BODIES = (
    ("高安市教育局", "department"),
    ("高安市应急管理局", "department"),
    ("高安市田南镇人民政府", "township"),
    ("宜春市人民政府", "prefecture"),
)
_TITLES = (
    "{}{}年政府信息公开工作年度报告",
    "{}{}年度政府信息公开年报",
    "{1}年{0}政府信息公开工作年度报告",
)
_LABELS = (
    "标题",
    "名称",
    "信息名称",
    "标 题",
    "名　称",
    "文件名称",
    "公文标题",
    "【标题】",
    "题名",
)
_AFTER_LABEL = ("：", ":", " ", " : ", "： ", " | ", "｜")
_TAILS = (
    "",
    " |",
    " | ||",
    " 索引号：016/2024-8",
    "　发布机构：市教育局　公开日期：2024-01-13",
    " 文号: 无 | 有效性: 有效",
)
_ROWS = ("索引号 016/2024-00008 分类 信息公开年报", "发布机构 市教育局 公开日期 2024-01-13")
_LEADS = (
    "首页",
    "当前位置：首页",
    "当前位置: 网站首页",
    "您现在的位置：首页",
    "您所在的位置:首页",
    "位置：首页",
    "| 当前位置：首页",
)
_STEPS = (" > ", ">", " >> ", " » ", " / ", " → ", "｜", " · ", " - ", "-", " › ", "＞", " | ", "→")
_COLUMNS = (
    ("政府信息公开",),
    ("政务公开", "政府信息公开年报"),
    ("信息公开", "法定主动公开内容", "政府信息公开年度报告"),
)
_MENU = (
    "网站首页",
    "政府信息公开",
    "政务服务",
    "市情",
    "数据",
    "专题",
    "登录",
    "注册",
    "无障碍",
    "长者版",
    "信息公开年报",
    "繁体",
)


def _labelled(random: Random) -> Iterator[Variant]:
    for label in _LABELS:
        for after in _AFTER_LABEL:
            tail = random.choice(_TAILS)
            yield _page(
                random,
                f"{label}{after}{tail}",
                lambda t, a=f"{label}{after}", b=tail: [a + t + b, *_ROWS],
            )


def _cells(random: Random) -> Iterator[Variant]:
    """Rows of a table of metadata in Markdown, the title in any of their cells."""
    for label in _LABELS:
        for colon in ("", "：", ":"):
            for row in (
                "| {0} | {1} | ||",
                "| {0} | {1} |",
                "| 索引号 | 12/2024 | {0} | {1} |",
                "|{0}|{1}|分类|年报|",
                "{0}\t{1}",
            ):
                rest = ["|---|---|---|---|"] if random.random() < 0.5 else []
                rest += ["| 发文日期： | 2024-01-20 | 发布机构： | 市局 |"]
                printed = label + colon
                yield _page(
                    random,
                    row.format(printed, ""),
                    lambda t, r=row, p=printed, x=rest: [r.format(p, t), *x],
                )


def _above_and_below(random: Random) -> Iterator[Variant]:
    """The title stands alone on its line, below the names of site and column and a label with the
    same title.
    """
    for body, _ in _BODIES:
        for above in (
            [body],
            ["高安市人民政府"],
            ["中国·高安"],
            [body, "政府信息公开"],
            ["信息公开专栏"],
        ):
            for label in ("名称 {}", "标题：{}", "| 名称 | {} |", ""):
                rows = [label, *_ROWS] if label else []

                def lines(
                    title: str, above: list[str] = above, rows: list[str] = rows
                ) -> list[str]:
                    return [*above, *(row.format(title) for row in rows), title]

                yield _page(random, "/".join(above) + label, lines)


def _one_line(random: Random) -> Iterator[Variant]:
    """The names of site and column, or other labels, stand before the title on its line."""
    for before in (
        "高安市人民政府 政府信息公开 ",
        "中国·高安门户网站　",
        "政府信息公开年报 ",
        "高安市人民政府 名称 ",
        "索引号：016/2024-8 名称：",
        "分类：年报；标题：",
        "# ",
        "## **",
        "│标题│",
        "• ",
        "公告：",
        "[2019-02-03] ",
        "2019-02-03　",
        "1. ",
        "[热]",
        "【置顶】",
        "高教字〔2019〕3号 ",
    ):
        for after in (
            "",
            " 文号：无",
            "　发布机构：市局",
            " 【发布机构】市局 【日期】2019-2-3",
            " 2019-02-03",
        ):
            behind = (
                after
                if before not in ("# ", "## **", "│标题│")
                else {"## **": "**", "│标题│": "│"}.get(before, "")
            )
            yield _page(random, before + behind, lambda t, a=before, b=behind: [a + t + b])


def _own_titles(random: Random) -> Iterator[Variant]:
    """The page's own title alone has it, behind the names of site and column, or the last item of
    a list is it.
    """
    for before in ("高安市人民政府 政府信息公开 ", "中国·高安门户网站 年报 ", ""):
        for list_of in (
            "<ul><li><a>首页</a></li><li>年报</li><li>{}</li></ul>",
            "<ol><li>首页</li><li>{}</li></ol>",
            "",
        ):
            if before or list_of:
                yield _web_page(random, before, list_of)


def _web_page(random: Random, before: str, list_of: str) -> Variant:
    page = _page(random, f"{before} {list_of}", lambda title: [title])
    title, *rest = page.data.decode().split("\n")
    article = "".join(f"<p>{line}</p>" for line in rest)
    head = before + title if before else "高安市"
    html = (
        f"<html><head><title>{head}</title></head><body>{list_of.format(title)}<div>{article}</"
        "div></body></html>"
    )
    return replace(page, name="report.html", data=html.encode())


def _paths(random: Random) -> Iterator[Variant]:
    for lead in _LEADS:
        for step in _STEPS:
            columns = random.choice(_COLUMNS)
            last = random.choice(("", step + "正文")) if step not in ("-", "｜") else ""

            def lines(
                title: str,
                parts: tuple[str, ...] = (lead, *columns),
                step: str = step,
                last: str = last,
            ) -> list[str]:
                return [step.join((*parts, title)) + last]

            yield _page(random, lead + step, lines)
    for step in (" > ", " » ", " → "):
        yield _page(
            random,
            "without a lead" + step,
            lambda t, s=step: [s.join(("高安市人民政府", "政务公开", t))],
        )
        yield _page(
            random,
            "links" + step,
            lambda t, s=step: [s.join(("[首页](/)", "[年报](/a/b.html)", t))],
        )
        yield _page(
            random,
            "a step a line" + step,
            lambda t, s=step: ["首页", f"{s.strip()} 年报", f"{s.strip()} {t}"],
        )


def _menus(random: Random) -> Iterator[Variant]:
    """Menus of any length above the title."""
    for length in (0, 5, 18, 26, 40, 90):
        for mark in ("", "• ", "- ", "* "):
            menu = [mark + random.choice(_MENU) for _ in range(length)]
            yield _page(random, f"{length}{mark}", lambda t, m=menu: [*m, t])


def _columns_alone(random: Random) -> Iterator[Variant]:
    """The way to the page ends in a column that is named like a report: no title, so nothing is
    read from it.
    """
    for column in (
        "政府信息公开年报",
        "政府信息公开工作年度报告",
        "高安市政府信息公开年报",
        "2023年政府信息公开年报",
    ):
        for step in (" > ", " » "):
            text = "\n".join(
                [step.join(("首页", "政务公开", column)), *_TEXT.format(2023).splitlines()]
            )
            yield Variant(step + column, "report.txt", text.encode(), _judge_column)


@unless_refused
def _judge_column(report: Report) -> Verdict:
    found = report.identity
    return "right" if not found.title_printed and found.body is None else "wrong"


_TEXT = (
    "一、总体情况\n{0}年，依法公开信息。\n二、主动公开政府信息情况\n无。\n三、"
    "收到和处理政府信息公开申请情况\n无。"
)


def _page(random: Random, label: str, lines: Callable[[str], list[str]]) -> Variant:
    body, level = random.choice(_BODIES)
    year = random.randint(2010, 2018)
    title = random.choice(_TITLES).format(body, year)
    text = "\n".join([*lines(title), *_TEXT.format(year).splitlines()])

    @unless_refused
    def judge(report: Report) -> Verdict:
        found = report.identity
        if (found.title, found.title_printed, found.body, found.level) == (
            title,
            True,
            body,
            level,
        ):
            return "right"
        silent = not found.title_printed and found.body in (None, body)
        return "cautious" if silent else "wrong"

    return Variant(
        label, "report.md" if label.startswith("|") else "report.txt", text.encode(), judge
    )


KINDS = {
    "titles behind a label": Kind(_labelled),
    "titles in rows of metadata": Kind(_cells),
    "titles below site, column and label": Kind(_above_and_below),
    "titles behind site and column on a line": Kind(_one_line),
    "titles of the page itself": Kind(_own_titles),
    "titles at the end of the way to the page": Kind(_paths),
    "titles below menus": Kind(_menus),
    "columns named like reports": Kind(_columns_alone),
}
