"""The cache never exceeds its budget, and evicts the least recently used first."""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar import cache as module
from indexer.columnar.cache import ByteBudgetCache

KEYS = st.integers(0, 9)
SIZES = st.integers(0, 3000)


@dataclass(frozen=True)
class Value:
    """What a key stands for, of a size."""

    key: int
    nbytes: int


class NotKept(Exception):
    """Raised where a value would have to be worked out."""


def refuse():
    raise NotKept


def keys_held(kept, keys):
    """Which of some keys are kept, told by asking for them."""
    held = set()
    for key in keys:
        try:
            held.add(kept.get(key, refuse).key)
        except NotKept:
            continue
    return held


@given(st.integers(0, 6000), st.lists(st.tuples(KEYS, SIZES) | st.none(), max_size=40))
def test_keeps_the_most_recently_used_within_the_budget(most, steps):
    kept, model = ByteBudgetCache(most), OrderedDict()
    for step in steps:
        if step is None:
            kept.clear()
            model.clear()
        else:
            key, size = step
            new = Value(key, size)
            found = kept.get(key, lambda new=new: new)
            assert found is model.get(key, new)
            remember(model, new, most)
        assert kept.nbytes == sum(map(cost, model.values())) <= most
    assert keys_held(kept, list(model)) == set(model)


def remember(model, new, most):
    """The same, told plainly: what is used goes to the end, what is new drives out from the
    beginning.
    """
    if new.key in model:
        model.move_to_end(new.key)
    elif cost(new) <= most:
        model[new.key] = new
        while sum(map(cost, model.values())) > most:
            model.popitem(last=False)


def cost(value):
    return value.nbytes + module.ENTRY_OVERHEAD


def test_a_value_larger_than_the_budget_evicts_nothing():
    kept = ByteBudgetCache(2000)
    kept.get("small", lambda: Value(1, 100))
    assert kept.get("large", lambda: Value(2, 2000)).key == 2
    assert kept.get("small", refuse).key == 1
    with pytest.raises(NotKept):
        kept.get("large", refuse)


def test_a_failed_computation_caches_nothing():
    kept = ByteBudgetCache(2000)
    with pytest.raises(NotKept):
        kept.get("key", refuse)
    assert kept.nbytes == 0
    assert kept.get("key", lambda: Value(1, 10)).key == 1


def test_a_cleared_value_is_computed_again():
    kept = ByteBudgetCache(2000)
    kept.get("key", lambda: Value(1, 10))
    kept.clear()
    assert kept.nbytes == 0
    assert kept.get("key", lambda: Value(2, 10)).key == 2


def test_a_value_that_two_threads_compute_counts_once():
    kept = ByteBudgetCache(10_000)
    inner = Value(1, 100)

    def meanwhile_another():
        assert kept.get("key", lambda: inner) is inner
        return Value(2, 100)

    assert kept.get("key", meanwhile_another).key == 2
    assert kept.nbytes == cost(inner)
    assert kept.get("key", refuse) is inner


def test_a_replaced_value_no_longer_counts():
    kept = ByteBudgetCache(10_000)
    kept.get("key", lambda: Value(1, 100))
    kept.put("key", Value(2, 300))
    assert kept.get("key", refuse).key == 2
    assert kept.nbytes == cost(Value(2, 300))
    kept.put("key", Value(3, 20_000))
    assert kept.nbytes == 0


@pytest.fixture
def hasty_threads():
    """Has threads give way to each other all the time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty_threads")
def test_threads_share_it_within_the_budget():
    most, keys = 8000, range(20)
    kept, wrong = ByteBudgetCache(most), []

    def ask(seed):
        random = Random(seed)
        for _ in range(1500):
            key = random.choice(keys)
            value = kept.get(key, lambda key=key: Value(key, 37 * key % 900))
            if value != Value(key, 37 * key % 900):
                wrong.append(value)
            if random.random() < 0.01:
                kept.clear()

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    held = keys_held(kept, keys)
    assert held
    assert kept.nbytes == sum(cost(Value(key, 37 * key % 900)) for key in held) <= most
