"""How to cite a report: GB/T 7714, BibTeX, CSL-JSON, and a link to a printed sentence."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.records import Report
from webapp.permalinks import passage_address

_QUOTED = re.compile(r".{12,}?(?=[，。；：！？、）”](?!\d)|$)", re.MULTILINE)
"""The beginning of a paragraph up to a sign; browsers find only passages of whole words."""
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A report's citations as text to copy; `passage` is empty for a report without prose."""

    gbt7714: str
    bibtex: str
    csl_json: str
    passage: str


def cite(report: Report, address: str, today: date) -> Citation:
    """Return the citations of a report that was seen at this absolute address on this day."""
    return Citation(
        gbt7714=_gbt7714(report, address, today),
        bibtex=_bibtex(report, address, today),
        csl_json=json.dumps([_csl(report, address, today)], ensure_ascii=False, indent=1),
        passage=_passage(report, address),
    )


def _author(report: Report) -> str:
    return report.identity.body or "发布机构不详"


def _title(report: Report) -> str:
    return report.identity.title or "政府信息公开工作年度报告"


def _gbt7714(report: Report, address: str, today: date) -> str:
    published = report.identity.published
    day = f"({published.isoformat()})" if published else ""
    return f"{_author(report)}. {_title(report)}[R/OL]. {day}[{today.isoformat()}]. {address}."


def _bibtex(report: Report, address: str, today: date) -> str:
    fields = {
        "title": _escape(_title(report)),
        "institution": _escape(_author(report)),
        "year": str(report.identity.published.year) if report.identity.published else "",
        "note": f"报告年度 {report.identity.year}" if report.identity.year else "",
        "urldate": today.isoformat(),
        "url": address,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@techreport{nianbao:" + report.id + ",\n" + ",\n".join(lines) + "\n}"


def _csl(report: Report, address: str, today: date) -> dict[str, Any]:
    published = report.identity.published
    issued = (
        {"issued": {"date-parts": [[published.year, published.month, published.day]]}}
        if published
        else {}
    )
    return {
        "id": f"nianbao:{report.id}",
        "type": "report",
        "title": _title(report),
        "author": [{"literal": _author(report)}],
        **issued,
        "accessed": {"date-parts": [[today.year, today.month, today.day]]},
        "language": "zh-CN",
        "URL": address,
    }


def _passage(report: Report, address: str) -> str:
    paragraphs = [
        p.text
        for section in report.sections
        if section.key != "preamble"
        for p in section.paragraphs
    ]
    found = next((match for text in paragraphs if (match := _QUOTED.match(text))), None)
    return passage_address(address, found[0]) if found else ""


def _escape(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)
