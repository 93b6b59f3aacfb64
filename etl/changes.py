"""Changes: what one table, or one whole snapshot, has that an earlier one has not, or has otherwise.

changes = compare_snapshots(before, after)
changes.editions, changes.figures, changes.verdicts, changes.claims   # a table each, empty where nothing is
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import polars as pl

from etl.errors import SnapshotError
from etl.formatting import format_count
from etl.reconcile.known_days import EDITION_ORDER
from etl.snapshot import Snapshot
from etl.snapshot.store import MANIFEST

SAME_SERIES = (
    "indicator",
    "ref_area",
    "counterpart_area",
    "commodity",
    "unit_measure",
    "valuation",
    "period_basis",
    "period_start",
    "period_end",
)
EDITION = ("file", "publisher", "product", "vintage", "vintage_precision")
RULING = ("claim_id", "verdict", "reason", "reference_value", "explanation", "arithmetic")


@dataclass(frozen=True)
class SnapshotChanges:
    """What one snapshot brought against another.

    `editions` are files added, replaced or gone; `figures` the values that a publisher's newest data give
    otherwise than before, the largest change in proportion first; `verdicts` the claims of both whose verdict
    or reason is another one; `claims` those that one of the two does not have.
    """

    before_id: str
    after_id: str
    editions: pl.DataFrame
    figures: pl.DataFrame
    verdicts: pl.DataFrame
    claims: pl.DataFrame

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not any(table.height for table in self._tables.values())

    def list_counts(self) -> list[str]:
        """How many there are of each kind of change that there is: "2 editions added"."""
        counts = (
            ("edition", "added", _count(self.editions, "added")),
            ("edition", "replaced", _count(self.editions, "replaced")),
            ("edition", "gone", _count(self.editions, "gone")),
            ("figure", "restated", self.figures.height),
            ("verdict", "turned", self.verdicts.height),
            ("claim", "new", _count(self.claims, "added")),
            ("claim", "gone", _count(self.claims, "gone")),
        )
        return [f"{format_count(number, noun)} {verb}" for noun, verb, number in counts if number]

    def write_json(self) -> str:
        """All of it as JSON: a list of rows for each table."""
        rows = {name: json.loads(table.write_json()) for name, table in self._tables.items()}
        content = {"before": self.before_id, "after": self.after_id, "counts": self.list_counts(), **rows}
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    @property
    def _tables(self) -> dict[str, pl.DataFrame]:
        return {name: getattr(self, name) for name in ("editions", "figures", "verdicts", "claims")}


def compare_snapshots(before: Snapshot, after: Snapshot) -> SnapshotChanges:
    """What the later of two snapshots brought against the earlier."""
    return SnapshotChanges(
        before.snapshot_id,
        after.snapshot_id,
        _compare_editions(before.table("sources"), after.table("sources")),
        _compare_figures(before.table("observations"), after.table("observations")),
        _compare_rulings(before, after),
        _compare_claims(before.table("claims"), after.table("claims")),
    )


def list_earlier_snapshots(snapshot: Snapshot) -> list[Snapshot]:
    """The snapshots beside one that were built before it, the newest first.

    One that was built by a version that reads otherwise is passed over.
    """
    own, earlier = _order(snapshot), []
    for folder in snapshot.folder.parent.iterdir():
        if not (folder / MANIFEST).is_file():
            continue
        try:
            other = Snapshot(folder)
        except SnapshotError:
            continue
        if _order(other) < own:
            earlier.append(other)
    return sorted(earlier, key=_order, reverse=True)


def compare_verdicts(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Claims of the later table whose verdict, reason or reference now is another than in the earlier one.

    Columns: claim_id; verdict, reason, reference_value, explanation and arithmetic, each also as it was, with
    the ending `_before`.
    """
    old, new = (table.filter(pl.col("occasion") == "snapshot").select(RULING) for table in (before, after))
    joined = new.join(old, on="claim_id", how="left", suffix="_before")
    changed = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in ("verdict", "reason", "reference_value")
    )
    return joined.filter(changed).sort("claim_id")


def _count(table: pl.DataFrame, change: str) -> int:
    return table.filter(pl.col("change") == change).height


def _order(snapshot: Snapshot) -> tuple[str, str]:
    return str(snapshot.manifest.get("built_at", "")), snapshot.snapshot_id


def _compare_editions(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    columns = (*EDITION, "sha256")
    joined = before.select(columns).join(
        after.select(columns), on="file", how="full", coalesce=True, suffix="_after"
    )
    change = (
        pl.when(pl.col("sha256").is_null())
        .then(pl.lit("added"))
        .when(pl.col("sha256_after").is_null())
        .then(pl.lit("gone"))
        .when(pl.col("sha256") != pl.col("sha256_after"))
        .then(pl.lit("replaced"))
    )
    latest = [pl.coalesce(f"{name}_after", name).alias(name) for name in EDITION if name != "file"]
    return (
        joined.with_columns(change=change, **{column.meta.output_name(): column for column in latest})
        .filter(pl.col("change").is_not_null())
        .select("change", *EDITION)
        .sort("change", "vintage", "file", descending=[False, True, False])
    )


def _compare_figures(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    # A print is held against a print and a sum against a sum: the two differ without anything having changed.
    keys = [*SAME_SERIES, "time_period", "publisher", "is_recomputed"]
    old, new = (_keep_newest(table, keys=keys) for table in (before, after))
    joined = new.join(old, on=keys, how="inner", suffix="_before", nulls_equal=True)
    change = pl.col("obs_value") - pl.col("obs_value_before")
    percent = change / pl.col("obs_value_before").abs() * 100
    return (
        joined.filter(pl.col("obs_value") != pl.col("obs_value_before"))
        .with_columns(
            difference=change,
            change_percent=pl.when(pl.col("obs_value_before") != 0).then(percent),
        )
        .sort(pl.col("change_percent").abs(), "obs_id", descending=[True, False], nulls_last=True)
        .select(
            "obs_id",
            *keys,
            value_before="obs_value_before",
            value_after="obs_value",
            difference="difference",
            change_percent="change_percent",
            vintage_before="vintage_before",
            vintage_after="vintage",
        )
    )


def _keep_newest(observations: pl.DataFrame, *, keys: list[str]) -> pl.DataFrame:
    return (
        observations.filter(pl.col("obs_value").is_not_null())
        .with_columns(is_recomputed=pl.col("derivation").is_not_null())
        .sort(*EDITION_ORDER, "obs_id")
        .unique(keys, keep="last", maintain_order=True)
        .select("obs_id", *keys, "obs_value", "vintage")
    )


def _compare_rulings(before: Snapshot, after: Snapshot) -> pl.DataFrame:
    turned = compare_verdicts(before.table("verdicts"), after.table("verdicts"))
    is_other = (pl.col("verdict") != pl.col("verdict_before")) | (pl.col("reason") != pl.col("reason_before"))
    said = after.table("claims").select("claim_id", "document_id", "stated_as", "unit_measure")
    # A claim that the earlier snapshot does not have has no verdict there, and is new instead.
    return turned.filter(is_other).join(said, on="claim_id", how="left", maintain_order="left")


def _compare_claims(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    columns = ("claim_id", "document_id", "stated_as")
    new = after.select(columns).join(before, on="claim_id", how="anti").with_columns(change=pl.lit("added"))
    gone = before.select(columns).join(after, on="claim_id", how="anti").with_columns(change=pl.lit("gone"))
    return pl.concat([new, gone]).select("change", *columns).sort("change", "claim_id")
