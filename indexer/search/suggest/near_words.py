"""The words that may be meant by an unknown one: those that sound alike or are one slip away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from indexer.places.pinyin import readings
from indexer.search.analysis import segmenter

_MAX_CHARACTERS_ALIKE = 2
_MIN_FREQUENCY = 10
"""Nobody means a rarer word (新方, 公室); it only occurs inside others (创新方法, 办公室)."""
_MAX_READINGS = 2
_LOOKALIKES = (
    "开幵廾井并 未末朱 己已巳 申甲由 人入八 土士 大太犬 日曰目 干千于 予矛 木本术 天夫无 午牛 今令 "
    "仪议义 讼颂松 诉拆折析 复夏覆 宜宣 镇填慎 候侯 陕峡狭 治冶 请清情晴睛 拨拔 戊戌戍 辩辨辫 茶荼 "
    "微徽 遂逐 崇祟 栗粟 历厉 部郎 免兔 即既 贷货 贪贫 亨享 壁璧 师帅 间问闻 洒酒 特待持 政攻改 "
    "府俯 信值 息惠 结给 维推 纠纤 处外 罚罸 规现 街衔 区医 县具 厅斤"
)
"""Characters that are taken for each other by the eye, by a person's or a scanner's."""
_MIN_SLIP_LENGTH = 3
"""Half of a word of two characters is no slip, unless it sounds the same."""


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word near another: the characters that differ, and its frequency in the language."""

    text: str
    edits: int
    common: int


@lru_cache(maxsize=1024)
def words_alike(word: str) -> tuple[NearWord, ...]:
    """Return the known words that differ in one or two characters of the same sound or shape.

    >>> "信访" in [near.text for near in words_alike("信仿")]
    True
    """
    ways = [("", 0)]
    for character in word:
        ways = [
            (begun + other, edits + (other != character))
            for begun, edits in ways
            for other in characters_alike(character)
            if edits + (other != character) <= _MAX_CHARACTERS_ALIKE
            and segmenter.is_word_prefix(begun + other)
        ]
    return tuple(_known((found, edits) for found, edits in ways if edits))


@lru_cache(maxsize=1024)
def words_near(word: str) -> tuple[NearWord, ...]:
    """Return the known words that one slip made this of.

    A slip drops, adds, replaces or exchanges a character.

    >>> {near.text for near in words_near("政府信公开")} >= {"政府信息公开"}
    True
    """
    return tuple(_known((found, 1) for found in dict.fromkeys(_slips(word)) if found != word))


def _known(ways: Iterable[tuple[str, int]]) -> Iterator[NearWord]:
    for found, edits in ways:
        common = segmenter.word_frequency(found)
        if common >= _MIN_FREQUENCY:
            yield NearWord(found, edits, common)


def _slips(word: str) -> Iterator[str]:
    """Yield what one slip may have made a word of."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if len(word) < _MIN_SLIP_LENGTH:
        return
    for at in range(len(word) + 1):
        before = word[:at]
        if before and not segmenter.is_word_prefix(before):
            return  # no word begins so, whatever follows
        yield from _slips_at(word, at)


def _slips_at(word: str, at: int) -> Iterator[str]:
    """Yield a word with the character at a place left out, with one inserted, or with another."""
    before, behind, rest = word[:at], word[at:], word[at + 1 :]
    if len(word) > _MIN_SLIP_LENGTH and behind:
        yield before + rest
    for other in segmenter.next_characters(before) if before else segmenter.characters():
        yield before + other + behind
        if behind:
            yield before + other + rest


def characters_alike(character: str) -> tuple[str, ...]:
    """Return the characters that look like one or share a reading with it, itself first.

    >>> characters_alike("幵")[:3]
    ('幵', '开', '廾')
    """
    others = (other for way in _heard(character) for other in _by_reading().get(way, ()))
    return tuple(dict.fromkeys((character, *_by_shape().get(character, ()), *others)))


def _heard(character: str) -> tuple[str, ...]:
    """Return the common readings of a character: by its rare ones most would sound alike."""
    return readings().get(character, ())[:_MAX_READINGS]


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
