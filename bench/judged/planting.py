"""Plants passages into generated reports, so that the grade of every report for a query is known.

Grades come from the plan alone, never from a ranking; other reports have grade 0. What a query is
about must not occur in any report before: its words are not in `wording.toml`, and its body is one
that no other report names. The reports that get a passage are drawn regardless of length and year.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from bench.generator import YEARS, generate_reports
from bench.judged.queries import Plan, Plant, Question
from indexer.records import Paragraph, Report, Section
from indexer.search.documents import texts_of
from indexer.text.folding import fold

_GOVERNMENT = "人民政府"
_NAMELESS = 0.4
"""The share of bodies whose reports do not name them in the title."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query as typed, and the grades of the reports that answer it."""

    kind: str
    text: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs that are put together into a section."""

    section: str
    paragraphs: tuple[str, ...]


class Field:
    """The reports of a seed, and what has been planted in them so far."""

    def __init__(self, reports: int, seed: int, plan: Plan) -> None:
        self._draw = random.Random(f"{seed} judged")
        whole = reports // len(YEARS) * len(YEARS)
        self.reports = list(_titled(generate_reports(whole, seed), self._draw))
        self.plan = plan
        self._folded = [fold("\n".join(texts_of(report).values())) for report in self.reports]
        self._planted: dict[int, list[Passage]] = defaultdict(list)
        self._asked: set[int] = set()

    def judge(self) -> list[Judged]:
        """Plant the passages of every question and return the queries with their grades."""
        return [self._judge(question) for question in self.plan.questions]

    def harvest(self) -> Iterator[Report]:
        """Yield all reports with what was planted in them."""
        for number, report in enumerate(self.reports):
            passages = self._planted.get(number, [])
            yield replace(
                report, sections=_sown(report.sections, passages, self._draw), findings=()
            )

    def _judge(self, question: Question) -> Judged:
        asks = any(plant.hosts == "this" for plant in question.plants)
        this = self._draw_report("{title}" in question.text) if asks else None
        slots = {**question.slots, **(_names(self.reports[this]) if this is not None else {})}
        self._check_absent(question.slots)
        grades: dict[str, int] = {}
        for plant in question.plants:
            taken = {number for number, report in enumerate(self.reports) if report.id in grades}
            for number in self._hosts(plant, this, taken):
                grades[self.reports[number].id] = plant.grade
                self._planted[number].extend(self._passages(plant, number, slots))
        return Judged(question.kind, question.text.format_map(slots), grades)

    def _draw_report(self, titled: bool) -> int:
        """Draw a report of a body that no question uses yet; ValueError if there is none."""
        known = [
            number for number in range(len(self.reports)) if self._can_be_asked_for(number, titled)
        ]
        if not known:
            raise ValueError(f"{len(self.reports)} reports are too few for bodies to be asked for")
        number = self._draw.choice(known)
        self._asked.update(_body(number))
        return number

    def _can_be_asked_for(self, number: int, titled: bool) -> bool:
        """Say whether a report's government is unused, and its name in no other body's report.

        `titled`: and its title names the government.
        """
        names = _names(self.reports[number])
        if number in self._asked or self.reports[number].identity.level not in (
            "township",
            "county",
        ):
            return False
        if titled and names["name"] not in names["title"]:
            return False
        own, name = _body(number), fold(names["name"])
        return not any(name in text for at, text in enumerate(self._folded) if at not in own)

    def _check_absent(self, slots: Mapping[str, str]) -> None:
        """Raise ValueError if a generated report already contains what is about to be planted."""
        sought = fold(slots.get("term", slots.get("first", "") + slots.get("second", "")))
        if sought and any(sought in text for text in self._folded):
            raise ValueError(f"stands in the reports without being planted: {sought}")

    def _hosts(self, plant: Plant, this: int | None, taken: set[int]) -> Sequence[int]:
        if plant.hosts == "this" and this is not None:
            return [this]
        own = set(_body(this)) if this is not None else set()
        among = own if plant.hosts == "own" else set(range(len(self.reports))) - own
        return self._draw.sample(sorted(among - taken), plant.reports)

    def _passages(self, plant: Plant, number: int, slots: Mapping[str, str]) -> Iterator[Passage]:
        for section, written in self.plan.passages[plant.passage].items() if plant.passage else ():
            paragraphs = tuple(text.format_map(slots) for text in written)
            if plant.rate is None:
                yield Passage(section, paragraphs)
                continue
            times = max(1, round(plant.rate * len(self._folded[number]) / 1000))
            first = self._draw.randrange(len(paragraphs))
            for at in range(first, first + times):
                yield Passage(section, (paragraphs[at % len(paragraphs)],))


def _titled(reports: Iterable[Report], draw: random.Random) -> Iterator[Report]:
    """Yield the reports, some with a title that does not name the body, as many print it."""
    for _, of_body in groupby(enumerate(reports), key=lambda numbered: _body(numbered[0]).start):
        nameless = draw.random() < _NAMELESS
        for _, report in of_body:
            title = f"{report.identity.year}年政府信息公开工作年度报告"
            yield (
                replace(report, identity=replace(report.identity, title=title))
                if nameless
                else report
            )


def _body(number: int) -> range:
    """Return the numbers of all reports of the body of report `number`."""
    first = number // len(YEARS) * len(YEARS)
    return range(first, first + len(YEARS))


def _names(report: Report) -> Mapping[str, str]:
    identity = report.identity
    name = (identity.body or "").removesuffix(_GOVERNMENT)
    return {"title": identity.title or "", "name": name, "year": str(identity.year)}


def _sown(
    sections: Iterable[Section], passages: Sequence[Passage], draw: random.Random
) -> tuple[Section, ...]:
    """Return the sections with each passage between two paragraphs, all renumbered."""
    numbers = count(1)
    sown = []
    for section in sections:
        blocks: list[tuple[str, ...]] = [(paragraph.text,) for paragraph in section.paragraphs]
        for passage in passages:
            if passage.section == section.key:
                blocks.insert(draw.randint(0, len(blocks)), passage.paragraphs)
        paragraphs = tuple(Paragraph(next(numbers), text) for block in blocks for text in block)
        sown.append(replace(section, paragraphs=paragraphs, table_at=None))
    return tuple(sown)
