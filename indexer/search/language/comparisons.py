"""Finds comparisons in a query text, in signs or words, so that none is read as a word.

A comparison is masked character by character and noted with its place: the grammar sees one token
there, and every place in the text stays where it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from indexer.search.catalogue.facets import find_facet
from indexer.search.catalogue.figure_names import figure_called, figure_names
from indexer.search.catalogue.name_matching import nearest
from indexer.search.language.comparison_names import (
    ends_in_figure,
    is_number,
    split_name,
    takes_value,
)
from indexer.search.language.comparison_patterns import (
    ADDRESS,
    BANG,
    CLEAN_END,
    FIELD_AHEAD,
    FIELD_BEFORE,
    FOLLOWING_RUN,
    FOLLOWING_SIGN,
    HIDDEN,
    JOIN_APART,
    JOINED,
    LEADING,
    LEFT,
    NEXT,
    OF,
    OF_AFTER,
    QUOTED,
    RUN,
    TAIL,
    YEAR,
)
from indexer.search.language.comparison_wordings import (
    BEHIND,
    FLIPPED,
    JOINING,
    OPERATORS,
    SURE,
    WORDS,
    compares_values,
    is_explicit,
)
from indexer.search.language.condition_names import is_body, is_known, nearest_figure, unavailable
from indexer.text.folding import fold

MASK, MASKED = "\ufdd0", "\ufdd1"
"""The first character of a masked comparison and the others: noncharacters, which no text has."""
_SUPERLATIVES = ("最多", "最少")
"""Words that order reports unless a number stands behind them."""
_RUN_END = re.compile(RUN)

Fault: TypeAlias = Literal["", "nameless", "valueless", "nothing", "numbers", "chain"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A name, a sign and a value; the sign is `:` for a range or a status in words."""

    name: str
    sign: str
    value: str


@dataclass(frozen=True, slots=True)
class FoundComparison:
    """A comparison at `[start, end)` of the text: several in a chain such as 1<行政诉讼<10.

    `fault` says what is missing; `worded`: it is written in words.
    """

    start: int
    end: int
    parts: tuple[Comparison, ...]
    fault: Fault = ""
    worded: bool = False


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A query text with its comparisons masked, and the comparison at the place of each."""

    text: str
    found: Mapping[int, FoundComparison]


def mark_comparisons(text: str) -> MarkedText:
    """Return the text with comparisons masked and the words between two as operators.

    >>> marked = mark_comparisons("乡镇 行政诉讼大于0")
    >>> marked.text.count(MASK), marked.found[3].parts
    (1, (Comparison(name='行政诉讼', sign='>', value='0'),))
    """
    scanner = _Scanner(text)
    scanner.scan()
    return MarkedText("".join(scanner.masked), scanner.found)


@dataclass(slots=True)
class _Scanner:
    """Goes through a text from left to right; `at` is where the last comparison ended.

    `pending` is the joining word before the comparison that is being read, with its place.
    """

    text: str
    plain: str = ""
    masked: list[str] = field(default_factory=list)
    found: dict[int, FoundComparison] = field(default_factory=dict)
    at: int = 0
    pending: tuple[int, str] | None = None

    def __post_init__(self) -> None:
        self.plain = _without_quotes(self.text)
        self.masked = [" " if character in (MASK, MASKED) else character for character in self.text]
        for match in BANG.finditer(self.plain):
            if is_known(match["name"]):
                self.masked[match.start()] = "-"

    def scan(self) -> None:
        """Find all comparisons and mask them."""
        self._split_fields()
        looked = 0
        while match := NEXT.search(self.plain, looked):
            signed = match["sign"] or match["slip"]
            found = self._signed(match) if signed else self._worded(match)
            if found is None:
                word = "word" if match["word"] else "weak" if match["weak"] else 0
                looked = max(match.end(word), looked + 1)
                continue
            self._take(found)
            looked = self.at
        self._join_apart()

    # ── signs ────────────────────────────────────────────────────────────────────────────────────

    def _signed(self, match: re.Match[str]) -> FoundComparison | None:
        start, name = self._name_before(match.start())
        if start is None or (match["slip"] and not is_known(name)):
            return None
        sign = self.text[match.start() : match.end()].strip()
        end, value = self._value_after(match.end())
        if is_number(name):
            return self._flipped(start, name, sign, value, end)
        following = FOLLOWING_SIGN.match(self.plain, end)
        if following and value and not JOINED.match(self.plain, end):
            end, last = self._value_after(following.end())
            parts = (Comparison(name, sign, value), Comparison(name, following[1].strip(), last))
            return FoundComparison(start, end, parts, "chain")
        return FoundComparison(
            start, end, (Comparison(name, sign, value),), _missing_part(name, value)
        )

    def _flipped(self, start: int, number: str, sign: str, name: str, end: int) -> FoundComparison:
        """Return a comparison that begins with its number: 1<行政诉讼, 1<行政诉讼<10."""
        back = FLIPPED.get(OPERATORS.get(fold(sign), ""), "")
        if not name or is_number(name) or not back:
            fault: Fault = "numbers" if name else "valueless"
            return FoundComparison(start, end, (Comparison(number, sign, name),), fault)
        parts = [Comparison(name, back, number)]
        following = FOLLOWING_SIGN.match(self.plain, end)
        if following:
            end, last = self._value_after(following.end())
            parts.append(Comparison(name, following[1].strip(), last))
        return FoundComparison(start, end, tuple(parts), "" if parts[-1].value else "valueless")

    def _value_after(self, start: int) -> tuple[int, str]:
        """Return where the value behind a sign ends, and the value."""
        match = FOLLOWING_RUN.match(self.plain, start)
        if not match:
            return start, ""
        begin, end = match.span(1)
        for place in range(begin + 1, end):
            if JOINED.match(self.plain, place) or self.masked[place] in ("|", " "):
                end = place
                break
        of = OF.match(self.plain, begin, end)
        if of:
            return of.end("value"), self.text[begin : of.end("value")]
        value = TAIL.sub("", self.plain[begin:end])
        return end, self.text[begin : begin + len(value)]

    # ── words ────────────────────────────────────────────────────────────────────────────────────

    def _worded(self, match: re.Match[str]) -> FoundComparison | None:
        start, name = self._name_before(self._left_end(match))
        if start is None or (start < self.at and not name):
            return None
        if match["weak"]:
            return self._with_value(match["weak"], match.start("value"), start, name)
        if match["word"]:
            return None if _is_superlative(match) else self._with_number(match, start, name)
        if not name or not (is_known(name) or ends_in_figure(name)):
            return None
        return _open_or_bounded(match, start, name)

    def _left_end(self, match: re.Match[str]) -> int:
        """Return where the name before a match ends: 在 or 为 before a number is no part of it."""
        start = match.start()
        if not (match["low"] or match["behind"]):
            return start
        leading = LEADING.search(self.plain[self.at : start])
        return start - len(leading[0]) if leading else start

    def _with_number(self, match: re.Match[str], start: int, name: str) -> FoundComparison | None:
        """Return a comparison such as 行政诉讼大于0; None where the words are text."""
        word, begin, end = match["word"], match.start("number"), match.end("number")
        clean = self._is_clean_end(end)
        if not clean and not re.search(r"\d", match["number"]):
            return self._with_value(word, begin, start, name)
        end = end if clean else self._run_end(end)
        part = Comparison(name, WORDS[word], self.text[begin:end])
        if not name and word in SURE:
            return FoundComparison(start, end, (part,), "nameless", True) if clean else None
        spaced = self.plain[match.start() - 1 : match.start()].isspace()
        if not _means_figure(word, name, clean, spaced):
            return None
        return FoundComparison(start, end, (part,), worded=True)

    def _is_clean_end(self, end: int) -> bool:
        """Say whether a number ends here, and no text hangs on it."""
        patterns = (CLEAN_END, JOINED, NEXT)
        return any(pattern.match(self.plain, end) for pattern in patterns)

    def _with_value(self, word: str, begin: int, start: int, name: str) -> FoundComparison | None:
        """Return a comparison whose value is no number: 层级为乡镇, 行政诉讼为空."""
        run = self.plain[begin : self._run_end(begin)]
        value = TAIL.sub("", run.split("的")[0])
        if not value or not name:
            return None
        end = begin + len(value)
        is_value = compares_values(word) and takes_value(name, value)
        if not is_value and not (is_explicit(word) and _is_like_figure(name)):
            if not (_tells_of_number(word, value, run) and _is_like_figure(name)):
                return None
            end = begin + len(run)  # 行政复议大于行政诉讼: an error, which names the whole of it
        part = Comparison(name, WORDS[word], self.text[begin:end])
        return FoundComparison(start, end, (part,), worded=True)

    def _run_end(self, start: int) -> int:
        match = _RUN_END.match(self.plain, start)
        return match.end() if match else start

    # ── names ────────────────────────────────────────────────────────────────────────────────────

    def _name_before(self, end: int) -> tuple[int | None, str]:
        """Return the start of the name before a sign or word, and the name; None in a value.

        What is no part of the name, as 拆迁且 in 拆迁且行政诉讼>0, is left as it is.
        """
        left = LEFT.search(self.plain, self.at, end)
        assert left is not None
        start, name = left.start(), left["name"]
        cut, join = split_name(name)
        self.pending = (start + cut - len(join), join) if join else None
        start, name = start + cut, name[cut:]
        if not cut and FIELD_BEFORE.search(self.plain, self.at, start):
            return (end, "") if name and left["gap"] else (None, "")
        inherited = self._inherited(start) if not name else ""
        return (start if name else end), inherited or self.text[start : start + len(name)]

    def _inherited(self, end: int) -> str:
        """Return the name of the comparison that this one goes on with: 新收申请>100且<200."""
        last = max(self.found.values(), key=lambda one: one.end, default=None)
        if last is None or last.fault:
            return ""
        between = self.plain[last.end : end].strip()
        return last.parts[-1].name if not between or between in JOINING else ""

    # ── what stands between ──────────────────────────────────────────────────────────────────────

    def _take(self, found: FoundComparison) -> None:
        if self.pending:
            self._separate(*self.pending)
        self.found[found.start] = found
        self.masked[found.start : found.end] = MASK + MASKED * (found.end - found.start - 1)
        self.at = found.end
        of = OF_AFTER.match(self.plain, self.at)
        if of:
            self.masked[of.start() : of.end()] = " " * len(of[0])
            self.at = of.end()
        joined = JOINED.match(self.plain, self.at)
        if joined:
            self._separate(joined.start("join"), joined["join"])
            self.at = joined.end()

    def _separate(self, start: int, join: str) -> None:
        """Write the operator that a word between two conditions is."""
        self.masked[start : start + len(join)] = JOINING[join] * len(join)

    def _split_fields(self) -> None:
        """Part conditions that are joined by a word: 层级:乡镇且年份:2019."""
        for match in FIELD_AHEAD.finditer(self.plain):
            name = match["name"]
            before = re.search(r"[\w.·]*\Z", self.plain[: match.start()])
            if is_known(self.plain[before.start() if before else 0 : match.end("name")]):
                continue
            if len(name) > 1 and _begins_field(name):
                self._separate(match.start("join"), match["join"])

    def _join_apart(self) -> None:
        """Read a word beside a condition as the operator it is: 行政诉讼>0 且 行政复议>0."""
        masked = "".join(self.masked)
        for match in JOIN_APART.finditer(self.plain):
            before, after = masked[: match.start()].split(), masked[match.end() :].split()
            if before and after and _is_condition(before[-1]) and _is_condition(after[0]):
                self._separate(match.start(), match["join"])


def _without_quotes(text: str) -> str:
    """Return the text folded character by character, what is quoted and every address hidden."""
    folded = (fold(character) for character in text)
    plain = [
        one if len(one) == 1 else character for one, character in zip(folded, text, strict=True)
    ]
    for pattern in (QUOTED, ADDRESS):
        for match in pattern.finditer(text):
            plain[match.start() : match.end()] = HIDDEN * len(match[0])
    return "".join(plain)


def _missing_part(name: str, value: str) -> Fault:
    if name:
        return "" if value else "valueless"
    return "nameless" if value else "nothing"


def _open_or_bounded(match: re.Match[str], start: int, name: str) -> FoundComparison:
    """Return a comparison without its number, with two, or with 以上 and the like behind one."""
    fault: Fault = ""
    if match["open"]:
        part, fault = Comparison(name, match["open"], ""), "valueless"
    elif match["low"]:
        part = Comparison(name, ":", f"{match['low']}..{match['high']}")
    else:
        part = Comparison(name, BEHIND[match["behind"]], match["before"])
    return FoundComparison(start, match.end(), (part,), fault, True)


def _is_like_figure(name: str) -> bool:
    return is_known(name) or nearest_figure(name) is not None


def _is_rate_without_figure(name: str) -> bool:
    rate = unavailable(name)
    return rate is not None and not rate.instead and not rate.dated


def _is_superlative(match: re.Match[str]) -> bool:
    """Say whether a year follows 最多 or 最少, as in 败诉最多2019年."""
    return match["word"] in _SUPERLATIVES and YEAR.fullmatch(match["number"]) is not None


def _means_figure(word: str, name: str, clean: bool, spaced: bool) -> bool:
    """Say whether a figure is compared; a word of any sentence needs more certainty."""
    if word in SURE:
        return clean or _is_figure_like(name, spaced)
    return _is_nearly_figure(name)


def _is_figure_like(name: str, spaced: bool) -> bool:
    """Say whether a figure may be meant; a word before white space must be nearly its name."""
    if is_known(name) or ends_in_figure(name):
        return True
    return bool(nearest(name, figure_names()) if spaced else nearest_figure(name))


def _is_nearly_figure(name: str) -> bool:
    """Say whether a name is known, or a figure's but for a slip; a rate of nothing is no figure."""
    if _is_rate_without_figure(name):
        return False
    if is_known(name) or ends_in_figure(name):
        return True
    return nearest(name, figure_names(), contained=False) is not None


def _tells_of_number(word: str, value: str, run: str) -> bool:
    """Say whether a value shows that a number was to be compared: a digit in it, or a figure."""
    if word not in SURE:
        return False
    return bool(re.search(r"\d", run)) or (is_known(value) and word not in _SUPERLATIVES)


def _begins_field(name: str) -> bool:
    return bool(find_facet(name) or is_body(name) or figure_called(name))


def _is_condition(token: str) -> bool:
    name, colon, value = fold(token).partition(":")
    return MASK in token or bool(colon and value and _begins_field(name))
