"""Method and limits: what the page shows and its JSON says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indexer.records import Message
from webapp.negotiation import worded

_STATUSES = ("reported", "blank", "missing", "suspect", "not_applicable", "unreadable")


@dataclass(frozen=True, slots=True)
class Topic:
    """A section on method: a text, what its terms mean, and what is to be said after them."""

    key: str
    title: Message
    text: Message
    terms: tuple[tuple[Message, Message], ...] = ()
    after: Message | str = ""


def _topic(key: str) -> Topic:
    return Topic(key, Message.of(f"page.method.{key}.title"), Message.of(f"page.method.{key}.text"))


def _cells() -> Topic:
    terms = tuple(
        (Message.of(f"label.status.{status}"), Message.of(f"page.method.cells.{status}"))
        for status in _STATUSES
    )
    topic = _topic("cells")
    return Topic(topic.key, topic.title, topic.text, terms, Message.of("page.method.cells.after"))


METHOD = (_topic("what"), _cells(), _topic("unjudged"), _topic("findings"), _topic("limits"))


def topic_to_dict(topic: Topic) -> dict[str, Any]:
    """Return the published dict of a section on method."""
    return {
        "key": topic.key,
        "title": topic.title,
        "text": topic.text,
        "terms": {str(worded(term)): meaning for term, meaning in topic.terms},
        "after": topic.after,
    }
