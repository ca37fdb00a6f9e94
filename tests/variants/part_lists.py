"""Totals and the parts after them: whole, too many, with one lost, or going on otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random

from indexer.errors import SourceError
from indexer.forms.form import read_forms
from indexer.messages import render
from indexer.records import Report
from tests.rendering import Printed
from tests.rendering_text import render_text
from tests.variants import Judge, Kind, Variant, Verdict

_SORTS = (
    "通知公告类信息",
    "工作动态类信息",
    "政策文件类信息",
    "规划类信息",
    "部门预决算类信息",
    "年报类信息",
)
_PLAIN = ("文件", "动态", "公告", "财政资金", "人事", "年报")
_WAYS = ("当面申请", "网络申请", "信函申请", "传真申请")
_CHANNELS = ("通过网站公开", "通过微信公众号公开", "通过公开栏公开", "通过电视公开")
_ANSWERS = ("予以公开", "不予公开", "无法提供", "不予处理", "其他处理")
_RESULTS = ("维持", "纠正", "尚未审结", "其他结果")
_MARKS = ("，其中", "，其中：", "，分别为", "，包括", "（其中", "。其中，")
_TOTALS = {
    "narrative.disclosed": "2021年，主动公开政府信息{}条",
    "narrative.received": "2021年，收到政府信息公开申请{}条",
    "narrative.disposition": "2021年，收到政府信息公开申请{}条",
    "narrative.disputes": "2021年，因政府信息公开引发行政复议{}条",
}


def _page(prose: str, received: int) -> bytes:
    raws = dict.fromkeys(read_forms()["2021"].keys(), "0")
    for row in ("received", "granted", "disposed"):
        raws[f"requests.{row}.natural_person"] = raws[f"requests.{row}.total"] = str(received)
    printed = Printed(
        "高安市统计局2021年政府信息公开工作年度报告", raws, {"overview": [prose]}, "2021"
    )
    return render_text(printed, "pipes_inner").encode()


def _found(report: Report | SourceError, rule: str, message: str) -> set[str]:
    """The severities of the findings on this list, whatever else does not fit the tables."""
    if isinstance(report, SourceError):
        return set()
    return {f.severity for f in report.findings if f.rule == rule and message in render(f.message)}


def _judge(rule: str, wanted: str | None) -> Judge:
    def judge(report: Report | SourceError) -> Verdict:
        found = _found(report, rule, "所列各项")
        if "contradiction" in found and wanted != "contradiction":
            return "wrong"
        return "right" if found == ({wanted} if wanted else set()) else "cautious"

    return judge


def _sentence(
    rule: str, total: int, parts: Sequence[str], mark: str, unit: str, end: str = ""
) -> str:
    said = _TOTALS[rule].format(total).replace("条", unit)
    return f"{said}{mark}{'、'.join(parts)}{end}{'）' if '（' in mark else ''}。"


def _parts(
    random: Random, labels: Sequence[str], unit: str, lose: bool = False
) -> tuple[list[str], list[int], list[int]]:
    """The parts as printed, the numbers printed, and all of them."""
    numbers = [random.randint(2, 40) for _ in labels]
    lost = random.randrange(1, len(labels) - 1) if lose else -1
    printed = [
        f"{label}{'' if at == lost else number}{unit}"
        for at, (label, number) in enumerate(zip(labels, numbers, strict=True))
    ]
    return printed, [number for at, number in enumerate(numbers) if at != lost], numbers


def _beyond(
    labels: Sequence[str], rule: str, unit: str, lose: bool, wanted: str, random: Random
) -> Iterator[Variant]:
    """Totals that the parts exceed, by the last of them or by more."""
    for mark in _MARKS:
        printed, known, _ = _parts(random, labels, unit, lose)
        total = sum(known) - (
            known[-1] if mark.endswith("，其中") else random.randint(1, known[-1])
        )
        total = max(total, *known)  # a part beyond the total by itself may be of another kind
        prose = _sentence(rule, total, printed, mark, unit)
        yield Variant(prose, "a.txt", _page(prose, total), _judge(rule, wanted))


def _within(labels: Sequence[str], rule: str, unit: str, random: Random) -> Iterator[Variant]:
    """Lists that come to their total, or to less where a number is lost or the list is open."""
    for mark in _MARKS:
        printed, _, numbers = _parts(random, labels, unit)
        prose = _sentence(rule, sum(numbers), printed, mark, unit)
        yield Variant(prose, "a.txt", _page(prose, sum(numbers)), _judge(rule, None))
        printed, known, numbers = _parts(random, labels, unit, lose=True)
        for total in (sum(numbers), sum(known)):
            prose = _sentence(rule, total, printed, mark, unit)
            yield Variant(prose, "a.txt", _page(prose, total), _judge(rule, None))
        prose = _sentence(rule, sum(numbers) + 9, printed, mark, unit, "等")
        yield Variant(prose, "a.txt", _page(prose, sum(numbers) + 9), _judge(rule, None))


def _gone_on(random: Random) -> Iterator[Variant]:
    """What comes to its total and goes on to something else."""
    for further in (
        "，发布解读稿件{}条",
        "；另发布微信信息{}条",
        "，回复留言{}条",
        "，收到群众来信{}条",
        "。全年更新栏目{}条",
        "，转发上级信息{}条",
    ):
        printed, _, numbers = _parts(random, _PLAIN, "条")
        end = further.format(random.randint(2, 40))
        prose = _sentence("narrative.disclosed", sum(numbers), printed, "，其中", "条", end)
        yield Variant(prose, "a.txt", _page(prose, 3), _judge("narrative.disclosed", None))


def _divided_again(random: Random) -> Iterator[Variant]:
    """Lists that divide their total twice: by where it is from, and by what it is."""
    for mark in _MARKS:
        first, second, third = (random.randint(5, 40) for _ in range(3))
        total = first + second + third
        parts = [
            f"转载信息{first}条",
            f"原创信息{second + third}条",
            f"公告{first + second}条",
            f"动态{third}条",
        ]
        prose = _sentence("narrative.disclosed", total, parts, mark, "条")
        yield Variant(prose, "a.txt", _page(prose, 3), _judge("narrative.disclosed", None))


def _all(*kinds: Callable[[Random], Iterator[Variant]]) -> Callable[[Random], Iterator[Variant]]:
    def pages(random: Random) -> Iterator[Variant]:
        for kind in kinds:
            yield from kind(random)

    return pages


_LISTS = (
    (_SORTS, "narrative.disclosed", "条", "contradiction"),
    (_PLAIN, "narrative.disclosed", "条", "contradiction"),
    (_WAYS, "narrative.received", "件", "contradiction"),
    (_ANSWERS, "narrative.disposition", "件", "contradiction"),
    (_RESULTS, "narrative.disputes", "件", "contradiction"),
    (_CHANNELS, "narrative.disclosed", "条", "doubt"),
)
KINDS = {
    "parts: the total divided twice": Kind(_divided_again),
    "lists of parts: beyond their total": Kind(
        _all(
            *(
                partial(_beyond, labels, rule, unit, False, wanted)
                for labels, rule, unit, wanted in _LISTS
            )
        )
    ),
    "lists of parts: beyond their total, a number lost": Kind(
        _all(
            *(
                partial(_beyond, labels, rule, unit, True, wanted)
                for labels, rule, unit, wanted in _LISTS
            )
        )
    ),
    "lists of parts: within their total": Kind(
        _all(*(partial(_within, labels, rule, unit) for labels, rule, unit, _ in _LISTS))
    ),
    "lists of parts: going on to something else": Kind(_gone_on),
}
