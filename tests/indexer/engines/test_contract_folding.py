"""Every engine finds other spellings in texts and queries, and marks them as printed."""

from __future__ import annotations

import pytest

from indexer.search.documents import build_document
from indexer.search.language.parser import parse_query
from tests.changes import change_index
from tests.indexer.engines.conftest import build_report
from tests.indexer.engines.contract import ids

TEXTS = {
    "radicals": "为人⺠服务，⻓江大⻔，⻩石⻄塞。",
    "number": "国办公开办函〔2021〕30号，全年收到申请3,000件。",
    "plain": "国办公开办函[2021]30号，全年收到申请3000件。",
    "full": "国办公开办函（2021）30号，全年收到申请３，０００件。",
    "list": "第1,2条，café一家，信\u00ad息公\u200b开。",
}


@pytest.fixture
def filled(engine):
    change_index(
        engine,
        (build_document(build_report(key=key, overview=text)) for key, text in TEXTS.items()),
    )
    return engine


ALL = ["full", "number", "plain"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"为人民服务"', ["radicals"]),
        ("人民服务", ["radicals"]),
        ('"为人⺠服务"', ["radicals"]),
        ('"黄石西塞"', ["radicals"]),
        ("长江大门", ["radicals"]),
        ('"办函〔2021〕30号"', ALL),
        ('"办函[2021]30号"', ALL),
        ('"办函【2021】30号"', ALL),
        ('"办函(2021)30号"', ALL),
        ("国办公开办函〔2021〕30号", ALL),
        ("国办公开办函[2021]30号", ALL),
        ('"申请3,000件"', ALL),
        ('"申请3000件"', ALL),
        ('"申请３，０００件"', ALL),
        ("3000件", ALL),
        ("3,000件", ALL),
        ("3000", ALL),
        ("3,000", ALL),
        ("3，000", ALL),
        ('"12条"', []),
        ('"1,2条"', ["list"]),
        ('"1，2条"', ["list"]),
        ("cafe", ["list"]),
        ('"café一家"', ["list"]),
        ("cafe\u0301", ["list"]),
        ('"信息公开"', ["list"]),
    ],
)
def test_a_text_is_found_however_it_is_written(filled, query, found):
    assert sorted(ids(filled, query)) == found


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ('"黄石西塞"', {"radicals": ["⻩石⻄塞"]}),
        (
            '"申请3000件"',
            {"number": ["申请3,000件"], "plain": ["申请3000件"], "full": ["申请３，０００件"]},
        ),
        (
            '"函(2021)30"',
            {"number": ["函〔2021〕30"], "plain": ["函[2021]30"], "full": ["函（2021）30"]},
        ),
        ('"cafe"', {"list": ["café"]}),
    ],
)
def test_what_is_marked_is_as_printed(filled, query, marks):
    found = {
        hit.id: [
            snippet.text[start:end]
            for section in hit.sections
            for snippet in section.snippets
            for start, end in snippet.marks
        ]
        for hit in filled.search(parse_query(query)).hits
    }
    assert found == marks
