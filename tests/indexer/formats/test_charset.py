"""Bytes of every charset, whole, damaged, mixed or misdeclared, become the text written."""

from __future__ import annotations

import pytest

from indexer.errors import UndecodableText
from indexer.formats.charset import decode_text
from indexer.formats.registry import read_document
from indexer.records import Document, Grid
from tests.saying import raises_saying

SENTENCE = "本机关依法公开政府信息，全年受理申请12件，办结率为百分之百。"
TEXT = f"高安市杨圩镇人民政府政府信息公开工作年度报告\n{SENTENCE}\n" * 4


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
)
@pytest.mark.parametrize("declared", [None, "utf-8", "gb2312", "big5", "iso-8859-1", "nonsense"])
def test_a_whole_text_loses_nothing_whatever_it_declares(
    charset: str, declared: str | None
) -> None:
    decoded = decode_text(TEXT.encode(charset), "某镇", declared)
    assert (decoded.text, decoded.lost) == (TEXT, 0)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16", "utf-16-be", "utf-8-sig"])
def test_a_text_cut_within_its_last_character_loses_that_alone(charset: str) -> None:
    decoded = decode_text((TEXT + "镇").encode(charset)[:-1], "某镇")
    assert decoded.text == TEXT + "\ufffd"
    assert decoded.lost == 1


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
@pytest.mark.parametrize("byte", [b"\x80", b"\xff", b"\x00"])
def test_a_byte_between_two_digits_shows_as_lost_between_them(charset: str, byte: bytes) -> None:
    before = (
        "政府信息公告，行政人員受理了申報1"
        if charset == "big5"
        else "政府信息公告，行政人员受理了申报1"
    )
    data = before.encode(charset) + byte + "2件，有的在此年。".encode(charset)
    assert decode_text(data * 30, "某镇").text.count("1\ufffd2") == 30


@pytest.mark.parametrize("mark", ['"', "<", ">", "\n", "\t", " ", "3", ",", "-", "/"])
def test_half_a_character_does_not_swallow_what_follows(mark: str) -> None:
    data = TEXT.encode("gb18030") + b"\xb9" + f"{mark}12".encode()
    assert decode_text(data, "某镇").text == f"{TEXT}\ufffd{mark}12"


def test_a_wrong_byte_order_mark_is_overruled_by_the_text() -> None:
    data = TEXT.encode("gb18030") * 3
    assert decode_text(b"\xef\xbb\xbf" + data, "某镇").text == TEXT * 3
    assert decode_text(b"\xff\xfe" + data, "某镇").text == TEXT * 3


def test_a_page_put_together_from_two_charsets_is_read_in_both() -> None:
    page = f"<p>{SENTENCE}</p>".encode() * 3 + f"<p>{SENTENCE}</p>".encode("gb18030")
    decoded = decode_text(page, "某镇", "utf-8")
    assert (decoded.text, decoded.lost) == (f"<p>{SENTENCE}</p>" * 4, 0)
    page = f"<p>{SENTENCE}</p>".encode("gb18030") * 3 + f"<p>{SENTENCE}</p>".encode()
    assert decode_text(page, "某镇", "gbk").text == f"<p>{SENTENCE}</p>" * 4


@pytest.mark.parametrize(
    "data",
    [b"\xff\xa0\x80" * 500, bytes(range(0x80, 0x100)) * 20, "한국어 보고서 ".encode("euc-kr") * 60],
)
def test_what_is_mostly_undecodable_or_no_chinese_is_refused(data: bytes) -> None:
    with raises_saying(UndecodableText, "^某镇：.*UTF-8"):
        decode_text(data, "某镇")


def page(cell: bytes) -> bytes:
    title = "高安市杨圩镇人民政府2021年政府信息公开工作年度报告"
    row = f"<p>{title}</p><p>{SENTENCE}</p><table><tr><td>行政许可</td><td>".encode("gb18030")
    return b"<html><body>" + row + cell + b"</td><td>7</td></tr></table></body></html>"


def cells(document: Document) -> list[str]:
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    return [cell.text for cell in grid.rows[0]]


@pytest.mark.parametrize(
    "byte", [b"\x00", b"\x01", b"\x08", b"\x0e", b"\x1f", b"\x80", b"\xff", b"\x00\x00\x00"]
)
def test_a_byte_that_is_no_character_never_shortens_a_number_of_a_page(byte: bytes) -> None:
    document = read_document(page(b"1" + byte + b"2"), "某镇.html")
    assert cells(document) == ["行政许可", "1\ufffd2", "7"]


def test_a_document_counts_what_was_lost() -> None:
    assert read_document(page(b"5"), "某镇.html").lost == 0
    assert read_document(page(b"\xff5\x00"), "某镇.html").lost == 2
