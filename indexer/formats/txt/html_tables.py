"""Text or Markdown with HTML tables among its lines → Document; the tables keep their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.formats.html.reader import read_html
from indexer.formats.txt import is_markdown, read_txt
from indexer.limits import Limits
from indexer.records import Block, Document, Line

_OPENING = r"<\s*table\b"
_TABLE = re.compile(rf"{_OPENING}(?:(?!{_OPENING}).)*?<\s*/\s*table\s*>", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(r"<\s*(?:!doctype|html|head|body|meta)\b", re.IGNORECASE)
_BLOCK = re.compile(r"<\s*(?:div|p|article|title)\b", re.IGNORECASE)
_TAG = re.compile(r"</?\s*(?:div|p|center|span|font|b|strong|em|i|u|a)\b[^<>\n]*>", re.IGNORECASE)
_SENTINEL = "\ue000" * 100
"""Stands in for a table; longer than any cell, so that no other table continues across it."""


def is_mixed(text: str) -> bool:
    """Say whether a text is plain or Markdown with HTML tables in it, rather than a web page."""
    if text.lstrip("\ufeff \t\r\n").startswith("<") or "<" not in text or _PAGE.search(text):
        return False
    if len(re.findall(_OPENING, text, re.IGNORECASE)) != len(_TABLE.findall(text)):
        return False  # tables within tables, or one that is never closed, are a page's
    bare = _TABLE.sub("", text)
    return is_markdown(bare.splitlines()) or (bare != text and not _BLOCK.search(text))


def read_mixed(text: str, limits: Limits) -> Document:
    """Return the document in such a text.

    Lines are counted as printed; where text shares a line with a table, it takes one of its own.
    """
    tables: list[str] = []

    def keep(match: re.Match[str]) -> str:
        tables.append(match[0])
        before = "" if match.start() == 0 or text[match.start() - 1] == "\n" else "\n"
        after = "" if text[match.end() : match.end() + 1] in ("", "\n", "\r") else "\n"
        return f"{before}{_SENTINEL}{len(tables) - 1}" + "\n" * match[0].count("\n") + after

    document = read_txt(_TAG.sub("", _TABLE.sub(keep, text)))
    return replace(document, blocks=tuple(_place(document.blocks, tables, limits)))


def _place(blocks: tuple[Block, ...], tables: list[str], limits: Limits) -> Iterator[Block]:
    """Yield the blocks, with each table where it stands."""
    for block in blocks:
        if isinstance(block, Line) and block.text.startswith(_SENTINEL):
            table = tables[int(block.text.removeprefix(_SENTINEL))]
            yield from read_html(table, limits).blocks
        else:
            yield block
