"""Replaces form fields by the text they show: numbers may stand in an input box."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import Tag
from bs4.element import NavigableString

FIELDS = frozenset(["input", "textarea", "select", "button"])
_UNPRINTED = frozenset(
    [
        "hidden",
        "submit",
        "button",
        "reset",
        "image",
        "file",
        "password",
        "checkbox",
        "radio",
        "range",
        "color",
    ]
)
_FIGURE = re.compile(r"\s*[+\-]?[\d０-９][\d０-９,，.．]*\s*")


def print_fields(fields: Sequence[Tag]) -> None:
    """Replace each form field by the text it shows, set off by spaces; a button keeps its own.

    Outside table cells only figures count: search boxes and menus are no part of a report.
    """
    for field in fields:
        if "hidden" in field.attrs:
            field.extract()
            continue
        if field.name == "button":
            field.insert_before(" ")
            field.insert_after(" ")
            continue
        text = _shown(field)
        in_cell = field.find_parent(["td", "th"]) is not None
        if not in_cell and not (field.name != "select" and _FIGURE.fullmatch(text)):
            text = ""
        style = field.get("style")
        field.clear()
        field.name, field.attrs = "span", {"style": style} if style else {}
        if text.strip():
            field.append(NavigableString(f" {text} "))


def _shown(field: Tag) -> str:
    if field.name == "input":
        kind = str(field.get("type") or "text").strip().lower()
        return "" if kind in _UNPRINTED else str(field.get("value") or "")
    if field.name == "textarea":
        return field.get_text()
    options = field.find_all("option")
    chosen = [option for option in options if "selected" in option.attrs]
    if not chosen and "multiple" not in field.attrs:
        chosen = options[:1]
    return " ".join(option.get_text() for option in chosen)
