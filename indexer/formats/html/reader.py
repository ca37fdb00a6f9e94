"""Reads the page of a government site: the article alone, with the spans of its tables resolved."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from indexer.filetypes import media_type_of
from indexer.formats.html.form_fields import print_fields
from indexer.formats.html.metadata import survey_page
from indexer.formats.html.page_flow import BLOCKS, is_layout, read_blocks
from indexer.formats.html.pruning import prune_page
from indexer.formats.html.torn_tags import close_torn_tags
from indexer.formats.lined_tables import read_lined
from indexer.formats.whitespace import EDGES, SPACE
from indexer.forms.form_words import (
    CAPTION_BEGINNING,
    CELL_WORDS,
    PREAMBLE_WORDS,
    SECTION_BEGINNING,
)
from indexer.forms.section_headings import find_heading
from indexer.limits import Limits
from indexer.records import Document

_TABLE_PARTS = frozenset(["td", "th", "tr", "tbody", "thead", "tfoot", "table"])
_INLINE = frozenset(["p", "span", "strong", "b", "font", "a", "center"])
_CONTROLS = bytes([*range(9), *range(14, 32)])
"""Characters at which the parser ends a text, and with it a number."""


def read_html(text: str, limits: Limits = Limits()) -> Document:
    """Return the document in a page, with the title, date, address and site of its metadata."""
    whole = close_torn_tags(_mark_controls(text))
    soup = BeautifulSoup(prune_page(whole), "lxml", multi_valued_attributes=None)
    page = survey_page(soup)
    title, published, origin, site = page.title(), page.published(), page.origin(), page.site()
    for node in page.unseen:
        node.extract()
    print_fields(page.fields)
    blocks, pictures = read_blocks(_find_article(soup), limits)
    return Document(
        read_lined(blocks), media_type_of("html"), title, published, origin, site, pictures=pictures
    )


def _mark_controls(text: str) -> str:
    """Return the page with U+FFFD for control characters; searching bytes first is faster."""
    data = text.encode("utf-8", "replace")
    if len(data.translate(None, _CONTROLS)) == len(data):
        return text
    return text.translate(dict.fromkeys(_CONTROLS, "\ufffd"))


# ── the article in the page ───────────────────────────────────────────────────────────────────


def _find_article(soup: BeautifulSoup) -> Tag:
    """Return the smallest element with all section headings and tables of the form, or the body.

    What a site puts around an article (navigation, share widgets, titles of other articles) has
    neither.
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
    """Return the elements that hold text directly or in inline elements, such as paragraphs."""
    found: dict[int, Tag] = {}
    for string in root.descendants:
        if not isinstance(string, NavigableString) or not string.strip():
            continue
        block = string.parent
        while block is not None and block is not root and block.name not in BLOCKS:
            block = block.parent
        if block is not None:
            found.setdefault(id(block), block)
    return list(found.values())


def _is_mark(block: Tag) -> bool:
    text = SPACE.sub("", block.get_text()).strip(EDGES)
    heading = find_heading(text)
    if heading and heading.exact and not heading.rest:
        return True
    return (
        bool(SECTION_BEGINNING.match(text))
        or text in CELL_WORDS
        or (len(text) < 40 and text.startswith(CAPTION_BEGINNING))
    )


def _widen(element: Tag) -> Tag:
    """Return the article around a part of it, such as a row, a table or all but the first
    sentence."""
    while element.parent is not None and (_is_part(element) or _opens_outside(element)):
        element = element.parent
    return element


def _is_part(element: Tag) -> bool:
    """Say whether an element is less than an article: inline, or part of a table of data."""
    if element.name not in _TABLE_PARTS:
        return element.name in _INLINE
    table = element if element.name == "table" else element.find_parent("table")
    return table is None or not is_layout(table)


def _opens_outside(element: Tag) -> bool:
    """Say whether a sentence of the report stands beside this element in its parent."""
    siblings = [*element.previous_siblings, *element.next_siblings]
    return any(
        "。" in text and any(word in text for word in PREAMBLE_WORDS)
        for text in (
            sibling.get_text()
            for sibling in siblings
            if isinstance(sibling, Tag) and sibling.name != "a"
        )
    )
