"""Changes: growth and decline held against two periods, with the sum that gives them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from etl.documents.prose import FoundClaim
from etl.periods import Period, build_calendar_year, build_fiscal_year, build_part_year, build_window
from tests.checking.found_claims import (
    CALENDAR_2021,
    CALENDAR_2022,
    FISCAL_2021,
    PRESENT,
    check,
    find_billions,
    find_change,
    find_figure,
    hold,
    list_slips,
    name_verdict,
    observe_trade,
)
from tests.judge.frames import TODAY, build_observation, build_share

FISCAL_2023, FISCAL_2024 = build_fiscal_year(2023), build_fiscal_year(2024)
TRADE = (
    observe_trade(FISCAL_2021, 13.12),
    observe_trade(build_fiscal_year(2022), 49.4),
    observe_trade(FISCAL_2023, 65.7),
    observe_trade(FISCAL_2024, 68.7),
)
SHARES = (
    build_share(build_window(2009), 76, vintage=date(2019, 3, 31), obs_low=75.5, obs_high=76.5),
    build_share(build_window(2014), 58, vintage=date(2019, 3, 31), obs_low=57.5, obs_high=58.5),
    build_share(build_window(2019), 36, vintage=date(2024, 3, 11), obs_low=35.5, obs_high=36.5),
)
TIMES: dict[str, Any] = {"unit_measure": "TIMES"}
POINTS: dict[str, Any] = {"unit_measure": "PERCENTAGE_POINTS", "indicator": "arms_import_share"}


def test_growth_without_a_base_is_on_the_year_before() -> None:
    claim = check(find_change("33 per cent", 33, FISCAL_2023), hold(*TRADE))
    assert name_verdict(claim) == "supported/within_printed_precision"
    assert claim.now.arithmetic == (
        "65.7 / 49.4 - 1 = 33% (fiscal 2023-24 and fiscal 2022-23); printed 33, allowed 32.5 to 33.5"
    )
    assert len(claim.now.reference_ids) == 2


def test_growth_from_a_named_base_is_on_that_base() -> None:
    claim = check(find_change("fivefold", 5, FISCAL_2024, baseline=FISCAL_2021, **TIMES), hold(*TRADE))
    assert name_verdict(claim) == "supported/within_printed_precision"
    assert "68.7 / 13.12 = 5.24 times" in claim.now.arithmetic


def test_growth_that_the_values_do_not_give_is_contradicted() -> None:
    claim = check(find_change("73 per cent", 73, FISCAL_2023), hold(*TRADE))
    assert name_verdict(claim) == "contradicted/outside_printed_precision"
    assert "a rise of 33%" in claim.now.explanation


def test_growth_with_one_value_only_is_unresolved_and_names_the_other() -> None:
    claim = check(find_change("61 per cent", 61, FISCAL_2021), hold(*TRADE))
    assert name_verdict(claim) == "unresolved/no_reference"
    assert "none is held for fiscal 2020\u201321" in claim.now.explanation


@pytest.mark.parametrize("value", ["40", "-40"])
def test_a_fall_is_printed_as_a_size_and_said_to_be_one(value: str) -> None:
    found = find_change(
        "40 percentage points", value, build_window(2019), baseline=build_window(2009), **POINTS
    )
    claim = check(found, hold(*SHARES))
    assert name_verdict(claim) == "supported/within_printed_precision"
    assert "a fall of 40 percentage points" in claim.now.explanation
    assert "36 - 76 = -40 percentage points" in claim.now.arithmetic


def test_a_window_is_measured_from_the_five_years_before_it() -> None:
    claim = check(find_change("22 percentage points", 22, build_window(2019), **POINTS), hold(*SHARES))
    assert name_verdict(claim) == "supported/within_printed_precision"


@pytest.mark.parametrize(
    ("stated_as", "value", "unit"),
    [("40 per cent", 40, "PERCENT"), ("53 percentage points", 53, "PERCENTAGE_POINTS")],
)
def test_points_and_per_cent_in_each_others_place_are_a_wrong_unit(
    stated_as: str, value: int, unit: str
) -> None:
    found = find_change(
        stated_as,
        value,
        build_window(2019),
        baseline=build_window(2009),
        indicator="arms_import_share",
        unit_measure=unit,
    )
    assert name_verdict(check(found, hold(*SHARES))) == "not_comparable/wrong_unit"


@pytest.mark.parametrize(
    ("stated_as", "value", "verdict"),
    [("halved", "0.5", "supported"), ("twofold", "2", "supported"), ("fourfold", "4", "contradicted")],
)
def test_a_fall_to_a_part_may_be_printed_either_way_round(stated_as: str, value: str, verdict: str) -> None:
    found = find_change(
        stated_as,
        value,
        build_window(2019),
        baseline=build_window(2009),
        indicator="arms_import_share",
        **TIMES,
    )
    assert check(found, hold(*SHARES)).now.verdict == verdict


@pytest.mark.parametrize(
    "found",
    [
        find_change("40 percentage points", 40, build_window(2019), **POINTS),
        find_change("threefold", 3, FISCAL_2024, **TIMES),
    ],
)
def test_a_change_that_says_not_from_what_is_contradicted_by_nothing(found: FoundClaim) -> None:
    claim = check(found, hold(*SHARES, *TRADE))
    assert name_verdict(claim) == "unresolved/no_reference"
    assert "does not say over which periods" in claim.now.explanation


def test_a_multiple_of_something_else_is_no_change_and_is_unresolved() -> None:
    found = find_change("13 times", 13, FISCAL_2024, is_change=False, **TIMES)
    assert check(found, hold(*TRADE)).now.verdict == "unresolved"


def test_an_amount_of_growth_is_a_difference() -> None:
    claim = check(find_billions("3", FISCAL_2024, is_change=True), hold(*TRADE))
    assert name_verdict(claim) == "supported/within_printed_precision"
    assert "68.7 - 65.7 = 3 bn" in claim.now.arithmetic


def test_the_rounding_of_published_values_widens_what_a_change_may_be() -> None:
    low = observe_trade(CALENDAR_2021, 49.4, obs_low=49.1e9, obs_high=49.7e9)
    high = observe_trade(CALENDAR_2022, 65.7, obs_low=65.65e9, obs_high=65.75e9)
    assert (
        check(find_change("33.8 per cent", "33.8", CALENDAR_2022), hold(low, high)).now.verdict == "supported"
    )
    assert (
        check(find_change("34.8 per cent", "34.8", CALENDAR_2022), hold(low, high)).now.verdict
        == "contradicted"
    )


def test_the_growth_of_a_fiscal_year_printed_for_a_calendar_year_is_a_wrong_label() -> None:
    claim = check(find_change("33 per cent", 33, build_calendar_year(2023)), hold(*TRADE))
    assert name_verdict(claim) == "not_comparable/wrong_period_label"
    assert list_slips(claim) == ["fiscal_year_as_calendar_year"]


def test_growth_on_the_year_before_beside_another_base_is_a_wrong_label() -> None:
    claim = check(find_change("33 per cent", 33, FISCAL_2023, baseline=FISCAL_2021), hold(*TRADE))
    assert name_verdict(claim) == "not_comparable/wrong_period_label"


def test_growth_by_older_editions_is_superseded() -> None:
    window, before = build_window(2016), build_window(2011)
    index = hold(
        build_share(before, 70, vintage=date(2021, 3, 16)),
        build_share(window, 49, vintage=date(2021, 3, 16)),
        build_share(before, 70, vintage=TODAY),
        build_share(window, 51, vintage=TODAY),
    )
    claim = check(find_change("21 percentage points", 21, window, **POINTS), index)
    assert name_verdict(claim) == "superseded/restated_by_publisher"
    assert "49 - 70 = -21" in claim.now.arithmetic
    assert "51 - 70 = -19" in claim.now.arithmetic


def test_growth_by_editions_to_come_is_not_contradicted() -> None:
    window, before = build_window(2016), build_window(2011)
    index = hold(
        build_share(before, 70, vintage=date(2021, 3, 16)),
        build_share(window, 49, vintage=date(2021, 3, 16)),
        build_share(window, 51, vintage=TODAY),
    )
    found = find_change("19 percentage points", 19, window, **POINTS)
    claim = check(found, index, published_on=date(2021, 4, 1))
    assert claim.printing is not None
    assert (claim.printing.verdict, claim.now.verdict) == ("unresolved", "supported")


def test_growth_of_no_period_is_that_of_the_newest_year() -> None:
    claim = check(find_change("4.6 per cent", "4.6"), hold(*TRADE))
    assert name_verdict(claim) == "supported/within_printed_precision"


def test_growth_of_no_period_that_fits_an_older_year_is_overtaken() -> None:
    claim = check(find_change("33.0 per cent", "33.0"), hold(*TRADE))
    assert name_verdict(claim) == "superseded/newer_period_published"


def test_growth_of_no_period_that_fits_no_year_is_unresolved() -> None:
    assert check(find_change("12 per cent", "12"), hold(*TRADE)).now.verdict == "unresolved"


def test_growth_since_a_year_runs_to_the_newest_year_of_its_kind() -> None:
    index = hold(*TRADE, observe_trade(build_calendar_year(2025), 20))
    claim = check(find_change("fivefold", 5, PRESENT, baseline=FISCAL_2021, **TIMES), index)
    assert "68.7 / 13.12" in claim.now.arithmetic


def test_growth_reached_by_a_day_is_that_of_a_whole_year_that_ends_by_then() -> None:
    period = Period(None, date(2024, 12, 31), "up_to_date", "../2024-12-31")
    claim = check(find_change("fivefold", 5, period, baseline=FISCAL_2021, **TIMES), hold(*TRADE))
    assert name_verdict(claim) == "supported/within_printed_precision"


def test_months_are_compared_with_the_same_months_a_year_before() -> None:
    now = build_part_year(date(2022, 4, 1), date(2022, 8, 31))
    then = build_part_year(date(2021, 4, 1), date(2021, 8, 31))
    claim = check(
        find_change("threefold", 3, now, **TIMES), hold(observe_trade(then, 6), observe_trade(now, 18.2))
    )
    assert name_verdict(claim) == "supported/within_printed_precision"


def test_two_publishers_are_compared_only_where_none_has_both_years() -> None:
    years = (build_calendar_year(2019), build_calendar_year(2020))
    first, second = (
        {"publisher": "First", "source_id": "first"},
        {"publisher": "Second", "source_id": "second"},
    )
    both = hold(
        observe_trade(years[0], 10, **first),
        observe_trade(years[1], 12, **first),
        observe_trade(years[1], 15, **second),
    )
    assert check(find_change("20 per cent", 20, years[1]), both).now.verdict == "supported"
    assert check(find_change("50 per cent", 50, years[1]), both).now.verdict == "contradicted"
    apart = hold(observe_trade(years[0], 10, **first), observe_trade(years[1], 15, **second))
    assert check(find_change("50 per cent", 50, years[1]), apart).now.verdict == "supported"


def test_a_change_from_nothing_has_no_percentage() -> None:
    index = hold(build_observation(CALENDAR_2021, 0.0, vintage=TODAY), observe_trade(CALENDAR_2022, 1))
    assert check(find_change("100 per cent", 100, CALENDAR_2022), index).now.verdict == "unresolved"


@pytest.mark.parametrize(
    ("direction", "ruling"),
    [
        ("a rise", "supported/within_printed_precision"),
        (None, "supported/within_printed_precision"),
        ("a fall", "contradicted/outside_printed_precision"),
    ],
)
def test_a_rise_does_not_support_a_fall(direction: str | None, ruling: str) -> None:
    found = find_change("4.6 per cent", "4.6", FISCAL_2024, baseline=FISCAL_2023, direction=direction)
    assert name_verdict(check(found, hold(*TRADE))) == ruling


def test_a_multiple_of_a_fall_is_read_the_other_way_round_only_where_it_fell() -> None:
    found = [
        find_change(
            "halved",
            "0.5",
            build_window(2019),
            baseline=build_window(2009),
            indicator="arms_import_share",
            direction=direction,
            **TIMES,
        )
        for direction in ("a fall", "a rise")
    ]
    assert [check(one, hold(*SHARES)).now.verdict for one in found] == ["supported", "contradicted"]


def test_a_change_that_only_newer_data_change_is_recomputed_since() -> None:
    derived = {"source_id": "register", "derivation": "share_of_total(a;b)"}
    rows = [
        *SHARES,
        build_share(build_window(2009), 76.1, vintage=TODAY, **derived),
        build_share(build_window(2019), 33.1, vintage=TODAY, **derived),
    ]
    found = find_change(
        "40 percentage points", "40", build_window(2019), baseline=build_window(2009), **POINTS
    )
    claim = check(found, hold(*rows))
    assert name_verdict(claim) == "superseded/recomputed_since"
    assert "Restated" not in claim.now.explanation


def test_a_sum_of_a_later_edition_contradicts_no_change_that_was_printed_before() -> None:
    derived: dict[str, Any] = {"source_id": "register", "derivation": "share_of_total(a;b)", "vintage": TODAY}
    rows = [build_share(build_window(2013), 64, **derived), build_share(build_window(2018), 40, **derived)]
    points = find_change(
        "19 percentage points",
        "19",
        build_window(2018),
        baseline=build_window(2013),
        direction="a fall",
        **POINTS,
    )
    claim = check(points, hold(*rows), published_on=date(2023, 3, 15))
    assert name_verdict(claim) == "unresolved/no_reference"
    assert "an edition that is not held here" in claim.now.explanation


def test_an_amount_of_change_may_be_a_round_one() -> None:
    found = find_figure("$20 billion", 20e9, FISCAL_2023, baseline=build_fiscal_year(2022), is_change=True)
    rows = [observe_trade(build_fiscal_year(2022), 49.4), observe_trade(FISCAL_2023, 65.7)]
    assert name_verdict(check(found, hold(*rows))) == "supported/within_last_nonzero_digit"
