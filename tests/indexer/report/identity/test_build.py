"""What a report says of itself: found in its title, opening and signature, and never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.formats.registry import read_document
from indexer.places.gazetteer import Area, gazetteer
from indexer.records import (
    REGION_LEVELS,
    Document,
    Identity,
    Paragraph,
    Region,
    Section,
    SourceFile,
)
from indexer.report.build import build_report
from indexer.report.identity.build import build_identity
from tests.golden import CORPUS

COUNTIES = [area for area in gazetteer().areas if area.level == "county"]


def identify(
    title: str | None,
    *paragraphs: str,
    page: str | None = None,
    published: date | None = None,
    manifest: str | None = None,
) -> Identity:
    """The identity of a report with this title, and these paragraphs before its first section."""
    text = tuple(Paragraph(number, line) for number, line in enumerate(paragraphs, 1))
    document = Document((), "text/plain", title=page, published=published)
    return build_identity(
        document,
        (Section("preamble", None, text),),
        title,
        SourceFile("a.txt", "00" * 32, 1, title=manifest),
    )


def names(region: Region) -> str:
    divisions = (getattr(region, level) for level in REGION_LEVELS)
    return "/".join("-" if d is None else d.name or "?" for d in divisions)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "息陬镇-2019",
            (
                "息陬镇人民政府2019年信息公开年度报告",
                "息陬镇人民政府",
                "township",
                "山东省/济宁市/曲阜市/-/息陬镇",
                2019,
                None,
                None,
            ),
        ),
        (
            "田南镇-2019",
            (
                "田南镇2019年政府信息公开工作年度报告",
                "田南镇人民政府",
                "township",
                "江西省/宜春市/高安市/-/田南镇",
                2019,
                (date(2019, 1, 1), date(2019, 12, 31)),
                None,
            ),
        ),
        (
            "荷岭镇-2020",
            (
                None,
                "荷岭镇人民政府",
                "township",
                "江西省/宜春市/高安市/-/荷岭镇",
                2020,
                (date(2020, 1, 1), date(2020, 12, 31)),
                None,
            ),
        ),
        (
            "蟠龙镇-2020",
            (
                "赣州经开区蟠龙镇2020年政府信息公开工作年度报告",
                "赣州经济技术开发区蟠龙镇人民政府",
                "township",
                "江西省/赣州市/章贡区/赣州经济技术开发区/蟠龙镇",
                2020,
                None,
                date(2021, 1, 28),
            ),
        ),
        (
            "高安市-2019",
            (
                "高安市2019年政府信息公开工作年度报告",
                "高安市人民政府",
                "county",
                "江西省/宜春市/高安市/-/-",
                2019,
                None,
                None,
            ),
        ),
    ],
)
def test_the_reports_of_the_corpus_are_known(file: str, expected: tuple[object, ...]) -> None:
    data = (CORPUS / f"{file}.txt").read_bytes()
    identity = build_report(
        read_document(data, file), SourceFile(file, "00" * 32, len(data))
    ).identity
    found = identity
    title = found.title if found.title_printed else None
    assert (
        title,
        found.body,
        found.level,
        names(found.region),
        found.year,
        found.period,
        found.published,
    ) == expected


@pytest.mark.parametrize(
    ("title", "body", "level", "parent_level"),
    [
        ("江西省2020年政府信息公开工作年度报告", "江西省人民政府", "province", None),
        (
            "内蒙古自治区人民政府2020年政府信息公开工作年度报告",
            "内蒙古自治区人民政府",
            "province",
            None,
        ),
        ("重庆市2021年政府信息公开工作年度报告", "重庆市人民政府", "province", None),
        ("宜春市人民政府2020年政府信息公开工作年度报告", "宜春市人民政府", "prefecture", None),
        ("延边州2020年政府信息公开工作年度报告", "延边州人民政府", "prefecture", None),
        ("阿里地区2020年政府信息公开工作年度报告", "阿里地区行政公署", "prefecture", None),
        ("兴安盟行署2020年政府信息公开工作年度报告", "兴安盟行政公署", "prefecture", None),
        ("高安市政府2020年政府信息公开工作年度报告", "高安市人民政府", "county", None),
        ("福州市晋安区2016年政府信息公开工作年度报告", "福州市晋安区人民政府", "county", None),
        (
            "科尔沁右翼中旗人民政府2020年政府信息公开工作年度报告",
            "科尔沁右翼中旗人民政府",
            "county",
            None,
        ),
        ("密云县2012年政府信息公开工作年度报告", "密云县人民政府", "county", None),
        ("某某县2012年政府信息公开工作年度报告", "某某县人民政府", "county", None),
        ("龙游县横山镇2023年政府信息公开工作年度报告", "龙游县横山镇人民政府", "township", None),
        ("2023年下各镇政府信息公开工作年度报告", "下各镇人民政府", "township", None),
        ("2023年下各镇政府政府信息公开工作年度报告", "下各镇人民政府", "township", None),
        ("木场乡人民政府2023年度政府信息公开工作年度报告", "木场乡人民政府", "township", None),
        ("哈日诺尔苏木2025年政府信息公开工作年度报告", "哈日诺尔苏木人民政府", "township", None),
        (
            "道里区经纬街道办事处2022年政府信息公开工作年度报告",
            "道里区经纬街道办事处",
            "township",
            None,
        ),
        ("建章路街道2022年政府信息公开工作年度报告", "建章路街道办事处", "township", None),
        ("越秀区白云街2022年政府信息公开工作年度报告", "越秀区白云街道办事处", "township", None),
        (
            "高安市某某街道办2022年政府信息公开工作年度报告",
            "高安市某某街道办事处",
            "township",
            None,
        ),
        (
            "历下区人民政府大明湖街道办事处2022年政府信息公开工作年度报告",
            "历下区人民政府大明湖街道办事处",
            "township",
            None,
        ),
        (
            "吉村镇人民政府办公室2023年政府信息公开工作年度报告",
            "吉村镇人民政府办公室",
            "township",
            None,
        ),
        ("鞍山高新区2020年度政府信息公开工作报告", "鞍山高新区管理委员会", "zone", None),
        ("高安市教育局(jú)2020年政府信息公开工作年度报告", "高安市教育局", "department", "county"),
        ("西咸新区管委会2020年政府信息公开工作年度报告", "西咸新区管理委员会", "zone", None),
        (
            "绵竹高新技术产业园区管理委员会2020年政府信息公开工作年度报告",
            "绵竹高新技术产业园区管理委员会",
            "zone",
            None,
        ),
        ("江西省教育厅2020年政府信息公开工作年度报告", "江西省教育厅", "department", "province"),
        (
            "石家庄市教育局2021年政府信息公开工作年度报告",
            "石家庄市教育局",
            "department",
            "prefecture",
        ),
        (
            "高安市住房和城乡建设局2021年政府信息公开工作年度报告",
            "高安市住房和城乡建设局",
            "department",
            "county",
        ),
        (
            "高安市城镇管理局2021年政府信息公开工作年度报告",
            "高安市城镇管理局",
            "department",
            "county",
        ),
        (
            "高安市国有资产监督管理委员会2021年政府信息公开工作年度报告",
            "高安市国有资产监督管理委员会",
            "department",
            "county",
        ),
        (
            "国家税务总局高安市税务局2022年政府信息公开工作年度报告",
            "国家税务总局高安市税务局",
            "department",
            "county",
        ),
        (
            "兴安盟行署外事办公室2025年政府信息公开工作年度报告",
            "兴安盟行署外事办公室",
            "department",
            "prefecture",
        ),
        (
            "东湖高新区教育局2021年政府信息公开工作年度报告",
            "东湖高新区教育局",
            "department",
            "zone",
        ),
        (
            "高安市人民政府办公室2020年政府信息公开工作年度报告",
            "高安市人民政府办公室",
            "department",
            "county",
        ),
        ("教育部2020年政府信息公开工作年度报告", "教育部", "department", None),
        ("区科技局2020年信息公开工作年度报告", "区科技局", "department", "county"),
        ("高安市第二中学2020年信息公开工作年度报告", "高安市第二中学", "institution", None),
        ("高安市2020年市政府信息公开工作年度报告", "高安市人民政府", "county", None),
        ("宜春2020年政府信息公开工作年度报告", "宜春市人民政府", "prefecture", None),
        ("朝阳2020年政府信息公开工作年度报告", None, None, None),
        ("高安2020年政府信息公开工作年度报告", None, None, None),
        ("2023年全州政府信息公开工作年度报告", None, None, None),
        ("本局2023年政府信息公开工作年度报告", None, None, None),
        ("政府信息公开工作年度报告", None, None, None),
        ("2020年度政务公开工作年度报告", None, None, None),
    ],
)
def test_finds_the_body_and_its_level_in_the_title(
    title: str, body: str | None, level: str | None, parent_level: str | None
) -> None:
    found = identify(title)
    assert (found.title, found.title_printed) == (title, True)
    assert (found.body, found.level, found.parent_level) == (body, level, parent_level)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("高安市2019年政府信息公开工作年度报告", 2019),
        ("高安市２０１９年度政府信息公开工作年度报告", 2019),
        ("高安市二〇一九年政府信息公开工作年度报告", 2019),
        ("高安市二○一八年度政府信息公开年报", 2018),
        ("高安市 2019 年政府信息公开工作年度报告", 2019),
        ("高安市2019政府信息公开工作年度报告", 2019),
        ("政府信息公开工作年度报告（2020年度）", 2020),
        ("高安市政府信息公开工作2020年度报告（2021年1月发布）", 2020),
        ("高安市政府信息公开工作年度报告（2021年1月28日）", None),
        ("2021年发布2020年度高安市政府信息公开工作报告", 2020),
        ("关于2019年度高安市政府信息公开工作情况的报告", 2019),
        ("高安市政府信息公开工作年度报告", None),
        ("高安市1019年政府信息公开工作年度报告", None),
    ],
)
def test_the_title_decides_the_year(title: str, year: int | None) -> None:
    assert identify(title).year == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (
            "本报告中所列数据的统计期限自2020年1月1日起至2020年12月31日止。2019年，我市进步很大。",
            2020,
        ),
        ("根据国办公开办函〔2019〕60号，现将我镇2020年度政府信息公开情况报告如下。", 2020),
        (
            (
                "根据《国务院办公厅关于印发2021年政务公开工作要点的通知》（国办发〔2021〕12号）"
                "，2020年我局认真落实。"
            ),
            2020,
        ),
        ("现向社会公布二〇一六年度信息公开情况。", 2016),
        ("2019年和2020年。", None),
        ("我局认真落实条例。", None),
        ("受理申请86件，办结78件，余8件转2023年度办理。", None),
        ("2022年收到申请3件，结转2023年度办理1件，转入2023年处理1件。", 2022),
        ("2022年推进公开。落实2023年工作要点和2023年工作计划。", 2022),
    ],
)
def test_without_a_year_in_the_title_the_period_and_then_the_prose_decide(
    text: str, year: int | None
) -> None:
    assert identify("高安市政府信息公开工作年度报告", text).year == year


def test_the_title_goes_before_the_period() -> None:
    found = identify(
        "高安市2019年政府信息公开工作年度报告", "统计期限自2020年1月1日起至2020年12月31日止。"
    )
    assert (found.year, found.period) == (2019, (date(2020, 1, 1), date(2020, 12, 31)))


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        (("由荷岭镇结合有关统计数据编制。",), "荷岭镇人民政府"),
        (("由高安市田南镇推行政务公开领导小组办公室编制。",), "高安市田南镇人民政府"),
        (("本报告由靖江市教育局编制。请联系：靖江市教育局办公室。",), "靖江市教育局"),
        (("现公布长安区砲里街道2022年政府信息公开工作年度报告。",), "长安区砲里街道办事处"),
        (("现向社会公布2021年石家庄市教育局政府信息公开工作年度报告。",), "石家庄市教育局"),
        (
            ("编制《临夏市人民政府2023年政府信息公开工作年度报告》。请与临夏市政府办公室联系。",),
            "临夏市人民政府",
        ),
        (("现公开来凤县人民政府信息公开年度报告。",), "来凤县人民政府"),
        (
            ("编写沙洋县2017年度政府信息公开工作年度报告。请与沙洋县电子政务办公室联系。",),
            "沙洋县人民政府",
        ),
        (("如有疑问，请与大余县吉村镇党政办公室联系。",), "大余县吉村镇人民政府"),
        (("如有疑问，请与凉山州审计局办公室联系。",), "凉山州审计局"),
        (
            ("如有疑问，请与盐城市大丰区人民政府办公室联系。", "我区推进公开。"),
            "盐城市大丰区人民政府",
        ),
        (
            ("现将重庆市北碚区人民政府办公室2020年政府信息公开情况报告如下。", "我办推进公开。"),
            "重庆市北碚区人民政府办公室",
        ),
        (
            ("由南宁经济技术开发区管理委员会（以下简称经开区）编制。",),
            "南宁经济技术开发区管理委员会",
        ),
        (("我局推进公开。", "高安市教育局", "2021年1月28日"), "高安市教育局"),
        (("我局推进公开。", "依托政务服务大厅"), None),
        (("由开发区政务公开工作领导小组办公室编制。",), None),
        (("全文由总体情况、主动公开政府信息情况等六部分组成，编制完成。",), None),
        (("由各乡镇、各部门分别编制。",), None),
    ],
)
def test_without_a_body_in_the_title_the_signature_and_the_opening_name_it(
    lines: tuple[str, ...], body: str | None
) -> None:
    assert identify("政府信息公开工作年度报告", "为做好工作，报告如下。", *lines).body == body


@pytest.mark.parametrize(
    ("title", "lines", "body"),
    [
        (
            "蟠龙镇2020年政府信息公开工作年度报告",
            ("章贡区蟠龙镇人民政府", "2021年1月28日"),
            "章贡区蟠龙镇人民政府",
        ),
        (
            "鞍山高新区2020年政府信息公开工作报告",
            ("鞍山高新技术产业开发区管理委员会",),
            "鞍山高新技术产业开发区管理委员会",
        ),
        (
            "高安市2020年政府信息公开工作年度报告",
            ("高安市人民政府办公室", "2021年1月28日"),
            "高安市人民政府",
        ),
        (
            "高安市2020年政府信息公开工作年度报告",
            ("田南镇人民政府", "2021年1月28日"),
            "高安市人民政府",
        ),
        (
            "高安市教育局2020年政府信息公开工作年度报告",
            ("高安市教育体育局", "2021年1月28日"),
            "高安市教育局",
        ),
        ("区科技局2020年信息公开工作年度报告", ("宣州区科技局",), "宣州区科技局"),
    ],
)
def test_a_signature_completes_a_bare_place_and_nothing_else(
    title: str, lines: tuple[str, ...], body: str
) -> None:
    assert identify(title, "无其他需要报告的事项。", *lines).body == body


def test_an_office_that_speaks_for_its_government_is_at_the_governments_level() -> None:
    title = "高安市人民政府办公室2020年政府信息公开工作年度报告"
    own, government = (
        identify(title, "我办认真落实，我办全年公开信息5条。"),
        identify(title, "我市认真落实，全市公开信息5000条。"),
    )
    assert [(found.level, found.parent_level) for found in (own, government)] == [
        ("department", "county"),
        ("county", None),
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("统计期限自2020年1月1日起至2020年12月31日止。", ("2020-01-01", "2020-12-31")),
        ("统计期限从2019年1月1日到2019年12月31日止。", ("2019-01-01", "2019-12-31")),
        ("统计期限为2020年1月1日至12月31日。", ("2020-01-01", "2020-12-31")),
        ("统计时限：2020年1月1日—12月31日。", ("2020-01-01", "2020-12-31")),
        ("数据统计时间段:2017年1月1日-2017 年12月31日。", ("2017-01-01", "2017-12-31")),
        ("统计期限为2023年1月1日——2023年12月31日。", ("2023-01-01", "2023-12-31")),
        ("统计时间为2019.1.1-12.31。", ("2019-01-01", "2019-12-31")),
        ("统计期限自２０２０年１月１日起至当年１２月３１日止。", ("2020-01-01", "2020-12-31")),
        ("统计期限自二〇二〇年一月一日起至十二月三十一日止。", ("2020-01-01", "2020-12-31")),
        ("统计期限自20231月1日起至12月31日止。", ("2023-01-01", "2023-12-31")),
        ("统计期限从2023年1月1日至12月31止。", ("2023-01-01", "2023-12-31")),
        (
            "内容涵盖我局2016年1月1日至12月31日期间的政府信息公开工作情况。",
            ("2016-01-01", "2016-12-31"),
        ),
        ("统计期限自2020年1月1日起至2020年12月32日止。", None),
        ("统计期限自2020年2月30日起至2020年12月31日止。", None),
        ("统计期限自2020年12月31日起至2020年1月1日止。", None),
        ("数据统计截至2019年12月31日。", None),
        ("统计期限为201411日至1231日。", None),
        ("2020年3月1日至5月1日，我镇开展了活动。", None),
    ],
)
def test_finds_the_period_as_it_is_stated(text: str, period: tuple[str, str] | None) -> None:
    found = identify("高安市2020年政府信息公开工作年度报告", text).period
    assert found == (period and tuple(map(date.fromisoformat, period)))


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (("高安市教育局", "2021年1月28日"), date(2021, 1, 28)),
        (("高安市教育局", "二〇二一年一月二十八日"), date(2021, 1, 28)),
        (("高安市教育局", "二○二一年十二月三十一日"), date(2021, 12, 31)),
        (("高安市教育局", "2021-01-28"), date(2021, 1, 28)),
        (("高安市教育局", "２０２１年１月２８日"), date(2021, 1, 28)),
        (("高安市教育局 2021 年 1 月 28 日",), date(2021, 1, 28)),
        (("无其他需要报告的事项。高安市教育局2021年1月28日",), date(2021, 1, 28)),
        (("（2021年1月28日）",), date(2021, 1, 28)),
        (("高安市教育局", "2021年1月"), None),
        (("高安市教育局", "2021年2月30日"), None),
        (("我局将于2021年1月28日公开。",), None),
        (("截至2021年1月28日",), None),
        (("无。",), None),
    ],
)
def test_the_date_of_the_signature_is_the_date_of_publication(
    lines: tuple[str, ...], published: date | None
) -> None:
    assert (
        identify("高安市教育局2020年政府信息公开工作年度报告", "我局推进公开。", *lines).published
        == published
    )


def test_without_a_signature_the_pages_date_is_the_date_of_publication() -> None:
    title = "高安市2020年政府信息公开工作年度报告"
    assert identify(title, "我市。", published=date(2021, 3, 1)).published == date(2021, 3, 1)
    assert identify(title, "发布时间：2021-02-01 16:53 来源：高安市", "我市。").published == date(
        2021, 2, 1
    )
    assert identify(title, "我市。", "2021年1月28日", published=date(2021, 3, 1)).published == date(
        2021, 1, 28
    )


@pytest.mark.parametrize(
    "line",
    [
        "2021-02-01 高安市人民政府办公室",
        "2021-02-01 作者：佚名 点击数：3",
        "发布机构 | 发布日期 | 2021-02-01 11:14 | |",
        "2021年02月01日 浏览次数：",
        "2021-02-01",
        "• 2021-02-01 15:01",
    ],
)
def test_a_page_prints_its_date_in_these_ways(line: str) -> None:
    assert identify("高安市2020年政府信息公开工作年度报告", line, "我市。").published == date(
        2021, 2, 1
    )


def test_a_line_of_prose_that_begins_with_a_date_tells_none() -> None:
    line = "2021-02-01我局印发文件。"
    assert identify("高安市2020年政府信息公开工作年度报告", line, "我市。").published is None


@pytest.mark.parametrize(
    ("page", "title", "body", "region"),
    [
        (
            "高安市2019年政府信息公开工作年度报告_高安市人民政府",
            "高安市2019年政府信息公开工作年度报告",
            "高安市人民政府",
            "江西省/宜春市/高安市/-/-",
        ),
        (
            "蟠龙镇2019年政府信息公开年报 - 政府信息公开年报 - 宝鸡市人民政府",
            "蟠龙镇2019年政府信息公开年报",
            "蟠龙镇人民政府",
            "陕西省/宝鸡市/金台区/-/蟠龙镇",
        ),
        (
            "政府信息公开年报-高安市教育局2020年政府信息公开工作年度报告",
            "高安市教育局2020年政府信息公开工作年度报告",
            "高安市教育局",
            "江西省/宜春市/高安市/-/-",
        ),
        (
            "2019年政府信息公开工作年度报告_高安市人民政府",
            "2019年政府信息公开工作年度报告",
            None,
            "江西省/宜春市/高安市/-/-",
        ),
    ],
)
def test_the_pages_own_title_is_a_printed_title_without_the_site(
    page: str, title: str, body: str | None, region: str
) -> None:
    found = identify(None, page=page)
    assert (found.title, found.title_printed, found.body, names(found.region)) == (
        title,
        True,
        body,
        region,
    )


def test_a_page_title_that_names_only_the_site_is_no_title_but_tells_where_the_site_is() -> None:
    found = identify(None, "我镇推进公开。", page="高安市人民政府")
    assert (found.title, found.title_printed, found.body) == (None, False, None)
    assert found.region.county is not None
    assert (found.region.county.name, found.region.county.evidence) == ("高安市", "source")


@pytest.mark.parametrize(
    "head",
    [
        "来源：宝鸡市金台区蟠龙镇 作者： 时间：2024-01-16",
        "首页 > 政务公开 > 金台区 > 蟠龙镇 > 年度报告",
        "地址：宝鸡市金台区蟠龙路1号",
    ],
)
def test_what_a_page_prints_above_the_report_tells_places_of_one_name_apart(head: str) -> None:
    found = identify("蟠龙镇2020年政府信息公开工作年度报告", head, "我镇推进公开。")
    assert names(found.region) == "陕西省/宝鸡市/金台区/-/蟠龙镇"


def test_a_title_that_is_not_printed_is_the_manifests_or_else_built_of_body_and_year() -> None:
    opening = "由荷岭镇编制，统计期限自2020年1月1日起至12月31日止。"
    built, listed = (
        identify(None, opening),
        identify(None, opening, manifest="荷岭镇2020年信息公开年报"),
    )
    assert [(found.title, found.title_printed) for found in (built, listed)] == [
        ("荷岭镇人民政府2020年政府信息公开工作年度报告", False),
        ("荷岭镇2020年信息公开年报", False),
    ]
    assert identify(None, "由荷岭镇编制。").title == "荷岭镇人民政府政府信息公开工作年度报告"


def test_a_title_broken_in_two_takes_the_body_from_the_line_above() -> None:
    found = identify("2025年政府信息公开工作年度报告", "九原区阿嘎如泰苏木", "我苏木推进公开。")
    assert (found.body, names(found.region)) == (
        "九原区阿嘎如泰苏木人民政府",
        "内蒙古自治区/包头市/九原区/-/阿嘎如泰苏木",
    )


def test_a_rare_character_is_kept_as_the_tables_write_it() -> None:
    assert identify("乾县2020年政府信息公开工作年度报告").body == "乾县人民政府"
    assert identify("年度报告", "由乾县人民政府编制。").body == "乾县人民政府"


def test_the_paragraphs_of_every_section_count_and_lines_stand_in_where_there_are_none() -> None:
    document = read_document("高安市教育局\n2021年1月28日\n".encode(), "a.txt")
    found = build_identity(document, (), None, SourceFile("a.txt", "00" * 32, 1))
    assert (found.body, found.published) == ("高安市教育局", date(2021, 1, 28))
    assert (
        build_identity(
            replace(document, blocks=()), (), None, SourceFile("a.txt", "00" * 32, 1)
        ).body
        is None
    )


@given(
    st.sampled_from(COUNTIES),
    st.integers(2008, 2030),
    st.sampled_from(["{c}{y}年", "{y}年{c}", "关于{c}{y}年度", "{c}人民政府{y}年度"]),
)
def test_any_county_and_year_in_a_title_are_found(county: Area, year: int, form: str) -> None:
    found = identify(form.format(c=county.path, y=year) + "政府信息公开工作年度报告")
    assert (found.year, found.body, found.level) == (year, county.path + "人民政府", "county")
    assert found.region.county is not None
    assert found.region.county.name == county.name


@given(
    st.dates(date(2009, 1, 1), date(2030, 12, 31)),
    st.sampled_from(
        ["{d.year}年{d.month}月{d.day}日", "{d:%Y-%m-%d}", "{d:%Y.%m.%d}", "{d:%Y/%m/%d}"]
    ),
)
def test_any_date_below_a_signature_is_read(day: date, form: str) -> None:
    assert (
        identify(
            "高安市2020年政府信息公开工作年度报告", "无。", "高安市人民政府", form.format(d=day)
        ).published
        == day
    )


@given(st.text(max_size=60), st.lists(st.text(max_size=80), max_size=5))
def test_any_text_has_an_identity(title: str, paragraphs: list[str]) -> None:
    found = identify(title, *paragraphs)
    assert found.body is not None or found.level in (
        None,
        "township",
        "department",
        "county",
        "institution",
    )
    assert found.body is not None or found.parent_level is None


@pytest.mark.parametrize(
    ("lines", "period"),
    [
        (("统计期限自2020年1月1日起至12月3", "1日止。"), ("2020-01-01", "2020-12-31")),
        (("统计期限为2020.1.1-12.31", "一、总体情况"), ("2020-01-01", "2020-12-31")),
        (("统计期限为2020年1月1日至", "- 2 -", "12月31日。"), ("2020-01-01", "2020-12-31")),
        (("本报告所列数据的统计", "期限为2020年1月1日至12月31日。"), ("2020-01-01", "2020-12-31")),
        (("统计期限见附件。", "2020年1月1日至12月31日，我局开展活动。"), None),
        (("来源：高安市统计局", "2020年3月1日至5月1日，我局开展活动。"), None),
    ],
)
def test_a_period_that_is_broken_over_lines_is_read_whole_or_not_at_all(
    lines: tuple[str, ...], period: tuple[str, str] | None
) -> None:
    found = identify("高安市统计局2020年政府信息公开工作年度报告", *lines).period
    assert found == (period and tuple(map(date.fromisoformat, period)))
