from __future__ import annotations

from indexer.records import Finding, Passage, Report
from tests.saying import SOMETHING
from tests.webapp.builders import build_report
from tests.webapp.reading import in_chinese
from webapp.shapes.finding_notes import count_findings, place_findings, summarise

place_findings = in_chinese(place_findings)
summarise = in_chinese(summarise)

APPLICANTS = (
    "natural_person",
    "business",
    "research",
    "nonprofit",
    "legal_service",
    "other_organisation",
    "total",
)
ROW = tuple(f"requests.granted.{column}" for column in APPLICANTS)


def with_findings(*findings: Finding) -> Report:
    return build_report(findings=findings)


def test_the_gravest_come_first_and_are_numbered() -> None:
    placed = place_findings(
        with_findings(
            Finding("requests.balance", "unjudged", SOMETHING),
            Finding("identity.year", "doubt", SOMETHING),
            Finding("form.year", "contradiction", SOMETHING),
        )
    )

    assert [(note.sign, note.word) for note in placed.notes] == [
        ("①", "矛盾"),
        ("②", "疑点"),
        ("③", "未能核对"),
    ]


def test_a_row_that_does_not_add_up_frames_its_total_and_notes_it_below_the_row() -> None:
    placed = place_findings(
        with_findings(Finding("requests.row_sum", "contradiction", SOMETHING, ROW, 3, 0))
    )

    assert list(placed.at_cell) == ["requests.granted.total"]
    assert placed.at_cell["requests.granted.total"][0].anchor == "r1"
    assert placed.at_row["requests.granted"] == placed.notes
    assert placed.notes[0].target == "r1"


def test_a_sentence_at_fault_is_underlined_and_noted_beside_its_paragraph() -> None:
    passages = (Passage(1, 0, 2), Passage(1, 5, 7))
    placed = place_findings(
        with_findings(Finding("narrative.received", "doubt", SOMETHING, ROW[-1:], 2, 1, passages))
    )

    assert [(line.start, line.mark is not None) for line in placed.underlines[1]] == [
        (0, False),
        (5, True),
    ]
    assert placed.at_paragraph[1] == placed.notes
    assert placed.at_cell[ROW[-1]][0].anchor is None
    assert not placed.at_row


def test_many_zeros_against_a_sentence_are_not_framed() -> None:
    finding = Finding(
        "narrative.disposition", "contradiction", SOMETHING, ROW, 1, 0, (Passage(1, 0, 2),)
    )

    assert place_findings(with_findings(finding)).at_cell == {}


def test_what_could_not_be_judged_stands_over_its_table_and_frames_nothing() -> None:
    placed = place_findings(with_findings(Finding("requests.row_sum", "unjudged", SOMETHING, ROW)))

    assert placed.at_section["requests"] == placed.notes
    assert placed.at_cell == {}
    assert placed.notes[0].target == "f1"


def test_disputes_have_their_notes_over_the_tables() -> None:
    placed = place_findings(
        with_findings(
            Finding(
                "disputes.row_sum", "contradiction", SOMETHING, ("disputes.reconsideration.total",)
            )
        )
    )

    assert placed.at_section["disputes"] == placed.notes
    assert placed.at_row == {}


def test_a_finding_about_the_whole_report_has_no_place_in_it() -> None:
    placed = place_findings(with_findings(Finding("identity.year", "contradiction", SOMETHING)))

    assert placed.notes[0].section is None


def test_a_finding_about_cells_that_are_not_there_breaks_nothing() -> None:
    placed = place_findings(
        with_findings(
            Finding(
                "years.items",
                "contradiction",
                SOMETHING,
                ("proactive.nowhere.x",),
                1,
                2,
                (Passage(99, 0, 1),),
            )
        )
    )

    assert placed.at_section["proactive"] == placed.notes


def test_a_report_says_in_its_heading_how_much_does_not_add_up() -> None:
    doubt, unjudged = (
        Finding("form.year", "doubt", SOMETHING),
        Finding("requests.balance", "unjudged", SOMETHING),
    )

    assert summarise(with_findings()) == "没有发现对不上的数"
    assert summarise(with_findings(unjudged)) == "无矛盾；1 条规则未能核对"
    assert summarise(with_findings(doubt, doubt, unjudged)) == "2 处对不上；1 条规则未能核对"
    assert count_findings(with_findings(doubt, unjudged)) == {"doubt": 1, "unjudged": 1}
