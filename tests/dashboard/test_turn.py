"""The sentence of the newest figure says from what it fell, where the year before was the highest."""

from __future__ import annotations

import pytest

from dashboard.views.key_facts import find_turn


@pytest.mark.parametrize(
    ("values", "before"),
    [([1, 2, 9, 7], 9), ([1, 9, 2, 3], None), ([1, 2, 3, 4], None), ([9, 2, 9, 7], None), ([9, 7], None)],
)
def test_only_a_fall_from_the_highest_of_all_years_is_a_turn(values: list[int], before: int | None) -> None:
    turn = find_turn([{"obs_value": value} for value in values])

    assert (turn and turn["obs_value"]) == before
