"""Finds the places whose government site can have an address.

lixia.gov.cn is 历下区's, sxxingxian.gov.cn is that of 兴县 in Shanxi. An address alone decides
nothing, for many names are the same in pinyin (宜春, 伊春). It only chooses among places that the
report names, or whose township it names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice, product
from urllib.parse import urlsplit

from indexer.places.gazetteer import Area, gazetteer
from indexer.places.name_lookup import stem
from indexer.places.pinyin import readings
from indexer.text.folding import fold

_CLASSES = {
    "shi": "市",
    "xian": "县",
    "qu": "区",
    "qi": "旗",
    "zhou": "州",
    "meng": "盟",
    "sheng": "省",
}
_MAX_SPELLINGS = 16
"""The spellings of one name that are kept; characters with several readings multiply."""
_MAX_PREFIX_LENGTH = 3
"""Letters of a superior's initials that an address has before a name."""
_MAX_INITIALED_LENGTH = 5
"""Characters of a name whose initials include its class; 三都水族自治县 is never SDSZZZX."""


def find_hosts(address: str) -> frozenset[Area]:
    """Return the places whose name a label of a government site's address spells.

    An address of another site has none.

    >>> sorted(area.path for area in find_hosts("http://www.gzchishui.gov.cn/x.html"))
    ['贵州省遵义市赤水市']
    """
    return _spelled_in(_labels(address))


def find_by_initials(address: str) -> frozenset[Area]:
    """Return the places whose initials are a label of a government site's address.

    njgl.gov.cn is 南京市鼓楼区's, yc.cq.gov.cn is 永川区's. Two letters fit too many places:
    without its superior's initials a place needs three, in the site's own label, for
    zjj.longyan.gov.cn is a bureau of 龙岩市 and not 张家界市.

    >>> sorted(area.path for area in find_by_initials("http://www.syyh.gov.cn"))
    ['辽宁省沈阳市于洪区']
    """
    return _initialled(_labels(address))


@cache
def _initialled(labels: tuple[str, ...]) -> frozenset[Area]:
    return frozenset(area for label in labels for area in _initialled_by(label, labels))


def _initialled_by(label: str, labels: tuple[str, ...]) -> Iterator[Area]:
    known = _by_initials()
    others = {other for other in labels if other != label}
    for area in known.get(label, ()):
        if (len(label) > 2 and label == labels[-1]) or not others.isdisjoint(_initials_above(area)):
            yield area
    for start in range(2, len(label) - 1):
        for area in known.get(label[start:], ()):
            if label[:start] in _initials_above(area):
                yield area


@cache
def _by_initials() -> Mapping[str, tuple[Area, ...]]:
    """Return prefectures and counties by the initials of their names, with and without class."""
    found: dict[str, list[Area]] = defaultdict(list)
    for area in gazetteer().areas:
        if area.level in ("prefecture", "county"):
            name = fold(area.name)
            whole = _initials(name) if len(name) <= _MAX_INITIALED_LENGTH else set()
            for initials in _initials(fold(stem(area.name))) | whole:
                found[initials].append(area)
    return {initials: tuple(areas) for initials, areas in found.items() if len(initials) > 1}


def _labels(address: str) -> tuple[str, ...]:
    """Return the labels of a government site's host, its own last; none for any other address."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ()
    found = host.removesuffix(".gov.cn").split(".") if host.endswith(".gov.cn") else []
    return tuple(label for label in found if label != "www")


@cache
def _spelled_in(labels: tuple[str, ...]) -> frozenset[Area]:
    return frozenset(area for label in labels for area in _spelled_by(label))


def _spelled_by(label: str) -> Iterator[Area]:
    """Yield the places that a label spells.

    The class may be spelled behind the name, and the superior's initials may stand before it.
    """
    # A single letter before a name is no superior's: their initials have two or three.
    starts = [0, *range(2, min(_MAX_PREFIX_LENGTH, len(label)) + 1)]
    for start in starts:
        for ending, last in (("", ""), *_CLASSES.items()):
            if not label.endswith(ending):
                continue
            for area in _spellings().get(label[start : len(label) - len(ending)], ()):
                is_whole = area.name.endswith(last) and (last or len(stem(area.name)) > 1)
                if is_whole and (not start or label[:start] in _initials_above(area)):
                    yield area


@cache
def _spellings() -> Mapping[str, tuple[Area, ...]]:
    """Return all counties and above by the pinyin of their names without class."""
    found: dict[str, list[Area]] = defaultdict(list)
    for area in gazetteer().areas:
        if area.level in ("province", "prefecture", "county"):
            for spelled in _spell(stem(area.name)):
                found[spelled].append(area)
    return {spelled: tuple(areas) for spelled, areas in found.items()}


def _initials_above(area: Area) -> set[str]:
    found: set[str] = set()
    above = area.parent
    while above is not None:
        found |= _initials(stem(above.name))
        above = above.parent
    return found


def _initials(name: str) -> set[str]:
    letters = ({reading[0] for reading in _read(character)} for character in name)
    return {"".join(chosen) for chosen in product(*letters)}


def _spell(name: str) -> set[str]:
    """Return the spellings of a name; none if a character's reading is unknown."""
    read = [_read(character) for character in fold(name)]
    if not all(read):
        return set()
    return {"".join(parts) for parts in islice(product(*read), _MAX_SPELLINGS)}


def _read(character: str) -> tuple[str, ...]:
    return readings().get(character, ())
