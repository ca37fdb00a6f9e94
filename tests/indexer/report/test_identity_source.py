"""Identity from what stands around a report and in its first sentences, where its title does not say enough."""

from __future__ import annotations

import pytest

from indexer.readers.reader import read_document
from indexer.records import REGION_LEVELS, Identity, SourceFile
from indexer.report.build import build_report

SECTIONS = "一、总体情况\n{}\n二、主动公开政府信息情况\n无。\n三、收到和处理政府信息公开申请情况\n无。\n"


def identify(text: str, origin: str | None = None) -> Identity:
    data = text.encode()
    source = SourceFile("a", "00" * 32, len(data), origin=origin)
    return build_report(read_document(data, "a"), source).identity


def place(found: Identity) -> str:
    divisions = (getattr(found.region, level) for level in REGION_LEVELS)
    return "/".join("-" if d is None else d.name or "?" for d in divisions)


def page(title: str, head: str = "", body: str = "", foot: str = "") -> str:
    article = "".join(f"<p>{line}</p>" for line in SECTIONS.format(body or "甲。").splitlines())
    return (
        f"<html><head><title>{title}</title>{head}</head><body>{foot}<div><h1>{title}</h1>{article}</div></body></html>"
    )


@pytest.mark.parametrize(
    ("around", "county"),
    [
        ({"head": '<meta name="SiteName" content="宝鸡市金台区人民政府">'}, "金台区"),
        ({"foot": "<div>当前位置：<a>首页</a> &gt; <a>金台区</a> &gt; <a>年度报告</a></div>"}, "金台区"),
        ({"foot": "<div><span>您所在的位置：</span><a>首页</a>»<a>金台区</a>»<a>年度报告</a></div>"}, "金台区"),
        ({"foot": "<p>主办：宝鸡市金台区人民政府办公室 备案号 1</p>"}, "金台区"),
        ({"head": '<link rel="canonical" href="http://www.jintai.gov.cn/a.html">'}, "金台区"),
        ({"foot": "<div>首页</div><ul><li>政务公开</li></ul>"}, None),
        ({}, None),
    ],
)
def test_the_site_around_a_report_tells_places_of_one_name_apart(around: dict[str, str], county: str | None) -> None:
    found = identify(page("蟠龙镇2020年政府信息公开工作年度报告", **around))
    assert found.region.county is not None
    assert found.region.county.name == county
    assert found.region.county.status == ("known" if county else "ambiguous")
    assert county is None or found.region.county.evidence == "source"


@pytest.mark.parametrize(
    ("title", "sentence", "expected"),
    [
        ("", "2021年，冲口街道认真贯彻条例。", ("冲口街道办事处", "township", None, "广东省/广州市/荔湾区/-/冲口街道")),
        ("", "高安市教育局坚持公开。我局推进工作。", ("高安市教育局", "department", "county", "江西省/宜春市/高安市/-/-")),
        ("卫健局2019年政府信息公开工作年度报告\n", "宁安市卫生健康局是政府部门。我局推进工作。", ("卫健局", "department", None, "黑龙江省/牡丹江市/宁安市/-/-")),
        ("教育局2019年政府信息公开工作年度报告\n", "宁安市卫生健康局是政府部门。", ("教育局", "department", None, "-/-/-/-/-")),
        ("", "2024年，番禺区人民政府办公室严格落实条例。", ("番禺区人民政府办公室", "department", "county", "广东省/广州市/番禺区/-/-")),
        ("", "2021年，高安市认真贯彻条例。我局推进工作。", (None, None, None, "-/-/-/-/-")),
        ("", "2021年，高安市委认真贯彻条例。", (None, None, None, "-/-/-/-/-")),
        ("", "2021年，冲口街道认真贯彻条例。我局推进工作。", (None, None, None, "-/-/-/-/-")),
        ("", "2021年，各乡镇街道认真贯彻条例。", (None, None, None, "-/-/-/-/-")),
    ],
)  # fmt: skip
def test_the_first_sentence_names_the_body_where_nothing_else_does(
    title: str, sentence: str, expected: tuple[str | None, ...]
) -> None:
    found = identify(title + SECTIONS.format(sentence))
    assert (found.body, found.level, found.parent_level, place(found)) == expected


@pytest.mark.parametrize(
    ("opening", "body", "level"),
    [
        ("请联系：硚口区发展和改革局党政办公室，地址：沿河大道。", "硚口区发展和改革局", "department"),
        ("请与高安市教育局政务公开办公室联系。", "高安市教育局", "department"),
        ("结合国家税务总局芜湖市镜湖区税务局（以下简称镜湖区税务局）统计数据撰写。", "国家税务总局芜湖市镜湖区税务局", "department"),
        ("由伊宁县人民政府办公室编制。本单位没有收到申请。", "伊宁县人民政府", "county"),
        ("由伊宁县人民政府办公室编制。我办没有收到申请。", "伊宁县人民政府办公室", "department"),
    ],
)  # fmt: skip
def test_an_office_that_is_asked_or_writes_does_so_for_its_body(opening: str, body: str, level: str) -> None:
    found = identify(f"编制说明\n{opening}\n{SECTIONS.format('甲。')}")
    assert (found.body, found.level) == (body, level)


@pytest.mark.parametrize(
    ("name", "level", "parent", "region"),
    [
        ("国家税务总局", "department", None, "-/-/-/-/-"),
        ("国家统计局宜春调查队", "department", "prefecture", "江西省/宜春市/-/-/-"),
        ("高安市人民医院", "department", "county", "江西省/宜春市/高安市/-/-"),
        ("高安市供电公司", None, None, "江西省/宜春市/高安市/-/-"),
        ("第八师石河子市", "county", None, "新疆维吾尔自治区/-/石河子市/-/-"),
        ("兵团第一师阿拉尔市", "county", None, "新疆维吾尔自治区/-/阿拉尔市/-/-"),
        ("南昌市公安局东湖分局", "department", "prefecture", "江西省/南昌市/-/-/-"),
        ("宜春市消防救援支队", "department", "prefecture", "江西省/宜春市/-/-/-"),
        ("苏州工业园区管委会", "zone", None, "江苏省/苏州市/-/苏州工业园区/-"),
        ("鄂温克族自治旗", "county", None, "内蒙古自治区/呼伦贝尔市/鄂温克族自治旗/-/-"),
    ],
)
def test_bodies_of_every_kind_have_their_level(name: str, level: str | None, parent: str | None, region: str) -> None:
    found = identify(f"{name}2020年政府信息公开工作年度报告\n地址：北京市海淀区。\n{SECTIONS.format('甲。')}")
    assert (found.level, found.parent_level) == (level, parent)
    assert place(found) == region


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("东莞市教育局2019—2020年度政府信息公开工作年度报告", None),
        ("东莞市教育局2019年至2020年政府信息公开工作年度报告", None),
        ("东莞市教育局二〇二二年政府信息公开工作年度报告", 2022),
        ("东莞市教育局2019 年度政府信息公开工作年度报告", 2019),
    ],
)
def test_a_title_of_two_years_names_no_one_year(title: str, year: int | None) -> None:
    assert identify(f"{title}\n{SECTIONS.format('甲。')}").year == year
