"""Prints the judged queries: what each feature contributes, over all and by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import mean

from bench.judged.run import AS_IT_IS, NONE, Quality

Found = Mapping[str, Sequence[Quality]]


def print_tables(found: Found) -> None:
    """Print both tables."""
    print("\n".join([*_over_all(found), "", *_by_kind(found), "", *_alike(found)]))


def _over_all(found: Found) -> Iterator[str]:
    """Yield a line a ranking; `earned` is lost without the feature; `better` and `worse` count
    queries.
    """
    whole = found[AS_IT_IS]
    yield f"{'':32}{'nDCG@10':>9}{'earned':>9}{'MRR':>8}{'earned':>9}{'better':>9}{'worse':>7}"
    for name, qualities in found.items():
        line = (
            f"{name if name in (AS_IT_IS, NONE) else f'without {name}':32}{_ndcg(qualities):>9.3f}"
        )
        if name == AS_IT_IS:
            yield f"{line}{'':9}{_mrr(qualities):>8.3f}"
            continue
        pairs = list(zip(whole, qualities, strict=True))
        better = sum(_rounded(kept) > _rounded(without) for kept, without in pairs)
        worse = sum(_rounded(kept) < _rounded(without) for kept, without in pairs)
        earned = _ndcg(whole) - _ndcg(qualities), _mrr(whole) - _mrr(qualities)
        gains = f"{earned[0]:>+9.3f}{_mrr(qualities):>8.3f}{earned[1]:>+9.3f}"
        yield f"{line}{gains}{better:>9}{worse:>7}"


def _by_kind(found: Found) -> Iterator[str]:
    """Yield a line a kind: its nDCG@10 and MRR, and the nDCG@10 that each feature contributes."""
    others = [name for name in found if name != AS_IT_IS]
    for at, name in enumerate(others, 1):
        yield f"{f'({at})':>5} {'' if name == NONE else 'without '}{name}"
    columns = "".join(f"{f'({at})':>8}" for at in range(1, len(others) + 1))
    yield f"\n{'nDCG@10 earned, by kind':28}{'nDCG@10':>8}{'MRR':>8}{columns}"
    for kind in dict.fromkeys(quality.kind for quality in found[AS_IT_IS]):
        whole = _of_kind(found[AS_IT_IS], kind)
        losses = (_ndcg(whole) - _ndcg(_of_kind(found[name], kind)) for name in others)
        earned = "".join(f"{loss:>+8.3f}" for loss in losses)
        yield f"{f'{kind} ({len(whole)})':28}{_ndcg(whole):>8.3f}{_mrr(whole):>8.3f}{earned}"


def _of_kind(qualities: Sequence[Quality], kind: str) -> list[Quality]:
    return [quality for quality in qualities if quality.kind == kind]


def _alike(found: Found) -> Iterator[str]:
    """Count the queries that say nothing about a ranking: all rankings answer them equally."""
    every = list(zip(*(map(_rounded, qualities) for qualities in found.values()), strict=True))
    perfect = sum(min(each) == 1 for each in every)
    nothing = sum(max(each) == 0 for each in every)
    yield (
        f"{len(every)} queries; every ranking answers {perfect} of them perfectly, "
        f"and {nothing} not at all"
    )


def _rounded(quality: Quality) -> float:
    return round(quality.ndcg, 6)


def _ndcg(qualities: Sequence[Quality]) -> float:
    return mean(quality.ndcg for quality in qualities)


def _mrr(qualities: Sequence[Quality]) -> float:
    return mean(quality.reciprocal_rank for quality in qualities)
