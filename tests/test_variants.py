"""No page of `tests/variants` is read wrong, and each kind's share is read right."""

from __future__ import annotations

import pytest

from tests.variants import judged, kinds


@pytest.mark.parametrize("name", kinds())
def test_every_page_of_a_kind_is_right_or_cautious(name):
    verdicts = judged(name)
    wrong = [label for label, verdict in verdicts if verdict == "wrong"]
    short = [label for label, verdict in verdicts if verdict == "cautious"]
    assert verdicts
    assert not wrong
    assert len(verdicts) - len(short) >= kinds()[name].least_right * len(verdicts), short
