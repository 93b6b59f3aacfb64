"""Pairs and lists of figures meet their periods and measures in the order in which they stand."""

from __future__ import annotations

from tests.documents.prose.reading import list_periods, read


def test_from_and_to_have_the_two_periods_of_between_and() -> None:
    assert list_periods(
        "Russia's share of India's arms imports fell from 76 to 36 per cent between 2009-13 and 2019-23."
    ) == ["2009-13", "2019-23"]


def test_from_and_to_have_the_periods_beside_them() -> None:
    assert list_periods(
        "Russia's share of India's arms imports fell from 76 per cent in 2009-13 to 36 per cent in 2019-23."
    ) == ["2009-13", "2019-23"]


def test_the_later_figure_may_come_first() -> None:
    assert list_periods(
        "Russia's share of India's arms imports was 36 per cent in 2019-23, down from 76 per cent in 2009-13."
    ) == ["2019-23", "2009-13"]


def test_the_ends_of_between_two_years_belong_to_two_figures() -> None:
    assert list_periods("India-Russia trade rose from $13 billion to $66 billion between 2021 and 2024.") == [
        "2021",
        "2024",
    ]


def test_one_period_after_a_pair_is_that_of_the_second_figure() -> None:
    assert list_periods("India-Russia trade rose from $13 billion to $65.7 billion in 2023-24.") == [
        "",
        "2023-24",
    ]


def test_respectively_ties_lists_in_order() -> None:
    claims = read(
        "India-Russia trade in 2021-22, 2022-23 and 2023-24 was $13.1 billion, $49.4 billion and $65.7 "
        "billion respectively."
    )
    assert [(one.stated_as, one.period.label) for one in claims] == [
        ("$13.1 billion", "2021-22"),
        ("$49.4 billion", "2022-23"),
        ("$65.7 billion", "2023-24"),
    ]


def test_respectively_ties_exports_and_imports_in_order() -> None:
    claims = read(
        "India's exports to Russia and imports from Russia were $4.9 billion and $63.8 billion respectively "
        "in 2024-25."
    )
    assert [one.indicator for one in claims] == ["exports", "imports"]


def test_each_figure_of_a_series_has_the_period_in_its_brackets() -> None:
    assert list_periods(
        "Russia's share of India's arms imports: 76 per cent (2009-13), 58 per cent (2014-18), "
        "36 per cent (2019-23)."
    ) == ["2009-13", "2014-18", "2019-23"]


def test_each_figure_of_a_series_has_the_period_after_it() -> None:
    assert list_periods(
        "India-Russia trade was $13.1 billion in 2021-22, $49.4 billion in 2022-23 and $65.7 billion in "
        "2023-24."
    ) == ["2021-22", "2022-23", "2023-24"]


def test_each_figure_of_a_series_has_the_period_before_it() -> None:
    assert list_periods(
        "In 2021-22 India-Russia trade was $13.1 billion; in 2022-23 it was $49.4 billion and in 2023-24 "
        "$65.7 billion."
    ) == ["2021-22", "2022-23", "2023-24"]


def test_each_figure_of_a_series_has_the_period_that_heads_it() -> None:
    assert list_periods(
        "India's exports to Russia: 2021-22 \u2013 $3.25 bn, 2022-23 \u2013 $3.14 bn, 2023-24: $4.26 bn."
    ) == ["2021-22", "2022-23", "2023-24"]
