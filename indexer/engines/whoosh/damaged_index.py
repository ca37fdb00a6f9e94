"""Translates whatever a damaged index raises into one error that names the remedy.

Whoosh reads its files by offsets that stand in them, so a wrong byte can raise anything: an
EOFError, a struct.error, a TypeError. None of that may reach a person as it is.
"""

from __future__ import annotations

from pathlib import Path

from indexer.errors import EngineError, NianbaoError
from indexer.records import Message, Param

_MAX_REASON_LENGTH = 200


class DamagedFile(ValueError):
    """A file is not what was written."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.message = Message.of("engine.file_changed", name=name)


class guarded_index:  # noqa: N801  # used like a function
    """A context manager around all use of the index at `path`: every exception of a damaged or
    closed file is an EngineError.
    """

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if not isinstance(error, Exception) or isinstance(error, NianbaoError):
            return
        if isinstance(error, OSError):
            raise io_error(self._path, error) from error
        reason = Message.of("engine.reason", kind=type(error).__name__, detail=_detail(error))
        raise EngineError("engine.damaged", path=str(self._path), reason=reason) from error


def _detail(error: Exception) -> Param:
    if isinstance(error, DamagedFile):
        return error.message
    return str(error)[: _MAX_REASON_LENGTH - len(type(error).__name__) - 1]


def io_error(path: Path, error: OSError) -> EngineError:
    """Return the error for index files that cannot be read or written."""
    return EngineError("engine.io", path=str(path), reason=str(error.strerror or error))
