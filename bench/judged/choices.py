"""The ranking with each of its features switched off in turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from indexer.search.ranking import RANKING, Ranking

_UNBOUNDED = 1e6
"""So high that a thousand occurrences of a word still count a thousand times."""

WITHOUT: Mapping[str, Ranking] = {
    "title weight": replace(RANKING, title_weight=1.0),
    "body weight": replace(RANKING, body_weight=1.0),
    "title and body weight": replace(RANKING, title_weight=1.0, body_weight=1.0),
    "heading weight": replace(RANKING, heading_weight=0.0),
    "length normalisation": replace(RANKING, name_length_share=0.0, text_length_share=0.0),
    "literal run": replace(RANKING, literal=0.0),
    "nearness": replace(RANKING, near=0.0),
    "literal run and nearness": replace(RANKING, literal=0.0, near=0.0),
    "rarity": replace(RANKING, rarity_power=0.0),
    "lesser worth of synonyms": replace(RANKING, synonym_share=1.0),
    "saturation": replace(RANKING, saturation=_UNBOUNDED),
}
"""By the name of the choice that is switched off."""
