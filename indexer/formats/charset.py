"""Bytes → text. The charset is found in the bytes.

A declaration is only one more candidate, since many are wrong.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from indexer.errors import UndecodableText
from indexer.formats.damaged_gbk import decode_damaged
from indexer.records import LOST

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EXPECTED = "的一是了公开政府信息报告年工作情况、，。（）行为人有机关申请"
_MIN_CHINESE_SHARE = 0.02
"""The least share of everyday characters in a text that was decoded rightly."""
_MIN_CHARACTERS_TO_JUDGE = 40
"""Of fewer characters than this the share says little."""
_MAX_LOST_SHARE = 0.5
"""A text is refused that has lost more than this share of its characters outside ASCII."""
_GBK = ("gb18030", "gbk", "gb2312", "cp936")
_FOREIGN = re.compile("[\x80-\u2e7f](?<![·—–‘’“”…\xa0])")
"""What a Chinese text does not hold; pairs of GBK that happen to be UTF-8 are such."""
_NULS = re.compile("\0+")
_RUNS_OF_NULS = re.compile(rb"\0{2,}")
_SHIFTED = re.compile("[\u0900\u0a00\u0d00\u3c00\u3e00]")
"""Tab, line feed, carriage return, `<` and `>` of UTF-16 that lacks a byte before them: every
character after the gap is wrong."""
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_HEAD_BYTES = 4096
_SEGMENT = re.compile(rb"[^<>\"\r\n]+|[<>\"\r\n]+")
"""Bytes that are part of no longer character in any charset, so pages can be cut at them."""


_RESUME = "nianbao.resume"


def _resume(error: UnicodeError) -> tuple[str, int]:
    """Go on at the first ASCII byte behind an error: half a character may stand before a digit."""
    assert isinstance(error, UnicodeDecodeError)
    ahead = range(error.start + 1, error.end)
    return LOST, next((at for at in ahead if error.object[at] < 0x80), error.end)


codecs.register_error(_RESUME, _resume)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text and the number of places lost in it, U+FFFD at each; `nuls` were NUL bytes."""

    text: str
    lost: int = 0
    nuls: int = 0


def find_declared_charset(data: bytes) -> str | None:
    """Return the charset that a page declares at its beginning."""
    found = _DECLARED.search(data[:_HEAD_BYTES])
    return found[1].decode("ascii") if found else None


def decode_text(data: bytes, path: str, declared: str | None = None) -> Decoded:
    """Return the text in UTF-8, UTF-16, UTF-32, GB18030, Big5 or the declared charset.

    The bytes may be damaged. UndecodableText if no charset makes Chinese text of them, or if most
    of the text is lost.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            data = data[len(mark) :]
            marked = data.decode(charset, "replace")
            if _is_kept(marked) and not _is_overruled(marked, data):
                return _counted(_in_step(marked, path) if charset != "utf-8" else marked)
            break
    wide = _find_wide(data)
    if wide and _is_kept(text := data.decode(wide, "replace")):
        return _counted(_in_step(text, path))
    data = _RUNS_OF_NULS.sub(b"\0", data)
    if (whole := _decode(data, "utf-8")) is not None:
        return _counted(whole)
    text = _decode_damaged(data, declared)
    if not _is_kept(text) or _plausibility(text) < _MIN_CHINESE_SHARE:
        raise UndecodableText(path, "source.undecodable")
    return _counted(text)


def _is_overruled(marked: str, data: bytes) -> bool:
    """Say whether a byte order mark is wrong: only without it the bytes are Chinese."""
    return _plausibility(marked) < _MIN_CHINESE_SHARE <= _plausibility(_decode_damaged(data, None))


def _in_step(text: str, path: str) -> str:
    """Return a text in UTF-16 or UTF-32; UndecodableText if it lost a byte but at its end."""
    if _SHIFTED.search(text):
        raise UndecodableText(path, "source.shifted_utf16")
    return text


def _decode_damaged(data: bytes, declared: str | None) -> str:
    """Return the text in the charset that makes most of it, pieces in others where better."""
    charsets = [*dict.fromkeys(("utf-8", "gb18030", "big5", (declared or "utf-8").lower()))]
    texts = {
        charset: text
        for charset in charsets
        if (text := _decode(data, charset, "replace")) is not None
    }
    best = max(texts, key=lambda charset: _plausibility(texts[charset]))
    if LOST not in texts[best]:
        return texts[best]
    return "".join(_decode_segment(segment[0], best) for segment in _SEGMENT.finditer(data))


def _decode_segment(data: bytes, charset: str) -> str:
    """Return a piece of a page in its charset, or in another page's if plainly copied from it."""
    if charset == "utf-8":
        text = data.decode(charset, _RESUME)
        other = _decode(data, "gb18030") if text.count(LOST) * 2 > _foreign(text) else None
        return (
            text if other is None or _decode(other.encode("gb18030"), "gb2312") is None else other
        )
    other = _decode(data, "utf-8")
    if other is not None and not other.isascii() and not _FOREIGN.search(other):
        return other
    if charset in _GBK:
        whole = _decode(data, "gb18030")
        return decode_damaged(data) if whole is None else whole
    return data.decode(charset, _RESUME)


def _decode(data: bytes, charset: str, errors: str = "strict") -> str | None:
    try:
        return data.decode(charset, errors)
    except (UnicodeDecodeError, LookupError):
        return None


def _counted(text: str) -> Decoded:
    """Return a text with its losses counted, NUL bytes of unwritten copies among them."""
    nuls = 0
    if "\0" in text:
        text, nuls = _NULS.subn(LOST, text)
    return Decoded(text, text.count(LOST), nuls)


def _is_kept(text: str) -> bool:
    """Say whether at most half of the characters outside ASCII are lost."""
    return text.count(LOST) + text.count("\0") <= max(_foreign(text) * _MAX_LOST_SHARE, 1)


def _find_wide(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without a byte order mark, None for another charset.

    Only UTF-16 has zero bytes.
    """
    head = data[:4096]
    if head.count(0) < 2:
        return None
    texts = {charset: head.decode(charset, "replace") for charset in ("utf-16-le", "utf-16-be")}
    best = max(texts, key=lambda charset: _plausibility(texts[charset]))
    return best if _plausibility(texts[best]) > _MIN_CHINESE_SHARE else None


def _plausibility(text: str) -> float:
    """Return the share of everyday Chinese characters among those outside ASCII.

    Markup is ASCII and says nothing about the charset.
    """
    return _expected(text) / max(_foreign(text), _MIN_CHARACTERS_TO_JUDGE)


def _expected(text: str) -> int:
    return sum(text.count(character) for character in _EXPECTED)


def _foreign(text: str) -> int:
    return sum(1 for character in text if character > "\x7f")
