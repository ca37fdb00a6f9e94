"""Prints reports to real PDF files: through Chromium in many styles, and by hand for exact
geometry.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import md5
from html import escape

from playwright.sync_api import Page

from tests.rendering import TABLES, Printed, Td

_BASE = """body{font-family:"Noto Serif CJK SC",serif;font-size:14pt;line-height:1.6;margin:0}
h1{text-align:center;font-size:20pt;font-weight:bold} p{margin:0;text-indent:2em}
p.closing{text-align:right} table{width:100%;border-spacing:0;line-height:1.3}
td{font-size:9pt;text-align:center;padding:2px 4px;border:1px solid #000}"""

STYLES = {
    "collapsed": "table{border-collapse:collapse}",
    "separate": "table{border-spacing:2px;border:1px outset} td{border:1px inset}",
    "double": "table{border-collapse:collapse} td{border:3px double #000}",
    "hairline": "table{border-collapse:collapse} td{border:0.1pt solid #333}",
    "spaced": "table{border-spacing:4px}",
    "no_outer_border": "table{border-collapse:collapse;border-style:hidden}",
    "broken_rows": "table{border-collapse:collapse} tr,td{break-inside:auto} td{padding:8px 2px}",
    "open_rows": (
        "tr,td{break-inside:auto} td{border-width:0 1px 1px 0;padding:9px 2px}"
        " table{border:solid #000;border-width:1px 0 0 1px}"
    ),
    "upright_labels": (
        "table{border-collapse:collapse} td.tall{writing-mode:vertical-rl;text-orientation:upright}"
    ),
    "sideways_labels": (
        "table{border-collapse:collapse}"
        " td.tall{writing-mode:vertical-rl;text-orientation:sideways}"
    ),
    "one_a_line": "table{border-collapse:collapse} td.tall{width:1.2em;padding:0}",
    "shaded": (
        "table{border-collapse:collapse} tr:nth-child(even) td{background:#eee}"
        " td{border:1px solid #888}"
    ),
    "bold": (
        "table{border-collapse:collapse}"
        " td{-webkit-text-stroke:0.3px;font-family:'Noto Sans CJK SC'}"
    ),
    "narrow": (
        "table{border-collapse:collapse;table-layout:fixed}"
        " td{font-size:7pt;padding:1px;word-break:break-all}"
    ),
    "repeated_heads": "table{border-collapse:collapse} thead{display:table-header-group}",
}
UNRULED = {
    "no_lines": "td{border:none}",
    "lines_across": (
        "table{border-collapse:collapse} td{border:0 solid #999;border-bottom-width:1px}"
    ),
    "lines_down": (
        "table{border-collapse:collapse;border:1px solid #000}"
        " td{border:0 solid #000;border-left-width:1px}"
    ),
    "three_lines": (
        "table{border-collapse:collapse;border:solid #000;border-width:2px 0}"
        " td{border:none;padding:4px}"
    ),
    "stripes": "td{border:none} tr:nth-child(even) td{background:#e8eef8}",
    "white_lines": "table{border-collapse:collapse} td{border:1px solid #fff}",
    "boxes_apart": "table{border-spacing:9px}",
    "shaded_boxes": "table{border-spacing:3px} td{border:none;background:#ddd}",
    "left": "td{border:none;text-align:left;padding:4px 6px}",
    "right": "td{border:none;text-align:right;padding:4px 6px}",
}
"""Tables whose lines are not all drawn."""
_FOOT = '<div style="font-size:9px;width:100%;text-align:center">{}</div>'
_NUMBERED = _FOOT.format('— <span class="pageNumber"></span> —')
_OF_PAGES = _FOOT.format(
    '第<span class="pageNumber"></span>页 共<span class="totalPages"></span>页'
)
_RUNNING = '<div style="font-size:8px;width:100%;text-align:right">政府信息公开</div>'


def page_of(printed: Printed, style: str = "collapsed", table_css: str = "") -> str:
    """The page that is printed."""
    parts = [f"<h1>{escape(printed.title)}</h1>", *_paragraphs(printed, "preamble")]
    for key, heading in printed.headings.items():
        parts += [f"<p>{escape(heading)}</p>", *_paragraphs(printed, key)]
        if key in TABLES:
            parts.append(_table(list(TABLES[key](printed)), style))
    parts += [f'<p class="closing">{escape(text)}</p>' for text in printed.prose.get("closing", ())]
    return page_head(style, table_css) + "".join(parts)


def page_head(style: str = "collapsed", table_css: str = "") -> str:
    """What such a page begins with: its charset and its style."""
    return f'<meta charset="utf-8"><style>{_BASE}{(STYLES | UNRULED)[style]}{table_css}</style>'


def print_pdf(
    page: Page, html: str, size: tuple[int, int] = (210, 297), footer: str = _NUMBERED
) -> bytes:
    """Print a page on paper of this size in millimetres."""
    page.set_content(html)
    return page.pdf(
        width=f"{size[0]}mm",
        height=f"{size[1]}mm",
        margin={"top": "20mm", "bottom": "20mm", "left": "18mm", "right": "18mm"},
        display_header_footer=True,
        header_template=_RUNNING if footer == _OF_PAGES else "<span></span>",
        footer_template=footer,
        print_background=True,
    )


FOOTERS = (_NUMBERED, _OF_PAGES)


def _paragraphs(printed: Printed, key: str) -> Iterator[str]:
    return (f"<p>{escape(text)}</p>" for text in printed.prose.get(key, ()))


def _table(rows: list[list[Td]], style: str) -> str:
    heads = 3 if style == "repeated_heads" and rows[0][0].rowspan == 3 else 0
    html = ["<tr>" + "".join(map(_td, row)) + "</tr>" for row in rows]
    head = f"<thead>{''.join(html[:heads])}</thead>" if heads else ""
    return f"<table>{head}<tbody>{''.join(html[heads:])}</tbody></table>"


def _td(cell: Td) -> str:
    tall = ' class="tall"' if cell.rowspan > 2 and len(cell.text) < 12 else ""
    return f'<td{tall} colspan="{cell.colspan}" rowspan="{cell.rowspan}">{escape(cell.text)}</td>'


# ── by hand ──


@dataclass
class HandSet:
    """A page set by hand, in points from the bottom left corner; its Chinese font is only named."""

    width: float = 595
    height: float = 842
    extra: str = ""
    content: list[str] = field(default_factory=list)

    def text(
        self, x: float, y: float, text: str, size: float = 10, matrix: str = "1 0 0 1"
    ) -> HandSet:
        self.content.append(
            f"BT /F1 {size} Tf {matrix} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
        )
        return self

    def ascii(self, x: float, y: float, text: str, size: float = 10, font: str = "F2") -> HandSet:
        self.content.append(f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> HandSet:
        self.content.append(f"{x0} {y0} m {x1} {y1} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> HandSet:
        for x in xs:
            self.line(x, min(ys), x, max(ys))
        for y in ys:
            self.line(min(xs), y, max(xs), y)
        return self


_FONTS = """<< /F1 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H
/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light
/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /W [1 95
500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6
/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880
/StemV 93 >> >>] >> /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> /F3 <<
/Type /Font /Subtype /Type0 /BaseFont /Nameless /Encoding /Identity-H /DescendantFonts
[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Nameless /CIDSystemInfo << /Registry
(Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor << /Type
/FontDescriptor /FontName /Nameless /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800
/Descent -200 >> >>] >> >>"""


def hand_set_pdf(
    *pages: HandSet, password: bytes | None = None, catalog: str = "", forms: Sequence[HandSet] = ()
) -> bytes:
    """A PDF of these pages; with a password, even an empty one, it is encrypted (RC4, 40 bits).

    `forms` are form XObjects, numbered in the file from `first_form(len(pages))` on.
    """
    objects = [f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()]
    kids = " ".join(f"{3 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    lock = _Lock(password) if password is not None else None
    for at, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] {page.extra} "
            f"/Resources << /Font {_FONTS} >> /Contents {4 + 2 * at} 0 R >>".encode()
        )
        data = zlib.compress("\n".join(page.content).encode())
        data = lock.close(data, 4 + 2 * at) if lock else data
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(data), data)
        )
    for form in forms:
        data = "\n".join(form.content).encode()
        entries = (
            f"/BBox [0 0 {form.width} {form.height}] {form.extra} /Resources << /Font {_FONTS} >>"
        )
        head = f"<< /Type /XObject /Subtype /Form {entries} /Length {len(data)} >>"
        objects.append(b"%s\nstream\n%s\nendstream" % (head.encode(), data))
    out, offsets = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"/Size %d /Root 1 0 R %s" % (len(objects) + 1, lock.entry if lock else b"")
    xref = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + xref + b"trailer << %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, len(out))


def first_form(pages: int) -> int:
    """The number of the first form XObject in a file of so many pages."""
    return 3 + 2 * pages


class _Lock:
    """The standard security handler, revision 2."""

    _PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")

    def __init__(self, password: bytes) -> None:
        padded = (password + self._PAD)[:32]
        owner = rc4(md5(padded).digest()[:5], padded)
        self.key = md5(padded + owner + (0xFFFFFFFC).to_bytes(4, "little") + b"0" * 16).digest()[:5]
        user = rc4(self.key, self._PAD)
        self.entry = (
            b"/ID [<%s> <%s>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
            % (
                *[(b"0" * 16).hex().encode()] * 2,
                owner.hex().encode(),
                user.hex().encode(),
            )
        )

    def close(self, data: bytes, number: int) -> bytes:
        return rc4(md5(self.key + number.to_bytes(3, "little") + b"\x00\x00").digest()[:10], data)


def rc4(key: bytes, data: bytes) -> bytes:
    """The cipher."""
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
