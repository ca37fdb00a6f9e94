"""The date that a page prints around its title."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.records import Line
from indexer.report.identity.publication_date import (
    PageHead,
    find_page_date,
    find_signed_date,
    read_head,
)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (PageHead(below=("打印", "2024/02/07浏览次数:3")), date(2024, 2, 7)),
        (PageHead(above=("2024-02-07",)), date(2024, 2, 7)),
        (PageHead(above=("2024-02-07", "首页")), None),
        (PageHead(above=("发布日期:2024-02-07", "发布机构:市教育局")), date(2024, 2, 7)),
        (PageHead(above=("发布日期:2024-02-06",), below=("2024-02-07",)), date(2024, 2, 7)),
        (PageHead(below=("成文日期:2024-01-02发布日期:2024-02-07",)), date(2024, 2, 7)),
        (PageHead(below=("来源:高安市统计局2024-02-07",)), date(2024, 2, 7)),
        (PageHead(below=("2024-02-07星期三",)), None),
        (PageHead(below=("更新时间:2024-02-07",)), None),
        (PageHead(below=("2024-02-07我局召开会议",)), None),
        (PageHead(below=("2024-02-07至2024-02-09",)), None),
        (PageHead(below=("2024年2月30日",)), None),
        (PageHead(below=("来源:", "高安市教育局", "时间:", "2024-02-07")), date(2024, 2, 7)),
        (PageHead(below=("2024年2月7日18时07分来源:高安市",)), date(2024, 2, 7)),
        (PageHead(), None),
    ],
)
def test_a_page_prints_its_date_beside_the_title(head: PageHead, day: date | None) -> None:
    assert find_page_date(head) == day


def test_the_lines_around_a_title_end_at_the_first_section() -> None:
    lines = [Line(text) for text in ("首页", "年报", "2024-02-07", "一、总体情况", "2024-03-01")]
    assert read_head(lines, 2) == PageHead(("首页", "年报"), ("2024-02-07",), 2)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("高安市教育局", "2024年1月9日", "相关文章", "我市召开会议2024-02-01"), date(2024, 1, 9)),
        (("相关文章", "我市召开会议", "2024-02-01"), None),
        (("高安市民政局", "2024-02-01", "高安市水利局", "2024-03-01"), None),
        (("无。", "2024年1月9日"), date(2024, 1, 9)),
        (("高安市安全生产监督检查局2024年1月9日",), date(2024, 1, 9)),
        (("高安市青少年活动中心", "2024年1月9日"), date(2024, 1, 9)),
    ],
)
def test_a_list_of_other_pages_is_no_signature(lines: tuple[str, ...], day: date | None) -> None:
    assert find_signed_date(lines) == day
