"""Found claims and series made by hand, for what matches, judges and suspects them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from etl.checking.checking import check_claim
from etl.checking.reports.report import CheckedClaim
from etl.checking.series_index import Deal, SeriesIndex, Weapon
from etl.documents.prose import FoundClaim
from etl.judge.references import build_whole_book
from etl.periods import Period, build_calendar_year, build_fiscal_year
from etl.schemas.observations import Observations
from tests.judge.frames import TODAY, build_observation

PRESENT = Period(None, None, "present", "")
FISCAL_2021, FISCAL_2022 = build_fiscal_year(2021), build_fiscal_year(2022)
CALENDAR_2021, CALENDAR_2022 = build_calendar_year(2021), build_calendar_year(2022)
NAMES = {"IND": "India", "RUS": "Russia", "FRA": "France", "USA": "United States", "W00": "the world"}


def find_figure(stated_as: str, value: float | str, period: Period = PRESENT, **other: Any) -> FoundClaim:
    """One found claim; by default about India's two-way trade with Russia in dollars."""
    found = FoundClaim(
        stated_as=stated_as,
        read_as=stated_as,
        char_start=0,
        char_end=len(stated_as),
        paragraph=1,
        prefix="",
        suffix="",
        value=Decimal(str(value)),
        unit_measure="USD",
        hedge="exact",
        indicator="bilateral_trade",
        ref_area="IND",
        counterpart_area="RUS",
        commodity="TOTAL",
        period=period,
        baseline=None,
        is_change=False,
        attributed_to=None,
        sentence=stated_as,
        readings=(),
    )
    return replace(found, **other)


def find_billions(number: str, period: Period = PRESENT, **other: Any) -> FoundClaim:
    """One found claim in billions of dollars."""
    return find_figure(f"${number} billion", str(Decimal(number) * 10**9), period, **other)


def find_share(number: str, period: Period = PRESENT, **other: Any) -> FoundClaim:
    """One found claim of Russia's share of India's arms imports."""
    terms = {"unit_measure": "PERCENT", "indicator": "arms_import_share", **other}
    return find_figure(f"{number} per cent", number, period, **terms)


def find_change(stated_as: str, value: float | str, period: Period = PRESENT, **other: Any) -> FoundClaim:
    """One found claim of growth in per cent."""
    return find_figure(stated_as, value, period, **{"unit_measure": "PERCENT", "is_change": True, **other})


def observe_trade(period: Period, billions: float, **other: Any) -> dict[str, Any]:
    """One observation in billions of dollars, known today."""
    return build_observation(period, billions * 1e9, **{"vintage": TODAY, **other})


def observe_volume(period: Period, millions: float, **other: Any) -> dict[str, Any]:
    """One observation of the volume of all arms delivered to India, known today."""
    terms = {
        "indicator": "arms_import_volume",
        "unit_measure": "TIV_MILLIONS",
        "counterpart_area": "W00",
        "publisher": "SIPRI",
        "vintage": TODAY,
        **other,
    }
    row = build_observation(period, millions, **terms)
    return {**row, "obs_id": f"{row['obs_id']}.{row['counterpart_area']}"}


def observe_order(year: int, number: int, **other: Any) -> dict[str, Any]:
    """One observation of weapons ordered in a year."""
    terms = {
        "indicator": "units_ordered",
        "commodity": "T-90S",
        "unit_measure": "UNITS",
        "publisher": "SIPRI",
        "source_id": "sipri_deals",
        "vintage": TODAY,
        **other,
    }
    return build_observation(build_calendar_year(year), number, **terms)


def describe_weapon(
    description: str, *orders: tuple[int, int], is_uncertain: bool = False, **other: Any
) -> Weapon:
    """A weapon of the register with its orders: year and number, none of them delivered."""
    deals = tuple(
        Deal(f"deal-{place}", year, number, 0, is_uncertain=is_uncertain)
        for place, (year, number) in enumerate(orders, start=1)
    )
    terms = {"description": description, "vintage": TODAY, "deals": deals, **other}
    return Weapon(**terms)


def hold(*observations: dict[str, Any], weapons: dict[str, Weapon] | None = None) -> SeriesIndex:
    """A series index of some observations; weapons by designation are Russia's to India."""
    keyed = {("IND", "RUS", designation): weapon for designation, weapon in (weapons or {}).items()}
    # Not checked against the schema: rules are tried on hundreds of such tables.
    table = pl.DataFrame(list(observations), schema=Observations.list_columns())
    book = build_whole_book(table)
    return SeriesIndex(book, NAMES, {code: f"{name}\u2019s" for code, name in NAMES.items()}, keyed)


def check(
    found: FoundClaim,
    index: SeriesIndex,
    *,
    published_on: date | None = None,
    as_of: date = TODAY,
) -> CheckedClaim:
    """One found claim, checked."""
    return check_claim(found, claim_id="check.1", index=index, published_on=published_on, as_of=as_of)


def name_verdict(claim: CheckedClaim) -> str:
    """The verdict of now with its reason, in one word."""
    return f"{claim.now.verdict}/{claim.now.reason}"


def list_slips(claim: CheckedClaim) -> list[str]:
    """The codes of the likely slips."""
    return [slip.code for slip in claim.slips]
