import json

from bench.generator import YEARS, generate_report, generate_reports
from bench.prose import read_wording
from indexer.forms.form import read_forms
from indexer.serialise.report_json import report_to_dict
from tests.published import report_from_dict

REPORTS = list(generate_reports(60, seed=7))


def written(report):
    return json.dumps(report_to_dict(report), ensure_ascii=False)


def test_the_same_seed_gives_the_same_bytes_whatever_was_drawn_before():
    assert [written(generate_report(number, 7)) for number in (41, 3, 59)] == [
        written(REPORTS[at]) for at in (41, 3, 59)
    ]


def test_another_seed_gives_other_reports():
    assert {report.id for report in generate_reports(60, seed=8)}.isdisjoint(
        report.id for report in REPORTS
    )


def test_every_report_has_an_id_of_its_own_and_survives_its_json_shape():
    assert len({report.id for report in REPORTS}) == len(REPORTS)
    assert all(
        written(report_from_dict(json.loads(written(report)))) == written(report)
        for report in REPORTS
    )


def test_a_body_reports_for_every_year_in_the_form_of_its_time():
    body = REPORTS[: len(YEARS)]
    assert [report.identity.year for report in body] == list(YEARS)
    assert len({report.identity.body for report in body}) == 1
    assert {report.form for report in REPORTS if report.identity.year < 2021} == {"2019"}
    assert {report.form for report in REPORTS if report.identity.year > 2021} == {"2021"}


def test_every_cell_of_the_form_is_there_in_its_order():
    for report in REPORTS:
        assert tuple(cell.key for cell in report.cells) == read_forms()[report.form].keys()


def test_most_cells_are_zero_and_about_three_in_a_hundred_hold_no_number():
    cells = [cell for report in REPORTS for cell in report.cells]
    assert sum(cell.value == 0 for cell in cells) > 0.85 * len(cells)
    assert 0.01 < sum(cell.status != "reported" for cell in cells) / len(cells) < 0.06


def test_a_report_is_about_four_kilobytes_of_prose():
    sizes = [
        len("".join(section.text for section in report.sections).encode()) for report in REPORTS
    ]
    assert 3000 < sum(sizes) / len(sizes) < 5000
    assert min(sizes) > 1000


def test_no_slot_of_the_wording_stays_open():
    assert not any("{" in section.text for report in REPORTS for section in report.sections)
    assert all(words.entries for words in read_wording().words.values())
