"""The rules as the search and the site see them: their names, labels and demands."""

from __future__ import annotations

from indexer.checks.registry import rules
from indexer.checks.rules import Rule
from indexer.search.catalogue.facet_values import ClosedValues

__all__ = ["Rule", "rule_names", "rules"]


def rule_names() -> ClosedValues:
    """Return the names of the rules in queries, by the rules that they mean."""
    return {name: rule.aliases for name, rule in rules().items()}
