"""The address of a government site spells places; it chooses among places that are named, and
never finds one alone.
"""

from __future__ import annotations

import pytest

from indexer.places.clues import PlaceClues
from indexer.places.domains import find_by_initials, find_hosts
from indexer.places.resolver import resolve
from indexer.records import REGION_LEVELS, Region
from indexer.text.folding import fold


def names(region: Region) -> str:
    divisions = (getattr(region, level) for level in REGION_LEVELS)
    return "/".join("-" if d is None else d.name or "?" for d in divisions)


@pytest.mark.parametrize(
    ("address", "paths"),
    [
        ("http://www.hanyang.gov.cn/xxgk/", ["湖北省武汉市汉阳区"]),
        ("http://lixia.gov.cn", ["山东省济南市历下区"]),
        ("http://zw.ningan.gov.cn/view.php?id=3025", ["黑龙江省牡丹江市宁安市"]),
        ("http://sxxingxian.gov.cn/xxgk/", ["山西省吕梁市兴县"]),
        ("https://www.gzchishui.gov.cn/", ["贵州省遵义市赤水市"]),
        ("http://www.lvliang.gov.cn/", ["山西省吕梁市"]),
        ("http://www.luan.gov.cn/", ["安徽省六安市"]),
        ("http://www.changan.gov.cn/", ["河北省石家庄市长安区", "陕西省西安市长安区"]),
        ("http://www.njgl.gov.cn/", []),
        ("http://www.hanyang.com/", []),
        ("http://hanyang.gov.cn.example.com/", []),
        ("http://[broken", []),
        ("", []),
    ],
)
def test_an_address_spells_these_places(address: str, paths: list[str]) -> None:
    assert sorted(area.path for area in find_hosts(address)) == paths


@pytest.mark.parametrize(
    ("title", "narrative", "address", "expected"),
    [
        ("蟠龙镇", "", "http://www.jintai.gov.cn/", "陕西省/宝鸡市/金台区/-/蟠龙镇"),
        ("蟠龙镇", "", "http://www.baoji.gov.cn/", "陕西省/宝鸡市/金台区/-/蟠龙镇"),
        ("蟠龙镇", "", "http://www.lixia.gov.cn/", "?/?/?/-/?"),
        ("迎宾路街道", "", "http://www.syyh.gov.cn/", "辽宁省/沈阳市/于洪区/-/迎宾路街道"),
        ("迎宾路街道", "", "http://www.yh.gov.cn/", "?/?/?/-/?"),
        ("兴华乡", "", "http://mhk.gov.cn/", "吉林省/通化市/梅河口市/-/兴华乡"),
        ("迎宾路街道", "", "http://www.syyh.com/", "?/?/?/-/?"),
        (
            "永川高新技术产业开发区管理委员会",
            "",
            "https://yc.cq.gov.cn/",
            "重庆市/-/永川区/永川高新技术产业开发区/-",
        ),
        (
            "永川高新技术产业开发区管理委员会",
            "",
            "https://yc.gov.cn/",
            "-/-/-/永川高新技术产业开发区/-",
        ),
        ("住建局", "安阳县住建局办理申请。", "http://www.ayx.gov.cn/", "河南省/安阳市/安阳县/-/-"),
        ("住建局", "落实上级的要求。", "http://www.ayx.gov.cn/", "-/-/-/-/-"),
        (
            "熊口管理区",
            "落实潜江市的要求。",
            "http://www.hbqj.gov.cn/",
            "湖北省/-/潜江市/熊口管理区/-",
        ),
        ("长安区", "", "http://www.changan.gov.cn/", "?/?/?/-/-"),
        ("", "落实西秀区的要求。", "http://www.xixiu.gov.cn/", "贵州省/安顺市/西秀区/-/-"),
        ("区科技局", "落实西秀区的要求。", "http://www.xixiu.gov.cn/", "贵州省/安顺市/西秀区/-/-"),
        ("市科技局", "落实西秀区的要求。", "http://www.xixiu.gov.cn/", "-/-/-/-/-"),
        ("", "落实上级的要求。", "http://www.xixiu.gov.cn/", "-/-/-/-/-"),
        ("", "落实长安区的要求。", "http://www.changan.gov.cn/", "-/-/-/-/-"),
        ("教育部", "落实西秀区的要求。", "http://www.xixiu.gov.cn/", "-/-/-/-/-"),
        ("高安市", "落实西秀区的要求。", "http://www.xixiu.gov.cn/", "江西省/宜春市/高安市/-/-"),
    ],
)
def test_an_address_decides_only_among_places_that_the_report_names(
    title: str, narrative: str, address: str, expected: str
) -> None:
    region = resolve(PlaceClues(title=fold(title), narrative=fold(narrative), origin=address))
    assert names(region) == expected


@pytest.mark.parametrize("address", ["http://www.jintai.gov.cn/", "http://www.bjjt.gov.cn/"])
def test_what_an_address_decided_rests_on_the_source(address: str) -> None:
    region = resolve(PlaceClues(title="蟠龙镇", origin=address))
    assert region.county is not None
    assert region.township is not None
    assert (region.county.evidence, region.township.evidence) == ("source", "title")


def test_where_one_place_is_certain_the_address_changes_nothing_not_even_what_it_rests_on() -> None:
    region = resolve(PlaceClues(title="谯城区芦庙镇", origin="http://www.bzqc.gov.cn/"))
    assert region.county is not None
    assert region.county.evidence == "title"
    region = resolve(PlaceClues(own=("亳州市谯城区芦庙镇",), origin="http://www.bzqc.gov.cn/"))
    assert region.county is not None
    assert region.county.evidence == "text"


@pytest.mark.parametrize(
    ("address", "paths"),
    [
        ("http://www.zjj.gov.cn/", ["湖南省张家界市"]),
        ("http://zjj.longyan.gov.cn/", []),
        ("http://yc.cq.gov.cn/", ["重庆市永川区"]),
    ],
)
def test_an_address_has_the_initials_of_these_places(address: str, paths: list[str]) -> None:
    assert sorted(area.path for area in find_by_initials(address)) == paths
