"""Claims on the requests received.

A verb of receiving with the name of the requests is certain. The name alone (依申请公开33件) may
count documents published on request; it is certain only if the sentence goes on to answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.checks.claim import HEADING_NUMBER, ON_REQUESTS, ProseClaim, make_claim, named, totals
from indexer.checks.prose_numbers import ProseCount, ProseSentence
from indexer.checks.reported_figures import ReportedFigures

_RULE = "narrative.received"
_TOPIC = re.compile(r"信息公开|依申请公开|公开信息|公开政府信息|政务公开")
_VERB = r"(?:新收|收到|(?<!未)受理|接收|接到|收悉|接受|接办|收取|(?<=[共总])收)"
_RECEIVED = re.compile(
    rf"(?P<clause>(?:^|[，,：:；;、])?[^，,：:；;]*?){_VERB}(?:到|了)?(?P<what>[^，,。；;：:]{{0,30}})$"
)
_TOLD_LATER = re.compile(r"[，,：:]\s*(?P<sum>一共|总共|共计?|总计|合计|数量(?:为|共)|总数为)\s*$")
"""A comma before the number: 收到政府信息公开申请，共33件."""

_COUNTED = (
    r"(?:办理|受理|件|事项)*的?(?:总?数量|总?量|总?件数|总数|数)?"
    r"(?:一共|总共|共计?|总计|合计|为|是|有|达到?)*"
)
_REQUEST = (
    r"(?:(?:政府|政务)?(?:信息公开|公开信息|公开政府信息)的?(?:政府信息|信息)?(?:类|相关)?的?申请"
    r"|申请公开的?(?:政府|政务)?信息|申请(?:政府|政务)?信息公开|(?:政府|政务)?信息公开的?依申请)"
)
_ON_REQUEST = (
    r"(?:(?:政府|政务)?信息)?依申请(?:公开|信息公开)?(?:政府信息|信息)?的?(?:申请|请求|件|事项)"
)
_PLAIN = re.compile(
    r"^(?:的|各类|各种|群众|公民|社会公众|有效|书面|公众|提出|提交)*申请(?:书|事项|件|数量|量)?(?:共计?|总数|合计|为|是|数|达)*$"
)
_NAMED = re.compile(
    r"(?:信息公开|公开信息|公开政府信息|政务公开)[^，,。；;：:]{0,8}申请|依申请公开|依申请信息|依申请件|^公开申请"
    r"|申请公开(?:政府|政务)?信息|申请(?:政府|政务)?信息公开"
)
_BARE = re.compile(r"^(?:共计?|总计|合计|各类|各种|有效|了|到)*$")
_FOLLOWS = re.compile(
    r"^(?:有效|的|各类|群众|公民|书面|关于)*(?:(?:政府|政务)?(?:信息公开|公开信息)(?:政府信息|信息|的|类)*申请"
    r"|(?:(?:政府|政务)?信息)?依申请(?:公开|件)|申请公开(?:政府|政务)?信息)"
)
_FOLLOWS_BARE = re.compile(r"^(?:有效)?(?:的)?申请(?=[，,。；;]|$)")
_ANYONE = re.compile(
    r"(?:来自)?(?:社会)?(?:公民|个人|自然人)(?:、|和|或者?|，)?(?:企业)?法人(?:和|或者?|及|以及|、|与)?(?:者)?其[他它](?:社会)?组织"
    r"|向(?:我|本)[局镇乡县市区委办厅]|向本(?:机关|单位|部门)"
)
_QUALIFIED = re.compile(
    r"网|信函|邮|传真|当面|现场|窗口|平台|自然人|法人|企业|公民|律师|结转|涉及|重复|转来|转送|移送|复议|诉讼|举报|投诉|信访|转办|补正|撤|关于|申请人|咨询|自行"
    r"|费|留言|来信|信箱|热线|工单|来电|向|上级|下级|交办|转交|同一|相同|类似|批量|其他|个别|部分|第三人|个体|工商户"
)
_FURTHER = re.compile(r"(?:另|另外|还|又|同时)(?:有|共)?$")
_AMONG_THEM = re.compile("中|(?!均|都|全部|皆)[^（(]*(?:涉及|来自|自然人|法人)")
_ABOUT_THEM = re.compile(
    "(?:建议|意见|延期|答复|补正|请示|电话|来函|档案)(?:书|材料)?(?:共计?|合计|为|有)*$"
)
"""What is not a request though it is about one: 依申请公开建议33条."""

_NOT_VALID = re.compile("无效|撤[回销]|不符合|退回")
"""Valid requests are a part of all received ones where invalid ones are mentioned, too."""

_ONE_CHANNEL = re.compile(
    r"(?:通过|以|经)[^，,、和及等]*(?:网|信函|邮|传真|当面|现场|窗口|平台)[^、和及等]*$|其中"
)
_BY_CHANNEL = re.compile(
    r"(?:网上|网络|线上|线下|信函|来信|书信|邮寄|邮件|快递|当面|现场|窗口|书面|传真|平台|网站|信箱)(?:渠道|方式|途径|形式)?(?:[共新已]|累计)*$"
)
"""A channel right before the verb: 网上收到."""
_WHOSE_YEAR = (
    r"(?:20\d\d年(?:度|全年)?|全年度?|本年度?|今年(?:以来)?|年内|一年来|[我本全]?[镇乡局县市区委办厅]?(?:机关|单位|街道|部门|政府|办事处|委员会)?){1,3}"
    r"(?:共计?|累计|一共|总共|总计|新增|发生|产生|有|的)*"
)
_BY_NAME = re.compile(
    rf"(?:^|[，,：:；;。])\s*{_WHOSE_YEAR}(?:{_REQUEST}|{_ON_REQUEST}){_COUNTED}$"
)
_TURNED_TO = re.compile(
    rf"(?:(?<![一某名位个分体])(?:公民|个人|群众|公众|社会公众|申请人|法人|组织)[^，,。；;\d向]{{0,12}})(?:向(?:我|本)[^，,。；;\d]{{1,6}})?(?:提出|提交|递交)?的?{_REQUEST}{_COUNTED}$"
)
_ON_REQUEST_ALONE = re.compile(
    rf"(?:^|[，,：:；;。])\s*{_WHOSE_YEAR}(?:政府信息|信息)?依申请公开的?(?:政府信息|信息)?"
    r"(?:数量|件数|总数|总量|数|量)?(?:一共|总共|共计?|总计|合计|为|有|达)*$"
)
_HAD = re.compile(rf"(?:^|[，,：:；;。])\s*{_WHOSE_YEAR}$")
_THEY_FOLLOW = re.compile(
    rf"^(?:的|各类|群众|公民)*(?:{_REQUEST}|{_ON_REQUEST})(?:件|事项)?(?![书表答材复])"
)
"""The number before the name: 2021年共有3件政府信息公开申请."""

_ANSWERED = re.compile(
    r"^[，,、]?(?:均|全部|都|已|现已|按期|按时|及时|依法|按规定|并|且)*(?:予以|作出|进行|在)?[^，,。；;\d]{0,14}(?:答复|办结|回复|办理|处理)"
)
_SORTED = re.compile(
    r"公文|文件|属性|制发|制作|印发|形成|产生|认定|分类|目录|主动公开[^。]*不予公开"
)
"""Where documents are sorted by whether they are published on request, and not requests counted."""

_TOPIC_HEAD = re.compile(
    rf"{HEADING_NUMBER}(?:政府信息|信息)?依申请公开(?:政府信息|信息|工作)?(?:办理|处理|受理)?(?:工作)?(?:情况|方面)?[。：:，,\s]"
)
_BARE_RECEIVED = re.compile(r"(?:收到|受理|接到|接收)(?:共计?)?$")
_ITS_END = re.compile(r"^(?:$|[。；;]|[，,](?:均|已|全部|都|按时|按期|及时|现已|办结|答复))")


def received_claims(
    sentence: ProseSentence, count: ProseCount, figures: ReportedFigures
) -> Iterator[ProseClaim]:
    """Yield claims on the requests received: 收到政府信息公开申请3件, 依申请公开件3件."""
    before = _before(sentence, count)
    sure = _is_received(sentence, count, before) or _is_under_its_topic(sentence, count, before)
    if sure:
        yield _claim(sentence, count, loose=False)
    elif _is_named(sentence, count, before):
        claim = _claim(sentence, count, loose=count.unit == "条")
        yield replace(claim, others=(*claim.others, (named("all_disposed"), totals("disposed"))))
    elif (
        _ON_REQUEST_ALONE.search(before)
        and count.unit not in ("条", "项")
        and _is_told(sentence, count)
    ):
        claim = _claim(sentence, count, loose=not _ANSWERED.match(sentence.after(count)))
        if not _means_another(count, figures):
            yield claim


def _claim(sentence: ProseSentence, count: ProseCount, loose: bool) -> ProseClaim:
    others = ((named("new", "carried_in"), totals("received", "carried_in")),)
    claim = make_claim(sentence, count, _RULE, named("received"), totals("received"))
    return replace(claim, others=others, loose=loose)


def _before(sentence: ProseSentence, count: ProseCount) -> str:
    """Return the words before a number, without a comma between requests and number."""
    before = re.sub(r"[：:]\s*$", "", sentence.before(count))
    later = _TOLD_LATER.search(before)
    return before[: later.start()] + later["sum"] if later else before


def _is_received(sentence: ProseSentence, count: ProseCount, before: str) -> bool:
    match = _RECEIVED.search(before)
    if not match or _is_a_part(match) or re.search(r"(?:未|没有|无|每)$", match["clause"]):
        return False
    what = _ANYONE.sub("", match["what"])
    if _ABOUT_THEM.search(what) or ("有效" in what and _NOT_VALID.search(sentence.text)):
        return False
    return (
        _names_requests(sentence, count, what)
        and not _QUALIFIED.search(what)
        and not _is_on_something_else(sentence, count)
    )


def _names_requests(sentence: ProseSentence, count: ProseCount, what: str) -> bool:
    """Say whether the words between verb and number name requests, or those after the number do."""
    if not _BARE.match(what):
        return bool(_NAMED.search(what)) or bool(
            _PLAIN.match(what) and _TOPIC.search(sentence.context)
        )
    after = sentence.after(count)
    return bool(_FOLLOWS.match(after)) or bool(
        _FOLLOWS_BARE.match(after) and _is_on_requests(sentence)
    )


def _is_on_requests(sentence: ProseSentence) -> bool:
    """Say whether a sentence is about requests for information alone, not reconsideration."""
    return bool(ON_REQUESTS.search(sentence.text)) and not re.search("复议|诉讼", sentence.text)


def _is_on_something_else(sentence: ProseSentence, count: ProseCount) -> bool:
    following = re.split("[，,。；;]", sentence.after(count, 14))[0]
    return bool(
        re.search(r"复议|诉讼|投诉|咨询|留言|工单|来电|来信", following)
        or _AMONG_THEM.match(following)
    )


def _is_a_part(match: re.Match[str]) -> bool:
    """Say whether a number counts only some requests: by one channel, or to one of many."""
    clause = match["clause"]
    return bool(
        _ONE_CHANNEL.search(clause) or _BY_CHANNEL.search(clause) or _FURTHER.search(clause)
    ) or ("其中" in match.string and "新收" not in match[0])


def _is_named(sentence: ProseSentence, count: ProseCount, before: str) -> bool:
    """Say whether the requests are named right before their number, without a verb of receiving."""
    match = _BY_NAME.search(before) or _TURNED_TO.search(before)
    if not match and _THEY_FOLLOW.match(sentence.after(count)):
        match = _HAD.search(before)
    if not match or "其中" in before or (match.start() == 0 and len(before) >= 40):
        return False
    return (
        count.unit != "项"
        and not _SORTED.search(sentence.text)
        and not _is_on_something_else(sentence, count)
    )


def _is_under_its_topic(sentence: ProseSentence, count: ProseCount, before: str) -> bool:
    """Say whether requests go without saying: （二）依申请公开情况。全年收到3件，均已答复。"""
    head = _TOPIC_HEAD.match(sentence.whole)
    if not head or sentence.start > head.end() or not _BARE_RECEIVED.search(before):
        return False
    return bool(_ITS_END.match(sentence.after(count))) and not _ONE_CHANNEL.search(before)


def _is_told(sentence: ProseSentence, count: ProseCount) -> bool:
    text = sentence.text
    return (
        "其中" not in sentence.before(count) and not _SORTED.search(text) and "不予公开" not in text
    )


def _means_another(count: ProseCount, figures: ReportedFigures) -> bool:
    """Say whether a number is that of the answers: 依申请公开 may count what was published."""
    for rows in (
        ("granted",),
        ("granted", "partially_granted"),
        ("disposed",),
        ("received", "carried_in"),
    ):
        values = figures.values(totals(*rows))
        if values and sum(values) == count.value:
            return True
    return False
