"""A rule that is registered from outside appears wherever a rule does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.checks.registry import check_report
from indexer.checks.rules import CheckedReport, Rule, register_rule, remove_rule
from indexer.engines.memory.engine import MemoryEngine
from indexer.errors import QueryError
from indexer.messages import render
from indexer.messages.catalogue import add_sentences, remove_sentences
from indexer.records import Finding, Message, Report
from indexer.search.catalogue.rules import rules
from indexer.search.documents import build_document
from indexer.search.language.parser import parse_query
from indexer.search.port import FacetCount
from indexer.search.query import FacetFilter
from indexer.serialise.report_json import report_to_dict
from indexer.settings import Settings
from tests.changes import change_index
from tests.indexer.engines.contract import ENGINES, new_engine
from tests.saying import raises_saying
from tests.webapp.builders import build_report
from tests.webapp.conftest import make_app
from tests.webapp.reading import soup
from webapp.shapes.help_page import build_guide

WORDS = {
    "zh": {
        "rule.label.title.short": "标题太短",
        "rule.demand.title.short": "标题不少于 {least} 个字。",
        "finding.short_title": "标题只有 {count} 个字。",
    },
    "en": {
        "rule.label.title.short": "Short title",
        "rule.demand.title.short": "A title has at least {least} characters.",
        "finding.short_title": "The title has {count:plural character|characters} only.",
    },
}


def check_title(checked: CheckedReport) -> Iterator[Finding]:
    count = len(checked.report.identity.title or "")
    if count < 20:
        message = Message.of("finding.short_title", count=count)
        yield Finding("title.short", "doubt", message, (), 20, count)


@pytest.fixture(autouse=True)
def short_title() -> Iterator[None]:
    for language, words in WORDS.items():
        add_sentences(
            language, {code: word.replace("{least}", "20") for code, word in words.items()}
        )
    register_rule(Rule("title.short", ("标题太短", "短标题"), check_title))
    yield
    remove_rule("title.short")
    for language, words in WORDS.items():
        remove_sentences(language, words)


def make_reports() -> list[Report]:
    reports = [build_report("甲镇"), build_report("某某自治县某某民族乡人民政府")]
    return [
        Report(
            report.id,
            report.identity,
            report.form,
            report.sections,
            report.cells,
            report.labels,
            check_report(report),
            report.sources,
        )
        for report in reports
    ]


def test_a_report_is_checked_by_it_after_the_other_rules():
    first, second = make_reports()
    assert first.findings[-1].rule == "title.short"
    assert "title.short" not in {finding.rule for finding in second.findings}


def test_its_finding_is_in_the_json_with_sentence_code_and_parameters():
    count = len(make_reports()[0].identity.title or "")
    (found,) = (
        finding
        for finding in report_to_dict(make_reports()[0])["findings"]
        if finding["rule"] == "title.short"
    )
    assert found["message"] == f"标题只有 {count} 个字。"
    assert (found["code"], found["params"]) == ("finding.short_title", {"count": count})


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_finds_reports_by_it_and_keeps_its_code(name):
    with new_engine(name) as engine:
        change_index(engine, map(build_document, make_reports()))
        for text in ("规则:标题太短", "rule:title.short", "问题:短标题"):
            assert [hit.id for hit in engine.search(parse_query(text)).hits] == [
                make_reports()[0].id
            ]
        assert FacetCount("title.short", 1) in engine.facet_values("rule")
        kept = engine.get(make_reports()[0].id)
        assert render(kept.findings[-1].message, "en").startswith("The title has ")


def test_the_query_language_reads_its_names_and_suggests_them():
    assert parse_query("规则:短标题").filters == (FacetFilter("rule", ("title.short",)),)
    with raises_saying(QueryError, "、title.short。"):
        parse_query("规则:标题太长")


def test_it_is_labelled_in_both_languages():
    rule = rules()["title.short"]
    assert [rule.label, rule.label_in("en")] == ["标题太短", "Short title"]
    assert render(rule.demand, "en") == "A title has at least 20 characters."


def test_the_site_shows_its_finding_and_explains_it_in_the_help():
    report = make_reports()[0]
    client = make_app(MemoryEngine([build_document(report)]), Settings()).test_client()
    assert "标题只有" in soup(client, f"/reports/{report.id}").get_text()
    assert client.get("/search.json?rule=title.short").get_json()["total"] == 1
    examples = {example.text: render(example.meaning) for example in build_guide()[-1].examples}
    assert examples["规则:标题太短"] == "标题不少于 20 个字。"
    assert "规则:标题太短" in soup(client, "/help").get_text()


def test_a_name_that_is_taken_is_refused():
    with pytest.raises(ValueError, match="requests.balance"):
        register_rule(Rule("requests.balance", ("勾稽",), check_title))
