"""A place is found by its path and by what the report says around it; a bare name that several
bear decides nothing.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.places import postcodes
from indexer.places.clues import PlaceClues
from indexer.places.gazetteer import Area, gazetteer
from indexer.places.printed_names import known_names
from indexer.places.resolver import find_areas, find_by_code, place_names, resolve
from indexer.records import REGION_LEVELS, Region
from indexer.text.folding import fold

COUNTIES = [area for area in gazetteer().areas if area.level == "county"]
TOWNSHIPS = [
    area
    for area in gazetteer().areas
    if area.level == "township" and area.name.endswith(("镇", "乡", "街道", "苏木"))
]


def names(region: Region) -> str:
    """The names of a region from above, `-` for a level that it does not have, `?` for one that is
    open.
    """
    divisions = (getattr(region, level) for level in REGION_LEVELS)
    return "/".join("-" if d is None else d.name or "?" for d in divisions)


def path(region: Region) -> str:
    """The path that a region's known names make, without its zone."""
    divisions = (region.province, region.prefecture, region.county, region.township)
    return "".join(d.name for d in divisions if d is not None and d.name is not None)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("江西省人民政府", "江西省/-/-/-/-"),
        ("宜春市", "江西省/宜春市/-/-/-"),
        ("高安市", "江西省/宜春市/高安市/-/-"),
        ("高安市教育局", "江西省/宜春市/高安市/-/-"),
        ("高安市田南镇人民政府", "江西省/宜春市/高安市/-/田南镇"),
        ("息陬镇人民政府", "山东省/济宁市/曲阜市/-/息陬镇"),
        ("济南市历下区人民政府大明湖街道办事处", "山东省/济南市/历下区/-/大明湖街道"),
        ("越秀区白云街", "广东省/广州市/越秀区/-/白云街道"),
        ("重庆市北碚区人民政府办公室", "重庆市/-/北碚区/-/-"),
        ("上海市浦东新区张江镇", "上海市/-/浦东新区/-/张江镇"),
        ("仙桃市", "湖北省/-/仙桃市/-/-"),
        ("天门市小板镇", "湖北省/-/天门市/-/小板镇"),
        ("东莞市石碣镇", "广东省/东莞市/-/-/石碣镇"),
        ("儋州市", "海南省/儋州市/-/-/-"),
        ("嘉峪关市峪泉镇", "甘肃省/嘉峪关市/-/-/峪泉镇"),
        ("石河子市", "新疆维吾尔自治区/-/石河子市/-/-"),
        ("西宁市城东区", "青海省/西宁市/城东区/-/-"),
        ("科尔沁右翼中旗哈日诺尔苏木", "内蒙古自治区/兴安盟/科尔沁右翼中旗/-/哈日诺尔苏木"),
        ("科右中旗哈日诺尔苏木", "内蒙古自治区/兴安盟/科尔沁右翼中旗/-/哈日诺尔苏木"),
        ("兴安盟行署外事办公室", "内蒙古自治区/兴安盟/-/-/-"),
        ("延边州教育局", "吉林省/延边朝鲜族自治州/-/-/-"),
        ("耿马自治县教育局", "云南省/临沧市/耿马傣族佤族自治县/-/-"),
        ("延边自治州", "吉林省/延边朝鲜族自治州/-/-/-"),
        ("青龙县农业农村局", "河北省/秦皇岛市/青龙满族自治县/-/-"),
        ("国家税务总局高安市税务局", "江西省/宜春市/高安市/-/-"),
        ("赣县梅林镇", "江西省/赣州市/赣县/-/梅林镇"),
        ("赣县区梅林镇", "江西省/赣州市/赣县区/-/梅林镇"),
        ("密云县", "北京市/-/密云区/-/-"),
        ("莱芜市钢城区", "山东省/莱芜市/钢城区/-/-"),
        ("钢城区", "山东省/济南市/钢城区/-/-"),
        ("乾县", "陕西省/咸阳市/乾县/-/-"),
        ("三亚市崖州区", "海南省/三亚市/崖州区/-/-"),
        ("宜春教育局", "江西省/宜春市/-/-/-"),
        ("南昌教育局", "江西省/南昌市/-/-/-"),
        ("朝阳教育局", "?/?/?/-/-"),
        ("吉林教育局", "吉林省/?/-/-/-"),
        ("高安教育局", "-/-/-/-/-"),
        ("鼓楼区", "?/?/?/-/-"),
        ("蟠龙镇", "?/?/?/-/?"),
        ("某某镇", "-/-/-/-/某某镇"),
        ("高安市某某镇", "江西省/宜春市/高安市/-/某某镇"),
        ("我局", "-/-/-/-/-"),
        ("", "-/-/-/-/-"),
    ],
)
def test_finds_a_place_by_the_name_in_the_title(title: str, expected: str) -> None:
    assert names(resolve(PlaceClues(fold(title)))) == expected


@pytest.mark.parametrize(
    ("clues", "expected"),
    [
        (
            PlaceClues("田南镇", own=("高安市田南镇推行政务公开领导小组办公室",)),
            "江西省/宜春市/高安市/-/田南镇",
        ),
        (
            PlaceClues("蟠龙镇", own=("赣州市章贡区蟠龙镇人民政府",)),
            "江西省/赣州市/章贡区/-/蟠龙镇",
        ),
        (
            PlaceClues("蟠龙镇", near=("陕西省宝鸡市金台区蟠龙镇北街1号",)),
            "陕西省/宝鸡市/金台区/-/蟠龙镇",
        ),
        (PlaceClues("蟠龙镇", source=("宝鸡市人民政府",)), "陕西省/宝鸡市/金台区/-/蟠龙镇"),
        (
            PlaceClues("蟠龙镇", narrative="依据赣州市人民政府办公室关于印发方案的通知"),
            "江西省/赣州市/章贡区/-/蟠龙镇",
        ),
        (PlaceClues("蟠龙镇", narrative="赣州市和宝鸡市的经验"), "?/?/?/-/?"),
        (PlaceClues("蟠龙镇", narrative="江西省"), "?/?/?/-/?"),
        (PlaceClues("高安教育局", narrative="高安市"), "江西省/宜春市/高安市/-/-"),
        (PlaceClues("朝阳教育局", narrative="北京市朝阳区"), "北京市/-/朝阳区/-/-"),
        (PlaceClues("朝阳区", narrative="北京市人民政府"), "北京市/-/朝阳区/-/-"),
        (PlaceClues("朝阳区", narrative="吉林省长春市"), "吉林省/长春市/朝阳区/-/-"),
        (
            PlaceClues("", own=("荷岭镇",), near=("高安市荷岭镇三马大道",)),
            "江西省/宜春市/高安市/-/荷岭镇",
        ),
        (PlaceClues("", near=("高安市荷岭镇三马大道",)), "江西省/宜春市/高安市/-/-"),
        (PlaceClues("", source=("高安市人民政府",)), "江西省/宜春市/高安市/-/-"),
        (PlaceClues("区科技局", own=("宣州区科技局",)), "安徽省/宣城市/宣州区/-/-"),
        (PlaceClues("某某镇", source=("高安市人民政府",)), "江西省/宜春市/高安市/-/某某镇"),
    ],
)
def test_what_the_report_says_around_the_title_decides_among_places_of_one_name(
    clues: PlaceClues, expected: str
) -> None:
    assert names(resolve(clues)) == expected


@pytest.mark.parametrize(
    ("clues", "expected"),
    [
        (PlaceClues("赣州经开区蟠龙镇"), "江西省/赣州市/章贡区/赣州经开区/蟠龙镇"),
        (
            PlaceClues("赣州经开区蟠龙镇", own=("赣州经济技术开发区蟠龙镇人民政府",)),
            "江西省/赣州市/章贡区/赣州经济技术开发区/蟠龙镇",
        ),
        (PlaceClues("唐山海港经济开发区管理委员会"), "河北省/唐山市/-/河北唐山海港经济开发区/-"),
        (
            PlaceClues("石家庄高新区宋营镇"),
            "河北省/石家庄市/裕华区/石家庄高新技术产业开发区/宋营镇",
        ),
        (PlaceClues("苏州工业园区"), "江苏省/苏州市/-/苏州工业园区/-"),
        (
            PlaceClues("永川高新技术产业开发区", narrative="永川区"),
            "重庆市/-/永川区/永川高新技术产业开发区/-",
        ),
        (
            PlaceClues("东湖高新区教育局", narrative="武汉东湖新技术开发区"),
            "-/-/-/东湖新技术开发区/-",
        ),
        (PlaceClues("高安市高新技术产业园区"), "江西省/宜春市/高安市/高安市高新技术产业园区/-"),
    ],
)
def test_a_development_zone_stands_between_the_prefecture_and_its_townships(
    clues: PlaceClues, expected: str
) -> None:
    assert names(resolve(clues)) == expected


def test_a_short_name_of_a_zone_is_written_out_only_as_the_report_or_a_table_has_it() -> None:
    economic = resolve(PlaceClues("宜春经开区", narrative="宜春经济开发区管委会"))
    technological = resolve(PlaceClues("宜春经开区", narrative="宜春经济技术开发区管委会"))
    both = resolve(PlaceClues("宜春经开区", narrative="宜春经济开发区升级为宜春经济技术开发区"))
    assert [region.zone and region.zone.name for region in (economic, technological, both)] == [
        "宜春经济开发区",
        "宜春经济技术开发区",
        "宜春经开区",
    ]


def test_says_what_each_level_rests_on() -> None:
    region = resolve(
        PlaceClues("田南镇", own=("高安市田南镇人民政府",), narrative="宜春市人民政府办公室")
    )
    found = [
        (d.name, d.code, d.evidence)
        for d in (region.province, region.prefecture, region.county, region.township)
        if d
    ]
    assert found == [
        ("江西省", "360000", "gazetteer"),
        ("宜春市", "360900", "text"),
        ("高安市", "360983", "text"),
        ("田南镇", "360983108", "title"),
    ]


def test_an_open_place_lists_every_place_it_can_be() -> None:
    region = resolve(PlaceClues("朝阳区"))
    assert region.county is not None
    assert (region.county.name, region.county.status) == (None, "ambiguous")
    assert region.county.candidates == ("北京市朝阳区", "吉林省长春市朝阳区")


def test_a_county_that_the_body_names_stands_against_a_township_that_lies_elsewhere() -> None:
    region = resolve(PlaceClues("息陬镇", own=("高安市息陬镇人民政府",)))
    assert names(region) == "江西省/宜春市/高安市/-/?"
    assert region.township is not None
    assert region.township.candidates == ("山东省济宁市曲阜市息陬镇",)


def test_a_township_that_the_tables_have_elsewhere_is_open_in_the_county_of_the_title() -> None:
    assert names(resolve(PlaceClues("高安市蟠龙镇"))) == "江西省/宜春市/高安市/-/?"


def test_a_county_of_the_same_name_in_another_prefecture_is_no_superior() -> None:
    assert (
        names(resolve(PlaceClues("朝阳区", narrative="学习辽宁省沈阳市和北京市朝阳区的做法")))
        == "北京市/-/朝阳区/-/-"
    )
    assert names(resolve(PlaceClues("蟠龙镇", narrative="学习上饶市章贡区的做法"))) == "?/?/?/-/?"


def test_a_name_that_is_part_of_a_street_or_a_longer_name_is_no_place() -> None:
    assert names(resolve(PlaceClues("", near=("中山路12号", "北京东路5号")))) == "-/-/-/-/-"


def test_finds_places_with_and_without_their_class_and_by_code() -> None:
    assert [area.path for area in find_areas("宜春")] == ["江西省宜春市"]
    assert [area.path for area in find_areas("大明湖街道办事处")] == [
        "山东省济南市历下区大明湖街道"
    ]
    assert find_areas("不是地名") == ()
    area = find_by_code("360983101")
    assert area is not None
    assert area.path == "江西省宜春市高安市荷岭镇"
    assert find_by_code("999999") is None


def test_gives_the_names_that_a_segmenter_needs_and_no_common_words() -> None:
    given_names = set(place_names())
    assert {"江西省", "宜春市", "高安市", "息陬镇", "大明湖街道", "哈日诺尔苏木"} <= given_names
    assert not given_names & {"街道", "社区", "农场", "市辖区", "城区街道"}


@given(st.sampled_from(COUNTIES), st.sampled_from(["", "人民政府", "教育局", "人民政府办公室"]))
def test_the_path_of_a_county_means_that_county(county: Area, organ: str) -> None:
    region = resolve(PlaceClues(fold(county.path) + organ))
    assert region.county is not None
    assert region.county.name == county.name


@given(st.sampled_from(COUNTIES), st.sampled_from(["", "人民政府", "教育局"]))
def test_the_bare_name_of_a_county_means_that_county_or_stays_open(
    county: Area, organ: str
) -> None:
    region = resolve(PlaceClues(fold(county.name) + organ))
    accepted = {county.path, gazetteer().today(county).path}
    assert region.county is not None
    assert (
        path(region) in accepted if region.county.name else accepted & set(region.county.candidates)
    )


@given(st.sampled_from(TOWNSHIPS))
def test_the_bare_name_of_a_township_is_a_place_only_if_no_other_bears_it(township: Area) -> None:
    region = resolve(PlaceClues(fold(township.name)))
    bearers = {gazetteer().today(area).path for area in known_names().get(fold(township.name), ())}
    if len(bearers) > 1 and region.zone is None and region.township is not None:
        assert region.township.name is None or len({fold(bearer) for bearer in bearers}) == 1
    assert (
        path(region) in bearers | {""}
        or region.zone
        or region.township is None
        or region.township.status == "ambiguous"
    )


@given(st.sampled_from(TOWNSHIPS), st.sampled_from(COUNTIES))
def test_a_known_township_lies_in_the_known_county(township: Area, county: Area) -> None:
    region = resolve(PlaceClues(fold(township.name), near=(fold(county.path),)))
    if (
        region.township is not None
        and region.township.name
        and region.county is not None
        and region.county.name
    ):
        assert region.township.code is None or path(region) in {
            area.path for area in known_names()[fold(region.township.name)]
        }


@given(
    st.text(
        alphabet="高安市县区省镇乡街道办事处人民政府经开区高新宜春江西赣州蟠龙新华朝阳0 a，",
        max_size=30,
    )
)
def test_any_text_gives_a_region_whose_known_places_are_of_the_tables_or_of_the_text(
    text: str,
) -> None:
    region = resolve(PlaceClues(fold(text)))
    for level in REGION_LEVELS:
        division = getattr(region, level)
        if division is not None and division.status == "ambiguous":
            assert division.name is None
            assert division.candidates
        elif division is not None:
            assert (
                division.name in known_names()
                or division.name in fold(text)
                or division.code is not None
            )


@pytest.mark.parametrize(
    ("title", "narrative", "expected"),
    [
        ("兴华乡", "（邮编：135000，电话：1）", "吉林省/通化市/梅河口市/-/兴华乡"),
        ("蟠龙镇", "邮政编码为341000。", "江西省/赣州市/章贡区/-/蟠龙镇"),
        ("蟠龙镇", "邮编：341000，邮编：721000。", "?/?/?/-/?"),
        ("蟠龙镇", "邮编：999999。", "?/?/?/-/?"),
        ("蟠龙镇", "邮编：34100。", "?/?/?/-/?"),
        ("蟠龙镇", "邮箱：341000@163.com", "?/?/?/-/?"),
        ("蟠龙镇", "落实金台区的要求。邮编：341000。", "陕西省/宝鸡市/金台区/-/蟠龙镇"),
        ("高安市", "邮编：341000。", "江西省/宜春市/高安市/-/-"),
        ("", "邮编：341000。", "-/-/-/-/-"),
    ],
)
def test_a_postcode_chooses_only_among_places_that_nothing_else_tells_apart(
    title: str, narrative: str, expected: str
) -> None:
    assert names(resolve(PlaceClues(title=fold(title), narrative=fold(narrative)))) == expected


def test_a_postcode_decides_nothing_where_that_of_a_rival_in_the_province_is_not_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = {
        path: code for path, code in postcodes.postcodes().items() if path != "陕西省宝鸡市金台区"
    }
    monkeypatch.setattr(postcodes, "postcodes", lambda: known)
    assert (
        names(resolve(PlaceClues(title="蟠龙镇", narrative="邮编:341000")))
        == "江西省/赣州市/章贡区/-/蟠龙镇"
    )
    assert names(resolve(PlaceClues(title="蟠龙镇", narrative="邮编:721000"))) == "?/?/?/-/?"
