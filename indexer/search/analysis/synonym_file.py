"""The synonym file: which words mean the same. Read at start; used by queries only.

One group a line, `依申请公开 ~ 申请公开`: each word finds the others too. `败诉 > 结果纠正` works
one way: the first finds the second, not the other way round. `#` begins a comment. In a file of
one's own, which adds to the built-in one, `! 败诉` takes out what the latter says of a word, `! *`
everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import NoReturn

from indexer.errors import ConfigError
from indexer.records import Message, Param
from indexer.search.analysis.synonyms import Synonyms, build_synonyms
from indexer.search.query import ALL_SYNONYMS
from indexer.settings import Settings
from indexer.text.folding import fold

SYNONYM_FILE = "synonyms.txt"
MAX_GROUP_WORDS = 12
"""The words of a group: each is sought in every report as if it were quoted."""
MIN_WORD_LENGTH = 2
_MAX_LINE_SHOWN = 60
_TILDE = re.compile("[~～〜]")
_ARROW = re.compile("[>＞]")
_UNTYPABLE = re.compile('[\\s"＂“”「」『』()（）|｜*＊:：<>=!＜＞＝！~～]')
"""What no unquoted word can hold."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: one of `typed` finds all of `found`; without both it takes out `dropped`."""

    typed: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    dropped: str = ""


def read_synonyms(settings: Settings) -> Synonyms:
    """Return the synonyms in force; ConfigError names the line at fault.

    Those that come with the program, and those of the user's file: the one that is set, or else
    `synonyms.txt` beside the folder of the corpus, if it is there.
    """
    shipped = resources.files(__package__).joinpath(SYNONYM_FILE).read_text(encoding="utf-8")
    lines = list(_read_lines(shipped, SYNONYM_FILE))
    path = settings.synonyms or settings.corpus.parent / SYNONYM_FILE
    if settings.synonyms or path.is_file():
        own = list(_read_lines(_read_text(path), str(path)))
        dropped = {fold(line.dropped) for line in own if line.dropped}
        lines = [] if ALL_SYNONYMS in dropped else [_without(line, dropped) for line in lines]
        lines += own
    return build_synonyms((line.typed, line.found) for line in lines)


def _without(line: _Line, dropped: set[str]) -> _Line:
    typed, found = (
        tuple(word for word in words if fold(word) not in dropped)
        for words in (line.typed, line.found)
    )
    return replace(line, typed=typed, found=found)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        reason: Param = Message.of("config.synonyms.not_utf8")
        raise ConfigError("config.synonyms.unreadable", file=str(path), reason=reason) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError("config.synonyms.unreadable", file=str(path), reason=reason) from error


def _read_lines(text: str, file: str) -> Iterator[_Line]:
    for number, printed in enumerate(text.splitlines(), 1):
        line = printed.partition("#")[0].strip()
        if line:
            yield _LineReader(file, number, line).read()


@dataclass(frozen=True, slots=True)
class _LineReader:
    """Reads one line; ConfigError says where it stands and what to change."""

    file: str
    number: int
    line: str

    def read(self) -> _Line:
        if self.line[0] in "!！":
            word = self.line[1:].strip()
            return _Line(dropped=word if word == ALL_SYNONYMS else self._word(word))
        arrow, tilde = _ARROW.split(self.line), _TILDE.split(self.line)
        if len(arrow) > 2 or (len(arrow) == 2 and _TILDE.search(arrow[0])):
            self._refuse("arrow")
        if len(arrow) == 2:
            found = self._words(_TILDE.split(arrow[1]))
            typed: tuple[str, ...] = (self._word(arrow[0]),)
            self._check_group((*found, *typed))
        else:
            if len(tilde) == 1:
                self._refuse("single_word")
            typed = found = self._words(tilde)
            self._check_group(found)
        for word in typed:
            self._check_typable(word)
        return _Line(typed, found)

    def _words(self, written: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._word(word) for word in written)

    def _word(self, written: str) -> str:
        word = written.strip()
        if len(fold(word)) < MIN_WORD_LENGTH:
            self._refuse("too_short", word=word, least=MIN_WORD_LENGTH)
        return word

    def _check_group(self, words: Sequence[str]) -> None:
        if len(words) > MAX_GROUP_WORDS:
            self._refuse("too_many_words", count=len(words), most=MAX_GROUP_WORDS)
        if len(set(map(fold, words))) < len(words):
            self._refuse("twice")

    def _check_typable(self, word: str) -> None:
        unfit = _UNTYPABLE.search(word)
        if unfit:
            self._refuse("untypable", word=word, character=unfit[0])

    def _refuse(self, fault: str, **params: Param) -> NoReturn:
        raise ConfigError(
            "config.synonyms.line",
            file=self.file,
            number=self.number,
            line=self.line[:_MAX_LINE_SHOWN],
            fault=Message.of(f"config.synonyms.{fault}", **params),
        )
