"""A total in the prose and the parts that the same passage lists.

Many lists are samples, count one item in several places, or go on to something else. So a list
contradicts its total only where it claims to be complete and no reading of it comes to the total.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from indexer.checks.prose_numbers import ProseCount, ProseSentence

_MARK = re.compile(r"^[）)\s]*[，,。；;：:（(、]?\s*(?P<mark>其中|分别为|分别是|包括|包含|含|即)")
_MAX_MARK_LENGTH = 40
"""Characters after a total within which the word stands that begins its list."""
_MAX_LOST_PART = 20
"""Characters after the last part that may be a part which has lost its number."""
_MIN_COMPLETE_PARTS, _MAX_SHORTFALL = 4, 0.1
"""A list of so many parts claims to be complete if its sum falls short of the total by no more than
this share."""
_CHANNEL = re.compile(
    r"通过|利用|依托|网站|门户|微信|微博|公众号|平台|客户端|公开栏|公示栏|日报|电视|广播|媒体|抖音|头条|公报"
)
_TURN = re.compile(
    r"^(?:此外|另|同时|还|并|共|全年|主动|发布|公开|公布|回应|回复|答复|办理|办结|受理|收到|接到|开展|举办|召开|转发|编发|推送|更新|上传|报送|撰写|制作|组织|依申请)"
)
_SEGMENT = re.compile("[、，,；;：:。（()）]")
_NUMERAL = re.compile("[0-9０-９零〇一二两三四五六七八九十百千万几若干数]")
_WORD_IN_UNIT = re.compile(
    "(?:[头词线链教戒信便字欠借萧油]条|[文案邮稿信附条事软硬部证来快函急要组零元物开样备配构批]件|[月身省年股部备]份|[一发引兴]起|[下上续前后]篇)$"
)
"""Words that end in a unit without being a part whose number is lost, as 今日头条."""
_REST = re.compile(r"其[他它](?!.{0,4}(?:部门|单位|机关))")


@dataclass
class PartList:
    """The parts listed after a total, with what stands before each.

    `mixed` are numbers in other units between them, `later` those after a semicolon. `bound` says
    of each part that it must belong to the list of the parts before it, `has_gaps` that a part has
    lost its number, `is_open` that the list does not claim to end (等).
    """

    mark: str
    labels: list[str] = field(default_factory=list)
    parts: list[ProseCount] = field(default_factory=list)
    mixed: list[ProseCount] = field(default_factory=list)
    later: list[ProseCount] = field(default_factory=list)
    bound: list[bool] = field(default_factory=list)
    has_gaps: bool = False
    is_open: bool = False

    @property
    def by_channel(self) -> bool:
        """Say whether the parts are places of publication; one item may stand in several."""
        return sum(bool(_CHANNEL.search(label)) for label in self.labels) * 2 >= len(self.labels)

    @property
    def found(self) -> int:
        """The sum of the parts."""
        return sum(part.value for part in self.parts)

    @property
    def is_rough(self) -> bool:
        """Say whether one of the parts is approximate."""
        return any(part.approximate for part in self.parts)

    def is_whole(self, total: ProseCount) -> bool:
        """Say whether the list is meant to name all there is."""
        if self.is_open or self.has_gaps or self.mixed or self.later or len(self.parts) < 2:
            return False
        near = len(self.parts) >= _MIN_COMPLETE_PARTS and self.found >= total.value * (
            1 - _MAX_SHORTFALL
        )
        return near or self.mark in ("分别为", "分别是", "即") or bool(_REST.match(self.labels[-1]))

    def can_be(self, total: ProseCount) -> bool:
        """Say whether some reading of the list comes to the total."""
        unbound = [not bound for bound in self.bound[1:]] + [True]
        readings = [
            reading for reading, ends in zip(_sums(self.parts), unbound, strict=True) if ends
        ]
        readings += _sums([*self.parts, *self.later])[len(self.parts) :]
        if self.mixed:
            readings += _sums(sorted([*self.parts, *self.mixed], key=lambda part: part.start))
        readings_fit = any(low <= total.high and high >= total.low for low, high in readings)
        return readings_fit or _divide_again(self.parts, total)


def _divide_again(parts: list[ProseCount], total: ProseCount) -> bool:
    """Say whether a list divides its total more than once: 80条，原创50条、转载30条、动态80条."""
    found = 0
    for part in parts:
        found = part.value if found == total.value else found + part.value
    return found == total.value


def _sums(parts: list[ProseCount]) -> list[tuple[int, int]]:
    lows, highs = accumulate(part.low for part in parts), accumulate(part.high for part in parts)
    return list(zip(lows, highs, strict=True))


def _is_bound(between: str, before: str, label: str) -> bool:
    """Say whether a part continues the list: after 、 and named like the part before it."""
    separator = between.lstrip()[:1]
    alike = label[-2:] == before[-2:] and label != before
    return (separator == "、" and (alike or len(label) <= len(before) + 4)) or (
        separator in "，," and alike
    )


@dataclass
class _ListReader:
    """Sorts the numbers after a total into the parts of its list and what follows the list.

    `depth` counts open brackets. `is_over` says that a semicolon or a turn has ended the list.
    """

    listed: PartList
    unit: str
    depth: int = 0
    is_over: bool = False

    def goes_on(self, between: str) -> bool:
        """Say whether the list can go on after these words, which precede the next number."""
        self.depth += len(re.findall(r"[（(]", between)) - len(re.findall(r"[）)]", between))
        if re.search(r"[。！？]", between) or "其中" in between or self.depth < 0:
            return False
        self.is_over = self.is_over or bool(re.search(r"[；;]", between))
        return True

    def take(self, count: ProseCount, between: str) -> bool:
        """Take in a number with the words before it; False if this is no list at all."""
        listed = self.listed
        label = re.split(r"[，,、；;：:）)]", between.rstrip("，,、：: "))[-1].lstrip("和及与以")
        if listed.parts and _TURN.match(label) and not listed.by_channel:
            listed.is_open = self.is_over = True
            listed.later.append(count)
        elif count.each:
            return False
        elif self.is_over:
            listed.later.append(count)
        elif count.unit != self.unit:
            listed.mixed.append(count)
        else:
            listed.bound.append(bool(listed.parts) and _is_bound(between, listed.labels[-1], label))
            listed.parts.append(count)
            listed.labels.append(label)
        return True


def read_list(sentence: ProseSentence, total: ProseCount) -> PartList | None:
    """Return the list that follows a total, None if there is none that can be read."""
    following = sentence.following(total)
    mark = _find_mark(sentence.whole, total, following)
    if mark is None:
        return None
    at = start = total.end + mark.end()
    reader = _ListReader(PartList(mark["mark"]), total.unit)
    for count in following:
        between, at = sentence.whole[at : count.start], count.end
        if not reader.goes_on(between):
            break
        if reader.depth == 0 and not reader.take(count, between):
            return None
    if not reader.listed.parts:
        return None
    in_brackets = bool(re.search(r"[（(]", mark[0]))
    return _complete(reader, sentence.whole, start, in_brackets)


def _find_mark(
    text: str, total: ProseCount, following: Sequence[ProseCount]
) -> re.Match[str] | None:
    """Return the word that begins a list right after its total: 其中, 分别为."""
    if not following:
        return None
    return _MARK.match(text[total.end : min(following[0].start, total.end + _MAX_MARK_LENGTH)])


def _complete(reader: _ListReader, text: str, start: int, in_brackets: bool) -> PartList:
    """Return the list with what its end tells: whether it has gaps, and whether it goes on."""
    listed = reader.listed
    end = listed.parts[-1].end
    listed.has_gaps = _has_gaps(text[start : end + _MAX_LOST_PART], reader.unit)
    tail = re.match(r"[^，,。；;、]{0,6}", text[end:])
    ends_open = "等" in (tail[0] if tail else "") or (in_brackets and reader.depth > 0)
    listed.is_open = listed.is_open or ends_open
    return listed


def _has_gaps(text: str, unit: str) -> bool:
    """Say whether a part of a list has lost its number: its unit follows its name."""
    sentence, *further = text.split("。", 1)
    segments = _SEGMENT.split(sentence)
    return any(
        segment.endswith(unit)
        and not _NUMERAL.search(segment)
        and not _WORD_IN_UNIT.search(segment)
        for segment in map(str.strip, segments if further else segments[:-1])
    )
