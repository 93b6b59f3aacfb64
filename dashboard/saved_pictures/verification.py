"""A saved chart held against a snapshot: what is the same, changed or gone, and what has come out since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import etl
from dashboard.saved_pictures.image_metadata import DrawnValue, name_rule
from dashboard.saved_pictures.saved_files import SavedChart
from etl import Snapshot, UnknownRowError, name_publisher, rank_edition

SAME, CHANGED, GONE = "same", "changed", "gone"
# Another publisher's value, or one that is worked out instead of read, is another series.
SERIES = ("indicator", "ref_area", "counterpart_area", "commodity", "period_basis", "publisher", "rule")
THING = (*SERIES, "period_start", "period_end")
NOTICEABLE = 1e-9

Row = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True)
class LaterRow:
    """A row that has come out since: a newer edition of a value, or a newer period of a series."""

    row_id: str
    series: str
    period: str
    value_text: str
    publisher: str
    vintage: date


@dataclass(frozen=True)
class VerifiedValue:
    """One value that was shown and what has become of it.

    `edition` is the newest edition since of the same thing, and `is_revised` says whether it gives another
    value; `verdict` is a claim's verdict now.
    """

    shown: DrawnValue
    outcome: str
    now: str | None
    verdict: str | None
    edition: LaterRow | None
    is_revised: bool

    @property
    def is_judged_otherwise(self) -> bool:
        """Whether a claim's verdict has changed."""
        return self.outcome != GONE and self.verdict != self.shown.verdict


@dataclass(frozen=True)
class Verification:
    """A saved chart held against one snapshot."""

    snapshot_id: str
    as_of: date
    values: tuple[VerifiedValue, ...]
    periods: tuple[LaterRow, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether every value and verdict is still the same and none has been revised by its publisher."""
        return not any(
            value.outcome != SAME or value.is_revised or value.is_judged_otherwise for value in self.values
        )


def verify_chart(saved: SavedChart, snapshot: Snapshot) -> Verification:
    """Every value of a saved chart held against a snapshot."""
    later = _LaterRows(saved, snapshot)
    known = [value.row_id for value in saved.values if _has_row(snapshot, value.row_id)]
    rows = {row["row_id"]: row for row in snapshot.find_rows(known).to_dicts()}
    return Verification(
        snapshot_id=snapshot.snapshot_id,
        as_of=snapshot.as_of,
        values=tuple(_verify_value(value, rows.get(value.row_id), later) for value in saved.values),
        periods=tuple(later.list_periods()),
    )


class _LaterRows:
    """Rows of a snapshot that were not out yet when something was shown."""

    def __init__(self, saved: SavedChart, snapshot: Snapshot) -> None:
        drawn = {value.row_id for value in saved.values}
        self._snapshot = snapshot
        self._values = [value for value in saved.values if value.kind == "observation"]
        rows = [
            {**row, "rule": name_rule(row["derivation"])}
            for row in snapshot.observations().collect().to_dicts()
            if is_later(row, saved.as_of) and row["obs_id"] not in drawn and row["obs_value"] is not None
        ]
        self._by_thing = _group(rows, THING)
        self._by_series = _group(rows, SERIES)

    def find_edition(self, value: DrawnValue) -> Row | None:
        """The newest edition of the same thing."""
        rows = self._by_thing.get(_find_key(value, THING), []) if value.kind == "observation" else []
        return max(rows, key=_rank, default=None)

    def list_periods(self) -> Iterable[LaterRow]:
        """For each series the newest of the periods that end after all that were shown."""
        ends: dict[Key, date] = {}
        for value in self._values:
            if value.period_end is not None:
                key = _find_key(value, SERIES)
                ends[key] = max(value.period_end, ends.get(key, value.period_end))
        for key, end in ends.items():
            rows = [row for row in self._by_series.get(key, []) if row["period_end"] > end]
            if rows:
                yield self.name(max(rows, key=lambda row: (row["period_end"], *_rank(row))))

    def name(self, row: Row) -> LaterRow:
        """A row as a reader would name it."""
        evidence = self._snapshot.evidence(row["obs_id"])
        return LaterRow(
            row_id=row["obs_id"],
            series=evidence.title,
            period=etl.shorten_period(
                row["period_start"], row["period_end"], row["period_basis"], row["time_period"]
            ),
            value_text=evidence.headline,
            publisher=name_publisher(row),
            vintage=row["vintage"],
        )


def _has_row(snapshot: Snapshot, row_id: str) -> bool:
    try:
        snapshot.evidence(row_id)
    except UnknownRowError:
        return False
    return True


def _verify_value(value: DrawnValue, row: Row | None, later: _LaterRows) -> VerifiedValue:
    edition = later.find_edition(value)
    named = later.name(edition) if edition else None
    is_revised = edition is not None and not _is_near(value.value, edition["obs_value"])
    if row is None:
        return VerifiedValue(value, GONE, None, None, named, is_revised)
    outcome = SAME if _is_same(value, row) else CHANGED
    return VerifiedValue(value, outcome, _format_now(value, row), row["verdict"], named, is_revised)


def _is_same(value: DrawnValue, row: Row) -> bool:
    if value.kind == "observation":
        is_near = _is_near(value.value, row["value"])
        return is_near and (value.unit, value.status) == (row["unit_measure"], row["obs_status"])
    # A deal or a milestone is its words; so is the figure that a document prints.
    return value.stated == row["value_text"] and _is_near(value.value, row["value"])


def _is_near(before: float | None, now: float | None) -> bool:
    if before is None or now is None:
        return before is now
    return abs(before - now) <= NOTICEABLE * max(abs(before), abs(now))


def _format_now(value: DrawnValue, row: Row) -> str:
    """The value as it is now, in as many digits as it takes to tell it from what was shown."""
    said = str(row["value_text"])
    if value.status != row["obs_status"]:
        said += f", status {etl.label('obs_status', row['obs_status'])}"
    if said == value.stated and not _is_near(value.value, row["value"]):
        return f"{row['value']!r} (was {value.value!r})"
    return said


def is_later(row: Row, day: date) -> bool:
    """Whether a row came out after a day; of an edition without a day nobody can say that."""
    is_dated, vintage = rank_edition(row)
    return is_dated and vintage > day


def _rank(row: Row) -> tuple[date, str]:
    return row["vintage"], row["obs_id"]


def _group(rows: Iterable[Row], names: tuple[str, ...]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in names)].append(row)
    return groups


def _find_key(value: DrawnValue, names: tuple[str, ...]) -> Key:
    return tuple(getattr(value, name) for name in names)
