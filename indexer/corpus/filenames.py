"""File names as text, also those that are not UTF-8, as archives from a Chinese Windows leave them.

Such a name is shown as the text it most likely is, or with its odd bytes escaped. To find the file
again, its folder is searched for the name that is shown so; no two names in it are shown alike.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath


def shown_names(names: Iterable[str]) -> Mapping[str, str]:
    """Map the shown names of one folder to the names that `os` returns, in the order of the former.

    >>> gbk = os.fsdecode("甲".encode("gbk"))
    >>> shown_names(["乙", gbk]) == {"乙": "乙", "甲": gbk}
    True
    """
    shown: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (not _is_plain(name), name)):
        text = shown_name(name)
        if text in shown:
            text = _escaped(name)
        while text in shown:
            text += "~"
        shown[text] = name
    return dict(sorted(shown.items()))


def shown_name(name: str) -> str:
    r"""Return a name as text: UTF-8 as is, else printable GB18030, else with its odd bytes escaped.

    >>> shown_name(os.fsdecode("高安市2019.txt".encode("gbk")))
    '高安市2019.txt'
    >>> shown_name(os.fsdecode(b"bad\xff.txt"))
    'bad\\xff.txt'
    """
    if _is_plain(name):
        return name
    try:
        text = os.fsencode(name).decode("gb18030")
    except UnicodeDecodeError:
        return _escaped(name)
    return text if text.isprintable() and "/" not in text else _escaped(name)


def shown_path(path: PurePath) -> str:
    """Return a path as text, for a person."""
    return "/".join(shown_name(part) for part in str(path).split("/"))


def shown_below(root: Path, path: PurePath) -> str:
    """Return the path of a file below a folder as text from which `find_shown` finds it."""
    parts, folder = [], root
    for name in path.parts:
        parts.append(name if _is_plain(name) else _shown_in(folder, name))
        folder /= name
    return "/".join(parts)


def find_shown(root: Path, path: str) -> Path:
    """Return the location of a file by its shown path; where it would be, if it does not exist."""
    if os.path.lexists(root / path):
        return root / path
    folder = root
    for part in path.split("/"):
        folder /= part if os.path.lexists(folder / part) else _names_in(folder).get(part, part)
    return folder


def _shown_in(folder: Path, name: str) -> str:
    return next(
        (shown for shown, other in _names_in(folder).items() if other == name), shown_name(name)
    )


def _names_in(folder: Path) -> Mapping[str, str]:
    try:
        return shown_names(os.listdir(folder))
    except OSError:
        return {}


def _is_plain(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _escaped(name: str) -> str:
    return os.fsencode(name).decode(errors="backslashreplace")
