"""The rules over years: title, period and publication agree, and the form is the one in force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.checks.rules import CheckedReport, rule
from indexer.forms.form import read_forms
from indexer.records import Finding, Message, Passage, Report, Severity

_YEAR = "identity.year"
_OPENING_PARAGRAPHS = 4
"""Paragraphs at the beginning in which a report says what it is."""
_ITSELF = re.compile(
    r"(?:现|特|兹|由此|编制(?:了|的)?|本报告是?)[^。；;，]{0,30}?(?<![0-9０-９])(?P<year>[2２][0０][0-9０-９]{2})\s*年度?"
    r"[^。；;，：:《》“”]{0,24}(?:年度报告|年报|工作报告|情况报告)"
)
_CITED = re.compile(r"通知|要求|关于|按照|根据|依据|对照|上一?年|去年|[《》〔〕]")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@rule(_YEAR, "年份不一")
def check_year(checked: CheckedReport) -> Iterator[Finding]:
    """Check the year of a report against its period, its words and its day of publication.

    An institution reports when it likes, on an academic year if it is a school.
    """
    if checked.report.identity.level == "institution":
        return _check_institution(checked.report)
    return _check_year(checked.report)


@rule("form.year", "格式年份")
def check_form(checked: CheckedReport) -> list[Finding]:
    """Check that the form is the one in force for the year; none is prescribed for institutions."""
    is_institution = checked.report.identity.level == "institution"
    return [] if is_institution else _check_form(checked.report)


def _check_institution(report: Report) -> Iterator[Finding]:
    """Check only what no academic year explains."""
    year, published = report.identity.year, report.identity.published
    if year is None:
        return
    if report.identity.period and report.identity.period[1].year != year:
        yield from _check_period(report, year)
    if published and published.year < year:
        message = Message.of("finding.year.published_before", year=year, published=published)
        yield Finding(_YEAR, "contradiction", message, (), year, published.year)


def _check_year(report: Report) -> Iterator[Finding]:
    year, published = report.identity.year, report.identity.published
    if year is None:
        return
    yield from _check_period(report, year)
    yield from _check_words(report, year)
    if published and published.year != year + 1:
        message = Message.of("finding.year.published_late", year=year, published=published)
        severity: Severity = "contradiction" if published.year < year else "doubt"
        yield Finding(_YEAR, severity, message, (), year + 1, published.year)


def _check_period(report: Report, year: int) -> Iterator[Finding]:
    """Compare the period with the year.

    One that begins a year early may be the period that the body has always reported on.
    """
    if not report.identity.period:
        return
    first, last = report.identity.period
    if last.year != year:
        message = Message.of("finding.year.period_ends", year=year, day=last)
        yield Finding(_YEAR, "contradiction", message, (), year, last.year)
    elif first.year != year:
        message = Message.of("finding.year.period_begins", year=year, day=first)
        yield Finding(_YEAR, "doubt", message, (), year, first.year)


def _check_words(report: Report, year: int) -> Iterator[Finding]:
    """Compare the year with the one that the opening gives for this report, not for others."""
    opening = [section for section in report.sections if section.key in ("preamble", "overview")]
    for paragraph in [paragraph for section in opening for paragraph in section.paragraphs][
        :_OPENING_PARAGRAPHS
    ]:
        for match in _ITSELF.finditer(paragraph.text):
            said = int(match["year"].translate(_FULL_WIDTH))
            if said != year and not _CITED.search(match[0]):
                passage = Passage(paragraph.number, match.start("year"), match.end())
                message = Message.of("finding.year.opening", year=year, said=said)
                yield Finding(_YEAR, "contradiction", message, (), year, said, (passage,))
                return


def _check_form(report: Report) -> list[Finding]:
    year = report.identity.year
    if year is None or report.form == "none":
        return []
    in_force = next(
        (form for form in read_forms().values() if form.years[0] <= year <= form.years[1]), None
    )
    if in_force is not None and in_force.name == report.form:
        return []
    printed = (
        Message.of("finding.form.mixed")
        if report.form == "hybrid"
        else Message.of("form.form", key=report.form)
    )
    if in_force is None:
        message = Message.of("finding.form.none_due", year=year, printed=printed)
    else:
        due = Message.of("form.form", key=in_force.name)
        message = Message.of("finding.form.other", year=year, due=due, printed=printed)
    return [Finding("form.year", "doubt", message)]
