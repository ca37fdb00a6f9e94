"""A pool of worker processes that read files in parallel, each within its limits, in order.

The time limit counts processor time, so that a busy machine gives up no file; a generous limit on
elapsed time ends what waits for ever.

The workers are forked from a server process that has loaded the tables once. A worker that a file
makes crash, hang or run out of memory is replaced and the file gets an error; the other files are
not affected. Programs that workers have started end with the worker, at the latest with the run.
"""

from __future__ import annotations

import multiprocessing
import signal
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from indexer.corpus.workers.task import Job, out_of_memory, prepare, run_within_limits
from indexer.errors import BrokenFile, SourceError, TooLarge
from indexer.settings import Settings

_SCHEDULED_PER_WORKER = 8
"""Jobs a worker has waiting or finished ahead of the consumer: enough that none is ever idle."""
_MAX_TASKS = 500
"""Jobs after which a worker is replaced, so that memory lost to fragmentation is given back."""
_CLEANUP_SECONDS = 5.0
"""How long the end of a run waits for programs that workers have started to be gone."""
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["indexer.corpus.workers.task"])

Answer = TypeVar("Answer")


class WorkerPool(Generic[Answer]):
    """The worker processes of a run, as a context manager; they start with the first job.

    `task` is the function that they run, which must be importable.
    """

    def __init__(self, settings: Settings, task: Callable[[Job], Answer]) -> None:
        self._task = partial(run_within_limits, task)
        self._workers = settings.workers
        # Whatever runs on behalf of this run holds a copy of one end: it learns of the run's end
        # when ours is closed, even by SIGKILL, and is gone when ours reaches its end of file.
        self._lifeline, self._workers_lifeline = socket.socketpair()
        self._pool = ProcessPool(
            max_workers=settings.workers,
            max_tasks=_MAX_TASKS,
            initializer=prepare,
            initargs=[settings.limits.file_memory_bytes, self._workers_lifeline],
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
        try:
            self._pool.stop()  # type: ignore[no-untyped-call]  # Pebble has no types for it
            self._pool.join()
        finally:
            self._workers_lifeline.close()
            self._await_cleanup()

    def _await_cleanup(self) -> None:
        """Wait until no program that a worker has started is left, nor its temporary folder."""
        with self._lifeline:
            self._lifeline.shutdown(socket.SHUT_WR)
            self._lifeline.settimeout(_CLEANUP_SECONDS)
            with suppress(TimeoutError):
                self._lifeline.recv(1)

    def run(self, jobs: Iterable[Job | SourceError]) -> Iterator[Answer | SourceError]:
        """Yield the answer for each job, or the error that says why there is none, in order.

        An error among the jobs is a file that could not even be found: it is passed on in its
        place.
        """
        pending: deque[SourceError | tuple[Job, Future[Answer]]] = deque()
        for job in jobs:
            pending.append(job if isinstance(job, SourceError) else (job, self._schedule(job)))
            if len(pending) >= self._workers * _SCHEDULED_PER_WORKER:
                yield self._result(pending.popleft())
        while pending:
            yield self._result(pending.popleft())

    def _schedule(self, job: Job) -> Future[Answer]:
        future: Future[Answer] = self._pool.schedule(
            self._task, args=[job], timeout=job.limits.file_wait_seconds
        )
        return future

    def _result(self, pending: SourceError | tuple[Job, Future[Answer]]) -> Answer | SourceError:
        if isinstance(pending, SourceError):
            return pending
        job, future = pending
        path, limits = job.found.path, job.limits
        try:
            return future.result()
        except SourceError as error:
            return error
        except TimeoutError:
            return TooLarge(path, "source.elapsed_time", seconds=limits.file_wait_seconds)
        except MemoryError:
            return out_of_memory(path)
        except ProcessExpired as error:
            if error.exitcode == -signal.SIGPROF:
                return TooLarge(path, "source.processor_time", seconds=limits.file_seconds)
            return BrokenFile(path, "source.worker_died", exit_code=error.exitcode)
