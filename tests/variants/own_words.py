"""Reports that name no body: what it calls itself tells its level, where unambiguous."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from indexer.records import Level, Report
from tests.variants import Kind, Variant, Verdict, unless_refused

_SELF: dict[str, Level] = {
    "我乡": "township",
    "我镇": "township",
    "我街道": "township",
    "我街": "township",
    "我办事处": "township",
    "我苏木": "township",
    "本镇": "township",
    "本街道": "township",
    "我局": "department",
    "我厅": "department",
    "我委": "department",
    "我办": "department",
    "本局": "department",
    "我校": "institution",
    "我学院": "institution",
    "我公司": "institution",
    "我医院": "institution",
}
_ALSO = (
    "",
    "我县领导重视。",
    "我市推进改革。",
    "我国经济发展。",
    "我们认真工作。",
    "本单位高度重视。",
    "按照本办法执行。",
    "基本镇定。",
)
_OPEN = (
    "我市推进公开。",
    "我区推进公开。",
    "我县推进公开。",
    "我省推进公开。",
    "我单位推进公开。",
    "我们推进公开。",
    "我国推进公开。",
    "本机关推进公开。",
    "我镇支持，我所推进公开。",
    "我镇支持，我局推进公开。",
    "我院推进公开。",
    "在县委、县政府的领导下，我县推进公开，全县参与。",
    "开发区发展良好，我委推进公开。",
    "街道社区稳定，我办推进公开。",
    "基本局面良好。",
    "成本办法已定。",
)


def _own(random: Random) -> Iterator[Variant]:
    for word, level in _SELF.items():
        for also in _ALSO:
            times = random.randint(1, 4)
            yield _page(
                f"{word} {also}",
                also + f"{word}依法公开信息{random.randint(2, 99)}条。" * times,
                level,
            )
    county = "我县推进公开，全县各乡镇主动公开信息30条。"
    yield _page(county, county, "county")
    yield _page("county of banners", county.replace("县", "旗").replace("乡镇", "苏木"), "county")


def _open(random: Random) -> Iterator[Variant]:
    for text in _OPEN:
        yield _page(text, text * random.randint(1, 3), None)


def _page(label: str, words: str, level: Level | None) -> Variant:
    lines = [
        "一、总体情况",
        words,
        "二、主动公开政府信息情况",
        "无。",
        "三、收到和处理政府信息公开申请情况",
        "无。",
    ]

    @unless_refused
    def judge(report: Report) -> Verdict:
        found = report.identity
        if found.body is not None or found.parent_level is not None:
            return "wrong"
        return "right" if found.level == level else "cautious" if found.level is None else "wrong"

    return Variant(label, "report.txt", "\n".join(lines).encode(), judge)


KINDS = {"levels by own words": Kind(_own), "own words that tell no level": Kind(_open)}
