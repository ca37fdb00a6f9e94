"""Files with a report's title: data, logs, lists and templates are refused, reports read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random

from indexer.errors import NotAReport, SourceError
from indexer.messages import render
from indexer.records import Report
from tests.damage.paper import Box, Sheet, build_paper
from tests.damage.press import press
from tests.variants import Judge, Kind, Variant, Verdict

_BODIES = (
    "高安市教育局",
    "泰和县塘洲镇人民政府",
    "曲阜市发展和改革局",
    "商城县",
    "唐江镇",
    "奉新县水利局",
)
_HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)
_PLACES = (
    "XX县XX局20XX年",
    "××镇人民政府××××年",
    "____年",
    "某局XXXX年度",
    "（单位名称）2023年",
    "***局2023年",
    "○○县2023年",
)


def _title(random: Random, body: str | None = None) -> str:
    return f"{body or random.choice(_BODIES)}{random.randint(2015, 2024)}年政府信息公开工作年度报告"


def _data(random: Random) -> Iterator[tuple[str, str]]:
    titles = [_title(random, body) for body in _BODIES[: random.randint(1, 6)]]
    one = titles[0]
    records = [{"title": title, "url": f"/a/{at}.html"} for at, title in enumerate(titles)]
    yield "list.json", json.dumps(records, ensure_ascii=False, indent=random.choice((None, 2)))
    yield (
        "one.json",
        json.dumps({"title": one, "content": "\n".join(_HEADINGS)}, ensure_ascii=False, indent=2),
    )
    yield "lines.jsonl", "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    yield (
        "list.csv",
        "title,url\n"
        + "\n".join(f"{title},http://a.gov.cn/{at}" for at, title in enumerate(titles)),
    )
    yield (
        "list.tsv",
        "path\ttitle\n" + "\n".join(f"{at}.html\t{title}" for at, title in enumerate(titles)),
    )
    yield "one.yaml", f"title: {one}\nyear: 2023\nurl: http://a.gov.cn/1\n"
    yield "one.ini", f"[report]\ntitle = {one}\nyear = 2023\n"
    yield "one.sql", f"INSERT INTO reports (title) VALUES ('{one}');\nSELECT * FROM reports;\n"
    yield "title.py", f'import re\n\nTITLE = "{one}"\n\n\ndef main():\n    print(TITLE)\n'
    yield (
        "comment.py",
        f"# {one}\nimport re\n\n\ndef main(path):\n    return re.sub('x', '', path)\n",
    )
    yield (
        "list.js",
        "\n".join(["var reports = [", *(f'  {{name: "{title}"}},' for title in titles), "];"]),
    )
    yield (
        "fetch.log",
        "\n".join(f"2024-01-20 10:11:1{at} INFO 已下载 {title}" for at, title in enumerate(titles)),
    )
    yield "short.log", f"[10:11:12] GET /a/1.html {one}\n[10:11:13] done\n"


def _lists(random: Random) -> Iterator[tuple[str, str]]:
    body = random.choice(_BODIES)
    years = [
        f"{body}{year}年政府信息公开工作年度报告"
        for year in range(2019, 2019 + random.randint(2, 6))
    ]
    several = [_title(random, body) for body in _BODIES]
    for titles in (years, several):
        items = "".join(
            f'<li><a href="/a/{t}">{title}</a> 2024-01-2{t}</li>' for t, title in enumerate(titles)
        )
        yield (
            "list.html",
            (
                f"<html><head><title>政府信息公开年报</title></head><body><ul>{items}</ul></"
                "body></html>"
            ),
        )
        rows = "".join(
            f"<tr><td>{t}</td><td>{title}</td><td>2024-01-20</td></tr>"
            for t, title in enumerate(titles)
        )
        yield (
            "table.html",
            f"<html><head><title>年报</title></head><body><table>{rows}</table></body></html>",
        )
        yield (
            "list.txt",
            "\n".join(
                ["政府信息公开年报", *(f"{title} 2024-01-20" for title in titles), "上一页 下一页"]
            ),
        )
        yield (
            "list.md",
            "\n".join(
                f"- [{title}](https://www.a.gov.cn/zwgk/{t}.html)" for t, title in enumerate(titles)
            ),
        )


def _templates(random: Random) -> Iterator[Variant]:
    for name, suffix in (
        ("pipes", "txt"),
        ("html", "html"),
        ("docx", "docx"),
        ("cell_lines", "txt"),
    ):
        for generation in ("2019", "2021"):
            for place in (*random.sample(_PLACES, 3), ""):
                paper = build_paper(generation, random)
                paper.title = f"{place}政府信息公开工作年度报告"
                for row in paper.rows():
                    row.boxes = [
                        Box(b.text if not b.key else "", b.colspan, b.rowspan) for b in row.boxes
                    ]
                paper.blocks = [b for b in paper.blocks if isinstance(b, Sheet) or b[1:2] == "、"]
                yield Variant(
                    f"{paper.title}: {name}", f"r.{suffix}", press(paper, name), _refused("模板")
                )


def _refusals(
    files: Callable[[Random], Iterator[tuple[str, str]]], word: str
) -> Callable[[Random], Iterator[Variant]]:
    def pages(random: Random) -> Iterator[Variant]:
        for _ in range(3):
            for name, text in files(random):
                yield Variant(name, name, text.encode(), _refused(word))

    return pages


def _short(random: Random) -> Iterator[Variant]:
    """Reports of a few lines, with what looks like data or a list beside them."""
    for body in _BODIES:
        title = _title(random, body)
        for name, text in {
            "sentence": (
                f"{title}\n全年主动公开信息{random.randint(2, 99)}条，网址http://a.gov.cn/"
                "list?id=3。"
            ),
            "sections": f"{title}\n{_HEADINGS[0]}\n公开及时。\n{_HEADINGS[1]}\n共公开9条。",
            "marks": (
                f"{title}\n\n公开渠道: 网站; 公众号;\n收到申请: 3件;\n按时答复，没有收费，"
                "没有复议和诉讼。"
            ),
            "others": (
                f"{title}\n上一篇：{_title(random)}\n下一篇：{_title(random)}\n{_HEADINGS[0]}\n"
                "公开9条，答复3件。"
            ),
            "cited": (
                f"{title}\n对照《{_title(random)}》，今年公开的信息多了九条，"
                "收到的申请少了三件，都已按时答复。"
            ),
        }.items():
            yield Variant(f"{name}: {title}", "r.txt", text.encode(), _read(title))


def _refused(word: str) -> Judge:
    def judge(read: Report | SourceError) -> Verdict:
        refused = isinstance(read, NotAReport)
        return "wrong" if not refused else "right" if word in render(read.message) else "cautious"

    return judge


def _read(title: str) -> Judge:
    return lambda read: (
        "right" if isinstance(read, Report) and read.identity.title == title else "wrong"
    )


KINDS = {
    "data, programs and logs": Kind(_refusals(_data, "年报")),
    "lists of reports": Kind(_refusals(_lists, "目录")),
    "blank templates": Kind(_templates),
    "reports of a few lines": Kind(_short),
}
