"""What a number of the prose says of the tables. A wording that is not surely about a figure of the form claims nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indexer.checks.figures import Figures
from indexer.checks.prose import Count, Sentence
from indexer.forms.form import read_forms

_SAID = 26
"""Of the words before a number, so many are shown with it."""
_TOPIC = re.compile(r"信息公开|依申请公开|公开信息|公开政府信息|政务公开")
_APPLICATIONS = ("件", "条", "份", "起", "例", "宗", "项")
_CASES = ("件", "起", "例", "宗", "项")
_VERB = r"(?:新收|收到|受理|接收|接到|收悉)"
_RECEIVED = re.compile(
    rf"(?P<clause>(?:^|[，,：:；;、])?[^，,：:；;]*?){_VERB}(?:到|了)?(?P<what>[^，,。；;：:]{{0,26}})$"
)
_PLAIN = re.compile(
    r"^(?:的|各类|各种|群众|公民|社会公众|有效|书面|公众|提出|提交)*申请(?:书|事项|件|数量|量)?(?:共计?|总数|合计|为|是|数|达)*$"
)
_NAMED = re.compile(r"(?:信息公开|公开信息|公开政府信息|政务公开)[^，,。；;：:]{0,8}申请|依申请公开|^公开申请")
_BARE = re.compile(r"^(?:共计?|总计|合计|各类|各种|有效|了|到)*$")
_FOLLOWS = re.compile(
    r"^(?:有效|的|各类|群众|公民)*(?:政府)?(?:(?:信息公开|公开信息)(?:政府信息|信息|的|类)*申请|依申请公开)"
)
_ANYONE = re.compile(r"公民、?法人(?:和|或者?|及|以及|、)其[他它]组织")
_QUALIFIED = re.compile(
    r"网|信函|邮|传真|当面|现场|窗口|平台|自然人|法人|企业|公民|律师|结转|涉及|重复|复议|诉讼|举报|投诉|信访|转办|补正|撤|关于|申请人|咨询|自行"
)
_ONE_CHANNEL = re.compile(r"(?:通过|以|经)[^，,、和及等]*(?:网|信函|邮|传真|当面|现场|窗口|平台)[^、和及等]*$|其中")
_NOT_THESE = re.compile(r"提案|建议|信访|工单|留言|信箱|来信|热线|投诉|咨询|来电")
_TAIL = r"的?[^，,。；;、：:\d]{0,3}$"
_DISPOSITIONS = {
    "granted": ("予以公开", re.compile(rf"(?<![不部])予以公开{_TAIL}")),
    "partially_granted": ("部分公开", re.compile(rf"部分公开{_TAIL}")),
    "denied": ("不予公开", re.compile(rf"不予公开{_TAIL}")),
    "unavailable": ("无法提供", re.compile(rf"无法提供{_TAIL}")),
    "rejected": ("不予处理", re.compile(rf"不予处理{_TAIL}")),
    "other": ("其他处理", re.compile(rf"其[他它]处理{_TAIL}")),
}
_SORT = re.compile(r"保密|审查|栏目|主动公开的|年限|网站")
_HANDLED = re.compile(
    r"(?P<verb>已?办结|办理|处理|答复)(?:完毕|完成|了|回复)?(?:政府信息公开|信息公开|依申请公开)?的?(?:申请|事项|件)?(?:共计?|合计|总数|为)*$"
)
_CARRIED_IN = re.compile(
    r"(?:上年度?|上一年度?|去年|(?P<year>20\d\d)年度?)结转(?:至?本年度?|政府信息公开|办理|的|申请|数量|为|共)*$"
)
_CARRIED_OUT = re.compile(
    r"(?:结转|转结|转入)(?:至|到|入)?(?:下一?年度?|明年|次年|(?P<year>20\d\d)年度?)(?:继续|办理|的|申请|处理|为|共)*$"
)
_BOTH = re.compile(
    r"复议(?:案件|申请)?(?:和|、|及|以及|或|与)(?:被?提起)?(?:行政)?诉讼(?:案件|案)?(?:的|共计?|数量|合计|为|有)*$"
)
_ONE = re.compile(r"行政(?P<kind>复议|诉讼)(?:申请|案件|案|事项)?(?:的|共计?|数量|合计|为|有|数|发生|收到)*$")
_FOLLOWING = re.compile(
    r"^(?:涉及|因)?(?:政府)?(?:信息公开)?(?:的|类|引发的|相关|领域)*行政(?P<kind>复议|诉讼)(?:申请|案件|案)?(?=[，,。；;]|$)"
)
_ARISING = re.compile(r"(?:发生|收到|受理|涉及|引发|共有|存在|新增|产生|接到)(?:了|共)*$")
_SETTLED = re.compile(r"审结|办结|维持|纠正|驳回|撤销|撤回|终止|败诉|胜诉|应诉|出庭|结案|不予受理|和解|调解|结转|未结")
_OUTCOME = re.compile(
    r"(?:结果)?(?:被|予以|原行政行为)?(?P<outcome>维持|纠正|尚未审结|未审结|未审理完毕)(?:原行政行为|结果|的|案件|决定|共|为)*$"
)
_KIND = re.compile(r"复议后(?:再)?(?:起诉|提起(?:行政)?诉讼)|(?:未经复议)?直接(?:起诉|提起(?:行政)?诉讼)|诉讼|复议")
_OUTCOMES = {"维持": "upheld", "纠正": "corrected", "尚未审结": "pending", "未审结": "pending", "未审理完毕": "pending"}
_DISPUTE_ROWS: Mapping[str, tuple[str, ...]] = {
    "复议": ("reconsideration",),
    "诉讼": ("litigation_direct", "litigation_after_reconsideration"),
}
_NORMATIVE = re.compile(r"(?P<verb>制发|废止|现行有效)的?行政规范性文件(?:共计?|数量|为|的)*$")
_NORMATIVE_COLUMNS = {"制发": "issued", "废止": "repealed", "现行有效": "in_force"}
_DECISIONS = re.compile(r"(?:作出|做出)行政(?P<kind>许可|处罚|强制)(?:处理)?决定(?:共计?|数量|为|的)*$")
_DECISION_ROWS = {"许可": "licensing", "处罚": "penalties", "强制": "coercion"}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a number says: that it is the sum of the cells `keys`, which a message calls `what`.

    `count` is None where the prose says that there was none, in the words `[start, end)`. `others` are other sums that can be
    meant: with one of these there is no contradiction. `loose`: the wording may count something else.
    """

    rule: str
    what: str
    keys: tuple[str, ...]
    sentence: Sentence
    count: Count | None
    start: int
    end: int
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    loose: bool = False


def find_claims(sentence: Sentence, figures: Figures, year: int | None) -> Iterator[Claim]:
    """Yield what the numbers of a sentence say of the tables."""
    for count in sentence.counts:
        if count.each:
            continue
        found = next(_of_count(sentence, count, figures, year), None)
        if found:
            yield found


def _of_count(sentence: Sentence, count: Count, figures: Figures, year: int | None) -> Iterator[Claim]:
    if count.unit in _APPLICATIONS:
        yield from _carried(sentence, count, year)
        yield from _received(sentence, count)
        yield from _dispositions(sentence, count, figures)
        yield from _handled(sentence, count)
    if count.unit in _CASES:
        yield from _disputes(sentence, count)
    yield from _published(sentence, count)


def _claim(sentence: Sentence, count: Count, rule: str, what: str, keys: tuple[str, ...]) -> Claim:
    said = re.split(r"[，,：:；;]", sentence.before(count).rstrip("，,：:"))[-1][-_SAID:].lstrip("、）)")
    return Claim(rule, what, keys, sentence, count, count.start - len(said), count.end)


def _total(*rows: str) -> tuple[str, ...]:
    return tuple(f"requests.{row}.total" for row in rows)


def _received(sentence: Sentence, count: Count) -> Iterator[Claim]:
    match = _RECEIVED.search(sentence.before(count))
    if not match or _is_a_part(match) or re.search(r"(?:未|没有|无)$", match["clause"]):
        return
    what = _ANYONE.sub("", match["what"])
    if _BARE.match(what):
        named = bool(_FOLLOWS.match(sentence.after(count)))
    else:
        named = bool(_NAMED.search(what)) or bool(_PLAIN.match(what) and _TOPIC.search(sentence.context))
    if not named or _QUALIFIED.search(what) or re.search(r"复议|诉讼|投诉", sentence.after(count, 12).split("，")[0]):
        return
    others = (("新收＋上年结转", _total("received", "carried_in")),)
    claim = _claim(sentence, count, "narrative.received", "收到申请", _total("received"))
    yield _with(claim, others)


def _is_a_part(match: re.Match[str]) -> bool:
    """Say whether a number of requests is one of several: those that came by one channel, or to one of many."""
    return bool(_ONE_CHANNEL.search(match["clause"])) or ("其中" in match.string and "新收" not in match[0])


def _with(claim: Claim, others: tuple[tuple[str, tuple[str, ...]], ...], loose: bool = False) -> Claim:
    return Claim(claim.rule, claim.what, claim.keys, claim.sentence, claim.count, claim.start, claim.end, others, loose)


def _carried(sentence: Sentence, count: Count, year: int | None) -> Iterator[Claim]:
    if "申请" not in sentence.context:
        return
    before = sentence.before(count)
    for pattern, row, what, step in (
        (_CARRIED_OUT, "carried_out", "结转下年", 1),
        (_CARRIED_IN, "carried_in", "上年结转", -1),
    ):
        match = pattern.search(before)
        if match and (not match["year"] or (year is not None and int(match["year"]) == year + step)):
            yield _claim(sentence, count, "narrative.received", what, _total(row))


def _dispositions(sentence: Sentence, count: Count, figures: Figures) -> Iterator[Claim]:
    before = sentence.before(count)
    if "申请" not in sentence.context or _SORT.search(before):
        return
    for row, (label, pattern) in _DISPOSITIONS.items():
        if pattern.search(before):
            claim = _claim(sentence, count, "narrative.disposition", label, _row_keys(row, figures))
            partly = (("予以公开＋部分公开", _total("granted", "partially_granted")),)
            yield _with(claim, partly if row == "granted" else ())


def _row_keys(row: str, figures: Figures) -> tuple[str, ...]:
    """Return the cell, or the cells, in which the report's form has a disposition."""
    if figures.has(f"requests.{row}.total"):
        return _total(row)
    derived = (one for form in read_forms().values() for one in form.derived if one.key == f"requests.{row}.total")
    return next((one.operands for one in derived), _total(row))


def _handled(sentence: Sentence, count: Count) -> Iterator[Claim]:
    """Yield that requests were dealt with: most wordings can count the new, the old and the finished ones."""
    match = _HANDLED.search(sentence.before(count))
    about = re.search(r"信息公开[^，,。；;]{0,8}申请|依申请公开|收到申请|受理申请", sentence.text)
    if not match or not about or _NOT_THESE.search(sentence.text) or _SETTLED.search(sentence.text.replace("办结", "")):
        return
    others = (("新收申请", _total("received")), ("新收＋上年结转", _total("received", "carried_in")))
    claim = _claim(sentence, count, "narrative.disposition", f"{match['verb']}申请", _total("disposed"))
    yield _with(claim, others, loose=not match["verb"].endswith("办结"))


def _disputes(sentence: Sentence, count: Count) -> Iterator[Claim]:
    if sentence.section != "disputes" and not re.search(r"信息公开|依申请公开", sentence.text):
        return
    before = sentence.before(count)
    outcome = _OUTCOME.search(before)
    if outcome:
        yield from _outcome(sentence, count, _OUTCOMES[outcome["outcome"]], outcome["outcome"])
        return
    if _SETTLED.search(before):
        return
    both, one = _BOTH.search(before), _ONE.search(before)
    follows = _FOLLOWING.match(sentence.after(count)) if _ARISING.search(before) else None
    match = one or follows
    if both:
        yield _claim(sentence, count, "narrative.disputes", "复议和诉讼", _dispute_keys("复议", "诉讼"))
    elif match and not re.search(rf"(?:和|、|及|与|或)(?:行政)?{match['kind']}", before[-12:]):
        yield _claim(sentence, count, "narrative.disputes", f"行政{match['kind']}", _dispute_keys(match["kind"]))


def _dispute_keys(*kinds: str, column: str = "total") -> tuple[str, ...]:
    return tuple(f"disputes.{row}.{column}" for kind in kinds for row in _DISPUTE_ROWS[kind])


def _outcome(sentence: Sentence, count: Count, column: str, word: str) -> Iterator[Claim]:
    """Yield an outcome of what was named last before; nothing where both kinds are named together."""
    before = sentence.whole[sentence.start : count.start]
    kinds = [match[0] for match in _KIND.finditer(before)]
    if (
        not kinds
        or re.search(r"复议[^，,。；;\d]{0,6}(?:和|、|及|与|或)[^，,。；;\d]{0,6}诉讼", before)
        or "分别" in before
    ):
        return
    last = kinds[-1]
    if "后" in last or "直接" in last:
        row = "litigation_after_reconsideration" if "后" in last else "litigation_direct"
        keys: tuple[str, ...] = (f"disputes.{row}.{column}",)
    else:
        keys = _dispute_keys(last, column=column)
    yield _claim(sentence, count, "narrative.disputes", f"{last}{word}", keys)


def _published(sentence: Sentence, count: Count) -> Iterator[Claim]:
    before = sentence.before(count)
    match = _NORMATIVE.search(before)
    if match and count.unit in ("件", "份", "个", "项"):
        key = f"proactive.normative_documents.{_NORMATIVE_COLUMNS[match['verb']]}"
        yield _claim(sentence, count, "narrative.disclosed", f"{match['verb']}行政规范性文件", (key,))
    match = _DECISIONS.search(before)
    if match and count.unit in _CASES:
        key = f"proactive.{_DECISION_ROWS[match['kind']]}.decisions"
        claim = _claim(sentence, count, "narrative.disclosed", f"行政{match['kind']}决定", (key,))
        yield _with(claim, (), loose=True)
