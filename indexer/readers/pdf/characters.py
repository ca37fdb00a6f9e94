"""What a PDF says a glyph means → the character that is printed."""

from __future__ import annotations

import unicodedata

from indexer.readers.marks import RAISED
from indexer.readers.pdf.page import UNKNOWN

_RADICALS = dict(
    zip(
        "⺁⺄⺇⺊⺋⺎⺏⺐⺓⺗⺙⺛⺞⺟⺠⺡⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺱⺲⺳⺵⺶⺷⺹⺻⺼⺽⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙几卜㔾兀尣尢幺㣺攵旡歺母民氵爫丬牛犭王疋目示礻竹罒罒罒网羊羊耂肀月臼艹虎衤覀西见角覀讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""Radicals that a font draws like whole characters; Unicode itself equates only the Kangxi radicals with them."""

_UPRIGHT = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︰︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
        "，、。：；！？〖〗…：—–（）｛｝〔〕【】《》〈〉「」『』［］",
        strict=True,
    )
)
"""Punctuation as it is drawn in upright text."""


def read_character(said: str) -> str:
    """Return the character of a glyph: U+FFFD where the file gives none, so that it can never pass for a number.

    >>> read_character("⼀"), read_character("⺠"), read_character("(cid:21)"), read_character("\ue000")
    ('一', '民', '\ufffd', '\ufffd')
    """
    if len(said) == 1:
        return _read_one(said)
    if not said or said.startswith("(cid:"):
        return UNKNOWN
    return "".join(map(_read_one, said))


def raise_digits(text: str) -> str:
    """Return small raised digits as what they are: marks of footnotes, and no part of a number."""
    return text.translate(RAISED)


def is_wide(character: str) -> bool:
    """Say whether this is Chinese writing or its punctuation, beside which a gap means nothing."""
    return unicodedata.east_asian_width(character[:1]) in ("W", "F") or character in "“”‘’…—·"


def _read_one(character: str) -> str:
    if character in "⼾⾭":
        return "户" if character == "⼾" else "青"
    if "\u2f00" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff":
        return unicodedata.normalize("NFKC", character)
    if character in _RADICALS:
        return _RADICALS[character]
    if character in _UPRIGHT:
        return _UPRIGHT[character]
    if character.isspace():
        return character if character in "\xa0\u3000" else " "
    return UNKNOWN if unicodedata.category(character) in ("Co", "Cn", "Cs", "Cc") else character
