"""What a number of the prose says of the tables: a claim, and how one is made of the words before the number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.checks.prose_numbers import Count, Sentence

ON_REQUESTS = re.compile(r"信息公开[^，,。；;]{0,8}申请|依申请公开")
"""Matches where a sentence names the requests for information."""
HEADING_NUMBER = r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]*)?\s*"
"""A pattern for the beginning of a paragraph up to its heading, numbered or not."""

_SAID = 26
"""Of the words before a number, so many are shown with it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a number says: that it is the sum of the cells `keys`, which a message calls `what`.

    `count` is None where the prose says that there was none, in the words `[start, end)`. `others` are other sums that can be
    meant: with one of these there is no contradiction. `loose`: the wording may count something else.
    """

    rule: str
    what: str
    keys: tuple[str, ...]
    sentence: Sentence
    count: Count | None
    start: int
    end: int
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    loose: bool = False


def make_claim(
    sentence: Sentence, count: Count, rule: str, what: str, keys: tuple[str, ...]
) -> Claim:
    """Return the claim that a number is the sum of the cells, on the words of its clause that stand before it."""
    said = re.split(r"[，,：:；;]", sentence.before(count).rstrip("，,：:"))[-1][-_SAID:].lstrip(
        "、）)"
    )
    return Claim(rule, what, keys, sentence, count, count.start - len(said), count.end)


def totals(*rows: str) -> tuple[str, ...]:
    """Return the keys of the totals of some rows on requests."""
    return tuple(f"requests.{row}.total" for row in rows)
