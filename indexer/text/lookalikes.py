"""CJK radicals and the whole characters that fonts draw alike but Unicode keeps apart.

Programs that make PDFs, and texts copied out of them, print one for the other. NFKC folds the
Kangxi radicals (U+2F00). Those of the CJK Radicals Supplement (U+2E80) have no decomposition, only
the property Equivalent_Unified_Ideograph of the Unicode Character Database, which names the same
characters as here but for variants that no Chinese text is set in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

RADICALS: Mapping[str, str] = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺇⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂几刂卜㔾小小兀尣尢巳幺彑彐忄㣺扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罒罒罒网网羊羊羊耂聿肀月臼艹艹艹虎衤覀西见角覀讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""The whole character that each radical is drawn like."""

VARIANTS: Mapping[str, str] = {"⾭": "青", "靑": "青", "⼾": "户"}
"""The character of mainland texts for radicals that decompose into another."""

_ALIKE = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")


def unify(text: str) -> str:
    """Return a text with each radical and compatibility ideograph as its whole character.

    >>> unify("⻩石市⼾口")
    '黄石市户口'
    """
    return _ALIKE.sub(lambda match: _unify_one(match[0]), text)


def _unify_one(character: str) -> str:
    if character in VARIANTS:
        return VARIANTS[character]
    return RADICALS.get(character) or unicodedata.normalize("NFKC", character)
