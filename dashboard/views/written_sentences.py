"""Sentences made from rows of a snapshot, each right or wrong in one way, for the examples of the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl

from etl import ALL_COMMODITIES, Dossier, Snapshot

# Far enough off for any reading of a printed per cent, and never a round number.
FAR_OFF, WHOLE = 11, 100
MILLION, BILLION = 1e6, 1e9
# So many million TIV would be a billion, were they dollars.
THOUSAND = 1_000
FISCAL, CALENDAR = "fiscal_year_in", "calendar_year"
Row = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """A sentence, the day on which it is taken to be printed, and the row that its figure was made from."""

    sentence: str
    published_on: date
    row_id: str


@dataclass(frozen=True)
class ExampleRows:
    """Whose rows the sentences are made from."""

    snapshot: Snapshot
    dossier: Dossier

    def list_rows(self, *, flipped: bool = False, **filters: Any) -> list[Row]:
        """Rows of the two sides with a value, the newest first; `flipped` from the other side."""
        here, there = self.dossier.ref_area, self.dossier.counterpart_area
        sides = (there, here) if flipped else (here, there)
        filters = {"ref_area": sides[0], "counterpart_area": sides[1], **filters}
        rows = self.snapshot.observations(**filters).filter(pl.col("obs_value").is_not_null())
        ordered = rows.sort("period_end", "period_start", "vintage", "obs_id", descending=True)
        return ordered.collect().to_dicts()

    def list_shares(self) -> list[Row]:
        """The other side's shares of arms imports as they were printed."""
        return self.list_rows(indicator="arms_import_share", derivation=None)

    def list_trade(self, basis: str) -> list[Row]:
        """Two-way trade by one kind of period."""
        return self.list_rows(indicator="bilateral_trade", commodity=ALL_COMMODITIES, period_basis=basis)

    def write_share(self, row: Row, *, percent: float, when: str | None = None) -> Written:
        """A share of a window; `when` says something else in its place."""
        dossier = self.dossier
        share = f"{dossier.counterpart_possessive} share of {dossier.ref_possessive} arms imports"
        words = when or f"in {_name_period(row)} was"
        return Written(f"{share} {words} {percent:g} per cent.", row["vintage"], row["obs_id"])

    def write_trade(self, row: Row, *, when: str, amount: str | None = None) -> Written:
        """Two-way trade of a period; `amount` is printed in place of its value."""
        sides = f"{self.dossier.ref_label} and {self.dossier.counterpart_label}"
        said = amount or _format_billions(row["obs_value"])
        return Written(f"Trade between {sides} in {when} was {said}.", row["vintage"], row["obs_id"])


Write = Callable[[ExampleRows], Iterator[Written]]


def write_standing_share(examples: ExampleRows) -> Iterator[Written]:
    """A share as it was printed last."""
    return (examples.write_share(row, percent=row["obs_value"]) for row in examples.list_shares())


def write_restated_share(examples: ExampleRows) -> Iterator[Written]:
    """A share that its publisher has printed otherwise since, the oldest first."""
    rows = examples.list_shares()[::-1]
    newest = {row["time_period"]: row["obs_value"] for row in rows}
    restated = (row for row in rows if newest[row["time_period"]] != row["obs_value"])
    return (examples.write_share(row, percent=row["obs_value"]) for row in restated)


def write_overtaken_share(examples: ExampleRows) -> Iterator[Written]:
    """A share of a window that is not the newest, said without a period."""
    return (
        examples.write_share(row, percent=row["obs_value"], when="is") for row in examples.list_shares()[1:]
    )


def write_wrong_share(examples: ExampleRows) -> Iterator[Written]:
    """A share that is far off."""
    for row in examples.list_shares():
        sign = 1 if row["obs_value"] + FAR_OFF < WHOLE else -1
        yield examples.write_share(row, percent=row["obs_value"] + sign * FAR_OFF)


def write_share_of_a_year(examples: ExampleRows) -> Iterator[Written]:
    """A window's share said of one year."""
    for row in examples.list_shares():
        yield examples.write_share(row, percent=row["obs_value"], when=f"in {row['period_end']:%Y} was")


def write_share_of_six_years(examples: ExampleRows) -> Iterator[Written]:
    """A window's share said of a stretch that is a year longer."""
    for row in examples.list_shares():
        years = f"{row['period_start'].year - 1}\u2013{row['period_end']:%y}"
        yield examples.write_share(row, percent=row["obs_value"], when=f"in {years} was")


def write_share_of_another(examples: ExampleRows) -> Iterator[Written]:
    """Another supplier's share."""
    dossier = examples.dossier
    others = examples.snapshot.observations(
        indicator="arms_import_share", ref_area=dossier.ref_area, derivation=None
    ).filter(pl.col("counterpart_area") != dossier.counterpart_area)
    for row in others.sort("period_end", "vintage", "obs_id", descending=True).collect().to_dicts():
        yield examples.write_share(row, percent=row["obs_value"])


def write_part_as_year(examples: ExampleRows) -> Iterator[Written]:
    """Trade of some months said of the whole year."""
    for row in examples.list_trade("part_year"):
        yield examples.write_trade(row, when=_name_fiscal(row["period_start"].year))


def write_year_as_part(examples: ExampleRows) -> Iterator[Written]:
    """A year's trade said of some of its months."""
    for row in examples.list_trade(FISCAL):
        yield examples.write_trade(row, when=f"April\u2013December {row['period_start']:%Y}")


def write_fiscal_as_calendar(examples: ExampleRows) -> Iterator[Written]:
    """A fiscal year's trade said of a calendar year."""
    return (
        examples.write_trade(row, when=f"{row['period_start']:%Y}") for row in examples.list_trade(FISCAL)
    )


def write_calendar_as_fiscal(examples: ExampleRows) -> Iterator[Written]:
    """A calendar year's trade said of a fiscal year."""
    for row in examples.list_trade(CALENDAR):
        yield examples.write_trade(row, when=_name_fiscal(row["period_start"].year))


def write_year_before(examples: ExampleRows) -> Iterator[Written]:
    """A fiscal year's trade said of the next one."""
    rows = examples.list_trade(FISCAL)
    for later, row in pairwise(rows):
        yield examples.write_trade(row, when=_name_fiscal(later["period_start"].year))


def write_cut_off(examples: ExampleRows) -> Iterator[Written]:
    """A fiscal year's trade with its last digits dropped."""
    for row in examples.list_trade(FISCAL):
        cut = int(row["obs_value"] / BILLION * 10) / 10
        yield examples.write_trade(row, when=_name_period(row), amount=f"${cut:.1f} billion")


def write_lost_digit(examples: ExampleRows) -> Iterator[Written]:
    """A fiscal year's trade with its second digit left out."""
    for row in examples.list_trade(FISCAL):
        digits = f"{row['obs_value'] / BILLION:.2f}"
        yield examples.write_trade(row, when=_name_period(row), amount=f"${digits[:1]}{digits[2:]} billion")


def write_in_millions(examples: ExampleRows) -> Iterator[Written]:
    """A fiscal year's trade in millions where billions are meant."""
    for row in examples.list_trade(FISCAL):
        amount = f"${row['obs_value'] / BILLION:.2f} million"
        yield examples.write_trade(row, when=_name_period(row), amount=amount)


def write_imports_as_trade(examples: ExampleRows) -> Iterator[Written]:
    """Imports said to be trade both ways."""
    for row in examples.list_rows(indicator="imports", commodity=ALL_COMMODITIES, period_basis=FISCAL):
        yield examples.write_trade(row, when=_name_period(row))


def write_mirrored_flow(examples: ExampleRows) -> Iterator[Written]:
    """The seller's exports said to be the buyer's imports."""
    flow = {"indicator": "exports", "commodity": ALL_COMMODITIES, "period_basis": CALENDAR}
    imports = f"{examples.dossier.ref_possessive} imports from {examples.dossier.counterpart_label}"
    for row in examples.list_rows(flipped=True, **flow):
        sentence = f"{imports} in {row['period_start']:%Y} were {_format_billions(row['obs_value'])}."
        yield Written(sentence, row["vintage"], row["obs_id"])


def write_volume_as_dollars(examples: ExampleRows) -> Iterator[Written]:
    """A volume of arms said to be money."""
    dossier = examples.dossier
    for row in examples.list_rows(indicator="arms_import_volume", period_basis="five_year_window"):
        bought = f"{dossier.ref_label} bought arms worth ${row['obs_value'] / THOUSAND:.1f} billion"
        sentence = f"{bought} from {dossier.counterpart_label} in {_name_period(row)}."
        yield Written(sentence, row["vintage"], row["obs_id"])


BY_REASON: dict[str, Write] = {
    "within_printed_precision": write_standing_share,
    "restated_by_publisher": write_restated_share,
    "newer_period_published": write_overtaken_share,
    "period_basis_differs": write_share_of_a_year,
    "part_year": write_part_as_year,
    "wrong_period_label": write_fiscal_as_calendar,
    "wrong_unit": write_volume_as_dollars,
    "valuation_differs": write_mirrored_flow,
    "outside_printed_precision": write_wrong_share,
}
BY_SLIP: dict[str, Write] = {
    "fiscal_year_as_calendar_year": write_fiscal_as_calendar,
    "calendar_year_as_fiscal_year": write_calendar_as_fiscal,
    "wrong_window": write_share_of_six_years,
    "wrong_year": write_year_before,
    "tiv_as_dollars": write_volume_as_dollars,
    "part_year_as_year": write_part_as_year,
    "year_as_part_year": write_year_as_part,
    "truncated": write_cut_off,
    "digit_lost": write_lost_digit,
    "wrong_scale": write_in_millions,
    "other_measure": write_imports_as_trade,
    "other_party": write_share_of_another,
}


def _name_period(row: Row) -> str:
    return str(row["time_period"]).replace("-", "\u2013")


def _name_fiscal(year: int) -> str:
    return f"{year}\u2013{(year + 1) % WHOLE:02d}"


def _format_billions(value: float) -> str:
    return f"${value / BILLION:.2f} billion" if value >= BILLION else f"${value / MILLION:.2f} million"
