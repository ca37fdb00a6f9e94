"""Reading a page as a visitor does: by what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import wraps
from typing import Any, ParamSpec

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from indexer.messages import render
from indexer.records import Message


def soup(client: FlaskClient, path: str, status: int = 200, **query: Any) -> BeautifulSoup:
    response = client.get(path, query_string=query or None)
    assert response.status_code == status, response.text[:2000]
    return BeautifulSoup(response.text, "lxml")


def text(node: BeautifulSoup | Tag, selector: str) -> str:
    found = node.select_one(selector)
    assert found is not None, selector
    return " ".join(found.get_text().split())


def texts(node: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [" ".join(found.get_text().split()) for found in node.select(selector)]


def href(node: BeautifulSoup | Tag, selector: str) -> str:
    found = node.select_one(selector)
    assert found is not None, selector
    return str(found["href"])


_P = ParamSpec("_P")


def said(shape: Any, language: str = "zh") -> Any:
    """Return a shape with every message in it as the sentence that a page shows."""
    if isinstance(shape, Message):
        return render(shape, language)
    if isinstance(shape, tuple | list):
        return type(shape)(said(one, language) for one in shape)
    if isinstance(shape, dict):
        return {said(key, language): said(value, language) for key, value in shape.items()}
    if is_dataclass(shape) and not isinstance(shape, type):
        values = {one.name: getattr(shape, one.name) for one in fields(shape) if one.init}
        return replace(shape, **{name: said(value, language) for name, value in values.items()})
    return shape


def in_chinese(function: Callable[_P, Any]) -> Callable[_P, Any]:
    """Return a function whose shapes hold sentences instead of messages."""

    @wraps(function)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> Any:
        return said(function(*args, **kwargs))

    return call
