"""What two drawings of one chart have in common and where they differ, from the rows behind their points.

Nothing is worked out here but one value less the other, to be shown beside them, and never across units,
kinds of period or ways of valuing: a volume of arms never stands beside money.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import etl
from dashboard.chart_contract import Point
from etl import WORLD, Dossier, Snapshot, format_day, name_publisher, rank_edition

Row = dict[str, Any]
Key = tuple[str, ...]
PUBLISHED = ""
POINTS = "PERCENTAGE_POINTS"
FIRST, SECOND = "the first side", "the second side"
# What has to be the same for two values to stand beside each other, besides whom they are about.
SAME = ("indicator", "commodity", "period_basis", "time_period", "unit_measure", "valuation", "price_basis")
LEAST_PER_CENT, ROUND_PER_CENT = 0.1, 10
UNSEEN = "in digits not shown"


@dataclass(frozen=True)
class DrawnSide:
    """What one side draws: the points of a chart, and the snapshot and the dossier they are of."""

    snapshot: Snapshot
    dossier: Dossier
    points: tuple[Point, ...]


@dataclass(frozen=True)
class ShownPoint:
    """One value of one side: the row it opens, what it is and for when, and whose edition it is from.

    `partner` is the other area, where more are drawn than the two of the dossier.
    """

    row_id: str
    value_text: str
    what: str
    partner: str
    period: str
    edition: str


@dataclass(frozen=True)
class PointDifference:
    """One value that the sides give differently.

    `change` is right less left in the unit of both and `per_cent` the same in parts of the left; each is
    empty where it would say nothing. `overlaps` says that the intervals of both meet: they may be the same.
    """

    left: ShownPoint
    right: ShownPoint
    change: str
    per_cent: str
    overlaps: bool


@dataclass(frozen=True)
class Comparison:
    """Everything that two drawings have: differences by unit, the largest first; the same; one side only.

    Unchanged is what reads the same; `nearly` of it differ in digits that are not shown.
    """

    differences: Mapping[str, tuple[PointDifference, ...]]
    unchanged: tuple[ShownPoint, ...]
    nearly: int
    only_left: tuple[ShownPoint, ...]
    only_right: tuple[ShownPoint, ...]


@dataclass(frozen=True)
class _Value:
    """A point with its row; no row for claims, orders and events, which are not series."""

    point: Point
    row: Row | None
    shown: ShownPoint

    @property
    def measured(self) -> float | None:
        return None if self.row is None else self.row["obs_value"]


def compare_drawn(left: DrawnSide, right: DrawnSide) -> Comparison:
    """Both sides' points, value by value; of several editions of one value the newest drawn is taken."""
    is_same = left.dossier == right.dossier
    ours, theirs = _group_values(left, by_code=is_same), _group_values(right, by_code=is_same)
    pairs = [pair for key in ours if key in theirs for pair in _pair_kinds(ours[key], theirs[key])]
    taken = {id(value) for pair in pairs for value in pair}
    same = [pair for pair in pairs if _reads_the_same(*pair)]
    found: dict[str, list[tuple[float, PointDifference]]] = defaultdict(list)
    for one, other in pairs:
        if not _reads_the_same(one, other):
            found[one.row["unit_measure"] if one.row else ""].append(_subtract(one, other))
    return Comparison(
        {unit: _sort_differences(found[unit]) for unit in sorted(found, key=lambda unit: -len(found[unit]))},
        tuple(other.shown for _, other in same),
        sum(1 for pair in same if not _is_the_same(*pair)),
        _list_left_over(ours, taken),
        _list_left_over(theirs, taken),
    )


def _group_values(drawn: DrawnSide, *, by_code: bool) -> dict[Key, dict[str, _Value]]:
    """Values by what they are of, and within that by the way they came about."""
    ids = [point.row_id for point in drawn.points]
    rows = {row["obs_id"]: row for row in drawn.snapshot.observations(obs_id=ids).collect().to_dicts()}
    names = _name_partners(drawn, rows.values())
    grouped: dict[Key, dict[str, _Value]] = defaultdict(dict)
    for point in dict.fromkeys(drawn.points):
        row = rows.get(point.row_id)
        value = _Value(point, row, _show(point, row, names=names))
        kinds = grouped[_find_key(row, drawn.dossier, by_code=by_code) if row else (point.row_id,)]
        kind = _name_kind(row)
        if kind not in kinds or _is_newer(row, kinds[kind].row):
            kinds[kind] = value
    return grouped


def _name_partners(drawn: DrawnSide, rows: Iterable[Row]) -> dict[str, str]:
    """Names of the other areas, where more are drawn than the two of the dossier."""
    partners = {row["counterpart_area"] for row in rows} - {WORLD}
    if partners <= {drawn.dossier.ref_area, drawn.dossier.counterpart_area}:
        return {}
    areas = drawn.snapshot.areas(area=sorted(partners)).collect().to_dicts()
    return {row["area"]: row["label"] for row in areas}


def _find_key(row: Row, dossier: Dossier, *, by_code: bool) -> Key:
    """In two dossiers the sides stand for each other: what India buys in Russia, and Pakistan in China."""
    sides = {} if by_code else {dossier.ref_area: FIRST, dossier.counterpart_area: SECOND}
    parties = (str(row[name]) for name in ("ref_area", "counterpart_area"))
    return (*(str(row[name]) for name in SAME), *(sides.get(code, code) for code in parties))


def _name_kind(row: Row | None) -> str:
    return PUBLISHED if row is None or row["derivation"] is None else str(row["derivation"]).partition("(")[0]


def _is_newer(row: Row | None, kept: Row | None) -> bool:
    return row is not None and kept is not None and rank_edition(row) > rank_edition(kept)


def _pair_kinds(ours: Mapping[str, _Value], theirs: Mapping[str, _Value]) -> list[tuple[_Value, _Value]]:
    """Published beside published; where no way is common, the first of each: printed before worked out."""
    common = [kind for kind in sorted(ours) if kind in theirs]
    if common:
        return [(ours[kind], theirs[kind]) for kind in common]
    return [(ours[min(ours)], theirs[min(theirs)])]


def _reads_the_same(left: _Value, right: _Value) -> bool:
    if left.row is None or right.row is None:
        return (left.point.value_text, left.point.mark) == (right.point.value_text, right.point.mark)
    return left.point.value_text == right.point.value_text


def _is_the_same(left: _Value, right: _Value) -> bool:
    before, after = left.measured, right.measured
    return before is after if before is None or after is None else math.isclose(before, after)


def _subtract(left: _Value, right: _Value) -> tuple[float, PointDifference]:
    """The size to sort by, and the difference as it is shown."""
    before, after = left.measured, right.measured
    if left.row is None or right.row is None or before is None or after is None:
        return 0.0, PointDifference(left.shown, right.shown, "", "", overlaps=False)
    unit = left.row["unit_measure"]
    change, per_cent = _format_change(after - before, unit), _format_per_cent(before, after, unit)
    difference = PointDifference(left.shown, right.shown, change, per_cent, _overlaps(left.row, right.row))
    return abs(after - before), difference


def _format_change(change: float, unit: str) -> str:
    """With its sign; shares differ by percentage points."""
    text = etl.format_value(change, POINTS if unit.startswith("PERCENT") else unit)
    if not any(digit in text for digit in "123456789"):
        return UNSEEN
    return text if change < 0 else f"+{text}"


def _format_per_cent(before: float, after: float, unit: str) -> str:
    """Empty for shares, and where the sign or a zero would make it say nothing."""
    if unit.startswith("PERCENT") or before <= 0 or after < 0:
        return ""
    change = (after - before) / before * 100
    if abs(change) < LEAST_PER_CENT:
        return f"under {LEAST_PER_CENT}%"
    text = f"{abs(change):,.{1 if abs(change) < ROUND_PER_CENT else 0}f}%"
    return f"\u2212{text}" if change < 0 else f"+{text}"


def _overlaps(left: Row, right: Row) -> bool:
    ends = (left["obs_low"], left["obs_high"], right["obs_low"], right["obs_high"])
    if any(end is None for end in ends):
        return False
    return bool(left["obs_low"] < right["obs_high"] and right["obs_low"] < left["obs_high"])


def _sort_differences(found: Iterable[tuple[float, PointDifference]]) -> tuple[PointDifference, ...]:
    ranked = sorted(found, key=lambda entry: -entry[0])
    return tuple(difference for _, difference in ranked)


def _list_left_over(grouped: Mapping[Key, Mapping[str, _Value]], taken: set[int]) -> tuple[ShownPoint, ...]:
    left = [value for kinds in grouped.values() for value in kinds.values() if id(value) not in taken]
    return tuple(value.shown for value in sorted(left, key=_rank_alone))


def _rank_alone(value: _Value) -> tuple[bool, bool, int]:
    """Published before worked out, the newest period first; what is no series comes last."""
    row = value.row
    if row is None:
        return True, False, 0
    return False, _name_kind(row) != PUBLISHED, -row["period_end"].toordinal()


def _show(point: Point, row: Row | None, *, names: Mapping[str, str]) -> ShownPoint:
    if row is None:
        return ShownPoint(point.row_id, point.value_text, point.series, "", point.period, point.mark)
    day = format_day(row["vintage"], precision=row["vintage_precision"])
    edition = f"{name_publisher(row)}, {day}" + (", worked out" if row["derivation"] else "")
    what, partner = etl.label("indicator", row["indicator"]), names.get(row["counterpart_area"], "")
    return ShownPoint(point.row_id, point.value_text, what, partner, point.period, edition)
