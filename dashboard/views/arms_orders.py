"""Arms orders: how many were ordered, came and are still to come by a register, and what documents print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

import etl
from dashboard.plotting.traces import ClaimMark
from dashboard.views.chart_rows import format_edition
from etl import IS_DATED, Dossier, Snapshot, covers_pair, format_day, join_words

Row = dict[str, Any]
ALL_DELIVERED = "delivered"
PART = "part of a register"
ORDERED, DELIVERED, PENDING = "units_ordered", "units_delivered", "units_pending"
SAID = {ORDERED: "ordered", DELIVERED: "delivered", PENDING: "pending"}


@dataclass(frozen=True)
class WeaponCount:
    """A number of weapons, as the register has it: perhaps not known, perhaps not sure."""

    number: int | None
    is_unsure: bool

    def __str__(self) -> str:
        return "unknown" if self.number is None else f"{self.number:,}{'?' if self.is_unsure else ''}"


@dataclass(frozen=True)
class ArmsOrder:
    """One order: what, when, how many; `volume` is its size, `register` the one it is from, or part of it."""

    row_id: str
    designation: str
    description: str
    ordered_in: int
    is_year_unsure: bool
    ordered: WeaponCount
    delivered: WeaponCount
    last_delivery: int | None
    volume: float | None
    status: str
    register: str
    is_of_part: bool

    @property
    def name(self) -> str:
        """The weapon and what it is."""
        same = self.designation == self.description
        return self.designation if same else f"{self.designation}, {self.description}"

    @property
    def is_finished(self) -> bool:
        """Whether everything has come."""
        return self.status == ALL_DELIVERED

    @property
    def share(self) -> float:
        """The part of the order that has come; nought where it cannot be said."""
        ordered, delivered = self.ordered.number, self.delivered.number
        return min(1.0, delivered / ordered) if ordered and delivered else 0.0

    @property
    def pending(self) -> WeaponCount:
        """How many are still to come."""
        ordered, delivered = self.ordered.number, self.delivered.number
        left = None if ordered is None or delivered is None else max(0, ordered - delivered)
        return WeaponCount(left, self.ordered.is_unsure or self.delivered.is_unsure)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the register marks as not sure."""
        marked = (
            ("how many were ordered", self.ordered.is_unsure),
            ("how many were delivered", self.delivered.is_unsure),
            ("the year of the order", self.is_year_unsure),
        )
        return tuple(words for words, is_marked in marked if is_marked)

    def format_counts(self) -> str:
        """How many came of how many, and how many are pending."""
        if self.ordered.number is None:
            return f"{self.delivered} delivered of an unknown number"
        return f"{self.delivered} of {self.ordered} delivered, {self.pending} pending"

    def format_years(self) -> str:
        """When it was ordered and when something last came."""
        ordered = f"ordered {self.ordered_in}{'?' if self.is_year_unsure else ''}"
        return f"{ordered}, " + (
            f"last delivery {self.last_delivery}" if self.last_delivery else "no delivery"
        )

    def format_status(self) -> str:
        """The status as the register's words have it."""
        return etl.label("deal status", self.status)

    def format_volume(self) -> str:
        """The size of the order; empty where the register gives none."""
        return f"{etl.format_value(self.volume, 'TIV_MILLIONS')} ordered" if self.volume else ""


def list_orders(snapshot: Snapshot, dossier: Dossier) -> list[ArmsOrder]:
    """Orders between a dossier's two sides in the newest register, the largest volume first."""
    found = snapshot.deals(importer=dossier.ref_area, supplier=dossier.counterpart_area)
    ranked = found.sort("tiv_order", "deal_id", descending=[True, False], nulls_last=True).collect()
    sides = {"importer": dossier.ref_area, "supplier": dossier.counterpart_area}
    files = snapshot.sources(file=ranked["source_file"].unique().to_list()).collect().to_dicts()
    whole = [file["file"] for file in files if covers_pair(file, **sides)]
    known = ranked.with_columns(is_whole=pl.col("source_file").is_in(whole))
    return [_read_order(deal) for deal in _keep_newest_register(known).to_dicts()]


def _keep_newest_register(deals: pl.DataFrame) -> pl.DataFrame:
    """The deals of one register: the newest that is dated and whole, of two of one day that with most deals.

    One without a day, and one that may hold only some of the orders, are taken where there is no other.
    """
    edition = ("vintage", "vintage_precision", "source_id", "is_whole")
    registers = deals.group_by(edition).len().sort(IS_DATED, "is_whole", "vintage", "len", "source_id")
    return deals.join(registers.tail(1), on=edition, how="semi", maintain_order="left")


def _read_order(deal: Row) -> ArmsOrder:
    years = [int(year) for year in (deal["delivery_years"] or "").split(";") if year.strip()]
    return ArmsOrder(
        row_id=deal["deal_id"],
        designation=deal["designation"],
        description=deal["description"],
        ordered_in=deal["order_year"],
        is_year_unsure=deal["order_year_uncertain"],
        ordered=WeaponCount(deal["number_ordered"], deal["number_ordered_uncertain"]),
        delivered=WeaponCount(deal["number_delivered"], deal["number_delivered_uncertain"]),
        last_delivery=max(years, default=None),
        volume=deal["tiv_order"],
        status=deal["status"],
        register=f"{'register' if deal['is_whole'] else PART} of {format_edition(deal)}",
        is_of_part=not deal["is_whole"],
    )


@dataclass(frozen=True)
class Printed:
    """What one document prints of one order in one unit: a mark for each figure, at its part of the order."""

    speaker: str
    verdicts: str
    words: str
    marks: tuple[tuple[float, ClaimMark], ...]


def match_claims(orders: Sequence[ArmsOrder], claims: Iterable[Row]) -> dict[str, list[Row]]:
    """Claims by the order they count: the first of that weapon, of the claim's year where it has one."""
    found: dict[str, list[Row]] = {}
    for claim in claims:
        alike = [order for order in orders if order.designation == claim["commodity"]]
        dated = [order for order in alike if str(order.ordered_in) == claim["time_period"]]
        for order in (dated or alike)[:1]:
            found.setdefault(order.row_id, []).append(claim)
    return found


def read_printed(claims: Iterable[Row], *, mark: Callable[[Row], ClaimMark]) -> tuple[Printed, ...]:
    """By document and unit; without the number ordered in that unit the others have no place."""
    groups: dict[tuple[str, str], dict[str, Row]] = {}
    for claim in claims:
        groups.setdefault((claim["document_id"], claim["unit_measure"]), {})[claim["indicator"]] = claim
    whole = [said for said in groups.values() if ORDERED in said and said[ORDERED]["value"]]
    return tuple(_read_document(said, mark=mark) for said in whole)


def _read_document(said: dict[str, Row], *, mark: Callable[[Row], ClaimMark]) -> Printed:
    claims = [said[name] for name in SAID if name in said]
    marks = [mark(claim) for claim in claims]
    places = [_find_place(claim, whole=said[ORDERED]["value"]) for claim in claims]
    glyphs = {str(each.verdict) for each in marks}
    counts = [
        f"{each.span.value_text} {SAID[claim['indicator']]}"
        for claim, each in zip(claims, marks, strict=True)
    ]
    return Printed(
        speaker=f"{claims[0]['document_name']}, {format_day(claims[0]['published_on'])}",
        verdicts=join_words(sorted(glyphs)),
        words=", ".join(counts),
        marks=tuple(zip(places, marks, strict=True)),
    )


def _find_place(claim: Row, *, whole: float) -> float:
    """How far along the order a figure lies: at its end, where what has come ends, where the rest starts."""
    value = claim["value"]
    places = {ORDERED: whole, DELIVERED: value, PENDING: whole - value}
    return float(places[claim["indicator"]] / whole)
