"""Numbers of requests in prose and table: agreeing, contradicting, or of something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from indexer.errors import SourceError
from indexer.forms.form import read_forms
from indexer.records import Report
from tests.rendering import Printed
from tests.rendering_text import render_text
from tests.variants import Judge, Kind, Variant, Verdict, unless_refused

WORDINGS = (
    "2021年共收到政府信息公开申请{n}件。",
    "2021年，共收到公民、法人和其他组织申请政府信息公开{n}件。",
    "2021年，我局依申请公开政府信息共{n}件，均已答复。",
    "我局依申请公开{n}件，已全部按期办结。",
    "我局共收到{n}份政府信息依申请公开事项。",
    "全年受理依申请公开件{n}件。",
    "全年受理政府信息依申请公开办理事项{n}件。",
    "本年度新收依申请公开申请{n}件，办结率100%。",
    "2021年共收到{n}件政府信息公开申请件，均已答复。",
    "全年共收到依申请公开共{n}件，全部按时办结。",
    "全年共收到依申请件{n}件。",
    "收到并处理依申请公开件{n}件。",
    "接收政府信息公开申请{n}件次。",
    "接到群众政府信息公开申请{n}宗。",
    "共收政府信息公开申请{n}件。",
    "2021年政府信息公开申请{n}件，均依法答复。",
    "本年度，依申请公开件共{n}件。",
    "2021年，我局政府信息公开申请总量为{n}件。",
    "全年收到政府信息公开申请，共{n}件。",
    "公民、法人和其他组织向我局提出政府信息公开申请{n}件。",
    "群众申请公开政府信息{n}件，均已答复。",
    "（二）依申请公开情况。2021年我局共收到{n}件，均已按期答复。",
    "依申请公开方面，2021年共收到申请{n}件。",
    "收到公民、法人或者其他组织向我局提出的政府信息公开申请{n}件。",
    "收到的政府信息公开申请数量为{n}件。",
    "接受信息公开申请{n}起。",
    "2021年共有{n}件政府信息公开申请，均已答复。",
    "收到政府信息公开申请：{n}件。",
    "我局2021年度政府信息公开申请数{n}件。",
    "政府信息依申请公开{n}件，已全部答复。",
)
_MAY_BE_ANSWERS = (*WORDINGS[2:4], WORDINGS[-1])
NONE = (
    "2021年我局未收到政府信息依申请公开件。",
    "全年未收到政府信息公开申请。",
    "本年度未收到依申请公开政府信息申请。",
    "2021年，未接收受理过依申请公开。",
    "我局未接到任何形式的信息公开申请。",
    "我局未收到任何公民、法人和其他组织提出的公开政府信息的申请。",
    "未收到书面或以其他形式要求公开政府信息的申请。",
    "主动公开信息15条，未收到申请公开政府信息要求。",
    "本年度无依申请公开件。",
    "本年度没有公民、法人或其他组织向我局申请公开政府信息。",
    "未收到个人、法人或者其他组织向本机关申请公开政府信息。",
    "依申请公开方面，2021年未收到任何申请。",
    "（二）依申请公开情况。2021年我局未收到申请。",
    "2021年，我局受理依申请公开0件。",
    "全年收到政府信息公开申请数量为零。",
    "依申请公开工作实现零申请。",
    "2021年度未收到和处理政府信息公开申请，零报告。",
    "2021年，我局无依申请公开政府信息事项。",
    "2021年，我局未收到依申请公开事项申请。",
    "2021年度我局未接到公众、法人或其他组织要求公开政府信息的申请。",
    "本年度无人申请公开政府信息。",
    "截止12月31日，未收到政府信息公开申请。",
)
ELSEWHERE = (
    "全县共收到政府信息公开申请{n}件。",
    "历年累计收到政府信息公开申请{n}件。",
    "自《条例》施行以来收到政府信息公开申请{n}件。",
    "2020年收到政府信息公开申请{n}件。",
    "上年收到依申请公开件{n}件，今年有所下降。",
    "2021年上半年收到政府信息公开申请{n}件。",
    "2021年1月至3月，政府信息公开申请{n}件。",
    "教育局收到政府信息公开申请{n}件。",
    "收到政府信息公开申请约{n}0件。",
    "受理政府信息公开咨询{n}件。",
    "收到12345热线转办的政府信息公开类工单{n}件。",
    "收到依申请公开类留言{n}件。",
    "收到群众来信{n}件，其中申请公开类2件。",
    "共制发公文80件，其中主动公开20件，依申请公开{n}件，不予公开27件。",
    "按公开属性认定，主动公开类20件，依申请公开类{n}件。",
    "公开政府信息80条，其中依申请公开信息{n}条。",
    "收到政府信息公开申请比上年增加{n}件。",
    "通过网站收到政府信息公开申请{n}件。",
    "因政府信息公开申请行政复议{n}件。",
    "收到信息公开行政复议申请{n}件。",
    "指导乡镇办理依申请公开{n}件。",
    "如收到政府信息公开申请{n}件以上，应当报告。",
    "收到涉及征地的政府信息公开申请{n}件。",
    "受理公民向市政府提出的政府信息公开申请{n}件。",
    "未收到重复的政府信息公开申请，答复意见{n}份。",
    "网上收到申请{n}件，信函收到申请2件。",
    "协助市政府办办理依申请公开件{n}件。",
    "“十三五”期间收到政府信息公开申请{n}件。",
    "每收到{n}件政府信息公开申请召开一次会议。",
    "政府信息公开申请表{n}份已备好。",
    "2021年，{n}件政府信息公开申请答复书经法制审核。",
    "归档政府信息公开申请{n}件。",
    "抽查政府信息公开申请{n}件。",
    "收到政府信息公开申请补正材料{n}份。",
    "收到行政许可申请{n}件，信息公开率100%。",
    "编印《依申请公开{n}件典型案例》。",
    "2021年，市政府共收到政府信息公开申请{n}件。",
    "2021年，高安市共收到政府信息公开申请{n}件。",
    "2021年，宜春市共收到政府信息公开申请{n}件。",
    "2021年，我市收到政府信息公开申请{n}件。",
    "2021年，教育系统收到政府信息公开申请{n}件。",
    "2021年，派出机构收到政府信息公开申请{n}件。",
    "2021年，部门收到政府信息公开申请{n}件。",
    "收到上级交办依申请公开{n}件。",
    "收到同一申请人政府信息公开申请{n}件。",
    "受理个体工商户政府信息公开申请{n}件。",
    "收到有效政府信息公开申请{n}件，无效申请1件。",
    "收到政府信息公开申请{n}件涉及土地征收。",
    "政府信息公开申请{n}件为自然人申请。",
    "另收到政府信息公开申请{n}件。",
    "收到办理依申请公开建议{n}条。",
    "受理信息公开申请延期答复{n}件。",
    "2020-2021年，共收到政府信息公开申请{n}件。",
    "2020、2021两年共收到政府信息公开申请{n}件。",
    "参与办理依申请公开{n}件。",
    "受市政府委托办理政府信息公开申请{n}件。",
)
NOT_NONE = (
    "未收到网络渠道提出的政府信息公开申请。",
    "未收到重复的政府信息公开申请。",
    "没有依申请公开政府信息收费情况。",
    "2020年未收到政府信息公开申请。",
    "没有因依申请公开政府信息被提起行政复议。",
    "若未收到政府信息公开申请，也应当零报告。",
    "上半年未收到政府信息公开申请。",
    "未收到法人提出的政府信息公开申请。",
    "没有逾期未答复的政府信息公开申请。",
    "各乡镇未收到政府信息公开申请。",
    "没有依申请公开信息。",
    "未依申请公开政府信息。",
    "无正当理由大量反复申请公开政府信息。",
    "未收到书面政府信息公开申请。",
    "实行政府信息公开申请零收费。",
    "未收到针对依申请公开的投诉。",
    "2021年，市政府未收到政府信息公开申请。",
    "2021年，教育系统未收到政府信息公开申请。",
    "2021年，宜春市未收到政府信息公开申请。",
    "派出机构未收到政府信息公开申请。",
)


def _page(prose: str, received: int, carried_in: int = 0) -> bytes:
    raws = dict.fromkeys(read_forms()["2021"].keys(), "0")
    for row, value in (
        ("received", received),
        ("carried_in", carried_in),
        ("granted", received + carried_in),
        ("disposed", received + carried_in),
    ):
        raws[f"requests.{row}.natural_person"] = raws[f"requests.{row}.total"] = str(value)
    printed = Printed(
        "高安市统计局2021年政府信息公开工作年度报告", raws, {"overview": [prose]}, "2021"
    )
    return render_text(printed, "pipes_inner").encode()


def _severities(report: Report | SourceError) -> set[str]:
    if isinstance(report, SourceError):
        return set()
    return {
        finding.severity for finding in report.findings if finding.rule.startswith("narrative.")
    }


def _is_silent(report: Report | SourceError) -> Verdict:
    return "wrong" if _severities(report) else "right"


def _is_contradiction(report: Report | SourceError) -> Verdict:
    return "right" if "contradiction" in _severities(report) else "cautious"


@unless_refused
def _is_none(report: Report) -> Verdict:
    """Whatever else is found, nothing contradicts the number of requests."""
    found = {(finding.rule, finding.severity) for finding in report.findings}
    return "wrong" if ("narrative.received", "contradiction") in found else "right"


def _is_doubt(report: Report | SourceError) -> Verdict:
    found = _severities(report)
    return "wrong" if "contradiction" in found else "right" if found else "cautious"


def _pages(
    wordings: tuple[str, ...], judge: Judge, said: Callable[[int], int]
) -> Callable[[Random], Iterator[Variant]]:
    def pages(random: Random) -> Iterator[Variant]:
        for wording in wordings:
            received = random.randint(3, 60)
            prose = wording.format(n=said(received))
            yield Variant(f"{prose} ({received})", "a.txt", _page(prose, received), judge)

    return pages


def _none_came(random: Random) -> Iterator[Variant]:
    for wording in NONE:
        yield Variant(wording, "a.txt", _page(wording, 0), _is_silent)


def _with_last_years(random: Random) -> Iterator[Variant]:
    for wording in WORDINGS:
        received, carried_in = random.randint(3, 60), random.randint(1, 9)
        if wording in _MAY_BE_ANSWERS:
            continue  # these may count the answers, which are as many
        prose = wording.format(n=received + carried_in)
        yield Variant(prose, "a.txt", _page(prose, received, carried_in), _is_doubt)


KINDS = {
    "requests received: prose as the table": Kind(_pages(WORDINGS, _is_silent, lambda n: n)),
    "requests received: prose unlike the table": Kind(
        _pages(WORDINGS, _is_contradiction, lambda n: 2 * n + 71)
    ),
    "requests received: none, as the table": Kind(_none_came),
    "requests received: none, unlike the table": Kind(_pages(NONE, _is_contradiction, lambda n: n)),
    "requests received: last year's included": Kind(_with_last_years),
    "requests received: numbers of something else": Kind(
        _pages(ELSEWHERE, _is_none, lambda n: 2 * n + 71)
    ),
    "requests received: none of something else": Kind(_pages(NOT_NONE, _is_none, lambda n: n)),
}
