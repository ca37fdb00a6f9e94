from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest

from indexer.records import Paragraph, Section
from tests.webapp.builders import build_report
from webapp.shapes.citations import cite

ADDRESS = "https://nianbao.example/reports/abc"
TODAY = date(2026, 11, 21)


def test_cites_after_the_chinese_standard() -> None:
    assert cite(build_report(), ADDRESS, TODAY).gbt7714 == (
        "样镇人民政府. 样镇2019年政府信息公开工作年度报告[R/OL]. (2020-01-15)[2026-11-21]. https://nianbao.example/reports/abc."
    )


def test_what_is_not_known_is_left_out() -> None:
    report = build_report()
    bare = replace(report, identity=replace(report.identity, published=None, body=None, year=None))
    citation = cite(bare, ADDRESS, TODAY)

    assert citation.gbt7714.startswith("发布机构不详. ")
    assert "year" not in citation.bibtex
    assert "issued" not in json.loads(citation.csl_json)[0]


def test_signs_that_mean_something_to_tex_are_escaped() -> None:
    report = build_report()
    odd = replace(report, identity=replace(report.identity, title="50%_{a}\\b & c"))

    assert r"title = {50\%\_\{a\}\textbackslash{}b \& c}" in cite(odd, ADDRESS, TODAY).bibtex


def test_the_record_for_programs_can_be_read() -> None:
    record = json.loads(cite(build_report(), ADDRESS, TODAY).csl_json)[0]

    assert record["URL"] == ADDRESS
    assert record["issued"] == {"date-parts": [[2020, 1, 15]]}


def test_a_link_leads_to_the_first_sentence() -> None:
    passage = cite(build_report(), ADDRESS, TODAY).passage

    assert passage.startswith(f"{ADDRESS}#:~:text=%E6%A0%B7")
    assert cite(build_report(sections=()), ADDRESS, TODAY).passage == ""


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("2019年，样镇收到申请1,303条，其余不计。", "2019年，样镇收到申请1,303条"),
        (
            "根据《中华人民共和国政府信息公开条例》的规定，特制",
            "根据《中华人民共和国政府信息公开条例》的规定",
        ),
        ("现将本镇上一年度政府信息公开情况报告如下", "现将本镇上一年度政府信息公开情况报告如下"),
    ],
)
def test_a_link_to_a_sentence_ends_where_a_clause_does(text: str, quoted: str) -> None:
    report = build_report(sections=(Section("overview", "一、总体情况", (Paragraph(1, text),)),))

    assert unquote(cite(report, ADDRESS, TODAY).passage) == f"{ADDRESS}#:~:text={quoted}"
