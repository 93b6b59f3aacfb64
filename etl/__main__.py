"""Command line of the ETL. Exit codes: 0 fine, 1 findings, 2 cannot be done."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from etl.errors import FootnotedError
from etl.export import FORMATS, export
from etl.intake import Watcher, ignore_progress
from etl.pipeline import Report, publish_report, run_steps
from etl.provenance import DATASETS_VARIABLE, SNAPSHOTS_VARIABLE, find_datasets, seal_input
from etl.snapshot import open_snapshot

FINE, FINDINGS, FAILED = 0, 1, 2
app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Publishers' files and documents to one checked snapshot.",
)
notices = Console(stderr=True, soft_wrap=True, highlight=False)

Datasets = Annotated[
    Path | None,
    typer.Option(envvar=DATASETS_VARIABLE, help="Folder that holds sources/, dossiers/ and lookups/."),
]
Snapshots = Annotated[
    Path | None,
    typer.Option(
        "--out", envvar=SNAPSHOTS_VARIABLE, help="Folder of snapshots; by default datasets/snapshots."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")]


@app.command("build")
def build_command(datasets: Datasets = None, out: Snapshots = None, as_json: AsJson = False) -> None:
    """Run every step and publish a snapshot."""
    folder = datasets or find_datasets()
    with refuse_clearly(as_json=as_json):
        with watch_progress(is_quiet=as_json) as watch:
            report = run_steps(folder, watch=watch)
        snapshot = publish_report(report, out or folder / "snapshots")
        describe = describe_report(report) | {"snapshot_id": snapshot.snapshot_id}
        print_report(describe, report, as_json=as_json)
    raise typer.Exit(FINE if report.is_clean else FINDINGS)


@app.command("validate")
def validate_command(datasets: Datasets = None, as_json: AsJson = False) -> None:
    """Check every input and print what was found; write nothing."""
    folder = datasets or find_datasets()
    with refuse_clearly(as_json=as_json):
        with watch_progress(is_quiet=as_json) as watch:
            report = run_steps(folder, watch=watch)
        print_report(describe_report(report), report, as_json=as_json)
    raise typer.Exit(FINE if report.is_clean else FINDINGS)


@app.command("export")
def export_command(
    to: Annotated[Path, typer.Option("--to", help="Folder to write to.")],
    chosen: Annotated[
        list[str] | None, typer.Option("--format", help=f"One of {', '.join(FORMATS)}; may be repeated.")
    ] = None,
    snapshot: Annotated[
        Path | None, typer.Option(help="A snapshot, or a folder of them; by default the newest.")
    ] = None,
) -> None:
    """Write every table of a snapshot as files."""
    with refuse_clearly(as_json=False):
        opened = open_snapshot(snapshot)
        written = export(opened, to, tuple(chosen or FORMATS[:1]))
        typer.echo(f"{len(written)} files of snapshot {opened.snapshot_id} written to {to}")


@app.command("seal")
def seal_command(
    files: Annotated[
        list[Path], typer.Argument(help="Files under datasets/sources/ that were changed on purpose.")
    ],
) -> None:
    """Write the present SHA-256 of changed source files into their sidecars."""
    with refuse_clearly(as_json=False):
        for path in files:
            typer.echo(f"{path}: sealed with {seal_input(path)}")


@contextmanager
def refuse_clearly(*, as_json: bool) -> Iterator[None]:
    """Turn a refusal into a message and exit code 2; the last good snapshot stays as it was."""
    try:
        yield
    except FootnotedError as error:
        fail(error, as_json=as_json)


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
        yield ignore_progress
    elif notices.is_terminal and not os.environ.get("CI"):
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


def describe_report(report: Report) -> dict[str, object]:
    """A report as plain values."""
    return {
        "as_of": report.as_of.isoformat(),
        "rows": {name: table.height for name, table in report.tables.items()},
        "sources": report.tables["sources"]
        .select("file", "rows_read", "rows_accepted", "rows_quarantined")
        .to_dicts(),
        "verdicts": dict(
            report.tables["verdicts"]
            .group_by("occasion", "verdict")
            .len()
            .sort("occasion", "verdict")
            .select("occasion", "verdict", "len")
            .map_rows(lambda row: (f"{row[0]}: {row[1]}", row[2]))
            .rows()
        ),
        "quarantined": [str(entry) for entry in report.rejected],
        "findings": list(report.findings),
        "seconds": round(report.seconds, 3),
    }


def print_report(described: dict[str, object], report: Report, *, as_json: bool) -> None:
    """The report for a machine or for a person."""
    if as_json:
        typer.echo(json.dumps(described))
        return
    say: Callable[[str], None] = typer.echo
    sources = report.tables["sources"]
    accepted, read = (sum(sources[name].to_list()) for name in ("rows_accepted", "rows_read"))
    say(f"{sources.height} files: {read} rows read, {accepted} accepted, {read - accepted} in quarantine")
    say(", ".join(f"{table.height} {name}" for name, table in report.tables.items() if table.height))
    for entry in report.rejected:
        say(f"quarantined  {entry}")
    for finding in report.findings:
        say(f"finding      {finding}")
    if "snapshot_id" in described:
        say(f"snapshot {described['snapshot_id']}, as of {report.as_of}, in {report.seconds:.2f} s")


if __name__ == "__main__":
    app()
