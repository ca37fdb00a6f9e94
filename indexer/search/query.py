"""What is asked: a tree of conditions, facet filters, figure filters, an order and a page. No engine's words here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from indexer.records import Status

ALL_SYNONYMS = "*"

# ── conditions on the text ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class UnquotedText:
    """An unquoted run of characters: all its words (as the segmenter cuts it) occur, or it occurs literally.

    What the segmenter knows no word for counts only literally, together with the word it hangs on (办结率, not 办结 and any 率).
    """

    text: str
    without: tuple[str, ...] = ()
    """Question words in it, folded, that need not occur."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quoted string: the normalised text of the title, the body's name or one section contains it."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word of the text begins so (`信访*`)."""

    text: str


@dataclass(frozen=True, slots=True)
class BodyName:
    """The publishing body's normalised name contains this (`机构:田南镇`)."""

    text: str


@dataclass(frozen=True, slots=True)
class And:
    """All hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class InSections:
    """`part` holds within one and the same of these sections; with no part, the report has text in one of them."""

    keys: tuple[str, ...]
    part: Node | None = None


# ── conditions on facets and figures ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class FacetFilter:
    """The report has one of `values` in this facet (`excluded`: has none of them). `field` is a name of the catalogue.

    A place or level cannot be judged for a report whose own is not known, unless what is known of it excludes the value:
    unknown there too, as for figures. The value `unknown` asks for these reports.
    """

    field: str
    values: tuple[str, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """A condition on one figure: a range of its `reported` value, or, with `statuses`, on the status of its cell.

    A range cannot be judged for a report whose cell is not `reported`: the answer there is unknown, not no, and unknown
    passes through and, or, not as in Kleene's logic. `negated` asks for a value outside the range (`!=`). Amounts are yuan.
    """

    key: str
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False
    negated: bool = False
    statuses: tuple[Status, ...] = ()


Node: TypeAlias = (
    UnquotedText
    | Phrase
    | Prefix
    | BodyName
    | And
    | Or
    | Not
    | InSections
    | FacetFilter
    | FigureFilter
)


def nodes_of(node: Node) -> Iterator[Node]:
    """Yield a node and all that stand below it, in the order in which they are written."""
    yield node
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from nodes_of(part)
        case Not(part):
            yield from nodes_of(part)
        case InSections(_, part) if part is not None:
            yield from nodes_of(part)


@dataclass(frozen=True, slots=True)
class Sort:
    """`relevance`, `year`, or a figure's key. Ties: year, newest first, then id; no reported value comes last."""

    by: str = "relevance"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Synonym:
    """Where `word` is asked for, unquoted and not ruled out, `also` is searched for as well, unless switched off."""

    word: str
    also: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """A whole search. `filters` and `figures` hold beside `root`, all together; each facet is counted without its own filters.

    `text` is what was typed, `repairs` says what was mended in it, in Chinese. `page` counts from 1.
    """

    text: str = ""
    root: Node | None = None
    filters: tuple[FacetFilter, ...] = ()
    figures: tuple[FigureFilter, ...] = ()
    sort: Sort = Sort()
    page: int = 1
    size: int = 20
    facets: tuple[str, ...] = ()
    """The facets to count; empty: none."""
    histograms: tuple[str, ...] = ()
    """Figures of which to return the distribution over all matches of everything but their own filter."""
    include_unjudged: bool = False
    """List the reports that could not be judged among the hits, after the others."""
    repairs: tuple[str, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    """Those of the unquoted words in `root`; an engine knows no others."""
    refused: tuple[str, ...] = ()
    """The synonyms that the reader has switched off, folded; `ALL_SYNONYMS` stands for all."""
