"""Saved files read back: a picture by its metadata, a table of a chart's points by its rows.

Files are told by their first bytes, never by their names.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.parsers import expat

import polars as pl

from dashboard.saved_pictures.image_metadata import (
    LARGEST_METADATA,
    DrawnValue,
    SealedMetadata,
    UnreadableFileError,
    name_rule,
    read_sealed,
)
from dashboard.saved_pictures.sheet import OWN, SVG

LARGEST_FILE = 32_000_000
PICTURE, TABLE = "picture", "table"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
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
OTHERS = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a WebP picture",
    b"%PDF": "a PDF file",
}
# Where the metadata stands: the names of the elements around it, outermost first.
METADATA_PATH = (f"{SVG} svg", f"{SVG} metadata", f"{OWN} record")
DEEPEST = 200
_DAY_IN_NAME = re.compile(r"\.as-of-(\d{4}-\d{2}-\d{2})\.")
_DAY_OF_SNAPSHOT = re.compile(r"(\d{4}-\d{2}-\d{2})-[0-9a-f]+")


@dataclass(frozen=True)
class SavedChart:
    """A chart as a saved file shows it: a picture, or a table of its points.

    Tables have no address and no seal that could be broken.
    """

    medium: str
    title: str
    subtitle: str
    snapshot_id: str
    as_of: date
    values: tuple[DrawnValue, ...]
    sources: tuple[str, ...] = ()
    address: str | None = None
    is_whole: bool = True


def read_saved_chart(path: Path) -> SavedChart:
    """What an SVG, CSV or Parquet file from here shows.

    Raises: UnreadableFileError for any other file, and for one that is damaged or too large.
    """
    content = _read_limited(path)
    text = content.removeprefix(BYTE_ORDER_MARK)
    if content.startswith(PARQUET):
        return _read_table(_open_table(content, is_parquet=True), path)
    if text.startswith(CSV_START):
        return _read_table(_open_table(content, is_parquet=False), path)
    if text.lstrip(b" \t\r\n").startswith(b"<"):
        return describe_metadata(read_svg(content))
    for start, name in OTHERS.items():
        if content.startswith(start):
            raise UnreadableFileError(
                f"it is {name}, which carries no record; save the chart as SVG, CSV or Parquet"
            )
    raise UnreadableFileError("it is no SVG picture and no table of a chart’s points")


def describe_metadata(sealed: SealedMetadata) -> SavedChart:
    """What a picture with this metadata shows."""
    metadata = sealed.record
    return SavedChart(
        medium=PICTURE,
        title=metadata.title,
        subtitle=metadata.subtitle,
        snapshot_id=metadata.snapshot_id,
        as_of=metadata.as_of,
        values=metadata.values,
        sources=metadata.sources,
        address=metadata.address,
        is_whole=sealed.is_whole,
    )


def read_svg(content: bytes) -> SealedMetadata:
    """The metadata of an SVG file.

    Raises: UnreadableFileError for a file that is not well-formed, declares a document type, or has no
    record, several, or a damaged one.
    """
    reader = _RecordReader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnreadableFileError(f"it is not well-formed XML ({error})") from error
    if reader.root != METADATA_PATH[0]:
        raise UnreadableFileError("it is XML, but no SVG picture")
    if not reader.records:
        raise UnreadableFileError(
            "it carries no record: it does not come from here, or an editor or a website took the record out"
        )
    if len(reader.records) > 1:
        raise UnreadableFileError(f"it has {len(reader.records)} records; a picture has one")
    return read_sealed("".join(reader.records[0]))


class _RecordReader:
    """Listens to a parser for the text of records; refuses what could make a small file large."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._enter
        self.parser.EndElementHandler = self._leave
        self.parser.CharacterDataHandler = self._read
        self.parser.buffer_text = True
        self.root = ""
        self.records: list[list[str]] = []
        self._path: list[str] = []
        self._length = 0

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise UnreadableFileError(
            "it declares a document type, which could hide anything; no picture of ours does"
        )

    def _enter(self, name: str, _attributes: object) -> None:
        self._path.append(name)
        self.root = self.root or name
        if len(self._path) > DEEPEST:
            raise UnreadableFileError(f"its elements are nested more than {DEEPEST} deep")
        if tuple(self._path) == METADATA_PATH:
            self.records.append([])

    def _leave(self, _name: str) -> None:
        self._path.pop()

    def _read(self, text: str) -> None:
        if tuple(self._path) != METADATA_PATH:
            return
        self._length += len(text)
        if self._length > LARGEST_METADATA:
            raise UnreadableFileError(f"its record has more than {LARGEST_METADATA:,} characters")
        self.records[-1].append(text)


def _read_limited(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnreadableFileError(f"it cannot be opened ({error.strerror or error})") from error
    if len(content) > LARGEST_FILE:
        raise UnreadableFileError(f"it is larger than {LARGEST_FILE // 1_000_000} MB; no file of ours is")
    return content


def _open_table(content: bytes, *, is_parquet: bool) -> pl.DataFrame:
    try:
        table = (
            pl.read_parquet(io.BytesIO(content))
            if is_parquet
            else pl.read_csv(io.BytesIO(content), infer_schema=False)
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadableFileError("it is a damaged table") from error
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        raise UnreadableFileError(
            f"it is a table without {', '.join(missing)}; only tables of a chart’s points can be read"
        )
    return table.select(NEEDED)


def _read_table(table: pl.DataFrame, path: Path) -> SavedChart:
    snapshots = table["snapshot_id"].unique().to_list()
    found = _DAY_OF_SNAPSHOT.fullmatch(str(snapshots[0])) if len(snapshots) == 1 else None
    if found is None:
        raise UnreadableFileError("it is a table whose rows do not name one snapshot")
    named = _DAY_IN_NAME.search(path.name)
    try:
        values = tuple(_read_row(row) for row in table.iter_rows(named=True))
        as_of = date.fromisoformat(named[1] if named else found[1])
    except ValueError as error:
        raise UnreadableFileError(f"it is a table with a value that is none ({error})") from error
    return SavedChart(
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
