"""Reports of random cells with up to three kinds of damage: nothing `reported` may be wrong."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accuracy import read_paper
from tests.damage.kinds import AMBIGUOUS, DOUBTFUL, KINDS, damage
from tests.damage.oracle import judge
from tests.damage.paper import YEARS, build_paper
from tests.damage.press import FORMATS

GENERATIONS = st.sampled_from(list(YEARS))
SEEDS = st.integers(0, 2**32)
PLAIN = ("html", "word", "docx")
"""The formats that show where each table, row and cell ends, whatever stands in it."""
HARMLESS = [kind for kind in KINDS if kind not in DOUBTFUL and kind != "disputes_split"]


@st.composite
def damages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A format and up to three of its kinds of damage, none of which hides another."""
    name = draw(st.sampled_from(FORMATS))
    kinds = [kind.name for kind in KINDS.values() if name in kind.formats]
    names = draw(st.lists(st.sampled_from(kinds), max_size=3, unique=True))
    return name, [
        kind
        for at, kind in enumerate(names)
        if not any({kind, other} in AMBIGUOUS for other in names[:at])
    ]


@settings(
    max_examples=600, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(generation=GENERATIONS, seed=SEEDS, damaged=damages())
def test_no_damage_makes_a_silent_wrong_number(
    generation: str, seed: int, damaged: tuple[str, list[str]]
) -> None:
    name, kinds = damaged
    random = Random(seed)
    paper = damage(build_paper(generation, random), kinds, random)
    assert judge(paper, read_paper(paper, name).cells)["silent"] == []


@pytest.mark.parametrize("kind", HARMLESS)
@settings(max_examples=8, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(generation=GENERATIONS, seed=SEEDS, data=st.data())
def test_after_damage_of_one_kind_every_cell_is_as_the_contract_says(
    kind: str, generation: str, seed: int, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([name for name in KINDS[kind].formats if name in PLAIN]))
    random = Random(seed)
    paper = damage(build_paper(generation, random), [kind], random)
    judged = judge(paper, read_paper(paper, name).cells)
    assert (judged["silent"], judged["cautious"]) == ([], [])
