"""A government site's page → Document: the article without the site around it, tables with their spans resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, PageElement

from indexer.records import Block, Document, Grid, GridCell, Line, Place

_DROPPED = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "select",
    "button",
    "head",
    "input",
    "textarea",
]
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_EDGES = " \t\r\n\f\v\u3000\xa0\ufeff\u200b"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADING = re.compile(r"^\s*[一二三四五六][、．.]\s*\S{0,6}(?:总体|概述|主动公开|收到和处理|行政复议|存在的?|其他)")
_FORM_WORDS = ("第二十条", "自然人", "结果维持", "结果维护", "本年新收", "商业企业", "行政许可", "尚未审结")
_TABLE_PARTS = frozenset(["td", "th", "tr", "tbody", "thead", "tfoot", "table"])
_INLINE = frozenset(["p", "span", "strong", "b", "font", "a", "center"])
_OPENING = ("本报告", "年度报告", "统计期限", "信息公开条例")
_DATE = re.compile(r"(20\d\d)[-/年.](\d{1,2})[-/月.](\d{1,2})")
_TITLE_NAMES = ("articletitle", "title", "og:title")
_DATE_NAMES = ("pubdate", "publishdate", "article:published_time", "firstpublishedtime", "createdate")
_SITE_NAMES = ("sitename", "og:site_name", "contentsource")
_TITLE_BREAK = re.compile(r"\s*[_|｜–—-]+\s*")
_SITE_LINE = re.compile(
    r"(?:当前|所在|您的)位置|您(?:现在)?(?:所)?在的?位置|^\s*首页\s*$|主\s*办\s*(?:单位|方)?\s*[：:]|版权所有\s*[：:]"
)
_SHORTEST_SITE_LINE, _LONGEST_SITE_LINE = 12, 160
_MAX_SPAN = 100


def read_html(text: str) -> Document:
    """Return the document in a page. `title`, `published` and `origin` are the page's own metadata."""
    soup = BeautifulSoup(text, "lxml")
    title, published, origin = _find_title(soup), _find_published(soup), _find_origin(soup)
    site = _find_site(soup)
    for tag in soup(_DROPPED):
        tag.decompose()
    for comment in soup.find_all(string=lambda string: isinstance(string, Comment)):
        comment.extract()
    article = _find_article(soup)
    flow = _Flow()
    flow.read(article)
    flow.end_line()
    return Document(tuple(flow.blocks), "text/html", title, published, origin, site)


# ── the page's metadata ─────────────────────────────────────────────────────────────────────────────────────────


def _find_title(soup: BeautifulSoup) -> str | None:
    """Return the article's title: the CMS's own field, else the page's first heading that names a report, else <title>."""
    named = _find_meta(soup, _TITLE_NAMES[:1])
    headings = (_text(tag) for tag in soup.find_all(["h1", "h2"]))
    heading = next((text for text in headings if "公开" in text and ("报告" in text or "年报" in text)), None)
    page = soup.title and _text(soup.title)
    return named or heading or _find_meta(soup, _TITLE_NAMES[1:]) or page or None


def _find_published(soup: BeautifulSoup) -> date | None:
    match = _DATE.search(_find_meta(soup, _DATE_NAMES) or "")
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _find_origin(soup: BeautifulSoup) -> str | None:
    link = soup.find("link", rel="canonical")
    address = link.get("href") if isinstance(link, Tag) else None
    address = address or _find_meta(soup, ("og:url", "url"))
    return str(address) if address and str(address).startswith(("http://", "https://")) else None


def _find_meta(soup: BeautifulSoup, names: tuple[str, ...]) -> str | None:
    values: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name = str(tag.get("name") or tag.get("property") or "").lower()
        content = str(tag.get("content") or "").strip()
        if name and content:
            values.setdefault(name, content)
    return next((values[name] for name in names if name in values), None)


def _find_site(soup: BeautifulSoup) -> tuple[str, ...]:
    """Return what the page says of its site: the name in its metadata, the way to the page, and who runs it."""
    found = [_find_meta(soup, _SITE_NAMES) or ""]
    found += _TITLE_BREAK.split(_text(soup.title) if soup.title else "")[1:]
    for string in soup.find_all(string=_SITE_LINE):
        tag, text = string.parent, ""
        while tag is not None and len(text) < _SHORTEST_SITE_LINE and tag.name not in ("body", "html"):
            text, tag = _text(tag), tag.parent
        if len(text) <= _LONGEST_SITE_LINE and string.parent is not None and string.parent.name not in _DROPPED:
            found.append(text)
    return tuple(dict.fromkeys(text for text in found if text))


# ── the article in the page ─────────────────────────────────────────────────────────────────────────────────────


def _find_article(soup: BeautifulSoup) -> Tag:
    """Return the smallest element that holds all section headings and all tables of the form; the body without any.

    What a site puts around an article (navigation, share widgets, other articles' titles) has neither.
    """
    root = soup.body or soup
    marks = [block for block in _smallest_blocks(root) if _is_mark(block)]
    if not marks:
        return root
    paths = [list(reversed([mark, *mark.parents])) for mark in marks]
    common = root
    for level in zip(*paths, strict=False):
        if any(element is not level[0] for element in level):
            break
        common = level[0]
    return _widen(common)


def _smallest_blocks(root: Tag) -> list[Tag]:
    """Return the elements that hold text directly or in inline elements: paragraphs, cells, headings."""
    found: dict[int, Tag] = {}
    for string in root.find_all(string=True):
        block = string.parent
        while block is not None and block is not root and block.name not in _BLOCKS:
            block = block.parent
        if block is not None and string.strip():
            found.setdefault(id(block), block)
    return list(found.values())


def _is_mark(block: Tag) -> bool:
    text = _SPACE.sub("", block.get_text()).strip(_EDGES)
    return bool(_HEADING.match(text)) or text in _FORM_WORDS or (len(text) < 40 and text.startswith("第二十条第"))


def _widen(element: Tag) -> Tag:
    """Return the article around what may be only a part of it: a row, a table, the body without its opening sentence."""
    while element.parent is not None and (_is_part(element) or _opens_outside(element)):
        element = element.parent
    return element


def _is_part(element: Tag) -> bool:
    """Say whether an element is less than an article: in a line, or in a table that holds figures and not the page."""
    if element.name not in _TABLE_PARTS:
        return element.name in _INLINE
    table = element if element.name == "table" else element.find_parent("table")
    return table is None or not _is_layout(table)


def _opens_outside(element: Tag) -> bool:
    """Say whether a sentence of the report stands beside this element in its parent."""
    siblings = [*element.previous_siblings, *element.next_siblings]
    return any(
        "。" in text and any(word in text for word in _OPENING)
        for text in (sibling.get_text() for sibling in siblings if isinstance(sibling, Tag) and sibling.name != "a")
    )


# ── lines and tables ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Flow:
    """A walk over the article in reading order; `pending` is the line being gathered."""

    blocks: list[Block] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    tables: int = 0

    def read(self, root: Tag) -> None:
        """Walk without recursion: pages nest as deep as they like."""
        stack: list[PageElement | None] = [root]
        while stack:
            node = stack.pop()
            if node is None:
                self.end_line()
            elif isinstance(node, NavigableString):
                self.pending.append(_SPACE.sub(" ", node))
            elif isinstance(node, Tag) and not _is_hidden(node):
                self._enter(node, stack)

    def _enter(self, tag: Tag, stack: list[PageElement | None]) -> None:
        if tag.name == "br":
            self.end_line()
        elif tag.name == "table" and not _is_layout(tag):
            self.end_line()
            self.tables += 1
            self.blocks.append(_read_table(tag, self.tables))
        else:
            if tag.name in _BLOCKS:
                self.end_line()
                stack.append(None)
            stack.extend(reversed(tag.contents))

    def end_line(self) -> None:
        text = _SPACE.sub(" ", "".join(self.pending)).strip(_EDGES)
        self.pending.clear()
        if text:
            self.blocks.append(Line(text, Place(line=len(self.blocks) + 1)))


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or bool(_HIDDEN.search(str(tag.get("style", ""))))


def _is_layout(table: Tag) -> bool:
    """Say whether a table only places things: it holds another table, or has a single column."""
    if table.find("table") is not None:
        return True
    return all(len(row.find_all(["td", "th"], recursive=False)) <= 1 for row in table.find_all("tr"))


def _read_table(table: Tag, number: int) -> Grid:
    """Return the grid of a table. Row and column spans are resolved: a cell stands once, at the column where it begins."""
    held: dict[int, int] = {}
    rows: list[tuple[GridCell, ...]] = []
    for row, tag in enumerate(_rows(table), start=1):
        taken = {column for column, left in held.items() if left > 0}
        held = {column: left - 1 for column, left in held.items() if left > 1}
        cells: list[GridCell] = []
        column = 0
        for cell in tag.find_all(["td", "th"], recursive=False):
            while column in taken:
                column += 1
            colspan, rowspan = _span(cell, "colspan"), _span(cell, "rowspan")
            place = Place(table=number, row=row, column=len(cells) + 1)
            cells.append(GridCell(_cell_text(cell), column, colspan, rowspan, place))
            if rowspan > 1:
                held.update(dict.fromkeys(range(column, column + colspan), rowspan - 1))
            column += colspan
        rows.append(tuple(cells))
    return Grid(tuple(rows), spans_known=True)


def _rows(table: Tag) -> Iterator[Tag]:
    return (row for row in table.find_all("tr") if row.find_parent("table") is table)


def _span(cell: Tag, name: str) -> int:
    match = re.match(r"\s*(\d{1,4})", str(cell.get(name, "1")))
    return min(max(int(match[1]), 1), _MAX_SPAN) if match else 1


def _cell_text(cell: Tag) -> str:
    """Return a cell's text: its lines joined by line feeds, the pieces of a line as they touch on the page."""
    flow = _Flow()
    for child in cell.contents:
        if isinstance(child, NavigableString):
            flow.pending.append(_SPACE.sub(" ", child))
        elif isinstance(child, Tag):
            flow.read(child)
    flow.end_line()
    return "\n".join(block.text for block in flow.blocks if isinstance(block, Line))


def _text(tag: Tag) -> str:
    return _SPACE.sub(" ", tag.get_text()).strip(_EDGES)
