"""The query language, piece by piece; its slips; its errors."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.messages import render
from indexer.search.language.parser import MAX_NESTING, MAX_QUERY_LENGTH, parse_query
from indexer.search.language.query_size import MAX_CONDITIONS, conditions_of
from indexer.search.query import (
    And,
    BodyName,
    FacetFilter,
    FigureFilter,
    InSections,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    UnquotedText,
)
from tests.saying import raises_saying
from tests.strategies import FRAGMENTS

LITIGATION = "disputes.litigation.total"
A, B, C = UnquotedText("拆迁"), UnquotedText("征地"), UnquotedText("微信")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        ("  ", None),
        ("拆迁", A),
        ("拆迁 征地", And((A, B))),
        ("拆迁　征地", And((A, B))),
        ("拆迁 AND 征地", And((A, B))),
        ("拆迁 OR 征地", Or((A, B))),
        ("拆迁｜征地", Or((A, B))),
        ("拆迁 | 征地", Or((A, B))),
        ("拆迁 OR 征地 微信", And((Or((A, B)), C))),
        ("拆迁 AND 征地 OR 微信", Or((And((A, B)), C))),
        ("-微信", Not(C)),
        ("NOT 微信", Not(C)),
        ("拆迁 -微信", And((A, Not(C)))),
        ("--微信", C),
        ("(拆迁 OR 征地) -微信", And((Or((A, B)), Not(C)))),
        ("拆迁 (征地 微信)", And((A, B, C))),
        ("-(拆迁 征地)", Not(And((A, B)))),
        ('"信息公开保密审查"', Phrase("信息公开保密审查")),
        ("“三安全一稳定”", Phrase("三安全一稳定")),
        ("”三安全一稳定”", Phrase("三安全一稳定")),
        ("「三安全」『一稳定』", And((Phrase("三安全"), Phrase("一稳定")))),
        ('"危及“三安全一稳定”"', Phrase("危及“三安全一稳定”")),
        ("“危及“三安全”“一稳定”的” 微信", And((Phrase("危及“三安全”“一稳定”的"), C))),
        ("“三安全“ “一稳定”", And((Phrase("三安全"), Phrase("一稳定")))),
        ('"(a OR b): -c*"', Phrase("(a OR b): -c*")),
        (r'"a\"b" c', And((Phrase('a"b'), UnquotedText("c")))),
        ('拆迁"征地"', And((A, Phrase("征地")))),
        ("信访*", Prefix("信访")),
        ("a*b", UnquotedText("a*b")),
        ("***", UnquotedText("***")),
        ("-", UnquotedText("-")),
        ("拆迁-征地", UnquotedText("拆迁-征地")),
        ("http://x.cn/a?b=1", UnquotedText("http://x.cn/a?b=1")),
        ("10:30", UnquotedText("10:30")),
        ('"3>2"', Phrase("3>2")),
        ('"a>b"', Phrase("a>b")),
        ("重要!内容", UnquotedText("重要!内容")),
        ("机构:田南镇", BodyName("田南镇")),
        ('body:"a b"', BodyName("a b")),
        ("章节:问题", InSections(("problems",))),
        ("-章节:问题", Not(InSections(("problems",)))),
        ("章节:问题 拆迁 -微信", InSections(("problems",), And((A, Not(C))))),
        ("section:problems,other 拆迁", InSections(("problems", "other"), A)),
        ("章节:问题 章节:其他 拆迁", InSections(("problems", "other"), A)),
        ("(章节:问题 拆迁) 征地", And((InSections(("problems",), A), B))),
        ("章节:五 机构:田南镇 拆迁", And((BodyName("田南镇"), InSections(("problems",), A)))),
        ("-章节:其他 -章节:前言 -章节:落款 拆迁", InSections(("overview", "proactive", "requests",
            "disputes", "problems"), A)),
    ],
)  # fmt: skip
def test_reads_words_and_operators(text, root):
    assert parse_query(text) == Query(text=text, root=root)


@pytest.mark.parametrize(
    ("text", "facet", "values"),
    [
        ("年份:2019", "year", ("2019",)),
        ("year:2019", "year", ("2019",)),
        ("年份:2019年", "year", ("2019",)),
        ("年份:２０１９", "year", ("2019",)),
        ("年份:2019..2021", "year", ("2019", "2020", "2021")),
        ("年份:2019..", "year", ("2019..",)),
        ("年份:..2019", "year", ("..2019",)),
        ("年份:2019-2021", "year", ("2019", "2020", "2021")),
        ("年份:2019年—2020年", "year", ("2019", "2020")),
        ("年份:2019至2020", "year", ("2019", "2020")),
        ("年份>2019", "year", ("2020..",)),
        ("年份>=2019", "year", ("2019..",)),
        ("年份<2019", "year", ("..2018",)),
        ("年份=2019", "year", ("2019",)),
        ("年份:2019,2021", "year", ("2019", "2021")),
        ("年份:2019 年份:2020", "year", ("2019", "2020")),
        ("层级:乡镇", "level", ("township",)),
        ("level:township", "level", ("township",)),
        ("层级:县,市、省", "level", ("county", "prefecture", "province")),
        ("地区:宜春", "region", ("宜春",)),
        ("region:360900", "region", ("360900",)),
        ("省:江西", "province", ("江西",)),
        ("county:高安市", "county", ("高安市",)),
        ("格式:2021版", "form", ("2021",)),
        ("问题:数据矛盾", "finding", ("contradiction",)),
        ("finding:requests.balance", "finding", ("requests.balance",)),
        ("问题:未能核对", "finding", ("unjudged",)),
        ("年份: 2019", "year", ("2019",)),
    ],
)
def test_reads_facets_into_filters(text, facet, values):
    assert parse_query(text) == Query(text=text, filters=(FacetFilter(facet, values),))


@pytest.mark.parametrize("text", ["-年份:2019", "NOT 年份:2019", "年份!=2019"])
def test_reads_what_is_ruled_out_into_an_excluding_filter(text):
    assert parse_query(text) == Query(
        text=text, filters=(FacetFilter("year", ("2019",), excluded=True),)
    )


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("行政诉讼>0", FigureFilter(LITIGATION, low=0, low_open=True)),
        ("行政诉讼 > 0", FigureFilter(LITIGATION, low=0, low_open=True)),
        ("disputes.litigation.total>=1", FigureFilter(LITIGATION, low=1)),
        ("行政诉讼≥1", FigureFilter(LITIGATION, low=1)),
        ("行政诉讼<3", FigureFilter(LITIGATION, high=3, high_open=True)),
        ("行政诉讼=0", FigureFilter(LITIGATION, low=0, high=0)),
        ("行政诉讼!=0", FigureFilter(LITIGATION, low=0, high=0, negated=True)),
        ("行政诉讼≠0", FigureFilter(LITIGATION, low=0, high=0, negated=True)),
        ("-行政诉讼>0", FigureFilter(LITIGATION, low=0, low_open=True, negated=True)),
        ("行政诉讼:2..5", FigureFilter(LITIGATION, low=2, high=5)),
        ("行政诉讼:2至5", FigureFilter(LITIGATION, low=2, high=5)),
        ("行政诉讼:-5", FigureFilter(LITIGATION, low=-5, high=-5)),
        ("行政诉讼:..5", FigureFilter(LITIGATION, high=5)),
        ("行政诉讼:5", FigureFilter(LITIGATION, low=5, high=5)),
        ("行政复议.结果纠正:1..", FigureFilter("disputes.reconsideration.corrected", low=1)),
        ("行政复议·结果纠正>0", FigureFilter("disputes.reconsideration.corrected", low=0,
            low_open=True)),
        ("新收申请.自然人>=10", FigureFilter("requests.received.natural_person", low=10)),
        ("规范性文件.对外公开总数量>0",
            FigureFilter("proactive.normative_documents.disclosed_total", low=0, low_open=True)),
        ("采购总金额>=91.4701万", FigureFilter("proactive.procurement.amount_yuan", low=914701)),
        ("采购总金额>4.48亿元", FigureFilter("proactive.procurement.amount_yuan", low=448000000,
            low_open=True)),
        ("新收申请>1,000", FigureFilter("requests.received.total", low=1000, low_open=True)),
        ("行政许可.本年增/减<-5", FigureFilter("proactive.licensing.items_change", high=-5,
            high_open=True)),
        ("行政诉讼:空", FigureFilter(LITIGATION, statuses=("blank",))),
        ("行政诉讼:blank", FigureFilter(LITIGATION, statuses=("blank",))),
        ("行政诉讼:缺,疑", FigureFilter(LITIGATION, statuses=("missing", "suspect"))),
        ("行政诉讼:无此格", FigureFilter(LITIGATION, statuses=("missing",))),
        ("行政诉讼:不适用", FigureFilter(LITIGATION, statuses=("not_applicable",))),
        ("行政诉讼:无法识别", FigureFilter(LITIGATION, statuses=("unreadable",))),
    ],
)  # fmt: skip
def test_reads_figures(text, figure):
    assert parse_query(text) == Query(text=text, figures=(figure,))


def test_keeps_in_the_tree_what_does_not_hold_for_the_whole_query():
    query = parse_query("拆迁 OR 年份:2019 OR 行政诉讼>0 -行政诉讼:空")
    figure = FigureFilter(LITIGATION, low=0, low_open=True)
    either = Or((A, FacetFilter("year", ("2019",)), figure))
    assert (query.filters, query.figures) == ((), ())
    assert query.root == And((either, Not(FigureFilter(LITIGATION, statuses=("blank",)))))


@pytest.mark.parametrize(
    ("text", "same", "said"),
    [
        ('"信息公开', '"信息公开"', "引号"),
        ("“信息公开", '"信息公开"', "引号"),
        ("年份：2019", "年份:2019", "全角冒号"),
        ("（拆迁 OR 征地） 微信", "(拆迁 OR 征地) 微信", "全角括号"),
        ("(拆迁 OR 征地", "(拆迁 OR 征地)", "没有合上的括号"),
        ("行政诉讼＞0", "行政诉讼>0", "全角"),
        ("行政诉讼＞＝1", "行政诉讼>=1", "全角"),
        ("行政诉讼=>1", "行政诉讼>=1", "当作“>=”"),
        ("行政诉讼:>=1", "行政诉讼>=1", "冒号"),
        ("行政诉讼：＞1", "行政诉讼>1", "冒号"),
        ("年份:>2019", "年份>2019", "冒号"),
        ("－微信", "-微信", "全角"),
        ("信访＊", "信访*", "全角"),
        ("行政诉讼:5..2", "行政诉讼:2..5", "倒写"),
        ("年份:2021..2019", "年份:2019..2021", "倒写"),
        ('拆迁 ""', "拆迁", "空的引号"),
    ],
)
def test_mends_a_slip_and_says_so(text, same, said):
    mended, right = parse_query(text), parse_query(same)
    assert any(said in render(repair) for repair in mended.repairs)
    assert right.repairs == ()
    assert (mended.root, mended.filters, mended.figures) == (
        right.root,
        right.filters,
        right.figures,
    )


@pytest.mark.parametrize(
    ("text", "root", "said"),
    [
        ("怎么申请政府信息公开", UnquotedText("怎么申请政府信息公开", ("怎么",)), "“怎么”"),
        ("怎麼申請", UnquotedText("怎麼申請", ("怎么",)), "“怎么”"),
        ("请问公开了吗？", UnquotedText("请问公开了吗？", ("请问", "吗")), "“请问”“吗”"),
        ("什么时候公布", UnquotedText("什么时候公布", ("什么时候",)), "“什么时候”"),
        ("请问 拆迁 怎么 补偿", And((UnquotedText("拆迁"), UnquotedText("补偿"))), "“请问”“怎么”"),
        ('怎么 "拆迁"', Phrase("拆迁"), "“怎么”"),
        ("怎么 章节:问题 拆迁", InSections(("problems",), UnquotedText("拆迁")), "“怎么”"),
        (
            "拆迁 OR 怎么申请",
            Or((UnquotedText("拆迁"), UnquotedText("怎么申请", ("怎么",)))),
            "“怎么”",
        ),
    ],
)
def test_leaves_out_question_words_where_others_remain_and_says_so(text, root, said):
    query = parse_query(text)
    assert query.root == root
    says = f"疑问词{said}不作为条件；要它也出现，请加引号。"
    assert list(map(render, query.repairs)) == [says]


@pytest.mark.parametrize(
    "text",
    [
        '"怎么申请"',
        "-怎么申请",
        "怎么",
        "怎么了",
        "怎么 年份:2019",
        "怎么 如何",
        "怎么 -拆迁",
        "(怎么 OR 如何) 拆迁",
        "怎么*",
    ],
)
def test_takes_question_words_as_typed_where_they_are_quoted_ruled_out_or_all_there_is(text):
    query = parse_query(text)
    assert query.repairs == ()
    assert "without=('" not in repr(query.root)
    assert repr(query.root).count("怎么") == text.count("怎么")


@pytest.mark.parametrize("name", ["呢玛镇", "哪吒村", "吗啡"])
def test_a_piece_of_a_name_is_no_question_word(name):
    assert parse_query(name).root == UnquotedText(name)


def test_takes_a_name_like_none_there_is_as_text_and_says_so():
    query = parse_query("原因：人员不足")
    assert query.root == UnquotedText("原因：人员不足")
    assert list(map(render, query.repairs)) == ["“原因：”不是检索条件，按文字检索。"]


@pytest.mark.parametrize(
    ("text", "at", "named", "suggestion"),
    [
        ("层极:乡镇", 0, "层级", "层级:乡镇"),
        ("拆迁 层级:乡真", 3, "乡镇", "拆迁 层级:乡镇"),
        ("行政诉颂>0", 0, "行政诉讼", "行政诉讼>0"),
        (
            "disputes.litigatoin.total>0",
            0,
            "disputes.litigation.total",
            "disputes.litigation.total>0",
        ),
        ("行政诉讼>许多", 0, "许多", "行政诉讼>0"),
        ("行政诉讼:许多", 0, "许多", "行政诉讼>0"),
        ("年份:去年", 0, "去年", "年份:2019"),
        ("xyzq:1", 0, "xyzq", '"xyzq:1"'),
        ("年份:", 0, "年份", "年份"),
        ("微信 省:360983", 3, "县:360983", "微信 县:360983"),
        ("县:36", 0, "省:36", "省:36"),
        ("市:360983101", 0, "地区:360983101", "地区:360983101"),
        ("拆迁 OR", 5, "OR", "拆迁"),
        ("OR 拆迁", 0, "OR", "拆迁"),
        ("拆迁 AND AND 征地", 7, "AND", "拆迁 AND 征地"),
        ("foo:bar", 0, "form", '"foo:bar"'),
        ("拆迁 ) 征地", 3, ")", "拆迁 征地"),
        ("拆迁 ()", 3, "括号", "拆迁"),
        ("| 拆迁", 0, "|", "拆迁"),
        ("拆迁 NOT", 3, "NOT", "拆迁"),
        ("行政诉讼>" + "9" * 400, 0, "999", "行政诉讼>0"),
        ("层极:乡镇 行政诉颂>0", 0, "层级", "层级:乡镇 行政诉讼>0"),
    ],
)
def test_says_where_a_query_cannot_be_read_and_what_would_work(text, at, named, suggestion):
    with pytest.raises(QueryError) as caught:
        parse_query(text)
    error = caught.value
    assert (error.text, error.at, error.suggestion) == (text, at, suggestion)
    assert named in render(error.message)


def test_refuses_what_is_too_long_or_too_deep():
    with raises_saying(QueryError, "最多"):
        parse_query("拆" * (MAX_QUERY_LENGTH + 1))
    assert parse_query("(" * MAX_NESTING + "拆迁" + ")" * MAX_NESTING).root == A
    with raises_saying(QueryError, "层"):
        parse_query("(" * (MAX_NESTING + 1) + "拆迁")


@pytest.mark.parametrize("sign", [" ", " OR ", " -", " AND "])
@pytest.mark.parametrize("word", ["{}", '"{}"', "{}*", "机构:{}", "地区:{}", "行政诉讼>{}"])
def test_refuses_more_conditions_than_one_search_can_have_and_offers_those_it_can(
    word: str, sign: str
) -> None:
    pieces = [word.format(100 + number) for number in range(MAX_CONDITIONS + 1)]
    assert len(conditions_of(parse_query(sign.join(pieces[:-1])))) == MAX_CONDITIONS
    with raises_saying(QueryError, f"最多 {MAX_CONDITIONS} 个") as caught:
        parse_query(sign.join(pieces))
    assert sign.join(pieces)[caught.value.at :] == pieces[-1]
    assert caught.value.suggestion is not None
    assert len(conditions_of(parse_query(caught.value.suggestion))) >= MAX_CONDITIONS - 1


def test_a_list_of_values_counts_as_many_conditions_as_it_has_values() -> None:
    with raises_saying(QueryError, f"最多 {MAX_CONDITIONS} 个") as caught:
        parse_query("微信 县:" + ",".join(f"县{number}" for number in range(MAX_CONDITIONS + 1)))
    assert caught.value.suggestion == "微信"


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("拆迁 " * 200, "拆迁"),
        ("拆迁 征地 拆迁", "拆迁 征地"),
        ("拆迁 OR 征地 OR 拆迁", "拆迁 OR 征地"),
        ("(拆迁 拆迁) 拆迁", "拆迁"),
        ("地区:宜春 地区:宜春 行政诉讼>0 行政诉讼>0", "地区:宜春 行政诉讼>0"),
        ("章节:问题 拆迁 拆迁", "章节:问题 拆迁"),
    ],
)
def test_what_is_said_twice_is_asked_for_once(text: str, once: str) -> None:
    query, plain = parse_query(text), parse_query(once)
    assert (query.root, query.filters, query.figures) == (plain.root, plain.filters, plain.figures)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*FRAGMENTS, "(", ")", "（", '"', "“", "-", "－", "*", "|", "｜", ":", "：", ">", "=",
                "＞", "!", "..", "OR", "AND",
             "NOT", "年份", "章节", "行政诉讼", "层级", "机构", "问题", "foo", "0", "9" * 50, "万",
             "空", "\\", "\x00", "\ud800", "'"]
        )
    ).map("".join)
    | st.text(max_size=80)
)  # fmt: skip
def test_any_text_is_a_query_or_a_query_error_whose_suggestion_can_be_read(text):
    try:
        query = parse_query(text)
    except QueryError as error:
        assert 0 <= error.at <= len(text)
        assert error.suggestion is None or parse_query(error.suggestion)
    else:
        assert query.text == text
