"""Takes from a page pasted from Word the `span`s that say nothing: there are thousands, and each costs more than a cell."""

from __future__ import annotations

import re

from lxml import etree, html

_PLAIN = ("span", "font", "b", "strong", "em", "u")
_SPEAKS = re.compile(r"hidden|none|line-through|font-size\s*:\s*0", re.IGNORECASE)
_MANY = 300
"""Of fewer spans there is nothing to gain."""
_MARKUP = re.compile(r"<span\b", re.IGNORECASE)


def lighten(text: str) -> str:
    """Return the page without the inline elements that neither hide nor strike anything; the page itself if it has few.

    What a browser shows is the same: their text stays where it stood. A page that this parser gives up on (nested too deep,
    control characters) is left as it is.
    """
    if len(_MARKUP.findall(text)) < _MANY:
        return text
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        if any(fault.level_name == "FATAL" for fault in parser.error_log):
            return text
        for element in list(tree.iter(*_PLAIN)):
            if "hidden" not in element.attrib and not _SPEAKS.search(element.get("style", "")):
                element.drop_tag()
    except (etree.LxmlError, ValueError):
        return text
    return str(etree.tostring(tree, encoding="unicode", method="html"))
