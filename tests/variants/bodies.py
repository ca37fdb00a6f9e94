"""Bodies that no table has or that stand outside the ladder of levels: each keeps its printed name
and gets its level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from indexer.records import REGION_LEVELS, Report
from tests.variants import Kind, Variant, Verdict, unless_refused

_TITLES = (
    "{}{}年政府信息公开工作年度报告",
    "{1}年{0}政府信息公开年度报告",
    "关于{}{}年度政府信息公开工作情况的报告",
)
_TEXT = (
    "一、总体情况\n{0}年，公开信息{1}条。\n二、主动公开政府信息情况\n无。\n三、"
    "收到和处理政府信息公开申请情况\n无。"
)

_LOST_COUNTIES = ("沐阳县", "闸北区", "达县", "某岭自治县", "乌有旗", "宣武区", "绍兴县", "北市区")
_OF_A_COUNTY = {
    "人民政府": ("{}人民政府", "county", None),
    "": ("{}人民政府", "county", None),
    "人民政府办公室": ("{}人民政府办公室", "department", "county"),
    "教育局": ("{}教育局", "department", "county"),
    "发展和改革委员会": ("{}发展和改革委员会", "department", "county"),
    "市场监督管理局": ("{}市场监督管理局", "department", "county"),
    "政务服务中心": ("{}政务服务中心", "department", "county"),
    "石桥镇人民政府": ("{}石桥镇人民政府", "township", None),
    "桑墟镇": ("{}桑墟镇人民政府", "township", None),
    "红岭乡": ("{}红岭乡人民政府", "township", None),
    "北站街道办事处": ("{}北站街道办事处", "township", None),
    "经济开发区管理委员会": ("{}经济开发区管理委员会", "zone", None),
}
_PREFECTURES = ("昌都", "铜仁", "宣城", "毕节", "无此")
_OF_A_PREFECTURE = {
    "地区行政公署": ("{}地区行政公署", "prefecture", None),
    "地区行署": ("{}地区行政公署", "prefecture", None),
    "地区": ("{}地区行政公署", "prefecture", None),
    "地区行政公署办公室": ("{}地区行政公署办公室", "department", "prefecture"),
    "地区教育局": ("{}地区教育局", "department", "prefecture"),
    "盟行政公署": ("{}盟行政公署", "prefecture", None),
    "盟行署": ("{}盟行政公署", "prefecture", None),
}
_INSTITUTIONS = (
    "江西师范大学",
    "宜春职业技术学院",
    "中山大学",
    "高安市第二中学",
    "高安市实验小学",
    "高安市第一幼儿园",
    "高安市人民医院",
    "宜春市妇幼保健院",
    "高安市田南镇中心卫生院",
    "高安市自来水公司",
    "宜春市公共交通集团有限公司",
    "高安市城市供热有限责任公司",
    "国网江西省电力有限公司高安市供电分公司",
    "高安市污水处理厂",
    "中国地质大学（武汉）",
    "中国矿业大学(北京)",
)
_AUTHORITIES = (
    ("高安市教育局", "department", "county"),
    ("高安市卫生健康委员会", "department", "county"),
    ("宜春市水务局", "department", "prefecture"),
    ("北京市医院管理中心", "department", "province"),
    ("江西省教育厅", "department", "province"),
    ("宜春市中级人民法院", "department", "prefecture"),
    ("中国人民银行", "department", None),
    ("中国科学院", "department", None),
    ("高安市供电局", "department", "county"),
    ("大学城管理委员会", "department", None),
    ("宜春高新技术产业园区管理委员会", "zone", None),
    ("高安市学院路街道", "township", None),
    ("太湖流域管理局", "department", None),
    ("第一师阿拉尔市16团", "township", None),
    ("新疆生产建设兵团第八师一四三团", "township", None),
    ("昆玉市四十七团", "township", None),
    ("八师143团场", "township", None),
)
_ACADEMIC = (
    "{0}-{1}学年",
    "{0}—{1}学年度",
    "{0}至{1}学年",
    "{0}年-{1}年学年",
    "{0}-{2}学年",
    "{0} - {1} 学年",
)

Expected = tuple[str, str | None, str | None]


def _lost_counties(random: Random) -> Iterator[Variant]:
    for county in _LOST_COUNTIES:
        for ending, (body, level, parent) in _OF_A_COUNTY.items():
            yield _page(random, county + ending, (body.format(county), level, parent), _nowhere)


def _lost_below(random: Random) -> Iterator[Variant]:
    """A county that no table has keeps the known prefecture that is printed above it."""
    for county in ("胶南市", "旧乡县", "前山区"):
        for ending, (body, level, parent) in _OF_A_COUNTY.items():
            printed = f"青岛市{county}"
            yield _page(
                random, printed + ending, (body.format(printed), level, parent), _in_prefecture
            )


def _former_prefectures(random: Random) -> Iterator[Variant]:
    for name in _PREFECTURES:
        for ending, (body, level, parent) in _OF_A_PREFECTURE.items():
            yield _page(
                random, name + ending, (body.format(name), level, parent), lambda report: True
            )


def _institutions(random: Random) -> Iterator[Variant]:
    for name in _INSTITUTIONS:
        yield _page(random, name, (name, "institution", None), _unjudged)
    for name, level, parent in _AUTHORITIES:
        body = name + "办事处" if name.endswith("街道") else name
        yield _page(random, name, (body, level, parent), lambda report: True)


def _page(random: Random, name: str, expected: Expected, also: Callable[[Report], bool]) -> Variant:
    year = random.randint(2010, 2018)
    text = (
        f"{random.choice(_TITLES).format(name, year)}\n"
        f"{_TEXT.format(year, random.randint(10, 900))}"
    )

    @unless_refused
    def judge(report: Report) -> Verdict:
        found = report.identity
        if not also(report) or found.year not in (year, None):
            return "wrong"
        if (found.body, found.level, found.parent_level) == expected:
            return "right"
        return "cautious" if found.body in (None, expected[0]) and found.level is None else "wrong"

    return Variant(name, "report.txt", text.encode(), judge)


def _nowhere(report: Report) -> bool:
    region = report.identity.region
    return region.province is None and region.prefecture is None and region.county is None


def _in_prefecture(report: Report) -> bool:
    region = report.identity.region
    return (
        region.county is None
        and region.prefecture is not None
        and region.prefecture.name == "青岛市"
    )


def _unjudged(report: Report) -> bool:
    """No deadline and no form holds for an institution, and its region is known only where its
    name says so.
    """
    zhongshan = "中山" in (report.identity.body or "")
    known = [
        division
        for level in REGION_LEVELS
        if (division := getattr(report.identity.region, level)) is not None
    ]
    rules = {finding.rule for finding in report.findings}
    return not (zhongshan and known) and not rules & {"identity.year", "form.year", "form.unread"}


def _academic_years(random: Random) -> Iterator[Variant]:
    for school in ("江西师范大学", "宜春学院", ""):
        for printed in _ACADEMIC:
            first = random.randint(2010, 2023)
            academic = printed.format(first, first + 1, (first + 1) % 100)
            for title in (
                f"{school}{academic}信息公开工作年度报告",
                f"{school}信息公开工作年度报告（{academic}）",
            ):
                yield _school(random, title, school or None, first)


def _school(random: Random, title: str, school: str | None, first: int) -> Variant:
    period = (
        f"统计期限为{first}年9月1日至{first + 1}年8月31日。"
        if random.random() < 0.5
        else "编制说明。"
    )
    heading = "一、概述\n学校推进公开。\n二、主动公开情况\n无。\n三、依申请公开情况\n无。"
    text = f"{title}\n{first + 1}年10月{random.randint(10, 30)}日\n{period}\n{heading}"

    @unless_refused
    def judge(report: Report) -> Verdict:
        found = report.identity
        if any(finding.rule in ("identity.year", "form.year") for finding in report.findings):
            return "wrong"
        right = (found.body, found.level, found.year) == (school, "institution", first + 1)
        return (
            "right"
            if right
            else "cautious"
            if found.year is None and found.body == school
            else "wrong"
        )

    return Variant(title, "report.txt", text.encode(), judge)


KINDS = {
    "counties that no table has": Kind(_lost_counties),
    "counties that no table has, below a known prefecture": Kind(_lost_below),
    "prefectures of old": Kind(_former_prefectures),
    "institutions and authorities": Kind(_institutions),
    "academic years": Kind(_academic_years),
}
