"""Chooses the body's name among those of the title, the signature and the report's makers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from indexer.report.identity.body_names import (
    GROUP,
    OFFICE_OF_INSTITUTION,
    ParsedBodyName,
    is_placed,
    parse_name,
)
from indexer.text.folding import fold

_GENERIC = re.compile("^(?:[省市县区旗州盟镇乡我本全]|街道)")
_PART = re.compile(
    "(?P<whole>.+(?:局|厅|(?<!管理)委员会))"
    "(?:(?:党政|政务公开|综合)?(?:办公室|办)|办公厅|.{0,16}[科处股室])"
)
_BRANCH = re.compile("(?P<whole>.+政府)(?:办公室|办公厅)(?:政府信息|信息|政务|电子政务).{0,14}")
_MADE_FOR_OFFICE = re.compile("(?:我|本)(?:办|厅|室)(?!事)")
"""本单位 is what a government calls itself too, when its office made the report."""

_ITSELF = re.compile("(?:局|厅|委员会|委|办公室|中心)$")
_PARTY = re.compile("(?:省|市|县|区|旗|州|盟|镇|乡|街道|[党工])委$|党(?:工委|组)|委员会办公室$")
_SELF = re.compile("我([局厅委办院校镇乡街])(?!事)")
_CALLS = {
    "department": "局厅委办",
    "office": "办",
    "place": "镇乡街办",
    "government": "市县区旗州盟镇乡街办",
    "zone": "委",
    "institution": "院校",
}
"""The characters by which a body of each kind calls itself behind 我."""


@dataclass(frozen=True, slots=True)
class NamesBesideTitle:
    """The names that a report gives beside its title, in the order in which they are trusted."""

    signed: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


def choose_signatures(lines: Iterable[tuple[str, bool]]) -> Iterator[str]:
    """Yield the last lines that are a body's name: dated, or of an organ whose place they name.

    依托政务服务大厅 alone on a line is prose, though it ends like a department.
    """
    for printed, dated in lines:
        name = parse_name(printed)
        known = name.reading.lost is None
        placed = known and is_placed(name.reading) and not name.reading.short
        organ = known and name.kind in ("government", "zone")
        if organ or (name.kind != "unknown" and (dated or placed)):
            yield printed


def choose_name(titled: str, named: NamesBesideTitle, narrative: str) -> ParsedBodyName | None:
    """Return the body's name: the title's, else the signature's, else the makers'.

    A signature or maker with the full name completes a title with a bare place, a general 区科技局
    or a mere 科技局. An office that made the report made it for its government, unless the text
    speaks for the office (我办).
    """
    name = parse_name(titled)
    if name.kind == "place":
        return _organ_of(name, named)
    others = _names_beside_title(named, narrative)
    if name.kind == "unknown":
        return next(others, None)
    is_generic = _is_generic(name)
    if not is_generic and (name.kind != "department" or is_placed(name.reading)):
        return name
    ending = name.printed[1:] if is_generic else name.printed
    return next((other for other in others if other.printed.endswith(ending)), name)


def _organ_of(place: ParsedBodyName, named: NamesBesideTitle) -> ParsedBodyName:
    """Return the place's government as it signs, else the place itself."""
    signatures = map(parse_name, named.signed)
    return next((other for other in signatures if _is_organ_of(other, place)), place)


def _names_beside_title(named: NamesBesideTitle, narrative: str) -> Iterator[ParsedBodyName]:
    """Yield the names of bodies that a report gives beside its title, the most trusted first."""
    makers = (_master_of(parse_name(printed), narrative) for printed in named.made)
    contacts = (_master_of(parse_name(printed), narrative) for printed in named.contacts)
    others = chain(
        map(parse_name, named.signed),
        makers,
        filter(_answers_for_itself, contacts),
        map(parse_name, named.subjects),
    )
    return (other for other in others if other.kind != "unknown" and not _is_generic(other))


def _is_generic(name: ParsedBodyName) -> bool:
    """Return whether a name such as 市教育局, 我局 or 政务公开办公室 does not say whose."""
    reading = name.reading
    return not is_placed(reading) and bool(_GENERIC.match(name.organ) or GROUP.search(name.organ))


def _is_organ_of(name: ParsedBodyName, place: ParsedBodyName) -> bool:
    if name.kind not in ("government", "zone"):
        return False
    if place.reading.township is not None:
        return name.reading.township == place.reading.township
    if place.reading.zone is not None:
        return name.kind == "zone" and (name.reading.zone or "")[:2] == place.reading.zone[:2]
    return name.reading.zone is None and name.reading.places[-1:] == place.reading.places[-1:]


def _master_of(name: ParsedBodyName, narrative: str) -> ParsedBodyName:
    """Return the body that an office works for, or the name itself.

    高安市田南镇推行政务公开领导小组办公室 works for 高安市田南镇, 某局党政办公室 for 某局.
    """
    whole = _whole_of_part(name)
    if whole is not None:
        return whole
    is_for_government = not _MADE_FOR_OFFICE.search(narrative)
    branch = _BRANCH.fullmatch(name.printed)
    if branch and is_for_government:
        return parse_name(branch["whole"])
    is_in_township = name.reading.township is not None
    is_office = name.kind == "office" and (is_in_township or is_for_government)
    if name.stem and (is_office or GROUP.search(name.organ)):
        return parse_name(name.stem)
    return name


def _whole_of_part(name: ParsedBodyName) -> ParsedBodyName | None:
    """Return the department or institution that an office of it belongs to."""
    if name.kind in ("department", "office"):
        part = _PART.fullmatch(name.printed)
        whole = parse_name(part["whole"]) if part else None
        return whole if whole and whole.kind == "department" else None
    part = OFFICE_OF_INSTITUTION.fullmatch(name.printed) if name.kind == "institution" else None
    return parse_name(part["whole"]) if part else None


def is_subject(name: ParsedBodyName, titled: str, narrative: str) -> bool:
    """Return whether the subject of a report's first sentence is its body: 2021年，冲口街道认真….

    高安市认真… and 市委认真… are none. It must be what the report calls itself (我局), and what the
    title calls it, if it does (卫健局 for 宁安市卫生健康局).
    """
    is_known = name.kind != "unknown" and (name.reading.areas or name.reading.township)
    if not is_known or not _is_organ(name, titled):
        return False
    if _PARTY.search(name.printed) or GROUP.search(name.organ):
        return False
    calls = set(_SELF.findall(narrative))
    if not calls.issubset(_CALLS.get(name.kind, "")):
        return False
    # An iterator that is consumed: the title's characters must occur in this order.
    rest = iter(fold(name.printed))
    return all(character in rest for character in fold(titled))


def _is_organ(name: ParsedBodyName, titled: str) -> bool:
    """Return whether a name is that of an organ, and not of a place with its government."""
    if name.reading.township is not None or name.kind in ("office", "zone", "institution"):
        return True
    if _ITSELF.search(name.printed):
        return True
    is_government = name.kind == "government" and name.printed.endswith("人民政府")
    return not titled and is_government


def _answers_for_itself(name: ParsedBodyName) -> bool:
    """Return whether a contact is the body rather than some centre or office of it."""
    return name.kind != "department" or name.printed.endswith(("局", "厅", "委员会"))
