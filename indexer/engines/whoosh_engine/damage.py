"""What a damaged index does to its reader, told as one error.

Whoosh reads its files by offsets that stand in them: a byte that is wrong can raise anything, an EOFError, a struct.error, a
TypeError. Nothing of it may reach a person as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import EngineError, NianbaoError


@contextmanager
def guarded_index(path: Path) -> Iterator[None]:
    """Around all that Whoosh does with the index at `path`: whatever comes of a damaged or closed file is an EngineError."""
    try:
        yield
    except NianbaoError:
        raise
    except OSError as error:
        raise io_error(path, error) from error
    except Exception as error:  # a wrong byte can raise anything
        reason = f"{type(error).__name__}：{error}"[:200]
        raise EngineError(f"索引 {path} 已损坏（{reason}）。请运行 nianbao index --full 重建。") from error


def io_error(path: Path, error: OSError) -> EngineError:
    """Return what is said when the files of an index cannot be read or written."""
    return EngineError(
        f"索引 {path} 读写不成（{error.strerror or error}）。"
        "请看磁盘是否已满、文件夹能否读写；若文件已损坏，请运行 nianbao index --full 重建。"
    )
