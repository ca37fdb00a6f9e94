"""Asks every judged query of the full ranking, with each feature switched off, and unranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from bench.judged.choices import WITHOUT
from bench.judged.metrics import ndcg, reciprocal_rank
from bench.judged.planting import Field, Judged
from bench.judged.queries import read_plan
from bench.rates import write_index
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.search.documents import build_document
from indexer.search.language.parser import parse_query
from indexer.search.port import SearchEngine
from indexer.search.query import Sort
from indexer.search.ranking import RANKING

AS_IT_IS, NONE = "the ranking as it is", "no ranking, newest first"
_DEPTH, _PAGE = 10, 20
_QUERY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Quality:
    """How well one query was answered."""

    kind: str
    ndcg: float
    reciprocal_rank: float


def measure_quality(folder: Path, reports: int, seed: int) -> Mapping[str, Sequence[Quality]]:
    """Return, by name of a ranking, how well it answers each judged query."""
    field = Field(reports, seed, read_plan())
    judged = field.judge()
    with closing(WhooshEngine(folder)) as engine:
        write_index(engine, map(build_document, field.harvest()))
    found: dict[str, Sequence[Quality]] = {}
    for name, ranking in {AS_IT_IS: RANKING, **WITHOUT}.items():
        with closing(WhooshEngine(folder, _QUERY_SECONDS, ranking=ranking)) as engine:
            found[name] = [ask(engine, one, Sort()) for one in judged]
            if name == AS_IT_IS:
                found[NONE] = [ask(engine, one, Sort("year")) for one in judged]
    return found


def ask(engine: SearchEngine, judged: Judged, sort: Sort) -> Quality:
    """Ask one query and compare the answer with the grades."""
    hits = engine.search(replace(parse_query(judged.text), sort=sort, size=_PAGE)).hits
    grades = [judged.grades.get(hit.id, 0) for hit in hits]
    return Quality(
        judged.kind, ndcg(grades, list(judged.grades.values()), _DEPTH), reciprocal_rank(grades)
    )
