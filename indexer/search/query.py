"""What is asked: a tree of conditions, filters, an order and a page, in no engine's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from indexer.records import Message, Status

ALL_SYNONYMS = "*"

# ── conditions on the text ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class UnquotedText:
    """An unquoted run of characters: all words that the segmenter cuts it into occur, or it does.

    A piece that the segmenter does not know only counts literally, together with the word it hangs
    on: 办结率, not 办结 and any 率.
    """

    text: str
    without: tuple[str, ...] = ()
    """Question words in it, folded, that need not occur."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quoted string that the normalised title, body name or one section contains."""

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
    """`part` holds within one of these sections; without it, the report has text in one of them."""

    keys: tuple[str, ...]
    part: Node | None = None


# ── conditions on facets and figures ────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class FacetFilter:
    """The report has one of `values` in a facet of the catalogue (`excluded`: has none of them).

    The place or level of some reports is not known. Whether they match is unknown, as for figures,
    unless what is known of them excludes the value. The value `unknown` asks for these reports.
    """

    field: str
    values: tuple[str, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """A condition on one figure: a range of its `reported` value, or one of `statuses`.

    Whether a report matches a range is unknown if its cell is not `reported`; unknown passes
    through and, or, not as in Kleene's three-valued logic. `negated` asks for a value outside the
    range (`!=`). Amounts are in yuan.
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
    """An order by `relevance`, `year` or a figure's key.

    Ties: year, newest first, then id. Reports without a reported value come last.
    """

    by: str = "relevance"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Synonym:
    """Where `word` is asked for unquoted, `also` is searched for too, unless switched off."""

    word: str
    also: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """A whole search: `root`, `filters` and `figures` must all hold.

    Each facet is counted without its own filters. `text` is what was typed, `repairs` says what was
    mended in it. `page` counts from 1.
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
    """Figures whose distribution to return, over the matches of everything but their filter."""
    include_unjudged: bool = False
    """List the reports that could not be judged among the hits, after the others."""
    repairs: tuple[Message | str, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    """Those of the unquoted words in `root`; an engine knows no others."""
    refused: tuple[str, ...] = ()
    """The synonyms that the reader has switched off, folded; `ALL_SYNONYMS` stands for all."""
