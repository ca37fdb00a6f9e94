"""Headings of sections as clerks print them, in the forms' wording and in that of the years
before.
"""

from __future__ import annotations

import pytest

from indexer.formats.registry import read_document
from indexer.records import Block, Line, SourceFile
from indexer.report.build import build_report
from indexer.report.sections.openings import find_heading, find_openings


def lines(text: str) -> tuple[Block, ...]:
    return tuple(Line(line) for line in text.splitlines())


def sections(text: str) -> dict[str, str]:
    data = text.encode()
    report = build_report(read_document(data, "a.txt"), SourceFile("a.txt", "00" * 32, len(data)))
    return {section.key: section.text for section in report.sections}


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("一、总体情况", "overview"),
        ("一、总体概况", "overview"),
        ("一、概述", "overview"),
        ("一、主要工作概述", "overview"),
        ("一、政府信息公开工作总体情况", "overview"),
        ("一、基本情况", "overview"),
        ("一、政府信息公开工作开展情况", "overview"),
        ("第一部分 总体情况", "overview"),
        ("一、 總體情況", "overview"),
        ("二、主动公开政府信息情况", "proactive"),
        ("二、主动公开政府信息的情况", "proactive"),
        ("二、政府信息主动公开情况", "proactive"),
        ("二、2015年政府信息主动公开工作", "proactive"),
        ("二、行政机关主动公开政府信息情况", "proactive"),
        ("第二部分：主动公开政府信息情况", "proactive"),
        ("2．主动公开政府信息情况", "proactive"),
        ("主动公开政府信息情况", "proactive"),
        ("三、收到和处理政府信息公开申请情况", "requests"),
        ("三、收到和处理政府信息公开申请情况（单位：件）", "requests"),
        ("三、行政机关收到和处理政府信息公开申请情况", "requests"),
        ("三、依申请公开政府信息的情况", "requests"),
        ("三、依申请公开政府信息和不予公开政府信息的情况", "requests"),
        ("三、政府信息依申请公开办理情况", "requests"),
        ("三、政府信息公开申请办理情况", "requests"),
        ("3、 收到和處理政府信息公開申請情況", "requests"),
        ("四、政府信息公开行政复议、行政诉讼情况", "disputes"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "disputes"),
        ("五、因政府信息公开申请行政复议、提起行政诉讼的情况", "disputes"),
        ("五、申请行政复议情况", "disputes"),
        ("五、行政复议、诉讼和申诉情况", "disputes"),
        ("六、政府信息公开举报、行政复议和行政诉讼情况", "disputes"),
        ("五、存在的主要问题及改进情况", "problems"),
        ("五、政府信息公开工作存在的主要问题及改进情况", "problems"),
        ("六、工作中存在的主要问题及改进措施", "problems"),
        ("六、存在问题和2019年工作打算", "problems"),
        ("五、存在的不足及下一步工作计划", "problems"),
        ("六、其他需要报告的事项", "other"),
        ("六、需要报告的其他事项", "other"),
        ("七、需要说明的事项与附表", "other"),
        ("七、附表", "other"),
        ("二、政府信息公开情况", "proactive"),
        ("二、政府信息主动公开、依申请公开等情况", "proactive"),
        ("二、信息公开的情况", "proactive"),
        ("一、政府信息公开情况", None),
        ("四、政府信息公开收费及减免情况", None),
        ("四、咨询处理情况", None),
        ("三、回应解读情况", None),
        ("五、政府信息公开工作创新做法", None),
        ("三、本年度办理结果", None),
        ("一、本年新收政府信息公开申请数量", None),
        ("二、上年结转政府信息公开申请数量", None),
        ("四、结转下年度继续办理", None),
        ("四、行政复议数量", None),
        ("（一）主动公开政府信息情况", None),
        ("（四）政府信息公开平台建设情况", None),
        ("二、主动公开政府信息62条。", None),
        ("主动公开情况", None),
        ("六、其他需要报告的事项等六部分组成", None),
        ("二、主动公开政府信息情况…………3", None),
        ("一、总体情况，二、主动公开政府信息情况，三、收到和处理政府信息公开申请情况", None),
        ("一、总体情况 二、主动公开政府信息情况", None),
    ],
)
def test_a_heading_is_known_by_its_words(line: str, key: str | None) -> None:
    heading = find_heading(line)
    assert (heading and heading.key) == key


@pytest.mark.parametrize(
    ("line", "text", "rest"),
    [
        ("一、总体情况 2022年，本镇推进公开。", "一、总体情况", "2022年，本镇推进公开。"),
        ("一、总体情况2022年，本镇推进公开。", "一、总体情况", "2022年，本镇推进公开。"),
        ("一、总体情况：我局推进公开。", "一、总体情况：", "我局推进公开。"),
        (
            "二、主动公开政府信息情况。全年公开10条。",
            "二、主动公开政府信息情况。",
            "全年公开10条。",
        ),
        ("六、其他需要报告的事项：无。", "六、其他需要报告的事项：", "无。"),
        ("六、其他需要报告的事项无", "六、其他需要报告的事项", "无"),
        (
            "六、其他需要报告的事项　　本年度没有收费。",
            "六、其他需要报告的事项",
            "本年度没有收费。",
        ),
        ("一、总体情况（一）主动公开情况", "一、总体情况", "（一）主动公开情况"),
    ],
)
def test_prose_on_a_headings_line_is_cut_from_it(line: str, text: str, rest: str) -> None:
    heading = find_heading(line)
    assert heading is not None
    assert (heading.text, heading.rest) == (text, rest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # items of a section are none of their own, whatever they are called
        (
            (
                "一、总体情况\n（一）主动公开政府信息情况\na\n（二）依申请公开情况\nb\n二、"
                "主动公开政府信息情况\nc\n三、收到和处理政府信息公开申请情况\nd"
            ),
            [(0, "overview"), (5, "proactive"), (7, "requests")],
        ),
        (
            (
                "一、总体情况\n1.主动公开情况\na\n2.依申请公开情况\nb\n二、"
                "主动公开政府信息情况\nc\n三、收到和处理政府信息公开申请情况\nd"
            ),
            [(0, "overview"), (5, "proactive"), (7, "requests")],
        ),
        # sections that are numbered with brackets throughout, or with digits
        (
            (
                "（一）总体情况\na\n（二）主动公开政府信息情况\nb\n"
                "（三）收到和处理政府信息公开申请情况\nc"
            ),
            [(0, "overview"), (2, "proactive"), (4, "requests")],
        ),
        (
            "1.总体情况\na\n2.主动公开政府信息情况\nb\n3.收到和处理政府信息公开申请情况\nc",
            [(0, "overview"), (2, "proactive"), (4, "requests")],
        ),
        # a table of contents, and what follows it
        (
            (
                "目录\n一、总体情况\n二、主动公开政府信息情况\n三、其他需要报告的事项\n"
                "现将情况报告如下。\n一、总体情况\na\n二、主动公开政府信息情况\nb\n三、"
                "其他需要报告的事项\nc"
            ),
            [(5, "overview"), (7, "proactive"), (9, "other")],
        ),
        # sections left empty on end are no table of contents
        (
            (
                "一、总体情况\na\n二、主动公开政府信息情况\n三、"
                "收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n五、"
                "存在的主要问题及改进情况\nb"
            ),
            [(0, "overview"), (2, "proactive"), (3, "requests"), (4, "disputes"), (5, "problems")],
        ),
        # items under Chinese numbers of their own
        (
            (
                "一、总体情况\n一、主动公开情况\na\n二、依申请公开情况\nb\n二、"
                "主动公开政府信息情况\nc\n三、收到和处理政府信息公开申请情况\nd"
            ),
            [(0, "overview"), (5, "proactive"), (7, "requests")],
        ),
        # out of order
        (
            "一、总体情况\na\n三、收到和处理政府信息公开申请情况\nb\n二、主动公开政府信息情况\nc",
            [(0, "overview"), (2, "requests"), (4, "proactive")],
        ),
        # the statistics table of the years before 2019, printed in lines
        (
            (
                "一、概述\na\n二、主动公开政府信息情况\nb\n三、存在的主要问题及改进措施\nc\n"
                "政府信息公开情况统计表\n一、主动公开情况\n条\n三、依申请公开情况\n件\n四、"
                "附表\nd"
            ),
            [(0, "overview"), (2, "proactive"), (4, "problems"), (11, "other")],
        ),
    ],
)
def test_of_the_lines_that_read_like_headings_these_open_sections(
    text: str, expected: list[tuple[int, str]]
) -> None:
    assert [(opening.at, opening.heading.key) for opening in find_openings(lines(text))] == expected


def test_a_report_before_2019_is_kept_whole_under_the_sections_it_corresponds_to() -> None:
    found = sections(
        "高安市2015年政府信息公开工作年度报告\n一、概述\n甲。\n二、主动公开政府信息的情况\n乙。\n三、依申请公开政府信息的情况\n丙。\n"
        "四、政府信息公开收费及减免情况\n丁。\n五、因政府信息公开申请行政复议、提起行政诉讼的情况\n戊。\n"
        "六、存在的主要问题及改进措施\n己。\n七、其他需要报告的事项\n庚。\n附表\n指标名称\t单位\t数量\n主动公开政府信息数\t条\t12\n"
    )
    assert found["requests"] == "丙。\n四、政府信息公开收费及减免情况\n丁。"
    assert [found[key] for key in ("overview", "proactive", "disputes", "problems")] == [
        "甲。",
        "乙。",
        "戊。",
        "己。",
    ]
    assert all(
        part in found["other"] for part in ("庚。", "附表", "指标名称", "主动公开政府信息数", "12")
    )


def test_a_report_in_traditional_characters_is_one_without_its_title() -> None:
    found = sections(
        "一、總體情況\n甲。\n二、主動公開政府信息情況\n乙。\n三、收到和處理政府信息公開申請情況\n丙。\n四、政府信息公開行政復議、行政訴訟情況\n丁。\n"
    )
    assert list(found) == ["overview", "proactive", "requests", "disputes"]


@pytest.mark.parametrize("in_lines", [False, True])
def test_the_statistics_table_of_a_report_before_2019_is_kept_and_gives_no_figures(
    in_lines: bool,
) -> None:
    rows = [
        "统计指标 单位 统计数",
        "一、主动公开情况 —— ——",
        "（一）主动公开政府信息数 条 646",
        "三、依申请公开情况 —— ——",
    ]
    rows += ["（一）收到申请数 件 3", "四、行政复议数量 件 1", "五、行政诉讼数量 件 0"]
    text = (
        "高安市2015年政府信息公开工作年度报告\n一、概述\n甲。\n二、主动公开政府信息的情况\n乙。\n三、依申请公开政府信息的情况\n丙。\n"
        "四、因政府信息公开申请行政复议、提起行政诉讼的情况\n丁。\n政府信息公开情况统计表（2015年度）\n"
    ) + "\n".join(row.replace(" ", "\n" if in_lines else "\t") for row in rows)
    report = build_report(read_document(text.encode(), "a.txt"), SourceFile("a.txt", "00" * 32, 1))
    assert (report.form, [cell for cell in report.cells if cell.status == "reported"]) == (
        "none",
        [],
    )
    assert [section.key for section in report.sections] == [
        "overview",
        "proactive",
        "requests",
        "disputes",
    ]
    kept = report.sections[-1].text
    assert all(part in kept for row in rows for part in row.split())


@pytest.mark.parametrize("line", [",,,,,", "、", "一、,", "，，及和"])
def test_a_line_of_nothing_but_commas_is_no_heading(line: str) -> None:
    assert find_heading(line) is None


@pytest.mark.parametrize(
    ("line", "key", "text"),
    [
        ("**一、总体情况**", "overview", "一、总体情况"),
        ("- __二、主动公开政府信息情况__", "proactive", "二、主动公开政府信息情况"),
        (
            "| 三、收到和处理政府信息公开申请情况 | | |",
            "requests",
            "三、收到和处理政府信息公开申请情况",
        ),
        ("  • 总体情况", "overview", "总体情况"),
        ("o 其他需要报告的事项", "other", "其他需要报告的事项"),
        ("、存在的主要问题及改进情况", "problems", "存在的主要问题及改进情况"),
        ("收到和处理政府信息公开申请情况：", "requests", "收到和处理政府信息公开申请情况："),
        (
            "第三章 收到和处理政府信息公开申请情况",
            "requests",
            "第三章 收到和处理政府信息公开申请情况",
        ),
        ("1 总体情况", "overview", "1 总体情况"),
        ("• 主动公开情况", None, None),
        ("• 主动公开政府信息情况良好。", None, None),
        ("主动公开政府信息情况，收到和处理政府信息公开申请情况", None, None),
        ("总体情况：2022年公开有序。", None, None),
        ("一、总体情况 1", None, None),
        ("总体情况 主动公开政府信息情况 其他需要报告的事项", None, None),
    ],
)
def test_a_heading_is_known_without_its_number_and_behind_marks(
    line: str, key: str | None, text: str | None
) -> None:
    heading = find_heading(line)
    assert (heading and heading.key, heading and heading.text) == (key, text)


def test_sub_headings_without_numbers_open_no_section_where_the_form_has_its_own() -> None:
    found = sections(
        "高安市2021年政府信息公开工作年度报告\n总体情况\n主动公开情况\n甲。\n依申请公开情况\n乙。\n"
        "主动公开政府信息情况\n丙。\n收到和处理政府信息公开申请情况\n丁。\n"
    )
    assert found["overview"] == "主动公开情况\n甲。\n依申请公开情况\n乙。"
    assert (found["proactive"], found["requests"]) == ("丙。", "丁。")


def test_short_headings_of_earlier_years_need_no_numbers_where_there_are_no_others() -> None:
    found = sections(
        "高安市2014年政府信息公开工作年度报告\n概述\n甲。\n主动公开情况\n乙。\n依申请公开情况\n丙。\n存在的问题及改进措施\n丁。\n"
    )
    assert [found[key] for key in ("overview", "proactive", "requests")] == ["甲。", "乙。", "丙。"]
    assert found["problems"] == "丁。"


def test_what_stands_below_the_forms_tables_tells_sections_from_items_of_the_same_words() -> None:
    found = sections(
        "高安市2021年政府信息公开工作年度报告\n总体情况\n主动公开政府信息情况\n甲。\n收到和处理政府信息公开申请情况\n乙。\n"
        "主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t1\t2\t3\n"
        "收到和处理政府信息公开申请情况\n丙。\n"
    )
    assert found["overview"] == "主动公开政府信息情况\n甲。\n收到和处理政府信息公开申请情况\n乙。"
    assert found["requests"] == "丙。"
