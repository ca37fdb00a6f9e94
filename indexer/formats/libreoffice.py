"""Converts a file to DOCX with LibreOffice, where it is installed: without macros or network.

Each conversion has a folder and a profile of its own, which are gone afterwards together with every
process it started; `conversion_guard` sees to that.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import TooLarge, UnsupportedFormat
from indexer.formats import conversion_guard
from indexer.formats.docx.reader import read_docx
from indexer.limits import Allowance
from indexer.records import Document

_PROGRAMS = ("soffice", "libreoffice")
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
_NO_PROXY_THERE = "http://127.0.0.1:9"
"""The discard port: whatever asks for the network gets an error at once."""
_OPTION = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="{}" oor:op="fuse"><value>true</value></prop></item>'
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        map(
            _OPTION.format,
            ("DisableMacrosExecution", "DisableActiveContent", "BlockUntrustedRefererLinks"),
        )
    )
    + "</oor:items>"
)


class ConversionTimeout(Exception):
    """LibreOffice did not finish within the allowance."""


def read_converted(
    data: bytes, path: str, suffix: str, kind: str, allowance: Allowance
) -> Document:
    """Return the document in a file that only LibreOffice reads in full; `kind` is for messages.

    UnsupportedFormat without LibreOffice or if it fails, TooLarge if it takes too long.
    """
    try:
        converted = convert_to_docx(data, suffix, allowance)
    except ConversionTimeout as error:
        seconds = allowance.limits.file_seconds
        raise TooLarge(path, "source.conversion_time", kind=kind, seconds=seconds) from error
    if converted is None:
        raise UnsupportedFormat(path, "source.needs_libreoffice", kind=kind)
    return read_docx(converted, path, allowance)


def convert_to_docx(data: bytes, suffix: str, allowance: Allowance) -> bytes | None:
    """Return the file as a DOCX; None without LibreOffice or if it fails.

    ConversionTimeout if it takes too long.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        return None
    with _guard(allowance) as (folder, guard):
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = folder / f"report{suffix}"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(source),
        ]
        _run(guard, command, folder, allowance)
        output = folder / "out" / "report.docx"
        if not output.is_file() or output.stat().st_size > allowance.limits.max_converted_bytes:
            return None
        return output.read_bytes()


@contextmanager
def _guard(allowance: Allowance) -> Iterator[tuple[Path, subprocess.Popen[bytes]]]:
    """Start a guard and yield its folder; on leaving, wait until everything of it is gone."""
    lifelines = () if allowance.lifeline is None else (allowance.lifeline,)
    command = [sys.executable, "-I", "-S", conversion_guard.__file__, *map(str, lifelines)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=lifelines,
        start_new_session=True,
    ) as guard:
        assert guard.stdout is not None
        folder = guard.stdout.readline().decode(sys.getfilesystemencoding(), "surrogateescape")
        if not folder.endswith("\n"):
            raise OSError(f"the conversion guard ended: {guard.wait()}")
        yield Path(folder.rstrip("\n")), guard


def _run(
    guard: subprocess.Popen[bytes], command: list[str], folder: Path, allowance: Allowance
) -> None:
    """Have the guard run a program, and wait for its end or for that of the allowance."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    environment["HOME"] = str(folder)
    environment |= dict.fromkeys(("http_proxy", "https_proxy"), _NO_PROXY_THERE)
    assert guard.stdin is not None
    assert guard.stdout is not None
    guard.stdin.write(json.dumps([command, environment]).encode() + b"\n")
    guard.stdin.flush()
    if not select.select([guard.stdout], [], [], allowance.seconds_left())[0]:
        raise ConversionTimeout
