"""One file at a time: recognised by its structure, read, and held to the rules of its table."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from etl.countries import Lookups, load_lookups
from etl.errors import InputError, Place
from etl.folders import find_datasets
from etl.formatting import join_words
from etl.provenance import (
    ASSUMED,
    Coverage,
    InputFile,
    Origin,
    RawFile,
    Vintage,
    describe_download,
    find_sidecar,
    open_input,
)
from etl.reading import Record, Rejected
from etl.schemas import TABLES
from etl.source_contract import Parsed, Source, SourceModule
from etl.sources import recognise_source
from etl.validate import Accepted, accept_records, build_quarantine, check_expectations

KEYS = {"observations": "obs_id", "deals": "deal_id"}
PRINTED = "printed"
BY_HAND = "The day that was given when the file was added."
Watcher = Callable[[str, int, int], None]


def ignore_progress(_step: str, _done: int, _total: int) -> None:
    """A watcher that shows nothing."""


@dataclass(frozen=True)
class RecognisedFile:
    """A publisher's file with its sidecar, and the source that reads it."""

    file: InputFile
    module: SourceModule

    def parse(self, lookups: Lookups) -> Parsed:
        """The file's rows."""
        return self.module.parse(self.file, lookups)


@dataclass(frozen=True)
class ReadFile:
    """One file among the datasets after its reading: what of it became rows, and what it says it covers."""

    file: InputFile
    layout: str
    rows_read: int
    coverage: Coverage
    accepted: Accepted


@dataclass(frozen=True)
class Inspection:
    """One file read on its own: what it is, its accepted rows, and the rows set aside."""

    recognised: RecognisedFile
    table: str
    rows: pl.DataFrame
    rejected: tuple[Rejected, ...]
    rows_read: int
    rows_rejected: int

    @property
    def file(self) -> InputFile:
        """The file with its sidecar."""
        return self.recognised.file

    @property
    def source(self) -> Source:
        """The layout that the file has."""
        return self.recognised.module.SOURCE

    @property
    def quarantine(self) -> pl.DataFrame:
        """The rows set aside, as the quarantine table."""
        return build_quarantine(list(self.rejected))


def read_file(
    path: Path, *, datasets: Path | None = None, stated: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """The rows of one publisher's file, recognised by its structure and checked.

    Rows: observations or deals, whichever table the layout belongs to. Rows set aside are named in a warning;
    `inspect_file` gives them as a table. `stated` is what a file does not print and its reader knows, such as
    {"partner": "China"}.
    Raises: InputError where the file is not recognised or cannot be what it should be.
    """
    inspection = inspect_file(path, datasets=datasets, stated=stated)
    if inspection.rejected:
        first = inspection.rejected[0]
        warnings.warn(f"{len(inspection.rejected)} rows set aside, the first: {first}", stacklevel=2)
    return inspection.rows


def inspect_file(
    path: Path,
    *,
    datasets: Path | None = None,
    stated: Mapping[str, str] | None = None,
    vintage: date | None = None,
) -> Inspection:
    """One publisher's file with all that is known of it: layout, vintage, accepted and rejected rows.

    `vintage` is the day of an edition that prints none, where its reader knows it.
    Raises: InputError where the file is not recognised or cannot be what it should be.
    """
    folder = datasets or find_datasets()
    lookups = load_lookups(folder)
    recognised = recognise_file(Path(path), datasets=folder, stated=stated, vintage=vintage)
    parsed = recognised.parse(lookups)
    redated = _hold_day_to_rows(recognised, parsed.records, path=Path(path))
    if redated is not recognised:
        recognised, parsed = redated, redated.parse(lookups)
    accepted = accept(parsed, recognised.module)
    rows = TABLES[accepted.table].check(accepted.frame)
    return Inspection(
        recognised, accepted.table, rows, accepted.rejected, parsed.rows_read, accepted.rows_rejected
    )


def recognise_file(
    path: Path,
    *,
    datasets: Path,
    origin: Origin | None = None,
    stated: Mapping[str, str] | None = None,
    vintage: date | None = None,
) -> RecognisedFile:
    """A file with the source that reads it, and its sidecar or the one that its layout gives a download.

    An edition whose day the file does not print has the one in `vintage`, else that on which it was fetched;
    else the day is assumed, the one on which the file was last changed. With an origin, which only a file
    just fetched has, the sidecar is always a new one.
    Raises: UnrecognisedFileError where not one source recognises it; InputError where there is no such file,
    or no sidecar and a layout that needs one.
    """
    if not path.is_file():
        raise InputError(str(path), problem="no such file", remedy="Check the path.")
    if origin is None and find_sidecar(path).exists():
        file = open_input(path, datasets=datasets)
        if stated or vintage:
            remedy = f"Write it there, or remove {find_sidecar(path).name}."
            raise InputError(path.name, problem="the file has a sidecar, which says the rest", remedy=remedy)
        return RecognisedFile(file, recognise_source(file))
    raw = RawFile(path.name, path.read_bytes())
    module = recognise_source(raw)
    _refuse_unasked(path, module.SOURCE, stated or {})
    described = _describe_file(raw, module.SOURCE, path=path, origin=origin, vintage=vintage, stated=stated)
    return RecognisedFile(described, module)


def _refuse_unasked(path: Path, source: Source, stated: Mapping[str, str]) -> None:
    """Refuse what was said of a file whose layout prints it itself: the two might differ."""
    unasked = [name for name in stated if name not in source.asks]
    if unasked:
        asked = f"It may say {join_words(source.asks)}." if source.asks else "Leave it out: the file says it."
        raise InputError(
            path.name, problem=f"layout {source.layout} does not ask for {join_words(unasked)}", remedy=asked
        )


def _describe_file(
    raw: RawFile,
    source: Source,
    *,
    path: Path,
    origin: Origin | None,
    vintage: date | None,
    stated: Mapping[str, str] | None,
) -> InputFile:
    if source.product is None:
        remedy = f"Write {find_sidecar(path).name} beside it; see datasets/README.md."
        raise InputError(path.name, problem=f"layout {source.layout} needs a sidecar", remedy=remedy)
    printed = source.find_vintage(raw) if source.find_vintage else None
    # What a download's name or properties suggest gives way to who knows the day; what is printed does not.
    if printed is not None and vintage not in {None, printed.day} and printed.known_basis == PRINTED:
        raise InputError(
            path.name,
            problem=f"the file says that it is of {printed.day}",
            value=str(vintage),
            remedy="Leave out --vintage, or give that day.",
        )
    out = _date_by_hand(vintage) or printed or _date_file(path, origin)
    return describe_download(raw, product=source.product, vintage=out, origin=origin, stated=stated)


def _date_by_hand(day: date | None) -> Vintage | None:
    return None if day is None else Vintage(day, "day", BY_HAND)


def _date_file(path: Path, origin: Origin | None) -> Vintage:
    """The vintage of a file that prints none."""
    if origin is not None:
        basis = "The file prints no date; the day on which it was fetched is taken."
        # That day its publisher itself had these values out.
        return Vintage(origin.retrieved_on, "day", basis, "witness")
    changed = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()
    basis = "Assumed: the file prints no date, and the day on which it was last changed stands in."
    return Vintage(changed, "assumed", basis, "assumed")


def _hold_day_to_rows(recognised: RecognisedFile, records: list[Record], *, path: Path) -> RecognisedFile:
    """The file with another day where its own lies before a period that it holds figures of.

    Raises: InputError where a person gave that day.
    """
    newest, sidecar = _find_newest_start(records), recognised.file.sidecar
    if newest is None or sidecar.vintage >= newest or find_sidecar(path).exists():
        return recognised
    if sidecar.vintage_basis == BY_HAND:
        raise InputError(
            path.name,
            problem=f"it holds figures of {newest.year}, which were not out on that day",
            value=str(sidecar.vintage),
            remedy="Give the day on which this edition came out.",
        )
    assumed = max(newest, _date_file(path, None).day)
    basis = (
        f"Assumed: the file says {sidecar.vintage}, which is no day of this edition, for it holds figures of "
        f"{newest.year}; the day on which it was last changed stands in."
    )
    update = {
        "vintage": assumed,
        "vintage_precision": ASSUMED,
        "vintage_basis": basis,
        "known_basis": ASSUMED,
    }
    file = replace(recognised.file, sidecar=sidecar.model_copy(update=update))
    return replace(recognised, file=file)


def _find_newest_start(records: list[Record]) -> date | None:
    """The first day of the newest period, or of the newest order's year, of which there is a figure."""
    starts = [
        date(record["order_year"], 1, 1) if "order_year" in record else record["period_start"]
        for record in records
        if "order_year" in record or record["obs_value"] is not None
    ]
    return max(starts, default=None)


def accept(parsed: Parsed, module: SourceModule, *, stop: bool = True) -> Accepted:
    """A file's records through the rules of its table and the expectations of its source."""
    accepted = accept_records(
        parsed.records,
        table=parsed.source.table,
        file=parsed.file.name,
        rejected=parsed.rejected,
        key=KEYS[parsed.source.table],
    )
    if stop:
        expected = module.EXPECTED
        check_expectations(
            accepted,
            file=parsed.file.name,
            rows=parsed.rows_read - accepted.rows_rejected,
            bounds=(expected.rows_min, expected.rows_max),
            checks=expected.checks,
        )
    return accepted


def read_input(recognised: RecognisedFile, lookups: Lookups) -> ReadFile:
    """A file among the datasets, its rows held to the rules of their table; its records are not kept.

    Raises: InputError where its bytes are not the ones its sidecar was written for, with every row of it that
    could not be read; ExpectationError where it is not what its source promises.
    """
    file, source = recognised.file, recognised.module.SOURCE
    parsed = recognised.parse(lookups)
    if not file.is_sealed:
        found = accept(parsed, recognised.module, stop=False).rejected
        rows = "".join(f"\n  {entry}" for entry in found)
        raise InputError(
            Place(file.name),
            problem=f"the file is not the one its sidecar was written for{rows}\n ",
            remedy=f"Restore it, or, if the change is meant, run: footnoted seal datasets/{file.name}",
        )
    coverage = (source.find_coverage(file) if source.find_coverage else None) or Coverage()
    accepted = accept(parsed, recognised.module)
    return ReadFile(file, parsed.source.layout, parsed.rows_read, coverage, accepted)
