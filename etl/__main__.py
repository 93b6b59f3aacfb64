"""Command line of the ETL. Exit codes: 0 fine, 1 findings, 2 cannot be done.

Each command imports what it needs when it runs, so that `--help` and a refused option wait for nothing else.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.check_commands import benchmark_command, check_command, draft_command, read_day
from etl.fetch_commands import fetch_app
from etl.folders import SNAPSHOTS_VARIABLE, find_datasets, find_snapshots
from etl.terminal import (
    FINDINGS,
    FINE,
    Datasets,
    find_kept_snapshot,
    format_revision,
    print_additions,
    print_changes,
    refuse_clearly,
    split_settings,
    watch_progress,
)

if TYPE_CHECKING:
    from etl.pipeline import BuildReport

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Publishers' files and documents to one checked snapshot.",
)
app.add_typer(fetch_app, name="fetch")
app.command("check")(check_command)
app.command("draft")(draft_command)
app.command("benchmark")(benchmark_command)

Snapshots = Annotated[
    Path | None,
    typer.Option(
        "--out", envvar=SNAPSHOTS_VARIABLE, help="Folder of snapshots; by default datasets/snapshots."
    ),
]
SnapshotPath = Annotated[
    Path | None, typer.Option("--snapshot", help="A snapshot, or a folder of them; by default the newest.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")]
Said = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help="What the files do not print and you know, such as flow=exports or partner=China; may be "
        "repeated. A file that lacks something says what.",
    ),
]
VintageDay = Annotated[
    date | None,
    typer.Option(
        parser=read_day,
        metavar="DAY",
        help="The day on which editions that print none came out, where you know it. Else their day is "
        "assumed: they fill gaps and never change what a dated edition says.",
    ),
]
IsRehearsal = Annotated[bool, typer.Option("--dry-run", help="Show all this and write nothing.")]
IsAccepted = Annotated[
    bool,
    typer.Option(
        "--accept",
        help="Add files too that lost rows, areas or periods of the last edition, or whose levels jump "
        "further than its publisher's revisions ever did.",
    ),
]


@app.command("build")
def build_command(datasets: Datasets = None, out: Snapshots = None, as_json: AsJson = False) -> None:
    """Run every step and publish a snapshot."""
    from etl.pipeline import build_report

    folder = datasets or find_datasets()
    with refuse_clearly(as_json=as_json):
        with watch_progress(is_quiet=as_json) as watch:
            report, snapshot = build_report(folder, out or folder / "snapshots", watch=watch)
        describe = describe_report(report) | {"snapshot_id": snapshot.snapshot_id}
        print_report(describe, report, as_json=as_json)
    raise typer.Exit(FINE if report.is_clean else FINDINGS)


@app.command("validate")
def validate_command(datasets: Datasets = None, as_json: AsJson = False) -> None:
    """Check every input and print what was found; write nothing."""
    from etl.pipeline import run_steps

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
        list[str] | None,
        typer.Option(
            "--format",
            help="A format, such as csv or datapackage; may be repeated; csv where none is named. "
            "A name that nothing writes is answered with the list of all.",
        ),
    ] = None,
    snapshot: SnapshotPath = None,
    include_restricted: Annotated[
        bool,
        typer.Option(
            "--include-restricted", help="With the values that may not be passed on, for your own use."
        ),
    ] = False,
) -> None:
    """Write a snapshot as files: every table, or references, passages and claims, or a data package."""
    from etl.export import Release, export
    from etl.snapshot import open_snapshot

    with refuse_clearly(as_json=False):
        opened = open_snapshot(snapshot)
        written = export(opened, to, tuple(chosen or ("csv",)), include_restricted=include_restricted)
        typer.echo(f"{len(written)} files of snapshot {opened.snapshot_id} written to {to}")
        for entry in Release(opened, include_restricted=include_restricted).withheld:
            typer.echo(
                f"withheld     {entry.rows} values of {entry.publisher}, {entry.product} ({entry.licence})"
            )


@app.command("bundle")
def bundle_command(
    rows: Annotated[list[str], typer.Argument(help="Ids of claims, observations, deals or milestones.")],
    to: Annotated[Path, typer.Option("--to", help="The zip file to write.")],
    title: Annotated[str | None, typer.Option(help="What it is called; by default after its rows.")] = None,
    snapshot: SnapshotPath = None,
    datasets: Datasets = None,
) -> None:
    """Write the evidence of rows as a zip whose reproduce.py works them out again without the network."""
    from etl.bundle import write_bundle
    from etl.snapshot import open_snapshot

    with refuse_clearly(as_json=False):
        opened = open_snapshot(snapshot)
        write_bundle(opened, rows, to, title=title, datasets=datasets)
        counted = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
        typer.echo(f"{to}: the evidence of {counted} of snapshot {opened.snapshot_id}")


@app.command("add")
def add_command(
    files: Annotated[list[Path], typer.Argument(help="Files as their publishers give them.")],
    datasets: Datasets = None,
    said: Said = None,
    vintage: VintageDay = None,
    is_rehearsal: IsRehearsal = False,
    is_accepted: IsAccepted = False,
) -> None:
    """Put downloads among the datasets, and say which verdicts change."""
    from etl.editions import add_files

    with refuse_clearly(as_json=False):
        report = add_files(
            files,
            datasets=datasets or find_datasets(),
            is_rehearsal=is_rehearsal,
            stated=split_settings(said or []),
            vintage=vintage,
            is_accepted=is_accepted,
        )
        print_additions(report, is_rehearsal=is_rehearsal)
    worth_a_word = any(one.inspection.rejected or one.is_grave for one in report.additions)
    raise typer.Exit(FINDINGS if worth_a_word else FINE)


@app.command("diff")
def diff_command(
    old: Annotated[Path, typer.Argument(help="The earlier edition, or the id or folder of a snapshot.")],
    new: Annotated[Path, typer.Argument(help="The later one.")],
    datasets: Datasets = None,
    snapshots: Snapshots = None,
    most: Annotated[int, typer.Option(help="Lines to print.")] = 40,
    as_json: AsJson = False,
) -> None:
    """List what a new edition, or a new snapshot, revises, the largest change first."""
    from etl.editions import compare_editions

    with refuse_clearly(as_json=as_json):
        folders = [find_kept_snapshot(one, snapshots=snapshots or find_snapshots()) for one in (old, new)]
        if folders[0] and folders[1]:
            print_changes(folders[0], folders[1], most=most, as_json=as_json)
            raise typer.Exit(FINE)
        compared = compare_editions(old, new, datasets=datasets or find_datasets())
        if as_json:
            typer.echo(compared.write_json())
            raise typer.Exit(FINE)
        counts = dict(compared.group_by("change").len().sort("change").iter_rows())
        typer.echo(", ".join(f"{count} {change}" for change, count in counts.items()) or "no difference")
        for row in compared.head(most).to_dicts():
            typer.echo(format_revision(row))
        if compared.height > most:
            typer.echo(f"... and {compared.height - most} more; --most shows them")
    raise typer.Exit(FINE)


@app.command("convert")
def convert_command(
    file: Annotated[Path, typer.Argument(help="A bulk file of CEPII BACI or UN Comtrade.")],
    to: Annotated[Path, typer.Option("--to", help="Folder to write to; it must not exist yet.")],
    datasets: Datasets = None,
) -> None:
    """Check a bulk file of millions of flows and write it as Parquet by year."""
    from etl.bulk import convert_bulk
    from etl.countries import load_lookups

    with refuse_clearly(as_json=False):
        report = convert_bulk(file, to, lookups=load_lookups(datasets or find_datasets()))
        typer.echo(f"{report.file}: {report.title} ({report.layout})")
        set_aside = report.rows_read - report.rows_accepted
        typer.echo(
            f"{report.rows_read} rows read, {report.rows_accepted} accepted, {set_aside} in quarantine"
        )
        for reason, count in report.quarantined.items():
            typer.echo(f"  {count} {reason}")
        for note in report.notes:
            typer.echo(f"note: {note}")
        typer.echo(f"{len(report.files)} files by year under {report.out}, in {report.seconds:.1f} s")
    raise typer.Exit(FINDINGS if set_aside else FINE)


@app.command("seal")
def seal_command(
    files: Annotated[
        list[Path], typer.Argument(help="Files under datasets/sources/ that were changed on purpose.")
    ],
) -> None:
    """Write the present SHA-256 of source files into their sidecars, and begin one where there is none.

    What is begun holds what the file itself says; the rest is left blank for you to fill in.
    """
    from etl.provenance import find_sidecar
    from etl.sealing import seal_file

    blanks = False
    with refuse_clearly(as_json=False):
        for path in files:
            seal = seal_file(path)
            begun = f"; its sidecar {find_sidecar(path).name} is begun" if seal.is_begun else ""
            typer.echo(f"{path}: sealed with {seal.sha256}{begun}")
            if seal.blanks:
                blanks = True
                typer.echo(f"  fill in    {', '.join(seal.blanks)}")
    raise typer.Exit(FINDINGS if blanks else FINE)


def describe_report(report: BuildReport) -> dict[str, object]:
    """A report as plain values."""
    return {
        "as_of": report.as_of.isoformat(),
        "rows": dict(report.rows),
        "sources": report.tables["sources"]
        .select("file", "rows_read", "rows_accepted", "rows_quarantined")
        .to_dicts(),
        "verdicts": {
            f"{occasion}: {verdict}": count
            for occasion, verdict, count in report.tables["verdicts"]
            .group_by("occasion", "verdict")
            .len()
            .sort("occasion", "verdict")
            .iter_rows()
        },
        "quarantined": [str(entry) for entry in report.rejected],
        "findings": list(report.findings),
        "seconds": round(report.seconds, 3),
    }


def print_report(described: dict[str, object], report: BuildReport, *, as_json: bool) -> None:
    """The report for a machine or for a person."""
    if as_json:
        typer.echo(json.dumps(described))
        return
    sources = report.tables["sources"]
    accepted, read = (sum(sources[name].to_list()) for name in ("rows_accepted", "rows_read"))
    typer.echo(
        f"{sources.height} files: {read} rows read, {accepted} accepted, {read - accepted} in quarantine"
    )
    typer.echo(", ".join(f"{count} {name}" for name, count in report.rows.items() if count))
    for entry in report.rejected:
        typer.echo(f"quarantined  {entry}")
    for finding in report.findings:
        typer.echo(f"finding      {finding}")
    if "snapshot_id" in described:
        typer.echo(f"snapshot {described['snapshot_id']}, as of {report.as_of}, in {report.seconds:.2f} s")


if __name__ == "__main__":
    app()
