"""Pages with lookalikes of the forms' characters: radicals, compatibility ideographs."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from indexer.errors import SourceError
from indexer.records import Report
from indexer.text.lookalikes import RADICALS
from tests.damage.oracle import judge
from tests.damage.paper import YEARS, Paper, build_paper
from tests.damage.press import TEXT, press
from tests.variants import Kind, Variant, Verdict

_COMMON = set("民黄西门长马青食风见页齐龙鱼户用车足角言首鬼鸟")
_ALIKE = {whole: radical for radical, whole in RADICALS.items() if whole in _COMMON}
_KANGXI = {
    "一": "⼀",
    "人": "⼈",
    "工": "⼯",
    "行": "⾏",
    "自": "⾃",
    "三": "三",
    "生": "⽣",
    "大": "⼤",
    "口": "⼝",
}
_INVISIBLE = ("\u200b", "\u00ad", "\ufeff", "\u200d", "\u2060", "\U000e0100")
_SECTIONS = ["overview", "proactive", "requests", "disputes", "problems", "other"]


def _pages(random: Random) -> Iterator[Variant]:
    for name in ("html", "word", "docx", *TEXT):
        for kind in ("radicals", "kangxi", "invisible"):
            paper = build_paper(random.choice(list(YEARS)), random)
            title = paper.title
            table = {"radicals": _ALIKE, "kangxi": _KANGXI, "invisible": {}}[kind]
            _print(paper, table, random if kind == "invisible" else None)
            suffix = {"html": "html", "word": "html", "docx": "docx"}.get(name, "txt")
            yield Variant(
                f"{kind} {name}", f"report.{suffix}", press(paper, name), _Judge(paper, title)
            )


def _print(paper: Paper, table: dict[str, str], random: Random | None) -> None:
    """Print a paper's words with other characters and an invisible one here and there."""

    def alike(text: str) -> str:
        text = text.translate({ord(character): other for character, other in table.items()})
        if random and len(text) > 2 and not text.isdecimal():
            at = random.randrange(1, len(text))
            text = text[:at] + random.choice(_INVISIBLE) + text[at:]
        return text

    paper.title = alike(paper.title)
    for at, block in enumerate(paper.blocks):
        if isinstance(block, str):
            paper.blocks[at] = alike(block)
            continue
        for row in block.rows:
            for box in row.boxes:
                if not box.figure:
                    box.text = alike(box.text)


class _Judge:
    """Wants every cell, every section and the body in plain characters."""

    def __init__(self, paper: Paper, title: str) -> None:
        self.paper, self.body = paper, title[: title.index("20")]

    def __call__(self, report: Report | SourceError) -> Verdict:
        if isinstance(report, SourceError):
            return "cautious"
        judged = judge(self.paper, report.cells)
        if judged["silent"]:
            return "wrong"
        keys = [section.key for section in report.sections if section.key != "preamble"]
        place = report.identity.region.township
        known = place is not None and place.name is not None and place.name in self.body
        return "right" if keys == _SECTIONS and known and not judged["cautious"] else "cautious"


KINDS = {"characters that look alike": Kind(_pages)}
