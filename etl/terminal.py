"""What commands share: refusing clearly, showing progress, and describing a file in lines."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from etl.errors import FileAccessError, FootnotedError, InputError
from etl.folders import DATASETS_VARIABLE

if TYPE_CHECKING:
    from rich.progress import Progress

    from etl.editions import AddingReport, Addition
    from etl.intake import Watcher
    from etl.reading import Rejected

FINE, FINDINGS, FAILED = 0, 1, 2
SHOWN_ROWS = 10
UNSPOKEN = frozenset(
    {"change", "value_before", "value_after", "difference", "period_start", "period_end", "valuation"}
)
notices = Console(stderr=True, soft_wrap=True, highlight=False)

Datasets = Annotated[
    Path | None,
    typer.Option(envvar=DATASETS_VARIABLE, help="Folder that holds sources/, dossiers/ and lookups/."),
]


def split_settings(settings: list[str]) -> dict[str, str]:
    """Values by name from "name=value".

    Raises: InputError where one is no such pair, or a name stands twice.
    """
    pairs = [setting.partition("=") for setting in settings]
    names = [name.strip() for name, _, _ in pairs]
    if any(not (name.strip() and value.strip()) for name, _, value in pairs) or len(set(names)) < len(names):
        remedy = "Write --set name=value, each name once."
        raise InputError("--set", problem="not one value a name", value=" ".join(settings), remedy=remedy)
    return {name.strip(): value.strip() for name, _, value in pairs}


def print_additions(report: AddingReport, *, is_rehearsal: bool) -> None:
    """What adding files brought, in lines: each of them, and the verdicts that change."""
    for addition in report.additions:
        print_addition(addition)
    changes = report.verdict_changes.to_dicts()
    for change in changes:
        moved = f"{change['verdict_before']} -> {change['verdict']} ({change['reason']})"
        typer.echo(f"verdict      {change['claim_id']}: {moved}\n             {change['arithmetic']}")
    follows = "nothing was written" if is_rehearsal else "footnoted build takes it into a snapshot"
    typer.echo(f"{len(changes)} verdicts change; {follows}")


def print_addition(addition: Addition) -> None:
    """What one added file is, in lines."""
    found, sidecar = addition.inspection, addition.inspection.file.sidecar
    typer.echo(f"{found.file.name}: {found.source.title} ({found.source.layout})")
    typer.echo(f"  publisher  {sidecar.publisher}, vintage {sidecar.vintage} ({sidecar.vintage_basis})")
    if sidecar.known_basis == "assumed":
        typer.echo(
            "  undated    it fills gaps and changes nothing that a dated edition says; "
            "where you know its day: --vintage DAY"
        )
    if found.table == "observations":
        series = found.rows.n_unique(["indicator", "ref_area", "counterpart_area", "commodity"])
        periods = found.rows["time_period"].unique().sort()
        spoken = f"{periods[0]} to {periods[-1]}" if len(periods) else "none"
        typer.echo(f"  holds      {found.rows.height} observations in {series} series, periods {spoken}")
    else:
        typer.echo(f"  holds      {found.rows.height} {found.table}")
    accepted = found.rows_read - found.rows_rejected
    typer.echo(
        f"  rows       {found.rows_read} read, {accepted} accepted, {found.rows_rejected} in quarantine"
    )
    for line in describe_rejected(found.rejected):
        typer.echo(f"  quarantined  {line}")
    for line in addition.findings.lines if addition.findings else ():
        typer.echo(f"  {line}")
    if addition.is_grave:
        typer.echo("  refused    without --accept, which says that this is meant")
    typer.echo(f"  {'goes to   ' if addition.is_new else 'is already'} {addition.target}")


def describe_rejected(rejected: Sequence[Rejected]) -> list[str]:
    """Rows and cells set aside, one line for each while they are few, else one for each reason."""
    if len(rejected) <= SHOWN_ROWS:
        return [str(entry) for entry in rejected]
    reasons: dict[str, list[Rejected]] = {}
    for entry in sorted(rejected, key=lambda entry: entry.line):
        reasons.setdefault(entry.reason, []).append(entry)
    return [
        f"{len(entries):,} as {reason}, the first: {entries[0]}" if len(entries) > 1 else str(entries[0])
        for reason, entries in reasons.items()
    ]


def format_revision(row: dict[str, object]) -> str:
    """One revised value in a line."""
    named = " ".join(str(row[name]) for name in row if name not in UNSPOKEN)
    values = f"{row['value_before']} -> {row['value_after']}"
    moved = "" if row["difference"] is None else f" ({row['difference']:+g})"
    return f"{row['change']:8} {named}: {values}{moved}"


def find_kept_snapshot(named: Path, *, snapshots: Path) -> Path | None:
    """The folder of a snapshot that is named by its folder or its id; None where it is something else."""
    candidates = (named, snapshots / named) if len(named.parts) == 1 else (named,)
    return next((folder for folder in candidates if (folder / "manifest.json").is_file()), None)


def print_changes(before: Path, after: Path, *, most: int, as_json: bool) -> None:
    """What one snapshot brought against another, in lines or as JSON."""
    from etl.changes import compare_snapshots
    from etl.snapshot import Snapshot
    from etl.units import format_value

    later = Snapshot(after)
    changes = compare_snapshots(Snapshot(before), later)
    if as_json:
        typer.echo(changes.write_json(), nl=False)
        return
    typer.echo(f"{changes.before_id} -> {changes.after_id}")
    typer.echo(", ".join(changes.list_counts()) or "nothing changed")
    for row in changes.editions.to_dicts():
        typer.echo(f"edition {row['change']}: {row['publisher']}, {row['vintage']}, {row['file']}")
    for row in changes.verdicts.to_dicts():
        moved = f"{row['verdict_before']} -> {row['verdict']} ({row['reason']})"
        typer.echo(f"verdict turned: {row['claim_id']}: {moved}\n  {row['arithmetic']}")
    for row in changes.claims.to_dicts():
        typer.echo(f"claim {row['change']}: {row['claim_id']}: {row['stated_as']}")
    for row in changes.figures.head(most).to_dicts():
        values = " -> ".join(
            format_value(row[name], row["unit_measure"]) for name in ("value_before", "value_after")
        )
        found = later.evidence(row["obs_id"])
        typer.echo(f"figure restated: {found.title}, {found.period} ({row['publisher']}): {values}")
    if changes.figures.height > most:
        typer.echo(f"... and {changes.figures.height - most} more; --most shows them")


@contextmanager
def refuse_clearly(*, as_json: bool) -> Iterator[None]:
    """Turn a refusal into a message and exit code 2; the last good snapshot stays as it was."""
    try:
        yield
    except FootnotedError as error:
        fail(error, as_json=as_json)
    except OSError as error:
        fail(FileAccessError(None, error), as_json=as_json)


def fail(error: FootnotedError, *, as_json: bool) -> NoReturn:
    """Say what is wrong and stop."""
    if as_json:
        typer.echo(json.dumps({"error": type(error).__name__, "message": str(error)}))
    notices.print(f"[bold red]refused[/]  {type(error).__name__}", end="\n")
    notices.print(str(error), markup=False)
    raise typer.Exit(FAILED)


@contextmanager
def watch_progress(*, is_quiet: bool) -> Iterator[Watcher]:
    """A progress bar when a person watches, a plain line per step when nobody does, nothing for machines."""
    if is_quiet:
        yield lambda _step, _done, _total: None
    elif notices.is_terminal and not os.environ.get("CI"):
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=notices, transient=True) as progress:
            yield follow_with_bar(progress)
    else:
        yield lambda step, done, total: print(f"[{done}/{total}] {step}", file=sys.stderr)


def follow_with_bar(progress: Progress) -> Watcher:
    """A watcher that moves one bar."""
    task = progress.add_task("opening inputs", total=None)

    def follow(step: str, done: int, total: int) -> None:
        progress.update(task, description=step, completed=done, total=total)

    return follow
