"""What a worker does: one file → its report. Importing it loads the tables that all workers then share."""

from __future__ import annotations

import gc
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from indexer.corpus.manifest import ManifestEntry
from indexer.corpus.sources import FoundFile, build_source, read_bytes
from indexer.errors import BrokenFile, SourceError, TooLarge
from indexer.formats.registry import read_document
from indexer.places.gazetteer import gazetteer
from indexer.records import Document, Report
from indexer.report.build import build_report
from indexer.report.explain import explain

gazetteer()

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read, what the manifest says of it, and the most bytes it may have."""

    found: FoundFile
    max_bytes: int
    entry: ManifestEntry | None = None


def run_within(task: Callable[[Job], Answer], seconds: float, job: Job) -> Answer:
    """Return what a task makes of a file; SIGPROF ends the process if that takes more processor time than `seconds`.

    The signal keeps its default action: a handler in Python would not run inside a long call into C.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return task(job)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def read_report(job: Job) -> Report:
    """Return the report in a file. SourceError says why there is none; nothing else is ever raised."""
    return _read(job)[1]


def explain_report(job: Job) -> list[str]:
    """Return how the report in a file was read, line by line; SourceError as in `read_report`."""
    return explain(*_read(job))


def _read(job: Job) -> tuple[Document, Report]:
    path = job.found.path
    try:
        data = read_bytes(job.found, job.max_bytes)
        source = build_source(job.found, data, job.entry)
        document = read_document(data, path)
        return document, build_report(document, replace(source, media_type=document.media_type))
    except SourceError:
        raise
    except MemoryError:
        raise out_of_memory(path) from None
    except Exception as error:
        what = f"{type(error).__name__}：{error}"
        raise BrokenFile(
            path, f"{path}：读的时候出错（{what[:200]}）。请把这个文件报告给我们。"
        ) from error


def prepare(bytes_: int) -> None:
    """Limit this process's address space (programs that it starts may raise it for themselves), and collect garbage rarely.

    A page becomes some ten thousand objects that go all at once; looking for cycles among them takes a fifth of the time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (bytes_, hard))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def out_of_memory(path: str) -> TooLarge:
    """Return the error for a file that needs more memory than a worker has."""
    return TooLarge(
        path,
        f"{path}：读它所需的内存超过上限。请确认它是一份年报；确需收录时调大 NIANBAO_FILE_MEMORY_BYTES。",
    )
