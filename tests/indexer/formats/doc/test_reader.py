"""The files in `files/` were written by the renderings beside these tests and saved as DOC by
LibreOffice."""

from __future__ import annotations

import os
import struct
import time
from io import BytesIO
from pathlib import Path

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import BrokenFile, Encrypted, NianbaoError, TooLarge, UnsupportedFormat
from indexer.formats.doc.reader import read_doc
from indexer.formats.doc.word97 import ByteSpan, DamagedDoc, WordHeader, read_prose
from indexer.formats.libreoffice import ConversionTimeout, convert_to_docx
from indexer.formats.registry import read_document
from indexer.forms.form import read_forms
from indexer.limits import Allowance, Limits
from indexer.messages import render
from indexer.records import Document, Grid, SourceFile
from indexer.report.build import build_report
from tests.printing import PROSE, lines, read_tables, said
from tests.rendering import HEADINGS, Printed
from tests.rendering_docx import pack, paragraph, render_docx
from tests.saying import raises_saying

FILES = Path(__file__).parent / "files"
TRACKED = (FILES / "修订.doc").read_bytes()
REPORT = (FILES / "某某镇2021.doc").read_bytes()
PRINTED = Printed(
    "某某镇2021年政府信息公开工作年度报告",
    {key: str(at % 7) for at, key in enumerate(read_forms()["2021"].keys())},
    PROSE,
    "2021",
)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without LibreOffice."""
    monkeypatch.setenv("PATH", "")


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


# ── by ourselves ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("alone")
def test_the_narrative_is_read_and_the_tables_are_honestly_absent() -> None:
    document = read_document(REPORT, "某镇")
    prose = [line for key, heading in HEADINGS.items() for line in (heading, *PROSE.get(key, ()))]
    assert lines(document) == [PRINTED.title, *PROSE["preamble"], *prose, *PROSE["closing"]]
    assert grids(document) == []
    assert document.media_type == "application/msword"
    report = build_report(document, SourceFile("某镇.doc", "00" * 32, len(REPORT)))
    assert (report.form, report.cells, report.identity.year) == ("none", (), 2021)


@pytest.mark.usefixtures("alone")
def test_deleted_and_hidden_text_instructions_and_cells_are_left_out() -> None:
    assert lines(read_doc(TRACKED, "某镇")) == [
        "甲镇2020年政府信息公开工作年度报告",
        "一、总体情况",
        "主动公开政府信息15条，见政府网站。",
        "换行之前",
        "换行之后",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "本年收到申请2件。",
        "甲镇人民政府",
        "2021年1月15日",
    ]


def pieced(*texts: tuple[str, str], length: int | None = None) -> tuple[WordHeader, bytes, bytes]:
    """A main text in pieces, each in its own charset."""
    document, starts, descriptors = bytearray(512), [0], []
    for text, charset in texts:
        where = len(document) * 2 | 0x40000000 if charset == "cp1252" else len(document)
        descriptors.append(struct.pack("<HIH", 0, where, 0))
        document += text.encode(charset)
        starts.append(starts[-1] + len(text.encode("utf-16-le")) // 2)
    plc = struct.pack(f"<{len(starts)}i", *starts) + b"".join(descriptors)
    table = b"\x01\x02\x00\xff\xff\x02" + struct.pack("<I", len(plc)) + plc
    total = starts[-1] if length is None else length
    header = WordHeader(
        0xC1, False, "1Table", total, ByteSpan(0, len(table)), ByteSpan(0, 0), ByteSpan(0, 0)
    )
    return header, bytes(document), table


def test_a_text_in_pieces_of_both_charsets_is_put_together() -> None:
    parts = pieced(
        ("公开", "utf-16-le"),
        ("12 \x93a\x94\r".encode("latin1").decode("cp1252"), "cp1252"),
        ("条", "utf-16-le"),
    )
    assert read_prose(*parts) == ["公开12 “a”", "条"]


def test_only_the_main_text_is_read_not_the_notes_and_headers_behind_it() -> None:
    assert read_prose(*pieced(("正文\r页眉\r", "utf-16-le"), length=3)) == ["正文", ""]


def test_special_characters_fields_and_cells() -> None:
    text = (
        "A\x1eB\x1fC\x01\x02\x0b二\x0c第\x13 PAGE \x13 x"
        " \x14y\x15\x149\x15页\r标签\x071\x07\x07\x13 丢\r后"
    )
    assert read_prose(*pieced((text, "utf-16-le"))) == ["A-BC", "二", "第9页", "", "后"]


@pytest.mark.parametrize("length", [-1, 10**6])
def test_a_length_that_the_file_cannot_hold_is_damage(length: int) -> None:
    with pytest.raises(DamagedDoc):
        read_prose(*pieced(("正文", "utf-16-le"), length=length))


@pytest.mark.usefixtures("alone")
def test_a_text_over_the_limit_is_too_large() -> None:
    with raises_saying(TooLarge, "上限"):
        read_doc(TRACKED, "某镇.doc", Allowance.start(Limits(max_doc_characters=20)))


# ── through LibreOffice ───────────────────────────────────────────────────────────────────────


def test_libreoffice_gives_every_cell_of_the_tables() -> None:
    document = read_document(REPORT, "某镇")
    docx = read_document(render_docx(PRINTED), "某镇")
    assert said(read_tables(document, 2021).cells) == said(read_tables(docx, 2021).cells)
    assert {cell.raw for cell in read_tables(document, 2021).cells} == set("0123456")
    assert lines(document) == lines(docx)
    assert document.media_type == "application/msword"


def test_libreoffice_keeps_changes_for_us_to_accept() -> None:
    [grid] = grids(read_doc(TRACKED, "某镇"))
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["信息内容", "本年新公开\n数量", "对外公开总数量"],
        ["规章", "0", "1"],
        ["2", "3"],
    ]
    assert grid.rows[1][0].rowspan == 2


def test_rich_text_is_read_through_libreoffice() -> None:
    rtf = rb"{\rtf1\ansi\uc1 \u20844?\u24320?12\par}"
    document = read_document(rtf, "某镇.doc")
    assert (lines(document), document.media_type) == (["公开12"], "application/rtf")


@pytest.mark.usefixtures("alone")
def test_rich_text_is_refused_without_libreoffice() -> None:
    with raises_saying(UnsupportedFormat, r"RTF.*LibreOffice"):
        read_document(rb"{\rtf1 a}", "某镇.doc")


def fake_soffice(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.parametrize("script", ["exit 1", "mkdir -p out && echo broken > out/report.docx"])
def test_where_libreoffice_fails_the_narrative_is_left(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_soffice(tmp_path, script, monkeypatch)
    document = read_doc(TRACKED, "某镇")
    assert grids(document) == []
    assert lines(document)[0] == "甲镇2020年政府信息公开工作年度报告"


def test_a_conversion_that_does_not_end_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "alive"
    fake_soffice(tmp_path, f"(sleep 2; touch '{mark}') & sleep 60", monkeypatch)
    began = time.monotonic()
    with pytest.raises(ConversionTimeout):
        convert_to_docx(TRACKED, ".doc", Allowance.start(Limits(file_seconds=0.5)))
    assert time.monotonic() - began < 2
    time.sleep(2.2)
    assert not mark.exists()


def test_the_profile_forbids_macros_and_the_network_and_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = f"cp profile/user/registrymodifications.xcu '{tmp_path}'"
    script = f"{copy}; env > '{tmp_path}/env'; pwd > '{tmp_path}/pwd'"
    fake_soffice(tmp_path, script, monkeypatch)
    monkeypatch.setenv("NIANBAO_SECRET", "1")
    convert_to_docx(TRACKED, ".doc", Allowance.start())
    assert "DisableMacrosExecution" in (tmp_path / "registrymodifications.xcu").read_text(
        encoding="utf-8"
    )
    environment = (tmp_path / "env").read_text(encoding="utf-8")
    assert "http_proxy=http://127.0.0.1:9" in environment
    assert "NIANBAO_SECRET" not in environment
    assert not Path((tmp_path / "pwd").read_text(encoding="utf-8").strip()).exists()


# ── what is damaged, locked, or something else ────────────────────────────────────────────────


def rewritten(name: str, at: int, value: bytes) -> bytes:
    """The report with some bytes of one of its streams changed."""
    file = BytesIO(REPORT)
    with olefile.OleFileIO(file, write_mode=True) as container:
        stream = bytearray(container.openstream(name).read())
        stream[at : at + len(value)] = value
        container.write_stream(name, bytes(stream))
    return file.getvalue()


def test_a_password_is_seen() -> None:
    with raises_saying(Encrypted, "密码"):
        read_document(rewritten("WordDocument", 0x0B, b"\x13"), "某镇.doc")


def renamed(old: str, new: str) -> bytes:
    """The report with another name in the container's directory, and that name's length."""
    data = bytearray(REPORT)
    at = data.index(old.encode("utf-16-le") + b"\x00\x00")
    data[at : at + 64] = new.encode("utf-16-le").ljust(64, b"\x00")
    data[at + 64 : at + 66] = (2 * len(new) + 2).to_bytes(2, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [
        ("EncryptedPackage", Encrypted, "密码"),
        ("Workbook", UnsupportedFormat, "XLS"),
        ("PowerPoint Document", UnsupportedFormat, "PPT"),
        ("Something", UnsupportedFormat, "没有 Word 正文"),
    ],
)
def test_a_container_says_what_it_holds(name: str, error: type[NianbaoError], says: str) -> None:
    with raises_saying(error, says):
        read_document(renamed("WordDocument", name), "某镇.doc")


@pytest.mark.usefixtures("alone")
def test_older_word_is_refused_by_its_name() -> None:
    with raises_saying(UnsupportedFormat, "Word 95"):
        read_doc(rewritten("WordDocument", 0, b"\xdc\xa5\x65\x00"), "某镇.doc")


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("kept", [100, 600, 3000, 12_000])
def test_a_truncated_file_is_broken(kept: int) -> None:
    with raises_saying(BrokenFile, r"某镇.doc：Word 文档已损坏.*重新取得"):
        read_doc(TRACKED[:kept], "某镇.doc")


@pytest.mark.usefixtures("alone")
def test_a_file_without_its_table_stream_is_broken() -> None:
    with pytest.raises(BrokenFile):
        read_doc(renamed("1Table", "2Table"), "某镇.doc")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_whatever_bytes_are_broken_there_is_a_document_or_a_clear_error(
    data: st.DataObject,
) -> None:
    whole = bytearray(TRACKED)
    near = st.one_of(st.integers(8, 1600), st.integers(8, len(whole) - 1))
    for at in data.draw(st.lists(near, min_size=1, max_size=12)):
        whole[at] = data.draw(st.integers(0, 255))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        try:
            read_doc(bytes(whole), "某镇.doc")
        except NianbaoError as error:
            assert render(error.message).startswith("某镇.doc：")


def test_a_page_or_a_docx_by_the_name_of_a_doc_is_read_as_what_it_is() -> None:
    page = "<html><body><p>一、总体情况</p></body></html>".encode("gb18030")
    assert read_document(page, "某镇.doc").media_type == "text/html"
    assert lines(read_document(pack(paragraph("一、总体情况")), "某镇.doc")) == ["一、总体情况"]
