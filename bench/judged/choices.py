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
    "length normalisation": replace(RANKING, name_b=0.0, text_b=0.0),
    "phrase": replace(RANKING, phrase_boost=0.0),
    "proximity": replace(RANKING, proximity_boost=0.0),
    "phrase and proximity": replace(RANKING, phrase_boost=0.0, proximity_boost=0.0),
    "idf": replace(RANKING, idf_power=0.0),
    "synonym weight": replace(RANKING, synonym_weight=1.0),
    "term frequency saturation": replace(RANKING, k1=_UNBOUNDED),
}
"""Rankings by the name of the feature that each lacks."""
