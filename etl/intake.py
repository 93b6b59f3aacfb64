"""One file at a time: recognised by its structure, read, and held to the rules of its table."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from etl.countries import Lookups, load_lookups
from etl.errors import InputError
from etl.provenance import (
    InputFile,
    Origin,
    RawFile,
    Vintage,
    describe_download,
    find_datasets,
    find_sidecar,
    open_input,
)
from etl.readers.spreadsheets import looks_like_workbook, read_workbook
from etl.reading import Rejected
from etl.schemas import TABLES
from etl.source_contract import Parsed, Source, SourceModule
from etl.sources import recognise_source
from etl.validate import Accepted, accept_records, build_quarantine, check_expectations

KEYS = {"observations": "obs_id", "deals": "deal_id"}
Watcher = Callable[[str, int, int], None]


def ignore_progress(_step: str, _done: int, _total: int) -> None:
    """A watcher that shows nothing."""


@dataclass(frozen=True)
class Inspection:
    """One file read on its own: what it is, its accepted rows, and the rows set aside."""

    file: InputFile
    source: Source
    table: str
    rows: pl.DataFrame
    rejected: tuple[Rejected, ...]
    rows_read: int
    rows_rejected: int

    @property
    def quarantine(self) -> pl.DataFrame:
        """The rows set aside, as the quarantine table."""
        return build_quarantine(list(self.rejected))


def read_file(path: Path, *, datasets: Path | None = None) -> pl.DataFrame:
    """The rows of one publisher's file, recognised by its structure and checked.

    Rows: observations or deals, whichever table the layout belongs to. Rows set aside are named in a warning;
    `inspect_file` gives them as a table.
    Raises: InputError where the file is not recognised or cannot be what it should be.
    """
    inspection = inspect_file(path, datasets=datasets)
    if inspection.rejected:
        first = inspection.rejected[0]
        warnings.warn(f"{len(inspection.rejected)} rows set aside, the first: {first}", stacklevel=2)
    return inspection.rows


def inspect_file(path: Path, *, datasets: Path | None = None) -> Inspection:
    """One publisher's file with all that is known of it: layout, vintage, accepted and rejected rows.

    Raises: InputError where the file is not recognised or cannot be what it should be.
    """
    folder = datasets or find_datasets()
    file = open_download(Path(path), datasets=folder)
    module, parsed = take_file(file, load_lookups(folder), watch=ignore_progress, step=(1, 1))
    accepted = accept(parsed, module)
    rows = TABLES[accepted.table].check(accepted.frame)
    return Inspection(
        file, parsed.source, accepted.table, rows, accepted.rejected, parsed.rows_read, accepted.rows_rejected
    )


def open_download(path: Path, *, datasets: Path, origin: Origin | None = None) -> InputFile:
    """A file with its sidecar, or with the one that its layout gives a fresh download.

    An edition whose day the file does not print counts as known from the day the file was last changed, or
    was fetched. With an origin, which only a file just fetched has, the sidecar is always a new one.
    Raises: InputError where there is no such file, or no sidecar and a layout that needs one.
    """
    if not path.is_file():
        raise InputError(str(path), problem="no such file", remedy="Check the path.")
    if origin is None and find_sidecar(path).exists():
        return open_input(path, datasets=datasets)
    raw = RawFile(path.name, path.read_bytes())
    source = _recognise(raw).SOURCE
    if source.product is None:
        remedy = f"Write {find_sidecar(path).name} beside it; see datasets/README.md."
        raise InputError(path.name, problem=f"layout {source.layout} needs a sidecar", remedy=remedy)
    printed = source.find_vintage(raw) if source.find_vintage else None
    return describe_download(
        raw, product=source.product, vintage=printed or _date_file(path, origin), origin=origin
    )


def _date_file(path: Path, origin: Origin | None) -> Vintage:
    """The vintage of a file that prints none."""
    if origin is not None:
        basis = "The file prints no date; the day on which it was fetched is taken."
        return Vintage(origin.retrieved_on, "day", basis)
    changed = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()
    basis = "The file prints no date; the day on which it was last changed is taken."
    return Vintage(changed, "day", basis)


def _recognise(file: RawFile) -> SourceModule:
    # No layout claims a workbook that cannot be read; its owner needs to know why it cannot.
    if looks_like_workbook(file):
        read_workbook(file)
    return recognise_source(file)


def take_file(
    file: InputFile, lookups: Lookups, *, watch: Watcher, step: tuple[int, int]
) -> tuple[SourceModule, Parsed]:
    """One file through the source that recognises it."""
    watch(f"reading {file.name}", *step)
    module = _recognise(file)
    return module, module.parse(file, lookups)


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
