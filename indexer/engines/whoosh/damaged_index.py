"""What a damaged index does to its reader, told as one error.

Whoosh reads its files by offsets that stand in them: a byte that is wrong can raise anything, an EOFError, a struct.error, a
TypeError. Nothing of it may reach a person as it is.
"""

from __future__ import annotations

from pathlib import Path

from indexer.errors import EngineError, NianbaoError


class guarded_index:  # noqa: N801  # used as a function is
    """Around all that is done with the index at `path`: whatever comes of a damaged or closed file is an EngineError."""

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
        reason = f"{type(error).__name__}：{error}"[:200]  # a wrong byte can raise anything
        raise EngineError(
            f"索引 {self._path} 已损坏（{reason}）。请运行 nianbao index --full 重建。"
        ) from error


def io_error(path: Path, error: OSError) -> EngineError:
    """Return what is said when the files of an index cannot be read or written."""
    return EngineError(
        f"索引 {path} 读写不成（{error.strerror or error}）。"
        "请看磁盘是否已满、文件夹能否读写；若文件已损坏，请运行 nianbao index --full 重建。"
    )
