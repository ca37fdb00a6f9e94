"""Small reports to index."""

from __future__ import annotations

import hashlib

import pytest

from indexer.records import (
    SECTION_KEYS,
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
from indexer.search.documents import build_document
from tests.indexer.engines.contract import ENGINES, new_engine
from tests.saying import SOMETHING

NO_POSTINGS = Region()


@pytest.fixture(params=ENGINES)
def engine(request):
    """An engine of each kind, in turn."""
    with new_engine(request.param) as engine:
        yield engine


def build_report(
    *,
    key,
    title="年度报告",
    body=None,
    year=2020,
    level=None,
    region=NO_POSTINGS,
    cells=(),
    findings=(),
    **texts,
):
    number, sections = 0, []
    for section in SECTION_KEYS:
        if section in texts:
            paragraphs = []
            for line in texts[section].split("\n"):
                number += 1
                paragraphs.append(Paragraph(number, line))
            sections.append(Section(section, None, tuple(paragraphs)))
    identity = Identity(title, True, body, level, None, region, year, None, None)
    source = SourceFile(f"{key}.txt", hashlib.sha256(key.encode()).hexdigest(), 1)
    return Report(key, identity, "2019", tuple(sections), cells, (), findings, (source,))


def build_test_document(**values):
    return build_document(build_report(**values))


@pytest.fixture
def build():
    return build_test_document


@pytest.fixture
def three():
    """Three reports: a county's for 2019, a township's for 2020 in the same prefecture, and one of
    another place.
    """
    yichun = Region(
        province=Division("江西省", "360000", "text"),
        prefecture=Division("宜春市", "360900", "text"),
    )
    disputes = (
        "disputes.litigation_direct.total",
        "disputes.litigation_after_reconsideration.total",
    )
    return [
        build_test_document(
            key="a", body="高安市人民政府", year=2019, level="county", region=yichun,
            cells=tuple(Cell(key, 0, "reported", "0") for key in disputes),
            findings=(Finding("requests.balance", "contradiction", SOMETHING),),
            overview="办结率均为100%。\n信访工作，拆迁\n工作。",
        ),
        build_test_document(
            key="b", body="田南镇人民政府", year=2020, level="township", region=yichun,
            cells=tuple(
                Cell(key, value, "reported", str(value))
                for key, value in zip(disputes, (1, 2), strict=True)
            ),
            overview="政府信息公开。", problems="征地多，拆迁难。",
        ),
        build_test_document(
            key="c", body="荷岭镇人民政府", year=2021,
            cells=(Cell(disputes[0], 4, "reported", "4"), Cell(disputes[1], None, "missing", None)),
            overview="全区ＧＤＰ，资讯。二〇一九\n年度。",
        ),
    ]  # fmt: skip
