"""Dates around a title and periods over line breaks, in the shapes of content management systems
and of the text of a PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from indexer.errors import SourceError
from indexer.records import Report
from tests.variants import Kind, Variant, Verdict, unless_refused

_TITLE = "高安市教育局{}年政府信息公开工作年度报告"
_TEXT = (
    "一、总体情况\n{0}年，我局依法公开信息。\n二、主动公开政府信息情况\n无。\n三、"
    "收到和处理政府信息公开申请情况\n无。"
)
_DATES = (
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y}年{0:%m}月{0:%d}日",
    "{0:%Y.%m.%d}",
)
_BESIDE = (
    "{}",
    "{} 18:07     来源:高安市人民政府办公室",
    "{} 18:07:33",
    "（{}）",
    "[{}]",
    "发布时间：{}",
    "发布时间：{} 10:21 来源：高安市教育局 浏览次数：12 字号：大 中 小",
    "发布日期: {} | 来源: 高安市教育局 | 字号：【大 中 小】 | 打印",
    "来源：高安市教育局 发布时间：{} 浏览：33次",
    "来源：高安市统计局    时间：{}",
    "日期：{} 作者：佚名 点击数：7",
    "发布于 {}",
    "{} 浏览次数： 打印 关闭",
    "{} (点击: )",
    "{} 高安市人民政府办公室",
    "高安市教育局 {}",
    "作者： {} 阅读：3",
    "高安市人民政府门户网站 www.gaoan.gov.cn {}",
    "投稿：高安市教育局 来源： 时间：{}",
    "字号：大 中 小 发布时间：{} 分享到：",
    "【发布时间：{}】【来源：市教育局】",
    "发布日期：{}  更新日期：2031-05-06",
    "【信息时间：{} 阅读次数：33】",
    "公文时效：有效 发布日期：{}",
)
_ABOVE = (
    "发布时间：{} 来源：高安市教育局",
    "索引号：016/2024-8 发布机构：市教育局 公开日期：{}",
    "发布日期 {}",
    "| 发布机构 | 市教育局 | 发布日期 | {} |",
    "成文日期：2031-01-02 发布日期：{}",
    "{} 来源：高安市教育局",
    "• 发布机构\n高安市教育局\n• 发布日期\n{}\n• 时效性\n有效",
)
_MENU = (
    "网站首页",
    "政务公开",
    "政务服务",
    "市情",
    "数据开放",
    "专题专栏",
    "登录",
    "注册",
    "无障碍",
    "长者版",
)
_NO_DATES = (
    "最后更新：{}",
    "更新时间：{} 08:00",
    "今天是{} 星期三",
    "{} 星期三",
    "统计截止日期：{}",
    "报送截止日期：{}",
    "下载日期：{}",
    "打印日期：{}",
    "受理时间：{}",
    "办公时间：{}",
    "任职时间：{}",
    "网站建设于{}",
    "农历{}",
)
_LISTS = (
    ("相关文章", "我市召开政务公开工作会议 {}", "市教育局举办培训 2029-03-01"),
    ("相关阅读", "• 高安市教育局2009年政府信息公开工作年度报告", "{}"),
    ("热点新闻", "全市教育工作会议召开", "{}", "我局开展调研", "2029-03-01"),
    ("上一篇：高安市民政局公告 {}", "下一篇：高安市水利局公告"),
    ("版权所有：高安市人民政府", "网站更新：{}"),
    ("备案号：赣ICP备1号", "最后更新 {}", "今日访问 12"),
)


def _beside(random: Random) -> Iterator[Variant]:
    for form in _BESIDE:
        for length in (0, 3, 18, 45):
            year, day, printed = _issued(random)
            menu = [random.choice(("• ", "")) + random.choice(_MENU) for _ in range(length)]
            between = ["打印", "分享到："][: random.randint(0, 2)]
            lines = [*menu, _TITLE.format(year), *between, form.format(printed), _TEXT.format(year)]
            yield _page(f"{length} {form}", lines, day)


def _above(random: Random) -> Iterator[Variant]:
    for form in _ABOVE:
        for length in (0, 4, 30):
            year, day, printed = _issued(random)
            menu = [random.choice(_MENU) for _ in range(length)]
            between = ["发布机构：市教育局"] if form.startswith(("索引号", "发布日期 ")) else []
            lines = [*menu, form.format(printed), *between, _TITLE.format(year), _TEXT.format(year)]
            yield _page(f"{length} {form}", lines, day)


def _no_date(random: Random) -> Iterator[Variant]:
    """Clocks, terms, the date of the last change and lists of other pages date no report."""
    for form in _NO_DATES:
        for place in ("above", "below", "end"):
            year, _, printed = _issued(random)
            line = form.format(printed)
            around = {
                "above": [line, "网站首页", _TITLE.format(year), _TEXT.format(year)],
                "below": [_TITLE.format(year), line, _TEXT.format(year)],
                "end": [_TITLE.format(year), _TEXT.format(year), line],
            }
            yield _page(f"{place} {form}", around[place], None)
    for lines in _LISTS:
        year, _, printed = _issued(random)
        rest = [line.format(printed) for line in lines]
        yield _page("/".join(lines), [_TITLE.format(year), _TEXT.format(year), *rest], None)
        year, day, signed = _issued(random)
        rest = ["高安市教育局", signed, *(line.format("2030-02-03") for line in lines)]
        yield _page(
            "signed " + "/".join(lines), [_TITLE.format(year), _TEXT.format(year), *rest], day
        )


def _issued(random: Random) -> tuple[int, date, str]:
    year = random.randint(2009, 2018)
    day = date(year + 1, 1, 1) + timedelta(random.randint(3, 85))
    return year, day, random.choice(_DATES).format(day)


def _page(label: str, lines: list[str], day: date | None) -> Variant:
    @unless_refused
    def judge(report: Report) -> Verdict:
        found = report.identity.published
        return "right" if found == day else "cautious" if found is None else "wrong"

    return Variant(label, "report.txt", "\n".join(lines).encode(), judge)


_PERIODS = (
    "本报告所列数据统计期限为 {0} 年 1 月 1 日至 12 月 31 日。",
    "本报告所列数据的统计期限自{0}年1月1日起至{0}年12月31日止。",
    "本年度报告中所列数据的统计期限自 {0} 年 1 月 1 日起，至 {0} 年 12 月 31 日止。",
    "报告中所列数据的统计时间从{0}年1月1日零时起到{0}年12月31日止。",
    "统计时限：{0}年1月1日—12月31日。",
    "数据统计周期为{0}年1月1日至{0}年12月31日（含）。",
    "本报告所列数据的统计期限：自{0}年1月1日开始，截至{0}年12月31日。",
    "本报告的时间跨度为{0}年1月1日至12月31日。",
    "本报告所列数据统计期限为{0}年度（1月1日至12月31日）。",
    "全文包括总体情况等六个部分，所列数据统计期限从{0}年1月1日到当年12月31日止。",
)


def _periods(random: Random) -> Iterator[Variant]:
    for form in _PERIODS:
        for width in (1, 2, 3, 5, 7, 11, 16, 23, 0):
            year = random.randint(2009, 2018)
            yield _stated(random, form, year, width)


def _stated(random: Random, form: str, year: int, width: int) -> Variant:
    """A sentence broken after so many characters, 0 for once somewhere."""
    sentence = form.format(year)
    at = random.randint(1, len(sentence) - 1)
    lines = (
        [sentence[i : i + width] for i in range(0, len(sentence), width)]
        if width
        else [sentence[:at], sentence[at:]]
    )
    text = "\n".join([f"高安市统计局{year}年政府信息公开工作年度报告", *lines, _TEXT.format(year)])
    right = (date(year, 1, 1), date(year, 12, 31))

    @unless_refused
    def judge(report: Report) -> Verdict:
        found = report.identity.period
        return "right" if found == right else "cautious" if found is None else "wrong"

    return Variant(f"{width or at} {form}", "report.txt", text.encode(), judge)


def _other_spans(random: Random) -> Iterator[Variant]:
    """Spans of other things over line breaks state no period."""
    spans = (
        "{0}年3月1日至5月1日，我局开展活动。",
        "{0}年1月1日至\n6月30日，我局开展检查。",
        "活动自{0}年4月\n1日起至10月31日止。",
    )
    for before in (
        "高安市统计局",
        "来源：高安市大数据管理局",
        "我局认真工作。",
        "按期\n报送统计数据。",
    ):
        for span in spans:
            year = random.randint(2009, 2018)
            text = f"{_TITLE.format(year)}\n{before}\n{span.format(year)}\n{_TEXT.format(year)}"
            yield Variant(f"{before} {span}", "report.txt", text.encode(), _judge_no_period)


def _judge_no_period(report: Report | SourceError) -> Verdict:
    return "right" if isinstance(report, SourceError) or report.identity.period is None else "wrong"


KINDS = {
    "dates below a title": Kind(_beside),
    "dates above a title": Kind(_above),
    "dates of other things": Kind(_no_date),
    "periods over line breaks": Kind(_periods),
    "spans that are no periods": Kind(_other_spans),
}
