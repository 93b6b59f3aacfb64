"""How far an importer's arms come from few suppliers: the Herfindahl-Hirschman index of their shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from etl.periods import Period
from etl.reconcile.derivation import Observation, derive, exact
from etl.reconcile.intervals import (
    EXACT,
    NOTHING,
    Interval,
    add_intervals,
    find_interval,
    limit_interval,
    square_interval,
)
from etl.reconcile.windows import BREAK_IN_SERIES
from etl.source_contract import Series
from etl.vocabulary.series_codes import NOT_NAMED, WORLD

# One supplier alone: 100 per cent, squared.
ONE_SUPPLIER = Decimal(10_000)
BREAK_NOTE = (
    "The Soviet Union and Russia both delivered in these years and count as two suppliers; "
    "as one they would make the index higher."
)
NOT_NAMED_NOTE = (
    "Deliveries whose supplier is not known count as one supplier's; the range leaves open whose they were."
)


def derive_concentration(rows: Iterable[Observation]) -> list[Observation]:
    """One index per importer, window and vintage, of the shares of all its suppliers that were worked out.

    Shares that a publisher prints are of the largest suppliers only and give no index.
    """
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for row in rows:
        if row["indicator"] == "arms_import_share" and row["derivation"] is not None:
            names = ("ref_area", "source_id", "vintage", "vintage_precision", "time_period")
            key = tuple(row[name] for name in names)
            groups[key].append(row)
    return [_derive_index(sorted(shares, key=_rank_share)) for shares in groups.values()]


def _rank_share(share: Observation) -> tuple[float, str]:
    return -share["obs_value"], share["counterpart_area"]


def _derive_index(shares: list[Observation]) -> Observation:
    first = shares[0]
    interval = bound_concentration(
        [find_interval(share) for share in shares if share["counterpart_area"] != NOT_NAMED],
        not_named=[find_interval(share) for share in shares if share["counterpart_area"] == NOT_NAMED],
    )
    is_broken = any(share["obs_status"] == BREAK_IN_SERIES for share in shares)
    is_unnamed = any(share["counterpart_area"] == NOT_NAMED for share in shares)
    notes = [note for note, holds in ((BREAK_NOTE, is_broken), (NOT_NAMED_NOTE, is_unnamed)) if holds]
    index = derive(
        "sum_of_squared_shares",
        shares,
        series=Series("arms_supplier_concentration", first["ref_area"], WORLD, "HHI_POINTS", "TIV"),
        period=Period(
            first["period_start"], first["period_end"], first["period_basis"], first["time_period"]
        ),
        # Shares are rounded, so their squares may add up to a hair more.
        value=min(ONE_SUPPLIER, add_squares(exact(share) for share in shares)),
        low=interval.low,
        high=interval.high,
        note=" ".join(notes) or None,
    )
    return {**index, "obs_status": BREAK_IN_SERIES} if is_broken else index


def add_squares(values: Iterable[Decimal]) -> Decimal:
    """The sum of the squares, whatever their order."""
    total = NOTHING
    for value in values:
        total = EXACT.fma(value, value, total)
    return total


def bound_concentration(named: list[Interval], *, not_named: list[Interval]) -> Interval:
    """The interval of the index.

    What has no named supplier adds least where many delivered a little each, and most where it was all the
    largest supplier's.
    """
    known = add_intervals(square_interval(share) for share in named)
    rest = add_intervals(not_named)
    high = None
    if known.high is not None and rest.high is not None:
        # Added to the largest share, unknown deliveries raise the sum of squares most; spread thinly they add
        # next to nothing.
        largest = max((share.high for share in named if share.high is not None), default=NOTHING)
        high = known.high + add_squares([largest + rest.high]) - add_squares([largest])
    return limit_interval(Interval(known.low, high), floor=NOTHING, ceiling=ONE_SUPPLIER)
