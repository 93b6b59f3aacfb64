"""The gap between two reports of one flow, taken apart: freight and insurance, timing, coverage, the rest.

A part that nothing here measures has a row without a value. The rest is the gap less the parts that are
known, so the known parts and the rest add up to the gap to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from etl.formatting import MONTH_NAMES
from etl.periods import Period
from etl.reconcile.assumptions import Margin, MirrorAssumptions, Voyage
from etl.reconcile.derivation import Observation, derive, exact
from etl.reconcile.intervals import find_interval
from etl.reconcile.priority import choose_rows
from etl.source_contract import Series

HUNDRED = Decimal(100)
# A share is rounded to whole cents: amounts of so few digits add up without a float losing one.
CENT = Decimal("0.01")
ESTIMATED, NOT_COLLECTED, NOT_PUBLISHED = "E", "L", "M"
COVERAGE_NOTE = (
    "What only one of the two counts (arms and other confidential goods, goods sold on through third "
    "countries, small consignments) is not known: nobody publishes it."
)
SERIES = ("ref_area", "counterpart_area", "commodity")
Ends = tuple[Decimal, Decimal]
Month = tuple[int, int]


@dataclass(frozen=True)
class MirrorFlow:
    """One gap, the buyer's value that it starts from, and the buyer's imports by (year, month)."""

    gap: Observation
    bought: Observation
    months: dict[Month, Observation]


@dataclass(frozen=True)
class GapPart:
    """A part of a gap: its name, the rule that gives it, and a caveat."""

    name: str
    rule: str
    note: str


@dataclass(frozen=True)
class Shift:
    """What a voyage moves out of a year: arrivals of its first months, less those of the next year's."""

    months: int
    early: tuple[Observation, ...]
    late: tuple[Observation, ...]

    @property
    def value(self) -> Decimal:
        """Arrivals that left in the year before, less departures that arrive in the year after."""
        return sum(map(exact, self.early), Decimal(0)) - sum(map(exact, self.late), Decimal(0))

    @property
    def ends(self) -> Ends:
        """What the printed rounding of the months leaves open."""
        early, late = ([_read_ends(row) for row in rows] for rows in (self.early, self.late))
        low = sum((end[0] for end in early), Decimal(0)) - sum((end[1] for end in late), Decimal(0))
        high = sum((end[1] for end in early), Decimal(0)) - sum((end[0] for end in late), Decimal(0))
        return low, high


def derive_mirror_components(
    observations: pl.DataFrame, *, assumptions: MirrorAssumptions
) -> list[Observation]:
    """What explains each gap between the reports of buyer and seller, as far as it can be told.

    Rows: four for each `mirror_gap`: valuation, timing, coverage (never known), and what is left.
    """
    gaps = observations.filter(pl.col("indicator") == "mirror_gap").sort("obs_id")
    imports = observations.filter(pl.col("indicator") == "imports")
    # The first operand of a mirror gap is the buyer's row: see derive_mirror_gaps in `trade`.
    gaps = gaps.with_columns(buyer=pl.col("derivation").str.extract(r"\(([^;]*);"))
    found = imports.join(gaps, left_on="obs_id", right_on="buyer", how="semi")
    bought = {row["obs_id"]: row for row in found.to_dicts()}
    of_gaps = imports.join(found, on=SERIES, how="semi", maintain_order="left")
    months: dict[tuple[str, ...], dict[Month, Observation]] = {}
    for row in choose_rows(of_gaps, indicator="imports", period_basis="month").to_dicts():
        start = row["period_start"]
        months.setdefault(_find_series(row), {})[start.year, start.month] = row
    derived = []
    for gap in gaps.to_dicts():
        buyer = bought[gap.pop("buyer")]
        flow = MirrorFlow(gap, buyer, months.get(_find_series(buyer), {}))
        valuation = _derive_valuation(flow, assumptions.freight_and_insurance)
        timing = _derive_timing(flow, assumptions.voyage)
        coverage = _leave_open(flow, [], GapPart("coverage", "not_measured", COVERAGE_NOTE), NOT_PUBLISHED)
        derived += [valuation, timing, coverage, _derive_residual(flow, valuation, timing)]
    return derived


def find_freight(cif: Decimal, *, per_cent: Decimal) -> Decimal:
    """The freight and insurance in a CIF value, where they add so much per cent to the rest; to the cent."""
    # CIF is the value at the seller's border and the margin on it, so the margin is taken out of the sum.
    return (cif * per_cent / (HUNDRED + per_cent)).quantize(CENT)


def _derive_valuation(flow: MirrorFlow, margin: Margin) -> Observation:
    if flow.bought["valuation"] != "CIF":
        note = "Not known: the buyer's report does not say that freight and insurance are in its value."
        return _leave_open(
            flow, [flow.bought], GapPart("valuation", "freight_in_imports", note), NOT_PUBLISHED
        )
    note = (
        f"{margin.per_cent:f} per cent on top of the value at the seller's border, as assumed: "
        f"{margin.words}. The range is {margin.low:f} to {margin.high:f} per cent. "
        "Not measured for this flow."
    )
    low, high = _read_ends(flow.bought)
    return _estimate(
        flow,
        [flow.bought, flow.gap],
        GapPart("valuation", "freight_in_imports", note),
        value=find_freight(exact(flow.bought), per_cent=margin.per_cent),
        ends=(find_freight(low, per_cent=margin.low), find_freight(high, per_cent=margin.high)),
    )


def _derive_timing(flow: MirrorFlow, voyage: Voyage) -> Observation:
    lengths = range(voyage.low, voyage.high + 1)
    # Every voyage within the assumed range for which the months are there; the range of the result spans them
    # all.
    shifts = {length: shift for length in lengths if (shift := _find_shift(flow, length)) is not None}
    chosen = shifts.get(voyage.months)
    if chosen is None:
        note = f"Not known: {_format_missing(flow, voyage.months)}."
        return _leave_open(flow, [flow.bought], GapPart("timing", "arrivals_shifted", note), NOT_COLLECTED)
    year, first = flow.gap["period_start"].year, _format_first_months(voyage.months)
    note = (
        f"{voyage.months} month{'s' if voyage.months > 1 else ''} on the way, as assumed ({voyage.words}): "
        f"what arrived in {first} {year} had left in {year - 1}, and what arrived in {first} {year + 1} in "
        f"{year}. The range is {voyage.low} to {voyage.high} months"
    )
    absent = [length for length in lengths if length not in shifts]
    note += f", without {absent[0]}: {_format_missing(flow, voyage.high)}." if absent else "."
    used = [row for shift in (chosen, *shifts.values()) for row in (*shift.early, *shift.late)]
    operands = {row["obs_id"]: row for row in (*used, flow.gap)}
    return _estimate(
        flow,
        list(operands.values()),
        GapPart("timing", "arrivals_shifted", note),
        value=chosen.value,
        ends=(
            min(shift.ends[0] for shift in shifts.values()),
            max(shift.ends[1] for shift in shifts.values()),
        ),
    )


def _derive_residual(flow: MirrorFlow, *parts: Observation) -> Observation:
    known = [part for part in parts if part["obs_value"] is not None]
    low, high = _read_ends(flow.gap)
    value = exact(flow.gap)
    for part in known:
        least, most = _read_ends(part)
        # What is unknown is not taken off: it stays in the rest, and the note says so.
        value, low, high = value - exact(part), low - most, high - least
    unknown = ["coverage", *(_name_part(part) for part in parts if part["obs_value"] is None)]
    note = (
        f"What is left when the known parts are taken off: {' and '.join(unknown)}, of which nothing is "
        "known, and whatever the assumptions behind the other parts get wrong."
    )
    rest = GapPart("residual", "gap_less_known_parts", note)
    return _estimate(flow, [flow.gap, *known], rest, value=value, ends=(low, high))


def _estimate(
    flow: MirrorFlow, operands: Sequence[Observation], part: GapPart, *, value: Decimal, ends: Ends
) -> Observation:
    low, high = ends
    row = derive(
        part.rule,
        operands,
        series=_build_series(flow, part),
        period=_read_period(flow.gap),
        value=value,
        low=low,
        high=high,
        note=part.note,
    )
    return {**row, "obs_status": ESTIMATED}


def _leave_open(flow: MirrorFlow, operands: Sequence[Observation], part: GapPart, status: str) -> Observation:
    row = derive(
        part.rule,
        [*operands, flow.gap],
        series=_build_series(flow, part),
        period=_read_period(flow.gap),
        value=exact(flow.gap),
        note=part.note,
    )
    return {**row, "obs_value": None, "obs_status": status}


def _find_shift(flow: MirrorFlow, length: int) -> Shift | None:
    early, late = (
        tuple(flow.months[month] for month in _list_first_months(year, length) if month in flow.months)
        for year in _list_years(flow)
    )
    return Shift(length, early, late) if len(early) == len(late) == length else None


def _format_missing(flow: MirrorFlow, length: int) -> str:
    missing = [
        f"{MONTH_NAMES[month]} {year}"
        for start in _list_years(flow)
        for year, month in _list_first_months(start, length)
        if (year, month) not in flow.months
    ]
    return f"imports of {' and '.join(missing)} are not in the data"


def _list_years(flow: MirrorFlow) -> tuple[int, int]:
    year = flow.gap["period_start"].year
    return year, year + 1


def _list_first_months(year: int, length: int) -> list[Month]:
    return [(year, month) for month in range(1, length + 1)]


def _format_first_months(length: int) -> str:
    return MONTH_NAMES[1] if length == 1 else f"{MONTH_NAMES[1]} to {MONTH_NAMES[length]}"


def _read_ends(row: Observation) -> Ends:
    """The interval of a value; an end that its source does not state is the value as printed."""
    interval, value = find_interval(row), exact(row)
    return (
        value if interval.low is None else interval.low,
        value if interval.high is None else interval.high,
    )


def _build_series(flow: MirrorFlow, part: GapPart) -> Series:
    buyer, seller, commodity = _find_series(flow.gap)
    return Series(f"mirror_gap_{part.name}", buyer, seller, "USD", "none", commodity)


def _name_part(row: Observation) -> str:
    return str(row["indicator"]).removeprefix("mirror_gap_")


def _find_series(row: Observation) -> tuple[str, str, str]:
    here, there, commodity = (row[name] for name in SERIES)
    return here, there, commodity


def _read_period(row: Observation) -> Period:
    return Period(row["period_start"], row["period_end"], row["period_basis"], row["time_period"])
