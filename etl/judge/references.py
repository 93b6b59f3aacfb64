"""References: the observations a claim can be held against, as they were known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cached_property

import polars as pl

from etl.reconcile.known_days import EDITION_ORDER, WITNESS, find_doubt

SERIES = ("indicator", "ref_area", "counterpart_area", "commodity")
WHOLE_YEARS = frozenset({"calendar_year", "fiscal_year_in"})
# What can stand for "now": a whole period or the day of a register; never a month or a part of a year.
STANDING_BASES = frozenset({"calendar_year", "fiscal_year_in", "five_year_window", "day", "target_year"})


@dataclass(frozen=True, slots=True)
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
    known_from: date
    known_basis: str
    known_by: str | None
    source_id: str
    publisher: str
    as_reported_by: str | None
    derivation: str | None
    note: str | None

    @property
    def period(self) -> tuple[str, date, date]:
        """What makes two references speak of the same period."""
        return self.period_basis, self.period_start, self.period_end

    @property
    def voice(self) -> tuple[str, bool]:
        """Who says it, and whether it is printed or worked out from data: neither restates the other."""
        return self.publisher, self.derivation is not None

    @property
    def outlet(self) -> str | None:
        """Where it was read, if not with its publisher: the first that printed it, where that is known."""
        return self.known_by if self._is_witnessed else self.as_reported_by

    @property
    def speaker(self) -> str:
        """Who says it, and through whom."""
        return f"{self.publisher} via {self.outlet}" if self.outlet else self.publisher

    @property
    def out_on(self) -> tuple[date, str]:
        """The day by which it was out and how exactly that is known: an outlet may have had it first."""
        return (self.known_from, "day") if self._is_witnessed else (self.vintage, self.vintage_precision)

    def find_doubt(self, day: date) -> str | None:
        """Why this may not be the value that was known on a day, as `etl.reconcile.known_days` says."""
        return find_doubt(asdict(self), day)

    @property
    def _is_witnessed(self) -> bool:
        is_earlier = self.known_basis == WITNESS and self.known_from < self.vintage
        return is_earlier and self.known_by is not None

    @property
    def operand_ids(self) -> tuple[str, ...]:
        """Ids of the observations it was derived from, in the order of the rule."""
        if self.derivation is None or "(" not in self.derivation:
            return ()
        # "share_of_total(id;id)": a rule and the ids it used, as `etl.reconcile.derivation` writes them.
        inner = self.derivation.partition("(")[2].rpartition(")")[0]
        return tuple(part.strip() for part in inner.split(";") if part.strip())


@dataclass(frozen=True)
class Claim:
    """One claim as far as judging needs it; `said_by` is whose figure the text calls it, where it does."""

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
    said_by: str = ""

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
CLAIM_COLUMNS = tuple(field.name for field in fields(Claim) if field.name != "said_by")


class SeriesBook:
    """Observations by series, newest vintage first; rows become references when their series is asked for."""

    def __init__(self, rows: pl.DataFrame, observations: pl.DataFrame) -> None:
        # The rows stand sorted by series and in each as its references come; `observations` holds operands.
        # A row without a value says that there is none, which is nothing to hold against or to compute with.
        self._rows = rows
        self._observations = observations.filter(pl.col("obs_value").is_not_null())
        self._opened: dict[tuple[str, ...], list[Reference]] = {}

    def list_known(self, series: tuple[str, ...], day: date) -> list[Reference]:
        """All references of a series that were known on a day."""
        return [one for one in self._open(series) if one.known_from <= day]

    def list_near(self, claim: Claim, day: date) -> list[Reference]:
        """References known on a day whose period touches the claim's, or all where it states no period."""
        return [one for one in self._open(claim.series) if one.known_from <= day and _touches(claim, one)]

    def list_later(self, claim: Claim, day: date) -> list[Reference]:
        """References like those near the claim that were not yet out on the day, newest first."""
        return [one for one in self._open(claim.series) if one.known_from > day and _touches(claim, one)]

    def find_first_known_later(self, claim: Claim, day: date) -> Reference | None:
        """The earliest reference for the claim's period that was not yet out on the day."""
        # They come newest first, so the last is the first to come out.
        later = self.list_later(claim, day)
        return later[-1] if later else None

    def find_newest(
        self, series: tuple[str, ...], day: date, *, unit: str, bases: Iterable[str]
    ) -> Reference | None:
        """The newest period of a series known on a day, in its newest vintage."""
        wanted = frozenset(bases)
        fitting = [
            one
            for one in self.list_known(series, day)
            if one.unit_measure == unit and one.period_basis in wanted
        ]
        return max(fitting, key=lambda one: one.period_end, default=None)

    def list_operands(self, reference: Reference) -> list[Reference]:
        """The operands of a derived reference; empty where one of them is not at hand."""
        found = [self._find_operand(obs_id) for obs_id in reference.operand_ids]
        return [one for one in found if one is not None] if None not in found else []

    def has_series(self, series: tuple[str, ...]) -> bool:
        """Whether there is any value of a series."""
        return series in self._spans

    def list_series(self, indicator: str, ref_area: str) -> list[tuple[str, ...]]:
        """The series of an indicator that one area reports, in the order of their codes."""
        return self._series_of.get((indicator, ref_area), [])

    def _open(self, series: tuple[str, ...]) -> list[Reference]:
        if series not in self._opened:
            offset, length = self._spans.get(series, (0, 0))
            self._opened[series] = list_references(self._rows.slice(offset, length))
        return self._opened[series]

    def _find_operand(self, obs_id: str) -> Reference | None:
        row = self._places.get(obs_id)
        if row is None:
            return None
        return list_references(self._observations.slice(row, 1))[0]

    @cached_property
    def _spans(self) -> dict[tuple[str, ...], tuple[int, int]]:
        counted = self._rows.group_by(SERIES, maintain_order=True).len()
        lengths = counted["len"].to_list()
        offsets = counted["len"].cum_sum().to_list()
        keys = counted.select(SERIES).iter_rows()
        return {key: (end - length, length) for key, end, length in zip(keys, offsets, lengths, strict=True)}

    @cached_property
    def _series_of(self) -> dict[tuple[str, str], list[tuple[str, ...]]]:
        found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for series in self._spans:
            found.setdefault((series[0], series[1]), []).append(series)
        return found

    @cached_property
    def _places(self) -> dict[str, int]:
        return {obs_id: row for row, obs_id in enumerate(self._observations["obs_id"].to_list())}


def build_book(series: pl.DataFrame, observations: pl.DataFrame) -> SeriesBook:
    """The book of the series that are asked for.

    Columns: `series` holds indicator, ref_area, counterpart_area and commodity.
    """
    wanted = series.select(SERIES).unique()
    chosen = observations.join(wanted, on=list(SERIES), how="semi", maintain_order="left")
    return SeriesBook(_sort_rows(chosen), observations)


def build_whole_book(observations: pl.DataFrame) -> SeriesBook:
    """The book of every series there is."""
    return SeriesBook(_sort_rows(observations), observations)


def _sort_rows(observations: pl.DataFrame) -> pl.DataFrame:
    # Newest first, what has only an assumed day last; of one vintage what a publisher printed before what was
    # worked out from it.
    return (
        observations.filter(pl.col("obs_value").is_not_null())
        .select(*SERIES, *REFERENCE_COLUMNS)
        .sort(
            *SERIES,
            *EDITION_ORDER,
            pl.col("derivation").is_null(),
            pl.col("obs_id"),
            descending=[False] * len(SERIES) + [True, True, True, False],
        )
    )


def list_references(frame: pl.DataFrame) -> list[Reference]:
    """The rows of a frame as references, in their order."""
    return [Reference(*row) for row in frame.select(REFERENCE_COLUMNS).iter_rows()]


def list_claims(frame: pl.DataFrame) -> list[Claim]:
    """The rows of a frame as claims, in their order."""
    # Whoever judges claims of their own need not say whose they are.
    named = frame if "attributed_to" in frame.columns else frame.with_columns(attributed_to=pl.lit(""))
    columns = named.select(*CLAIM_COLUMNS, said_by=pl.col("attributed_to").fill_null(""))
    return [Claim(**row) for row in columns.iter_rows(named=True)]


def keep_newest(references: Sequence[Reference]) -> list[Reference]:
    """The first reference of each period and unit: the newest, where they come newest first."""
    kept: dict[tuple[object, ...], Reference] = {}
    for reference in references:
        kept.setdefault((*reference.period, reference.unit_measure), reference)
    return list(kept.values())


def _touches(claim: Claim, reference: Reference) -> bool:
    start, end = reference.period_start, reference.period_end
    if claim.period_end is None:
        return True
    # "By the end of 2022" names no start: what ends in that year may be meant, and what holds the day.
    if claim.period_start is None:
        return start <= claim.period_end <= end or end.year == claim.period_end.year
    return start <= claim.period_end and end >= claim.period_start
