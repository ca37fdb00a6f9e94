"""Claims: what a number of the prose says of figures of the tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.checks.prose_numbers import ProseCount, ProseSentence
from indexer.records import Message, Number, Param

ON_REQUESTS = re.compile(r"信息公开[^，,。；;]{0,8}申请|依申请公开")
"""Matches where a sentence names the requests for information."""
HEADING_NUMBER = r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]*)?\s*"
"""A pattern for the beginning of a paragraph up to its heading, numbered or not."""

_MAX_WORDS_SHOWN = 26
"""Characters before a number that are shown with it."""


@dataclass(frozen=True, slots=True)
class ProseClaim:
    """The claim of a number that it is the sum of the cells `keys`, named `figure` in messages.

    `count` is None where the words `[start, end)` say that there was none. `others` are other sums
    that the number may mean, each with the names of its terms: equal to one of them it is no
    contradiction. `loose` says that the wording may count something else.
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

    @property
    def value(self) -> int:
        """The number that the prose gives; 0 where it says that there was none."""
        return self.count.value if self.count else 0

    @property
    def is_approximate(self) -> bool:
        """Say whether the number is rounded, or said to be about so many."""
        return self.count is not None and self.count.approximate

    @property
    def is_carried(self) -> bool:
        """Say whether the number is of requests carried from year to year."""
        return self.keys[0].startswith("requests.carried_")

    def allows(self, number: Number) -> bool:
        """Say whether a number of the tables is the one that the prose gives."""
        low, high = (self.count.low, self.count.high) if self.count else (0, 0)
        return low <= number <= high


def make_claim(
    sentence: ProseSentence, count: ProseCount, rule: str, figure: Param, keys: tuple[str, ...]
) -> ProseClaim:
    """Return the claim that a number makes by the words before it in its clause."""
    said = re.split(r"[，,：:；;]", sentence.before(count).rstrip("，,：:"))[-1][
        -_MAX_WORDS_SHOWN:
    ].lstrip("、）)")
    return ProseClaim(rule, figure, keys, sentence, count, count.start - len(said), count.end)


def named(*figures: str) -> tuple[Message, ...]:
    """Return the names of figures in a message: the ends of codes `finding.narrative.figure.…`."""
    return tuple(Message.of(f"finding.narrative.figure.{figure}") for figure in figures)


def totals(*rows: str) -> tuple[str, ...]:
    """Return the keys of the totals of some rows on requests."""
    return tuple(f"requests.{row}.total" for row in rows)
