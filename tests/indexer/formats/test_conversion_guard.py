"""A converter that hangs is ended with all it started, and its folder goes, however the run ends.

The converter is a `soffice` that sleeps, put first on the PATH of a real `nianbao`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

RTF = rb"{\rtf1\ansi\uc1 \u20844?\u24320?12\par}"
NIANBAO = "from indexer.cli.commands import main; main()"
COMMANDS = (("read", "corpus/某镇.rtf"), ("index", "--quiet"))
START_SECONDS, END_SECONDS = 60, 30
ROOT = Path(__file__).parents[3]


@dataclass
class Place:
    """A folder with a corpus of one RTF, a temporary directory, and a `soffice` that hangs."""

    root: Path
    settings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("corpus", "tmp", "bin", "pids"):
            (self.root / name).mkdir()
        (self.root / "corpus" / "某镇.rtf").write_bytes(RTF)
        script = f"""#!/bin/sh
            (trap '' TERM HUP INT; echo $$ > {self.root}/pids/shell; exec sleep 600) &
            echo $! > {self.root}/pids/child
            exec sleep 601
        """
        program = self.root / "bin" / "soffice"
        program.write_text(script, encoding="utf-8")
        program.chmod(0o755)

    @contextmanager
    def start(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """Start nianbao; it is killed at the end if it still runs."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith("NIANBAO_")}
        with subprocess.Popen(
            [sys.executable, "-c", NIANBAO, *arguments],
            cwd=self.root,
            env={
                **kept,
                **self.settings,
                "PYTHONPATH": str(ROOT),
                "PATH": f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "TMPDIR": str(self.root / "tmp"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def programs(self) -> list[int]:
        """Return the processes that the converter consists of, once both have begun."""
        files = [self.root / "pids" / name for name in ("shell", "child")]
        return [int(text) for file in files if file.exists() and (text := file.read_text().strip())]

    def leftovers(self) -> list[str]:
        """Return the processes of the converter that still run, and its folders."""
        running = [str(number) for number in self.programs() if is_running(number)]
        return running + [path.name for path in (self.root / "tmp").glob("nianbao-*")]


def is_running(number: int) -> bool:
    try:
        stat = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def wait_for(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_the_seconds_of_a_file_govern_its_conversion(
    command: tuple[str, ...], place: Place
) -> None:
    place.settings = {"NIANBAO_FILE_SECONDS": "5"}
    with place.start(*command) as process:
        wait_for(lambda: len(place.programs()) == 2, START_SECONDS)
        began = time.monotonic()
        _, errors = process.communicate()
    assert "TooLarge" in errors
    assert "NIANBAO_FILE_SECONDS" in errors
    assert time.monotonic() - began < END_SECONDS
    assert place.leftovers() == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_worker_that_the_pool_kills_leaves_nothing(
    command: tuple[str, ...], place: Place
) -> None:
    place.settings = {"NIANBAO_FILE_WAIT_SECONDS": "6", "NIANBAO_FILE_SECONDS": "100"}
    with place.start(*command) as process:
        _, errors = process.communicate()
    assert "NIANBAO_FILE_WAIT_SECONDS" in errors
    assert len(place.programs()) == 2
    assert place.leftovers() == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_nothing(
    number: signal.Signals, command: tuple[str, ...], place: Place
) -> None:
    place.settings = {"NIANBAO_FILE_SECONDS": "100"}
    with place.start(*command) as process:
        wait_for(lambda: len(place.programs()) == 2, START_SECONDS)
        process.send_signal(number)
        process.communicate()
        wait_for(lambda: place.leftovers() == [], END_SECONDS)


def test_a_conversion_that_fails_leaves_nothing(place: Place) -> None:
    (place.root / "bin" / "soffice").write_text(
        f"#!/bin/sh\nsleep 600 & echo $! > {place.root}/pids/child; exit 1\n", encoding="utf-8"
    )
    with place.start("read", "corpus/某镇.rtf") as process:
        _, errors = process.communicate()
    assert "UnsupportedFormat" in errors
    assert len(place.programs()) == 1
    assert place.leftovers() == []
