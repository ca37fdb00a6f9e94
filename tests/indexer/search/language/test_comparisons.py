"""Whatever looks like a condition is understood or refused, never searched as a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.messages import render
from indexer.search.catalogue.figure_names import figure_names
from indexer.search.language.comparison_wordings import BEHIND, LOOSE, SURE
from indexer.search.language.comparisons import mark_comparisons
from indexer.search.language.parser import parse_query
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
    Query,
    UnquotedText,
    nodes_of,
)
from tests.saying import raises_saying

LITIGATION, RECEIVED = "disputes.litigation.total", "requests.received.total"
DENIED, REVIEWS = "requests.denied.total", "disputes.reconsideration.total"
SIGNS = (
    ">",
    "<",
    "=",
    ">=",
    "<=",
    "!=",
    "≥",
    "≤",
    "≠",
    "＞",
    "＜＝",
    "=>",
    "<>",
    "！＝",
    "> =",
    ">>",
    "≧",
    "≈",
)
NAMES = (
    *(name for name in figure_names() if "·" not in name and not name.isascii()),
    "行政复议.结果纠正",
    "disputes.litigation.total",
    "申请量",
    "行政诉讼件数",
    "败诉",
    "采购金额",
)
"""Names that are understood before any number, but for those of rows that have no total."""
NEITHER = (
    "复议纠错率",
    "公开率",
    "不予公开率",
    "败诉率",
    "发布日期",
    "行政诉颂",
    "纠错数",
    "全年行政诉讼",
    "规章",
)
FACETS = ("年份", "年度", "层级", "year", "level")
UNKNOWN = ("平均气温", "foo", "网站", "复议机关数目")
NUMBERS = ("0", "3", "１２", "1,000", "100件", "3 起", "三", "十二件", "零", "0.5", "-1")
ODD = ("15%", "百分之十", "2022-01-31", "2022年1月31日", "许多", "100件左右", "9" * 40)
BEHIND_WORDS = tuple(BEHIND)


def leaves(query: Query) -> list[Node]:
    roots = (*([query.root] if query.root else []), *query.filters, *query.figures)
    return [node for root in roots for node in nodes_of(root)]


def assert_understood_or_refused(text: str, *told: str) -> None:
    """Expect a condition and no word with any of `told`, or an error that says what to do."""
    try:
        found = leaves(parse_query(text))
    except QueryError as error:
        assert 0 <= error.at <= len(text)
        assert "引号" in render(error.message) or error.suggestion, text
        return
    assert any(isinstance(node, FigureFilter | FacetFilter | BodyName) for node in found), text
    for node in found:
        if isinstance(node, UnquotedText):
            assert not [one for one in told if one.strip() and one.strip() in node.text], (
                text,
                node,
            )


@settings(deadline=None, max_examples=400)
@given(
    st.sampled_from((*NAMES, *NEITHER, *FACETS, *UNKNOWN, "")),
    st.sampled_from(SIGNS),
    st.sampled_from((*NUMBERS, *ODD, "")),
    st.sampled_from(("", " ")),
    st.sampled_from(("", " ")),
    st.sampled_from(("", "拆迁 ", "层级:乡镇 ", "-", "(")),
)
def test_a_comparison_in_signs_is_never_a_word(name, sign, value, left, right, before):
    text = f"{before}{name}{left}{sign}{right}{value}"
    assert_understood_or_refused(text, sign, name)


@settings(deadline=None, max_examples=400)
@given(
    st.sampled_from((*NAMES, *NEITHER, *FACETS)),
    st.sampled_from((*SURE, *LOOSE)),
    st.sampled_from((*NUMBERS, "15%", "2022-01-31", "2022年1月31日")),
    st.sampled_from(("", " ")),
    st.sampled_from(("", "的乡镇", " 拆迁", "。")),
)
def test_a_comparison_in_words_is_never_a_word(name, word, value, space, behind):
    text = f"{name}{space}{word}{space}{value}{behind}"
    if word in LOOSE and name in ("行政诉颂", "纠错数", "规章"):
        return  # a word of any sentence compares only behind a name that is known
    assert_understood_or_refused(text, word, name)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from((*UNKNOWN, "")), st.sampled_from(tuple(SURE)), st.sampled_from(NUMBERS))
def test_a_comparison_of_what_is_no_figure_is_refused_with_the_quoted_form(name, word, value):
    with raises_saying(QueryError, "引号"):
        parse_query(f"{name}{word}{value}")


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(NAMES),
    st.sampled_from(NUMBERS[:6]),
    st.sampled_from(BEHIND_WORDS),
    st.sampled_from(("", "为", "在")),
)
def test_a_comparison_with_the_word_behind_is_never_a_word(name, value, word, lead):
    assert_understood_or_refused(f"{name}{lead}{value}{word}", word, name)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from((">", "≥", "大于", "不少于", "＜")),
            st.sampled_from(("0", "10", "3件"))),
        min_size=2,
        max_size=3,
        unique_by=lambda one: one[0],
    ),
    st.sampled_from(("且", "并且", "和", ",", "，", "、", "；", " 且 ", " and ", "&&", "或",
        "或者")),
)  # fmt: skip
def test_comparisons_that_are_joined_are_each_understood_or_refused(conditions, join):
    text = join.join("".join(parts) for parts in conditions)
    assert_understood_or_refused(text, ">", "大于", "不少于", "＜", "≥")
    try:
        query = parse_query(text)
    except QueryError:
        return
    figures = [node for node in leaves(query) if isinstance(node, FigureFilter)]
    keys = {parse_query(f"{name}>0").figures[0].key for name, _, _ in conditions}
    assert {one.key for one in figures} == keys


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("行政诉讼大于0", "行政诉讼>0"),
        ("行政诉讼 大于 0", "行政诉讼>0"),
        ("行政诉讼不为0", "行政诉讼!=0"),
        ("行政诉讼不为零", "行政诉讼!=0"),
        ("行政诉讼为0", "行政诉讼=0"),
        ("行政诉讼是0件", "行政诉讼=0"),
        ("行政诉讼至少三件", "行政诉讼>=3"),
        ("行政诉讼不足3起", "行政诉讼<3"),
        ("行政诉讼3件以上", "行政诉讼>=3"),
        ("行政诉讼在3件以下", "行政诉讼<=3"),
        ("行政诉讼》0", "行政诉讼>0"),
        ("行政诉讼:超过3", "行政诉讼>3"),
        ("行政诉讼 ! = 0", "行政诉讼!=0"),
        ("行政诉讼=空", "行政诉讼:空"),
        ("行政诉讼为空", "行政诉讼:空"),
        ("新收申请在10和20之间", "新收申请:10..20"),
        ("新收申请10到20", "新收申请:10..20"),
        ("100<新收申请", "新收申请>100"),
        ("1<行政诉讼<=10", "行政诉讼>1 行政诉讼<=10"),
        ("新收申请>100且<200", "新收申请>100 新收申请<200"),
        ("新收申请>100且不予公开>10", "新收申请>100 不予公开>10"),
        ("新收申请>100，不予公开大于10", "新收申请>100 不予公开>10"),
        ("行政诉讼>0或行政复议>0", "行政诉讼>0 OR 行政复议>0"),
        ("行政诉讼>0 或者 行政复议>0", "行政诉讼>0 OR 行政复议>0"),
        ("层级:乡镇且行政诉讼>0", "层级:乡镇 行政诉讼>0"),
        ("地区:四川且年份:2019", "地区:四川 年份:2019"),
        ("拆迁且行政诉讼>0", "拆迁 行政诉讼>0"),
        ("行政诉讼大于0的乡镇", "乡镇 行政诉讼>0"),
        ("乡镇行政诉讼>0", "乡镇 行政诉讼>0"),
        ("四川2019年行政诉讼>0", "四川2019年 行政诉讼>0"),
        ("层级为乡镇", "层级:乡镇"),
        ("层级不是部门", "-层级:部门"),
        ("年份大于2019年", "年份>2019"),
        ("年份2019至2020", "年份:2019..2020"),
        ("地区为四川", "地区:四川"),
        ("机构=田南镇", "机构:田南镇"),
        ("采购金额超过100万元", "采购金额>100万"),
        ("申请量>100", "新收申请>100"),
        ("申请件数>100", "新收申请>100"),
        ("败诉>0", "行政诉讼·结果纠正>0"),
        ("-行政诉讼大于0", "-行政诉讼>0"),
        ("(行政诉讼大于0 OR 行政复议大于0)", "(行政诉讼>0 OR 行政复议>0)"),
    ],
)
def test_understands_a_condition_however_it_is_written(text: str, same: str) -> None:
    query, plain = parse_query(text), parse_query(same)
    assert (query.root, query.filters, query.figures) == (plain.root, plain.filters, plain.figures)


@pytest.mark.parametrize(
    ("text", "named", "suggestion"),
    [
        ("复议纠错率>=15%", "行政复议·结果纠正", "行政复议·结果纠正>0"),
        ("公开率大于50%", "比率", "予以公开>0"),
        ("平均办理率>3", "比率", '"平均办理率>3"'),
        ("发布日期>2022-01-31", "年份", '"发布日期>2022-01-31"'),
        ("发布日期:2022-01-31", "年份", '"发布日期:2022-01-31"'),
        ("发布年份:2020", "年份", '"发布年份:2020"'),
        ("年份>2022-01-31", "年份", "年份>2022"),
        ("行政诉讼>", "后面没有数", "行政诉讼>0"),
        ("行政诉讼大于", "后面没有数", "行政诉讼大于0"),
        (">0", "指标名", "新收申请>0"),
        ("大于0", "指标名", "新收申请>0"),
        ("3>2", "指标名", '"3>2"'),
        ("a>b", "“a”", '"a>b"'),
        ("行政诉讼>>0", ">>", '"行政诉讼>>0"'),
        ("行政诉讼>1<10", "两个", "行政诉讼>1 行政诉讼<10"),
        ("行政诉讼>15%", "比率", "行政诉讼>0"),
        ("行政复议>行政诉讼", "两个指标", "行政复议>0"),
        ("纠错数超过申请量15%", "行政复议·结果纠正", "行政复议·结果纠正>0"),
        ("行政诉讼>0且拆迁", "拆迁", "行政诉讼>0 拆迁"),
        ("全年新收申请超过100件", "新收申请", "全年 新收申请>100件"),
        ("处罚>0", "行政处罚", "行政处罚>0"),
        ("公开>0", "公开", '"公开>0"'),
        ("problems:人手", "一节", "section:problems 人手"),
        ("问题:人手", "章节", "章节:问题 人手"),
        ("申请:拆迁", "章节", "章节:申请 拆迁"),
        ("机构:a>b", "冒号", '"机构:a>b"'),
        ("地区:四川大于0", "冒号", '"地区:四川大于0"'),
        ("层级:乡镇 >0", "指标名", "层级:乡镇 新收申请>0"),
        ("0:>33", "指标名", "0:新收申请>33"),
        ("2022-01-31:三<", "“三”", '2022-01-31:"三<"'),
        ("原因:人员不足", "原因", '"原因:人员不足"'),
        ("行政诉讼>1e3", "不是数", "行政诉讼>0"),
        ("行政诉讼:有", "两种意思", "行政诉讼>0"),
        ("行政诉讼=无", "两种意思", "行政诉讼=0"),
        ("行政诉讼>2*行政复议", "不是数", "行政诉讼>0"),
        ("行政诉讼>3分之1", "不是数", "行政诉讼>0"),
        ("行政诉讼>10件左右", "不是数", "行政诉讼>0"),
        ("行政诉讼/新收申请>0.1", "比率", "行政诉讼>0"),
        ("新收申请达5件以上", "不是数", "新收申请>=5件"),
        ("行政诉讼>5乡镇", "乡镇", "行政诉讼>5 乡镇"),
        ("收件>100", "新收申请", "新收申请>100"),
        ("收费>3百万", "行政事业性收费", "行政事业性收费>3百万"),
    ],
)
def test_refuses_the_rest_and_names_what_is_near(text: str, named: str, suggestion: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(text)
    assert named in render(caught.value.message)
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize(
    ("text", "key", "low"),
    [
        ("行政诉讼>1千", LITIGATION, 1000),
        ("行政诉讼大于1.5千的县", LITIGATION, 1500),
        ("新收申请>3百件", RECEIVED, 300),
        ("新收申请超过百件", RECEIVED, 100),
        ("新收申请逾百件", RECEIVED, 100),
        ("新收申请超100件", RECEIVED, 100),
        ("申请数超百", RECEIVED, 100),
        ("行政诉讼破千", LITIGATION, 1000),
        ("采购金额>5千万元", "proactive.procurement.amount_yuan", 50_000_000),
        ("收费金额>3百万元", "proactive.fees.amount_yuan", 3_000_000),
    ],
)
def test_numbers_are_read_as_they_are_said(text: str, key: str, low: float) -> None:
    filters = [node for node in leaves(parse_query(text)) if isinstance(node, FigureFilter)]
    assert filters == [FigureFilter(key, low=low, low_open=True)]


@pytest.mark.parametrize(
    "text",
    [
        "行政诉讼超时",
        "申请逾期5件",
        "新收申请破例5件",
        "10:30",
        "C++",
        "县级以上",
        "18人以下会议",
        "2019年以上",
        "共为12件",
        "办理时限不超过15个工作日",
        "办结率均为100%",
        "办结率为100%",
        "申请不足之处",
        "行政复议为一体",
        "行政许可是一般",
        "《条例》2",
        "重要!内容",
        "地区是问题",
    ],
)
def test_prose_stays_text(text: str) -> None:
    query = parse_query(text)
    assert isinstance(query.root, UnquotedText)
    assert query.root.text == text


@pytest.mark.parametrize(
    "text", ["时间：2021年", "原因：人员不足", "存在问题：一是人员少", "联系电话：0795-1234567"]
)
def test_prose_with_a_full_width_colon_stays_text_with_a_notice(text: str) -> None:
    query = parse_query(text)
    assert query.root == UnquotedText(text)
    assert "按文字检索" in render(query.repairs[0])


def test_what_is_quoted_is_text() -> None:
    assert parse_query('"行政诉讼>0"').root == Phrase("行政诉讼>0")
    assert parse_query("“行政诉讼大于0” 层级:乡镇").root == Phrase("行政诉讼大于0")


def test_an_order_by_a_rate_is_text_with_a_notice() -> None:
    assert "公开率" in render(parse_query("公开率最低的县").repairs[0])
    assert parse_query("公开率").repairs == ()


def test_says_which_figure_an_everyday_name_is_read_as() -> None:
    repairs = parse_query("申请量>100").repairs
    assert list(map(render, repairs)) == ["把“申请量”当作指标“新收申请”。"]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_masking_keeps_every_place(text: str) -> None:
    marked = mark_comparisons(text)
    assert len(marked.text) == len(text)
    assert all(0 <= found.start < found.end <= len(text) for found in marked.found.values())


def test_a_status_can_be_ruled_out_in_words() -> None:
    blank = FigureFilter(LITIGATION, statuses=("blank",))
    assert parse_query("行政诉讼不为空").root == Not(blank)


def test_words_between_conditions_are_operators_only_there() -> None:
    assert parse_query("拆迁 和 征地").root == And(
        (UnquotedText("拆迁"), UnquotedText("和"), UnquotedText("征地"))
    )
    either = parse_query("层级:乡镇 行政诉讼>0或行政复议>0")
    assert isinstance(either.root, Or)
    assert {part.key for part in either.root.parts} == {LITIGATION, REVIEWS}
    assert parse_query("章节:问题 人手").root == InSections(("problems",), UnquotedText("人手"))


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("地区:河南省濮阳市", ("河南省", "濮阳市")),
        ("地区=河南省濮阳市", ("河南省", "濮阳市")),
        ("地区:台前县城关镇", ("河南省", "濮阳市", "台前县", "城关镇")),
        ("县:台前县城关镇", ("河南省", "濮阳市", "台前县", "城关镇")),
        ("地区:北京市海淀区", ("北京市", "海淀区")),
    ],
)
def test_a_place_typed_with_those_it_lies_in_is_in_all_of_them(
    typed: str, places: tuple[str, ...]
) -> None:
    assert leaves(parse_query(typed)) == [FacetFilter("region", (place,)) for place in places]


@pytest.mark.parametrize(
    "typed",
    ["地区:濮阳市", "地区:没有的县", "地区:不详", "地区:410900", "市:海南", "县:朝阳区", "市:吉林"],
)
def test_a_place_by_its_own_name_stays_one_condition(typed: str) -> None:
    assert [one.values for one in leaves(parse_query(typed)) if isinstance(one, FacetFilter)] in (
        [(typed.partition(":")[2],)],
        [("unknown",)],
    )


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("省:绵阳", "市:绵阳"),
        ("县:绵阳", "市:绵阳"),
        ("市:河南", "省:河南"),
        ("市:高安", "县:高安"),
    ],
)
def test_a_place_asked_for_as_one_of_another_level_is_refused_with_the_right_one(
    typed: str, suggestion: str
) -> None:
    with raises_saying(QueryError, suggestion) as caught:
        parse_query(typed)
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize("typed", ["!行政诉讼>0", "！行政诉讼>0", "-行政诉讼>0"])
def test_a_bang_before_a_condition_negates_it(typed: str) -> None:
    assert parse_query(typed).figures == parse_query("-行政诉讼>0").figures


@pytest.mark.parametrize("stroke", ["-", "－", "–", "~", ".."])
def test_a_stroke_between_numbers_is_a_range(stroke: str) -> None:
    assert parse_query(f"新收申请:5{stroke}10").figures == (FigureFilter(RECEIVED, low=5, high=10),)
    assert parse_query("新收申请:-5").figures == (FigureFilter(RECEIVED, low=-5, high=-5),)
