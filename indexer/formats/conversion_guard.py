"""Runs a converter for a worker, and ends it with all it started however the worker or run ends.

A worker may be killed at any moment (SIGKILL by the pool, SIGPROF, lack of memory) and can clean up
nothing then. So the program is started by this process, which lives in a session of its own and
waits for the end of the program, of the worker (end of file on standard input) or of the run (end
of file on the descriptor given as argument). Then it kills the program's process group and removes
the temporary folder.

    guard → worker    the folder's name, a line
    worker → guard    the program with its arguments and its environment, a line of JSON
    guard → worker    an empty line once the program has ended
    worker → guard    end of file: the result has been fetched

It is run as a script, isolated (`-I -S`), and imports the standard library only, so that it starts
fast.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile

PREFIX = "nianbao-"
_WORKER = 0


def main(lifelines: list[int]) -> None:
    """Guard one conversion from the making of its folder to its removal."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    folder = tempfile.mkdtemp(prefix=PREFIX)
    program: subprocess.Popen[bytes] | None = None
    try:
        _say(folder)
        program = _start(folder)
        if program and _wait(program, lifelines):
            _kill(program)
            _say("")
            select.select([_WORKER, *lifelines], [], [])
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if program:
            _kill(program)
        shutil.rmtree(folder, ignore_errors=True)


def _say(line: str) -> None:
    print(line, flush=True)


def _start(folder: str) -> subprocess.Popen[bytes] | None:
    """Start the program that the worker names; None if the worker ended instead."""
    asked = sys.stdin.readline()
    if not asked.endswith("\n"):
        return None
    command, environment = json.loads(asked)
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait(program: subprocess.Popen[bytes], lifelines: list[int]) -> bool:
    """Wait for the program; False if the worker or the run ended first."""
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes)
    # WNOWAIT leaves the zombie, so that its number cannot be reused before its group is killed.
    while not os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        ready, _, _ = select.select([woken, _WORKER, *lifelines], [], [])
        if _WORKER in ready or any(line in ready for line in lifelines):
            return False
        os.read(woken, 512)
    return True


def _kill(program: subprocess.Popen[bytes]) -> None:
    """Kill the program with its process group, if that was not done yet."""
    if program.returncode is None:
        try:
            os.killpg(program.pid, signal.SIGKILL)
        finally:
            program.wait()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]])
