"""Stop words: who types 怎么申请政府信息公开 asks for 申请政府信息公开; no report says 怎么.

So question words are no condition where other words remain. Nothing is lost: whatever matches with
them matches without them, and a run that occurs as typed still ranks first. What is quoted or ruled
out stays as typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.search.analysis.run_expansion import PARTICLES, cut_run
from indexer.search.query import And, InSections, Node, Or, Phrase, Prefix, UnquotedText
from indexer.text.folding import fold

_QUESTION_WORDS = frozenset(
    [
        "请问",
        "请问一下",
        "请教",
        "想问",
        "想问一下",
        "我想问",
        "想知道",
        "我想知道",
        "想了解",
        "我想了解",
        "告诉我",
        "到底",
        "究竟",
        "怎么",
        "怎么样",
        "怎么办",
        "怎样",
        "咋样",
        "如何",
        "为什么",
        "为何",
        "什么",
        "什么是",
        "什么样",
        "什么时候",
        "什么地方",
        "谁",
        "哪些",
        "哪些地方",
        "哪些地区",
        "哪个",
        "哪个地方",
        "哪几个",
        "哪里",
        "哪儿",
        "哪年",
        "哪一年",
        "何时",
        "何地",
        "多少",
        "多少钱",
        "多久",
        "多长时间",
        "几个",
        "是否",
        "是不是",
        "有没有",
        "能否",
        "能不能",
        "可否",
        "可不可以",
        "会不会",
    ]
)
"""Words that ask and name nothing, so that leaving them out keeps the meaning.

哪些乡镇 is not among them, since it names 乡镇; but 地方 in 哪些地方 is wherever there is a report.
"""
_FINAL_PARTICLES = frozenset("吗呢吧么")
"""They ask at the end only: elsewhere a single character may be part of a name."""


def stop_words_in(run: str) -> tuple[str, ...]:
    """Return the question words of an unquoted run.

    >>> stop_words_in("请问窄路加宽公开了吗？"), stop_words_in("办结率")
    (('请问', '吗'), ())
    """
    cut = cut_run(fold(run), _QUESTION_WORDS)
    return tuple(
        dict.fromkeys(
            (
                *(word for word in cut if word in _QUESTION_WORDS),
                *_FINAL_PARTICLES.intersection(cut[-1:]),
            )
        )
    )


def mark_stop_words(node: Node) -> tuple[Node, tuple[str, ...]]:
    """Return the query with its question words left out wherever other words remain, and these."""
    match node:
        case UnquotedText():
            return _mark_in_run(node)
        case And(parts):
            return _mark_in_all(node, parts)
        case Or(parts):
            left, found = _mark_each(parts)
            return Or(left), found
        case InSections(keys, part) if part is not None:
            inner, found = mark_stop_words(part)
            return InSections(keys, inner), found
        case _:
            return node, ()


def _mark_in_run(node: UnquotedText) -> tuple[Node, tuple[str, ...]]:
    found = stop_words_in(node.text)
    if not found or _only_asks(node):
        return node, ()
    return replace(node, without=found), found


def _mark_in_all(node: And, parts: Sequence[Node]) -> tuple[Node, tuple[str, ...]]:
    mere = [part for part in parts if isinstance(part, UnquotedText) and _only_asks(part)]
    rest = [part for part in parts if part not in mere]
    if not any(map(_has_words, rest)):
        return node, ()
    left, found = _mark_each(rest)
    dropped = (word for part in mere for word in stop_words_in(part.text))
    return And(left) if len(left) > 1 else left[0], (*dropped, *found)


def _mark_each(parts: Iterable[Node]) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    left = [mark_stop_words(part) for part in parts]
    return tuple(part for part, _ in left), tuple(word for _, words in left for word in words)


def _only_asks(word: UnquotedText) -> bool:
    """Say whether nothing but question words and particles is in an unquoted run."""
    asking = stop_words_in(word.text)
    return bool(asking) and PARTICLES.union(asking).issuperset(
        cut_run(fold(word.text), _QUESTION_WORDS)
    )


def _has_words(node: Node) -> bool:
    match node:
        case UnquotedText() | Phrase() | Prefix():
            return True
        case And(parts) | Or(parts):
            return any(map(_has_words, parts))
        case InSections(_, part) if part is not None:
            return _has_words(part)
        case _:
            return False
