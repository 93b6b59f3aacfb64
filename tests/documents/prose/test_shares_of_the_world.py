"""Shares of the world's arms, changes of arms and military spending: one subject each, regions among them."""

from __future__ import annotations

import pytest

from tests.documents.prose.reading import read, read_one


def list_subjects(text: str) -> list[tuple[str, str | None, str | None]]:
    """Each figure with its measure and whose it is."""
    return [(claim.stated_as, claim.indicator, claim.ref_area) for claim in read(text)]


def test_each_share_of_a_list_is_its_own_countrys_part_of_the_worlds_imports() -> None:
    found = list_subjects("Qatar bought 6.4 per cent of global arms imports in 2018-22, Egypt 4.5 per cent.")

    assert found == [
        ("6.4 per cent", "world_arms_import_share", "QAT"),
        ("4.5 per cent", "world_arms_import_share", "EGY"),
    ]


def test_names_before_brackets_have_the_figures_in_them() -> None:
    text = (
        "France held 11% of global exports of arms in 2019-23, followed by China (5.8%) and Germany (5.6%)."
    )

    assert list_subjects(text) == [
        ("11%", "world_arms_export_share", "FRA"),
        ("5.8%", "world_arms_export_share", "CHN"),
        ("5.6%", "world_arms_export_share", "DEU"),
    ]


def test_a_share_after_a_rank_is_one_of_all_imports_of_arms() -> None:
    claim = read_one("Japan ranked sixth with 3.9 per cent of arms imports in 2020-24.")

    assert (claim.indicator, claim.ref_area) == ("world_arms_import_share", "JPN")


def test_parts_of_a_suppliers_exports_go_to_whom_they_are_said_to_go() -> None:
    claims = read(
        "Of China's arms exports in 2019-23, 61 per cent went to Pakistan and 11 per cent to Bangladesh."
    )

    assert [(one.indicator, one.ref_area, one.counterpart_area) for one in claims] == [
        ("arms_export_share", "PAK", "CHN"),
        ("arms_export_share", "BGD", "CHN"),
    ]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Japan's arms imports rose by 93 per cent between 2015-19 and 2020-24.", ("JPN", "W00")),
        ("Arms imports by African states fell by 44 per cent between 2015-19 and 2020-24.", ("QRA", "W00")),
        ("France's arms exports to India grew by 12 per cent between 2015-19 and 2020-24.", ("IND", "FRA")),
        ("Russian arms exports fell by 64 per cent between 2015-19 and 2020-24.", ("W00", "RUS")),
        (
            "Global transfers of arms rose by 4.6 per cent between 2011-15 and 2016-20.",
            ("W00", "W00"),
        ),
    ],
)
def test_a_change_of_arms_is_whose_the_words_say(text: str, parties: tuple[str, str]) -> None:
    claim = read_one(text)

    assert (claim.indicator, claim.ref_area, claim.counterpart_area) == ("arms_import_volume", *parties)


def test_military_spending_is_read_of_a_country_a_region_and_the_world() -> None:
    text = (
        "Military spending in Poland rose by 31 per cent to $38 billion in 2024. Military expenditure "
        "in Europe was $693 billion. World military expenditure reached $2718 billion, "
        "or 2.5 per cent of world GDP."
    )

    assert [(one.ref_area, one.indicator, one.unit_measure) for one in read(text)] == [
        ("POL", "military_expenditure", "PERCENT"),
        ("POL", "military_expenditure", "USD"),
        ("QRU", "military_expenditure", "USD"),
        ("W00", "military_expenditure", "USD"),
        ("W00", "military_expenditure", "PERCENT_OF_GDP"),
    ]


def test_a_share_of_a_regions_imports_is_no_suppliers_share() -> None:
    claim = read_one("Japan accounted for 14 per cent of the volume of arms imported to Asia in 2015-19.")

    assert claim.indicator is None
