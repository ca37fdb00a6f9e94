"""Expands an unquoted run of characters: into its words, its literal forms and their synonyms."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from indexer.search.analysis.segmenter import tokens
from indexer.search.query import And, Node, Or, Phrase, UnquotedText
from indexer.text.folding import HAN, fold

SynonymTable: TypeAlias = Mapping[str, tuple[str, ...]]
"""A folded word → what is searched for as well, as printed."""

_HAN = re.compile(HAN)
PARTICLES = frozenset("的了和与及或是在有为对等被将把以之其所于由从向而并也都就")
_MAX_JOINED_WORDS = 12
"""The most words of the segmenter that are tried together as one word with synonyms."""


@dataclass(frozen=True, slots=True)
class ExpandedRun:
    """What an unquoted run matches: `whole`, or all of `parts`, or one of `also` literally.

    `also` are its synonyms. `plainly` are the parts into which the run falls without synonyms and
    with all its words, if these differ: synonyms never hide what the run finds without them.

    A synonym matches literally, as if quoted: 发展, 改革, 委员会 scattered over a report are no
    发改委.
    """

    whole: UnquotedText | Phrase
    parts: tuple[ExpandedRun, ...] = ()
    also: tuple[Phrase, ...] = ()
    plainly: tuple[ExpandedRun, ...] = ()

    @property
    def node(self) -> Node:
        """What finds it, with no run in it that would have to be spelled out again."""
        ways = (self.whole, *_together(self.parts), *_together(self.plainly), *self.also)
        return Or(ways) if len(ways) > 1 else self.whole


def _together(parts: tuple[ExpandedRun, ...]) -> tuple[Node, ...]:
    nodes = tuple(part.node for part in parts)
    return (And(nodes),) if len(nodes) > 1 else nodes


def expand_run(run: str, table: SynonymTable, without: Sequence[str] = ()) -> ExpandedRun:
    """Return what an unquoted run asks for, the words in it that have synonyms among its parts.

    A single Chinese character says nothing by itself: 办/结率 would match any 办. So single
    characters are taken together with the word before them, or after them, and match literally;
    particles are left out. The whole run matches wherever it occurs literally.

    `without` are words that need not occur unless the run occurs literally: each stretch between
    them is a run of its own; without any stretch they are words like all others.
    """
    if not table and not without:
        return _expand_alone(run)
    folded = fold(run)
    stretches = tuple(_stretches(folded, without, table)) if without else ()
    if stretches and stretches != (folded,):
        parts = tuple(_expand_apart(text, table) for text in stretches)
        return ExpandedRun(Phrase(run), parts, plainly=_expand_hanging(run, table, without))
    return _expand_with_synonyms(run, folded, table)


def _expand_with_synonyms(run: str, folded: str, table: SynonymTable) -> ExpandedRun:
    cut = cut_run(folded, table)
    if not any(word in table for word in cut):
        return _expand_plainly(run, _groups(cut))
    if folded in table:
        return _with_synonyms(folded, table)
    parts = tuple(_expand_group(group, table) for group in _groups(cut))
    plainly = _expand_plainly(run, _groups(cut_run(folded, {}))).parts
    same = [part.whole for part in parts] == [part.whole for part in plainly]
    return ExpandedRun(Phrase(run), parts, plainly=() if same else plainly)


@lru_cache(maxsize=1 << 12)
def _expand_alone(run: str) -> ExpandedRun:
    return _expand_plainly(run, _groups(cut_run(fold(run), ())))


def words_with_synonyms(run: str, table: SynonymTable) -> tuple[str, ...]:
    """Return the words of a run that have synonyms, folded.

    A word that the segmenter would cut is found where its pieces follow each other, never across
    the border of a word: 大会乡 is not in 大会/乡镇. The longest is taken.

    >>> table = {"申请公开": ("依申请公开",), "依申请公开": ("申请公开",), "发改委": ("发改局",)}
    >>> words_with_synonyms("县发改委依申请公开", table)
    ('发改委', '依申请公开')
    """
    return tuple(dict.fromkeys(word for word in cut_run(fold(run), table) if word in table))


def _stretches(folded: str, without: Sequence[str], table: SynonymTable) -> Iterator[str]:
    """Yield what lies between the words that are left out, without the particles at its ends."""
    spans: list[list[tuple[int, int]]] = [[]]
    at = 0
    for word in cut_run(folded, {**dict.fromkeys(without, ()), **table}):
        start = folded.index(word, at)
        at = start + len(word)
        if word in without:
            spans.append([])
        elif spans[-1] or word not in PARTICLES:
            spans[-1].append((start, at))
    for stretch in spans:
        while stretch and folded[slice(*stretch[-1])] in PARTICLES:
            stretch.pop()
        if stretch:
            yield folded[stretch[0][0] : stretch[-1][1]]


def _expand_apart(run: str, table: SynonymTable) -> ExpandedRun:
    """Expand a stretch of a longer run into single words, by which the longer run is scored."""
    spelling, leaves = expand_run(run, table), [_leaf(group) for group in _groups(cut_run(run, ()))]
    if spelling.parts or [leaf.text for leaf in leaves] == [run]:
        return spelling
    return ExpandedRun(Phrase(run), tuple(map(ExpandedRun, leaves)), spelling.also)


def _expand_hanging(
    run: str, table: SynonymTable, without: Sequence[str]
) -> tuple[ExpandedRun, ...]:
    """Return the parts of a whole run in which a single character hangs on a word left out.

    Without that word it would hang on another. Otherwise nothing: what has all words of a run has
    those of its stretches too.
    """
    hanging = any(
        len(group) > 1 and set(group) & set(without) for group in _groups(cut_run(fold(run), table))
    )
    return expand_run(run, table).parts if hanging else ()


def cut_run(folded: str, known: Container[str]) -> list[str]:
    """Return the words of a folded run, those that make up a known one joined."""
    if folded in known:
        return [folded]
    outer: dict[int, tuple[int, int]] = {}
    for token in tokens(folded):
        outer.setdefault(token.position, (token.start, token.end))
    spans = list(outer.values())
    cut, at = [], 0
    while at < len(spans):
        ends = range(min(at + _MAX_JOINED_WORDS, len(spans)), at, -1)
        end = next(
            (end for end in ends if folded[spans[at][0] : spans[end - 1][1]] in known), at + 1
        )
        cut.append(folded[spans[at][0] : spans[end - 1][1]])
        at = end
    return cut


def _expand_plainly(run: str, groups: list[list[str]]) -> ExpandedRun:
    if groups and all(len(group) == 1 and not _is_single(group[0]) for group in groups):
        return ExpandedRun(UnquotedText(run))
    whole = Phrase(run)
    return (
        ExpandedRun(whole, tuple(ExpandedRun(_leaf(group)) for group in groups))
        if len(groups) > 1
        else ExpandedRun(whole)
    )


def _leaf(group: list[str]) -> UnquotedText | Phrase:
    return (
        Phrase("".join(group)) if len(group) > 1 or _is_single(group[0]) else UnquotedText(group[0])
    )


def _expand_group(group: list[str], table: SynonymTable) -> ExpandedRun:
    """Spell out a word with what hangs on it; what hangs on a word hangs on its synonym too."""
    if len(group) == 1 and group[0] in table:
        return _with_synonyms(group[0], table)
    others = ("".join(other) for other in _exchanged(group, table))
    return ExpandedRun(_leaf(group), also=tuple(map(Phrase, dict.fromkeys(others))))


def _exchanged(group: list[str], table: SynonymTable) -> Iterator[list[str]]:
    for at, word in enumerate(group):
        for synonym in table.get(word, ()):
            yield [*group[:at], synonym, *group[at + 1 :]]


def _with_synonyms(word: str, table: SynonymTable) -> ExpandedRun:
    return replace(
        _expand_plainly(word, _groups(cut_run(word, {}))), also=tuple(map(Phrase, table[word]))
    )


def _groups(cut: list[str]) -> list[list[str]]:
    """Return the words of a run, each with the single characters that hang on it."""
    groups: list[list[str]] = [[]]
    for word in cut:
        if word in PARTICLES:
            groups.append([])
        elif _is_single(word) or (groups[-1] and all(map(_is_single, groups[-1]))):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [group for group in groups if group]


def _is_single(word: str) -> bool:
    return len(word) == 1 and bool(_HAN.match(word))
