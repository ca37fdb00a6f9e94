"""Finds comparisons in a query text, in signs or words, so that none is read as a word.

A comparison is masked character by character and noted with its place: the grammar sees one token
there, and every place in the text stays where it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from indexer.search.catalogue.facets import facets, find_facet, find_value
from indexer.search.catalogue.figure_names import figure_called, figure_names
from indexer.search.catalogue.name_matching import nearest
from indexer.search.catalogue.place_names import PLACE_FACETS
from indexer.search.catalogue.statuses import find_status
from indexer.search.language.comparison_wordings import (
    BEHIND,
    FLIPPED,
    JOINING,
    NUMBER,
    OPERATORS,
    SIGN_RUN,
    SIGNS,
    SLIPS,
    SURE,
    WORDS,
    any_of,
    compares_values,
    is_explicit,
)
from indexer.search.language.condition_names import is_body, is_known, nearest_figure, unavailable
from indexer.search.language.spoken_places import find_place
from indexer.text.folding import fold

MASK, MASKED = "\ufdd0", "\ufdd1"
"""The first character of a masked comparison and the others: noncharacters, which no text has."""
_HIDDEN = "\x00"
"""Stands for what is quoted, or is an address, while comparisons are looked for."""
_APART = '()|"“”「」『』' + _HIDDEN
_QUOTED = re.compile(
    r'"(?:\\"|[^"])*"?|“[^“”]*(?:“[^“”\s][^“”]*”[^“”]*)+”|“[^“”]*[“”]?|”[^“”]+[“”]|＂[^＂]*＂?|「[^」]*」?|『[^』]*』?'
)
_ADDRESS = re.compile(r"[A-Za-z]+://[^\s\"“”]*|www\.[^\s\"“”]*")
_JOIN = any_of(JOINING)
_NAME = r"[^\W\d_][\w.·・/]*?"
_EXPLICIT = {word: sign for word, sign in SURE.items() if is_explicit(word)}
_RUN = rf"[^\s!{SIGNS}{re.escape(_APART)}]+"
_SHAPE = rf"(?:(?:{_NAME}\s*)?(?:{SIGN_RUN}|(?:{any_of(SURE)})\s*{NUMBER})|{_NAME}\s*(?:{any_of(WORDS)})\s*{NUMBER})"
_JOINED = re.compile(rf"\s*(?P<join>{_JOIN})\s*(?={_SHAPE})")
_FIELD_AHEAD = re.compile(rf"(?P<join>{_JOIN})\s*(?P<name>[^\W\d_][\w.·]*)\s*:")
_NEXT = re.compile(
    rf"(?P<sign>{SIGN_RUN})"
    rf"|(?P<slip>[{''.join(SLIPS)}])=?(?=\s*\d)"
    rf"|(?<![\d.,])(?P<low>{NUMBER})\s*(?:到|至|~|\.\.+|…+|—+|-+|和|与)\s*(?P<high>{NUMBER})\s*(?:之间|区间)?"
    rf"|(?<![\d.,])(?P<before>{NUMBER})\s*(?:及|或者|或)?(?P<behind>{any_of(BEHIND)})"
    rf"|(?P<word>{any_of(WORDS)})\s*(?P<number>{NUMBER})"
    rf"|(?P<weak>{any_of(WORDS)})\s*(?P<value>{_RUN})"
    rf"|(?P<open>{any_of(_EXPLICIT)})(?=\s*(?:$|[{re.escape(_APART)}]))"
)
_BANG = re.compile(rf"(?:^|(?<=[\s(|]))!(?=(?P<name>[^\W\d_][\w.·]*)\s*(?:{SIGN_RUN}|:))")
"""A negation as programs write it: !行政诉讼>0."""
_LEFT = re.compile(r"(?P<name>[\w.·・/]*)(?P<gap>\s*(?:(?<=\s):\s*)?)\Z")
_LEADING = re.compile(r"(?:在|介于|处于|为|是|达到|达|有)\Z")
_OF = re.compile(rf"(?P<value>{NUMBER})的")
_FIELD_BEFORE = re.compile(rf"(?:^|(?<=[\s{re.escape(_APART)}]))-*[^\W\d_][\w.·・/]*:\Z")
_TAIL = re.compile("[。,;!?、.，；！？]+$")
_CLEAN = re.compile(rf"(?=[\s。,;!?、的{re.escape(_APART)}]|$)")
_SUPERLATIVES = ("最多", "最少")
"""Words that order reports unless a number stands behind them."""
_YEAR = re.compile(r"\d{4}年?度?")

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
    """A query text with its comparisons masked, and what stands at the place of each."""

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
        for match in _BANG.finditer(self.plain):
            if is_known(match["name"]):
                self.masked[match.start()] = "-"

    def scan(self) -> None:
        """Find all comparisons and mask them."""
        self._split_fields()
        looked = 0
        while match := _NEXT.search(self.plain, looked):
            signed = match["sign"] or match["slip"]
            found = self._signed(match) if signed else self._worded(match)
            if found is None:
                looked = max(
                    match.end("word" if match["word"] else "weak" if match["weak"] else 0),
                    looked + 1,
                )
                continue
            self._take(found)
            looked = self.at
        self._join_apart()

    # ── signs ───────────────────────────────────────────────────────────────────────────────────────────

    def _signed(self, match: re.Match[str]) -> FoundComparison | None:
        start, name = self._name_before(match.start())
        if start is None:
            return None
        sign = self.text[match.start() : match.end()].strip()
        if match["slip"] and not is_known(name):
            return None
        end, value = self._value_after(match.end())
        following = re.compile(rf"\s*({SIGN_RUN})").match(self.plain, end)
        if _is_number(name):
            return self._flipped(start, name, sign, value, end)
        if following and not _JOINED.match(self.plain, end) and value:
            end, last = self._value_after(following.end())
            parts = (Comparison(name, sign, value), Comparison(name, following[1].strip(), last))
            return FoundComparison(start, end, parts, "chain")
        fault: Fault = (
            "" if name and value else "valueless" if name else "nameless" if value else "nothing"
        )
        return FoundComparison(start, end, (Comparison(name, sign, value),), fault)

    def _flipped(self, start: int, number: str, sign: str, name: str, end: int) -> FoundComparison:
        """Return a comparison that begins with its number: 1<行政诉讼, 1<行政诉讼<10."""
        back = FLIPPED.get(OPERATORS.get(fold(sign), ""), "")
        if not name or _is_number(name) or not back:
            fault: Fault = "numbers" if name else "valueless"
            return FoundComparison(start, end, (Comparison(number, sign, name),), fault)
        parts = [Comparison(name, back, number)]
        following = re.compile(rf"\s*({SIGN_RUN})").match(self.plain, end)
        if following:
            end, last = self._value_after(following.end())
            parts.append(Comparison(name, following[1].strip(), last))
        return FoundComparison(start, end, tuple(parts), "" if parts[-1].value else "valueless")

    def _value_after(self, start: int) -> tuple[int, str]:
        """Return where the value behind a sign ends, and the value."""
        match = re.compile(rf"\s*({_RUN})").match(self.plain, start)
        if not match:
            return start, ""
        begin, end = match.span(1)
        for place in range(begin + 1, end):
            if _JOINED.match(self.plain, place) or self.masked[place] in ("|", " "):
                end = place
                break
        of = _OF.match(self.plain, begin, end)
        if of:
            return of.end("value"), self.text[begin : of.end("value")]
        value = _TAIL.sub("", self.plain[begin:end])
        return end, self.text[begin : begin + len(value)]

    # ── words ───────────────────────────────────────────────────────────────────────────────────────────

    def _worded(self, match: re.Match[str]) -> FoundComparison | None:
        start, name = self._name_before(self._left_end(match))
        if start is None or (start < self.at and not name):
            return None
        if match["open"]:
            part = Comparison(name, match["open"], "")
            return self._if_known(FoundComparison(start, match.end(), (part,), "valueless", True))
        if match["low"]:
            value = f"{match['low']}..{match['high']}"
            return self._if_known(
                FoundComparison(start, match.end(), (Comparison(name, ":", value),), worded=True)
            )
        if match["behind"]:
            part = Comparison(name, BEHIND[match["behind"]], match["before"])
            return self._if_known(FoundComparison(start, match.end(), (part,), worded=True))
        if match["weak"]:
            return self._with_value(match["weak"], match.start("value"), start, name)
        return self._with_number(match, start, name)

    def _left_end(self, match: re.Match[str]) -> int:
        """Return where the name before a match ends: 在 and 为 before a number belong to no name."""
        start = match.start()
        leading = (
            _LEADING.search(self.plain[self.at : start])
            if match["low"] or match["behind"]
            else None
        )
        return start - len(leading[0]) if leading else start

    def _with_number(self, match: re.Match[str], start: int, name: str) -> FoundComparison | None:
        word, end = match["word"], match.end("number")
        if word in _SUPERLATIVES and _YEAR.fullmatch(match["number"]):
            return None
        spaced = self.plain[match.start() - 1 : match.start()].isspace()
        clean = bool(
            _CLEAN.match(self.plain, end)
            or _JOINED.match(self.plain, end)
            or _NEXT.match(self.plain, end)
        )
        if not clean and not re.search(r"\d", match["number"]):
            return self._with_value(word, match.start("number"), start, name)
        value = self.text[match.start("number") : end]
        if not clean:
            end = self._run_end(end)
            value = self.text[match.start("number") : end]
        found = FoundComparison(start, end, (Comparison(name, WORDS[word], value),), worded=True)
        rate = unavailable(name)
        if word not in SURE and rate and not rate.instead and not rate.dated:
            return None
        if is_known(name) or _known_end(name):
            return found
        if word in SURE:
            near = name and (nearest_figure(name) if not spaced else nearest(name, figure_names()))
            fault: Fault = "" if name else "nameless"
            return FoundComparison(start, end, found.parts, fault, True) if clean or near else None
        return found if nearest(name, figure_names(), contained=False) else None

    def _with_value(self, word: str, begin: int, start: int, name: str) -> FoundComparison | None:
        """Return a comparison whose value is no number: 层级为乡镇, 行政诉讼为空, 行政复议大于行政诉讼."""
        run = self.plain[begin : self._run_end(begin)]
        value = _TAIL.sub("", run.split("的")[0])
        part = Comparison(name, WORDS[word], self.text[begin : begin + len(value)])
        found = FoundComparison(start, begin + len(value), (part,), worded=True)
        if not value or not name:
            return None
        if is_explicit(word) and (is_known(name) or nearest_figure(name)):
            return found
        if compares_values(word) and _takes(name, value):
            return found
        telling = word in SURE and (
            re.search(r"\d", run) or (is_known(value) and word not in _SUPERLATIVES)
        )
        if telling and (is_known(name) or nearest_figure(name)):
            part = Comparison(name, WORDS[word], self.text[begin : begin + len(run)])
            return FoundComparison(start, begin + len(run), (part,), worded=True)
        return None

    def _if_known(self, found: FoundComparison) -> FoundComparison | None:
        name = found.parts[0].name
        return found if name and (is_known(name) or _known_end(name)) else None

    def _run_end(self, start: int) -> int:
        match = re.compile(_RUN).match(self.plain, start)
        return match.end() if match else start

    # ── names ───────────────────────────────────────────────────────────────────────────────────────────

    def _name_before(self, end: int) -> tuple[int | None, str]:
        """Return the start of the name before a sign or word, and the name; None in a value.

        What is no part of the name, as 拆迁且 in 拆迁且行政诉讼>0, is left as it is.
        """
        left = _LEFT.search(self.plain, self.at, end)
        assert left is not None
        start, name = left.start(), left["name"]
        cut, join = _cut_name(name)
        self.pending = (start + cut - len(join), join) if join else None
        start, name = start + cut, name[cut:]
        if not cut and _FIELD_BEFORE.search(self.plain, self.at, start):
            return (end, "") if name and left["gap"] else (None, "")
        inherited = self._inherited(start) if not name else ""
        return (start if name else end), inherited or self.text[start : start + len(name)]

    def _inherited(self, end: int) -> str:
        """Return the name of the comparison that this one goes on with: 新收申请>100且<200."""
        last = max(self.found.values(), key=lambda one: one.end, default=None)
        between = self.plain[last.end : end] if last else "…"
        joined = not between.strip() or between.strip() in JOINING
        return last.parts[-1].name if last and joined and not last.fault else ""

    # ── what stands between ─────────────────────────────────────────────────────────────────────────────

    def _take(self, found: FoundComparison) -> None:
        if self.pending:
            self._separate(*self.pending)
        self.found[found.start] = found
        self.masked[found.start : found.end] = MASK + MASKED * (found.end - found.start - 1)
        self.at = found.end
        of = re.compile(r"\s*的(?=\s|$)|的").match(self.plain, self.at)
        if of:
            self.masked[of.start() : of.end()] = " " * len(of[0])
            self.at = of.end()
        joined = _JOINED.match(self.plain, self.at)
        if joined:
            self._separate(joined.start("join"), joined["join"])
            self.at = joined.end()

    def _separate(self, start: int, join: str) -> None:
        """Write the operator that a word between two conditions is."""
        self.masked[start : start + len(join)] = JOINING[join] * len(join)

    def _split_fields(self) -> None:
        """Part conditions that are joined by a word: 层级:乡镇且年份:2019."""
        for match in _FIELD_AHEAD.finditer(self.plain):
            name = match["name"]
            before = re.search(r"[\w.·]*\Z", self.plain[: match.start()])
            if is_known(self.plain[before.start() if before else 0 : match.end("name")]):
                continue
            if (find_facet(name) or is_body(name) or figure_called(name)) and len(name) > 1:
                self._separate(match.start("join"), match["join"])

    def _join_apart(self) -> None:
        """Read a word beside a condition as the operator it is: 行政诉讼>0 且 行政复议>0."""
        masked = "".join(self.masked)
        for match in re.finditer(rf"(?<=\s)(?P<join>{_JOIN})(?=\s)", self.plain):
            before, after = masked[: match.start()].split(), masked[match.end() :].split()
            if before and after and (_is_condition(before[-1]) and _is_condition(after[0])):
                self._separate(match.start(), match["join"])


def _without_quotes(text: str) -> str:
    """Return the text folded character by character, what is quoted and every address hidden."""
    folded = (fold(character) for character in text)
    plain = [
        one if len(one) == 1 else character for one, character in zip(folded, text, strict=True)
    ]
    for pattern in (_QUOTED, _ADDRESS):
        for match in pattern.finditer(text):
            plain[match.start() : match.end()] = _HIDDEN * len(match[0])
    return "".join(plain)


def _cut_name(name: str) -> tuple[int, str]:
    """Return how much before a name is none of it, and the word that joins the two, if any."""
    if not name or is_known(name) or _is_number(name):
        return 0, ""
    for match in re.finditer(_JOIN, name):
        if is_known(name[match.end() :]) and len(name) - match.end() > 1:
            return match.end(), match[0]
    for at in range(1, len(name) - 1):
        rest = name[at:]
        if (figure_called(rest) or unavailable(rest)) and _are_labels(name[:at]):
            return at, ""
    return 0, ""


def _takes(name: str, value: str) -> bool:
    """Say whether a value in words is one of the facet or figure of this name."""
    facet = find_facet(name) if len(name) > 1 else None
    if facet and facet.name in PLACE_FACETS:
        return find_place(value) is not None
    if facet and (facet.values or facet.name == "year"):
        return find_value(facet, value) is not None
    return bool(figure_called(name) and find_status(value))


def _known_end(name: str) -> bool:
    """Say whether a name ends in a figure's."""
    return any(figure_called(name[at:]) for at in range(1, len(name) - 1))


def _are_labels(text: str) -> bool:
    """Say whether a text is made of names of places, levels and years."""
    if not text:
        return True
    pieces = (text[:at] for at in range(len(text), 0, -1))
    return any(
        _is_label(piece) and _are_labels(text[len(piece) :].removeprefix("的")) for piece in pieces
    )


def _is_label(text: str) -> bool:
    place = find_place(text)
    level = find_value(facets()["level"], text) if len(text) > 1 else None
    return bool(level or _YEAR.fullmatch(text) or (place and place.sure))


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(NUMBER, text)) and bool(text)


def _is_condition(token: str) -> bool:
    name, colon, value = fold(token).partition(":")
    return MASK in token or bool(
        colon and value and (find_facet(name) or figure_called(name) or is_body(name))
    )
