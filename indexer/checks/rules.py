"""The rules: one record each, from which running, queries, help and documentation follow.

A rule is added by `register_rule`, or by the decorator `rule` on its function. Its words stand in
`messages/` as `rule.label.<name>` and `rule.demand.<name>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from indexer.checks.reported_figures import ReportedFigures
from indexer.forms.form import FormTable, read_forms
from indexer.messages import DEFAULT_LANGUAGE
from indexer.messages.catalogue import read_catalogue
from indexer.records import Finding, Message, Passage, Report, SourcePlace


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """An unread row: its text, and its place in the narrative if it is kept there."""

    text: str
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A report with all that rules look at.

    `unread_rows` are rows that fit no form and `pictures` those that may show a table; both are
    known only while the file is read. `before` is the body's report for the year before.
    """

    report: Report
    figures: ReportedFigures
    unread_rows: Sequence[UnreadRow] = ()
    pictures: Sequence[SourcePlace] = ()
    before: Report | None = None

    @classmethod
    def of(
        cls,
        report: Report,
        unread_rows: Sequence[UnreadRow] = (),
        pictures: Sequence[SourcePlace] = (),
        before: Report | None = None,
    ) -> CheckedReport:
        """Return a report as rules see it."""
        return cls(report, ReportedFigures.of(report), unread_rows, pictures, before)

    def table(self, section: str) -> FormTable | None:
        """Return the table of a section, of whichever form, whose cells the report all has."""
        tables = [
            table
            for form in read_forms().values()
            for table in form.tables_of(section)
            if all(map(self.figures.has, table.keys()))
        ]
        return tables[-1] if tables else None


RuleScope: TypeAlias = Literal["report", "reading", "years"]
"""What a rule needs: the report alone, also what was met while its file was read, or also the
report for the year before."""
RuleFunction: TypeAlias = Callable[[CheckedReport], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that reports must satisfy.

    `name` is published and stands in its findings. `aliases` are its Chinese names in queries.
    `check` may be shared by rules that are judged together. `result` is a part of the key of the
    cell that should be the sum of a finding's other cells. `cells` are those that a rule across
    years looks at.
    """

    name: str
    aliases: tuple[str, ...]
    check: RuleFunction
    scope: RuleScope = "report"
    result: str | None = None
    cells: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its name in Chinese."""
        return self.label_in(DEFAULT_LANGUAGE)

    def label_in(self, language: str) -> str:
        """Return its name in a language; the first alias where `messages/` has none."""
        return read_catalogue(language).get(f"rule.label.{self.name}", self.aliases[0])

    @property
    def demand(self) -> Message:
        """A sentence on what must hold."""
        return Message.of(f"rule.demand.{self.name}")


_rules: dict[str, Rule] = {}


def register_rule(rule: Rule) -> None:
    """Add a rule after the others. ValueError if its name is taken."""
    if rule.name in _rules:
        raise ValueError(f"there is a rule {rule.name!r} already")
    _rules[rule.name] = rule


def remove_rule(name: str) -> None:
    """Take out a rule; nothing happens where there is none."""
    _rules.pop(name, None)


def registered_rules() -> Mapping[str, Rule]:
    """Return the rules that were registered, by name, in the order in which to list them."""
    return _rules


def rule(
    name: str,
    *aliases: str,
    scope: RuleScope = "report",
    result: str | None = None,
    cells: Sequence[str] = (),
) -> Callable[[RuleFunction], RuleFunction]:
    """Register the decorated function as a rule."""

    def register(check: RuleFunction) -> RuleFunction:
        register_rule(Rule(name, aliases, check, scope, result, tuple(cells)))
        return check

    return register
