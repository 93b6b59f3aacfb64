"""What a saved file showed: a picture by its record, a table of a chart's points by its rows."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from dashboard.picture_records import (
    DrawnValue,
    SealedRecord,
    UnreadablePictureError,
    name_rule,
    read_limited,
    read_picture,
)

PICTURE, TABLE, CODE = "picture", "table", "code"
PARQUET = b"PAR1"
CSV_START = b"row_id,"
NEEDED = (
    *(
        "row_id",
        "kind",
        "title",
        "value",
        "value_text",
        "unit_measure",
        "time_period",
        "obs_status",
        "verdict",
    ),
    *("indicator", "ref_area", "counterpart_area", "commodity", "period_basis", "period_start", "period_end"),
    *("publisher", "document_title", "vintage", "derivation", "snapshot_id"),
)
TEXTS = ("indicator", "ref_area", "counterpart_area", "commodity", "period_basis", "verdict", "publisher")
DATES = ("period_start", "period_end", "vintage")
_DAY_IN_NAME = re.compile(r"\.as-of-(\d{4}-\d{2}-\d{2})\.")
_DAY_OF_SNAPSHOT = re.compile(r"(\d{4}-\d{2}-\d{2})-[0-9a-f]+")


@dataclass(frozen=True)
class Shown:
    """What was shown, by a picture, a table or a picture of which only the code is at hand.

    Tables have no code, no address and no seal that could be broken.
    """

    medium: str
    title: str
    subtitle: str
    snapshot_id: str
    as_of: date
    values: tuple[DrawnValue, ...]
    sources: tuple[str, ...] = ()
    address: str | None = None
    code: str | None = None
    is_whole: bool = True


def read_shown(path: Path) -> Shown:
    """What a PNG, SVG, CSV or Parquet file from here showed.

    Raises: UnreadablePictureError for any other file, and for one that is damaged or too large.
    """
    content = read_limited(path)
    if content.startswith(PARQUET):
        return _read_table(_open_table(content, is_parquet=True), path)
    if content.removeprefix(b"\xef\xbb\xbf").startswith(CSV_START):
        return _read_table(_open_table(content, is_parquet=False), path)
    return describe_record(read_picture(path))


def describe_record(sealed: SealedRecord, *, medium: str = PICTURE) -> Shown:
    """What a picture with this record showed."""
    record = sealed.record
    return Shown(
        medium=medium,
        title=record.title,
        subtitle=record.subtitle,
        snapshot_id=record.snapshot_id,
        as_of=record.as_of,
        values=record.values,
        sources=record.sources,
        address=record.address,
        code=sealed.code,
        is_whole=sealed.is_whole,
    )


def _open_table(content: bytes, *, is_parquet: bool) -> pl.DataFrame:
    try:
        table = (
            pl.read_parquet(io.BytesIO(content))
            if is_parquet
            else pl.read_csv(io.BytesIO(content), infer_schema=False)
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadablePictureError("it is a damaged table") from error
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        raise UnreadablePictureError(
            f"it is a table without {', '.join(missing)}; only tables of a chart’s points can be read"
        )
    return table.select(NEEDED)


def _read_table(table: pl.DataFrame, path: Path) -> Shown:
    snapshots = table["snapshot_id"].unique().to_list()
    found = _DAY_OF_SNAPSHOT.fullmatch(str(snapshots[0])) if len(snapshots) == 1 else None
    if found is None:
        raise UnreadablePictureError("it is a table whose rows do not name one snapshot")
    named = _DAY_IN_NAME.search(path.name)
    try:
        values = tuple(_read_row(row) for row in table.iter_rows(named=True))
        as_of = date.fromisoformat(named[1] if named else found[1])
    except ValueError as error:
        raise UnreadablePictureError(f"it is a table with a value that is none ({error})") from error
    return Shown(
        medium=TABLE,
        title=f"Points of a chart, {path.name}",
        subtitle="",
        snapshot_id=str(snapshots[0]),
        as_of=as_of,
        values=values,
    )


def _read_row(row: dict[str, Any]) -> DrawnValue:
    number = row["value"]
    texts: dict[str, Any] = {name: row[name] or None for name in TEXTS}
    days: dict[str, Any] = {name: _read_date(row[name]) for name in DATES}
    return DrawnValue(
        row_id=str(row["row_id"]),
        kind=str(row["kind"]),
        series=str(row["title"]),
        period=str(row["time_period"] or ""),
        value_text=str(row["value_text"]),
        mark="",
        title=str(row["title"]),
        stated=str(row["value_text"]),
        value=None if number in (None, "") else float(number),
        unit=row["unit_measure"] or None,
        status=row["obs_status"] or None,
        document=row["document_title"] or None,
        rule=name_rule(row["derivation"]),
        **texts,
        **days,
    )


def _read_date(value: object) -> date | None:
    if value is None or value == "" or isinstance(value, date):
        return value if isinstance(value, date) else None
    return date.fromisoformat(str(value))
