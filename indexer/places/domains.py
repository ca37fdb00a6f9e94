"""Which places a government site's address can be that of: lixia.gov.cn of 历下区, sxxingxian.gov.cn of 兴县 in Shanxi.

An address alone decides nothing: pinyin is the same for many names (宜春, 伊春). It only chooses among places that the report
names, or whose township it names.
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
_MOST_READINGS = 16
_LONGEST_PREFIX = 3
_LONG = 6
"""A name of so many characters (三都水族自治县) is not written with the initials of its peoples."""


def find_hosts(address: str) -> frozenset[Area]:
    """Return the places whose name a part of a government site's address spells; none for any other site.

    >>> sorted(area.path for area in find_hosts("http://www.gzchishui.gov.cn/x.html"))
    ['贵州省遵义市赤水市']
    """
    return _spelled_in(_labels(address))


def find_by_initials(address: str) -> frozenset[Area]:
    """Return the places whose initials a government site's address is: njgl.gov.cn of 南京市鼓楼区, yc.cq.gov.cn of 永川区.

    Two letters fit too many: without its superior's a place has to have three, and the site has to be its own, for
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
    """Return the prefectures and counties by the initials of their names, with their class and without."""
    found: dict[str, list[Area]] = defaultdict(list)
    for area in gazetteer().areas:
        if area.level in ("prefecture", "county"):
            name = fold(area.name)
            for initials in _initials(fold(stem(area.name))) | (
                _initials(name) if len(name) < _LONG else set()
            ):
                found[initials].append(area)
    return {initials: tuple(areas) for initials, areas in found.items() if len(initials) > 1}


def _labels(address: str) -> tuple[str, ...]:
    """Return the parts of a government site's address, its own name last; none of any other address."""
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
    """Yield the places that a label spells, with the letter of its class or without, and with its superior's initials."""
    for start in range(min(_LONGEST_PREFIX, len(label)) + 1):
        if start == 1:
            continue
        for ending, last in (("", ""), *_CLASSES.items()):
            if not label.endswith(ending):
                continue
            for area in _spellings().get(label[start : len(label) - len(ending)], ()):
                whole = area.name.endswith(last) and (last or len(stem(area.name)) > 1)
                if whole and (not start or label[:start] in _initials_above(area)):
                    yield area


@cache
def _spellings() -> Mapping[str, tuple[Area, ...]]:
    """Return what the names of all counties and above are written in pinyin, without their class."""
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
    return {"".join(letters) for letters in product(*({r[0] for r in _read(c)} for c in name))}


def _spell(name: str) -> set[str]:
    read = [_read(character) for character in fold(name)]
    return (
        {"".join(parts) for parts in islice(product(*read), _MOST_READINGS)} if all(read) else set()
    )


def _read(character: str) -> tuple[str, ...]:
    return readings().get(character, ())
