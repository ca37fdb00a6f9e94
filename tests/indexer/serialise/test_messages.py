"""Messages in JSON say the sentence, the code and every parameter."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from indexer.records import Message
from indexer.serialise.messages import (
    message_to_dict,
    pack_message,
    unpack_message,
    warnings_to_dict,
)

LATE = Message.of("finding.year.published_late", year=2020, published=date(2022, 1, 5))
SUM = Message.of(
    "finding.sum.row",
    row=Message.of("form.row", key="requests.granted"),
    sum=Decimal("4"),
    terms=Message.of("finding.terms", terms=(3, 1)),
    total=-5,
)


def test_a_message_has_its_chinese_sentence_its_code_and_its_parameters() -> None:
    assert message_to_dict(LATE) == {
        "message": "2020 年的报告应在次年发布，落款或页面的日期却是 2022-01-05。",
        "code": "finding.year.published_late",
        "params": {"year": 2020, "published": "2022-01-05"},
    }


def test_parts_of_a_sentence_are_messages_and_numbers_are_numbers() -> None:
    shape = message_to_dict(SUM)
    assert shape["message"] == "「（一）予以公开」一行各项相加是 4（3＋1），总计印的是 －5。"
    assert shape["params"] == {
        "row": {"code": "form.row", "params": {"key": "requests.granted"}},
        "sum": 4,
        "terms": {"code": "finding.terms", "params": {"terms": [3, 1]}},
        "total": -5,
    }
    assert json.loads(json.dumps(shape)) == shape


def test_a_sentence_may_be_asked_for_in_english() -> None:
    assert message_to_dict(SUM, "en")["message"] == (
        "Row “Disclosed”: the columns add up to 4 (3 + 1), but the printed total is -5."
    )


def test_warnings_stay_sentences_beside_their_codes() -> None:
    shape = warnings_to_dict([LATE])
    assert shape["warnings"] == [message_to_dict(LATE)["message"]]
    assert [remark["code"] for remark in shape["remarks"]] == ["finding.year.published_late"]


def test_a_packed_message_comes_back_as_it_was() -> None:
    for message in (LATE, SUM):
        assert unpack_message(json.loads(json.dumps(pack_message(message)))) == message
