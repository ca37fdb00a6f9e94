"""The synonym file: which words say the same. Read at start, used by queries only, so that no index knows of it.

One group a line, `依申请公开 ~ 申请公开`: each word stands for the others. `败诉 > 结果纠正` goes one way: who types the first
finds the second too, not the other way round. `#` begins a comment. In a file of one's own, which adds to the one that comes with
the program, `! 败诉` takes out what the latter says of a word, `! *` everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from indexer.errors import ConfigError
from indexer.search.analysis.run_expansion import SynonymTable, words_with_synonyms
from indexer.search.query import (
    ALL_SYNONYMS,
    And,
    InSections,
    Node,
    Or,
    Phrase,
    Prefix,
    Query,
    Synonym,
    UnquotedText,
    nodes_of,
)
from indexer.settings import Settings
from indexer.text.folding import fold

FILE = "synonyms.txt"
_MOST = 12
"""The words of a group: each is sought in every report as if it were quoted."""
_SHORTEST = 2
_TILDE = re.compile("[~～〜]")
_ARROW = re.compile("[>＞]")
_UNTYPED = re.compile('[\\s"＂“”「」『』()（）|｜*＊:：<>=!＜＞＝！~～]')
"""What no unquoted word can hold."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What the synonym files say: `table` is a folded word → what it is searched as well, `printed` the word as written."""

    table: SynonymTable = field(default_factory=lambda: MappingProxyType({}))
    printed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


NO_SYNONYMS = Synonyms()

# ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a synonym file: one of `typed` finds all of `found`; with neither it takes out `dropped`."""

    typed: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    dropped: str = ""


def read_synonyms(settings: Settings) -> Synonyms:
    """Return the synonyms in force; ConfigError names the line at fault.

    Those that come with the program, and those of the user's file: the one that is set, or else `synonyms.txt` beside the
    folder of the corpus, if it is there.
    """
    shipped = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    lines = list(_read_lines(shipped, FILE))
    path = settings.synonyms or settings.corpus.parent / FILE
    if settings.synonyms or path.is_file():
        own = list(_read_lines(_read_text(path), str(path)))
        dropped = {fold(line.dropped) for line in own if line.dropped}
        lines = [] if ALL_SYNONYMS in dropped else [_without(line, dropped) for line in lines]
        lines += own
    return build_synonyms((line.typed, line.found) for line in lines)


def build_synonyms(groups: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> Synonyms:
    """Return the synonyms of groups: each of the first words finds all of the second ones.

    >>> build_synonyms([(("败诉",), ("结果纠正",))]).table["败诉"]
    ('结果纠正',)
    """
    table: dict[str, tuple[str, ...]] = {}
    printed: dict[str, str] = {}
    for typed, found in groups:
        for word in typed:
            key = fold(word)
            printed.setdefault(key, word)
            known = {key, *map(fold, table.get(key, ()))}
            table[key] = (
                *table.get(key, ()),
                *(other for other in found if fold(other) not in known),
            )
    return Synonyms(MappingProxyType(table), MappingProxyType(printed))


def _without(line: _Line, dropped: set[str]) -> _Line:
    typed, found = (
        tuple(word for word in words if fold(word) not in dropped)
        for words in (line.typed, line.found)
    )
    return replace(line, typed=typed, found=found)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = (
            "不是 UTF-8 编码"
            if isinstance(error, UnicodeDecodeError)
            else error.strerror or str(error)
        )
        raise ConfigError(
            f"同义词文件 {path} 读不出来：{reason}。请改正，或改设置 NIANBAO_SYNONYMS，或移走它以只用自带的同义词。"
        ) from error


def _read_lines(text: str, name: str) -> Iterator[_Line]:
    for number, printed in enumerate(text.splitlines(), 1):
        line = printed.partition("#")[0].strip()
        if line:
            yield _read_line(line, f"同义词文件 {name} 第 {number} 行“{line[:60]}”")


def _read_line(line: str, where: str) -> _Line:
    if line[0] in "!！":
        return _Line(
            dropped=line[1:].strip()
            if line[1:].strip() == ALL_SYNONYMS
            else _read_word(line[1:], where)
        )
    arrow, tilde = _ARROW.split(line), _TILDE.split(line)
    if len(arrow) > 2 or (len(arrow) == 2 and _TILDE.search(arrow[0])):
        _refuse(where, "“>”的左边应只有一个词，一行最多一个“>”，如：败诉 > 结果纠正 ~ 撤销")
    if len(arrow) == 1 and len(tilde) == 1:
        _refuse(
            where, "只有一个词。请用“~”写上它的同义词，如：依申请公开 ~ 申请公开；不用这一行就删去"
        )
    words = tuple(
        _read_word(word, where) for word in (tilde if len(arrow) == 1 else _TILDE.split(arrow[1]))
    )
    typed = words if len(arrow) == 1 else (_read_word(arrow[0], where),)
    everyone = [*words, *typed] if arrow[1:] else words
    if len(everyone) > _MOST:
        _refuse(where, f"有 {len(everyone)} 个词，一行最多 {_MOST} 个。请分成几行")
    if len(set(map(fold, everyone))) < len(everyone):
        _refuse(where, "同一个词写了两遍。请删去一个；简繁、全半角、大小写本来就不分")
    for word in typed:
        _check_typed(word, where)
    return _Line(typed, words)


def _read_word(written: str, where: str) -> str:
    word = written.strip()
    if len(fold(word)) < _SHORTEST:
        _refuse(where, f"“{word}”太短，一个词至少 {_SHORTEST} 个字。请写全，或删去多余的“~”“>”")
    return word


def _check_typed(word: str, where: str) -> None:
    unfit = _UNTYPED.search(word)
    if unfit:
        _refuse(
            where,
            f"检索框里打不出“{word}”这样一个词，因为有“{unfit[0]}”。请删去它，或只写在“>”的右边",
        )


def _refuse(where: str, fault: str) -> NoReturn:
    raise ConfigError(f"{where}：{fault}。改好后重新启动。")


# ── the synonyms of a query ─────────────────────────────────────────────────────────────────────────────────────


def with_synonyms(query: Query, synonyms: Synonyms) -> Query:
    """Return the query with the synonyms of its unquoted words, those that it refuses switched off.

    What is asked for by itself is nobody's synonym: who types both 发改委 and 发展改革委 wants both. Nor is what contains the
    word, for it is found anyway.
    """
    if query.root is None:
        return replace(query, synonyms=())
    words = tuple(
        dict.fromkeys(
            word for run in _runs(query.root) for word in words_with_synonyms(run, synonyms.table)
        )
    )
    asked = {
        *words,
        *(
            fold(node.text)
            for node in nodes_of(query.root)
            if isinstance(node, UnquotedText | Phrase | Prefix)
        ),
    }
    off = {fold(word) for word in query.refused}
    found = tuple(
        Synonym(synonyms.printed[word], also, off.isdisjoint({ALL_SYNONYMS, fold(also)}))
        for word in words
        for also in synonyms.table[word]
        if fold(also) not in asked and word not in fold(also)
    )
    return replace(query, synonyms=found)


def _runs(node: Node) -> Iterator[str]:
    """Yield the unquoted runs that are not ruled out."""
    match node:
        case UnquotedText(text):
            yield text
        case And(parts) | Or(parts):
            for part in parts:
                yield from _runs(part)
        case InSections(_, part) if part is not None:
            yield from _runs(part)
        case _:
            return
