"""Reading a page as a visitor does: by what it shows."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient


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
