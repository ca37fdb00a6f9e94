"""Keeps a run from emptying the index when the corpus is missing, as on an unmounted drive."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.corpus.ledger import LedgerEntry, paths_by_id
from indexer.records import Message

_SMALL_CORPUS = 10
"""Up to this many reports a person may well remove most; only removing all of them is refused."""


def find_objection(
    past: Mapping[str, LedgerEntry], entries: Mapping[str, LedgerEntry], *, unreadable: bool
) -> Message | None:
    """Return why a run must not remove what it would remove, None if it may.

    `past` and `entries` are the ledger before and after. It may not remove all reports, nor more
    than half of more than ten; with an `unreadable` index, of which nothing is known, it may not
    write an empty one. A report whose file was moved or changed is not removed.
    """
    known, kept = paths_by_id(past), paths_by_id(entries)
    if unreadable and not kept:
        return Message.of("removal.nothing_readable")
    lost = [
        report_id
        for report_id, paths in known.items()
        if report_id not in kept and not any(path in entries for path in paths)
    ]
    if not lost or (len(lost) < len(known) and not _is_most(len(lost), len(known))):
        return None
    return Message.of("removal.too_many", known=len(known), lost=len(lost))


def _is_most(lost: int, known: int) -> bool:
    return known > _SMALL_CORPUS and 2 * lost > known
