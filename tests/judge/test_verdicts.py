"""Each verdict and reason on the smallest tables that give it."""

from __future__ import annotations

from datetime import date

import pytest

from etl.errors import UnknownRowError
from etl.judge import judge_documents
from etl.periods import Period, build_calendar_year, build_fiscal_year, build_part_year, build_window
from tests.judge.frames import (
    PRESENT,
    TODAY,
    build_claim,
    build_observation,
    build_share,
    build_share_claim,
    judge_one,
    name_ruling,
    tabulate_claims,
    tabulate_documents,
    tabulate_observations,
)

WINDOW = build_window(2009)
FISCAL = build_fiscal_year(2021)


def test_a_value_inside_the_printed_interval_is_supported() -> None:
    verdict = judge_one(
        build_claim(FISCAL, 13e9, "US $13 billion"),
        build_observation(FISCAL, 13.12468e9, vintage=date(2022, 10, 31)),
    )
    assert name_ruling(verdict) == "supported/within_printed_precision"
    assert verdict["difference"] == pytest.approx(-124_680_000)


def test_the_newest_edition_decides_and_all_are_named() -> None:
    verdict = judge_one(
        build_share_claim(WINDOW, 76, "76 per cent"),
        build_share(WINDOW, 75, vintage=date(2014, 3, 31), vintage_precision="month"),
        build_share(WINDOW, 76, vintage=date(2019, 3, 31), vintage_precision="month"),
    )
    assert name_ruling(verdict) == "supported/within_printed_precision"
    assert verdict["reference_vintage"] == date(2019, 3, 31)
    assert verdict["reference_ids"].count(";") == 1
    assert "75% in its edition of March 2014 and 76% in its edition of March 2019" in verdict["explanation"]


def test_a_round_percentage_is_judged_at_its_printed_digit() -> None:
    window = build_window(2019)
    rulings = {
        percent: name_ruling(
            judge_one(
                build_share_claim(window, percent, f"{percent} per cent"),
                build_share(window, 36.2, vintage=date(2026, 2, 12)),
            )
        )
        for percent in (36, 40)
    }
    assert rulings == {
        36: "supported/within_printed_precision",
        40: "contradicted/outside_printed_precision",
    }


@pytest.mark.parametrize(
    ("printed", "stated_as", "hedge", "value", "ruling"),
    [
        (70, "$70 billion", "exact", 69.6, "supported/within_printed_precision"),
        (70, "$70 billion", "exact", 68.7, "supported/within_last_nonzero_digit"),
        (70, "$70.0 billion", "exact", 68.7, "contradicted/outside_printed_precision"),
        (100, "$100 billion", "exact", 68.7, "contradicted/outside_printed_precision"),
        (9.86, "$9.86 billion", "exact", 9.86999, "supported/last_digit_cut"),
        (68, "$68 billion", "exact", 68.69, "supported/last_digit_cut"),
        (68, "over $68 billion", "over", 68.69, "supported/within_printed_precision"),
        (69, "$69 billion", "exact", 68.4, "contradicted/outside_printed_precision"),
        (67, "$67 billion", "exact", 68.69, "contradicted/outside_printed_precision"),
    ],
)
def test_an_amount_agrees_to_its_last_digit_or_roughly_or_not(
    printed: float, stated_as: str, hedge: str, value: float, ruling: str
) -> None:
    verdict = judge_one(
        build_claim(FISCAL, printed * 1e9, stated_as, hedge=hedge),
        build_observation(FISCAL, value * 1e9, vintage=TODAY),
    )
    assert name_ruling(verdict) == ruling


def test_a_deficit_is_read_roughly_by_its_size() -> None:
    size = build_claim(FISCAL, 60e9, "$60 billion", indicator="trade_balance")
    verdict = judge_one(
        {**size, "value": -60e9, "value_low": -60.5e9, "value_high": -59.5e9},
        build_observation(FISCAL, -58.9e9, vintage=TODAY, indicator="trade_balance"),
    )
    assert name_ruling(verdict) == "supported/within_last_nonzero_digit"
    assert "roughly -65 to -55" in verdict["arithmetic"]


def test_an_amount_that_an_older_edition_had_to_its_last_digit_was_not_cut() -> None:
    verdict = judge_one(
        build_claim(FISCAL, 9.86e9, "$9.86 billion"),
        build_observation(FISCAL, 9.86e9, vintage=date(2022, 5, 1)),
        build_observation(FISCAL, 9.86999e9, vintage=TODAY),
    )
    assert name_ruling(verdict) == "superseded/restated_by_publisher"


def test_a_cut_digit_is_named() -> None:
    verdict = judge_one(
        build_claim(FISCAL, 68e9, "$68 billion"), build_observation(FISCAL, 68.69e9, vintage=TODAY)
    )
    assert "The last digit of $68.7 bn is cut off in it instead of rounded." in verdict["explanation"]


def test_a_value_restated_since_is_superseded_by_the_same_publisher() -> None:
    verdict = judge_one(
        build_share_claim(WINDOW, 75, "75 per cent"),
        build_share(WINDOW, 75, vintage=date(2014, 3, 31)),
        build_share(WINDOW, 76, vintage=date(2019, 3, 31)),
    )
    assert name_ruling(verdict) == "superseded/restated_by_publisher"
    assert verdict["reference_value"] == 76


def test_a_value_is_supported_on_the_day_before_it_was_restated() -> None:
    verdict = judge_one(
        build_share_claim(WINDOW, 75, "75 per cent"),
        build_share(WINDOW, 75, vintage=date(2014, 3, 31)),
        build_share(WINDOW, 76, vintage=date(2019, 3, 31)),
        as_of=date(2019, 3, 30),
    )
    assert name_ruling(verdict) == "supported/within_printed_precision"


def test_another_publisher_that_agrees_is_no_restatement() -> None:
    year = build_calendar_year(2017)
    verdict = judge_one(
        build_claim(year, 2.1e9, "$2.1 billion"),
        build_observation(year, 2.14e9, vintage=date(2018, 1, 1), publisher="First", source_id="first"),
        build_observation(year, 2.9e9, vintage=date(2024, 1, 1), publisher="Second", source_id="second"),
    )
    assert name_ruling(verdict) == "supported/within_printed_precision"
    assert verdict["reference_value"] == 2.14e9


def test_of_one_vintage_the_printed_value_goes_before_the_derived() -> None:
    verdict = judge_one(
        build_share_claim(WINDOW, 76, "76 per cent"),
        build_share(WINDOW, 76, vintage=TODAY, source_id="sheet"),
        build_share(WINDOW, 76.4, vintage=TODAY, source_id="register", derivation="share_of_total(a;b)"),
    )
    assert verdict["reference_value"] == 76


def test_a_value_outside_every_edition_is_contradicted() -> None:
    verdict = judge_one(
        build_share_claim(WINDOW, 61, "61 per cent"),
        build_share(WINDOW, 75, vintage=date(2014, 3, 31)),
        build_share(WINDOW, 76, vintage=date(2019, 3, 31)),
    )
    assert name_ruling(verdict) == "contradicted/outside_printed_precision"


def test_the_rounding_of_the_reference_can_hold_the_claim() -> None:
    verdict = judge_one(
        build_claim(FISCAL, 65.72e9, "$65.72 billion"),
        build_observation(FISCAL, 65.7e9, vintage=TODAY, obs_low=65.65e9, obs_high=65.75e9),
    )
    assert verdict["verdict"] == "supported"


def test_a_missing_value_is_no_reference() -> None:
    verdict = judge_one(
        build_claim(FISCAL, 13e9, "$13 billion"),
        build_observation(FISCAL, None, vintage=TODAY, obs_status="M"),
    )
    assert name_ruling(verdict) == "unresolved/no_reference"


def test_the_value_of_a_neighbouring_year_is_a_wrong_label() -> None:
    verdict = judge_one(
        build_claim(build_calendar_year(2021), 13.1e9, "$13.1 billion"),
        build_observation(FISCAL, 13.12468e9, vintage=TODAY),
    )
    assert name_ruling(verdict) == "not_comparable/wrong_period_label"
    assert "fiscal 2021\u201322" in verdict["explanation"]


def test_a_wrong_label_is_not_contradicted_where_the_labelled_year_is_known_too() -> None:
    verdict = judge_one(
        build_claim(build_calendar_year(2021), 13.1e9, "$13.1 billion"),
        build_observation(FISCAL, 13.12468e9, vintage=TODAY),
        build_observation(build_calendar_year(2021), 11.9e9, vintage=TODAY),
    )
    assert name_ruling(verdict) == "not_comparable/wrong_period_label"
    assert "which has $11.9 bn" in verdict["explanation"]


def test_a_misprinted_window_is_a_wrong_label() -> None:
    misprinted = Period(date(2012, 1, 1), date(2017, 12, 31), "five_year_window", "2012-17")
    verdict = judge_one(
        build_share_claim(misprinted, 69, "69 per cent"),
        build_share(build_window(2012), 69, vintage=date(2022, 3, 15)),
    )
    assert name_ruling(verdict) == "not_comparable/wrong_period_label"


def test_the_kinder_reading_does_not_find_a_wrong_label() -> None:
    verdict = judge_one(
        build_claim(build_calendar_year(2021), 10e9, "$10 billion"),
        build_observation(FISCAL, 13.12468e9, vintage=TODAY),
    )
    assert name_ruling(verdict) == "not_comparable/period_basis_differs"


def test_a_year_of_which_only_a_part_is_known_is_not_comparable() -> None:
    verdict = judge_one(
        build_claim(build_fiscal_year(2022), 49e9, "$49 billion"),
        build_observation(build_part_year(date(2022, 4, 1), date(2022, 8, 31)), 18.23e9, vintage=TODAY),
    )
    assert name_ruling(verdict) == "not_comparable/part_year"


def test_the_value_of_a_part_printed_for_the_whole_year_is_a_part_year() -> None:
    verdict = judge_one(
        build_claim(build_fiscal_year(2022), 35e9, "$35 billion"),
        build_observation(build_part_year(date(2022, 4, 1), date(2022, 12, 31)), 35e9, vintage=TODAY),
        build_observation(build_fiscal_year(2022), 49.4e9, vintage=TODAY),
    )
    assert name_ruling(verdict) == "not_comparable/part_year"


def test_counts_in_another_unit_are_set_beside_each_other_with_their_ratio() -> None:
    year = build_calendar_year(2018)
    weapon = {"indicator": "units_ordered", "commodity": "S-400 Triumf"}
    verdict = judge_one(
        build_claim(year, 5, "five contracted", unit_measure="BATTERIES", **weapon),
        build_observation(
            year, 10, vintage=date(2025, 3, 13), unit_measure="UNITS", source_id="sipri_deals", **weapon
        ),
    )
    assert name_ruling(verdict) == "not_comparable/wrong_unit"
    assert verdict["arithmetic"] == (
        "10 ordered in the register of 2025-03-13; printed 5 batteries; 10 / 5 = 2 units to a battery"
    )
    assert verdict["reference_value"] is None
    assert verdict["difference"] is None


def test_a_percentage_of_something_unsaid_is_a_wrong_unit() -> None:
    verdict = judge_one(
        build_claim(PRESENT, 2, "2 per cent", indicator="export_share", unit_measure="PERCENT"),
        build_observation(
            FISCAL, 7.1, vintage=TODAY, indicator="export_share", unit_measure="PERCENT_OF_TWO_WAY_TRADE"
        ),
    )
    assert name_ruling(verdict) == "not_comparable/wrong_unit"
    assert "does not say of what" in verdict["explanation"]


def test_nothing_to_hold_it_against_is_unresolved_and_says_what_was_looked_for() -> None:
    verdict = judge_one(
        build_claim(build_calendar_year(2018), 5.43e9, "$5.43 billion", indicator="contract_value")
    )
    assert name_ruling(verdict) == "unresolved/no_reference"
    assert "contract value, calendar 2018" in verdict["explanation"]
    assert verdict["arithmetic"].startswith("nothing to compute")


def test_what_came_out_after_the_day_is_named_and_not_used() -> None:
    verdict = judge_one(
        build_claim(FISCAL, 13e9, "$13 billion"),
        build_observation(FISCAL, 13.1e9, vintage=date(2022, 10, 31)),
        as_of=date(2022, 10, 30),
    )
    assert verdict["verdict"] == "unresolved"
    assert "is of 31 October 2022" in verdict["explanation"]


def test_the_arithmetic_of_a_derived_share_is_its_division() -> None:
    window = build_window(2019)
    volume = {"indicator": "arms_import_volume", "unit_measure": "TIV_MILLIONS", "source_id": "sipri_tiv"}
    part = build_observation(window, 5015, vintage=date(2026, 2, 12), **volume)
    total = build_observation(window, 13856, vintage=date(2026, 2, 12), counterpart_area="W00", **volume)
    total["obs_id"] += ".total"
    share = build_share(
        window,
        5015 / 13856 * 100,
        vintage=date(2026, 2, 12),
        source_id="sipri_tiv",
        derivation=f"share_of_total({part['obs_id']};{total['obs_id']})",
    )
    verdict = judge_one(build_share_claim(window, 36, "36 per cent"), part, total, share)
    assert verdict["arithmetic"] == (
        "5015 / 13856 = 36.2% in the 2026-02-12 register; printed 36, allowed 35.5 to 36.5"
    )


def test_an_old_period_stays_supported_and_names_the_newest() -> None:
    window = build_window(2019)
    verdict = judge_one(
        build_share_claim(window, 36, "36 per cent"),
        build_share(window, 36, vintage=date(2024, 3, 11)),
        build_share(build_window(2021), 40, vintage=date(2026, 3, 9)),
    )
    assert verdict["verdict"] == "supported"
    assert (verdict["newest_period"], verdict["newest_value"]) == ("2021-25", 40)
    assert "2021\u201325, has 40%" in verdict["explanation"]


def test_a_claim_without_its_document_is_refused() -> None:
    claims = tabulate_claims(build_claim(FISCAL, 13e9, "$13 billion"))
    with pytest.raises(UnknownRowError, match="no document 'document'"):
        judge_documents(claims, tabulate_documents(other=TODAY), tabulate_observations(), as_of=TODAY)
