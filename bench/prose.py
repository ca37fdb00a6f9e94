"""The prose of generated reports: sentences of `wording.toml` with their slots filled by draw."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from bench.places import Reporter
from indexer.messages import label
from indexer.records import SECTION_KEYS, Paragraph, Section

_SLOT = re.compile(r"\{(\w+)\}")
_SHARES = {
    "preamble": 0.1,
    "overview": 0.5,
    "proactive": 0.04,
    "requests": 0.08,
    "disputes": 0.05,
    "problems": 0.2,
    "other": 0.03,
}
_TABLES = ("proactive", "requests", "disputes")
_SIZE, _SPREAD = 1550, 350
"""The characters of a report's prose and their standard deviation: about 4 KB in UTF-8."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Entries drawn by Zipf’s law: entry n about as often as 1/n, like words in any text."""

    entries: tuple[str, ...]
    weights: tuple[float, ...]

    def draw(self, draw: random.Random) -> str:
        """Draw one entry."""
        return draw.choices(self.entries, cum_weights=self.weights)[0]


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences by section and the words by slot."""

    sentences: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Ranked]


@cache
def read_wording() -> Wording:
    """Return the wording of this folder, cached."""
    data = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))
    sentences = {section: tuple(entries) for section, entries in data["sentences"].items()}
    return Wording(sentences, {slot: _rank(entries) for slot, entries in data["words"].items()})


def _rank(entries: Sequence[str]) -> Ranked:
    return Ranked(tuple(entries), tuple(accumulate(1 / (rank + 1) for rank in range(len(entries)))))


@dataclass(frozen=True, slots=True)
class Author:
    """Writes one report."""

    reporter: Reporter
    year: int
    facts: Mapping[str, int]
    """Slots whose numbers are those of the tables: `received`, `reconsideration`, `litigation`."""
    elsewhere: Sequence[str]
    """Names of other places."""
    draw: random.Random

    def sections(self, *, tables: bool) -> tuple[Section, ...]:
        """Return the narrative in printed order; with `tables` each form's table follows the first
        paragraph.
        """
        size = max(500, round(self.draw.gauss(_SIZE, _SPREAD)))
        written = {key: self._paragraphs(key, size * share) for key, share in _SHARES.items()}
        written["closing"] = [
            self.reporter.body,
            f"{self.year + 1}年1月{self.draw.randint(4, 31)}日",
        ]
        sections, number = [], 1
        for key in SECTION_KEYS:
            heading = None if key in ("preamble", "closing") else label("section", key)
            paragraphs = tuple(Paragraph(number + at, text) for at, text in enumerate(written[key]))
            table_at = number + min(1, len(paragraphs)) if tables and key in _TABLES else None
            sections.append(Section(key, heading, paragraphs, table_at))
            number += len(paragraphs)
        return tuple(sections)

    def _paragraphs(self, key: str, size: float) -> list[str]:
        """Return whole sentences of a section in the wording's order, about `size` characters."""
        quiet = key == "disputes" and not (
            self.facts["reconsideration"] or self.facts["litigation"]
        )
        known = read_wording().sentences["no_disputes" if quiet else key]
        order = sorted(range(len(known)), key=lambda at: at * 0.6 + self.draw.random() * len(known))
        chosen, length = [], 0.0
        for at in order:
            if length + len(known[at]) * self.draw.random() > size:
                break
            chosen.append(at)
            length += len(known[at])
        sentences = [
            _SLOT.sub(lambda slot: self._fill(slot[1]), known[at]) for at in sorted(chosen)
        ]
        return ["".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]

    def _fill(self, slot: str) -> str:
        """Return the text of a slot."""
        known = read_wording().words
        if slot in known:
            return known[slot].draw(self.draw)
        if slot in self.facts:
            return str(self.facts[slot])
        return _made()[slot](self)

    def number(self, mean: float) -> int:
        """Draw a count: mostly small, rarely many times the mean."""
        return 1 + int(self.draw.expovariate(1 / mean))

    def words(self, *slots: str) -> str:
        """Draw a word for each slot and join them."""
        return "".join(read_wording().words[slot].draw(self.draw) for slot in slots)


@cache
def _made() -> Mapping[str, Callable[[Author], str]]:
    """Return the slots that are computed rather than listed."""
    return {
        "body": lambda author: author.reporter.body,
        "short": lambda author: author.reporter.short,
        "year": lambda author: str(author.year),
        "next": lambda author: str(author.year + 1),
        "n": lambda author: str(author.number(180)),
        "few": lambda author: str(author.number(4)),
        "p": lambda author: author.draw.choice(("100", "98", "95", "99.2", "97.6", "92.85")),
        "amount": lambda author: f"{author.number(9000) / 100:.2f}",
        "phone": lambda author: (
            f"0{author.draw.randint(310, 998)}-{author.draw.randint(2000000, 8999999)}"
        ),
        "code": lambda author: f"{author.draw.randint(10, 859) * 100:06d}",
        "above": lambda author: author.reporter.above,
        "elsewhere": lambda author: author.draw.choice(author.elsewhere),
        "matter": lambda author: author.words("subject", "action"),
        "place": lambda author: author.words("village_first", "village_second", "village_last"),
    }
