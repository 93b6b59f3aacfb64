"""The licence gate: rows of a source that may not be passed on leave as a citation, without their values.

A sidecar says `redistributable = false` where passing on is forbidden, needs asking, or was never settled.
What was worked out from such rows stays, and so does an `extract`: a few rows compiled here, which leave with
their terms. Rows drawn in a chart or bundled as the evidence of a claim are a quotation, with source and
licence in each row, and do not pass here: whole tables do.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from etl.schemas import TABLES
from etl.snapshot import Snapshot

SUPPRESSED = "Q"
FILE_OF_TABLE = {"observations": "source_file", "deals": "source_file", "quarantine": "file"}
# What a row says that is its publisher's; the rest tells which row it is and where to find it.
VALUES = {
    "observations": ("obs_value", "obs_low", "obs_high"),
    "deals": (
        *("number_ordered", "number_delivered", "delivery_years", "contract_value_usd"),
        *("tiv_per_unit", "tiv_order", "tiv_delivered"),
    ),
    "quarantine": ("value",),
}
# The column that says why the values are not there; a publisher's own words may repeat them.
REASON_COLUMNS = {"observations": "note", "deals": "note", "quarantine": "row_text"}
OWN = "licence_of_source"


@dataclass(frozen=True)
class Withheld:
    """A publisher's product whose rows leave without their values, and how many those are."""

    source_id: str
    publisher: str
    product: str
    licence: str
    url: str | None
    rows: int


def complete_columns(rows: pl.DataFrame, *, table: str) -> pl.DataFrame:
    """Rows of a snapshot that is older than some columns of its tables: those are empty, flags not set."""
    columns = TABLES[table].list_columns()
    later = {name: kind for name, kind in columns.items() if name not in rows.columns}
    empty = {name: pl.lit(False if kind == pl.Boolean else None, dtype=kind) for name, kind in later.items()}
    return rows.with_columns(**empty).select(
        *columns, *(name for name in rows.columns if name not in columns)
    )


def mark_rows(rows: pl.DataFrame, *, table: str, snapshot: Snapshot) -> pl.DataFrame:
    """The rows with the licence of the file each comes from, and whether its value may be passed on with it.

    Columns: as given, `licence`, and `redistributable`, true of extracts too and of what was worked out here.
    """
    may_leave = pl.col("redistributable") | pl.col("extract")
    sources = complete_columns(snapshot.table("sources"), table="sources")
    terms = sources.select(pl.col("file").alias(OWN), "licence", redistributable=may_leave)
    file = FILE_OF_TABLE[table]
    marked = rows.join(terms, left_on=file, right_on=OWN, how="left", maintain_order="left")
    if table != "observations":
        return marked
    is_derived = pl.col("derivation").is_not_null()
    return marked.with_columns(redistributable=pl.col("redistributable") | is_derived)


def withhold_values(marked: pl.DataFrame, *, table: str, snapshot: Snapshot) -> pl.DataFrame:
    """Marked rows with the values of those that may not be passed on taken out, and the reason put in."""
    is_kept = pl.col("redistributable")
    reasons = _write_reasons(snapshot)
    file, reason = FILE_OF_TABLE[table], REASON_COLUMNS[table]
    said = pl.col(file).replace_strict(reasons, return_dtype=pl.String)
    changes = [pl.when(is_kept).then(pl.col(name)).alias(name) for name in VALUES[table]]
    changes.append(pl.when(is_kept).then(pl.col(reason)).otherwise(said).alias(reason))
    if table == "observations":
        status = pl.when(is_kept).then(pl.col("obs_status")).otherwise(pl.lit(SUPPRESSED))
        changes.append(status.alias("obs_status"))
    return marked.with_columns(changes)


def list_withheld(snapshot: Snapshot) -> tuple[Withheld, ...]:
    """The products whose rows leave without their values, by their source."""
    counted = pl.concat(
        [
            mark_rows(snapshot.table(table), table=table, snapshot=snapshot)
            .filter(~pl.col("redistributable"))
            .select("source_id")
            for table in ("observations", "deals")
        ]
    )
    rows = dict(counted.group_by("source_id").len().iter_rows())
    newest = (
        snapshot.table("sources").sort("vintage", "file").unique("source_id", keep="last").sort("source_id")
    )
    names = ("source_id", "publisher", "product", "licence", "url")
    return tuple(
        Withheld(**{name: row[name] for name in names}, rows=rows[row["source_id"]])
        for row in newest.to_dicts()
        if row["source_id"] in rows
    )


def _write_reasons(snapshot: Snapshot) -> dict[str, str]:
    return {
        row["file"]: f"Value withheld: may not be passed on as it stands ({row['licence']}). "
        f"It is published by {row['publisher']}, {row['product']}{_format_address(row['url'])}"
        for row in snapshot.table("sources").to_dicts()
    }


def _format_address(url: str | None) -> str:
    return f": {url}" if url else "."
