"""Numbers typed into the form fields of a PDF are read as they are shown, or not at all."""

from __future__ import annotations

import pytest

from indexer.formats.registry import read_document
from indexer.records import Document, Grid, SourcePlace
from tests.pdf_press import HandSet, first_form, hand_set_pdf

RECT = "/Rect [210 702 240 718]"


def page(*annotations: str) -> HandSet:
    """A row of three ruled cells: a label, a field, and a printed 7."""
    sheet = HandSet(extra=f"/Annots [{' '.join(annotations)}]")
    sheet.grid([100, 200, 250, 300], [700, 720])
    return (
        sheet.text(110, 705, "规章")
        .ascii(260, 705, "7")
        .text(100, 780, "某镇政府信息公开工作年度报告在下面列出")
    )


def field(entries: str, kind: str = "/Subtype /Widget /FT /Tx") -> str:
    return f"<< /Type /Annot {kind} {RECT} {entries} >>"


def read(*annotations: str, catalog: str = "", forms: tuple[HandSet, ...] = ()) -> str:
    document = read_document(
        hand_set_pdf(page(*annotations), catalog=catalog, forms=forms), "某镇.pdf"
    )
    return cells(document)[1]


def cells(document: Document) -> list[str]:
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    assert [len(row) for row in grid.rows] == [3]
    assert grid.rows[0][0].text == "规章"
    assert grid.rows[0][2].text == "7"
    return [cell.text for cell in grid.rows[0]]


def drawn(text: str) -> HandSet:
    return HandSet(30, 16).ascii(2, 4, text, 8)


APPEARANCE = f"/AP << /N {first_form(1)} 0 R >>"


@pytest.mark.parametrize(
    ("entries", "shown"),
    [
        ("/V (125)", "125"),
        ("/V (125) /DA (/Helv 8 Tf 0 g) /F 4", "125"),
        ("/V (0)", "0"),
        ("/V <FEFF0031003200355E74>", "125年"),
        ("/V ()", ""),
        ("", ""),
        ("/V (125) /F 2", ""),
        ("/V (125) /F 32", ""),
        ("/V (12345678901234)", "12345678901234"),
        ("/V (1\\n2)", "\ufffd"),
        ("/V (125) /Rect [0 0]", ""),
    ],
)
def test_the_value_of_a_field_without_an_appearance_is_shown(entries: str, shown: str) -> None:
    assert read(field(entries)) == shown


@pytest.mark.parametrize(
    ("entries", "shown"),
    [
        ("/V (125)", "125"),
        ("/V (1,25)", "125"),
        ("", "125"),
        ("/V (126)", None),
        ("/V (12)", None),
        ("/V (125) /F 2", ""),
    ],
)
def test_an_appearance_is_read_unless_the_value_gainsays_it(
    entries: str, shown: str | None
) -> None:
    text = read(field(f"{entries} {APPEARANCE}"), forms=(drawn("125"),))
    assert text == shown if shown is not None else "\ufffd" in text


def test_an_empty_appearance_hides_a_value_from_some_viewers_only() -> None:
    entries = field(f"/V (5) {APPEARANCE}")
    assert read(entries, forms=(drawn(""),)) == "\ufffd"
    assert read(entries, catalog="/AcroForm << /NeedAppearances true >>", forms=(drawn(""),)) == "5"


def test_an_appearance_is_scaled_into_its_rectangle() -> None:
    small = HandSet(15, 8, extra="/Matrix [1 0 0 1 -3 -3]").ascii(1, 2, "31", 4)
    assert read(field(APPEARANCE), forms=(small,)) == "31"


def test_the_lines_of_a_field_are_none_of_the_table() -> None:
    assert (
        read(field(f"/V (5) {APPEARANCE}"), forms=(drawn("5").grid([0, 15, 30], [0, 8, 16]),))
        == "5"
    )


def test_a_value_that_the_field_above_holds_is_inherited() -> None:
    assert read(field("/Parent << /FT /Tx /V (9) >>", "/Subtype /Widget")) == "9"


def test_a_choice_shows_what_it_stands_for() -> None:
    assert read(field("/V (a) /Opt [[(a) (41)] [(b) (42)]]", "/Subtype /Widget /FT /Ch")) == "41"


def test_a_typed_note_is_printed_and_a_tick_is_no_number() -> None:
    assert read(field(APPEARANCE, "/Subtype /FreeText"), forms=(drawn("8"),)) == "8"
    assert (
        read(field(f"/V /Yes {APPEARANCE}", "/Subtype /Widget /FT /Btn"), forms=(drawn("4"),)) == ""
    )
    assert read(field(APPEARANCE, "/Subtype /Text"), forms=(drawn("4"),)) == ""


@pytest.mark.parametrize(
    "annotations",
    ["[7 0 R]", "5", "[5 null (a)]", "[<< >>]", "[<< /Subtype /Widget /FT 5 /Rect 5 >>]"],
)
def test_broken_annotations_are_left_out(annotations: str) -> None:
    sheet = page()
    sheet.extra = f"/Annots {annotations}"
    assert cells(read_document(hand_set_pdf(sheet), "某镇.pdf"))[1] == ""


IMAGE = "BI /W 1 /H 1 /BPC 8 /CS /G ID \x01 EI"


def test_a_page_that_is_a_picture_is_told_and_a_seal_is_not() -> None:
    scan, seal, covered = HandSet(), page(), page()
    scan.content.append(f"q 595 0 0 842 0 0 cm {IMAGE} Q")
    seal.content.append(f"q 110 0 0 110 400 100 cm {IMAGE} Q")
    covered.content.append(f"q 500 0 0 842 40 0 cm {IMAGE} Q")
    document = read_document(hand_set_pdf(page(), scan, seal, covered), "某镇.pdf")
    assert document.pictures == (SourcePlace(page=2),)


def test_a_picture_of_a_table_between_paragraphs_is_told() -> None:
    sheet = page()
    sheet.content.append(f"q 400 0 0 200 90 300 cm {IMAGE} Q")
    assert read_document(hand_set_pdf(sheet), "某镇.pdf").pictures == (SourcePlace(page=1),)
