"""Neighbours and vintages: what is right but for its label or its edition is never contradicted."""

from __future__ import annotations

from datetime import date

import pytest

from etl.periods import (
    Period,
    build_calendar_year,
    build_fiscal_year,
    build_month,
    build_part_year,
    build_target_year,
    build_window,
)
from tests.judge.frames import (
    PRESENT,
    TODAY,
    build_claim,
    build_observation,
    build_share,
    build_share_claim,
    judge_one,
    name_ruling,
)

WINDOW = build_window(2009)
YEAR = build_calendar_year(2022)
VOLUME = {"indicator": "arms_import_volume", "unit_measure": "TIV_MILLIONS"}


def test_newer_data_decide_over_an_older_print() -> None:
    printed = build_share(build_window(2017), 46, vintage=date(2022, 3, 15), source_id="sheet")
    recomputed = build_share(
        build_window(2017), 41.9, vintage=TODAY, source_id="register", derivation="share_of_total(a;b)"
    )
    rulings = {
        number: judge_one(
            build_share_claim(build_window(2017), number, f"{number} per cent"), printed, recomputed
        )
        for number in (42, 46)
    }
    assert name_ruling(rulings[42]) == "supported/within_printed_precision"
    assert name_ruling(rulings[46]) == "superseded/recomputed_since"
    assert rulings[46]["reference_value"] == 41.9


def test_what_only_we_worked_out_is_never_called_restated() -> None:
    verdict = judge_one(
        build_share_claim(build_window(2018), 45, "45 per cent"),
        build_share(build_window(2018), 45, vintage=date(2023, 3, 31), source_id="sheet"),
        build_share(
            build_window(2018), 40.3, vintage=TODAY, source_id="sipri_tiv", derivation="share_of_total(a;b)"
        ),
    )
    assert name_ruling(verdict) == "superseded/recomputed_since"
    assert "as printed by SIPRI" in verdict["explanation"]
    assert "now 40.3% worked out from its register of 31 March 2026" in verdict["explanation"]
    assert "restated" not in verdict["explanation"]


def test_a_print_that_is_newer_than_the_register_decides() -> None:
    verdict = judge_one(
        build_share_claim(build_window(2016), 51, "51 per cent"),
        build_share(build_window(2016), 49, vintage=date(2021, 3, 16), source_id="sheet"),
        build_share(
            build_window(2016),
            50.2,
            vintage=date(2026, 2, 12),
            source_id="register",
            derivation="share_of_total(a;b)",
        ),
        build_share(build_window(2016), 51, vintage=date(2026, 3, 9), source_id="sheet"),
    )
    assert name_ruling(verdict) == "supported/within_printed_precision"
    assert verdict["reference_vintage"] == date(2026, 3, 9)


def test_a_register_that_restates_another_register_is_a_recomputation_too() -> None:
    derived = {"source_id": "sipri_tiv", "derivation": "share_of_total(a;b)"}
    verdict = judge_one(
        build_share_claim(WINDOW, 76, "76 per cent"),
        build_share(WINDOW, 75.9, vintage=date(2025, 1, 3), **derived),
        build_share(WINDOW, 71.2, vintage=date(2026, 2, 12), **derived),
    )
    assert name_ruling(verdict) == "superseded/recomputed_since"
    assert "now 71.2% worked out from its register of 12 February 2026" in verdict["explanation"]


def test_either_of_two_prints_of_one_day_may_be_meant() -> None:
    prints = [
        build_share(WINDOW, value, vintage=TODAY, source_id=source)
        for value, source in ((8.2, "first"), (8.3, "second"))
    ]
    for value in (8.2, 8.3):
        verdict = judge_one(build_share_claim(WINDOW, value, f"{value} per cent"), *prints)
        assert name_ruling(verdict) == "supported/within_printed_precision"


def test_a_printed_value_is_restated_by_a_printed_one() -> None:
    verdict = judge_one(
        build_share_claim(WINDOW, 75, "75 per cent"),
        build_share(WINDOW, 75, vintage=date(2014, 3, 31), source_id="sheet"),
        build_share(WINDOW, 76, vintage=date(2019, 3, 31), source_id="sheet"),
        build_share(WINDOW, 76.1, vintage=TODAY, source_id="register", derivation="share_of_total(a;b)"),
    )
    assert name_ruling(verdict) == "superseded/restated_by_publisher"
    assert verdict["reference_value"] == 76


def test_what_is_printed_later_restates_what_was_recomputed() -> None:
    verdict = judge_one(
        build_share_claim(WINDOW, 76, "76 per cent"),
        build_share(
            WINDOW, 76.1, vintage=date(2026, 2, 12), source_id="register", derivation="share_of_total(a;b)"
        ),
        build_share(WINDOW, 71, vintage=TODAY, source_id="sheet"),
    )
    assert name_ruling(verdict) == "superseded/restated_by_publisher"
    assert verdict["reference_value"] == 71


def test_an_edition_of_the_month_may_have_been_out() -> None:
    verdict = judge_one(
        build_share_claim(WINDOW, 76, "76 per cent"),
        build_share(WINDOW, 75, vintage=date(2014, 3, 31)),
        build_share(WINDOW, 76, vintage=date(2019, 3, 31), vintage_precision="month"),
        as_of=date(2019, 3, 12),
    )
    assert name_ruling(verdict) == "supported/within_printed_precision"
    assert "on which day of that month" in verdict["explanation"]


def test_the_older_edition_holds_too_in_the_month_of_the_newer_one() -> None:
    verdict = judge_one(
        build_share_claim(WINDOW, 75, "75 per cent"),
        build_share(WINDOW, 75, vintage=date(2014, 3, 31)),
        build_share(WINDOW, 76, vintage=date(2019, 3, 31), vintage_precision="month"),
        as_of=date(2019, 3, 12),
    )
    assert name_ruling(verdict) == "supported/within_printed_precision"
    assert verdict["reference_value"] == 75


@pytest.mark.parametrize("period", [WINDOW, PRESENT])
def test_what_only_an_edition_to_come_says_is_not_contradicted(period: Period) -> None:
    verdict = judge_one(
        build_share_claim(period, 61, "61 per cent"),
        build_share(WINDOW, 75, vintage=date(2014, 3, 31)),
        build_share(WINDOW, 61, vintage=date(2019, 3, 31)),
        as_of=date(2019, 3, 12),
    )
    assert name_ruling(verdict) == "unresolved/no_reference"
    assert "not yet out then" in verdict["explanation"]


def test_a_volume_of_five_years_printed_for_one_is_a_wrong_label() -> None:
    year = build_calendar_year(2013)
    verdict = judge_one(
        build_claim(year, 13815, "13,815 million TIV", **VOLUME),
        build_observation(WINDOW, 13815, vintage=TODAY, **VOLUME),
        build_observation(year, 3100, vintage=TODAY, **VOLUME),
    )
    assert name_ruling(verdict) == "not_comparable/wrong_period_label"


def test_months_that_end_alike_are_a_wrong_label_and_months_inside_are_not() -> None:
    claimed = build_part_year(date(2022, 4, 1), date(2022, 12, 31))
    reference = build_observation(claimed, 35e9, vintage=TODAY)
    ending = build_part_year(date(2022, 6, 1), date(2022, 12, 31))
    inside = build_part_year(date(2022, 5, 1), date(2022, 11, 30))
    claim = build_claim(claimed, 27.3e9, "$27.3 billion")
    verdicts = [
        judge_one(claim, reference, build_observation(period, 27.3e9, vintage=TODAY))
        for period in (ending, inside)
    ]
    assert [verdict["verdict"] for verdict in verdicts] == ["not_comparable", "contradicted"]


def test_a_month_is_a_neighbour_only_of_a_figure_of_three_digits() -> None:
    whole = build_observation(YEAR, 9.1e9, vintage=TODAY)
    month = build_observation(build_month(2022, 4), 7.42e8, vintage=TODAY)
    close, loose = (
        judge_one(build_claim(YEAR, value, stated_as), whole, month)
        for value, stated_as in ((7.42e8, "$742 million"), (7e8, "$0.7 billion"))
    )
    assert name_ruling(close) == "not_comparable/part_year"
    assert name_ruling(loose) == "contradicted/outside_printed_precision"


def test_the_year_that_begins_in_the_claimed_one_is_the_likelier_slip() -> None:
    verdict = judge_one(
        build_claim(YEAR, 13.1e9, "$13.1 billion"),
        build_observation(build_fiscal_year(2021), 13.1e9, vintage=TODAY),
        build_observation(build_fiscal_year(2022), 13.1e9, vintage=TODAY),
    )
    assert "fiscal 2022\u201323" in verdict["explanation"]


@pytest.mark.parametrize(("value", "verdict"), [(13.4, "not_comparable"), (90, "contradicted")])
def test_a_lower_bound_is_no_label_of_a_value_far_above_it(value: float, verdict: str) -> None:
    ruled = judge_one(
        build_claim(YEAR, 13e9, "$13 billion", hedge="over"),
        build_observation(YEAR, 2e9, vintage=TODAY),
        build_observation(build_fiscal_year(2022), value * 1e9, vintage=TODAY),
    )
    assert ruled["verdict"] == verdict


def test_a_target_of_no_year_is_held_against_the_newest() -> None:
    targets = [
        build_observation(build_target_year(year), amount, vintage=TODAY, indicator="trade_target")
        for year, amount in ((2025, 30e9), (2030, 100e9))
    ]
    claim = build_claim(PRESENT, 100e9, "$100 billion", indicator="trade_target", hedge="target")
    assert name_ruling(judge_one(claim, *targets)) == "supported/within_printed_precision"


def test_regiments_are_set_beside_units_with_their_ratio() -> None:
    weapon = {"indicator": "units_ordered", "commodity": "S-400 Triumf"}
    year = build_calendar_year(2018)
    verdict = judge_one(
        build_claim(year, 5, "five regiments", unit_measure="REGIMENTS", **weapon),
        build_observation(year, 10, vintage=TODAY, unit_measure="UNITS", **weapon),
    )
    assert name_ruling(verdict) == "not_comparable/wrong_unit"
    assert "10 / 5 = 2 units to a regiment" in verdict["arithmetic"]
