"""What reports are scores at the most never hides one that is scores more."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indexer.engines.memory.engine import MemoryEngine
from indexer.engines.whoosh.query import proximity, ranked_order, sparse_values
from indexer.engines.whoosh.query.ranked_order import TopKLimits
from indexer.engines.whoosh.query.score_bounds import (
    WordFormula,
    WordScores,
    sum_bounds,
)
from indexer.engines.whoosh.query.sparse_values import DenseValues, SparseValues, compact
from indexer.engines.whoosh.reader.length_norms import FieldLengths
from indexer.search.query import Or, UnquotedText
from indexer.search.ranking import RANKING
from tests.changes import change_index
from tests.indexer.engines.contract import make_documents, new_engine, page_of
from tests.strategies import make_query, randoms

SIZE = 40
COUNTS = st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, 300), min_size=1)
MANY = st.sampled_from((1, 4, 1_000))


def sparse(by_doc, kind):
    docs = sorted(by_doc)
    return SparseValues(
        np.array(docs, dtype=np.int32), np.array([by_doc[doc] for doc in docs], dtype=kind)
    )


@st.composite
def word_scores(draw):
    """The scores of a word that occurs in two groups of fields, and the same one by one."""
    words = st.lists(st.integers(0, 900), min_size=SIZE, max_size=SIZE).map(np.array)
    lengths = FieldLengths({group: draw(words) for group in ("title", "text")}.__getitem__)
    norms = {group: lengths.norms(RANKING, group).exact for group in ("title", "text")}
    times = {
        group: draw(COUNTS)
        for group in draw(st.sampled_from((("text",), ("title",), ("title", "text"))))
    }
    formula = WordFormula(RANKING, lengths, draw(st.floats(1e-5, 12)))
    exact = {}
    for doc in set().union(*times.values()):
        weight = 0.0
        for group, counts in times.items():
            weight += RANKING.weighted_freq_by_norm(
                group, float(counts.get(doc, 0)), float(norms[group][doc])
            )
        exact[doc] = RANKING.term_score(weight, formula.idf)
    kept_so = draw(
        st.sampled_from((lambda counts: counts, lambda counts: DenseValues(counts.dense(SIZE))))
    )
    return WordScores(
        [(group, kept_so(sparse(counts, np.uint16))) for group, counts in times.items()],
        formula,
        SIZE,
    ), exact


@st.composite
def other_scores(draw):
    exact = draw(st.dictionaries(st.integers(0, SIZE - 1), st.floats(1e-4, 30), max_size=SIZE))
    scores = sparse(exact, np.float64)
    return draw(st.sampled_from((scores, DenseValues(scores.dense(SIZE))))), exact


some_scores = st.lists(word_scores() | other_scores(), min_size=1, max_size=5)
some_docs = st.sets(st.integers(0, SIZE - 1)).map(
    lambda docs: np.array(sorted(docs), dtype=np.int64)
)


@given(some_scores, some_docs)
def test_scores_of_single_reports_are_exact(drawn, docs):
    for scores, exact in drawn:
        assert scores.at(docs).tolist() == [exact.get(doc, 0.0) for doc in docs.tolist()]


@given(some_scores, some_docs, st.floats(1e-9, 2))
def test_every_report_that_reaches_a_score_reaches_it_by_its_bound(drawn, docs, share):
    sums = {doc: sum(exact.get(doc, 0.0) for _, exact in drawn) for doc in docs.tolist()}
    mask = np.isin(np.arange(SIZE), docs)
    bounds = sum_bounds([scores for scores, _ in drawn], SIZE).within(mask)
    for least in (*filter(None, sums.values()), share * bounds.step):
        reached = bounds.docs_reaching(least).tolist()
        assert (
            {doc for doc, scores in sums.items() if scores >= least}
            <= set(reached)
            <= set(docs.tolist())
        )
    assert not bounds.steps[~mask].any()


@given(word_scores())
def test_a_bound_exceeds_the_score_by_at_most_its_excess(drawn):
    scores, exact = drawn
    steps = scores.steps.at(np.arange(SIZE)) * scores.step
    assert all(steps[doc] - exact.get(doc, 0.0) <= scores.excess for doc in range(SIZE))


@given(some_scores, some_docs, st.integers(1, 8))
def test_the_top_k_threshold_is_reached_by_k_reports(drawn, docs, count):
    assume(count <= len(docs))
    sums = sorted(
        (sum(exact.get(doc, 0.0) for _, exact in drawn) for doc in docs.tolist()), reverse=True
    )
    bounds = sum_bounds([scores for scores, _ in drawn], SIZE).within(
        np.isin(np.arange(SIZE), docs)
    )
    assert bounds.top_k_threshold(count) <= sums[count - 1]


@given(st.lists(st.tuples(some_docs, some_docs), min_size=1, max_size=4))
def test_distances_once_known_stay_known(rounds):
    known = proximity.NO_DISTANCES
    seen = set()
    for new, asked in rounds:
        unknown = new[~known.at(new)[1]]
        known = known.joined(unknown, unknown * 2.0)
        seen |= set(new.tolist())
        assert all(first < second for first, second in pairwise(known.docs.tolist()))
        distances, is_known = known.at(asked)
        assert is_known.tolist() == [doc in seen for doc in asked.tolist()]
        assert distances[is_known].tolist() == (asked[is_known] * 2.0).tolist()


@settings(max_examples=12, deadline=None)
@given(random=randoms(), many=MANY, few=st.sampled_from((1, 3)))
def test_the_first_page_is_the_oracles_whatever_the_limits(random, many, few):
    documents = make_documents(random, random.randint(5, 40))
    oracle = MemoryEngine(documents)
    with new_engine("whoosh") as engine, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sparse_values, "DENSE_ONE_IN", many)
        patch.setattr(ranked_order, "LIMITS", TopKLimits(max_scored=few, dense_one_in=many))
        change_index(engine, documents)
        for _ in range(20):
            query = replace(make_query(random), size=random.randint(1, 6))
            assert page_of(engine, query) == page_of(oracle, query)


@settings(max_examples=12, deadline=None)
@given(
    random=randoms(),
    words=st.lists(
        st.sampled_from(("公开", "信息", "申请", "行政", "复议", "政府")), min_size=2, max_size=3
    ),
)
def test_any_of_common_words_puts_first_what_the_oracle_does(random, words):
    assume(len(set(words)) == len(words))
    documents = make_documents(random, 40)
    oracle = MemoryEngine(documents)
    query = replace(make_query(random), root=Or(tuple(map(UnquotedText, words))), size=3, page=1)
    with new_engine("whoosh") as engine, pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranked_order, "LIMITS", TopKLimits(max_scored=1))
        change_index(engine, documents)
        assert page_of(engine, query) == page_of(oracle, query)


def test_few_values_are_sparse_and_many_dense():
    few, many = (
        sparse(dict.fromkeys(range(10), 1), np.uint8),
        sparse(dict.fromkeys(range(11), 1), np.uint8),
    )
    assert isinstance(compact(few, SIZE), SparseValues)
    assert isinstance(compact(many, SIZE), DenseValues)
