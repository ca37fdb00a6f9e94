"""The ethnic groups that names of autonomous places and ethnic townships contain."""

from __future__ import annotations

ETHNIC_GROUPS = (
    "鄂伦春", "鄂温克", "柯尔克孜", "乌孜别克", "哈萨克", "达斡尔", "塔吉克", "俄罗斯",
    "塔塔尔", "维吾尔", "蒙古", "布依", "朝鲜", "土家", "哈尼", "傈僳", "高山", "拉祜",
    "东乡", "纳西", "景颇", "仫佬", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米",
    "德昂", "保安", "裕固", "独龙", "赫哲", "门巴", "珞巴", "基诺", "回", "藏", "苗", "彝",
    "壮", "满", "侗", "瑶", "白", "傣", "黎", "佤", "畲", "水", "土", "羌", "怒", "京",
)  # fmt: skip
"""The names without 族. A longer name stands before one that it begins with (土家, 土)."""
