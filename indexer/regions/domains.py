"""Which places a government site's address can be that of: lixia.gov.cn of 历下区, sxxingxian.gov.cn of 兴县 in Shanxi.

An address alone decides nothing: pinyin is the same for many names (宜春, 伊春). It only chooses among places that the report
names, or whose township it names.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice, product
from urllib.parse import urlsplit

from indexer.regions.gazetteer import Area, gazetteer
from indexer.regions.names import stem
from indexer.text import fold

PINYIN = "pinyin.tsv.gz"
"""The characters of the names of counties and above, and the ways each is read, without tones."""

_CLASSES = {"shi": "市", "xian": "县", "qu": "区", "qi": "旗", "zhou": "州", "meng": "盟", "sheng": "省"}
_MOST_READINGS = 16
_LONGEST_PREFIX = 3


def find_hosts(address: str) -> frozenset[Area]:
    """Return the places whose name a part of a government site's address spells; none for any other site.

    >>> sorted(area.path for area in find_hosts("http://www.gzchishui.gov.cn/x.html"))
    ['贵州省遵义市赤水市']
    """
    return _spelled_in(_labels(address))


def find_by_initials(address: str, areas: Iterable[Area]) -> frozenset[Area]:
    """Return those of some counties whose site's address is their initials: syyh.gov.cn of 沈阳市于洪区, yc.cq.gov.cn of 永川区.

    Two letters fit too many: without its superior's a place has to have three.

    >>> from indexer.regions.names import known_names
    >>> {area.path for area in find_by_initials("http://www.njgl.gov.cn", known_names()["鼓楼区"])}
    {'江苏省南京市鼓楼区'}
    """
    labels = _labels(address)
    return frozenset(area for area in areas if any(_are_initials(label, area, labels - {label}) for label in labels))


def _are_initials(label: str, area: Area, others: frozenset[str]) -> bool:
    own = _initials(fold(stem(area.name))) | _initials(fold(area.name))
    if label in own:
        return len(label) > 2 or not others.isdisjoint(_initials_above(area))
    return any(label == above + initials for above in _initials_above(area) for initials in own)


def _labels(address: str) -> frozenset[str]:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return frozenset()
    return frozenset(host.removesuffix(".gov.cn").split(".")) - {"www"} if host.endswith(".gov.cn") else frozenset()


@cache
def _spelled_in(labels: frozenset[str]) -> frozenset[Area]:
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
    readings = [_read(character) for character in fold(name)]
    return {"".join(parts) for parts in islice(product(*readings), _MOST_READINGS)} if all(readings) else set()


def _read(character: str) -> tuple[str, ...]:
    return readings().get(character, ())


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """Return the ways in which each character of the places' names is read, the commonest first."""
    text = gzip.decompress((files("indexer.regions") / PINYIN).read_bytes()).decode("utf-8")
    return {line[0]: tuple(line[2:].split(",")) for line in text.splitlines()}
