"""Many damaged copies of every layout's sample, others on every run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.fuzz import count_layout

CASES = 1000
LAYOUTS = sorted(
    path.stem.removeprefix("test_")
    for path in Path(__file__).parent.glob("test_*.py")
    if "\ndef write_sample" in path.read_text(encoding="utf-8")
)


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_damage_gives_a_number_that_is_silently_wrong(layout: str, fresh_seed: int) -> None:
    assert count_layout(layout, seed=fresh_seed, cases=CASES).total() > CASES // 2
