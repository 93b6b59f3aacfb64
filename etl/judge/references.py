"""References: the observations a claim can be held against, as they were known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

import polars as pl

SERIES = ("indicator", "ref_area", "counterpart_area", "commodity")
WHOLE_YEARS = frozenset({"calendar_year", "fiscal_year_in"})
# What can stand for "now": a whole period or the day of a register; never a month or a part of a year.
STANDING_BASES = frozenset({"calendar_year", "fiscal_year_in", "five_year_window", "day"})


@dataclass(frozen=True)
class Reference:
    """One observation with a value."""

    obs_id: str
    time_period: str
    period_start: date
    period_end: date
    period_basis: str
    obs_value: float
    obs_low: float | None
    obs_high: float | None
    unit_measure: str
    vintage: date
    vintage_precision: str
    source_id: str
    publisher: str
    derivation: str | None
    note: str | None

    @property
    def period(self) -> tuple[str, date, date]:
        """What makes two references speak of the same period."""
        return self.period_basis, self.period_start, self.period_end

    @property
    def operand_ids(self) -> tuple[str, ...]:
        """Ids of the observations it was derived from, in the order of the rule."""
        if self.derivation is None or "(" not in self.derivation:
            return ()
        inner = self.derivation.partition("(")[2].rpartition(")")[0]
        return tuple(part.strip() for part in inner.split(";") if part.strip())


@dataclass(frozen=True)
class Claim:
    """One claim as far as judging needs it."""

    claim_id: str
    indicator: str
    ref_area: str
    counterpart_area: str
    commodity: str
    time_period: str | None
    period_start: date | None
    period_end: date | None
    period_basis: str
    value: float
    value_low: float | None
    value_high: float | None
    unit_measure: str
    hedge: str
    stated_as: str

    @property
    def series(self) -> tuple[str, ...]:
        """The series it speaks of."""
        return self.indicator, self.ref_area, self.counterpart_area, self.commodity

    def allows(self, value: float) -> bool:
        """Whether print and hedge allow a value."""
        above = self.value_low is None or value >= self.value_low
        return above and (self.value_high is None or value <= self.value_high)

    def agrees_with(self, reference: Reference) -> bool:
        """Whether the claim allows the reference, or the reference's own rounding allows the claim."""
        if reference.unit_measure != self.unit_measure:
            return False
        if self.allows(reference.obs_value):
            return True
        low, high = reference.obs_low, reference.obs_high
        return low is not None and high is not None and low <= self.value <= high


REFERENCE_COLUMNS = tuple(field.name for field in fields(Reference))
CLAIM_COLUMNS = tuple(field.name for field in fields(Claim))


@dataclass(frozen=True)
class SeriesBook:
    """Observations by series, newest vintage first, and the operands of the derived ones."""

    frames: dict[tuple[object, ...], pl.DataFrame]
    operands: dict[str, Reference]

    def list_near(self, claim: Claim, day: date) -> list[Reference]:
        """References known on a day whose period touches the claim's, or all where it states no period."""
        frame = self._find_frame(claim.series)
        return (
            [] if frame is None else list_references(frame.filter(pl.col("vintage") <= day, _touches(claim)))
        )

    def find_first_known_later(self, claim: Claim, day: date) -> Reference | None:
        """The earliest reference for the claim's period that was not yet out on the day."""
        frame = self._find_frame(claim.series)
        if frame is None:
            return None
        later = list_references(frame.filter(pl.col("vintage") > day, _touches(claim)))
        return later[-1] if later else None

    def find_newest(
        self, series: tuple[str, ...], day: date, *, unit: str, bases: Iterable[str]
    ) -> Reference | None:
        """The newest period of a series known on a day, in its newest vintage."""
        frame = self._find_frame(series)
        if frame is None:
            return None
        fitting = frame.filter(
            pl.col("vintage") <= day,
            pl.col("unit_measure") == unit,
            pl.col("period_basis").is_in(list(bases)),
        )
        newest = list_references(fitting.filter(pl.col("period_end") == pl.col("period_end").max()).head(1))
        return newest[0] if newest else None

    def list_operands(self, reference: Reference) -> list[Reference]:
        """The operands of a derived reference; empty where one of them is not at hand."""
        found = [self.operands[obs_id] for obs_id in reference.operand_ids if obs_id in self.operands]
        return found if len(found) == len(reference.operand_ids) else []

    def _find_frame(self, series: tuple[str, ...]) -> pl.DataFrame | None:
        return self.frames.get(series)


def build_book(series: pl.DataFrame, observations: pl.DataFrame) -> SeriesBook:
    """The book of the series that are asked for.

    Columns: `series` holds indicator, ref_area, counterpart_area and commodity.
    """
    chosen = (
        observations.filter(pl.col("obs_value").is_not_null())
        .join(series.select(SERIES).unique(), on=list(SERIES), how="semi")
        .select(*SERIES, *REFERENCE_COLUMNS)
        # Newest first; of one vintage what a publisher printed before what was worked out from it.
        .sort(
            pl.col("vintage"),
            pl.col("derivation").is_null(),
            pl.col("obs_id"),
            descending=[True, True, False],
        )
    )
    frames = chosen.partition_by(list(SERIES), as_dict=True, include_key=False, maintain_order=True)
    operand_ids = {
        obs_id
        for reference in list_references(chosen.filter(pl.col("derivation").is_not_null()))
        for obs_id in reference.operand_ids
    }
    rows = observations.filter(pl.col("obs_id").is_in(list(operand_ids)), pl.col("obs_value").is_not_null())
    return SeriesBook(frames, {reference.obs_id: reference for reference in list_references(rows)})


def list_references(frame: pl.DataFrame) -> list[Reference]:
    """The rows of a frame as references, in their order."""
    return [Reference(**row) for row in frame.select(REFERENCE_COLUMNS).iter_rows(named=True)]


def list_claims(frame: pl.DataFrame) -> list[Claim]:
    """The rows of a frame as claims, in their order."""
    return [Claim(**row) for row in frame.select(CLAIM_COLUMNS).iter_rows(named=True)]


def keep_newest(references: Sequence[Reference]) -> list[Reference]:
    """The first reference of each period and unit: the newest, where they come newest first."""
    kept: dict[tuple[object, ...], Reference] = {}
    for reference in references:
        kept.setdefault((*reference.period, reference.unit_measure), reference)
    return list(kept.values())


def _touches(claim: Claim) -> pl.Expr:
    start, end = pl.col("period_start"), pl.col("period_end")
    if claim.period_end is None:
        return pl.lit(True)
    if claim.period_start is None:
        contains = (start <= claim.period_end) & (end >= claim.period_end)
        return contains | (end.dt.year() == claim.period_end.year)
    return (start <= claim.period_end) & (end >= claim.period_start)
