"""Recognises a row by a word that no other row's label has, among whatever other words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

_MAX_ADDED_LETTERS = 8
"""Letters that a label has more than the form's own."""
TURNING_WORDS = re.compile(
    "除|以外|以后|累计|历年|往年|同期|小计|合计|秘密|隐私|复议|诉讼|制度|其他"
)
_TURNING = re.compile(
    rf"[不非未无其上去前内外党及和与或等另比率占增减撤总共]|部分|{TURNING_WORDS.pattern}"
)
"""Additions by which a label may name something else, a part of it, or more."""
_SENTENCE = re.compile(r"[。；;，,！？]|[0-9]")
_LISTED = re.compile(r"(?<=[^\W\d一二三四五六七八九十]{2})[、/／](?=\w)")


@dataclass(frozen=True, slots=True)
class CoreMatch:
    """The row that a label's cores identify.

    `key` is the row it surely names, `near` the row whose core it has, sure or not. `is_ambiguous`
    means that it has the cores of several rows.
    """

    key: str | None = None
    near: str | None = None
    is_ambiguous: bool = False


def find_by_core(
    text: str, said: str, labels: Mapping[str, str], cores: Mapping[str, str]
) -> CoreMatch:
    """Return the row of a label's cores; `said` is the text without numbering and punctuation.

    A label with the cores or the whole labels of two rows names neither, nor does one whose added
    letters may turn its sense.
    """
    found = {core: key for core, key in cores.items() if core in said}
    keys = set(found.values())
    if len(keys) != 1:
        return CoreMatch(is_ambiguous=bool(keys))
    key = keys.pop()
    own = [label for label, other in labels.items() if other == key]
    if _has_rival(said, key, labels):
        return CoreMatch(is_ambiguous=True)
    nearest = max(own, key=lambda label: SequenceMatcher(None, said, label).ratio())
    turns = any(map(_TURNING.search, _added(said, nearest, tuple(found))))
    is_long = len(said) > len(nearest) + _MAX_ADDED_LETTERS
    is_sure = not turns and not is_long and not _is_prose(text, own)
    return CoreMatch(key if is_sure else None, key)


def _has_rival(said: str, key: str, labels: Mapping[str, str]) -> bool:
    """Return whether a text has another row's whole label, which is no part of the row's own."""
    own = "\n".join(label for label, other in labels.items() if other == key)
    rivals = (label for label, other in labels.items() if other != key and label in said)
    return any(rival not in own for rival in rivals)


def _is_prose(text: str, own: list[str]) -> bool:
    """Return whether a text is a sentence or a list, unlike the labels `own` of the form."""
    if any(len(label) > 2 * _MAX_ADDED_LETTERS for label in own):
        return False
    body = re.sub(r"[（(][^（()）]*[）)]", "", text).strip()
    unnumbered = re.sub(r"^\W*[0-9]+\W*", "", body)
    return bool(_SENTENCE.search(unnumbered) or _LISTED.search(body))


def _added(said: str, label: str, cores: tuple[str, ...]) -> list[str]:
    """Return the runs of letters in a label that are neither in the form's own nor in a core."""
    kept = [False] * len(said)
    cores = (*cores, "涉及") if "涉及" in said else cores
    for start, _, size in SequenceMatcher(None, said, label).get_matching_blocks():
        kept[start : start + size] = [True] * size
    for core in cores:
        at = said.find(core)
        kept[at : at + len(core)] = [True] * len(core)
    return "".join(
        letter if not keep else "\n" for letter, keep in zip(said, kept, strict=True)
    ).split()
