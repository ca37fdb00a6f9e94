"""Any order of runs ends with the findings that a rebuild gives; the rule applied to all pairs is
the oracle."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from hypothesis import given, settings

from indexer.bodies.keys import body_of, date_of
from indexer.checks.registry import check_years
from indexer.corpus.ledger import ReportVersion
from indexer.corpus.years import BodyYears, with_findings
from indexer.engines.memory.engine import MemoryEngine
from indexer.errors import ReportNotFound
from indexer.records import Cell, Division, Identity, Region, Report, SourceFile
from indexer.search.documents import build_document
from tests.changes import change_index
from tests.strategies import randoms

PLACES = (Region(province=Division("甲省")), Region(province=Division("乙省")), Region())


def make_report(random: Random, report_id: str) -> Report:
    year = random.choice((2021, 2022, 2023, None))
    identity = Identity(
        "题", True, "田南镇人民政府", "township", None, random.choice(PLACES), year, None, None
    )
    cells = tuple(
        Cell(f"requests.{row}.total", random.randint(0, 1), "reported", "")
        for row in ("carried_in", "carried_out")
    )
    source = SourceFile(
        "x", "0" * 64, 1, retrieved=random.choice((None, "2023-01-01", "2023-02-01"))
    )
    return Report(report_id, identity, "2021", (), cells, (), (), (source,))


def expected(reports: Mapping[str, Report]) -> dict[str, Report]:
    """Compare each report with the current version of the year before, by brute force."""
    found = {}
    for report_id, report in reports.items():
        year, body = report.identity.year, body_of(report)
        before = [
            r
            for r in reports.values()
            if body and body_of(r) == body and r.identity.year == (year or 0) - 1
        ]
        current = max(before, key=lambda r: (date_of(r), r.id), default=None)
        found[report_id] = with_findings(
            report, check_years(report, current) if current and year else ()
        )
    return found


def run(
    engine: MemoryEngine,
    past: Mapping[str, ReportVersion | None],
    drawn: list[Report],
    kept: set[str],
) -> Mapping[str, ReportVersion | None]:
    def get(report_id: str) -> Report | None:
        try:
            return engine.get(report_id)
        except ReportNotFound:
            return None

    years = BodyYears(past, get)
    change_index(
        engine,
        (build_document(years.note(report)) for report in drawn),
        remove=(report_id for report_id in past if report_id not in kept),
        revise=(build_document(report) for report in years.settle(kept)),
    )
    years.close()
    return dict(years.versions())


def draw_reports(random: Random) -> dict[str, Report]:
    new = [make_report(random, random.choice("abcdefgh")) for _ in range(random.randint(0, 5))]
    return {report.id: report for report in new}


@settings(max_examples=150, deadline=None)
@given(random=randoms())
def test_any_order_of_runs_gives_what_a_rebuild_gives(random: Random) -> None:
    engine, reports, past = MemoryEngine(), {}, {}
    for _ in range(random.randint(1, 5)):
        removed = {report_id for report_id in reports if random.random() < 0.2}
        drawn = draw_reports(random)
        reports = {k: r for k, r in reports.items() if k not in removed} | drawn
        past = run(engine, past, list(drawn.values()), set(reports))
        assert {report_id: engine.get(report_id) for report_id in reports} == expected(reports)
        assert past.keys() == reports.keys()


def test_a_report_is_compared_with_the_version_that_counts() -> None:
    random = Random(1)
    place = next(iter(PLACES))

    def version(report_id: str, year: int, carried: tuple[int, int], retrieved: str) -> Report:
        made = make_report(random, report_id)
        cells = tuple(
            Cell(c.key, n, "reported", "") for c, n in zip(made.cells, carried, strict=True)
        )
        identity = Identity("题", True, "某镇人民政府", "township", None, place, year, None, None)
        return Report(
            report_id,
            identity,
            "2021",
            (),
            cells,
            (),
            (),
            (SourceFile("x", "0" * 64, 1, retrieved=retrieved),),
        )

    engine = MemoryEngine()
    late, old, new = (
        version("a", 2022, (5, 0), ""),
        version("b", 2021, (0, 4), "2022-01-01"),
        version("c", 2021, (0, 5), "2022-02-01"),
    )
    past = run(engine, {}, [late, old], {"a", "b"})
    assert [f.severity for f in engine.get("a").findings] == ["contradiction", "unjudged"]
    past = run(engine, past, [new], {"a", "b", "c"})
    assert [f.severity for f in engine.get("a").findings] == ["unjudged"]
    run(engine, past, [], {"a", "b"})
    assert [f.severity for f in engine.get("a").findings] == ["contradiction", "unjudged"]
