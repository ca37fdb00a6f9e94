"""Changes of an index in one line each."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.search.port import IndexDocument, SearchEngine


def change_index(
    engine: SearchEngine,
    put: Iterable[IndexDocument] = (),
    *,
    remove: Iterable[str] = (),
    revise: Iterable[IndexDocument] = (),
    ledger: bytes | None = None,
    fresh: bool = False,
) -> None:
    """Put documents, remove others and put some once more, in one transaction."""
    with engine.change(fresh=fresh) as draft:
        for document in put:
            draft.put(document)
        for report_id in remove:
            draft.remove(report_id)
        for document in revise:
            draft.put(document)
        if ledger is not None:
            draft.note(ledger)
