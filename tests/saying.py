"""Asserts what an error says to people, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from indexer.errors import NianbaoError
from indexer.messages import render
from indexer.records import Message

SOMETHING = Message.of("label.severity.doubt")
"""A message for findings whose sentence does not matter."""


@contextmanager
def raises_saying(
    kind: type[NianbaoError] | tuple[type[NianbaoError], ...], says: str = ""
) -> Iterator[pytest.ExceptionInfo[NianbaoError]]:
    """Expect an error of this kind whose sentence matches a regular expression."""
    with pytest.raises(kind) as raised:
        yield raised
    sentence = render(raised.value.message)
    assert re.search(says, sentence), sentence
