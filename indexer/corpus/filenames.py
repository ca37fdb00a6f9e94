"""The names of files as text. A name is bytes, and not always UTF-8: unpacking an archive made on a Chinese Windows leaves GBK.

A name that is not UTF-8 is shown as the text it most likely is, or with its odd bytes escaped. It is found again by looking
through its folder for the name that is shown so: nothing has to be undone, and no two names in a folder are shown alike.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath


def shown_names(names: Iterable[str]) -> Mapping[str, str]:
    """Return the names in one folder, as `os` gives them, by what is shown of each; in the order of what is shown.

    >>> shown_names(["乙", os.fsdecode("甲".encode("gbk"))]) == {"乙": "乙", "甲": os.fsdecode("甲".encode("gbk"))}
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
    r"""Return a name as text: UTF-8 as it is, else GB18030 if it is printable in it, else with the odd bytes escaped.

    >>> shown_name(os.fsdecode("高安市2019.txt".encode("gbk"))), shown_name(os.fsdecode(b"bad\xff.txt"))
    ('高安市2019.txt', 'bad\\xff.txt')
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
    """Return as text the path of a file in a folder, such that `find_shown` finds the file by it."""
    parts, folder = [], root
    for name in path.parts:
        parts.append(name if _is_plain(name) else _shown_in(folder, name))
        folder /= name
    return "/".join(parts)


def find_shown(root: Path, path: str) -> Path:
    """Return where a file lies whose path in the folder is shown so; where it would, if it is not there."""
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
