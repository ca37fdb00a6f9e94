"""The register of every kind of damage, each a function that damages a report, by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from tests.damage import disputes, figures, heads, labels, pages, rows, spans
from tests.damage.paper import Paper
from tests.damage.press import FORMATS

Damage = Callable[[Paper, Random], None]
_MARKUP = ("html", "word", "docx")
_FILLED = ("markdown", "box")
"""Converters into these shapes fill short rows with empty cells: what is printed then is no short
row.
"""
_RUNNING = ("cell_lines", "pipe_lines")
"""Shapes that print cell after cell: where a row ends is not printed."""


@dataclass(frozen=True)
class Kind:
    """A kind of damage and the formats it can be printed in."""

    name: str
    apply: Damage
    formats: tuple[str, ...]


def _all_but(*formats: str) -> tuple[str, ...]:
    return tuple(name for name in FORMATS if name not in formats)


def _kinds(module: object, names: Sequence[str], formats: tuple[str, ...] = FORMATS) -> list[Kind]:
    return [Kind(name, getattr(module, name), formats) for name in names]


def none(paper: Paper, random: Random) -> None:
    """No damage at all."""


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in [
        Kind("none", none, FORMATS),
        *_kinds(spans, ["labels_unmerged"]),
        *_kinds(
            spans,
            [
                "rowspans_unmerged",
                "colspans_wrong",
                "colspans_lost",
                "rowspans_wrong",
                "rowspans_lost",
            ],
            _MARKUP[:2],
        ),
        *_kinds(spans, ["columns_padded", "figures_spanning"], _MARKUP),
        *_kinds(
            heads,
            [
                "heads_repeated",
                "heads_truncated",
                "heads_split",
                "heads_doubled",
                "heads_lost",
                "captions_lost",
                "heads_explained",
            ],
        ),
        *_kinds(
            rows,
            [
                "rows_lost",
                "rows_doubled",
                "rows_contradicting",
                "rows_swapped",
                "row_added",
                "row_slipped",
            ],
        ),
        *_kinds(rows, ["cells_lost"], _all_but(*_FILLED)),
        *_kinds(rows, ["empty_cells_extra", "number_extra"], _all_but(*_RUNNING)),
        *_kinds(
            labels,
            [
                "labels_variant",
                "labels_explained",
                "labels_broken",
                "numbering_lost",
                "numbering_restarted",
                "groups_lost",
            ],
        ),
        *_kinds(
            figures, ["figures_spelled", "figures_blank", "figures_stroked", "figures_unreadable"]
        ),
        *_kinds(disputes, ["disputes_upright", "disputes_split"]),
        *_kinds(
            pages,
            [
                "tables_cut",
                "tables_cut_with_heads",
                "tables_joined",
                "last_year_beside",
                "other_body_beside",
            ],
        ),
        *_kinds(pages, ["foreign_tables", "sections_shuffled", "headings_lost", "contents_before"]),
    ]
}
"""Every kind of damage by its name."""

DOUBTFUL = frozenset({"last_year_beside", "other_body_beside"})
"""The kinds after which the page itself does not tell which figure is the report's."""

AMBIGUOUS: list[set[str]] = [
    *({"cells_lost", kind} for kind in ("heads_lost", "heads_truncated", "labels_unmerged")),
    *({"number_extra", kind} for kind in ("figures_blank", "labels_unmerged")),
    *({other, "rows_lost"} for other in ("last_year_beside", "other_body_beside")),
    *({other, "figures_blank"} for other in ("last_year_beside", "other_body_beside")),
    *({other, "heads_lost"} for other in ("last_year_beside", "other_body_beside")),
]
"""Pairs that together leave a row of exactly the form's cells which says something else, or another
body's row alone.

A short row behind an empty cell of its label, without heads over it, is a whole row with a blank in
front; the contract takes it literally. And where the report's own rows are lost, or cannot be found
without heads and numbers, another body's stand alone.
"""


def damage(paper: Paper, names: Sequence[str], random: Random) -> Paper:
    """Damage a report in all these ways, one after the other."""
    for name in names:
        KINDS[name].apply(paper, random)
    return paper
