"""The arguments of an address → what is asked, for pages and JSON alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indexer.search.analysis.synonyms import NO_SYNONYMS, Synonyms, with_synonyms
from indexer.search.catalogue.facets import facets
from indexer.search.language.query_size import MAX_CONDITIONS, conditions_of
from indexer.search.query import ALL_SYNONYMS, Query
from webapp.arguments.catalogue import (
    refuse_count,
    refuse_name,
    refuse_twice,
    search_arguments,
)
from webapp.arguments.option_arguments import default_figure
from webapp.arguments.record import GivenArgument, Pairs, SearchReading
from webapp.arguments.text_arguments import REFUSED_SYNONYM, print_words, read_text


@dataclass(frozen=True, slots=True)
class ReportArguments:
    """What the address of a report asks for.

    `words` is the query whose words to mark, less the `refused` synonyms; with `all_linked` every
    cell is a link.
    """

    words: str = ""
    all_linked: bool = False
    refused: tuple[str, ...] = ()

    @property
    def marked(self) -> Pairs:
        """The arguments that say which words to mark."""
        return print_words(self.words, self.refused)


def parse_search(pairs: Iterable[tuple[str, str]], synonyms: Synonyms = NO_SYNONYMS) -> Query:
    """Return the search that an address asks for.

    ArgumentError names the argument at fault, QueryError the place in `q`. `figure` with `min` and
    `max`, as the form without scripts sends them, mean `<figure>_min` and `<figure>_max` in place
    of every range that this figure had; the ranges of other figures stay.
    """
    given = tuple(pairs)
    reading = SearchReading(read_text(""), _parse_values(given))
    for name, argument in search_arguments().items():
        if name in reading.given:
            argument.apply(reading)
    counted = tuple(facet.name for facet in facets().values() if facet.counted)
    asked = replace(reading.query, facets=counted)
    if len(conditions_of(asked)) + len(asked.refused) > MAX_CONDITIONS:
        refuse_count(given, MAX_CONDITIONS)
    asked = with_synonyms(asked, synonyms)
    return asked if asked.histograms else replace(asked, histograms=(default_figure(asked),))


def parse_report(pairs: Iterable[tuple[str, str]]) -> ReportArguments:
    """Return what the address of a report asks for.

    Unknown arguments are ignored: services through which a link is shared append their own.
    """
    given = list(pairs)
    first = dict(reversed(given))
    words = first.get("q", "").strip()
    refused = [ALL_SYNONYMS] if first.get("synonyms") == "off" else []
    refused += [value.strip() for name, value in given if name == REFUSED_SYNONYM]
    return ReportArguments(
        words,
        first.get("cells") == "links",
        tuple(dict.fromkeys(filter(None, refused))) if words else (),
    )


def _parse_values(pairs: Pairs) -> dict[str, list[GivenArgument]]:
    """Return the arguments by name with their values parsed, in the order of the address."""
    known = search_arguments()
    given: dict[str, list[GivenArgument]] = {}
    for at, (name, _) in enumerate(pairs):
        argument = known.get(name) or refuse_name(pairs, at)
        earlier = given.setdefault(name, [])
        if any(one.parsed is not None for one in earlier) and not argument.repeatable:
            refuse_twice(pairs, at)
        one = GivenArgument(pairs, at)
        earlier.append(replace(one, parsed=argument.parse(one)))
    return given
