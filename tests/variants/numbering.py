"""The headings of a plain report with each numbering that offices use."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from indexer.errors import SourceError
from indexer.records import Report
from tests.variants import Kind, Variant, Verdict

_HEADINGS = ("总体情况", "主动公开政府信息情况", "存在的主要问题及改进情况", "其他需要报告的事项")
_KEYS = ["overview", "proactive", "problems", "other"]
_NUMBERS = {"、": "一二三四", ".": "1234", "．": "1234", "．、": "一二三四"}


def _pages(random: Random) -> Iterator[Variant]:
    for mark, numbers in _NUMBERS.items():
        lines = ["高安市杨圩镇人民政府2018年政府信息公开工作年度报告"]
        for number, heading in zip(numbers, _HEADINGS, strict=True):
            lines += [f"{number}{mark}{heading}", f"本年办理事项{random.randint(2, 90)}项。"]
        yield Variant(f"{numbers[0]}{mark}", "report.txt", "\n".join(lines).encode(), _judge)


def _judge(report: Report | SourceError) -> Verdict:
    if isinstance(report, SourceError):
        return "cautious"
    keys = [section.key for section in report.sections if section.key != "preamble"]
    return "right" if keys == _KEYS else "wrong" if set(keys) - set(_KEYS) else "cautious"


KINDS = {"numbering of headings": Kind(_pages)}
