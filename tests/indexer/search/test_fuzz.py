"""Whatever is typed is answered or refused as a query, within the time that a query has."""

from __future__ import annotations

from random import Random

import pytest

from indexer.engines.whoosh.engine import WhooshEngine
from indexer.errors import QueryError
from indexer.search.catalogue.facets import field_names
from indexer.search.catalogue.figure_names import figure_names
from indexer.search.catalogue.figures import figures
from indexer.search.documents import build_document
from indexer.search.language.parser import parse_query
from tests.changes import change_index
from tests.strategies import FRAGMENTS, NEEDLES, make_report

QUERIES = 10_000
_SIGNS = (
    *":：=<>＜＞≥≤≠!！-－()（）\"“”「」『』＂|｜*.,，、;；/\\'",
    ">=",
    "!=",
    "..",
    "…",
    " ",
    "\t",
    "\n",
    "\x00",
    "\u202e",
    "𠮷",
    "👪",
)
_WORDS = (
    "OR",
    "AND",
    "NOT",
    "or",
    "0",
    "1..3",
    "-5",
    "1e9",
    "９",
    "十",
    "99999999999999999999",
    "空",
    "缺",
    "疑",
    "乡镇",
    "问题",
    "宜春",
    "360983",
)
_LONGEST = 12


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = WhooshEngine(tmp_path_factory.mktemp("fuzz") / "index")
    random = Random(1)
    change_index(engine, (build_document(make_report(random)) for _ in range(60)))
    yield engine
    engine.close()


def make_text(random: Random) -> str:
    """Pieces of the language in any order, or any characters at all."""
    if random.random() < 0.1:
        return "".join(
            chr(random.choice((random.randrange(1, 0xD800), random.randrange(0x4E00, 0x9FFF))))
            for _ in range(30)
        )
    names = (
        *field_names(),
        *random.sample(sorted(figures()), 5),
        *random.sample(figure_names(), 5),
    )
    kinds = (_SIGNS, _SIGNS, _WORDS, names, FRAGMENTS, NEEDLES)
    return "".join(random.choice(random.choice(kinds)) for _ in range(random.randint(1, _LONGEST)))


def test_ten_thousand_queries_are_answered_or_refused_as_queries_within_their_time(engine):
    random = Random(20191)
    answered = 0
    for _ in range(QUERIES):
        text = make_text(random)
        try:
            query = parse_query(text)
        except QueryError as error:
            assert 0 <= error.at <= len(text)
        else:
            assert engine.search(query).total <= 60
            answered += 1
    assert answered > QUERIES / 4
