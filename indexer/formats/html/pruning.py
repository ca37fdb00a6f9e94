"""Prunes a page before its tree is built.

Each element and attribute left out saves a twentieth of a cell's cost. A page pasted from Word has
thousands of `span`s, a paragraph around every number and a dozen attributes on each.
"""

from __future__ import annotations

import re

from lxml import etree

UNSEEN = ("script", "style", "noscript", "template", "iframe", "object", "svg")
"""Elements that a browser does not show as text of the page."""
_PLAIN = ("span", "font", "b", "strong", "em", "u")
_MUTE = (
    *(
        "style",
        "class",
        "id",
        "lang",
        "title",
        "target",
        "align",
        "valign",
        "width",
        "height",
        "size",
        "face",
        "color",
    ),
    *("border", "cellspacing", "cellpadding", "bgcolor", "bordercolor", "nowrap"),
)
_SPEAKS = re.compile(
    r"hidden|none|line-through|font-size\s*:\s*0|vertical-align\s*:\s*su", re.IGNORECASE
)
_KEPT, _ICON = "kept", "icon"
_MAX_KEPT_STYLE = 80
"""A picture narrower or lower than so many pixels holds no table and no number."""
_PIXELS = re.compile(r"\s*(\d{1,4})\s*(?:px)?\s*$")
_ONLY_PARAGRAPHS = etree.XPath("//td[count(*)=1]/p[not(@*) and not(../text()[normalize-space()])]")


def prune_page(text: str) -> str:
    """Return the page without elements, comments and attributes that neither show, hide nor strike
    out anything.

    A browser shows the same: text stays in its place. A page that this parser gives up on (nested
    too deeply, say) is returned as it was.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return text
    if tree is None or any(fault.level_name == "FATAL" for fault in parser.error_log):
        return text
    _name_icons(tree)
    etree.strip_elements(tree, *UNSEEN, _ICON, with_tail=False)
    _strip_plain(tree)
    _strip_paragraphs(tree)
    return str(etree.tostring(tree, encoding="unicode", method="html"))


def _name_icons(tree: etree._Element) -> None:
    """Give small pictures a name of their own."""
    for picture in tree.iter("img"):
        sides = (_PIXELS.match(picture.get(name, "")) for name in ("width", "height"))
        if any(int(side[1]) < _MAX_KEPT_STYLE for side in sides if side):
            picture.tag = _ICON


def _strip_plain(tree: etree._Element) -> None:
    """Take out the attributes that say nothing, and inline elements left without one."""
    styled = [
        (element, style)
        for element in tree.iter(etree.Element)
        if _SPEAKS.search(style := element.get("style", ""))
    ]
    etree.strip_attributes(tree, *_MUTE)
    for element, style in styled:
        element.set("style", style)
    kept = [
        (element, element.tag)
        for element in tree.iter(*_PLAIN)
        if {"style", "hidden"} & set(element.keys())
    ]
    for element, _ in kept:
        element.tag = _KEPT
    etree.strip_tags(tree, *_PLAIN)
    for element, tag in kept:
        element.tag = tag


def _strip_paragraphs(tree: etree._Element) -> None:
    """Take out the paragraph that is all of a cell."""
    for paragraph in _ONLY_PARAGRAPHS(tree):
        paragraph.tag = _KEPT
    etree.strip_tags(tree, _KEPT)
