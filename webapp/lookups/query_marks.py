"""The words of a query → what to mark in a report."""

from __future__ import annotations

from dataclasses import replace

from indexer.errors import QueryError
from indexer.records import Message
from indexer.search.analysis.synonyms import Synonyms, with_synonyms
from indexer.search.compile import compile_query
from indexer.search.highlight import find_marks
from indexer.search.language.parser import parse_query
from webapp.arguments.parsing import ReportArguments
from webapp.shapes.marked_text import Spans
from webapp.shapes.report_page import Highlighter


def build_highlighter(
    arguments: ReportArguments, synonyms: Synonyms
) -> tuple[Highlighter, Message | str]:
    """Return the function that marks a query, and why nothing is marked if it cannot be read."""
    try:
        query = replace(parse_query(arguments.words), refused=arguments.refused)
        terms = compile_query(with_synonyms(query, synonyms)).terms
    except QueryError as error:
        return _mark_nothing, error.message

    def mark(field: str, text: str) -> Spans:
        return find_marks(text, [term for term in terms if field in term.scope]) if terms else ()

    return mark, ""


def _mark_nothing(field: str, text: str) -> Spans:
    return ()
