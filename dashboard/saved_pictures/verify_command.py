"""The command that verifies a saved file: lines for readers, plain values for programs, an exit code."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import etl
from dashboard.saved_pictures.image_metadata import DrawnValue, UnreadableFileError
from dashboard.saved_pictures.saved_files import PICTURE, TABLE, SavedChart, read_saved_chart
from dashboard.saved_pictures.verification import (
    CHANGED,
    GONE,
    SAME,
    LaterRow,
    Verification,
    VerifiedValue,
    verify_chart,
)
from etl import format_count, format_day

# How the command exits.
EXIT_UNCHANGED, EXIT_CHANGED, EXIT_UNREADABLE = 0, 1, 2
LIMITS = {
    PICTURE: "Only the record in the file was read. Whether somebody has changed the picture cannot be "
    "told from it: compare what you see with the figures (--figures lists them).",
    TABLE: "Only the rows in the file were held against the snapshot. Whether somebody has taken rows out "
    "cannot be told: a table carries no seal.",
}
WHOLE = "whole: its seal fits"
BROKEN = "broken: its seal does not fit, somebody has changed the record since the picture was made"
OUTCOMES = {SAME: "the same", CHANGED: "changed", GONE: "gone from the snapshot"}

Echo = Callable[[str], None]


def verify_saved(
    path: Path, *, folder: Path | None, as_json: bool, has_figures: bool, echo: Echo, echo_error: Echo
) -> int:
    """Verify a file against the snapshot in a folder or the newest one; the exit code."""
    try:
        # The file comes first, since most that goes wrong is in it.
        saved = read_saved_chart(path)
        snapshot = etl.open_snapshot(folder)
    except UnreadableFileError as error:
        return _refuse(f"{path}: {error}.", as_json=as_json, echo=echo, echo_error=echo_error)
    except etl.SnapshotError as error:
        return _refuse(str(error), as_json=as_json, echo=echo, echo_error=echo_error)
    verification = verify_chart(saved, snapshot)
    if as_json:
        content = write_values(saved, verification)
        echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))
    else:
        for line in write_lines(saved, verification, has_figures=has_figures):
            echo(line)
    return EXIT_UNCHANGED if saved.is_whole and verification.is_unchanged else EXIT_CHANGED


def _refuse(text: str, *, as_json: bool, echo: Echo, echo_error: Echo) -> int:
    if as_json:
        echo(json.dumps({"not_readable": text}, ensure_ascii=False, indent=2))
    else:
        echo_error(text)
    return EXIT_UNREADABLE


def write_lines(saved: SavedChart, verification: Verification, *, has_figures: bool) -> Iterator[str]:
    """The report, line by line; the last line says what it cannot tell."""
    yield from _describe(saved)
    if has_figures:
        yield ""
        yield from (f"  {_format_figure(value)}" for value in saved.values)
    yield ""
    yield from _format_comparison(saved, verification)
    yield ""
    yield _conclude(saved, verification)
    yield LIMITS[saved.medium]


def write_values(saved: SavedChart, verification: Verification) -> dict[str, Any]:
    """The report as plain values, dates among them."""
    return {
        "shown": asdict(saved),
        "compared_with": {"snapshot_id": verification.snapshot_id, "as_of": verification.as_of},
        "figures": [
            {
                "row_id": value.shown.row_id,
                "series": value.shown.title,
                "period": value.shown.period,
                "shown": value.shown.value_text,
                "outcome": value.outcome,
                "now": value.now,
                "verdict_shown": value.shown.verdict,
                "verdict_now": value.verdict,
                "newer_edition": value.edition and asdict(value.edition),
                "is_revised": value.is_revised,
            }
            for value in verification.values
        ],
        "newer_periods": [asdict(later) for later in verification.periods],
        "unchanged": saved.is_whole and verification.is_unchanged,
        "limits": LIMITS[saved.medium],
    }


def _describe(saved: SavedChart) -> Iterator[str]:
    yield saved.title
    if saved.subtitle:
        yield saved.subtitle
    yield f"snapshot   {saved.snapshot_id}, as known on {format_day(saved.as_of)}"
    if saved.medium == PICTURE:
        yield f"record     {WHOLE if saved.is_whole else BROKEN}"
    if saved.address:
        yield f"address    {saved.address}"
    yield from (f"source     {source}" for source in saved.sources)
    yield f"figures    {len(saved.values):,}"


def _format_comparison(saved: SavedChart, verification: Verification) -> Iterator[str]:
    which = f"of {format_day(verification.as_of)}"
    if verification.snapshot_id == saved.snapshot_id:
        which = "the one it was made from"
    elif verification.as_of < saved.as_of:
        which += ", which is older than the file"
    yield f"Held against snapshot {verification.snapshot_id}, {which}:"
    counts = Counter(value.outcome for value in verification.values)
    for outcome, text in OUTCOMES.items():
        if counts[outcome]:
            yield f"{counts[outcome]:>6,} {text}"
        if outcome != SAME:
            yield from (_format_change(value) for value in verification.values if value.outcome == outcome)
    judged = [value for value in verification.values if value.is_judged_otherwise]
    if judged:
        yield f"{len(judged):>6,} judged otherwise"
        yield from (_format_verdicts(value) for value in judged)
    editions = [value for value in verification.values if value.edition]
    if editions:
        revised = sum(value.is_revised for value in editions)
        yield f"{len(editions):>6,} with a newer edition, {revised:,} of them revised"
        yield from (_format_edition(value.shown, value.edition) for value in editions if value.edition)
    if verification.periods:
        yield f"{len(verification.periods):>6,} series with a newer period"
        yield from (f"         {_format_later(later)}" for later in verification.periods)


def _conclude(saved: SavedChart, verification: Verification) -> str:
    if not saved.is_whole:
        return "Changed: the record is not the one that the picture was made with. Rely on nothing above."
    changed = sum(value.outcome != SAME for value in verification.values)
    revised = sum(value.outcome == SAME and value.is_revised for value in verification.values)
    judged = sum(value.is_judged_otherwise for value in verification.values)
    if verification.is_unchanged:
        return "Unchanged: every figure is still what it was."
    parts = [
        f"{format_count(changed, 'figure')} changed or gone" if changed else "",
        f"{format_count(revised, 'figure')} revised by a newer edition" if revised else "",
        f"{format_count(judged, 'verdict')} changed" if judged else "",
    ]
    return f"Changed: {', '.join(part for part in parts if part)}."


def _format_figure(value: DrawnValue) -> str:
    source = value.publisher or value.document or ""
    period = f", {value.period}" if value.period else ""
    return f"{value.value_text}  {value.title}{period}{f' ({source})' if source else ''}"


def _format_change(value: VerifiedValue) -> str:
    shown, now = value.shown, "gone" if value.now is None else value.now
    return f"         {shown.title}, {shown.period}: {shown.stated} → {now}"


def _format_verdicts(value: VerifiedValue) -> str:
    before, now = (
        etl.label("verdict", verdict) if verdict else "none"
        for verdict in (value.shown.verdict, value.verdict)
    )
    return f"         “{value.shown.stated}”, {value.shown.title}: {before} → {now}"


def _format_edition(value: DrawnValue, edition: LaterRow) -> str:
    day = format_day(edition.vintage)
    return f"         {value.title}, {value.period}: {value.value_text} → {edition.value_text} ({day})"


def _format_later(later: LaterRow) -> str:
    return (
        f"{later.series}, {later.period}: {later.value_text} ({later.publisher}, {format_day(later.vintage)})"
    )
