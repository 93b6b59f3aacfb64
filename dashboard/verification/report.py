"""What verifying says: in lines for readers, and as plain values for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import etl
from dashboard.picture_records import DrawnValue
from dashboard.verification.comparison import CHANGED, GONE, SAME, Comparison, Finding, Later
from dashboard.verification.shown import CODE, PICTURE, TABLE, Shown
from etl import format_count, format_day

LIMITS = {
    PICTURE: "Only the record in the file was read. Whether somebody has changed the picture cannot be "
    "told from it: compare what you see with the figures (--figures lists them) and the code on the picture.",
    CODE: "Only the code was read. Whether somebody has changed the picture cannot be told: "
    "compare what you see with the figures (--figures lists them).",
    TABLE: "Only the rows in the file were held against the snapshot. Whether somebody has taken rows out "
    "cannot be told: a table carries no code.",
}
BROKEN = "does not fit the record: somebody has changed the record since the picture was made"
OUTCOMES = {SAME: "the same", CHANGED: "changed", GONE: "gone from the snapshot"}


def write_lines(shown: Shown, comparison: Comparison, *, has_figures: bool) -> Iterator[str]:
    """The report, line by line; the last line says what it cannot tell."""
    yield from _describe(shown)
    if has_figures:
        yield ""
        yield from (f"  {_format_figure(value)}" for value in shown.values)
    yield ""
    yield from _format_comparison(shown, comparison)
    yield ""
    yield _conclude(shown, comparison)
    yield LIMITS[shown.medium]


def write_values(shown: Shown, comparison: Comparison) -> dict[str, Any]:
    """The report as plain values, dates among them."""
    return {
        "shown": asdict(shown),
        "compared_with": {"snapshot_id": comparison.snapshot_id, "as_of": comparison.as_of},
        "figures": [
            {
                "row_id": finding.value.row_id,
                "series": finding.value.title,
                "period": finding.value.period,
                "shown": finding.value.value_text,
                "outcome": finding.outcome,
                "now": finding.now,
                "verdict_shown": finding.value.verdict,
                "verdict_now": finding.verdict,
                "newer_edition": finding.edition and asdict(finding.edition),
                "is_revised": finding.is_revised,
            }
            for finding in comparison.findings
        ],
        "newer_periods": [asdict(later) for later in comparison.periods],
        "unchanged": shown.is_whole and comparison.is_unchanged,
        "limits": LIMITS[shown.medium],
    }


def _describe(shown: Shown) -> Iterator[str]:
    yield shown.title
    if shown.subtitle:
        yield shown.subtitle
    yield f"snapshot   {shown.snapshot_id}, as known on {format_day(shown.as_of)}"
    if shown.code:
        yield f"code       {shown.code} {'fits the record' if shown.is_whole else BROKEN}"
    if shown.address:
        yield f"address    {shown.address}"
    yield from (f"source     {source}" for source in shown.sources)
    yield f"figures    {len(shown.values):,}"


def _format_comparison(shown: Shown, comparison: Comparison) -> Iterator[str]:
    which = f"of {format_day(comparison.as_of)}"
    if comparison.snapshot_id == shown.snapshot_id:
        which = "the one it was made from"
    elif comparison.as_of < shown.as_of:
        which += ", which is older than the file"
    yield f"Held against snapshot {comparison.snapshot_id}, {which}:"
    counts = Counter(finding.outcome for finding in comparison.findings)
    for outcome, words in OUTCOMES.items():
        if counts[outcome]:
            yield f"{counts[outcome]:>6,} {words}"
        if outcome != SAME:
            yield from (_format_change(found) for found in comparison.findings if found.outcome == outcome)
    judged = [finding for finding in comparison.findings if finding.is_judged_otherwise]
    if judged:
        yield f"{len(judged):>6,} judged otherwise"
        yield from (_format_verdicts(finding) for finding in judged)
    editions = [finding for finding in comparison.findings if finding.edition]
    if editions:
        revised = sum(finding.is_revised for finding in editions)
        yield f"{len(editions):>6,} with a newer edition, {revised:,} of them revised"
        yield from (
            _format_edition(finding.value, finding.edition) for finding in editions if finding.edition
        )
    if comparison.periods:
        yield f"{len(comparison.periods):>6,} series with a newer period"
        yield from (f"         {_format_later(later)}" for later in comparison.periods)


def _conclude(shown: Shown, comparison: Comparison) -> str:
    if not shown.is_whole:
        return "Changed: the record is not the one that the picture was made with. Rely on nothing above."
    changed = sum(finding.outcome != SAME for finding in comparison.findings)
    revised = sum(finding.outcome == SAME and finding.is_revised for finding in comparison.findings)
    judged = sum(finding.is_judged_otherwise for finding in comparison.findings)
    if comparison.is_unchanged:
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


def _format_change(finding: Finding) -> str:
    value = finding.value
    now = "gone" if finding.now is None else finding.now
    return f"         {value.title}, {value.period}: {value.stated} → {now}"


def _format_verdicts(finding: Finding) -> str:
    before, now = (
        etl.label("verdict", verdict) if verdict else "none"
        for verdict in (finding.value.verdict, finding.verdict)
    )
    return f"         “{finding.value.stated}”, {finding.value.title}: {before} → {now}"


def _format_edition(value: DrawnValue, edition: Later) -> str:
    day = format_day(edition.vintage)
    return f"         {value.title}, {value.period}: {value.value_text} → {edition.value_text} ({day})"


def _format_later(later: Later) -> str:
    return (
        f"{later.series}, {later.period}: {later.value_text} ({later.publisher}, {format_day(later.vintage)})"
    )
