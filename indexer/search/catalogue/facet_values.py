"""The closed lists of facet values, each value with its further names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from indexer.search.catalogue.place_names import UNKNOWN

ClosedValues: TypeAlias = Mapping[str, tuple[str, ...]]
"""The values of a facet in the order in which to show them, each with further names."""

LEVELS: ClosedValues = {
    "province": ("省", "省级", "自治区", "直辖市"),
    "prefecture": ("市", "市级", "市州", "地市", "地市级", "地级", "地级市", "设区市", "州"),
    "county": ("县", "县级", "区县", "区县级", "县区", "县级市", "区"),
    "township": ("乡镇", "乡", "镇", "乡级", "乡镇级", "街道", "乡镇街道", "镇街"),
    "zone": ("开发区", "管委会", "园区", "经开区", "高新区"),
    "department": ("部门", "委办局", "局"),
    "institution": (
        "公共企事业单位",
        "企事业单位",
        "公用事业",
        "公用事业单位",
        "高校与公用事业单位",
        "高校",
        "大学",
        "学校",
        "医院",
        "公共企业",
    ),
    UNKNOWN: ("不明", "未知", "不能确定"),
}
SECTIONS: ClosedValues = {
    "title": (),
    "body": (),
    "preamble": ("序言", "引言", "前言部分"),
    "overview": ("一", "总体情况", "总体", "概述"),
    "proactive": ("二", "主动公开", "主动公开政府信息情况", "主动公开情况"),
    "requests": ("三", "申请", "依申请公开", "依申请", "收到和处理政府信息公开申请情况"),
    "disputes": (
        "四",
        "复议诉讼",
        "复议",
        "诉讼",
        "复议和诉讼",
        "政府信息公开行政复议、行政诉讼情况",
    ),
    "problems": (
        "五",
        "问题",
        "改进",
        "问题及改进",
        "问题与改进",
        "存在的主要问题",
        "存在的主要问题及改进情况",
    ),
    "other": ("六", "其他", "其他事项", "其他需要报告的事项"),
    "closing": ("签署",),
}
FORMS: ClosedValues = {
    "2019": ("2019格式", "2019版格式"),
    "2021": ("2021格式", "2021版格式"),
    "hybrid": ("混用", "混合"),
    "none": ("无", "没有表"),
}
SEVERITIES: ClosedValues = {
    "contradiction": ("数据矛盾", "矛盾"),
    "doubt": ("疑点", "存疑", "数据疑点"),
    "unjudged": ("未核对", "无法核对", "不能核对"),
    "none": ("无", "没有", "没有问题", "无问题"),
}
