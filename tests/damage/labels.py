"""Damage to the labels of rows and to their numbering."""

from __future__ import annotations

import re
from random import Random

from tests.damage.paper import Box, Paper

_VARIANTS = {
    "结果维持": ["结果维护"],
    "只计这一情形，不计其他情形": ["只记这一情形，不记其他情形"],
    "信访举报投诉类申请": ["信访投诉举报类申请", "信访投诉举报"],
    "其他法律行政法规禁止公开": [
        "其他法律行政止公开",
        "其它法律行政法规禁止公开",
        "其他法律、行政法规禁止公开",
    ],
    "部分公开": ["部份公开"],
    "其他处理": ["其它处理"],
    "予以公开": ["予以公开"],
    "无法提供": ["无法提拱"],
    "危及“三安全一稳定”": ["危及“三安全一稳定", '危及"三安全一稳定"', "危及三安全一稳定"],
    "属于四类过程性信息": ["属于四类过程信息"],
    "本年新收政府信息公开申请数量": ["本年新收政府信息公开申请数"],
    "结转下年度继续办理": ["结转下年继续办理"],
    "其他对外管理服务事项": ["其它对外管理服务事项"],
    "行政规范性文件": ["规范性文件"],
    "规范性文件": ["行政规范性文件"],
    "社会公益组织": ["社会公益 组织"],
    "总计": ["合计", "总 计"],
}
_NUMBERING = re.compile(r"^(?:（[一二三四五六七]）|[一二三四]、|\d\.)")


def _labels(paper: Paper) -> list[Box]:
    return [box for row in paper.rows() for box in row.labels if box.text]


def _all_labels(paper: Paper) -> list[Box]:
    return [box for sheet in paper.sheets() for row in sheet.rows for box in row.labels if box.text]


def labels_variant(paper: Paper, random: Random) -> None:
    """Labels and heads are worded and misspelled as they are found in the field."""
    for box in _all_labels(paper):
        said = next((text for text in _VARIANTS if text in box.text), None)
        if said and "申请数量" not in said and random.random() < 0.7:
            box.text = box.text.replace(said, random.choice(_VARIANTS[said]))


def labels_explained(paper: Paper, random: Random) -> None:
    """Labels are explained, with digits in the explanation."""
    for box in _labels(paper):
        if random.random() < 0.4:
            box.text += random.choice(
                ["（指2019年）", "（如-8）", "（单位：件）", "（含上年结转3件）"]
            )


def labels_broken(paper: Paper, random: Random) -> None:
    """Labels have spaces in them, and behind their numbering."""
    for box in _labels(paper):
        if len(box.text) > 4 and random.random() < 0.6:
            at = random.randint(1, len(box.text) - 1)
            box.text = (
                f"{box.text[:at]}{random.choice([' ', chr(0x3000), chr(0xA0)])}{box.text[at:]}"
            )


def numbering_lost(paper: Paper, random: Random) -> None:
    """Labels have lost their numbering."""
    for box in _labels(paper):
        box.text = _NUMBERING.sub("", box.text)


def numbering_restarted(paper: Paper, random: Random) -> None:
    """Every label is numbered 1, as by an automatic list that begins anew."""
    for box in _labels(paper):
        box.text = _NUMBERING.sub(random.choice(["1.", "1、", "（一）", "一、"]), box.text)


def groups_lost(paper: Paper, random: Random) -> None:
    """The heads of groups, such as （三）不予公开, are gone; their cells stand empty."""
    for box in _labels(paper):
        if box.rowspan > 1:
            box.text = ""
