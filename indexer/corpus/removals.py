"""Keeps a run from emptying the index when the corpus is missing, as on an unmounted drive."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.corpus.ledger import Entry, paths_by_id

_FEW_REPORTS = 10
"""Of so few reports a person may well remove most; only the removal of all of them is refused."""


def find_objection(
    past: Mapping[str, Entry], entries: Mapping[str, Entry], *, unreadable: bool
) -> str | None:
    """Return why a run must not remove what it would remove, None if it may.

    `past` and `entries` are the ledger before and after. It may not remove all reports, nor more
    than half of more than ten; with an `unreadable` index, of which nothing is known, it may not
    write an empty one. A report whose file was moved or changed is not removed.
    """
    known, kept = paths_by_id(past), paths_by_id(entries)
    if unreadable and not kept:
        return (
            "旧索引读不出来，语料里又没有一份可读的报告。请确认语料所在的磁盘已挂载；"
            "确实要从空的语料重建，请加上 --allow-removals 再运行。"
        )
    lost = [
        report_id
        for report_id, paths in known.items()
        if report_id not in kept and not any(path in entries for path in paths)
    ]
    most = len(known) > _FEW_REPORTS and 2 * len(lost) > len(known)
    if not lost or not (most or len(lost) == len(known)):
        return None
    return (
        f"索引里的 {len(known)} 份报告有 {len(lost)} 份在语料里找不到了。"
        "请确认语料所在的磁盘已挂载、路径没有写错；确实要移除它们，请加上 --allow-removals 再运行。"
    )
