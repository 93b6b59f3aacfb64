"""Two pictures of one chart drawn to the same scales: ranges, ticks, and words that stay apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.compare.scales import draw_whole, format_scales, share_scales, write_beside
from dashboard.plotting.labels import list_widths
from dashboard.plotting.shared_scales import Scales, have_same_axes, match_scales, read_scales, unite_scales
from dashboard.theme import Theme
from dashboard.views.sides import place_side, read_side
from tests.svg.test_words_apart import find_faults

PAIRS = (
    ("share_by_window", "@2014-03-31", ""),
    ("share_by_window", "pakistan_china", ""),
    ("bilateral_trade", "@2022-10-31", ""),
    ("exports_imports_balance", "@2022-10-31", ""),
    ("pace_to_target", "@2022-10-31", ""),
    ("arms_by_supplier", "@2022-05-01", ""),
    ("concentration", "@2022-05-01", ""),
    ("revisions", "pakistan_china", ""),
)


@pytest.fixture(scope="module")
def chart_cache(built_snapshot: etl.Snapshot) -> ChartCache:
    return ChartCache(built_snapshot)


def select(chart_cache: ChartCache, side: str) -> Selection:
    """The selection that draws a side."""
    read = read_side(side, name="left", snapshot=chart_cache.snapshot)
    return place_side(read, Selection(), snapshot=chart_cache.snapshot)


def draw_pair(
    chart_cache: ChartCache, chart_id: str, *sides: str, narrow: bool = False
) -> list[dict[str, Any]]:
    """Both figures to their own scales."""
    return [
        draw_whole(chart_cache, chart_id, selection=select(chart_cache, side), is_narrow=narrow)
        for side in sides
    ]


def match_pair(figures: list[dict[str, Any]], *, narrow: bool = False) -> list[dict[str, Any]]:
    """Both figures to the scales that hold both."""
    scales = unite_scales(*(read_scales(figure) for figure in figures))
    assert scales is not None
    return [match_scales(figure, scales, theme=Theme(narrow=narrow)) for figure in figures]


@pytest.mark.parametrize(("chart_id", "left", "right"), PAIRS)
def test_both_figures_have_the_same_axes_and_keep_their_marks(
    chart_id: str, left: str, right: str, chart_cache: ChartCache
) -> None:
    figures = draw_pair(chart_cache, chart_id, left, right)
    matched = match_pair(figures)
    assert not have_same_axes(*figures)
    assert have_same_axes(*matched)
    assert [figure["data"] for figure in matched] == [figure["data"] for figure in figures]
    ticks = [figure["layout"]["yaxis"]["ticktext"] for figure in matched]
    assert list(ticks[0]) == list(ticks[1])


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(("chart_id", "left", "right"), PAIRS)
def test_no_words_lie_over_others_or_outside_on_shared_scales(
    chart_id: str, left: str, right: str, narrow: bool, chart_cache: ChartCache
) -> None:
    for figure in match_pair(draw_pair(chart_cache, chart_id, left, right, narrow=narrow), narrow=narrow):
        for width in list_widths(Theme(narrow=narrow)):
            assert find_faults(figure, width=width) == []


def test_what_is_labelled_on_its_own_scale_is_labelled_on_the_shared_one(chart_cache: ChartCache) -> None:
    own = draw_pair(chart_cache, "share_by_window", "@2014-03-31", "")
    matched = match_pair(own)
    for before, after in zip(own, matched, strict=True):
        texts = [
            sorted(note["text"] for note in figure["layout"]["annotations"]) for figure in (before, after)
        ]
        assert texts[0] == texts[1]


def test_a_figure_without_one_axis_of_time_and_one_of_values_shares_no_scales(
    chart_cache: ChartCache,
) -> None:
    for chart_id in ("deals_progress", "supplier_multiples", "milestones"):
        assert read_scales(draw_pair(chart_cache, chart_id, "")[0]) is None
    (empty,) = draw_pair(chart_cache, "bilateral_trade", "pakistan_china")
    assert read_scales(empty) is None


def test_a_reader_is_told_whether_the_scales_are_the_same(chart_cache: ChartCache) -> None:
    trade = draw_pair(chart_cache, "bilateral_trade", "@2022-10-31", "")
    shared = unite_scales(*(read_scales(figure) for figure in trade))
    assert format_scales(*trade, shared=None) == (
        "Each is drawn to its own scale: the left from 2008 to 2026 and up to $30 bn, "
        "the right from 2008 to 2031 and up to $100 bn."
    )
    assert "to the same scale" in format_scales(*trade, shared=shared)
    orders = draw_pair(chart_cache, "deals_progress", "@2025-04-01", "@2025-06-01")
    assert "to the same scale" in format_scales(*orders, shared=None)
    assert format_scales(*draw_pair(chart_cache, "crude", "", "pakistan_china"), shared=None) == ""


def test_a_picture_shares_its_scales_with_the_side_that_its_address_names(chart_cache: ChartCache) -> None:
    then, now = select(chart_cache, "@2014-03-31"), select(chart_cache, "")
    both = [
        share_scales(
            chart_cache, "share_by_window", selection=own, beside=write_beside(other), is_narrow=False
        )
        for own, other in ((then, now), (now, then))
    ]
    assert both[0] == both[1] is not None
    alone = share_scales(chart_cache, "share_by_window", selection=now, beside=None, is_narrow=False)
    assert alone is None


DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@st.composite
def draw_scales(draw: st.DrawFn) -> Scales:
    """Scales with round ticks between their ends."""
    start, stop = sorted(draw(st.tuples(DAYS, DAYS).filter(lambda days: days[0] != days[1])))
    step = draw(st.sampled_from([1.0, 2.0, 5.0, 10.0]))
    below, above = draw(st.integers(0, 4)), draw(st.integers(1, 6))
    ticks = tuple((number * step, f"{number * step:g}") for number in range(-below, above + 1))
    sides = draw(st.tuples(st.integers(20, 60), st.integers(10, 90)))
    return Scales(start, stop, ticks[0][0] - 0.1, ticks[-1][0] + 0.1, ticks, sides, 400)


@given(draw_scales(), draw_scales())
def test_united_scales_hold_both_whatever_comes_first(one: Scales, other: Scales) -> None:
    united = unite_scales(one, other)
    assert united is not None
    assert united == unite_scales(other, one) or one.high - one.low == other.high - other.low
    for each in (one, other):
        assert united.start <= each.start < each.stop <= united.stop
        assert united.low <= each.low < each.high <= united.high
    values = [value for value, _ in united.ticks]
    assert values == sorted(set(values))
    assert all(united.low <= value <= united.high for value in values)
    wide = max((one, other), key=lambda each: each.high - each.low)
    assert set(wide.ticks) <= set(united.ticks)


@given(draw_scales())
def test_scales_united_with_themselves_are_themselves(scales: Scales) -> None:
    assert unite_scales(scales, scales) == scales
    assert unite_scales(scales, None) is None
