"""LibreOffice, where it is installed: converts what this program does not read in full into DOCX.

It runs on one file, in a folder and with a profile of its own that are gone afterwards: without macros, without the network.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 15
"""How long a conversion may take; a report takes two."""
_PROGRAMS = ("soffice", "libreoffice")
_MAX_OUTPUT = 256_000_000
_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
_NOWHERE = "http://127.0.0.1:9"
_OPTION = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="{}" oor:op="fuse"><value>true</value></prop></item>'
)
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        map(
            _OPTION.format,
            ("DisableMacrosExecution", "DisableActiveContent", "BlockUntrustedRefererLinks"),
        )
    )
    + "</oor:items>"
)


def convert_to_docx(data: bytes, suffix: str) -> bytes | None:
    """Return the file as a DOCX; None without LibreOffice, or if it fails or takes too long."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        return None
    with TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"report{suffix}"
        source.write_bytes(data)
        _run(
            [
                program,
                f"-env:UserInstallation={profile.as_uri()}",
                *_ARGUMENTS,
                str(folder / "out"),
                str(source),
            ],
            folder,
        )
        output = folder / "out" / "report.docx"
        if not output.is_file() or output.stat().st_size > _MAX_OUTPUT:
            return None
        return output.read_bytes()


_ARGUMENTS = (
    "--headless",
    "--norestore",
    "--nolockcheck",
    "--convert-to",
    "docx:MS Word 2007 XML",
    "--outdir",
)


def _run(command: list[str], folder: Path) -> None:
    """Run a program to its end, or end it and all that it has started when its time is up."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {"HOME": str(folder), "http_proxy": _NOWHERE, "https_proxy": _NOWHERE}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
