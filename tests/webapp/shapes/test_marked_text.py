from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webapp.shapes.finding_notes import Mark, Underline
from webapp.shapes.marked_text import cut_pieces

SPANS = st.lists(st.tuples(st.integers(-2, 30), st.integers(-2, 30)), max_size=5).map(tuple)
MARK = Mark("①", "doubt", "f1", "overview")


@given(st.text(max_size=25), SPANS, SPANS)
def test_no_marking_changes_a_text(
    text: str, hits: tuple[tuple[int, int], ...], lines: tuple[tuple[int, int], ...]
) -> None:
    underlines = [Underline(start, end, "doubt", MARK) for start, end in lines]
    pieces = cut_pieces(text, hits, underlines)

    assert "".join(piece.text for piece in pieces) == text
    assert sum(len(piece.marks) for piece in pieces) == sum(
        0 <= start < end <= len(text) for start, end in lines
    )


def test_what_overlaps_keeps_both_its_marks() -> None:
    pieces = cut_pieces(
        "不予公开1件",
        ((0, 4),),
        [Underline(2, 6, "contradiction", MARK), Underline(2, 6, "doubt", None)],
    )

    assert [(piece.text, piece.hit, piece.underline) for piece in pieces] == [
        ("不予", True, ""),
        ("公开", True, "fx"),
        ("1件", False, "fx"),
    ]
    assert pieces[-1].marks == (MARK,)
