"""The highlighter: marks the terms of a query in printed text and cuts snippets around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import Section
from indexer.search.analysis.segmenter import tokens_with_prefix
from indexer.search.port import Snippet
from indexer.search.snippet_boundaries import whole_end, whole_start
from indexer.search.terms import Term
from indexer.text.folding import fold_digits, fold_with_offsets

MAX_SNIPPETS = 3
_CONTEXT_BEFORE, _CONTEXT_AFTER = 30, 70
"""The characters to show before a mark and after it."""
_STOPS = "。；！？;!?\n"
_NEVER_FIRST = "，、：,:·…—）)》〉」』】〕］]}”’ 　"
"""Characters that begin no line of Chinese, and no snippet."""

Span = tuple[int, int]
Occurrence = tuple[int, int, int]
"""Where a term stands, start and end, and its number."""


@dataclass(frozen=True, slots=True)
class _Window:
    start: int
    end: int
    marks: tuple[Span, ...]
    found: frozenset[int]


def find_marks(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """Return the spans of the printed text that the terms cover, ordered and disjoint.

    A phrase and a literal run are covered exactly, white space inside included; of scattered words
    each word; of a prefix the whole word that begins with it.
    """
    return _merged([(start, end) for start, end, _ in _occurrences(text, terms)])


def build_snippets(section: Section, terms: Sequence[Term]) -> tuple[Snippet, ...]:
    """Return the pieces of a section that show most of the terms, in the printed order.

    None begins or ends within a number or a word.
    """
    text = section.text
    occurrences = sorted(_occurrences(text, terms))
    best = sorted(_best(text, occurrences), key=lambda window: window.start)
    return tuple(_snippet(section, text, window) for window in _whole(text, occurrences, best))


def _best(text: str, occurrences: Sequence[Occurrence]) -> list[_Window]:
    """Return the windows with the most terms, in text order among equals.

    Stops reading as soon as no later window can be better.
    """
    most = len({number for *_, number in occurrences})
    windows: list[_Window] = []
    full = 0
    for window in _windows(text, occurrences):
        windows.append(window)
        full += len(window.found) == most
        if full == MAX_SNIPPETS:
            break
    return sorted(windows, key=lambda window: (-len(window.found), window.start))[:MAX_SNIPPETS]


def _occurrences(text: str, terms: Sequence[Term]) -> Iterator[Occurrence]:
    if not terms:
        return
    folded = fold_with_offsets(text)
    compared = fold_digits(folded.text)
    for number, term in enumerate(terms):
        for start, end in _folded_occurrences(folded.text, compared, term):
            yield *folded.span(start, end), number


def _folded_occurrences(folded: str, compared: str, term: Term) -> Iterator[Span]:
    """Yield a term's spans in a folded text; `compared` has Chinese digits as figures."""
    needle = term.needle
    if term.literal and needle in compared:
        yield from _literal(compared, needle)
    elif term.kind == "prefix":
        yield from ((token.start, token.end) for token in tokens_with_prefix(folded, term.folded))
    else:
        for word in term.words:
            yield from _literal(folded, word)


def _literal(folded: str, needle: str) -> Iterator[Span]:
    at = folded.find(needle)
    while needle and at >= 0:
        yield at, at + len(needle)
        at = folded.find(needle, at + len(needle))


def _merged(marks: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(marks):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _windows(text: str, occurrences: Sequence[Occurrence]) -> Iterator[_Window]:
    """Yield disjoint windows of text that together contain all occurrences."""
    at = shown_to = 0
    while at < len(occurrences):
        first_start, first_end, _ = occurrences[at]
        start = _past_signs(text, max(_start_of_window(text, first_start), shown_to), first_start)
        end = _end_of_window(text, first_end, start)
        behind = bisect_left(occurrences, (end,), at)
        inside = occurrences[at:behind]
        end = max(end, *(occurrence[1] for occurrence in inside))
        at = behind
        marks = _merged(
            [(mark_start - start, mark_end - start) for mark_start, mark_end, _ in inside]
        )
        yield _Window(start, end, marks, frozenset(number for *_, number in inside))
        shown_to = end


def _whole(
    text: str, occurrences: Sequence[Occurrence], windows: Sequence[_Window]
) -> Iterator[_Window]:
    """Yield the windows, in text order, each widened so that neither end halves a word."""
    shown_to = 0
    for window in windows:
        start, end = max(whole_start(text, window.start), shown_to), max(window.end, shown_to)
        first = bisect_left(occurrences, (start,))
        end, inside = _whole_end(text, occurrences[first:], end)
        if inside:
            marks = _merged(
                [(mark_start - start, mark_end - start) for mark_start, mark_end, _ in inside]
            )
            yield _Window(start, end, marks, frozenset(number for *_, number in inside))
            shown_to = end


def _whole_end(
    text: str, occurrences: Sequence[Occurrence], end: int
) -> tuple[int, Sequence[Occurrence]]:
    """Return the first end from `end` on that cuts no word or hit, and the hits before it."""
    while True:
        inside = occurrences[: bisect_left(occurrences, (end,))]
        wider = whole_end(text, max([end, *(occurrence[1] for occurrence in inside)]))
        if wider == end:
            return end, inside
        end = wider


def _start_of_window(text: str, mark: int) -> int:
    """Begin at the sentence if it begins near enough, never before the paragraph."""
    earliest = max(mark - _CONTEXT_BEFORE, text.rfind("\n", 0, mark) + 1)
    stop = max([text.rfind(stop, earliest, mark) for stop in _STOPS])
    return stop + 1 if stop >= 0 else earliest


def _past_signs(text: str, start: int, mark: int) -> int:
    """Skip characters that begin no line, unless the paragraph itself begins here."""
    if start == 0 or text[start - 1] == "\n":
        return start
    return next((at for at in range(start, mark) if text[at] not in _NEVER_FIRST), mark)


def _end_of_window(text: str, mark: int, start: int) -> int:
    paragraph_end = text.find("\n", mark)
    latest = max(
        mark,
        min(
            start + _CONTEXT_BEFORE + _CONTEXT_AFTER,
            len(text) if paragraph_end < 0 else paragraph_end,
        ),
    )
    stop = max([text.rfind(stop, mark, latest) for stop in _STOPS])
    return stop + 1 if stop >= 0 and latest < len(text) else latest


def _snippet(section: Section, text: str, window: _Window) -> Snippet:
    return Snippet(
        text=text[window.start : window.end],
        marks=window.marks,
        cut_left=window.start > 0 and text[window.start - 1] != "\n",
        cut_right=window.end < len(text) and text[window.end] != "\n",
        paragraph=_paragraph_at(section, window.start),
    )


def _paragraph_at(section: Section, at: int) -> int | None:
    end = -1
    for paragraph in section.paragraphs:
        end += len(paragraph.text) + 1
        if at <= end:
            return paragraph.number
    return None
