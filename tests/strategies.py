"""Random reports and queries for property tests: few words and places, so that queries match.

A generator makes them from a drawn seed instead of drawing them piece by piece: so most have text,
and most queries match some reports and not others.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from indexer.records import (
    LEVELS,
    SECTION_KEYS,
    STATUSES,
    Cell,
    Division,
    Finding,
    Identity,
    Paragraph,
    Region,
    Report,
    Section,
    SourceFile,
)
from indexer.search.catalogue.facets import facets
from indexer.search.documents import TEXT_FIELDS
from indexer.search.query import (
    And,
    BodyName,
    FacetFilter,
    FigureFilter,
    InSections,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Sort,
    Synonym,
    UnquotedText,
)
from indexer.text.folding import fold
from tests.saying import SOMETHING

FRAGMENTS = (
    "拆迁", "征地", "征地拆迁", "公开", "信息", "信息公开", "政府信息公开", "依申请公开", "申请",
    "行政", "行政复议", "行政诉讼",
    "复议", "办结率", "均为", "100%", "荷岭镇", "田南镇", "信访", "信访投诉举报", "微信", "12345",
    "2019", "２０１９", "年", "GDP",
    "ｇｄｐ", "资讯", "資訊", "開", "，", "。", "“", "”", "（", "）", ".", " ", "　", "\n",
    "\u200b", "é", "e\u0301", "ß", "ﬁ", "𠮷", "a b",
    "二〇一九", "一般", "第三", "○",
)  # fmt: skip
"""What texts are made of: words within words, both widths and scripts, white space, ligatures."""

NEEDLES = (
    *FRAGMENTS,
    "公",
    "开工",
    "府信",
    "率均",
    "开。",
    "g",
    "没有的词",
    "",
    "年g",
    "政府信",
    "1",
    "〇一",
    "1般",
    "政府 信息",
    "拆迁征地",
    "访投诉",
)
PLACES = (
    ("江西省", "360000"),
    ("宜春市", "360900"),
    ("高安市", "360983"),
    ("朝阳区", "220104"),
    ("内蒙古自治区", "150000"),
)
PATHS = (
    ("江西省", "宜春市", "高安市", None, "荷岭镇"),
    ("江西省", "宜春市", "高安市", None, None),
    ("江西省", None, None, None, None),
    ("北京市", None, "朝阳区", None, None),
    ("广东省", "东莞市", None, None, "长安镇"),
    ("吉林省", "长春市", "朝阳区", None, None),
)
"""From the province down; None where there is no such level."""
BODIES = ("荷岭镇人民政府", "田南镇人民政府", "高安市人民政府", "高安市信访局", "\u200b")
KEYS = (
    "requests.received.total",
    "disputes.litigation_direct.total",
    "disputes.litigation_after_reconsideration.total",
    "disputes.reconsideration.total",
    "proactive.procurement.amount_yuan",
    "proactive.licensing.items_change",
)
ASKED_KEYS = (*KEYS, "disputes.litigation.total", "disputes.all.total")
RULES = ("requests.balance", "disputes.row_sum")
_ASKED_VALUES = {
    "year": ("2019", "2020", "2019..2021", "2020..", "..2019"),
    "level": (*LEVELS, "unknown"),
    "form": ("2019", "2021", "none"),
    "section": SECTION_KEYS,
    "finding": ("contradiction", "doubt", "unjudged", "none", *RULES),
    "rule": RULES,
    "filetype": ("html", "pdf", "txt"),
    "province": ("江西", "江西省", "朝阳", "36", "450000", "没有", "unknown"),
    "prefecture": ("宜春市", "朝阳", "3609", "360100", "没有", "unknown"),
    "region": (
        "宜春",
        "宜春市",
        "360983",
        "3609",
        "内蒙古",
        "江西省",
        "高安",
        "没有",
        "没有镇",
        "unknown",
    ),
    "body": (*BODIES, "没有"),
    "id": ("aaaaaaaaaaaa",),
}
_ASKED_PLACES = ("江西", "宜春市", "朝阳", "高安", "没有", "unknown")


def compared(text: str) -> str:
    """The text as a quoted string is compared: folded, and with Chinese digits as figures."""
    digits = dict(zip("〇一二三四五六七八九", "0123456789", strict=True)) | {"○": "0", "零": "0"}
    return "".join(digits.get(character, character) for character in fold(text))


def randoms() -> st.SearchStrategy[Random]:
    return st.integers(0, 2**32).map(Random)


def texts() -> st.SearchStrategy[str]:
    return randoms().map(make_text)


def reports() -> st.SearchStrategy[Report]:
    return randoms().map(make_report)


def make_text(random: Random) -> str:
    return "".join(random.choices(FRAGMENTS, k=random.randint(1, 12)))


def make_paragraph(random: Random) -> str:
    """Three in five begin with a number: a sub-heading, perhaps before prose, or numbered prose."""
    number = random.choice(("", "", "（一）", "2.", " 三、"))
    return number + make_text(random) + random.choice(("", "", "。" + make_text(random)))


def make_report(random: Random) -> Report:
    identity = Identity(
        title=random.choice([None, make_text(random)]),
        title_printed=True,
        body=random.choice([None, make_text(random), *BODIES]),
        level=random.choice([None, *LEVELS]),
        parent_level=random.choice([None, *LEVELS]),
        region=make_region(random),
        year=random.choice([None, *range(2018, 2023)]),
        period=None,
        published=None,
    )
    parts = (_make_sections(random), _make_cells(random), (), _make_findings(random))
    form = random.choice(("2019", "2021", "hybrid", "none"))
    sha256 = hashlib.sha256(repr((identity, form, parts)).encode()).hexdigest()
    media = random.choice([None, "text/plain", "text/html", "application/pdf"])
    source = SourceFile("a.txt", sha256, 1, media)
    return Report(source.report_id, identity, form, *parts, (source,))


def make_region(random: Random) -> Region:
    """Any divisions at any level, or those of a place, each known, ambiguous or not found."""
    if random.random() < 0.5:
        return Region(*(_make_division(random) for _ in range(5)))
    names = random.choice(PATHS)
    return Region(*(_known_or_not(random, name) for name in names))


def _known_or_not(random: Random, name: str | None) -> Division | None:
    kind = random.random()
    if name is None or kind < 0.1:
        return None
    if kind < 0.3:
        return Division(None, status="ambiguous", candidates=(name, f"别{name}"))
    return Division(name, None, "text")


def _make_division(random: Random) -> Division | None:
    if random.random() < 0.3:
        return None
    if random.random() < 0.2:
        return Division(None, status="ambiguous", candidates=("高安市", "朝阳区"))
    name, code = random.choice(PLACES)
    return Division(name, random.choice([code, None]), "text")


def _make_sections(random: Random) -> tuple[Section, ...]:
    sections, number = [], 0
    for key in SECTION_KEYS:
        if random.random() < 0.4:
            paragraphs = []
            for _ in range(random.randint(0, 3)):
                number += 1
                paragraphs.append(Paragraph(number, make_paragraph(random)))
            sections.append(Section(key, random.choice([None, "一、总体情况"]), tuple(paragraphs)))
    return tuple(sections)


def _make_cells(random: Random) -> tuple[Cell, ...]:
    cells = []
    for key in random.sample(KEYS, random.randint(0, len(KEYS))):
        status = random.choice(("reported", "reported", "reported", *STATUSES))
        number = random.choice(
            [0, 1, -3, random.randint(0, 12), 999, 10**15, Decimal(random.randint(0, 10**8)) / 100]
        )
        cells.append(
            Cell(key, number if status in ("reported", "suspect") else None, status, "raw")
        )
    return tuple(cells)


def _make_findings(random: Random) -> tuple[Finding, ...]:
    severities = ("contradiction", "doubt", "unjudged")
    return tuple(
        Finding(random.choice(RULES), random.choice(severities), SOMETHING)
        for _ in range(random.choice([0, 0, 1, 2]))
    )


# ── queries ─────────────────────────────────────────────────────────────────────────────────────


def make_query(random: Random) -> Query:
    return Query(
        synonyms=make_synonyms(random),
        root=make_node(random) if random.random() < 0.8 else None,
        filters=tuple(make_facet_filter(random) for _ in range(random.choice([0, 0, 0, 0, 1, 2]))),
        figures=tuple(make_figure_filter(random) for _ in range(random.choice([0, 0, 0, 0, 1, 2]))),
        sort=Sort(
            random.choice(["relevance", "relevance", "year", *ASKED_KEYS]), random.random() < 0.7
        ),
        page=random.choice([1, 1, 1, 2]),
        size=random.choice([0, 2, 20, 20]),
        facets=tuple(facets()),
        histograms=(
            "requests.received.total",
            "proactive.procurement.amount_yuan",
            "disputes.litigation.total",
        ),
        include_unjudged=random.random() < 0.3,
    )


def make_synonyms(random: Random) -> tuple[Synonym, ...]:
    """Synonyms between any words that may be asked for, even one within another, or empty ones."""
    words = (*NEEDLES, "征地", "公开", "信息公开", "政府信息公开")
    number = random.choice([0, 0, 2, 12])
    return tuple(Synonym(*random.choices(words, k=2), random.random() < 0.9) for _ in range(number))


def make_node(random: Random, depth: int = 3) -> Node:
    kind = random.choice(
        ["text"] * 8 + ["filter", "figure", "body", "and", "and", "or", "not", "in"]
    )
    if kind in ("and", "or", "not", "in") and depth:
        return _make_branch(random, kind, depth)
    if kind == "filter":
        return make_facet_filter(random)
    if kind == "figure":
        return make_figure_filter(random)
    needle = random.choice(NEEDLES) + random.choice(["", "", *NEEDLES])
    if random.random() < 0.1:
        return UnquotedText(needle, tuple(random.choices(("公开", "信息", "镇", "了"), k=2)))
    return random.choice(
        [UnquotedText, UnquotedText, Phrase, Prefix, BodyName if kind == "body" else UnquotedText]
    )(needle)


def _make_branch(random: Random, kind: str, depth: int) -> Node:
    parts = tuple(make_node(random, depth - 1) for _ in range(random.randint(1, 3)))
    if kind == "in":
        keys = tuple(random.sample(TEXT_FIELDS, random.randint(1, 6)))
        return InSections(keys, random.choice([None, *parts * 3]))
    if kind == "not":
        return Not(parts[0])
    return And(parts) if kind == "and" else Or(parts)


def make_facet_filter(random: Random) -> FacetFilter:
    field = random.choice(list(facets()))
    values = random.choices(_ASKED_VALUES.get(field, _ASKED_PLACES), k=random.randint(1, 2))
    return FacetFilter(field, tuple(values), random.random() < 0.3)


def make_figure_filter(random: Random) -> FigureFilter:
    key = random.choice(ASKED_KEYS)
    if random.random() < 0.2:
        return FigureFilter(key, statuses=tuple(random.sample(STATUSES, random.randint(1, 3))))
    low, high = (random.choice([None, -3.0, 0.0, 1.0, 5.0, 12.0]) for _ in range(2))
    return FigureFilter(key, low, high, *(random.random() < 0.4 for _ in range(3)))
