"""Takes from a page pasted from Word the `span`s that say nothing: there are thousands, and each costs more than a cell."""

from __future__ import annotations

import re

from lxml import etree

_PLAIN = ("span", "font", "b", "strong", "em", "u")
_SPEAKS = re.compile(r"hidden|none|line-through|font-size\s*:\s*0", re.IGNORECASE)
_MANY = 300
"""Of fewer spans there is nothing to gain."""
_KEPT = "kept"
_MARKUP = re.compile(r"<span\b", re.IGNORECASE)


def lighten(text: str) -> str:
    """Return the page without the inline elements that neither hide nor strike anything; the page itself if it has few.

    What a browser shows is the same: their text stays where it stood. A page that this parser gives up on (nested too deep,
    control characters) is left as it is.
    """
    if len(_MARKUP.findall(text)) < _MANY:
        return text
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return text
    if tree is None or any(fault.level_name == "FATAL" for fault in parser.error_log):
        return text
    kept = [(element, element.tag) for element in tree.iter(*_PLAIN) if element.attrib and _speaks(element)]
    for element, _ in kept:
        element.tag = _KEPT
    etree.strip_tags(tree, *_PLAIN)
    for element, tag in kept:
        element.tag = tag
    return str(etree.tostring(tree, encoding="unicode", method="html"))


def _speaks(element: etree._Element) -> bool:
    return "hidden" in element.attrib or bool(_SPEAKS.search(element.get("style", "")))
