"""The command that writes a report to a file: what it says, and by its exit code how it went."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import etl
from dashboard.address import Selection, SelectionError
from dashboard.chart_cache import ChartCache
from dashboard.number_text import format_bytes
from dashboard.report.writing import name_report, write_report

WRITTEN, NOT_POSSIBLE = 0, 2
SITE = re.compile(r"https?://[^\s/?#\"'<>]+(/[^\s?#\"'<>]*)?")

Echo = Callable[[str], None]


@dataclass(frozen=True)
class ReportOrder:
    """What is to be written: of which dossier and day, from the snapshot in which folder, to which file.

    What is None is chosen: the main dossier, the newest day, the newest snapshot, a name that says all three.
    """

    dossier: str | None = None
    as_of: date | None = None
    folder: Path | None = None
    out: Path | None = None
    site: str | None = None


def save_report(order: ReportOrder, *, echo: Echo, echo_error: Echo) -> int:
    """Writes a report and says where; the exit code."""
    site = order.site.rstrip("/") if order.site else None
    if site is not None and not SITE.fullmatch(site):
        echo_error(f"--site {order.site!r} is not an address such as https://footnoted.example.")
        return NOT_POSSIBLE
    selection = Selection(dossier=order.dossier, as_of=order.as_of)
    try:
        chart_cache = ChartCache(etl.open_snapshot(order.folder))
        out = order.out or Path(name_report(chart_cache, selection=selection))
        content = write_report(chart_cache, selection=selection, site=site).encode()
    except (etl.SnapshotError, SelectionError) as error:
        echo_error(str(error))
        return NOT_POSSIBLE
    try:
        out.write_bytes(content)
    except OSError as error:
        echo_error(f"{out} cannot be written: {error.strerror}. Give another file with --out.")
        return NOT_POSSIBLE
    echo(f"{out}  {format_bytes(len(content))}")
    return WRITTEN
