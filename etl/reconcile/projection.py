"""Two-way trade of coming years, if past growth repeats itself, and how well that would have done before.

For a year that lies h years after the newest one: take what the trade grew by, as a factor, over every past
stretch of h years; the newest value times the middle factor is the projection, times the smallest and the
largest its range. The middle of an even number of factors is half-way between the two middle ones. Factors
are exact fractions, so that nothing depends on rounding: equal ones are equal, and the older comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import TypeVar

import polars as pl

from etl.periods import Period, build_calendar_year, build_fiscal_year, shorten_period
from etl.reconcile.derivation import Observation, derive, exact
from etl.reconcile.trade import choose_years
from etl.source_contract import Series

LEAST_STRETCHES = 3
FORECAST, ESTIMATED = "F", "E"
TOTAL = "TOTAL"
BUILDERS = {"fiscal_year_in": build_fiscal_year, "calendar_year": build_calendar_year}
Values = Mapping[int, Fraction]
Ordered = TypeVar("Ordered")


@dataclass(frozen=True)
class Scale:
    """A unit for the figures of a note."""

    dollars: int
    words: str


SCALES = (Scale(10**9, "billions"), Scale(10**6, "millions"))


@dataclass(frozen=True, order=True)
class Stretch:
    """What one year's value grew by, as a factor, until some years later."""

    factor: Fraction
    first: int
    last: int


@dataclass(frozen=True)
class Outlook:
    """A projected value and its range."""

    value: Fraction
    low: Fraction
    high: Fraction

    def holds(self, outcome: Fraction) -> bool:
        """Whether the range holds what came, its ends included."""
        return self.low <= outcome <= self.high


@dataclass(frozen=True)
class Trial:
    """A projection made from what was there up to an earlier year, and what came."""

    origin: int
    outlook: Outlook
    outcome: Fraction

    @property
    def is_hit(self) -> bool:
        """Whether the range held what came."""
        return self.outlook.holds(self.outcome)

    @property
    def error(self) -> Fraction:
        """How far the projection was off, in per cent of what came, without its sign."""
        return abs(self.outlook.value / self.outcome - 1) * 100


def derive_projections(observations: pl.DataFrame) -> list[Observation]:
    """Every coming year up to the last announced target, of each pair of areas that has one.

    Rows: for each such year `trade_projection`, and, where the past allows a trial, `projection_hit_rate` and
    `projection_error`, which say how projections over as many years did.
    """
    targets = observations.filter(pl.col("indicator") == "trade_target").to_dicts()
    # Nothing grows from nothing: a year without trade has no factor.
    whole_years = choose_years(observations).filter(
        (pl.col("commodity") == TOTAL) & (pl.col("obs_value") > 0)
    )
    derived: list[Observation] = []
    for group in whole_years.partition_by("ref_area", "counterpart_area", maintain_order=True):
        rows = group.sort("period_start").to_dicts()
        newest, pair = _find_year(rows[-1]), _find_pair(rows[-1])
        last = max((_find_year(row) for row in targets if _find_pair(row) == pair), default=newest)
        for year in range(newest + 1, last + 1):
            derived += _derive_year(rows, years=year - newest)
    return derived


def read_values(rows: Iterable[Observation]) -> dict[int, Fraction]:
    """Exact values by the year in which their period starts."""
    return {_find_year(row): Fraction(exact(row)) for row in rows}


def list_stretches(values: Values, *, years: int, until: int) -> list[Stretch]:
    """All stretches of so many years that end by some year, the one that grew least first."""
    return sorted(
        Stretch(values[last] / values[last - years], last - years, last)
        for last in values
        if last <= until and last - years in values
    )


def pick_middle(ordered: Sequence[Ordered]) -> list[Ordered]:
    """The middle one, or the two middle ones of an even number."""
    half = len(ordered) // 2
    return list(ordered[half : half + 1] if len(ordered) % 2 else ordered[half - 1 : half + 1])


def project(values: Values, *, years: int, origin: int) -> Outlook | None:
    """The value so many years after an origin, from what was there up to it; None with too few stretches."""
    stretches = list_stretches(values, years=years, until=origin)
    if len(stretches) < LEAST_STRETCHES:
        return None
    base = values[origin]
    middle = median([stretch.factor for stretch in stretches])
    return Outlook(base * middle, base * stretches[0].factor, base * stretches[-1].factor)


def run_trials(values: Values, *, years: int) -> list[Trial]:
    """The projection from every earlier year that had enough stretches and whose outcome is known."""
    made = ((origin, project(values, years=years, origin=origin)) for origin in sorted(values))
    return [
        Trial(origin, outlook, values[origin + years])
        for origin, outlook in made
        if outlook is not None and origin + years in values
    ]


def list_operands(rows: Sequence[Observation], *, years: int) -> list[Observation]:
    """The rows that a projection over so many years and its trials rest on, the newest first."""
    newest = rows[-1]
    stretches = list_stretches(read_values(rows), years=years, until=_find_year(newest))
    used = {year for stretch in stretches for year in (stretch.first, stretch.last)}
    return [newest, *(row for row in rows[:-1] if _find_year(row) in used)]


def _derive_year(rows: Sequence[Observation], *, years: int) -> list[Observation]:
    values, newest = read_values(rows), rows[-1]
    outlook = project(values, years=years, origin=_find_year(newest))
    if outlook is None:
        return []
    operands, trials = list_operands(rows, years=years), run_trials(values, years=years)
    count = len(list_stretches(values, years=years, until=_find_year(newest)))
    projection = derive(
        "past_growth_repeated",
        operands,
        series=_build_series(newest, "trade_projection", unit="USD"),
        period=_find_coming(newest, years=years),
        value=_round(outlook.value),
        low=_round(outlook.low),
        high=_round(outlook.high),
        note=f"The newest year times the middle of {count} growth factors, one for every past stretch of "
        f"{_count_years(years)}; the range takes the smallest and the largest. "
        f"{_format_record(trials, years=years)}",
    )
    return [{**projection, "obs_status": FORECAST}, *_derive_record(operands, trials, years=years)]


def _derive_record(
    operands: Sequence[Observation], trials: Sequence[Trial], *, years: int
) -> list[Observation]:
    if not trials:
        return []
    hits = sum(trial.is_hit for trial in trials)
    told = {
        "projection_hit_rate": (
            "past_projections_held",
            Fraction(hits, len(trials)) * 100,
            [_format_trial(trial, operands) + (", held" if trial.is_hit else ", missed") for trial in trials],
        ),
        "projection_error": (
            "past_projections_missed_by",
            median([trial.error for trial in trials]),
            [f"{_format_trial(trial, operands)}, off by {_round(trial.error):.1f}%" for trial in trials],
        ),
    }
    newest, record = operands[0], _format_record(trials, years=years)
    rows = [
        derive(
            rule,
            operands,
            series=_build_series(newest, indicator, unit="PERCENT"),
            period=_find_coming(newest, years=years),
            value=_round(value),
            note=f"{record} In {_find_scale(newest).words} of US dollars: {'; '.join(lines)}. Made with the "
            "figures as they stand today; the trials share years and so are not independent of one another.",
        )
        for indicator, (rule, value, lines) in told.items()
    ]
    return [{**row, "obs_status": ESTIMATED} for row in rows]


def _format_record(trials: Sequence[Trial], *, years: int) -> str:
    if not trials:
        return f"No earlier year allows a trial over {_count_years(years)}."
    hits = sum(trial.is_hit for trial in trials)
    return (
        f"{hits} of {len(trials)} such projections from earlier years, {_count_years(years)} ahead, "
        "held what came in their range."
    )


def _format_trial(trial: Trial, rows: Sequence[Observation]) -> str:
    origin = next(row for row in rows if _find_year(row) == trial.origin)
    label = shorten_period(
        origin["period_start"], origin["period_end"], origin["period_basis"], origin["time_period"]
    )
    outlook, dollars = trial.outlook, _find_scale(rows[0]).dollars
    value, low, high, outcome = (
        f"{_round(amount / dollars):,.2f}"
        for amount in (outlook.value, outlook.low, outlook.high, trial.outcome)
    )
    return f"from {label}: {value} ({low} to {high}), came {outcome}"


def _find_scale(newest: Observation) -> Scale:
    return next((scale for scale in SCALES if newest["obs_value"] >= scale.dollars), SCALES[-1])


def _find_coming(newest: Observation, *, years: int) -> Period:
    return BUILDERS[newest["period_basis"]](_find_year(newest) + years)


def _build_series(newest: Observation, indicator: str, *, unit: str) -> Series:
    valuation = newest["valuation"] if unit == "USD" else "none"
    return Series(indicator, newest["ref_area"], newest["counterpart_area"], unit, valuation)


def _count_years(years: int) -> str:
    return "1 year" if years == 1 else f"{years} years"


def _round(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _find_pair(row: Observation) -> frozenset[str]:
    return frozenset({row["ref_area"], row["counterpart_area"]})


def _find_year(row: Observation) -> int:
    return int(row["period_start"].year)
