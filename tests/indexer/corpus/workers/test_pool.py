"""A worker may hang, crash or eat all memory: its file has an error, the others are read."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.corpus.sources import FoundFile
from indexer.corpus.workers import task
from indexer.corpus.workers.pool import WorkerPool
from indexer.corpus.workers.task import Job, read_report
from indexer.errors import SourceError, UnreadableFile
from indexer.limits import Limits
from indexer.messages import render
from indexer.settings import Settings
from tests.saying import raises_saying

LIMITS = Limits(file_seconds=2, file_wait_seconds=8, file_memory_bytes=512 * 1024 * 1024)
SETTINGS = Settings(workers=2, limits=LIMITS)


def job(name: str, limits: Limits = LIMITS) -> Job:
    return Job(FoundFile(name, Path(name), 0, ""), limits)


def hang(asked: Job) -> str:
    if asked.found.path == "bad":
        time.sleep(600)
    return asked.found.path


def spin(asked: Job) -> str:
    while asked.found.path == "bad":
        pass
    return asked.found.path


def backtrack(asked: Job) -> str:
    """Stay within one call into C, where no signal handler of Python would run."""
    if asked.found.path == "bad":
        re.match(r"(a+)+b", "a" * 60)
    return asked.found.path


def wait(asked: Job) -> str:
    """Take longer on the clock than the limit of processor time."""
    time.sleep(LIMITS.file_seconds + 1)
    return asked.found.path


def work(asked: Job) -> str:
    """Take most of the processor time that a file may take."""
    until = time.process_time() + 0.6 * LIMITS.file_seconds
    while time.process_time() < until:
        pass
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
    [
        (hang, "TooLarge", "NIANBAO_FILE_WAIT_SECONDS"),
        (spin, "TooLarge", "NIANBAO_FILE_SECONDS"),
        (backtrack, "TooLarge", "NIANBAO_FILE_SECONDS"),
        (crash, "BrokenFile", "11"),
        (eat, "TooLarge", "NIANBAO_FILE_MEMORY_BYTES"),
    ],
)
def test_a_file_that_ruins_its_worker_is_an_error_and_the_others_are_read(
    bad: Callable[[Job], str], kind: str, says: str
) -> None:
    names = ["a", "bad", *"bcdefgh"]
    patient = replace(LIMITS, file_wait_seconds=8 if bad is hang else 120)
    with WorkerPool(SETTINGS, bad) as pool:
        answers = list(pool.run(job(name, patient) for name in names))
    error = answers.pop(1)
    assert isinstance(error, SourceError)
    assert (error.kind, error.path) == (kind, "bad")
    assert says in render(error.message)
    assert answers == ["a", *"bcdefgh"]


def test_waiting_for_the_processor_or_the_disk_does_not_count_as_reading() -> None:
    with WorkerPool(SETTINGS, wait) as pool:
        assert list(pool.run(job(name) for name in "ab")) == ["a", "b"]


def test_the_limit_is_of_one_file_and_not_of_all_that_a_process_reads() -> None:
    with WorkerPool(replace(SETTINGS, workers=1), work) as pool:
        assert list(pool.run(job(name) for name in "abcd")) == [*"abcd"]


def test_errors_come_back_as_they_were_raised_and_those_among_the_jobs_in_their_place() -> None:
    lost = UnreadableFile("lost", "lost：找不到。")
    with WorkerPool(SETTINGS, refuse) as pool:
        first, second = pool.run([lost, job("x")])
    assert first is lost
    assert isinstance(second, UnreadableFile)
    assert (second.path, render(second.message)) == ("x", "x：不行。")


def test_an_error_of_ours_names_the_file_and_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(document: object, source: object) -> object:
        raise ZeroDivisionError("oops")

    file = tmp_path / "x.txt"
    file.write_text("一、总体情况")
    monkeypatch.setattr(task, "build_report", fail)
    with raises_saying(SourceError, r"x\.txt：读的时候出错（ZeroDivisionError：oops）") as raised:
        read_report(Job(FoundFile("x.txt", file, 0, ""), LIMITS))
    assert raised.value.kind == "BrokenFile"
