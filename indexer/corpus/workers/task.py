"""The task of a worker process: one file → its report.

Importing this module loads the tables that all workers then share.
"""

from __future__ import annotations

import gc
import resource
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from indexer.corpus.manifest import ManifestEntry
from indexer.corpus.sources import FoundFile, build_source, read_bytes
from indexer.errors import BrokenFile, SourceError, TooLarge
from indexer.formats.registry import read_document
from indexer.limits import Allowance, Limits
from indexer.places.gazetteer import gazetteer
from indexer.records import Document, Message, Report
from indexer.report.build import build_report
from indexer.report.explain import explain

gazetteer()

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read, the limits on its reading, and what the manifest says of it."""

    found: FoundFile
    limits: Limits
    entry: ManifestEntry | None = None


_lifelines: list[socket.socket] = []
"""In a worker: the socket whose other end the run holds. See `Allowance.lifeline`."""


def run_within_limits(task: Callable[[Job], Answer], job: Job) -> Answer:
    """Return the result of a task for a file; SIGPROF ends the process after `file_seconds`.

    The signal keeps its default action: a handler in Python would not run inside a long call into
    C. It counts processor time, so that a busy machine gives up no file.
    """
    signal.setitimer(signal.ITIMER_PROF, job.limits.file_seconds)
    try:
        return task(job)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def read_report(job: Job) -> Report:
    """Return the report in a file; SourceError says why there is none, nothing else is raised."""
    return _read(job)[1]


def explain_report(job: Job) -> list[Message]:
    """Return how the report in a file was read, line by line; SourceError as in `read_report`."""
    return explain(*_read(job))


def _read(job: Job) -> tuple[Document, Report]:
    path = job.found.path
    try:
        data = read_bytes(job.found, job.limits.max_file_bytes)
        source = build_source(job.found, data, job.entry)
        lifeline = _lifelines[0].fileno() if _lifelines else None
        document = read_document(data, path, Allowance.start(job.limits, lifeline))
        return document, build_report(document, replace(source, media_type=document.media_type))
    except SourceError:
        raise
    except MemoryError:
        raise out_of_memory(path) from None
    except Exception as error:
        fault = f"{type(error).__name__}：{error}"
        raise BrokenFile(path, "source.reader_failed", fault=fault[:200]) from error


def prepare(memory_bytes: int, lifeline: socket.socket) -> None:
    """Prepare a worker: limit its address space, keep the run's lifeline, collect garbage rarely.

    Programs that it starts may raise the limit for themselves. A page becomes some ten thousand
    objects that are freed all at once; looking for cycles among them takes a fifth of the time.
    """
    _lifelines.append(lifeline)
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, hard))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def out_of_memory(path: str) -> TooLarge:
    """Return the error for a file that needs more memory than a worker has."""
    return TooLarge(path, "source.memory")
