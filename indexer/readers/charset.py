"""Bytes → text. The charset is found in the bytes; a declaration is only one more candidate, since many are wrong."""

from __future__ import annotations

import codecs

from indexer.errors import UndecodableText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EXPECTED = "的一是了公开政府信息报告年工作情况、，。（）行为人有机关申请"
_CHINESE = 0.02
"""The least share of everyday characters in a text that was decoded rightly."""
_FEW = 40
"""Of fewer characters than this the share says little."""
_LENIENT = 1 / 500
"""The share of undecodable characters up to which damaged UTF-8 is still read; each shows as U+FFFD."""


def decode_text(data: bytes, path: str, declared: str | None = None) -> str:
    """Return the text. UndecodableText if no charset fits: UTF-8, UTF-16, UTF-32, GB18030, Big5, or the one declared."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, charset, path)
    if wide := _find_wide(data):
        return _decode_marked(data, wide, path)
    text = _decode(data, "utf-8")
    if text is not None:
        return text
    texts = [
        text for charset in ("gb18030", "big5", declared) if charset and (text := _decode(data, charset)) is not None
    ]
    texts.append(data.decode("utf-8", "replace"))
    best = max(texts, key=_plausibility)
    if best.count("\ufffd") > len(best) * _LENIENT or _plausibility(best) < _CHINESE:
        raise UndecodableText(
            path, f"{path}：看上去是文本，但按 UTF-8、UTF-16、GB18030、Big5 都解不开。请另存为 UTF-8 再放回来。"
        )
    return best


def _decode_marked(data: bytes, charset: str, path: str) -> str:
    text = data.decode(charset, "replace")
    if text.count("\ufffd") > len(text) * _LENIENT:
        raise UndecodableText(
            path, f"{path}：文件开头标明是 {charset.upper()}，内容却解不开。请另存为 UTF-8 再放回来。"
        )
    return text


def _decode(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return None


def _find_wide(data: bytes) -> str | None:
    """Return UTF-16 without a mark, of the byte order that makes Chinese of it; a text in another charset has no zero bytes."""
    head = data[:4096]
    if head.count(0) < 2:
        return None
    texts = {charset: head.decode(charset, "replace") for charset in ("utf-16-le", "utf-16-be")}
    best = max(texts, key=lambda charset: _plausibility(texts[charset]))
    return best if _plausibility(texts[best]) > _CHINESE else None


def _plausibility(text: str) -> float:
    """Return the share of characters that every Chinese report is full of, among those that are not ASCII: markup says nothing."""
    foreign = sum(1 for character in text if character > "\x7f")
    return sum(text.count(character) for character in _EXPECTED) / max(foreign, _FEW)
