"""Row labels with added, missing or synonymous words: read as their row or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from random import Random

from indexer.errors import SourceError
from indexer.records import Report
from tests.damage.oracle import judge
from tests.damage.paper import Box, Paper, build_paper
from tests.damage.press import press
from tests.variants import Kind, Variant, Verdict

_FORMATS = (
    ("pipes", "txt"),
    ("html", "html"),
    ("docx", "docx"),
    ("markdown", "txt"),
    ("tab_rows", "txt"),
)
_NUMBERED = re.compile(r"^(?:[一二三四]、|（[一二三四五六七]）|\d\.)?")
_SUM = "总计"


def _behind(word: str) -> Callable[[str], str]:
    return lambda label: label + word


def _before(word: str) -> Callable[[str], str]:
    return lambda label: word + label


_MORE: Mapping[str, Callable[[str], str]] = {
    **{
        f"…{word}": _behind(word) for word in ("事项", "情况", "的", "类", "件数", "决定", "的情形")
    },
    **{f"{word}…": _before(word) for word in ("依法", "涉及", "本机关", "属")},
}
_LESS: Mapping[str, Callable[[str], str]] = {
    "first two lost": lambda label: label[2:],
    "last two lost": lambda label: label[:-2],
    "middle lost": lambda label: label[: len(label) // 2] + label[len(label) // 2 + 1 :],
}
_OTHER_THINGS: Mapping[str, Callable[[str], str]] = {
    **{f"{word}…": _before(word) for word in ("其中", "非", "上年", "除", "未")},
    "…以外": _behind("以外"),
    "…和其他": _behind("和其他"),
    "…复议案件": _behind("复议案件"),
}
_SYNONYMS = {
    "行政许可": ("行政许可事项", "行政许可决定", "行政许可类"),
    "行政处罚": ("行政处罚决定", "行政处罚案件", "行政处罚事项"),
    "行政强制": ("行政强制法", "行政强制措施", "行政强制执行"),
    "规章": ("政府规章", "部门规章", "地方政府规章"),
    "行政规范性文件": ("行政规范性文件数", "规范性文件", "本级行政规范性文件"),
    "行政事业性收费": ("行政事业性收费项目", "行政收费", "事业性收费"),
    "属于国家秘密": ("依法确定为国家秘密", "属国家秘密的", "涉及国家秘密信息"),
    "其他法律行政法规禁止公开": (
        "法律、行政法规禁止公开",
        "法律法规禁止公开的",
        "其他法律法规禁止公开情形",
    ),
    "危及“三安全一稳定”": ("公开可能危及三安全一稳定", "危及“三安全一稳定”的", "三安全一稳定类"),
    "保护第三方合法权益": ("涉及第三方权益", "损害第三方合法权益的", "第三方合法权益"),
    "属于三类内部事务信息": ("内部事务信息类", "属于内部管理信息", "属三类内部事务"),
    "属于四类过程性信息": ("过程性信息", "属四类过程性信息的", "过程性信息类"),
    "属于行政执法案卷": ("行政执法案卷信息", "属于行政执法案卷材料", "执法案卷"),
    "属于行政查询事项": ("行政查询类", "属行政查询事项的", "行政查询信息"),
    "本机关不掌握相关政府信息": (
        "本机关未掌握该信息",
        "不掌握相关信息",
        "本单位不掌握相关政府信息",
    ),
    "没有现成信息需要另行制作": ("没有现成信息", "需另行制作", "没有现成的信息需另行制作"),
    "补正后申请内容仍不明确": ("补正后仍不明确", "申请内容不明确", "经补正后内容仍不明确的"),
    "信访举报投诉类申请": ("信访类", "信访、举报、投诉类", "属于信访举报投诉申请"),
    "重复申请": ("重复申请的", "重复申请类", "同一申请人重复申请"),
    "要求提供公开出版物": ("公开出版物类", "要求提供出版物", "申请公开出版物"),
    "无正当理由大量反复申请": ("反复申请", "大量反复申请类", "无正当理由反复申请的"),
    "要求行政机关确认或重新出具已获取信息": (
        "要求重新出具已获取信息",
        "要求确认或重新出具",
        "重新出具类",
    ),
    "结转下年度继续办理": ("结转至下年度", "结转下一年度办理", "结转下年继续办理"),
    "上年结转政府信息公开申请数量": ("上年度结转", "上一年度结转申请数", "上年结转数"),
    "本年新收政府信息公开申请数量": ("本年新收申请", "本年度新收数量", "新收申请件数"),
    "予以公开": ("全部予以公开", "予以公开的", "予以公开件数"),
    "其他": ("其他处理", "其他情形", "其他情况"),
}


def _changed(change: Callable[[str], str], kept: bool, random: Random) -> Iterator[Variant]:
    """Pages with every label changed alike; not `kept`: it names another thing, nothing is read."""
    for generation, (name, suffix) in zip(("2019", "2021", "hybrid"), _pick(random), strict=False):
        paper = build_paper(generation, random)
        for box in _labels(paper):
            number = _NUMBERED.match(box.text)
            assert number
            box.text = number[0] + change(box.text[number.end() :])
        yield Variant(
            f"{generation}: {name}", f"r.{suffix}", press(paper, name), _Judge(paper, kept)
        )


def _pick(random: Random) -> Iterator[tuple[str, str]]:
    return cycle(random.sample(_FORMATS, len(_FORMATS)))


def _labels(paper: Paper) -> Iterator[Box]:
    """The labels of rows that have a word of their own: 总计, 其他 and 规章 are parts of many."""
    for row in paper.rows():
        label = row.labels[-1] if row.labels else None
        if (
            label
            and not row.keys[0].startswith("disputes.")
            and len(_NUMBERED.sub("", label.text)) > 3
        ):
            yield label


def _pages(
    changes: Mapping[str, Callable[[str], str]], kept: bool, random: Random
) -> Iterator[Variant]:
    for name, change in changes.items():
        for variant in _changed(change, kept, random):
            yield Variant(f"{name} {variant.label}", variant.name, variant.data, variant.judge)


def _synonyms(random: Random) -> Iterator[Variant]:
    for at in range(3):
        for name, suffix in _FORMATS:
            paper = build_paper("2021", random)
            for row in paper.rows():
                for box in row.labels[-1:]:
                    number = _NUMBERED.match(box.text)
                    assert number
                    words = _SYNONYMS.get(box.text[number.end() :])
                    box.text = number[0] + words[at] if words else box.text
            yield Variant(
                f"synonym {at}: {name}", f"r.{suffix}", press(paper, name), _Judge(paper, True)
            )


class _Judge:
    """Judge the cells of the changed rows; if none may be read, any number is wrong."""

    def __init__(self, paper: Paper, kept: bool) -> None:
        self.paper, self.kept = paper, kept
        self.keys = {
            key
            for row in paper.rows()
            for key in row.keys
            if any(box in row.boxes for box in _labels(paper))
        }

    def __call__(self, report: Report | SourceError) -> Verdict:
        if isinstance(report, SourceError):
            return "cautious"
        if not self.kept:
            said = [
                cell for cell in report.cells if cell.key in self.keys and cell.status == "reported"
            ]
            return "wrong" if said else "right"
        found = judge(self.paper, report.cells)
        return "wrong" if found["silent"] else "cautious" if found["cautious"] else "right"


KINDS = {
    "words more in the labels": Kind(lambda random: _pages(_MORE, True, random), 0.85),
    # What is left of a label may be too little to tell it from the next.
    "words less in the labels": Kind(lambda random: _pages(_LESS, True, random), 0.0),
    "labels of other things": Kind(lambda random: _pages(_OTHER_THINGS, False, random)),
    "synonyms of the labels": Kind(_synonyms),
}
