"""Arms deliveries by five-year window, and each supplier's share of them, for every vintage."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import polars as pl

from etl.periods import WINDOW_YEARS, build_window
from etl.reconcile.derivation import Observation, derive, exact
from etl.reconcile.intervals import WHOLE, add_intervals, find_interval, find_rest, find_share
from etl.source_contract import Series
from etl.vocabulary.series_codes import SOVIET_UNION, WORLD

BREAK_IN_SERIES = "B"
# The register counts the Soviet Union (to 1991) and Russia as two suppliers.
PREDECESSORS = {"RUS": SOVIET_UNION}


def derive_windows(observations: pl.DataFrame, *, incomplete_files: frozenset[str]) -> list[Observation]:
    """Window volumes and shares.

    A supplier without a row in a year delivered nothing in it, so a file with rows set aside gives no
    window: the absent row could not be told from no delivery. A window needs all five years in the vintage.
    """
    yearly = observations.filter(
        (pl.col("indicator") == "arms_import_volume")
        & (pl.col("period_basis") == "calendar_year")
        & ~pl.col("source_file").is_in(list(incomplete_files))
    )
    derived: list[Observation] = []
    groups = yearly.sort("obs_id").partition_by(
        "ref_area", "source_id", "vintage", "vintage_precision", maintain_order=True
    )
    for group in groups:
        derived += _derive_vintage(group.to_dicts())
    return derived


def _derive_vintage(rows: list[Observation]) -> list[Observation]:
    by_supplier: dict[str, dict[int, Observation]] = defaultdict(dict)
    for row in rows:
        by_supplier[row["counterpart_area"]][int(row["time_period"])] = row
    totals = by_supplier.get(WORLD, {})
    derived: list[Observation] = []
    for first_year in sorted(totals):
        years = range(first_year, first_year + WINDOW_YEARS)
        # A window with a year missing would be compared with whole ones.
        if not all(year in totals for year in years):
            continue
        total = _sum_window([totals[year] for year in years], first_year=first_year)
        derived.append(total)
        for supplier in sorted(set(by_supplier) - {WORLD}):
            # Of a supplier an absent year is none delivered, for the register lists every delivery.
            delivered = [by_supplier[supplier][year] for year in years if year in by_supplier[supplier]]
            if delivered:
                volume = _sum_window(delivered, first_year=first_year)
                note = _note_predecessor(supplier, years=years, by_supplier=by_supplier)
                derived += [volume, *_derive_share(volume, total, first_year=first_year, note=note)]
    return derived


def _sum_window(rows: list[Observation], *, first_year: int) -> Observation:
    first = rows[0]
    series = Series("arms_import_volume", first["ref_area"], first["counterpart_area"], "TIV_MILLIONS", "TIV")
    interval = add_intervals(find_interval(row) for row in rows)
    return derive(
        "sum_over_window",
        rows,
        series=series,
        period=build_window(first_year),
        value=sum((exact(row) for row in rows), Decimal(0)),
        low=interval.low,
        high=interval.high,
        note=first["note"],
    )


def _derive_share(
    volume: Observation, total: Observation, *, first_year: int, note: str | None
) -> list[Observation]:
    if not total["obs_value"]:
        return []
    series = Series("arms_import_share", volume["ref_area"], volume["counterpart_area"], "PERCENT", "TIV")
    # The supplier's own deliveries are in the total too: only the rest varies apart from them.
    part = find_interval(volume)
    interval = find_share(part, find_rest(find_interval(total), part))
    share = derive(
        "share_of_total",
        [volume, total],
        series=series,
        period=build_window(first_year),
        value=min(WHOLE, exact(volume) / exact(total) * WHOLE),
        low=interval.low,
        high=interval.high,
        note=note,
    )
    return [share if note is None else {**share, "obs_status": BREAK_IN_SERIES}]


def _note_predecessor(
    supplier: str, *, years: range, by_supplier: dict[str, dict[int, Observation]]
) -> str | None:
    predecessor = PREDECESSORS.get(supplier)
    if predecessor is None or not any(year in by_supplier.get(predecessor, {}) for year in years):
        return None
    return "Deliveries by the Soviet Union in these years are another supplier's and not part of this share."
