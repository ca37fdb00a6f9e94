"""The rules across years: what one year carries over, the next must have taken in. Pure functions over reports of one body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.checks.reported_figures import Figures, written
from indexer.forms.form import read_forms
from indexer.records import Finding, Number, Report

_DOCUMENTS = {"regulations": "规章", "normative_documents": "行政规范性文件"}
_ITEMS = {
    "licensing": "行政许可",
    "other_services": "其他对外管理服务事项",
    "penalties": "行政处罚",
    "coercion": "行政强制",
    "fees": "行政事业性收费",
}
_CARRIED, _IN_FORCE, _KEPT_ITEMS = "years.carried", "years.in_force", "years.items"


@dataclass(frozen=True, slots=True)
class _Step:
    """From one year to the next: the cells `before` of the one and `change` of the other make `now` of the other.

    The last of `minus` cells of `change` are taken away. `what` names the figure in a message.
    """

    rule: str
    what: str
    now: str
    before: tuple[str, ...]
    change: tuple[str, ...] = ()
    minus: int = 0


def slim(report: Report) -> Report:
    """Return the report with only what the rules across years look at, to be kept by the thousand."""
    kept = {key for step in _STEPS for key in (step.now, *step.before, *step.change)}
    cells = tuple(cell for cell in report.cells if cell.key in kept)
    return replace(report, cells=cells, sections=(), labels=(), findings=())


def is_across_years(finding: Finding) -> bool:
    """Say whether a finding comes of these rules."""
    return finding.rule.startswith("years.")


def check_years(report: Report, before: Report) -> tuple[Finding, ...]:
    """Check a report against its body's report for the year before, which each finding names."""
    findings: list[Finding] = []
    for rule in (_CARRIED, _IN_FORCE, _KEPT_ITEMS):
        steps = [step for step in _STEPS if step.rule == rule]
        if _applies(rule, steps, report, before):
            findings += _check(steps, report, before)
    return tuple(replace(finding, reports=(before.id,)) for finding in findings)


def _applies(rule: str, steps: Sequence[_Step], report: Report, before: Report) -> bool:
    """Say whether the rule can hold at all: the report's form has the figures, and the form has not changed between."""
    figures, past = Figures.of(report), Figures.of(before)
    if not any(figures.has(step.now) for step in steps):
        return False
    return (
        rule == _CARRIED
        or before.form == "none"
        or any(past.has(key) for step in steps for key in step.before)
    )


def _check(steps: Sequence[_Step], report: Report, before: Report) -> Iterator[Finding]:
    figures, past = Figures.of(report), Figures.of(before)
    unjudged: list[str] = []
    for step in steps:
        now, change, came = (
            figures.value(step.now),
            figures.values(step.change),
            past.values(step.before),
        )
        if now is None or change is None or came is None:
            unjudged += [step.now, *step.change]
            continue
        expected = sum(came) + sum(change) - 2 * sum(change[len(change) - step.minus :])
        if now != expected:
            message = (
                f"{_said(step, came, change, expected, before)}，本年报告印的是 {written(now)}。"
            )
            cells = (step.now, *step.change)
            yield Finding(step.rule, "contradiction", message, cells, expected, now)
    if unjudged:
        yield _unjudged(steps[0].rule, unjudged, before)


def _unjudged(rule: str, keys: Sequence[str], before: Report) -> Finding:
    what = {
        _CARRIED: "上年结转的申请",
        _IN_FORCE: "现行有效的文件数",
        _KEPT_ITEMS: "上一年的项目数量",
    }[rule]
    message = f"{what}：与 {before.identity.year} 年的报告有 {len(keys)} 格不能核对，其中一年没有确定的数。"
    return Finding(rule, "unjudged", message, tuple(dict.fromkeys(keys)))


def _said(
    step: _Step, came: Sequence[Number], change: Sequence[Number], expected: Number, before: Report
) -> str:
    year = before.identity.year
    if step.rule == _CARRIED:
        return f"{step.what}：{year} 年的报告结转下年 {written(expected)} 件"
    if step.rule == _IN_FORCE:
        terms = f"{written(came[0])}＋制发 {written(change[0])}－废止 {written(change[1])}"
        return f"「{step.what}」现行有效件数：{year} 年的报告 {terms}＝{written(expected)}"
    terms = f"上一年 {written(came[0])} 项、增减 {written(came[1])} 项，合 {written(expected)} 项"
    return f"「{step.what}」上一年项目数量：{year} 年的报告{terms}"


def _carried_steps() -> Iterator[_Step]:
    table = next(table for form in read_forms().values() for table in form.tables_of("requests"))
    for column in table.columns:
        now, out = (f"requests.{row}.{column.key}" for row in ("carried_in", "carried_out"))
        yield _Step(_CARRIED, f"「{column.label}」一列的上年结转", now, (out,))


def _steps() -> Iterator[_Step]:
    yield from _carried_steps()
    for row, label in _DOCUMENTS.items():
        now, issued, repealed = (
            f"proactive.{row}.{column}" for column in ("in_force", "issued", "repealed")
        )
        yield _Step(_IN_FORCE, label, now, (now,), (issued, repealed), minus=1)
    for row, label in _ITEMS.items():
        now, change = (
            f"proactive.{row}.{column}" for column in ("items_last_year", "items_change")
        )
        yield _Step(_KEPT_ITEMS, label, now, (now, change))


_STEPS = tuple(_steps())
