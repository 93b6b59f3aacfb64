"""The metadata of a picture: what it shows, every value with the row behind it, and how it was drawn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from dashboard.address import TimeRange
from dashboard.chart_contract import PlotlyFigure, Point, View
from etl import Snapshot

FORMAT = 1
LARGEST_METADATA = 8_000_000
MOST_PROBLEMS = 3
STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class UnreadableFileError(ValueError):
    """A saved file that is none of ours, is damaged, or is too large; says what is wrong of "it"."""


@dataclass(frozen=True)
class DrawnValue:
    """One value of a picture: as it is drawn, and as the row of the snapshot behind it has it.

    `value` is in the base unit; `stated` the row's own words for it, `value_text` the chart's; `status` and
    `verdict` are codes; `publisher` and `document` say who states it; `rule` by which it was worked out.
    """

    __pydantic_config__ = STRICT

    row_id: str
    kind: str
    series: str
    period: str
    value_text: str
    mark: str
    title: str
    stated: str
    value: float | None
    unit: str | None
    indicator: str | None
    ref_area: str | None
    counterpart_area: str | None
    commodity: str | None
    period_basis: str | None
    period_start: date | None
    period_end: date | None
    status: str | None
    verdict: str | None
    publisher: str | None
    document: str | None
    vintage: date | None
    rule: str | None


@dataclass(frozen=True)
class ImageMetadata:
    """What a picture shows, of which snapshot and day, where it is found, and its plotly specification."""

    __pydantic_config__ = STRICT

    format: int
    chart_id: str
    title: str
    subtitle: str
    description: str
    sources: tuple[str, ...]
    snapshot_id: str
    as_of: date
    address: str
    values: tuple[DrawnValue, ...]
    specification: PlotlyFigure

    @property
    def seal(self) -> str:
        """A hash of everything in it."""
        return hashlib.sha256(write_canonically(asdict(self))).hexdigest()


@dataclass(frozen=True)
class SealedMetadata:
    """Metadata as a file carries it, with the seal that was written beside it."""

    # Files saved before have more beside the metadata, which they call a record: nothing outside it counts.
    __pydantic_config__ = ConfigDict(strict=True)

    seal: str
    record: ImageMetadata

    @property
    def is_whole(self) -> bool:
        """Whether the seal is that of the metadata."""
        return self.seal == self.record.seal


_SEALED = TypeAdapter(SealedMetadata)


def build_metadata(
    chart_id: str,
    *,
    view: View,
    description: str,
    sources: Iterable[str],
    snapshot: Snapshot,
    address: str,
    specification: PlotlyFigure,
    span: TimeRange | None = None,
) -> ImageMetadata:
    """The metadata of a chart; of one that is zoomed in, with the values that are in sight."""
    return ImageMetadata(
        format=FORMAT,
        chart_id=chart_id,
        title=view.title,
        subtitle=view.subtitle,
        description=description,
        sources=tuple(sources),
        snapshot_id=snapshot.snapshot_id,
        as_of=snapshot.as_of,
        address=address,
        values=tuple(value for value in list_values(snapshot, view.points) if _is_in_sight(value, span)),
        # Once through JSON, so that tuples and lists, ints and floats are what a reader will find.
        specification=json.loads(write_canonically(specification)),
    )


def list_values(snapshot: Snapshot, points: Sequence[Point]) -> list[DrawnValue]:
    """Each row that is drawn, once, in the order of the points."""
    drawn = {point.row_id: point for point in reversed(points)}
    row_ids = list(dict.fromkeys(point.row_id for point in points))
    return [_value_row(row, drawn[row["row_id"]]) for row in snapshot.find_rows(row_ids).to_dicts()]


def write_sealed(metadata: ImageMetadata) -> str:
    """Metadata with its seal, as JSON."""
    return write_canonically(asdict(seal_metadata(metadata))).decode("utf-8")


def seal_metadata(metadata: ImageMetadata) -> SealedMetadata:
    """Metadata with its seal."""
    return SealedMetadata(metadata.seal, metadata)


def read_sealed(text: str) -> SealedMetadata:
    """Metadata that a file carried, whether or not its seal still fits it.

    Raises: UnreadableFileError for metadata that is too large, damaged or of another version.
    """
    if len(text) > LARGEST_METADATA:
        raise UnreadableFileError(
            f"its record has more than {LARGEST_METADATA:,} characters; it is not one of ours"
        )
    try:
        sealed = _SEALED.validate_json(text, strict=True)
    except (ValidationError, RecursionError) as error:
        raise UnreadableFileError(f"its record is damaged: {_format_problems(error)}") from error
    if sealed.record.format != FORMAT:
        raise UnreadableFileError(
            f"its record is of format {sealed.record.format}; this version reads {FORMAT}. Update"
        )
    return sealed


def name_rule(derivation: str | None) -> str | None:
    """The rule of a derivation, without its operands; none for a value that was read."""
    return derivation.partition("(")[0] if derivation else None


def write_canonically(content: Any) -> bytes:
    """JSON of which the same content has one spelling only: names in order, no blanks, dates as ISO 8601."""
    text = json.dumps(
        content,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
        default=_write_date,
    )
    return text.encode("utf-8")


def _write_date(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a record cannot hold {type(value).__name__}")


def _value_row(row: dict[str, Any], point: Point) -> DrawnValue:
    own = {entry.name: row[entry.name] for entry in fields(DrawnValue) if entry.name in row}
    drawn = {name: getattr(point, name) for name in ("series", "period", "value_text", "mark")}
    return DrawnValue(
        **{**own, **drawn},
        stated=row["value_text"],
        unit=row["unit_measure"],
        status=row["obs_status"],
        document=row["document_title"],
        rule=name_rule(row["derivation"]),
    )


def _is_in_sight(value: DrawnValue, span: TimeRange | None) -> bool:
    if span is None or value.period_end is None:
        return True
    return value.period_end >= span.start and (value.period_start or value.period_end) <= span.stop


def _format_problems(error: ValidationError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    problems = [
        f"{'.'.join(str(part) for part in problem['loc']) or 'the whole'}: {problem['msg']}"
        for problem in error.errors(include_url=False, include_input=False)[:MOST_PROBLEMS]
    ]
    return "; ".join(problems)
