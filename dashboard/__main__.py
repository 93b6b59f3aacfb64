"""Command line of the dashboard; each command imports what it needs when it runs."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

import etl

command = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="The dashboard of Footnoted.",
)


@command.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8050,
    snapshot: Annotated[
        Path | None, typer.Option(help="Folder of a snapshot; else the newest good one.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Show only what was known on this day, as 2024-03-31.")
    ] = None,
) -> None:
    """Serve a snapshot until stopped."""
    from dashboard.site.server import USAGE_ERROR, serve_application

    day = _read_day(as_of)
    try:
        # Whichever is the newest later on, every worker serves the one that is opened now.
        opened = etl.open_snapshot(snapshot, as_of=day)
        opened.check_files()
    except etl.SnapshotError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(USAGE_ERROR) from error

    def announce() -> None:
        sys.stdout.write(f"Footnoted is at http://{host}:{port}/ (Ctrl+C stops it)\n")
        sys.stdout.flush()

    serve_application(opened.folder, day, announce=announce, host=host, port=port)


@command.command()
def verify(
    saved: Annotated[Path, typer.Argument(metavar="FILE", help="A chart saved as SVG, CSV or Parquet.")],
    snapshot: Annotated[
        Path | None, typer.Option(help="Folder of the snapshot to compare with; else the newest good one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print plain values.")] = False,
    has_figures: Annotated[bool, typer.Option("--figures", help="List every figure that was shown.")] = False,
) -> None:
    """Say what a saved chart showed, and whether its figures have changed: exit 0 no, 1 yes, 2 unreadable."""
    from dashboard.saved_pictures import verify_saved

    raise typer.Exit(
        verify_saved(
            saved,
            folder=snapshot,
            as_json=as_json,
            has_figures=has_figures,
            echo=typer.echo,
            echo_error=lambda text: typer.echo(text, err=True),
        )
    )


@command.command()
def report(
    dossier: Annotated[
        str | None, typer.Option(help="Dossier, as india_russia; else the one with most documents.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Write only what was known on this day, as 2024-03-31.")
    ] = None,
    snapshot: Annotated[
        Path | None, typer.Option(help="Folder of a snapshot; else the newest good one.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="HTML file to write; else one named after dossier, snapshot and day.")
    ] = None,
    site: Annotated[
        str | None, typer.Option(help="Address of a served dashboard, for links that lead out of the file.")
    ] = None,
) -> None:
    """Write a dossier as one HTML file that opens without a network: exit 2 where that cannot be."""
    from dashboard.report import ReportOrder, save_report

    order = ReportOrder(dossier=dossier, as_of=_read_day(as_of), folder=snapshot, out=out, site=site)
    raise typer.Exit(save_report(order, echo=typer.echo, echo_error=lambda text: typer.echo(text, err=True)))


def _read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(
            f"{text!r} is not a date such as 2024-03-31.", param_hint="--as-of"
        ) from error


if __name__ == "__main__":
    command()
