"""Everything that Footnoted does on a command line; `python -m footnoted` is the same command."""

from __future__ import annotations

import typer

from dashboard.__main__ import command as dashboard_command
from etl.__main__ import app as etl_command

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Publishers' files and documents to one checked snapshot, and the dashboard that shows it.",
)
app.add_typer(etl_command)
app.add_typer(dashboard_command)

if __name__ == "__main__":
    app(prog_name="footnoted")
