import math

import pytest

from bench.judged.choices import WITHOUT
from bench.judged.metrics import ndcg, reciprocal_rank
from bench.judged.planting import Field
from bench.judged.queries import read_plan
from indexer.search.documents import texts_of
from indexer.search.language.parser import parse_query
from indexer.search.ranking import RANKING, Ranking
from indexer.text.folding import fold

REPORTS, SEED = 360, 3


@pytest.fixture(scope="module")
def field():
    return Field(REPORTS, SEED, read_plan())


@pytest.fixture(scope="module")
def judged(field):
    return field.judge()


@pytest.fixture(scope="module")
def harvest(field, judged):
    return {report.id: report for report in field.harvest()}


# worked out by hand: gains 7, 3, 1, 0 for the grades 3, 2, 1, 0; discounts 1, log2(3), 2, log2(5)
@pytest.mark.parametrize(("found", "known", "value"), [
    ([3, 2, 1], [1, 2, 3], 1.0),
    ([], [3], 0.0),
    ([3], [], 0.0),
    ([0, 3], [3], 1 / math.log2(3)),
    (
        [2, 3, 0, 1],
        [3, 2, 1],
        (3 + 7 / math.log2(3) + 1 / math.log2(5)) / (7 + 3 / math.log2(3) + 1 / 2),
    ),
    ([3], [3, 3], 7 / (7 + 7 / math.log2(3))),
    ([0] * 10 + [3], [3], 0.0),
])  # fmt: skip
def test_ndcg_is_the_gain_over_the_best_possible(found, known, value):
    assert ndcg(found, known) == pytest.approx(value)


@pytest.mark.parametrize(
    ("found", "value"), [([3, 3], 1.0), ([2, 1, 3], 1 / 3), ([2, 2], 0.0), ([], 0.0)]
)
def test_the_reciprocal_rank_is_of_the_first_report_of_the_best_grade(found, value):
    assert reciprocal_rank(found) == value


def test_there_are_sixty_judged_queries_that_can_be_read(judged):
    assert len(judged) == 60
    assert len({one.text for one in judged}) == 60
    assert all(parse_query(one.text) for one in judged)


def test_every_query_has_a_best_answer_and_answers_that_are_not_as_good(judged):
    assert all({3} < set(one.grades.values()) for one in judged)


def test_no_query_is_answered_perfectly_by_listing_the_newest_first(judged, harvest):
    for one in judged:
        newest = sorted(
            one.grades, key=lambda report_id: (-harvest[report_id].identity.year, report_id)
        )
        assert ndcg([one.grades[report_id] for report_id in newest], list(one.grades.values())) < 1


def test_what_is_planted_stands_where_the_plan_says_and_nowhere_else(field, judged, harvest):
    for question, one in zip(read_plan().questions, judged, strict=True):
        sought = fold(question.slots.get("term", ""))
        if (
            sought
            and question.kind != "cut otherwise"
            and all(plant.passage for plant in question.plants)
        ):
            having = {
                key
                for key, report in harvest.items()
                if sought in fold("".join(texts_of(report).values()))
            }
            assert having == set(one.grades)


def test_what_is_planted_already_stands_in_a_report_is_refused(field):
    with pytest.raises(ValueError, match="保密审查"):
        field._check_absent({"term": "保密审查"})


def test_planting_is_the_same_for_the_same_seed(judged, harvest):
    again = Field(REPORTS, SEED, read_plan())
    assert again.judge() == judged
    assert {report.id: report for report in again.harvest()} == harvest


def test_every_choice_of_the_ranking_is_switched_off_once():
    switched = {
        name
        for ranking in WITHOUT.values()
        for name in Ranking.__slots__
        if getattr(ranking, name) != getattr(RANKING, name)
    }  # fmt: skip
    assert switched == set(Ranking.__slots__)
