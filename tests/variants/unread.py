"""Missing tables and tables that do not fit the form: a finding says so, no number appears."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from indexer.errors import SourceError
from indexer.messages import render
from indexer.records import Report
from tests.damage.paper import Box, Paper, Sheet, build_paper
from tests.damage.press import press
from tests.variants import Judge, Kind, Variant, Verdict

_FORMATS = (("pipes", "txt"), ("html", "html"), ("docx", "docx"), ("cell_lines", "txt"))
_NAMES = {"proactive": "主动公开", "requests": "申请办理", "disputes": "复议和诉讼"}


def _pages(random: Random) -> Iterator[Variant]:
    for name, suffix in _FORMATS:
        for generation in ("2019", "2021"):
            for lost in (tuple(_NAMES), ("requests",), ("proactive", "disputes")):
                paper = build_paper(generation, random)
                _lose(paper, lost)
                label = f"without {', '.join(lost)}, {generation}: {name}"
                yield Variant(
                    label, f"r.{suffix}", press(paper, name), _says(*(_NAMES[one] for one in lost))
                )
            paper = build_paper(generation, random)
            label = _relabel(paper)
            yield Variant(f"unknown label: {name}", f"r.{suffix}", press(paper, name), _says(label))
            paper = build_paper(generation, random)
            yield Variant(
                f"whole, {generation}: {name}", f"r.{suffix}", press(paper, name), _silent
            )


def _lose(paper: Paper, sections: tuple[str, ...]) -> None:
    paper.blocks = [b for b in paper.blocks if not (isinstance(b, Sheet) and b.section in sections)]


def _relabel(paper: Paper) -> str:
    """Give a row of the first table a label that no form has."""
    row = next(row for row in paper.rows() if row.boxes[0].text == "行政处罚")
    row.boxes[0] = Box("监督检查结果")
    return row.boxes[0].text


def _flat(random: Random) -> Iterator[Variant]:
    """Rows are lines below a heading, with too few figures and prose between them."""
    for number in range(6):
        figures = [str(random.randint(1, 99)) for _ in range(7)]
        lines = [
            "赣州市南康区唐江镇人民政府2022年政府信息公开工作年度报告",
            "一、总体情况",
            "我镇按要求做好公开工作。",
            "二、主动公开政府信息情况",
            f"行政许可 {figures[0]}",
            "公开渠道进一步拓宽，群众反映较好。",
            "三、收到和处理政府信息公开申请情况",
            f"一、本年新收政府信息公开申请数量 {' '.join(figures[: 3 + number % 4])}",
        ]
        yield Variant(f"lines {number}", "r.txt", "\n".join(lines).encode(), _says("没有读到"))


def _says(*words: str) -> Judge:
    def judge(report: Report | SourceError) -> Verdict:
        if isinstance(report, SourceError):
            return "wrong"
        found = [finding for finding in report.findings if finding.rule == "form.unread"]
        said = [
            finding for finding in found if all(word in render(finding.message) for word in words)
        ]
        return (
            "right" if len(found) == len(said) == 1 and said[0].severity == "unjudged" else "wrong"
        )

    return judge


def _silent(report: Report | SourceError) -> Verdict:
    unread = isinstance(report, SourceError) or any(
        finding.rule == "form.unread" for finding in report.findings
    )
    return "wrong" if unread else "right"


KINDS = {"tables and rows that are not read": Kind(_pages), "rows printed as lines": Kind(_flat)}
