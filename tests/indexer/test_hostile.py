"""A corpus of files made to harm: each ends in a clear error or an honest report, and the good one
among them is read."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable

import pytest

from indexer.corpus.pipeline import RunOutcome, index_corpus
from indexer.engines.memory.engine import MemoryEngine
from indexer.messages import render
from indexer.records import SourceFile
from indexer.settings import Settings
from tests.golden import CORPUS

OPENING = (
    "<html><body><h1>"
    "高安市田南镇人民政府2020年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>本报告。</p>"
)
WORD = '<?xml version="1.0"?>{dtd}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.ope'
    'nxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocumen'
    't/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def word(body: str, dtd: str = "") -> bytes:
    """A DOCX with this body."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", WORD.format(body=body, dtd=dtd))
    return buffer.getvalue()


def bomb() -> bytes:
    return word("<w:p><w:r><w:t>" + "0" * 200_000_000 + "</w:t></w:r></w:p>")


def swollen_pdf() -> bytes:
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b"q Q " * 250_000) for _ in range(500)) + packer.flush()
    return b"".join(
        [
            b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
            b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
            (
                b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
                b" /Resources << >> /Contents 4 0 R >>\nendobj\n"
            ),
            b"4 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n"
            % (len(stream), stream),
            b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF\n",
        ]
    )


def laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    return word("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", f"<!DOCTYPE w:document [{entities}]>")


def page(inner: str) -> bytes:
    return (OPENING + inner).encode()


HOSTILE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "炸弹.docx": (bomb, {"TooLarge"}),
    "大笑.docx": (laughs, {"BrokenFile"}),
    "截断.docx": (lambda: word("<w:p/>")[:300], {"BrokenFile"}),
    "截断.pdf": (lambda: b"%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R", {"BrokenFile"}),
    "炸弹.pdf": (swollen_pdf, {"TooLarge"}),
    "嵌套.html": (lambda: page("<div>" * 100_000), set()),
    "套表.html": (lambda: page("<table><tr><td>" * 100_000), {"TooLarge"}),
    "宽表.html": (
        lambda: page("<table>" + ("<tr>" + "<td>1</td>" * 5000 + "</tr>") * 20 + "</table>"),
        set(),
    ),
    "跨列.html": (
        lambda: page("<table>" + '<tr><td colspan="9999" rowspan="9999">1</td></tr>' * 3000),
        set(),
    ),
    "实体.html": (
        lambda: (
            b'<!DOCTYPE html [<!ENTITY a "b">' + b'<!ENTITY c "&a;&a;">' * 9 + b"]>" + page("&c;")
        ),
        set(),
    ),
    "空字符.txt": (lambda: "政府信息公开\0年度报告\0".encode() * 999, {"UnsupportedFormat"}),
    "竖线.txt": (lambda: ("|" * 20_000 + "\n").encode() * 100, {"NotAReport", "TooLarge"}),
    "制表.txt": (lambda: b"\t" * 5_000_000, {"NotAReport"}),
}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[RunOutcome, MemoryEngine]:
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in HOSTILE.items():
        (folder / name).write_bytes(make())
    os.symlink(CORPUS / "高安市-2019.txt", folder / "外面.txt")
    good = (CORPUS / "息陬镇-2019.txt").read_bytes()
    (folder / "好.txt").write_bytes(good)
    engine = MemoryEngine()
    return index_corpus(Settings(corpus=folder, workers=2), engine), engine


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_clear_error_or_an_honest_report(
    name: str, outcome: tuple[RunOutcome, MemoryEngine]
) -> None:
    found = [failure for failure in outcome[0].failures if failure.path == name]
    expected = HOSTILE[name][1]
    assert len(found) == (1 if expected else 0)
    assert {failure.kind for failure in found} <= expected
    for failure in found:
        assert render(failure.message).startswith(f"{name}：")
        assert render(failure.message).endswith("。")


def test_a_link_out_of_the_corpus_is_not_followed(outcome: tuple[RunOutcome, MemoryEngine]) -> None:
    assert [failure.kind for failure in outcome[0].failures if failure.path == "外面.txt"] == [
        "UnreadableFile"
    ]


def test_the_good_file_among_them_is_read_with_all_its_cells(
    outcome: tuple[RunOutcome, MemoryEngine],
) -> None:
    report = outcome[1].get("yw2x5g7q2nwy")
    case = CORPUS.parent / "tests" / "cases" / "息陬镇-2019" / "expected.json"
    cells = json.loads(case.read_text(encoding="utf-8"))["cells"]
    assert {cell.key: (cell.value, cell.status) for cell in report.cells} == {
        key: (cell["value"], cell["status"]) for key, cell in cells.items()
    }


@pytest.mark.parametrize("name", [name for name, (_, kinds) in HOSTILE.items() if not kinds])
def test_no_number_comes_out_of_what_is_no_form(
    name: str, outcome: tuple[RunOutcome, MemoryEngine]
) -> None:
    data = HOSTILE[name][0]()
    report = outcome[1].get(SourceFile(name, hashlib.sha256(data).hexdigest(), len(data)).report_id)
    assert report.sources[0].path == name
    assert not [cell for cell in report.cells if cell.status == "reported"]
