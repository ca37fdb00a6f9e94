"""How a document was read is told in codes, each of which has a sentence in every language."""

from __future__ import annotations

import pytest

from indexer.formats.registry import read_document
from indexer.messages import render
from indexer.records import Message, SourceFile
from indexer.report.build import build_report
from indexer.report.explain import explain

TEXT = """某镇2019年政府信息公开工作年度报告
一、总体情况
公开�条。
二、主动公开政府信息情况
信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量
规章\t1\t2\t3
规范性文件\t1\t2
地方性法规\t4\t5\t6
"""


def explained() -> list[Message]:
    data = TEXT.encode()
    document = read_document(data, "某镇.txt")
    report = build_report(document, SourceFile("某镇.txt", "00" * 32, len(data)))
    return explain(document, report)


def test_the_lines_tell_titles_sections_tables_and_rows_with_the_reason() -> None:
    lines = [render(line) for line in explained()]

    assert "标题：某镇2019年政府信息公开工作年度报告" in lines
    assert "章节 overview：第 2 行「一、总体情况」" in lines
    assert any("表 1：表头是格式里的" in line for line in lines)
    assert any(
        "「规章」→ proactive.regulations：3 格，印了 3 格；各格有定" in line for line in lines
    )
    assert any("存疑：只有 2 格，应有 3 格" in line for line in lines)
    assert any(line.startswith("没有找到的行：") and "，" in line for line in lines)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_line_has_a_sentence_in_each_language(language: str) -> None:
    for line in explained():
        sentence = render(line, language)

        assert sentence != line.code
        assert "explain." not in sentence


def test_english_lines_write_lists_with_english_commas() -> None:
    rows = render(explained()[-1], "en")

    assert rows.startswith("Rows not found: ")
    assert "，" not in rows
