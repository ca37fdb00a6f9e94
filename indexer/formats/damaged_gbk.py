"""Damaged GBK and GB18030 → text, with the damage kept where it is.

A byte that is lost, or put in, shifts all pairs behind it: the codec reads other characters up to
the next ASCII byte, and says so at most there. Here the pairs of such a run are aligned from both
ends, and one place between them is lost.
"""

from __future__ import annotations

import re

from indexer.records import LOST

_FOUR = rb"[\x81\x82\x84\x95-\x9a][0-9][\x81-\xfe][0-9]"
"""A character of four bytes; of those that begin otherwise none is written in Chinese."""
_RUN = re.compile(rb"%b|(?:(?!%b)[\x80-\xff])+" % (_FOUR, _FOUR))


def decode_damaged(data: bytes) -> str:
    """Return the text with U+FFFD where bytes make no character.

    A digit or punctuation mark behind the damage is never swallowed as the second half of a
    character.
    """
    parts: list[str] = []
    at = 0
    while run := _RUN.search(data, at):
        parts.append(data[at : run.start()].decode("ascii"))
        at = run.end()
        whole = _decode(data[run.start() : at])
        if whole is None and data[at : at + 1].isalpha():
            whole = _decode(data[run.start() : at + 1])
            at += whole is not None
        parts.append(_decode_run(run[0]) if whole is None else whole)
    return "".join(parts) + data[at:].decode("ascii")


def _decode_run(run: bytes) -> str:
    """Return the text of a run of bytes outside ASCII; in an odd run one byte is left over."""
    if len(run) % 2 == 0:
        return _decode_pairs(run)
    first, last = _find_odd(run)
    return f"{_decode_pairs(run[:first])}{LOST}{_decode_pairs(run[last + 1 :])}"


def _find_odd(run: bytes) -> tuple[int, int]:
    """Return the range of places that the unpaired byte of a run may have.

    Either end leaves everyday characters around it. What lies between the two can be read in two
    ways, and is lost.
    """
    scores = [sum(_is_common(run, at) for at in range(1, len(run), 2))]
    for at in range(0, len(run) - 1, 2):
        scores.append(scores[-1] + _is_common(run, at) - _is_common(run, at + 1))
    best = max(scores)
    places = [2 * number for number, score in enumerate(scores) if score == best]
    return places[0], places[-1]


def _is_common(run: bytes, at: int) -> bool:
    """Say whether a pair is an everyday character: level 1 of GB 2312, or punctuation."""
    return (0xB0 <= run[at] <= 0xD7 or run[at] in (0xA1, 0xA3)) and run[at + 1] >= 0xA1


def _decode_pairs(pairs: bytes) -> str:
    return "".join(_decode(pairs[at : at + 2]) or LOST for at in range(0, len(pairs), 2))


def _decode(data: bytes) -> str | None:
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return None
