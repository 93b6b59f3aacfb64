"""A new file held against the last edition that is held of its source: what it lost, and which levels jump.

Loss is looked for only within what the new file covers; a level is a jump only beyond what the publisher's
own revisions, between the editions held, ever did. Where too few are held, a declared floor stands in.

    findings = compare_with_last(rows, held=held, beside=held, covers=covers, floors=floors)
    findings.grave, findings.lines
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from etl.changes import SAME_SERIES
from etl.formatting import format_count, format_day
from etl.provenance import ASSUMED
from etl.reconcile.coverage import ALL
from etl.reconcile.known_days import IS_DATED
from etl.reconcile.revision_limits import Floors
from etl.units import format_value
from etl.vocabulary.series_codes import WORLD

SERIES = SAME_SERIES[:-2]
AREAS = ("ref_area", "counterpart_area")
# What a file gives always in one way: values of another measure are not what it covers.
_MEASURE = ("indicator", "unit_measure", "valuation", "period_basis")
_EDITION = ("source_id", "publisher", "source_file", "vintage", "vintage_precision")
# Of two editions that share nearly as many series with a new one, the later is its last.
_NEARLY = 0.8
# A file of a few areas out of many was asked for so: it is held against the same few.
_FEW_AREAS, _FEW_OF_ALL = 20, 0.25
# Below a thousandth of the largest value nothing is a level: one ship more makes it another.
_SMALLEST_OF_LARGEST = 0.001
# Of fewer values than these the middle one says little of all of them.
_FEWEST_FOR_MIDDLE = 10
# An area below this part of the total may vanish by a new name; a larger one may not unseen.
_LARGE_AREA = 0.01
ORDERS = "orders"
SHOWN = 3


@dataclass(frozen=True)
class Measured:
    """How far one edition lies from another: what is lost, how all levels moved, and the widest step.

    `lost` is the part of the rows, `factor` by what the middle value was multiplied or divided, `step` the
    largest change of a value in levels of its series; `values` how many both editions have.
    """

    lost: float
    factor: float
    step: float
    values: int


@dataclass(frozen=True)
class Limits:
    """Beyond what a change is grave, and in words what that was worked out from."""

    lost: float
    factor: float
    step: float
    words: str


@dataclass(frozen=True)
class Findings:
    """What there is to say of a new file beside the last edition, the gravest first."""

    against: str
    grave: tuple[str, ...]
    noted: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, a line each: so many that a person reads them."""
        return (
            f"against    {self.against}",
            *(f"grave      {line}" for line in self.grave),
            *(f"noted      {line}" for line in self.noted),
        )


@dataclass(frozen=True)
class Comparison:
    """One edition beside an earlier one, within what the new one covers."""

    gone: pl.DataFrame
    expected: int
    both: pl.DataFrame
    added: int

    def measure(self) -> Measured:
        """The comparison as figures."""
        steps, factors = self.both["step"].drop_nulls(), self.both["factor"].drop_nulls()
        middle = factors.median()
        return Measured(
            self.gone.height / self.expected if self.expected else 0.0,
            max(middle, 1 / middle)
            if isinstance(middle, float) and len(factors) >= _FEWEST_FOR_MIDDLE
            else 1.0,
            float(str(steps.max())) if len(steps) else 0.0,
            self.both.height,
        )


def measure_rows(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Values as editions are compared by: of observations their own, of orders the sums of a pair and year.

    Columns: those of SAME_SERIES and of the edition, `time_period`, `value`.
    """
    if table == "observations":
        own = rows.filter(pl.col("derivation").is_null() & pl.col("obs_value").is_not_null())
        return own.select(*SAME_SERIES, *_EDITION, "time_period", value="obs_value").unique(
            [*SAME_SERIES, "source_file"], keep="first", maintain_order=True
        )
    orders = _sum_orders(rows, pl.len().cast(pl.Float64), indicator=ORDERS, unit="COUNT")
    # One order makes a pair's year; only a recipient's years have a level.
    of_all = rows.with_columns(supplier=pl.lit(WORLD))
    volumes = _sum_orders(of_all, pl.col("tiv_order").sum(), indicator="volume", unit="TIV_MILLIONS")
    return pl.concat([orders, volumes])


def _sum_orders(rows: pl.DataFrame, value: pl.Expr, *, indicator: str, unit: str) -> pl.DataFrame:
    edition = [name for name in _EDITION if name != "publisher"]
    grouped = rows.group_by("importer", "supplier", "order_year", *edition, maintain_order=True)
    year = pl.col("order_year")
    named = grouped.agg(value=value).with_columns(
        publisher=pl.lit("SIPRI"),
        indicator=pl.lit(indicator),
        unit_measure=pl.lit(unit),
        commodity=pl.lit("TOTAL"),
        valuation=pl.lit("none"),
        period_basis=pl.lit("calendar_year"),
        ref_area="importer",
        counterpart_area="supplier",
        period_start=pl.date(year, 1, 1),
        period_end=pl.date(year, 12, 31),
        time_period=year.cast(pl.String),
    )
    return named.select(*SAME_SERIES, *_EDITION, "time_period", "value")


def compare_with_last(
    rows: pl.DataFrame,
    *,
    held: pl.DataFrame,
    beside: pl.DataFrame,
    covers: dict[str, str | None],
    floors: Floors,
) -> Findings | None:
    """What the rows of a new file lost and moved against the last edition of their source; None without one.

    All as `measure_rows` gives it: `held` what the datasets hold, `beside` that and whatever else is new, of
    which one may be the last edition, and none says what revisions do. `covers` are the new file's columns of
    the sources.
    """
    last = find_last(rows, beside)
    if last is None:
        return None
    compared = compare_rows(rows, last, covers=covers)
    limits = find_limits(rows, held, floors=floors)
    return _describe(compared, rows=rows, last=last, limits=limits)


def find_last(rows: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame | None:
    """The rows of the newest edition before this one that shares nearly the most series with it.

    Of the same source where one is held, else of the same publisher; one of an assumed day only where no
    other is. None where none is that has a series of it.
    """
    if rows.is_empty():
        return None
    new = rows.row(0, named=True)
    is_other = pl.col("source_file") != new["source_file"]
    is_before = IS_DATED
    if new["vintage_precision"] != ASSUMED:
        is_before &= pl.col("vintage") < rows["vintage"].max()
    same = [pl.col("source_id") == new["source_id"]]
    if new["indicator"] != ORDERS:
        # Lists of orders may hold some weapons only: their sums are not one figure.
        same.append(pl.col("publisher") == new["publisher"])
    for is_of in same:
        for is_eligible in (is_before, ~IS_DATED):
            last = _choose_nearest(rows, held.filter(is_other & is_of & is_eligible))
            if last is not None:
                return last
    return None


def _choose_nearest(rows: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame | None:
    shared = (
        before.select(*SERIES, "source_file", "vintage")
        .unique()
        .join(rows.select(SERIES).unique(), on=list(SERIES), how="semi", nulls_equal=True)
        .group_by("source_file")
        .agg(pl.len(), pl.col("vintage").max())
    )
    if shared.is_empty():
        return None
    near = shared.filter(pl.col("len") >= _NEARLY * pl.col("len").max())
    name = near.sort("vintage", "len", "source_file").row(-1, named=True)["source_file"]
    return before.filter(source_file=name)


def compare_rows(
    rows: pl.DataFrame, last: pl.DataFrame, *, covers: dict[str, str | None] | None = None
) -> Comparison:
    """One edition beside another, within what the first covers: its measures, areas and span of time."""
    within = _narrow(last, rows, covers or {})
    keys = list(SAME_SERIES)
    if rows["source_id"][0] != last["source_id"][0]:
        # Another product of the publisher holds the same figures, and not the same rows.
        within = within.join(rows.select(keys), on=keys, how="semi", nulls_equal=True)
    new = rows.select(*keys, "time_period", "value").unique(keys, keep="first", maintain_order=True)
    both = new.join(within.select(*keys, before="value"), on=keys, how="inner", nulls_equal=True)
    level = pl.col("before").abs().mean().over(SERIES)
    least = _SMALLEST_OF_LARGEST * pl.col("before").abs().max().over("indicator", "unit_measure")
    moved = (pl.col("value") - pl.col("before")).abs()
    measured = both.with_columns(
        step=pl.when(moved > 0).then(moved / pl.max_horizontal(pl.col("before").abs(), level, least)),
        factor=pl.when((pl.col("before").abs() >= least) & (pl.col("before") * pl.col("value") > 0)).then(
            pl.col("value") / pl.col("before")
        ),
    )
    gone = within.join(new, on=keys, how="anti", nulls_equal=True)
    added = new.join(last.select(keys), on=keys, how="anti", nulls_equal=True).height
    return Comparison(gone, within.height, measured, added)


def find_limits(rows: pl.DataFrame, held: pl.DataFrame, *, floors: Floors) -> Limits:
    """What the publisher's revisions ever did between editions held, or where too few are held the floor."""
    publisher = rows["publisher"][0]
    alike = held.filter((pl.col("publisher") == publisher) & IS_DATED).join(
        rows.select("indicator", "unit_measure").unique(), on=["indicator", "unit_measure"], how="semi"
    )
    measured = []
    for _, edition in alike.group_by("source_file", maintain_order=True):
        last = find_last(edition, alike)
        if last is not None and last["source_id"][0] == edition["source_id"][0]:
            found = compare_rows(edition, last).measure()
            measured += [found] if found.values else []
    floor, values = floors.choose(rows["source_id"][0]), sum(found.values for found in measured)
    seen = Limits(
        max((found.lost for found in measured), default=0.0),
        max((found.factor for found in measured), default=1.0),
        max((found.step for found in measured), default=0.0),
        f"in {format_count(len(measured), 'revision')} held",
    )
    if len(measured) >= floors.fewest_revisions and values >= floors.fewest_values:
        return seen
    lost, factor, step = floor.lost_per_cent / 100, floor.factor, floor.step
    words = f"declared, for {format_count(len(measured), 'revision')} held say too little"
    return Limits(max(seen.lost, lost), max(seen.factor, factor), max(seen.step, step), words)


def _narrow(last: pl.DataFrame, rows: pl.DataFrame, covers: dict[str, str | None]) -> pl.DataFrame:
    """The earlier edition's rows that the new one would have too, were nothing lost."""
    is_meant = pl.col("period_start").ge(rows["period_start"].min()) & pl.col("period_end").le(
        rows["period_end"].max()
    )
    within = last.filter(is_meant).join(
        rows.select(_MEASURE).unique(), on=list(_MEASURE), how="semi", nulls_equal=True
    )
    declared = {
        "ref_area": covers.get("covers_recipients"),
        "counterpart_area": covers.get("covers_suppliers"),
    }
    for name in (*AREAS, "commodity"):
        own, all_of_last = rows[name].unique(), within[name].unique()
        said = declared.get(name)
        if said == ALL:
            continue
        if said is not None:
            within = within.filter(pl.col(name).is_in(said.split(";")))
        elif len(own) == 1 or (len(own) <= _FEW_AREAS and len(own) < _FEW_OF_ALL * len(all_of_last)):
            within = within.filter(pl.col(name).is_in(own.implode()))
    return within


def _describe(compared: Comparison, *, rows: pl.DataFrame, last: pl.DataFrame, limits: Limits) -> Findings:
    found = compared.measure()
    edition = last.row(0, named=True)
    against = (
        f"the edition of {format_day(edition['vintage'], edition['vintage_precision'])} "
        f"({edition['source_file']}): {format_count(found.values, 'value')} in both, "
        f"{compared.gone.height:,} gone, {compared.added:,} new"
    )
    grave, noted = _describe_levels(compared, found, limits), list[str]()
    if compared.gone.height:
        told = (
            f"{compared.gone.height:,} of {format_count(compared.expected, 'value')} are gone "
            f"({found.lost:.1%}; at most {limits.lost:.1%}, {limits.words}), {_list_rows(compared.gone)}"
        )
        (grave if found.lost > limits.lost else noted).append(told)
    for told, is_grave in (*_describe_areas(compared, rows), *_describe_periods(compared, rows, last)):
        (grave if is_grave else noted).append(told)
    if rows["source_id"][0] != last["source_id"][0]:
        # Another product of the publisher may count otherwise: that is worth a word, and no reason to refuse.
        grave, noted = [], [*grave, *noted]
    return Findings(against, tuple(grave), tuple(noted))


def _describe_levels(compared: Comparison, found: Measured, limits: Limits) -> list[str]:
    told = []
    if found.factor > limits.factor:
        told.append(
            f"the middle value is another by a factor of {found.factor:,.4g} "
            f"(at most {limits.factor:,.4g}, {limits.words}): a unit, currency or column may be another"
        )
    jumps = compared.both.filter(pl.col("step") > limits.step).sort(
        "step", *SAME_SERIES, descending=[True, *[False] * len(SAME_SERIES)], nulls_last=True
    )
    if jumps.height:
        shown = "; ".join(_name_jump(row) for row in jumps.head(SHOWN).to_dicts())
        more = f"; and {jumps.height - SHOWN:,} more" if jumps.height > SHOWN else ""
        told.append(
            f"{format_count(jumps.height, 'value jumps', many='values jump')} by more than "
            f"{limits.step:,.3g} times the level of the series ({limits.words}): {shown}{more}"
        )
    return told


def _describe_areas(compared: Comparison, rows: pl.DataFrame) -> list[tuple[str, bool]]:
    told = []
    for name in AREAS:
        gone = compared.gone.filter(~pl.col(name).is_in(rows[name].unique().implode()))
        if gone.is_empty():
            continue
        parts = _find_parts(compared, gone, name)
        shown = ", ".join(f"{area} ({part:.1%} of all)" for area, part in parts[:SHOWN])
        more = f" and {len(parts) - SHOWN} more" if len(parts) > SHOWN else ""
        is_large = parts[0][1] > _LARGE_AREA
        told.append((f"{format_count(len(parts), 'area')} gone: {shown}{more}", is_large))
    return told


def _find_parts(compared: Comparison, gone: pl.DataFrame, name: str) -> list[tuple[str, float]]:
    """Areas that are gone with the largest part that each had of any one measure, the largest first."""
    kind = ["indicator", "unit_measure"]
    before = pl.concat([compared.gone.select(*kind, "value"), compared.both.select(*kind, value="before")])
    totals = before.group_by(kind).agg(total=pl.col("value").abs().sum())
    parts = (
        gone.group_by(*kind, name)
        .agg(pl.col("value").abs().sum())
        .join(totals, on=kind)
        .with_columns(
            part=pl.when(pl.col("total") > 0).then(pl.col("value") / pl.col("total")).fill_null(0.0)
        )
        .group_by(name)
        .agg(pl.col("part").max())
    )
    return list(parts.sort("part", name, descending=[True, False]).iter_rows())


def _describe_periods(compared: Comparison, rows: pl.DataFrame, last: pl.DataFrame) -> list[tuple[str, bool]]:
    told = []
    lost = compared.gone.group_by("time_period").agg(gone=pl.len())
    kept = compared.both.group_by("time_period").agg(kept=pl.len())
    # The total of a lost column may still stand.
    is_gone = pl.col("gone") > pl.col("kept").fill_null(0)
    periods = lost.join(kept, on="time_period", how="left").filter(is_gone)["time_period"].sort()
    if len(periods):
        told.append((f"{format_count(len(periods), 'period')} gone: {', '.join(periods[:SHOWN])}", True))
    ends: list[Any] = [frame["period_end"].max() for frame in (rows, last)]
    if ends[0] < ends[1]:
        told.append((f"it ends on {ends[0]} and the earlier edition on {ends[1]}", False))
    return told


def _name_jump(row: dict[str, Any]) -> str:
    values = " -> ".join(format_value(row[name], row["unit_measure"]) for name in ("before", "value"))
    return f"{_name_row(row)} {values}"


def _name_row(row: dict[str, Any]) -> str:
    parts = (row["indicator"], row["ref_area"], row["counterpart_area"], row["commodity"], row["time_period"])
    return " ".join(str(part) for part in parts if part not in (None, "TOTAL"))


def _list_rows(gone: pl.DataFrame) -> str:
    largest: Sequence[dict[str, Any]] = (
        gone.sort(pl.col("value").abs(), *SAME_SERIES, descending=[True, *[False] * len(SAME_SERIES)])
        .head(SHOWN)
        .to_dicts()
    )
    return "such as " + "; ".join(
        f"{_name_row(row)} ({format_value(row['value'], row['unit_measure'])})" for row in largest
    )
