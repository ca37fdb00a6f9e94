"""The level of a body by what it calls itself."""

from __future__ import annotations

import pytest

from indexer.report.identity.self_references import find_own_level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("我乡公开信息。", "township"),
        ("我县领导重视，我镇公开信息，本单位受理申请。", "township"),
        ("我局公开信息。我市领导重视。", "department"),
        ("我校公开信息。", "institution"),
        ("我县公开信息，全县各乡镇公开信息。", "county"),
        ("我县公开信息。", None),
        ("在县委、县政府的正确领导下，我县公开信息，全县受理申请。", None),
        ("我市公开信息。", None),
        ("我区公开信息。", None),
        ("我镇和我局公开信息。", None),
        ("我镇支持我所公开信息。", None),
        ("我国和我们，基本镇定，成本办法，按照本办法，我办理申请。", None),
        ("", None),
    ],
)
def test_only_what_can_mean_nothing_else_tells_a_level(text: str, level: str | None) -> None:
    assert find_own_level(text) == level
