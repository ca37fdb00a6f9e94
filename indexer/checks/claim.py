"""What a number of the prose says of the tables: a claim, and how one is made of the words before the number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.checks.prose_numbers import ProseCount, ProseSentence
from indexer.records import Message, Param

ON_REQUESTS = re.compile(r"信息公开[^，,。；;]{0,8}申请|依申请公开")
"""Matches where a sentence names the requests for information."""
HEADING_NUMBER = r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]*)?\s*"
"""A pattern for the beginning of a paragraph up to its heading, numbered or not."""

_SAID = 26
"""Of the words before a number, so many are shown with it."""


@dataclass(frozen=True, slots=True)
class ProseClaim:
    """What a number says: that it is the sum of the cells `keys`, which a message calls `figure`.

    `count` is None where the prose says that there was none, in the words `[start, end)`. `others` are other sums that can be
    meant, each with the names of its terms: with one of these there is no contradiction. `loose`: the wording may count
    something else.
    """

    rule: str
    figure: Param
    keys: tuple[str, ...]
    sentence: ProseSentence
    count: ProseCount | None
    start: int
    end: int
    others: tuple[tuple[tuple[Message, ...], tuple[str, ...]], ...] = ()
    loose: bool = False


def make_claim(
    sentence: ProseSentence, count: ProseCount, rule: str, figure: Param, keys: tuple[str, ...]
) -> ProseClaim:
    """Return the claim that a number is the sum of the cells, on the words of its clause that stand before it."""
    said = re.split(r"[，,：:；;]", sentence.before(count).rstrip("，,：:"))[-1][-_SAID:].lstrip(
        "、）)"
    )
    return ProseClaim(rule, figure, keys, sentence, count, count.start - len(said), count.end)


def named(*figures: str) -> tuple[Message, ...]:
    """Return the names of figures in a message: the ends of codes `finding.narrative.figure.…`."""
    return tuple(Message.of(f"finding.narrative.figure.{figure}") for figure in figures)


def totals(*rows: str) -> tuple[str, ...]:
    """Return the keys of the totals of some rows on requests."""
    return tuple(f"requests.{row}.total" for row in rows)
