"""New files among the datasets: what they hold, what they revise, and which verdicts they change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from etl.changes import SAME_SERIES, compare_verdicts
from etl.countries import load_lookups
from etl.errors import InputError, SchemaError
from etl.folders import find_snapshots
from etl.intake import KEYS, Inspection, RecognisedFile, inspect_file
from etl.last_edition import Findings, compare_with_last, measure_rows
from etl.pipeline import BuildReport, find_unchanged, run_steps
from etl.provenance import Coverage, InputFile, find_sidecar, format_sidecar, name_vintage, open_input
from etl.reconcile.coverage import describe_coverage
from etl.reconcile.revision_limits import load_floors
from etl.whole_files import hold_folder, list_files, settle_folder, write_together

DEAL_NUMBERS = ("number_ordered", "number_delivered", "tiv_order", "tiv_delivered")


@dataclass(frozen=True)
class Addition:
    """One file to be added: what it is, where it goes, whether it is not there yet, and what it changes.

    `findings` hold it against the last edition of its source; None where none is held, or the file is there.
    """

    inspection: Inspection
    target: Path
    is_new: bool
    findings: Findings | None = None

    @property
    def is_grave(self) -> bool:
        """Whether it lost or moved more than revisions of its publisher do."""
        return self.findings is not None and bool(self.findings.grave)


@dataclass(frozen=True)
class AddingReport:
    """What adding files does: the files, the tables before and after, and the verdicts that change."""

    additions: tuple[Addition, ...]
    before: BuildReport
    after: BuildReport

    @property
    def verdict_changes(self) -> pl.DataFrame:
        """Claims whose verdict, reason or reference on the snapshot's day is another one than before.

        Columns: claim_id, verdict and reason before and after, explanation and arithmetic after.
        """
        return compare_verdicts(self.before.tables["verdicts"], self.after.tables["verdicts"])


def add_files(
    paths: list[Path],
    *,
    datasets: Path,
    is_rehearsal: bool = False,
    stated: Mapping[str, str] | None = None,
    vintage: date | None = None,
    is_accepted: bool = False,
) -> AddingReport:
    """Put downloads among the datasets, each with its sidecar, and judge every claim again.

    A rehearsal does all but write, and so does a file that lost or moved more than revisions do, unless that
    `is_accepted`. A file that is there already, byte for byte, is left alone. `stated` is
    what the files do not print themselves, such as {"partner": "China"}, and `vintage` the day of editions
    that print none.
    Raises: InputError where a file is not recognised, another file stands where it would go, or what it lost
    or moved is not accepted.
    """
    with nullcontext() if is_rehearsal else hold_folder(datasets):
        settle_folder(datasets / "sources")
        planned = [plan_addition(path, datasets=datasets, stated=stated, vintage=vintage) for path in paths]
        settled = _settle_batch(planned, paths)
        unchanged = find_unchanged(datasets, find_snapshots(datasets))
        before = unchanged[0] if unchanged else run_steps(datasets)
        additions = hold_against_last(settled, before, datasets=datasets)
        if not (is_rehearsal or is_accepted):
            refuse_grave(additions)
        fresh = [name_input(addition, datasets=datasets) for addition in additions if addition.is_new]
        after = run_steps(datasets, extra=fresh) if fresh else before
        if not is_rehearsal:
            store_additions(additions, datasets=datasets)
    return AddingReport(tuple(additions), before, after)


def _settle_batch(planned: list[Addition], paths: list[Path]) -> list[Addition]:
    """The files with each content once; two different ones that would go to one place are refused."""
    places: dict[Path, tuple[Path, str]] = {}
    targets: dict[str, Path] = {}
    additions = []
    for addition, path in zip(planned, paths, strict=True):
        sha256 = addition.inspection.file.sha256
        first, stands = places.setdefault(addition.target, (path, sha256))
        if stands != sha256:
            problem = f"another file of this name, {first}, would go to the same place"
            raise InputError(path, problem=problem, remedy="Rename one of the two.")
        if sha256 in targets:
            additions.append(replace(addition, target=targets[sha256], is_new=False))
        else:
            targets[sha256] = addition.target
            additions.append(addition)
    return additions


def plan_addition(
    path: Path,
    *,
    datasets: Path,
    stated: Mapping[str, str] | None = None,
    vintage: date | None = None,
) -> Addition:
    """What a file is and where it would go.

    Raises: InputError where another file stands there.
    """
    inspection = inspect_file(path, datasets=datasets, stated=stated, vintage=vintage)
    sidecar = inspection.file.sidecar
    edition = name_vintage(sidecar.vintage, sidecar.vintage_precision)
    target = datasets / "sources" / sidecar.source_id / edition / path.name
    same = find_same_content(inspection.file, datasets=datasets)
    if same is not None and open_input(same, datasets=datasets).sidecar.stated != sidecar.stated:
        raise InputError(
            str(path),
            problem=f"it stands at {same.relative_to(datasets).as_posix()}, and other things are said of it",
            value=sidecar.stated,
            remedy=f"Correct stated in {find_sidecar(same).name} there, or remove both and add it again.",
        )
    if same is not None:
        return Addition(inspection, same, is_new=False)
    if target.exists():
        raise InputError(
            str(path),
            problem=f"another file stands at {target.relative_to(datasets).as_posix()}",
            remedy="Rename the new file if both are wanted, or remove the old one and its sidecar.",
        )
    return Addition(inspection, target, is_new=True)


def hold_against_last(additions: list[Addition], before: BuildReport, *, datasets: Path) -> list[Addition]:
    """The new files with what each lost or moved against the last edition, held or among them."""
    fresh = [addition for addition in additions if addition.is_new]
    if not fresh:
        return additions
    floors, lookups = load_floors(datasets), load_lookups(datasets)
    rows = {one.target: measure_rows(one.inspection.table, name_rows(one)) for one in fresh}
    held = pl.concat([measure_rows(name, before.tables[name]) for name in KEYS])
    beside = pl.concat([held, *rows.values()])

    def compare(one: Addition) -> Findings | None:
        file, find = one.inspection.file, one.inspection.source.find_coverage
        said = (find(file) if find else None) or Coverage()
        covers = describe_coverage(said, stated=file.sidecar.stated, lookups=lookups)
        return compare_with_last(rows[one.target], held=held, beside=beside, covers=covers, floors=floors)

    return [replace(one, findings=compare(one)) if one.is_new else one for one in additions]


def name_rows(addition: Addition) -> pl.DataFrame:
    """The rows of a new file under a name that no other new file has."""
    return addition.inspection.rows.with_columns(source_file=pl.lit(str(addition.target)))


def refuse_grave(additions: Sequence[Addition]) -> None:
    """Stop at files that lost or moved more than revisions of their publisher do.

    Raises: InputError with what is gone or jumps, in figures.
    """
    for addition in additions:
        if addition.findings is not None and addition.is_grave:
            lines = "".join(f"\n  {line}" for line in addition.findings.lines)
            raise InputError(
                addition.inspection.file.name,
                problem=f"it does not follow on the last edition\n{lines.lstrip(chr(10))}\n ",
                remedy="Where this is meant: footnoted add --accept",
            )


def find_same_content(file: InputFile, *, datasets: Path) -> Path | None:
    """A file among the datasets with the same bytes."""
    size = len(file.content)
    for path in list_files(datasets / "sources"):
        if path.stat().st_size == size and path.read_bytes() == file.content:
            return path
    return None


def name_input(addition: Addition, *, datasets: Path) -> RecognisedFile:
    """The new file under the name it will have among the datasets."""
    recognised = addition.inspection.recognised
    name = addition.target.relative_to(datasets).as_posix()
    return replace(recognised, file=replace(recognised.file, name=name))


def store_additions(additions: list[Addition], *, datasets: Path) -> None:
    """Write the files that are new with their sidecars: all of them or none."""
    sources, files = datasets / "sources", {}
    for addition in (addition for addition in additions if addition.is_new):
        file = addition.inspection.file
        files[addition.target.relative_to(sources).as_posix()] = file.content
        files[find_sidecar(addition.target).relative_to(sources).as_posix()] = format_sidecar(file.sidecar)
    write_together(sources, files)


def compare_editions(old: Path, new: Path, *, datasets: Path) -> pl.DataFrame:
    """What one edition revises of another.

    Rows: one per series and period that both have with different values, the largest change first; then
    the periods that only one has. Columns: `change` (revised, added, gone), the series and period,
    value_before, value_after and their difference in the base unit.
    Raises: InputError where a file is not recognised; SchemaError where the two belong to different tables.
    """
    before, after = (inspect_file(path, datasets=datasets) for path in (old, new))
    if before.table != after.table:
        raise SchemaError(f"{old} gives {before.table} and {new} gives {after.table}: nothing to compare.")
    if before.table == "deals":
        return _compare(_unpivot_deals(before.rows), _unpivot_deals(after.rows), keys=["deal_id", "number"])
    columns = [*SAME_SERIES, "time_period", "obs_value"]
    return _compare(
        before.rows.select(columns).rename({"obs_value": "value"}),
        after.rows.select(columns).rename({"obs_value": "value"}),
        keys=[*SAME_SERIES, "time_period"],
    )


def _compare(before: pl.DataFrame, after: pl.DataFrame, *, keys: list[str]) -> pl.DataFrame:
    joined = before.with_columns(stood=True).join(
        after.with_columns(stands=True), on=keys, how="full", coalesce=True, suffix="_after", nulls_equal=True
    )
    change = (
        pl.when(pl.col("stood").is_null())
        .then(pl.lit("added"))
        .when(pl.col("stands").is_null())
        .then(pl.lit("gone"))
        .otherwise(pl.lit("revised"))
    )
    compared = joined.with_columns(
        change=change, value_before=pl.col("value"), difference=pl.col("value_after") - pl.col("value")
    )
    differs = (pl.col("change") != "revised") | pl.col("value").ne_missing(pl.col("value_after"))
    order = pl.col("change").replace_strict({"revised": 0, "added": 1, "gone": 2})
    return (
        compared.filter(differs)
        .sort(
            order,
            pl.col("difference").abs(),
            *keys,
            descending=[False, True, *[False] * len(keys)],
            nulls_last=True,
        )
        .select("change", *keys, "value_before", "value_after", "difference")
    )


def _unpivot_deals(deals: pl.DataFrame) -> pl.DataFrame:
    numbers = [pl.col(name).cast(pl.Float64) for name in DEAL_NUMBERS]
    return deals.select("deal_id", *numbers).unpivot(
        list(DEAL_NUMBERS), index="deal_id", variable_name="number", value_name="value"
    )
