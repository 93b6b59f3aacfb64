"""The command that verifies, run as a reader would."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

import etl
from dashboard.__main__ import command


def run_verify(saved: Path | str, *options: str, snapshot: etl.Snapshot) -> Result:
    """What the command says of a file or a code, held against a snapshot."""
    arguments = ["verify", str(saved), "--snapshot", str(snapshot.folder), *options]
    return CliRunner().invoke(command, arguments)
