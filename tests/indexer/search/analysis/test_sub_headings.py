"""What the sub-heading of a paragraph is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from indexer.records import Paragraph
from indexer.search.analysis.sub_headings import heading_of
from indexer.text.folding import fold
from tests.strategies import make_paragraph, randoms


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("（一）主动公开", "（一）主动公开"),
        ("  (十二) 监督保障", "  (十二) 监督保障"),
        ("第一，健全机制。", None),
        ("第一、健全机制：", "第一、健全机制"),
        ("①突出重点，深化公开内容。按照条例，规范公开。", "①突出重点，深化公开内容"),
        ("２．强化监测管理。加大力度。", "２．强化监测管理"),
        ("三、机构建设：设有专人。", "三、机构建设"),
        ("（三）没有收到申请。", None),
        ("1.公开不及时；2.内容不全面。", None),
        ("4、加大监督检查和考核力度，听取社会各界的意见和建议，努力提高我镇工作的透明度", None),
        ("12.5万元", None),
        ("2019年1月20日", None),
        ("某镇人民政府", None),
        ("（一）", None),
        ("（一）。甲。", None),
        ("", None),
    ],
)
def test_a_sub_heading_has_a_number_is_short_and_is_no_sentence_by_itself(text, heading):
    assert heading_of(Paragraph(1, text)) == heading


def test_a_row_of_a_table_is_no_sub_heading():
    assert heading_of(Paragraph(1, "（一）予以公开", "note")) is None


@settings(deadline=None)
@given(randoms())
def test_a_sub_heading_is_the_beginning_of_its_paragraph(random):
    paragraph = Paragraph(1, make_paragraph(random))
    heading = heading_of(paragraph)
    assert heading is None or paragraph.text.startswith(heading)
    assert heading is None or fold(heading) in fold(paragraph.text)
