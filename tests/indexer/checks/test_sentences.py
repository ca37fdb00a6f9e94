"""What clerks write, and what it says of the tables: half of these must give nothing.

The tables: 12 requests received and 2 carried in; 13 disposed (5 granted, 2 partly, 3 denied,
1 unavailable, 1 rejected, 1 other), 1 carried out; 3 reconsiderations (2 upheld, 1 corrected),
1 direct lawsuit pending, 1 after reconsideration, upheld.
"""

from __future__ import annotations

import time

import pytest

from indexer.checks.narrative import check_narrative
from indexer.checks.rules import CheckedReport
from indexer.forms.form import read_forms
from indexer.messages import render
from indexer.records import Cell, Finding, Identity, Paragraph, Region, Report, Section, SourceFile

TOTALS = {
    "received": 12, "carried_in": 2, "granted": 5, "partially_granted": 2, "denied_third_party": 3,
    "unavailable_not_held": 1, "rejected_repeat": 1, "other_misc": 1, "disposed": 13,
    "carried_out": 1,
}  # fmt: skip
VALUES = {f"requests.{row}.total": value for row, value in TOTALS.items()} | {
    "disputes.reconsideration.upheld": 2,
    "disputes.reconsideration.corrected": 1,
    "disputes.reconsideration.total": 3,
    "disputes.litigation_direct.pending": 1,
    "disputes.litigation_direct.total": 1,
    "disputes.litigation_after_reconsideration.upheld": 1,
    "disputes.litigation_after_reconsideration.total": 1,
    "proactive.normative_documents.issued": 4,
    "proactive.normative_documents.repealed": 1,
    "proactive.normative_documents.in_force": 20,
    "proactive.penalties.decisions": 30,
}
RECEIVED, DISPOSITION, DISPUTES, DISCLOSED = (
    f"narrative.{name}" for name in ("received", "disposition", "disputes", "disclosed")
)


def findings(
    text: str, values: dict[str, int] = VALUES, section: str = "overview", year: int = 2021
) -> list[Finding]:
    cells = tuple(
        Cell(key, values.get(key, 0), "reported", "") for key in read_forms()["2021"].keys()
    )
    identity = Identity("题", True, "清河县人民政府", "county", None, Region(), year, None, None)
    report = Report(
        "x",
        identity,
        "2021",
        (Section(section, None, (Paragraph(1, text),)),),
        cells,
        (),
        (),
        (SourceFile("x", "0" * 64, 1),),
    )
    return check_narrative(CheckedReport.of(report))


CONTRADICTIONS = [
    ("2021年，县政府共收到政府信息公开申请11件。", RECEIVED),
    ("全年新收政府信息公开申请十一件，均按时答复。", RECEIVED),
    ("本年度受理依申请公开申请１５宗。", RECEIVED),
    ("今年共收到10份信息公开申请，全部办结。", RECEIVED),
    ("我县收到公民、法人和其他组织提出的政府信息公开申请9件。", RECEIVED),
    ("依申请公开方面。2021年共收到申请两件。", RECEIVED),
    ("2021年未收到政府信息公开申请。", RECEIVED),
    ("本年度无依申请公开件。", RECEIVED),
    ("上年结转政府信息公开申请5件。", RECEIVED),
    ("收到信息公开申请12件，2020年结转4件。", RECEIVED),
    ("收到信息公开申请12件，结转下年度办理3件。", RECEIVED),
    ("收到信息公开申请12件，其中当面申请2件、网络申请6件、信函申请5件。", RECEIVED),
    ("收到信息公开申请12件，其中自然人申请9件，其他组织申请1件。", RECEIVED),
    ("共办结政府信息公开申请20件。", DISPOSITION),
    ("收到申请12件，其中予以公开6件，部分公开2件。", DISPOSITION),
    ("从答复情况看，收到的申请中不予公开的4件。", DISPOSITION),
    ("依申请公开中，无法提供三件。", DISPOSITION),
    ("对申请不予处理0件。", DISPOSITION),
    ("申请办理结果为：其他处理2件。", DISPOSITION),
    ("收到信息公开申请12件，上年结转2件，予以公开6件。", DISPOSITION),
    ("收到信息公开申请12件（2020年结转2件），结转下年1件，不予公开4件。", DISPOSITION),
    ("全年新收政府信息公开申请数量0件，上年结转政府信息公开申请数量2件。", RECEIVED),
    ("没有发生因政府信息公开申请行政复议和提起行政诉讼的情况。", DISPUTES),
    ("因政府信息公开被申请行政复议5件。", DISPUTES),
    ("全年发生4起政府信息公开行政复议。", DISPUTES),
    ("因信息公开提起的行政诉讼9起。", DISPUTES),
    ("政府信息公开行政复议3件，其中维持3件。", DISPUTES),
    ("没有因政府信息公开工作引发的行政复议、行政诉讼。", DISPUTES),
    ("收到申请12件，其中部分予以公开4件。", DISPOSITION),
    ("收到申请12件，予以公开和部分公开共9件。", DISPOSITION),
    ("收到申请12件，不予公开或无法提供5件。", DISPOSITION),
    ("收到申请12件，不予公开3件，属于国家秘密2件。", DISPOSITION),
    ("收到申请12件，不予公开3件，其中属于国家秘密、属于第三方权益共2件。", DISPOSITION),
    ("收到申请12件，其中不予公开3件；因本机关不掌握相关政府信息而无法提供2件。", DISPOSITION),
    ("收到申请12件；因不掌握相关信息、没有现成信息或申请内容不明确无法提供的5件。", DISPOSITION),
    ("办结信息公开申请13件，余3件转2022年度办理。", RECEIVED),
    ("收到信息公开申请12件，4件结转至下一年度继续办理。", RECEIVED),
    ("收到信息公开申请12件，其中3件为2020年结转。", RECEIVED),
    ("上年结转信息公开申请2件，结转至下年办理0件。", RECEIVED),
    ("依申请公开方面，全年共收到9件申请，均已答复。", RECEIVED),
    ("2021年受理依申请信息9件。", RECEIVED),
    ("因政府信息公开行政诉讼2件，其中未经复议直接起诉2件。", DISPUTES),
    ("因政府信息公开行政诉讼2件，复议后起诉0件。", DISPUTES),
    ("2021年制发行政规范性文件5件。", DISCLOSED),
    ("现行有效行政规范性文件18件。", DISCLOSED),
    ("全年主动公开政府信息100条，其中文件类50条、动态类40条、财政类20条。", DISCLOSED),
    ("全年主动公开政府信息共20条。其中，文件10条，动态5条，公告3条，其他1条。", DISCLOSED),
    ("主动公开信息50条，分别为文件20条、动态20条。", DISCLOSED),
    ("共收到公民、法人和其他组织申请政府信息公开33件。", RECEIVED),
    ("依申请公开政府信息共33件，均已答复。", RECEIVED),
    ("共收到33份政府信息依申请公开事项。", RECEIVED),
    ("（二）依申请公开。2021年共收到33件，均已答复。", RECEIVED),
    ("公民向我局提出政府信息公开申请33件。", RECEIVED),
    ("未收到政府信息依申请公开件。", RECEIVED),
    ("截至2021年12月底，未收到政府信息公开申请。", RECEIVED),
    ("办理政府信息公开申请33件。", DISPOSITION),
    (
        "主动公开信息80条，其中公告类信息20条、动态类信息条、文件类信息60条、年报类信息1条。",
        DISCLOSED,
    ),
]
DOUBTS = [
    ("2021年共收到政府信息公开申请14件。", RECEIVED),
    ("全年共收到公开申请14件（上年度结转2件，结转下年度1件）。", RECEIVED),
    ("全县各部门共收到政府信息公开申请90件。", RECEIVED),
    ("收到政府信息公开申请约200件。", RECEIVED),
    ("累计收到政府信息公开申请66件。", RECEIVED),
    ("收到申请12件，不予公开3件，其中涉及个人隐私、国家秘密2件。", DISPOSITION),
    ("收到申请12件，不予公开3件，其中国家秘密、个人隐私、第三方权益2件。", DISPOSITION),
    ("县教育局收到政府信息公开申请3件。", RECEIVED),
    ("收到政府信息公开申请20余件。", RECEIVED),
    ("收到政府信息公开申请5件左右。", RECEIVED),
    ("截至2021年12月底，收到政府信息公开申请300件。", RECEIVED),
    ("收到申请12件，其中予以公开7件。", DISPOSITION),
    ("答复政府信息公开申请8件。", DISPOSITION),
    ("受理政府信息公开申请12件，办理完成8件。", DISPOSITION),
    ("收到申请12件，属于四类过程性信息2件。", DISPOSITION),
    ("收到申请12件，部分公开2件，没有现成信息3件。", DISPOSITION),
    ("因政府信息公开引发行政复议和行政诉讼4件。", DISPUTES),
    ("全市政府信息公开行政复议30件。", DISPUTES),
    ("2021年作出行政处罚决定50件。", DISCLOSED),
    ("主动公开信息100条，其中通过网站公开90条，通过微信公众号公开60条。", DISCLOSED),
    ("公开信息1.2万条，其中文件5000条，动态9000条。", DISCLOSED),
    ("依申请公开政府信息33件。", RECEIVED),
    ("未收到公民的政府信息公开申请。", RECEIVED),
    ("没有依申请公开信息。", RECEIVED),
    ("利用办公网络平台发布信息95条，其中制发文件2件，利用电子屏发布信息108条。", DISCLOSED),
]
TRAPS = [
    "收到信息公开申请12件。因政府信息公开引发行政复议，全年收到3件申请，均已答复。",
    "我镇收到依申请公开12件。村务公开方面，收到5件申请。",
    "收到信息公开申请12件，上年度结转2件；予以公开5件，无法提供1件，结转下年继续办理1件。",
    "收到信息公开申请12件。其中，清河镇收到政府信息公开申请3件。",
    "全年公开信息314条，其中，人员招录信息公开6条，财政信息公开8条，热点指南、动态信息公开300条。",
    "全平台发布政务信息932条，其中网站98条，官方微博211条，官方公众号623条。",
    "全年公开文件991件，其中通知105件，财政信息12件，通报1件，公告57件，发布解读6份，收到留言4份。",
    "依申请公开方面，2021年1月至6月收到信息公开申请5件。",
    "信息公开类行政复议3起，正在办理中。",
    "县无行政复议权的单位收到信息公开申请后即时移送。",
    "依申请公开工作中，行政复议决定2件、行政诉讼判决3件均已归档。",
    "接受信息公开咨询电话300余次，受理申请材料300份。",
    "2021年共收到政府信息公开申请12件。",
    "收到政府信息公开申请10余件。",
    "收到政府信息公开申请约12件。",
    "收到政府信息公开申请近15件。",
    "2020年收到政府信息公开申请8件。",
    "2020年，收到政府信息公开申请8件；2021年，收到12件。",
    "收到政府信息公开申请12件，比上年增加5件。",
    "较2020年收到政府信息公开申请的7件有所增长。",
    "去年同期收到政府信息公开申请30件。",
    "上半年收到政府信息公开申请7件。",
    "收到政府信息公开申请后，应当在20日内答复，逾期1件扣2分。",
    "各单位收到政府信息公开申请各1件。",
    "近五年收到政府信息公开申请60件。",
    "收到网络渠道提交的政府信息公开申请7件。",
    "通过县政府网站收到政府信息公开申请7件。",
    "其中，收到自然人政府信息公开申请9件。",
    "收到政府信息公开行政复议申请3件。",
    "收到涉及征地的政府信息公开申请4件。",
    "收到低保申请300件，发放救助金2万元。",
    "按照《条例》第二十条、第二十七条，受理信息公开申请。",
    "依据国务院令第711号和国办公开办函〔2021〕30号，规范受理信息公开申请。",
    "受理政府信息公开申请电话：0319-8182005，邮编054800，2021年1月20日起启用。",
    "落实“惠企30条”，公开政府信息。",
    "未收到重复的政府信息公开申请。",
    "未收到逾期答复的政府信息公开申请投诉。",
    "若未收到政府信息公开申请，应当零报告。",
    "办理政府信息公开申请14件。",
    "答复政府信息公开申请12件。",
    "共办结建议提案30件，另收到信息公开申请12件。",
    "办理行政复议案件300件。",
    "未发生因政府信息公开被纠正的行政复议。",
    "政府信息公开行政复议、行政诉讼各1件。",
    "政府信息公开行政复议3件，其中维持2件、纠正1件。",
    "政府信息公开行政诉讼2件，尚未审结1件，维持1件。",
    "政府信息公开行政复议3件，审结2件。",
    "出庭应诉政府信息公开行政诉讼1件。",
    "收到申请12件，同意予以公开5件，部分公开2件，不予公开3件，无法提供1件，不予处理1件，其他处理1件。",
    "经保密审查，不予公开的政府信息15条；受理申请12件。",
    "上年结转政府信息公开申请2件，结转下年1件。",
    "收到申请12件，部分予以公开2件，不予公开3件，保护第三方合法权益3件。",
    "收到申请12件，部分公开2件，涉及第三方合法权益1件。",
    "收到申请12件，同意予以公开和部分公开共7件，不予公开或无法提供4件。",
    "共制作政府信息3021条，其中主动公开信息1027条，依申请公开信息459条，不予公开信息1535条。",
    "收到政府信息公开申请12件。不予公开的数量为9条，依申请公开的数量为5条。",
    "收到信息公开申请12件，5件转教育局办理，4件转2021年4月办理。",
    "公开行政执法案卷信息30件，赠送公开出版物100份，办理内部事务9件，行政查询5件，收到信息公开申请12件。",
    "收到信息公开申请12件。办理信访举报投诉23件，办结重复投诉5件。",
    "二○二○年收到政府信息公开申请八件；二〇二一年收到政府信息公开申请十二件。",
    "主动公开信息数60条，其中文件类20条、动态类40条。",
    "2020年结转2件申请，转结2022年1件。",
    "主动公开政府信息100条，其中文件类20条。",
    "主动公开政府信息100条，其中文件类20条、动态类30条、公告10条、人事5条等。",
    "主动公开政府信息100条，其中文件70条、动态30条，发布解读稿件20条。",
    "主动公开政府信息60条，其中网站40条（其中文件10条、动态30条），公告栏20条。",
    "主动公开政府信息345条，其中文件102条、公告30条；财政213条。",
    "主动公开规章13件（含新制定5件，修改4件，废止4件）。",
    "主动公开政府信息100条，其中解读10篇、文件60条、动态30条。",
    "主动公开政府信息1.2万条，其中文件5000条，动态7100条。",
    "主动公开政府信息100余条，其中文件60条、动态48条。",
    "主动公开政府信息上百条，其中文件60条，动态80条。",
    "发布信息500余条，其中文件类300余条，动态类200余条。",
    "收到信息公开申请12件，其中予以公开5件，上年结转2件。",
    "收到信息公开申请12件，其中当面申请2件、网络申请6件。",
    "第3件信息公开申请，收到3至5件材料。",
    "累计发布信息313条，其中文件14条、许可93条、执法37条、人事14条、预决算12条、其他重点信息5条、动态63条。",
    "依申请公开政府信息5件，均已答复。",
    "网上收到信息公开申请7件，信函收到申请5件。",
    "公文中主动公开20件，依申请公开33件，均已办结。",
    "主动公开信息80条，其中公告类信息20条、动态类信息条、文件类信息58条。",
    "主动公开信息80条，其中公告20条、文件60条、解读条。",
    "收到信息公开申请12件，其中予以公开5件、部分公开2件、不予公开3件、其他4件。",
    "公开率100%，收到政府信息公开申请12件，占85.7%。",
    "主动公开政府信息30条，平均每月公开政府信息3条，其中文件2条、动态5条。",
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule"), CONTRADICTIONS)
def test_what_no_reading_reconciles_is_a_contradiction(text: str, rule: str) -> None:
    assert [(f.rule, f.severity) for f in findings(text)] == [(rule, "contradiction")]


@pytest.mark.parametrize(("text", "rule"), DOUBTS)
def test_what_may_be_meant_otherwise_is_a_doubt(text: str, rule: str) -> None:
    assert [(f.rule, f.severity) for f in findings(text)] == [(rule, "doubt")]


@pytest.mark.parametrize("text", TRAPS)
def test_what_says_nothing_against_the_tables_gives_nothing(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(("text", "rule"), CONTRADICTIONS + DOUBTS)
def test_every_finding_names_its_numbers_and_stands_on_its_words(text: str, rule: str) -> None:
    for finding in findings(text):
        (passage,) = finding.passages
        assert 0 <= passage.start < passage.end <= len(text)
        assert finding.cells or str(finding.expected) in render(finding.message)
        assert render(finding.message).startswith("正文写")


def test_in_the_section_on_disputes_the_subject_goes_without_saying() -> None:
    text = "2021年行政复议4件，行政诉讼2件。"
    assert [f.found for f in findings(text, section="disputes")] == [4]
    assert findings(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "公开信息9条，其中",
        "收到信息公开申请3件、",
        "未收到复议",
        "全市《",
        "1，",
        "9条；",
        "无行政复议、",
    ],
)
def test_a_paragraph_of_any_length_is_judged_in_no_time(text: str) -> None:
    started = time.process_time()
    findings(text * (200_000 // len(text)))
    assert time.process_time() - started < 5
