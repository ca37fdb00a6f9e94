"""The catalogues say the same in each language, and exactly what the program has to say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from indexer.messages.catalogue import read_catalogue
from tests.golden import ROOT

CODE = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
LOOKED_UP = re.compile(r"label\.|rule\.(?:label|demand)\.")
"""Codes that are put together from the values of records."""
FORM_NAMES = {"form.row", "form.column", "form.cell", "form.form"}
"""Codes whose words stand in the forms."""
ONE_OF_TWO = {"page.in_both"}
"""Codes whose languages each show another of the parameters."""
MESSAGE_MAKERS = {"of", "say", "UsageFault"}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def sources() -> Iterator[ast.Module]:
    for room in ("indexer", "webapp"):
        for file in sorted((ROOT / room).rglob("*.py")):
            yield ast.parse(file.read_text(encoding="utf-8"))


def test_each_language_has_the_same_codes() -> None:
    chinese, english = read_catalogue("zh"), read_catalogue("en")
    assert sorted(chinese.keys() ^ english.keys()) == []


@pytest.mark.parametrize("code", sorted(read_catalogue("zh")))
def test_each_language_uses_the_same_parameters(code: str) -> None:
    if code not in ONE_OF_TWO:
        english = fields(read_catalogue("en")[code])
        assert english == fields(read_catalogue("zh")[code])


def _made_codes(tree: ast.Module) -> Iterator[str]:
    """Yield the codes of messages and errors that are made with a constant code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _makes_message(node.func):
            for argument in node.args[:2]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def _makes_message(function: ast.expr) -> bool:
    name = getattr(function, "attr", None) or getattr(function, "id", "")
    return name in MESSAGE_MAKERS or name[:1].isupper()


def test_every_code_that_a_message_is_made_of_is_in_the_catalogues() -> None:
    tables = {code.split(".")[0] for code in read_catalogue("zh")}
    made = {
        code
        for tree in sources()
        for code in _made_codes(tree)
        if CODE.fullmatch(code) and code.split(".")[0] in tables
    }
    assert made
    known = read_catalogue("zh").keys() | FORM_NAMES
    assert sorted(made - known - set(_published_rules())) == []


def _published_rules() -> Iterator[str]:
    from indexer.search.catalogue.rules import rules

    yield from rules()


def _used(tree: ast.Module) -> Iterator[str]:
    """Yield a pattern for every string of a program, with a hole for what is put into it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_beginning = re.fullmatch(r"[a-z_]+\.[a-z_.]*[._]", node.value)
            yield re.escape(node.value) + (".*" if is_beginning else "")
        elif isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
                for part in node.values
            ]
            if isinstance(node.values[0], ast.Constant) and "." in str(node.values[0].value):
                yield "".join(parts)


def test_every_sentence_of_the_catalogues_is_said_somewhere() -> None:
    patterns = {pattern for tree in sources() for pattern in _used(tree)}
    for file in Path(ROOT, "webapp").rglob("*.html"):
        for text in re.findall(r"[\"']([a-z_]+\.[a-z_.]*)[\"']", file.read_text(encoding="utf-8")):
            patterns.add(re.escape(text) + (".*" if text.endswith((".", "_")) else ""))
    said = re.compile("|".join(sorted(patterns, key=len, reverse=True)))
    unsaid = [
        code
        for code in read_catalogue("zh")
        if not LOOKED_UP.match(code) and not said.fullmatch(code)
    ]
    assert unsaid == []
