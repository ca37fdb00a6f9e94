"""Reports unlike any in the corpus: all statuses, both forms, no form, hostile text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from indexer.forms.form import read_forms
from indexer.records import (
    Cell,
    Division,
    Finding,
    FormName,
    Identity,
    Message,
    Paragraph,
    Passage,
    PrintedLabel,
    Region,
    Report,
    Section,
    SourceFile,
)

HEADINGS = {
    "overview": "一、总体情况",
    "proactive": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "disputes": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other": "六、其他需要报告的事项",
}
EVERY_STATUS = {
    "requests.received.natural_person": Cell(
        "requests.received.natural_person", 12, "reported", "12"
    ),
    "requests.received.business": Cell("requests.received.business", None, "blank", ""),
    "requests.received.research": Cell("requests.received.research", None, "not_applicable", "／"),
    "requests.received.nonprofit": Cell("requests.received.nonprofit", None, "missing", None),
    "requests.received.legal_service": Cell("requests.received.legal_service", 3, "suspect", "3"),
    "requests.received.other_organisation": Cell(
        "requests.received.other_organisation", None, "unreadable", "若干"
    ),
    "requests.received.total": Cell("requests.received.total", 0, "reported", "0"),
    "requests.carried_in.total": Cell(
        "requests.carried_in.total", 9, "reported", "[bookmark: _GoBack]9个"
    ),
}


def zero_cells(keys: Sequence[str], others: Mapping[str, Cell] = EVERY_STATUS) -> tuple[Cell, ...]:
    return tuple(others.get(key, Cell(key, 0, "reported", "0")) for key in keys)


def build_report(name: str = "样镇", form: FormName = "2019", **changes: object) -> Report:
    """A report with all cells of its form, zero but for `EVERY_STATUS`, with `changes`."""
    forms = read_forms()
    cells = zero_cells(forms[form].keys()) if form in forms else ()
    digest = hashlib.sha256(f"{name}{form}{sorted(changes)}".encode()).hexdigest()
    source = SourceFile(f"{name}.txt", digest, 100, "text/plain")
    texts = {
        "overview": f"{name}一年来推进政务公开，办结率均为100%。",
        "problems": "人手不足。",
        "other": "无。",
    }
    sections = tuple(
        Section(
            key,
            heading,
            (Paragraph(number, texts[key]),) if key in texts else (),
            None if key in texts else 0,
        )
        for number, (key, heading) in enumerate(HEADINGS.items(), 1)
    )
    identity = Identity(
        title=f"{name}2019年政府信息公开工作年度报告",
        title_printed=True,
        body=f"{name}人民政府",
        level="township",
        parent_level=None,
        region=Region(
            province=Division("江西省", "360000", "title"),
            county=Division("样县", "360999", "title"),
        ),
        year=2019,
        period=None,
        published=date(2020, 1, 15),
    )
    report = Report(source.report_id, identity, form, sections, cells, (), (), (source,))
    return replace(report, **changes)  # type: ignore[arg-type]


def hybrid_report() -> Report:
    """Proactive rows of the 2021 form, requests of 2019 with one row of 2021, one dispute."""
    forms = read_forms()
    keys = [
        *(key for table in forms["2021"].tables_of("proactive") for key in table.keys()),
        *(key for table in forms["2019"].tables_of("requests") for key in table.keys()),
        *(
            f"requests.other_unpaid.{column.key}"
            for column in forms["2021"].tables_of("requests")[0].columns
        ),
        *(key for table in forms["2019"].tables_of("disputes") for key in table.keys()),
    ]
    return build_report("混镇", "hybrid", cells=zero_cells(keys))


def hostile_report() -> Report:
    """Markup in every place that a file decides."""
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    plain = build_report("恶镇")
    source = replace(
        plain.sources[0], path='夹/恶\n镇"<b>.txt', origin="javascript:alert(3)", sha256="ab" * 32
    )
    cells = tuple(
        Cell(cell.key, None, "unreadable", evil) if cell.key == "requests.granted.total" else cell
        for cell in plain.cells
    )
    return replace(
        plain,
        id=source.report_id,
        identity=replace(
            plain.identity,
            title=evil,
            body=evil,
            region=Region(province=Division(evil, None, "title")),
        ),
        sections=(Section("overview", evil, (Paragraph(1, evil),)), *plain.sections[1:]),
        cells=cells,
        labels=(PrintedLabel("requests.granted", evil), PrintedLabel("requests.*.total", evil)),
        findings=(
            Finding(
                "narrative.received",
                "doubt",
                Message.of("finding.unread.row", text=evil),
                ("requests.received.total",),
                1,
                2,
                (Passage(1, 0, 8),),
            ),
        ),
        sources=(source,),
    )
