"""Periods are read in every form, those that count from the day of the text among them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.documents.prose.reading import list_periods, read, read_one

FISCAL, CALENDAR, WINDOW, PART, MONTH = (
    "fiscal_year_in",
    "calendar_year",
    "five_year_window",
    "part_year",
    "month",
)


@pytest.mark.parametrize(
    ("words", "label", "basis"),
    [
        ("in 2024", "2024", CALENDAR),
        ("in calendar 2024", "2024", CALENDAR),
        ("in calendar year 2024", "2024", CALENDAR),
        ("in CY2024", "2024", CALENDAR),
        ("in 2024-25", "2024-25", FISCAL),
        ("in 2024\u201325", "2024-25", FISCAL),
        ("in 2024/25", "2024-25", FISCAL),
        ("in 2024-2025", "2024-25", FISCAL),
        ("in fiscal 2024-25", "2024-25", FISCAL),
        ("in fiscal year 2024-25", "2024-25", FISCAL),
        ("in the financial year 2024-25", "2024-25", FISCAL),
        ("in FY 2024-25", "2024-25", FISCAL),
        ("in FY2024-25", "2024-25", FISCAL),
        ("in FY25", "2024-25", FISCAL),
        ("in FY 25", "2024-25", FISCAL),
        ("in FY'25", "2024-25", FISCAL),
        ("in FY2025", "2024-25", FISCAL),
        ("in fiscal 2025", "2024-25", FISCAL),
        ("in the 2024-25 fiscal year", "2024-25", FISCAL),
        ("in the year to March 2025", "2024-25", FISCAL),
        ("in the year ended 31 March 2025", "2024-25", FISCAL),
        ("in the fiscal year ending March 2025", "2024-25", FISCAL),
        ("in April 2024-March 2025", "2024-25", FISCAL),
        ("in April-December 2022", "2022-04/2022-12", PART),
        ("from April to December 2022", "2022-04/2022-12", PART),
        ("in April-December 2022-23", "2022-04/2022-12", PART),
        ("in Apr\u2013Dec FY23", "2022-04/2022-12", PART),
        ("in the first nine months of 2022-23", "2022-04/2022-12", PART),
        ("in the first nine months of fiscal 2023", "2022-04/2022-12", PART),
        ("in the first eight months of 2023", "2023-01/2023-08", PART),
        ("in the first 8 months of 2023", "2023-01/2023-08", PART),
        ("in January-August 2023", "2023-01/2023-08", PART),
        ("in the first half of 2023", "2023-01/2023-06", PART),
        ("in the second half of 2023", "2023-07/2023-12", PART),
        ("in H1 2023", "2023-01/2023-06", PART),
        ("in the first half of fiscal 2023-24", "2023-04/2023-09", PART),
        ("in H2 FY24", "2023-10/2024-03", PART),
        ("in the third quarter of 2023", "2023-07/2023-09", PART),
        ("in Q3 2023", "2023-07/2023-09", PART),
        ("in Q3 FY24", "2023-10/2023-12", PART),
        ("in November 2022-January 2023", "2022-11/2023-01", PART),
        ("in the eight months to August 2023", "2023-01/2023-08", PART),
        ("in August 2023", "2023-08", MONTH),
        ("in Aug. 2023", "2023-08", MONTH),
        ("by the end of 2022", "../2022-12-31", "up_to_date"),
        ("by end-2022", "../2022-12-31", "up_to_date"),
        ("by 2022", "../2022", "up_to_date"),
        ("by the year 2022", "../2022", "up_to_date"),
        ("by March 2023", "../2023-03-31", "up_to_date"),
        ("by the end of fiscal 2022-23", "../2023-03-31", "up_to_date"),
    ],
)
def test_the_period_of_an_amount_is_read_in_every_form(words: str, label: str, basis: str) -> None:
    claim = read_one(f"Trade between India and Russia came to $13 billion {words}.")
    assert (claim.period.label, claim.period.basis) == (label, basis)


@pytest.mark.parametrize(
    "words",
    [
        "in 2009-13",
        "in 2009\u201313",
        "in 2009-2013",
        "during 2009/13",
        "in 2009 to 2013",
        "from 2009 to 2013",
        "between 2009 and 2013",
        "in the five years to 2013",
        "in the five years ending in 2013",
        "in the five-year period to 2013",
        "over the period 2009-13",
    ],
)
def test_a_window_of_five_years_is_read_in_every_form(words: str) -> None:
    claim = read_one(f"Russia accounted for 76 per cent of India's arms imports {words}.")
    assert (claim.period.label, claim.period.basis) == ("2009-13", WINDOW)


def test_six_years_printed_as_a_window_stay_six_years() -> None:
    claim = read_one("Russia accounted for 62 per cent of India's arms imports in 2012-17.")
    assert (claim.period.label, claim.period.start, claim.period.end) == (
        "2012-17",
        date(2012, 1, 1),
        date(2017, 12, 31),
    )


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("last year", "2024"),
        ("this year", "2025"),
        ("last fiscal year", "2024-25"),
        ("in the previous fiscal", "2024-25"),
        ("in the current financial year", "2025-26"),
        ("this fiscal", "2025-26"),
        ("over the past five years", "2020-24"),
        ("in October", "2025-10"),
        ("in December", "2025-12"),
    ],
)
def test_a_relative_period_counts_from_the_day_of_the_text(words: str, label: str) -> None:
    claim = read_one(f"Trade between India and Russia came to $13 billion {words}.", day=date(2025, 12, 5))
    assert claim.period.label == label
    assert any("2025" in reading for reading in claim.readings)


def test_the_fiscal_year_of_january_began_in_the_april_before() -> None:
    claim = read_one("Trade with Russia was $13 billion last fiscal year.", day=date(2025, 1, 10))
    assert claim.period.label == "2023-24"


def test_a_relative_period_of_an_undated_text_is_not_guessed() -> None:
    claim = read_one("Trade with Russia was $13 billion last year.", day=None)
    assert claim.period.basis == "present"


def test_a_target_has_the_year_by_which_it_is_to_be_reached() -> None:
    claim = read_one("India and Russia want to take trade to $100 billion by 2030.")
    assert (claim.period.label, claim.period.basis) == ("2030", "target_year")


def test_a_figure_without_a_period_speaks_of_the_present() -> None:
    claim = read_one("Russia remains India's largest arms supplier with 36 per cent of imports.")
    assert claim.period.basis == "present"


def test_a_year_before_counts_back_from_the_period_beside_it() -> None:
    assert list_periods(
        "Trade between India and Russia was $68.7 billion in 2024-25, up from $65.7 billion a year earlier."
    ) == ["2024-25", "2023-24"]


def test_the_window_before_counts_back_five_years() -> None:
    assert list_periods(
        "Russia's share of India's arms imports was 36% in 2019-23, against 58% in the previous five years."
    ) == ["2019-23", "2014-18"]


def test_a_change_has_the_period_that_it_is_measured_from() -> None:
    claim = read_one("India's arms imports fell by 11 per cent between 2011-15 and 2016-20.")
    assert claim.is_change
    assert claim.baseline is not None
    assert (claim.baseline.label, claim.period.label) == ("2011-15", "2016-20")


def test_a_change_over_the_year_before_counts_from_there() -> None:
    claim = read_one("Trade between India and Russia rose 33 per cent year-on-year in 2023-24.")
    assert claim.baseline is not None
    assert (claim.baseline.label, claim.period.label) == ("2022-23", "2023-24")


def test_between_two_years_a_change_runs_from_one_to_the_other() -> None:
    claim = read_one("India-Russia trade grew fivefold between 2021 and 2024.")
    assert claim.baseline is not None
    assert (claim.baseline.label, claim.period.label) == ("2021", "2024")


@pytest.mark.parametrize(
    ("sentence", "change"),
    [
        ("Trade between India and Russia rose 33 per cent in 2023-24.", True),
        ("Trade between India and Russia rose by 33 per cent in 2023-24.", True),
        ("Trade between India and Russia was up 33 per cent in 2023-24.", True),
        ("Trade between India and Russia saw growth of 33 per cent in 2023-24.", True),
        ("Trade between India and Russia was 33 per cent higher in 2023-24.", True),
        ("Russia's share of India's arms imports rose to 33 per cent in 2023-24.", False),
        ("Russia's share of India's arms imports fell from 33 per cent in 2023-24.", False),
        ("Russia's share of India's arms imports was 33 per cent in 2023-24.", False),
    ],
)
def test_a_change_is_told_from_a_level(sentence: str, change: bool) -> None:
    assert read_one(sentence).is_change is change


def test_the_edition_of_a_source_is_no_period() -> None:
    claim = read_one("SIPRI's 2024 fact sheet gives Russia 36 per cent of India's arms imports in 2019-23.")
    assert claim.period.label == "2019-23"


def test_a_date_is_no_period() -> None:
    claim = read_one("On 8 July 2024 the ministry gave trade with Russia in 2023-24 as $65.7 billion.")
    assert claim.period.label == "2023-24"


def test_the_same_period_is_the_one_spoken_of_before() -> None:
    claims = read(
        "Russia supplied 36 per cent of India's arms imports in 2019-23. "
        "France supplied 33 per cent in the same period."
    )
    assert [claim.period.label for claim in claims] == ["2019-23", "2019-23"]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("in April-August", "2025-04/2025-08"),
        ("from April to September", "2025-04/2025-09"),
        ("between January and March", "2025-01/2025-03"),
        ("in November-January", "2024-11/2025-01"),
        ("in October-December", "2024-10/2024-12"),
    ],
)
def test_months_without_a_year_are_the_last_ones_before_the_text(words: str, label: str) -> None:
    text = f"India\u2019s imports from Russia were $20 billion {words}, the ministry said."
    assert read_one(text, day=date(2025, 10, 21)).period.label == label
