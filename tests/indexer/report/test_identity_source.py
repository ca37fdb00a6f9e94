"""Identity from what stands around a report and in its first sentences, where its title does not
say enough.
"""

from __future__ import annotations

import pytest

from indexer.formats.registry import read_document
from indexer.records import REGION_LEVELS, Identity, SourceFile
from indexer.report.build import build_report

SECTIONS = (
    "一、总体情况\n{}\n二、主动公开政府信息情况\n无。\n三、收到和处理政府信息公开申请情况\n无。\n"
)


def identify(text: str, origin: str | None = None) -> Identity:
    data = text.encode()
    source = SourceFile("a", "00" * 32, len(data), origin=origin)
    return build_report(read_document(data, "a"), source).identity


def place(found: Identity) -> str:
    divisions = (getattr(found.region, level) for level in REGION_LEVELS)
    return "/".join("-" if d is None else d.name or "?" for d in divisions)


def page(title: str, head: str = "", body: str = "", foot: str = "", suffix: str = "") -> str:
    article = "".join(f"<p>{line}</p>" for line in SECTIONS.format(body or "甲。").splitlines())
    return (
        f"<html><head><title>{title}{suffix}</title>{head}</head><body>{foot}<div><h1>{title}</"
        f"h1>{article}</div></body></html>"
    )


@pytest.mark.parametrize(
    ("around", "county"),
    [
        ({"head": '<meta name="SiteName" content="宝鸡市金台区人民政府">'}, "金台区"),
        (
            {"foot": "<div>当前位置：<a>首页</a> &gt; <a>金台区</a> &gt; <a>年度报告</a></div>"},
            "金台区",
        ),
        (
            {
                "foot": (
                    "<div><span>您所在的位置：</span><a>首页</a>»<a>金台区</a>»<a>年度报告</a>"
                    "</div>"
                )
            },
            "金台区",
        ),
        ({"foot": "<p>主办：宝鸡市金台区人民政府办公室 备案号 1</p>"}, "金台区"),
        ({"head": '<link rel="canonical" href="http://www.jintai.gov.cn/a.html">'}, "金台区"),
        ({"head": "<!-- -->", "suffix": "_宝鸡市金台区人民政府"}, "金台区"),
        ({"foot": "<div>首页</div><ul><li>政务公开</li></ul>"}, None),
        ({}, None),
    ],
)
def test_the_site_around_a_report_tells_places_of_one_name_apart(
    around: dict[str, str], county: str | None
) -> None:
    found = identify(page("蟠龙镇2020年政府信息公开工作年度报告", **around))
    assert found.region.county is not None
    assert found.region.county.name == county
    assert found.region.county.status == ("known" if county else "ambiguous")
    assert county is None or found.region.county.evidence == "source"


@pytest.mark.parametrize(
    ("title", "sentence", "expected"),
    [
        (
            "",
            "2021年，冲口街道认真贯彻条例。",
            ("冲口街道办事处", "township", None, "广东省/广州市/荔湾区/-/冲口街道"),
        ),
        (
            "",
            "高安市教育局坚持公开。我局推进工作。",
            ("高安市教育局", "department", "county", "江西省/宜春市/高安市/-/-"),
        ),
        (
            "卫健局2019年政府信息公开工作年度报告\n",
            "宁安市卫生健康局是政府部门。我局推进工作。",
            ("卫健局", "department", None, "黑龙江省/牡丹江市/宁安市/-/-"),
        ),
        (
            "教育局2019年政府信息公开工作年度报告\n",
            "宁安市卫生健康局是政府部门。",
            ("教育局", "department", None, "-/-/-/-/-"),
        ),
        (
            "",
            "2024年，番禺区人民政府办公室严格落实条例。",
            ("番禺区人民政府办公室", "department", "county", "广东省/广州市/番禺区/-/-"),
        ),
        (
            "",
            "2020年，在区委、区政府的正确领导下，广州市越秀区人民政府北京街道办事处认真贯彻条例。",
            (
                "广州市越秀区人民政府北京街道办事处",
                "township",
                None,
                "广东省/广州市/越秀区/-/北京街道",
            ),
        ),
        (
            "",
            "2022年，高安市人民政府坚持公开。",
            ("高安市人民政府", "county", None, "江西省/宜春市/高安市/-/-"),
        ),
        (
            "",
            "2022年，高安市人民政府坚持公开。我局推进工作。",
            (None, "department", None, "-/-/-/-/-"),
        ),
        (
            "教育局2019年政府信息公开工作年度报告\n",
            "我局通过东丽区政府信息公开网站发布信息。",
            ("教育局", "department", None, "天津市/-/东丽区/-/-"),
        ),
        (
            "审计署2019年政府信息公开工作年度报告\n",
            "通过东丽区政府信息公开网站发布信息。",
            ("审计署", "department", None, "-/-/-/-/-"),
        ),
        (
            "国家医保局2019年政府信息公开工作年度报告\n",
            "通过东丽区政府信息公开网站发布信息。",
            ("国家医保局", "department", None, "-/-/-/-/-"),
        ),
        (
            "",
            "2022年，二道区房屋征收工作管理办公室认真贯彻条例。我办受理申请。",
            ("二道区房屋征收工作管理办公室", "department", "county", "吉林省/长春市/二道区/-/-"),
        ),
        ("", "2022年，高安市政务公开办公室认真贯彻条例。", (None, None, None, "-/-/-/-/-")),
        (
            "",
            "县农业农村局以青川县门户网站为平台公开信息。",
            (None, None, None, "四川省/广元市/青川县/-/-"),
        ),
        (
            "自治区人民政府办公厅2022年政府信息公开工作年度报告\n",
            "推进公开。",
            ("自治区人民政府办公厅", "department", "province", "-/-/-/-/-"),
        ),
        (
            "示范区教育局2022年政府信息公开工作年度报告\n",
            "推进公开。",
            ("示范区教育局", "department", "zone", "-/-/-/-/-"),
        ),
        ("", "2021年，高安市认真贯彻条例。我局推进工作。", (None, "department", None, "-/-/-/-/-")),
        ("", "2021年，高安市委认真贯彻条例。", (None, None, None, "-/-/-/-/-")),
        (
            "",
            "2021年，冲口街道认真贯彻条例。我局推进工作。",
            (None, "department", None, "-/-/-/-/-"),
        ),
        ("", "2021年，各乡镇街道认真贯彻条例。", (None, None, None, "-/-/-/-/-")),
    ],
)
def test_the_first_sentence_names_the_body_where_nothing_else_does(
    title: str, sentence: str, expected: tuple[str | None, ...]
) -> None:
    found = identify(title + SECTIONS.format(sentence))
    assert (found.body, found.level, found.parent_level, place(found)) == expected


@pytest.mark.parametrize(
    ("opening", "body", "level"),
    [
        (
            "请联系：硚口区发展和改革局党政办公室，地址：沿河大道。",
            "硚口区发展和改革局",
            "department",
        ),
        ("请与高安市教育局政务公开办公室联系。", "高安市教育局", "department"),
        (
            "结合国家税务总局芜湖市镜湖区税务局（以下简称镜湖区税务局）统计数据撰写。",
            "国家税务总局芜湖市镜湖区税务局",
            "department",
        ),
        ("可直接与丽水市人民政府办公室政府信息公开中心联系。", "丽水市人民政府", "prefecture"),
        (
            (
                "农业农村局2020年政府信息公开工作年度报告\n"
                "请与资溪县农业农村局联系（地址：建设中路）。"
            ),
            "资溪县农业农村局",
            "department",
        ),
        (
            "农业农村局2020年政府信息公开工作年度报告\n请与资溪县水利局联系（地址：建设中路）。",
            "农业农村局",
            "department",
        ),
        ("由伊宁县人民政府办公室编制。本单位没有收到申请。", "伊宁县人民政府", "county"),
        ("由伊宁县人民政府办公室编制。我办没有收到申请。", "伊宁县人民政府办公室", "department"),
    ],
)
def test_an_office_that_is_asked_or_writes_does_so_for_its_body(
    opening: str, body: str, level: str
) -> None:
    found = identify(f"编制说明\n{opening}\n{SECTIONS.format('甲。')}")
    assert (found.body, found.level) == (body, level)


@pytest.mark.parametrize(
    ("name", "level", "parent", "region"),
    [
        ("国家税务总局", "department", None, "-/-/-/-/-"),
        ("国家统计局宜春调查队", "department", "prefecture", "江西省/宜春市/-/-/-"),
        ("高安市人民医院", "institution", None, "江西省/宜春市/高安市/-/-"),
        ("高安市供电公司", "institution", None, "江西省/宜春市/高安市/-/-"),
        ("第八师石河子市", "county", None, "新疆维吾尔自治区/-/石河子市/-/-"),
        ("兵团第一师阿拉尔市", "county", None, "新疆维吾尔自治区/-/阿拉尔市/-/-"),
        ("南昌市公安局东湖分局", "department", "prefecture", "江西省/南昌市/东湖区/-/-"),
        ("上海市公安局长宁分局", "department", "province", "上海市/-/长宁区/-/-"),
        ("温州市公安局鹿城区分局", "department", "prefecture", "浙江省/温州市/鹿城区/-/-"),
        ("西安市自然资源和规划局经开分局", "department", "prefecture", "陕西省/西安市/-/-/-"),
        ("宜春市消防救援支队", "department", "prefecture", "江西省/宜春市/-/-/-"),
        ("武汉市汉阳区翠微街道办事处", "township", None, "湖北省/武汉市/汉阳区/-/翠微街"),
        ("【高安市】", "county", None, "江西省/宜春市/高安市/-/-"),
        ("【年度报告】高安市教育局", "department", "county", "江西省/宜春市/高安市/-/-"),
        ("巢湖市居巢区人民政府", "county", None, "安徽省/-/-/-/-"),
        ("高安市城北区管理委员会", "department", "county", "江西省/宜春市/高安市/-/-"),
        ("北京市天安门地区管理委员会", "department", "province", "北京市/-/-/-/-"),
        ("民航华东地区管理局", "department", None, "-/-/-/-/-"),
        ("宜春市沭阳县教育局", "department", "county", "江西省/宜春市/-/-/-"),
        ("江西省地质调查勘查院", "institution", None, "江西省/-/-/-/-"),
        ("宜春市中级人民法院", "department", "prefecture", "江西省/宜春市/-/-/-"),
        ("江西师范大学党政办公室", "institution", None, "江西省/-/-/-/-"),
        ("苏州工业园区管委会", "zone", None, "江苏省/苏州市/-/苏州工业园区/-"),
        ("鄂温克族自治旗", "county", None, "内蒙古自治区/呼伦贝尔市/鄂温克族自治旗/-/-"),
    ],
)
def test_bodies_of_every_kind_have_their_level(
    name: str, level: str | None, parent: str | None, region: str
) -> None:
    found = identify(
        f"{name}2020年政府信息公开工作年度报告\n地址：北京市海淀区。\n{SECTIONS.format('甲。')}"
    )
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


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("统计期限：2022年1月—12月。", ("2022-01-01", "2022-12-31")),
        ("统计期限：2022年1-12月。", ("2022-01-01", "2022-12-31")),
        ("统计期限自20221月1日起至202212月31日止。", ("2022-01-01", "2022-12-31")),
        ("统计期限为2022.01.01-2022.12.31。", ("2022-01-01", "2022-12-31")),
        ("统计期限为 2023 1 1 日至 2023 12 31 日。", ("2023-01-01", "2023-12-31")),
        ("统计期限为2022年元月1日至本年度12月31日。", ("2022-01-01", "2022-12-31")),
        ("统计期限为2022年1月1日0时至2022年12月31日24时。", ("2022-01-01", "2022-12-31")),
        ("数据统计从2021年11月1日至2022年10月31日。", ("2021-11-01", "2022-10-31")),
        ("统计期限截止2022年12月31日。", None),
        ("2022年1月至3月，我镇开展了活动。", None),
    ],
)
def test_the_period_is_read_in_every_spelling(text: str, period: tuple[str, str] | None) -> None:
    found = identify(
        f"高安市2020年政府信息公开工作年度报告\n{text}\n{SECTIONS.format('甲。')}"
    ).period
    assert (found and tuple(day.isoformat() for day in found)) == period


@pytest.mark.parametrize(
    ("above", "below", "day"),
    [
        ("日期:2021-01-22 来源:高安市", "", "2021-01-22"),
        ("2021年01月18日 来源:1", "", "2021-01-18"),
        ("生成日期 2021-01-08", "", "2021-01-08"),
        ("发表时间：2021-03-15 16:35", "", "2021-03-15"),
        ("发布日期：2021-03-15", "高安市教育局\n二〇二一年元月八日", "2021-01-08"),
        ("发布日期：2021-03-15", "高安市教育局（公章）2021年1月8日", "2021-01-08"),
        ("报送截止日期：2021-03-15", "", None),
        ("", "", None),
    ],
)
def test_the_date_of_the_signature_goes_before_the_pages(
    above: str, below: str, day: str | None
) -> None:
    found = identify(
        f"高安市教育局2020年政府信息公开工作年度报告\n{above}\n{SECTIONS.format('甲。')}{below}"
    ).published
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("year", "county"),
    [(2014, "马龙县"), (2020, "马龙区"), (2023, "马龙区")],
)
def test_a_place_that_was_renamed_is_what_it_was_in_the_reports_year(
    year: int, county: str
) -> None:
    found = identify(f"月望乡{year}年政府信息公开工作年度报告\n{SECTIONS.format('甲。')}")
    assert place(found) == f"云南省/曲靖市/{county}/-/月望乡"


def test_an_ethnic_township_is_known_by_its_short_name_where_the_site_confirms_it() -> None:
    text = f"杨柳乡2023年政府信息公开工作年度报告\n{SECTIONS.format('甲。')}"
    assert (
        place(identify(text, "https://www.longyang.gov.cn/a"))
        == "云南省/保山市/隆阳区/-/杨柳白族彝族乡"
    )
    assert place(identify(text)) == "?/?/?/-/?"


def test_the_pages_own_title_names_the_body_that_the_printed_one_leaves_out() -> None:
    head = '<meta name="ArticleTitle" content="高安市教育局2022年政府信息公开工作年度报告">'
    found = identify(page("2022年政府信息公开工作年度报告", head))
    assert (found.title, found.title_printed, found.body) == (
        "高安市教育局2022年政府信息公开工作年度报告",
        True,
        "高安市教育局",
    )


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("本报告 2021年1月28日公布。", None),
        ("现将2020年情况报告如下。", 2020),
        ("现将2020年1至12月情况报告如下。统计期限自2020年1月1日至12月31日。", 2020),
        ("统计期限自2018年1月1日至2020年12月31日。", None),
    ],
)
def test_the_year_of_publication_is_never_the_year_reported_on(text: str, year: int | None) -> None:
    assert (
        identify(f"高安市政府信息公开工作年度报告\n{text}\n{SECTIONS.format('甲。')}").year == year
    )


@pytest.mark.parametrize(
    "title",
    [
        "高\u00ad安市\u200b教育局2022年政府信息公开工作年度报告",
        "高安市教育局\ufeff2022年政府信息公开年报",
    ],
)
def test_a_body_has_no_invisible_characters(title: str) -> None:
    assert identify(f"{title}\n{SECTIONS.format('甲。')}").body == "高安市教育局"


@pytest.mark.parametrize("year", ["（2022年）", "——2022年度", "2022年1月1日至12月31日"])
def test_a_short_report_whose_title_leaves_out_the_year_is_no_blank_template(year: str) -> None:
    found = identify(
        f"高安市教育局政府信息公开工作年度报告\n{year}\n{SECTIONS.format('2022年，无。')}"
    )
    assert (found.body, found.year) == ("高安市教育局", 2022)
