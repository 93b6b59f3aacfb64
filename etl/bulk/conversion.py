"""One bulk file, read once, checked row by row and written as Parquet by year."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from etl.bulk.areas import build_area_table
from etl.bulk.baci import BACI
from etl.bulk.blocks import BulkHeader, open_bytes, read_first_line, read_headers
from etl.bulk.companions import (
    CodeLists,
    compare_products,
    find_code_lists,
    read_code_lists,
    write_code_lists,
)
from etl.bulk.comtrade import COMTRADE, COMTRADE_SHORT, COMTRADE_WEB
from etl.bulk.layouts import KEY, LINE_OF_FLOW, BlockContext, BulkLayout
from etl.bulk.ordering import SETTLED, FlowSink, OutOfOrderError, RunSink, SortedSink, settle_copies
from etl.bulk.parts import PartWriter, TextPartition
from etl.bulk.reading_ahead import ZerosKeptError, read_in_order
from etl.bulk.report import MANIFEST, BulkReport, write_records
from etl.bulk.rows import LINE, ROW_TEXT, Fault, describe_rows, empty_quarantine
from etl.countries import Lookups, load_lookups
from etl.errors import ExpectationError, FileAccessError, InputError, UnrecognisedFileError
from etl.folders import find_datasets
from etl.peak_memory import measure_peak_memory
from etl.whole_files import replace_folder

LAYOUTS = (BACI, COMTRADE, COMTRADE_WEB, COMTRADE_SHORT)
# More than this is no slip in a file but a file of another kind.
MOST_QUARANTINED = 500_000
_SYSTEM_ERROR = re.compile(r"\(os error (\d+)\)")


@dataclass(frozen=True)
class _Plan:
    is_sorted: bool = True
    restore_zeros: bool = True


@dataclass(frozen=True)
class _Tally:
    rows_read: int
    codes_restored: int
    quarantine: pl.DataFrame
    parts: tuple[TextPartition, ...]


def convert_bulk(
    path: Path,
    out: Path,
    *,
    datasets: Path | None = None,
    lookups: Lookups | None = None,
    code_lists: tuple[Path, ...] | None = None,
) -> BulkReport:
    """A bulk file of trade flows as checked Parquet parts by year, sorted for reading by pair of areas.

    Reads the file once, a few megabytes at a time; again from the start only where it turns out not to be in
    the order of its keys. Writes `year=YYYY/part-NNNNN.parquet`, `quarantine.csv` and `manifest.json`;
    `scan_bulk` reads them. Areas are found in `lookups`, or else in those of `datasets` or of the project.
    Lists of areas and products among `code_lists`, or beside the file where that is None, are kept with them.
    Raises: UnrecognisedFileError where no bulk layout has its header; InputError where the file is damaged or
    `out` holds anything but an earlier conversion; ExpectationError where too few rows can be accepted.
    """
    started = time.perf_counter()
    source, target = Path(path), Path(out)
    _check_target(target)
    layout, header = recognise_bulk(source)
    known = lookups or load_lookups(datasets or find_datasets())
    areas = build_area_table(known, totals=layout.counts_totals)
    context = BlockContext(source.name, header, areas, restore_zeros=True)
    listed = find_code_lists(source.parent) if code_lists is None else code_lists
    lists, notes = read_code_lists(listed, lookups=known)
    with _say_full(target), replace_folder(target) as staging:
        plan, tally = _follow_plans(source, staging, layout=layout, context=context)
        report = _build_report(source, target, layout=layout, plan=plan, tally=tally)
        notes += _compare_lists(lists, folder=staging)
        report = replace(report, notes=report.notes + notes)
        write_code_lists(lists, out=staging)
        write_records(staging, report=report, layout=layout, quarantine=tally.quarantine)
    return replace(report, seconds=time.perf_counter() - started, peak_memory_mib=measure_peak_memory())


@contextmanager
def _say_full(target: Path) -> Iterator[None]:
    """Turn what the system refuses, as Python or polars say it, into an error that names a file.

    Raises: FileAccessError.
    """
    try:
        yield
    except OSError as error:
        raise FileAccessError(error.filename or target, error) from error
    except pl.exceptions.PolarsError as error:
        code = _SYSTEM_ERROR.search(str(error))
        if code is None:
            raise
        raise FileAccessError(target, OSError(int(code[1]), os.strerror(int(code[1])))) from error


def recognise_bulk(path: Path) -> tuple[BulkLayout, BulkHeader]:
    """The layout that the file's header has, and the header.

    Raises: UnrecognisedFileError where no layout has it; InputError where its columns changed places.
    """
    with open_bytes(path) as stream:
        line, text = read_first_line(stream, file=path.name)
    headers = list(read_headers(line, text))
    for layout in LAYOUTS:
        header = layout.find_header(headers)
        if header is not None:
            layout.check_header(header, file=path.name)
            return layout, header
    known = "; ".join(f"{layout.layout} ({', '.join(sorted(layout.required))})" for layout in LAYOUTS)
    raise UnrecognisedFileError(
        path.name,
        problem="no bulk layout has this header",
        value=text[:200],
        remedy=f"Known bulk layouts: {known}. Small files of other layouts are read with etl.read_file.",
    )


def scan_bulk(out: Path) -> pl.LazyFrame:
    """All flows that `convert_bulk` wrote to a folder; a query reads no more than it needs.

    Columns: `year`, and those that the folder's `manifest.json` describes with their units.
    """
    return pl.scan_parquet(
        Path(out) / "year=*" / "*.parquet", hive_partitioning=True, hive_schema={"year": pl.Int16}
    )


def _follow_plans(
    path: Path, staging: Path, *, layout: BulkLayout, context: BlockContext
) -> tuple[_Plan, _Tally]:
    plan = _Plan()
    while True:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        try:
            current = replace(context, restore_zeros=plan.restore_zeros)
            return plan, _convert(path, staging, layout=layout, context=current, plan=plan)
        except OutOfOrderError:
            plan = replace(plan, is_sorted=False)
        except ZerosKeptError:
            plan = replace(plan, restore_zeros=False)


def _convert(path: Path, staging: Path, *, layout: BulkLayout, context: BlockContext, plan: _Plan) -> _Tally:
    runs = staging / "runs"
    rows = restored = 0
    found = [empty_quarantine()]
    with (
        PartWriter(staging, layout=layout, areas=context.areas) as parts,
        # What a conversion that stops leaves unread, no thread reads on.
        closing(read_in_order(path, layout=layout, context=context)) as reads,
    ):
        sink: FlowSink = SortedSink(parts) if plan.is_sorted else RunSink(parts, layout=layout, folder=runs)
        for read in reads:
            rows, restored = rows + read.rows_read, restored + read.codes_restored
            found = _add_quarantine(found, read.quarantine, file=path.name)
            sink.add(read.flows)
        copies = _quarantine_copies(sink.finish(), file=path.name)
        found = _add_quarantine(found, copies, file=path.name)
        written = parts.finish()
    shutil.rmtree(runs, ignore_errors=True)
    return _Tally(rows, restored, pl.concat(found).sort("line", maintain_order=True), written)


def _add_quarantine(found: list[pl.DataFrame], more: pl.DataFrame, *, file: str) -> list[pl.DataFrame]:
    if more.is_empty():
        return found
    everything = [*found, more]
    count = sum(frame.height for frame in everything)
    if count > MOST_QUARANTINED:
        reasons = pl.concat(everything)["reason"].value_counts(sort=True).rows()
        raise ExpectationError(
            file,
            expected=f"at most {MOST_QUARANTINED:,} rows to set aside",
            found=", ".join(f"{number:,} {reason}" for reason, number in reasons),
            remedy="Compare the file with its publisher's, and the lookups with its codes.",
        )
    return everything


def _quarantine_copies(twice: pl.DataFrame, *, file: str) -> pl.DataFrame:
    if twice.is_empty():
        return empty_quarantine()
    _, left_out = settle_copies(twice)
    cells = pl.exclude(KEY, LINE_OF_FLOW, *SETTLED).cast(pl.String).fill_null("")
    shown = left_out.with_columns(
        pl.col(LINE_OF_FLOW).cast(pl.Int64).alias(LINE), pl.concat_str(cells, separator=",").alias(ROW_TEXT)
    )
    same = Fault("duplicate_key", "", pl.lit(True), "the same as an earlier line", "Remove one of the two.")
    other = Fault(
        "duplicate_key",
        "",
        pl.lit(True),
        "another line gives a different value for the same flow",
        "Keep the line that the publisher's own file has; until then neither is used.",
    )
    found = [
        describe_rows(shown.filter("same"), same, file=file),
        describe_rows(shown.filter(~pl.col("same")), other, file=file),
    ]
    return pl.concat(found)


def _build_report(path: Path, out: Path, *, layout: BulkLayout, plan: _Plan, tally: _Tally) -> BulkReport:
    counts = tally.quarantine["reason"].value_counts().sort("reason").rows()
    accepted = sum(part.rows for part in tally.parts)
    report = BulkReport(
        file=path.name,
        layout=layout.layout,
        title=layout.title,
        out=out,
        rows_read=tally.rows_read,
        rows_accepted=accepted,
        quarantined={str(reason): int(count) for reason, count in counts},
        years=tuple(sorted({part.year for part in tally.parts})),
        files=tuple(sorted(tally.parts, key=lambda part: part.name)),
        was_sorted=plan.is_sorted,
        codes_restored=tally.codes_restored,
        notes=_list_notes(plan, tally),
        seconds=0.0,
    )
    if not accepted:
        found = ", ".join(f"{count:,} {reason}" for reason, count in report.quarantined.items()) or "no rows"
        raise ExpectationError(
            path.name, expected="rows to accept", found=found, remedy="Restore the file from its publisher."
        )
    if accepted + report.rows_quarantined != report.rows_read:
        raise ExpectationError(
            path.name,
            expected=f"{report.rows_read:,} rows accounted for",
            found=f"{accepted:,} accepted and {report.rows_quarantined:,} set aside",
            remedy="This is a defect of etl/bulk; please report it with the file's layout.",
        )
    return report


def _compare_lists(lists: CodeLists, *, folder: Path) -> tuple[str, ...]:
    if lists.products is None:
        return ()
    commodities = scan_bulk(folder).select("commodity").unique().collect()["commodity"]
    return compare_products(lists, commodities=commodities)


def _list_notes(plan: _Plan, tally: _Tally) -> tuple[str, ...]:
    notes = []
    if not plan.is_sorted:
        notes.append("The rows were not in the order of their keys; they were sorted on disk.")
    if tally.codes_restored:
        notes.append(
            f"{tally.codes_restored:,} product codes got back the leading zero that a spreadsheet ate."
        )
    if not plan.restore_zeros:
        notes.append("Codes of five digits were not taken for eaten zeros: other codes here have their zero.")
    return tuple(notes)


def _check_target(out: Path) -> None:
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / MANIFEST).exists())):
        raise InputError(
            str(out),
            problem="holds something other than an earlier conversion",
            remedy="Name a folder that is new or empty.",
        )
