"""A worker may hang, crash or eat all memory: its file has an error, the others are read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import SourceError, UnreadableFile
from indexer.settings import Settings
from indexer.sources import FoundFile
from indexer.workers import task
from indexer.workers.pool import WorkerPool
from indexer.workers.task import Job, read_report

LIMITS = Settings(workers=2, file_seconds=2, file_memory_bytes=512 * 1024 * 1024)


def job(name: str) -> Job:
    return Job(FoundFile(name, Path(name), 0, ""), 1024)


def hang(asked: Job) -> str:
    if asked.found.path == "bad":
        time.sleep(600)
    return asked.found.path


def crash(asked: Job) -> str:
    if asked.found.path == "bad":
        os._exit(11)
    return asked.found.path


def eat(asked: Job) -> str:
    if asked.found.path == "bad":
        return str(len(bytes(4 * LIMITS.file_memory_bytes)))
    return asked.found.path


def refuse(asked: Job) -> str:
    raise UnreadableFile(asked.found.path, f"{asked.found.path}：不行。")


@pytest.mark.parametrize(
    ("bad", "kind", "says"),
    [(hang, "TooLarge", "2 秒"), (crash, "BrokenFile", "11"), (eat, "TooLarge", "NIANBAO_FILE_MEMORY_BYTES")],
)
def test_a_file_that_ruins_its_worker_is_an_error_and_the_others_are_read(
    bad: Callable[[Job], str], kind: str, says: str
) -> None:
    names = ["a", "bad", *"bcdefgh"]
    with WorkerPool(LIMITS, bad) as pool:
        answers = list(pool.run(job(name) for name in names))
    error = answers.pop(1)
    assert isinstance(error, SourceError)
    assert (error.kind, error.path) == (kind, "bad")
    assert says in str(error)
    assert answers == ["a", *"bcdefgh"]


def test_errors_come_back_as_they_were_raised_and_those_among_the_jobs_in_their_place() -> None:
    lost = UnreadableFile("lost", "lost：找不到。")
    with WorkerPool(LIMITS, refuse) as pool:
        first, second = pool.run([lost, job("x")])
    assert first is lost
    assert isinstance(second, UnreadableFile)
    assert (second.path, str(second)) == ("x", "x：不行。")


def test_an_error_of_ours_names_the_file_and_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: object, source: object) -> object:
        raise ZeroDivisionError("oops")

    file = tmp_path / "x.txt"
    file.write_text("一、总体情况")
    monkeypatch.setattr(task, "build_report", fail)
    with pytest.raises(SourceError, match=r"x\.txt：读的时候出错（ZeroDivisionError：oops）") as raised:
        read_report(Job(FoundFile("x.txt", file, 0, ""), 1024))
    assert raised.value.kind == "BrokenFile"
