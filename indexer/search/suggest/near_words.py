"""Which words may have been meant by one that is none: those that sound the same, and those one slip away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from indexer.places.pinyin import readings
from indexer.search.analysis import segmenter

_MOST_ALIKE = 2
_RARE = 10
"""A word rarer in the language than this is nothing that anyone meant (新方, 公室); it only stands in others (创新方法, 办公室)."""
_MOST_HEARD = 2
_LOOKALIKES = (
    "开幵廾井并 未末朱 己已巳 申甲由 人入八 土士 大太犬 日曰目 干千于 予矛 木本术 天夫无 午牛 今令 "
    "仪议义 讼颂松 诉拆折析 复夏覆 宜宣 镇填慎 候侯 陕峡狭 治冶 请清情晴睛 拨拔 戊戌戍 辩辨辫 茶荼 "
    "微徽 遂逐 崇祟 栗粟 历厉 部郎 免兔 即既 贷货 贪贫 亨享 壁璧 师帅 间问闻 洒酒 特待持 政攻改 "
    "府俯 信值 息惠 结给 维推 纠纤 处外 罚罸 规现 街衔 区医 县具 厅斤"
)
"""Characters that are taken for each other by the eye, by a person's or a scanner's."""
_SHORTEST_SLIP = 3
"""Of two characters one is half the word: another in its place is a slip only if it sounds the same."""


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word near to another: by how many characters it differs, and how common it is in the language."""

    text: str
    edits: int
    common: int


@lru_cache(maxsize=1024)
def words_alike(word: str) -> tuple[NearWord, ...]:
    """Return the words of the segmenter that differ in one or two characters, each sounding like the one it stands for.

    >>> "信访" in [near.text for near in words_alike("信仿")]
    True
    """
    ways = [("", 0)]
    for character in word:
        ways = [
            (begun + other, edits + (other != character))
            for begun, edits in ways
            for other in characters_alike(character)
            if edits + (other != character) <= _MOST_ALIKE
            and segmenter.is_word_prefix(begun + other)
        ]
    return tuple(_known((found, edits) for found, edits in ways if edits))


@lru_cache(maxsize=1024)
def words_near(word: str) -> tuple[NearWord, ...]:
    """Return the words of the segmenter that one slip made this of: a character too few, too many, another, or two exchanged.

    >>> {near.text for near in words_near("政府信公开")} >= {"政府信息公开"}
    True
    """
    return tuple(_known((found, 1) for found in dict.fromkeys(_slips(word)) if found != word))


def _known(ways: Iterable[tuple[str, int]]) -> Iterator[NearWord]:
    for found, edits in ways:
        common = segmenter.word_frequency(found)
        if common >= _RARE:
            yield NearWord(found, edits, common)


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if len(word) < _SHORTEST_SLIP:
        return
    for at in range(len(word) + 1):
        before, behind, instead = word[:at], word[at:], word[at + 1 :]
        if before and not segmenter.is_word_prefix(before):
            return
        if len(word) > _SHORTEST_SLIP and at < len(word):
            yield before + instead
        for begun in [
            before + other
            for other in (segmenter.next_characters(before) if before else segmenter.characters())
        ]:
            yield begun + behind
            if at < len(word):
                yield begun + instead


def characters_alike(character: str) -> tuple[str, ...]:
    """Return the characters that look like one or share a reading with it, itself first.

    >>> characters_alike("幵")[:3]
    ('幵', '开', '廾')
    """
    others = (other for way in _heard(character) for other in _by_reading().get(way, ()))
    return tuple(dict.fromkeys((character, *_by_shape().get(character, ()), *others)))


def _heard(character: str) -> tuple[str, ...]:
    """Return the readings of a character that people have in mind when they write; by the rare ones most would sound alike."""
    return readings().get(character, ())[:_MOST_HEARD]


@cache
def _by_shape() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for group in _LOOKALIKES.split():
        for character in group:
            found[character] += [other for other in group if other != character]
    return {character: tuple(dict.fromkeys(others)) for character, others in found.items()}


@cache
def _by_reading() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for character in sorted(segmenter.characters()):
        for way in _heard(character):
            found[way].append(character)
    return {way: tuple(those) for way, those in found.items()}
