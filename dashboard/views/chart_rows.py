"""Rows that several charts ask a snapshot for, and the points, spans and words made of them, for select()."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

import etl
from dashboard.address import Selection
from dashboard.chart_contract import Point
from dashboard.plotting.traces import ClaimMark, Fill, Span, write_hover
from dashboard.views.claims import mark_row
from dashboard.views.dossiers import find_dossier
from etl import IS_DATED, Snapshot, find_doubt, format_day, name_publisher, rank_edition

Row = dict[str, Any]
FISCAL, CALENDAR, PART_YEAR = "fiscal_year_in", "calendar_year", "part_year"
NORMAL = "A"
# A window in which a predecessor state delivered too: its part is another supplier's, the share says little.
BREAK_IN_SERIES = "B"
FILLS: dict[str, Fill] = {
    "A": "solid",
    "B": "solid",
    "D": "solid",
    "E": "hatched",
    "F": "hatched",
    "P": "hollow",
    "U": "hollow",
}


# Rules by which an amount that nobody printed follows from a stated balance.
FROM_A_BALANCE = frozenset(
    {
        "half_of_total_and_balance",
        "half_of_total_less_balance",
        "imports_and_balance",
        "twice_imports_and_balance",
    }
)
# Why a value may not be the one that was known on the day shown, by the code of `etl.find_doubt`.
DOUBTS = {
    "calendar": "as printed later; a figure was out by then",
    "assumed": "of an edition that nothing dates",
}


class UnknownStatusError(Exception):
    """A row with a value whose status no mark stands for."""


@dataclass(frozen=True)
class Aim:
    """A target with the year that passed it, or else with the newest year and the growth needed from there.

    All three are missing where the growth needed from the newest year is not known.
    """

    target: Span
    passed: Span | None = None
    base: Span | None = None
    needed: Span | None = None

    @property
    def path(self) -> list[tuple[date, float]]:
        """From the newest year over half of the way to the target; nothing where there is none to go."""
        start, goal = self.base, self.target
        if start is None:
            return []
        half = start.middle + (goal.middle - start.middle) // 2
        # Constant growth: half of the way in time is the geometric mean.
        middle = (half, (start.value * goal.value) ** 0.5)
        return [(start.middle, start.value), middle, (goal.middle, goal.value)]

    @property
    def name(self) -> str:
        """What a label says below the target's value."""
        return f"target, {self.target.end.year}"

    def say(self) -> str:
        """The target in running text, with the year that passed it."""
        said = f"target of {self.target.value_text} for {self.target.end.year}"
        if self.passed is None:
            return said
        return f"{said} (already passed: {self.passed.value_text} in {self.passed.period})"


def find_aim(target: Span, *, years: Sequence[Span], needed: Mapping[tuple[str, ...], Span]) -> Aim:
    """Where a target stands by the newest of the known years.

    `needed` holds growth by the ids of the year and the target it was worked out from: what started from an
    older year is left out.
    """
    newest = years[-1] if years else None
    if newest is None:
        return Aim(target)
    if newest.value >= target.value:
        return Aim(target, passed=next(year for year in years if year.value >= target.value))
    growth = needed.get((newest.row_id, target.row_id))
    return Aim(target, base=newest, needed=growth) if growth else Aim(target)


def list_observations(snapshot: Snapshot, **filters: Any) -> list[Row]:
    """Observations by period and then vintage, the oldest first, what no day is known of before all dated.

    Rows: one per observation that the filters (column=value or column=[values]) let through. Columns: those
    of observations, and `doubt`, why the value shown may not be the one known on the snapshot's day.
    """
    rows = snapshot.observations(**filters).sort("period_start", "period_end", IS_DATED, "vintage", "obs_id")
    return [{**row, "doubt": find_doubt(row, snapshot.as_of)} for row in rows.collect().to_dicts()]


def prefer_dated(rows: Iterable[Row]) -> list[Row]:
    """The rows of editions that have a day, or all where none has one."""
    known = list(rows)
    return [row for row in known if rank_edition(row)[0]] or known


def list_vintages(rows: Iterable[Row]) -> list[date]:
    """The days of the rows' editions, the newest last; those that are only assumed before all others."""
    ranks = {row["vintage"]: rank_edition(row) for row in sorted(rows, key=rank_edition)}
    return sorted(ranks, key=lambda vintage: ranks[vintage])


def list_claims(snapshot: Snapshot, selection: Selection, *, indicators: list[str]) -> list[Row]:
    """Claims of the selection's dossier about its two sides, in the order of their documents.

    Of texts that are held: what many reports print of one figure would cover a chart, and stands in the list
    of claims and among the disagreements.

    Rows: one per claim. Columns: those of claims, and `document_title`, `document_name` (who speaks),
    `published_on`, and `mark`, what a reader sees of the verdict on the snapshot's day.
    """
    dossier = find_dossier(snapshot, selection)
    sides = [dossier.ref_area, dossier.counterpart_area]
    documents = snapshot.documents(dossier=dossier.dossier_id).select(
        "document_id",
        "published_on",
        pl.col("title").alias("document_title"),
        pl.coalesce("publisher", "author", "title").alias("document_name"),
    )
    now = snapshot.verdicts(occasion="snapshot").select("claim_id", "verdict", "reason", "reference_value")
    about = snapshot.claims(indicator=indicators, ref_area=sides, counterpart_area=sides)
    about = about.filter(pl.col("char_start").is_not_null())
    claims = about.join(documents, on="document_id")
    rows = claims.join(now, on="claim_id", how="left").sort("published_on", "claim_id").collect().to_dicts()
    return [{**row, "mark": mark_row(row, unit=row["unit_measure"])} for row in rows]


def keep_one_source(rows: list[Row]) -> list[Row]:
    """For each vintage the rows of one source only, the one with most."""
    counts = Counter((row["vintage"], row["source_id"]) for row in rows)
    kept: dict[Any, str] = {}
    for vintage, source_id in sorted(counts, key=lambda entry: (-counts[entry], entry)):
        kept.setdefault(vintage, source_id)
    return [row for row in rows if row["source_id"] == kept[row["vintage"]]]


def _name_rule(row: Row) -> str:
    return str(row["derivation"] or "").partition("(")[0]


def list_operands(row: Row) -> list[str]:
    """The ids of the rows that a derived observation was worked out from, in the order of its rule."""
    return str(row["derivation"]).partition("(")[2].rstrip(")").split(";")


def choose_best(rows: Iterable[Row]) -> list[Row]:
    """One row per indicator and period: published before derived, then the newest vintage."""
    best: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        key = (row["indicator"], row["period_basis"], row["time_period"])
        if key not in best or _rank(row) >= _rank(best[key]):
            best[key] = row
    return list(best.values())


def choose_year_basis(rows: Iterable[Row]) -> str:
    """The kind of year that whole years are drawn by: the importer's fiscal year where it is reported."""
    return FISCAL if any(row["period_basis"] == FISCAL for row in rows) else CALENDAR


def format_years(basis: str) -> str:
    """What a subtitle calls such years."""
    return "fiscal years, April to March" if basis == FISCAL else "calendar years"


def format_edition(row: Row) -> str:
    """When the edition of an observation came out, as exactly as it is known."""
    return format_day(row["vintage"], precision=row["vintage_precision"])


def format_origin(row: Row) -> str:
    """What a hover text calls the edition: the publisher's own, or the register it was recomputed from."""
    origin = "recomputed from the register of" if row["derivation"] else "edition of"
    return f"{origin} {format_edition(row)}"


def join_subtitle(*parts: str) -> str:
    """The parts of a subtitle in one line; those that are empty are left out."""
    return "; ".join(part for part in parts if part)


def format_row_period(row: Row) -> str:
    """The period of an observation or claim, as briefly as a chart needs it."""
    return etl.shorten_period(row["period_start"], row["period_end"], row["period_basis"], row["time_period"])


def format_row_value(row: Row) -> str:
    """The value of an observation as a reader says it."""
    return etl.format_value(row["obs_value"], row["unit_measure"])


def choose_fill(row: Row) -> Fill:
    """How sure a value is: hollow where part of a year or not surely known by then, else as the status says.

    Raises: UnknownStatusError for a status that no value can have, or that is not known.
    """
    if row["obs_status"] not in FILLS:
        raise UnknownStatusError(
            f"observation {row['obs_id']}: no mark for obs_status {row['obs_status']!r}. "
            "Draw a row without a value in words, or give the status a look in chart_rows.FILLS."
        )
    if row["period_basis"] == PART_YEAR or row.get("doubt"):
        return "hollow"
    # What nobody printed does not look like what somebody did.
    fill = FILLS[row["obs_status"]]
    return "hatched" if fill == "solid" and _name_rule(row) in FROM_A_BALANCE else fill


def format_doubt(row: Row) -> str:
    """Why a value is not sure: "part of a year", "estimated", "as printed later"; empty where it is."""
    if choose_fill(row) == "solid":
        return ""
    if row.get("doubt"):
        return DOUBTS[row["doubt"]]
    if row["period_basis"] == PART_YEAR:
        return "part of a year"
    if FILLS[row["obs_status"]] == "solid":
        return "worked out from the balance"
    return etl.label("obs_status", row["obs_status"])


def format_fills(rows: Iterable[Row]) -> str:
    """What the hollow and hatched marks of a chart mean, each kind once: "hatched: estimated"."""
    said = [f"{choose_fill(row)}: {doubt}" for row in rows if (doubt := format_doubt(row))]
    return "; ".join(dict.fromkeys(said))


def format_interval(low: float | None, high: float | None, unit: str) -> str:
    """An interval in words; empty where it is not known or narrower than values are said."""
    if low is None:
        return "" if high is None else f"up to {etl.format_value(high, unit)}"
    if high is None:
        return f"{etl.format_value(low, unit)} or more"
    ends = etl.format_ends(low, high, unit)
    return f"between {ends[0]} and {ends[1]}" if ends else ""


def build_point(row: Row, *, mark: str, series: str | None = None) -> Point:
    """The point of an observation, of the series of its indicator where no other is named.

    Its mark says why it is not sure and between which values it lies.
    """
    series = series or etl.label("indicator", row["indicator"])
    doubt = "" if row["obs_value"] is None else format_doubt(row)
    interval = format_interval(row["obs_low"], row["obs_high"], row["unit_measure"])
    drawn = f"{mark}, {doubt}" if doubt else mark
    text = f"{drawn}; {interval}" if interval else drawn
    return Point(row["obs_id"], series, format_row_period(row), format_row_value(row), text)


def build_span(row: Row, *details: str) -> Span:
    """An observation over the days it covers, with its interval, its look, and lines for its hover text.

    Raises: UnknownStatusError for a status that no value can have, or that is not known.
    """
    fill, value_text, period = choose_fill(row), format_row_value(row), format_row_period(row)
    ends = (row["obs_low"], row["obs_high"])
    status = "" if row["obs_status"] == NORMAL else etl.label("obs_status", row["obs_status"])
    doubt = DOUBTS[row["doubt"]] if row.get("doubt") else ""
    interval = format_interval(*ends, row["unit_measure"])
    hover = write_hover(value_text, period, interval, *details, status, doubt)
    days = (row["period_start"], row["period_end"])
    return Span(row["obs_id"], *days, row["obs_value"], value_text, period, hover, fill, *ends)


def build_indicator_span(row: Row) -> Span:
    """An observation whose hover text names its indicator and its publisher."""
    return build_span(row, etl.label("indicator", row["indicator"]), name_publisher(row))


def build_claim_point(claim: Row) -> Point:
    """The point of a claim."""
    value_text = etl.format_value(claim["value"], claim["unit_measure"])
    series = f"claim: {claim['document_title']}"
    interval = format_interval(claim["value_low"], claim["value_high"], claim["unit_measure"])
    mark = f"amber: {claim['mark'].label}" + (f"; read as {interval}" if interval else "")
    return Point(claim["claim_id"], series, format_row_period(claim), value_text, mark)


def mark_claim(claim: Row) -> ClaimMark:
    """A claim over the days it speaks of; one day only where its start is not stated."""
    value_text, period = etl.format_value(claim["value"], claim["unit_measure"]), format_row_period(claim)
    ends = (claim["value_low"], claim["value_high"])
    interval = format_interval(*ends, claim["unit_measure"])
    says = (f"stated by {claim['document_title']}", interval and f"read as {interval}")
    hover = write_hover(value_text, period, *says, str(claim["mark"]))
    days = (claim["period_start"] or claim["period_end"], claim["period_end"])
    span = Span(claim["claim_id"], *days, claim["value"], value_text, period, hover, "solid", *ends)
    return ClaimMark(span, claim["mark"])


def _rank(row: Row) -> tuple[bool, bool, bool, Any]:
    is_dated, vintage = rank_edition(row)
    return row["obs_value"] is not None, is_dated, row["derivation"] is None, vintage
