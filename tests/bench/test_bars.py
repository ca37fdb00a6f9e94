from fractions import Fraction

from bench.bars import FTS5, TANTIVY, Verdict, judge
from bench.latencies import OURS, Row, join_rows
from bench.questions import KINDS
from bench.tables import print_verdicts


def row(ours, other, its, kind="phrase"):
    return Row(kind, 200, 9.0, {OURS: ours, other: its}, {other: ours})


WARM = join_rows([row((2.0, 6.0), TANTIVY, (1.0, 2.0))], [row((4.0, 9.0), FTS5, (16.0, 9.0))])[0]
COLD = row((6.0, 7.0), TANTIVY, (1.5, 2.0))


def test_a_kind_is_judged_by_its_ratios_and_a_ratio_that_equals_its_bar_meets_it():
    assert list(judge(WARM, COLD)) == [
        Verdict("phrase", "p50 to tantivy", 2.0, Fraction(2)),
        Verdict("phrase", "p50 to FTS5", 0.25, Fraction(1, 5)),
        Verdict("phrase", "p95 to tantivy", 3.0, Fraction(5, 2)),
        Verdict("phrase", "cold p50 to tantivy", 4.0, Fraction(4)),
    ]
    assert [verdict.met for verdict in judge(WARM, COLD)] == [True, False, False, True]


def test_ours_is_compared_with_another_as_it_was_in_turns_with_that():
    assert WARM.times[OURS] == (2.0, 6.0)
    assert WARM.ratios(TANTIVY) == (2.0, 3.0)
    assert WARM.ratios(FTS5) == (0.25, 1.0)


def test_every_kind_that_has_bars_is_asked():
    alike = dict.fromkeys((OURS, TANTIVY, FTS5), (1.0, 1.0))
    rows = [Row(kind, 1, 1.0, alike, alike) for kind in KINDS]
    judged = {verdict.kind for row in rows for verdict in judge(row, row)}
    assert judged == KINDS.keys() - {"word inside other words", "figure, three facets"}


def test_the_table_says_which_bars_are_missed(capsys):
    print_verdicts(list(judge(WARM, COLD)))
    assert "2 ≤ 2     met" in (said := capsys.readouterr().out)
    assert "0.25 ≤ 1/5   missed" in said
    assert "2 of 4 bars met" in said
