"""A pool of worker processes: reads files side by side, each within its limits of time and memory, in the order asked.

Time is processor time, so that a busy machine gives up no file; a generous limit on the clock ends what waits for ever.

The workers are forked from a server process that has loaded the tables once. One that a file has made crash, hang or run out
of memory is replaced, and the file has an error; the others do not notice.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from types import TracebackType
from typing import Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from indexer.corpus.workers.task import Job, out_of_memory, prepare, run_within
from indexer.errors import BrokenFile, SourceError, TooLarge
from indexer.settings import Settings

_AHEAD = 8
"""So many files for each worker are under way or read before they are asked for."""
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["indexer.corpus.workers.task"])

Answer = TypeVar("Answer")


class WorkerPool(Generic[Answer]):
    """The processes; a context manager. They start with the first job. `task` is what they do, a function of a module."""

    def __init__(self, settings: Settings, task: Callable[[Job], Answer]) -> None:
        self._task = partial(run_within, task, settings.file_seconds)
        self._seconds = settings.file_seconds
        self._patience = settings.file_wait_seconds
        self._workers = settings.workers
        self._pool = ProcessPool(
            max_workers=settings.workers,
            max_tasks=500,
            initializer=prepare,
            initargs=[settings.file_memory_bytes],
            context=_CONTEXT,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]  # Pebble has no types for it
        self._pool.join()

    def run(self, jobs: Iterable[Job | SourceError]) -> Iterator[Answer | SourceError]:
        """Yield for each job its answer, or the error that says why there is none, in the order of the jobs.

        An error among the jobs is a file that could not even be found: it is passed on in its place.
        """
        pending: deque[SourceError | tuple[Job, Future[Answer]]] = deque()
        for job in jobs:
            pending.append(job if isinstance(job, SourceError) else (job, self._schedule(job)))
            if len(pending) >= self._workers * _AHEAD:
                yield self._result(pending.popleft())
        while pending:
            yield self._result(pending.popleft())

    def _schedule(self, job: Job) -> Future[Answer]:
        future: Future[Answer] = self._pool.schedule(self._task, args=[job], timeout=self._patience)
        return future

    def _result(self, pending: SourceError | tuple[Job, Future[Answer]]) -> Answer | SourceError:
        if isinstance(pending, SourceError):
            return pending
        job, future = pending
        path = job.found.path
        try:
            return future.result()
        except SourceError as error:
            return error
        except TimeoutError:
            return TooLarge(
                path,
                f"{path}：等了 {self._patience:g} 秒还没有读完，已放弃。请检查它所在的磁盘；"
                "确需等待时调大 NIANBAO_FILE_WAIT_SECONDS。",
            )
        except MemoryError:
            return out_of_memory(path)
        except ProcessExpired as error:
            if error.exitcode == -signal.SIGPROF:
                return TooLarge(
                    path,
                    f"{path}：处理器算了 {self._seconds:g} 秒还没有读完，已放弃。请确认它是一份年报；"
                    "确需收录时调大 NIANBAO_FILE_SECONDS。",
                )
            return BrokenFile(
                path,
                f"{path}：使读它的进程中止（{error.exitcode}）。请重新取得这个文件，或把它报告给我们。",
            )
