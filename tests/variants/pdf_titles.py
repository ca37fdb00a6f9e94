"""PDF pages with a title of one to three lines above the first heading, in every size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

from indexer.errors import SourceError
from indexer.records import Report
from tests.pdf_press import HandSet, hand_set_pdf
from tests.variants import Kind, Variant, Verdict

_LEFT, _WIDTH, _SIZE = 60.0, 475.0, 14.0
_TITLES = (
    ("岳西县冶溪镇人民政府2022年政府信息公开工作年度报告",),
    ("元阳县新街镇人民政府关于2022年度政府信息公开工作情况的年度报告",),
    ("红河哈尼族彝族自治州元阳县新街镇人民政府", "2022年政府信息公开工作年度报告"),
    ("元阳县新街镇人民政府2022年政府", "信息公开工作年度报告"),
    ("岳西县冶溪镇", "2022年政府信息公开工作", "年度报告"),
    ("岳西县冶溪镇人民政府2022年政府信息公开年报",),
)
_BODY = (
    "一、总体情况",
    "我镇平稳推进各项工作。",
    "二、主动公开政府信息情况",
    "公开信息五条。",
    "六、其他需要报告的事项",
    "无。",
)
_KEYS = ["overview", "proactive", "other"]


def _pages(random: Random) -> Iterator[Variant]:
    for title, size, place in product(
        _TITLES, (14.0, 16.0, 20.0), ("left", "centred", "indented", "right")
    ):
        if max(map(len, title)) * size > _WIDTH:
            continue
        heading, pitch = random.choice((_SIZE, size)), random.choice((1.4, 1.8, 2.2))
        opening = random.choice(((), ("根据条例的要求，编制本年度报告。",)))
        sheet, y = HandSet(), 770.0
        for line in title:
            sheet.text(_begin(line, size, place), y, line, size)
            y -= size * pitch
        for line in (*opening, *_BODY):
            own = heading if line[1] == "、" else _SIZE
            sheet.text(_LEFT if line[1] == "、" else _LEFT + 2 * _SIZE, y, line, own)
            y -= own * pitch
        label = f"{len(title)} lines {place} {size:g} over {heading:g}, pitch {pitch}"
        yield Variant(label, "report.pdf", hand_set_pdf(sheet), _Judge(title))


def _begin(line: str, size: float, place: str) -> float:
    room = _WIDTH - sum(size if character > "\x7f" else size / 2 for character in line)
    return (
        _LEFT
        + {"left": 0.0, "centred": room / 2, "indented": min(2 * size, room), "right": room}[place]
    )


class _Judge:
    """Wants the title whole, and no section lost in it."""

    def __init__(self, title: Sequence[str]) -> None:
        self.title = "".join(title)

    def __call__(self, report: Report | SourceError) -> Verdict:
        if isinstance(report, SourceError):
            return "wrong"
        keys = [section.key for section in report.sections if section.key != "preamble"]
        return "right" if (report.identity.title, keys) == (self.title, _KEYS) else "wrong"


KINDS = {"titles of a PDF above its first heading": Kind(_pages)}
