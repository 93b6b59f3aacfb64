"""Words of a report that every format uses: marks, counts, limits, and each figure line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from etl.checking.reports.report import CheckedClaim, CheckReport, CheckVerdict
from etl.checking.reports.shown_text import show_on_one_line
from etl.documents.prose import STATED
from etl.formatting import format_day
from etl.periods import format_period, shorten_period
from etl.snapshot import Snapshot
from etl.snapshot.wording import SERIES_TITLES, name_series
from etl.units import format_value
from etl.vocabulary import HEDGES, INDICATORS, REASONS, SLIPS, UNITS, VERDICT_MARKS, VerdictMark

# Half of what the reader takes for a sentence at most; a longer one hides its figure from who reads it.
LONGEST_SENTENCE = 600
# Names are small beside a snapshot's observations, so more of them are kept (series_index keeps four).
CACHED_NAMES = 8
# A target is a measure of its own and no looser for that.
UNHEDGED = frozenset({"exact", "target"})
LIMITS = (
    "What is read: English sentences and plain tables that state amounts of trade, shares, arms imports, "
    "orders, targets and tariffs in digits or in plain number words.",
    "What is not read: pictures and charts, other languages, and whatever a sentence only implies. "
    "A figure without a mark was not taken for a claim; that says nothing of whether it is right.",
    "A verdict is about the figure as printed, its period and its parties. It is not about the argument "
    "around it, and “unresolved” means that this snapshot has nothing to hold it against.",
)


@dataclass(frozen=True)
class AreaNames:
    """Names of areas and their possessives by code; a code that is not there stands for itself."""

    labels: Mapping[str, str]
    possessives: Mapping[str, str]


@dataclass(frozen=True)
class Reading:
    """What a figure was read as, in words that are safe to show.

    `allowed` is what print and hedge allow, `sentence` the words that the figure stands in, `not_stated` what
    these leave to the text around them.
    """

    stated_as: str
    sentence: str
    subject: str
    period: str
    value_text: str
    hedge: str
    allowed: str
    not_stated: str = ""

    def __str__(self) -> str:
        return "; ".join(part for part in (self.subject, self.period, self.value_text, self.hedge) if part)


@lru_cache(maxsize=CACHED_NAMES)
def list_names(snapshot: Snapshot | None) -> AreaNames:
    """The names that a snapshot has for areas; without one, codes stand for themselves."""
    rows = [] if snapshot is None else snapshot.table("areas").to_dicts()
    return AreaNames(
        {row["area"]: row["label"] for row in rows}, {row["area"]: row["possessive"] for row in rows}
    )


def describe_claim(claim: CheckedClaim, *, snapshot: Snapshot) -> Reading:
    """What a figure was read as, with the names that a snapshot has for areas."""
    return describe_reading(claim, list_names(snapshot))


def describe_reading(claim: CheckedClaim, names: AreaNames) -> Reading:
    """What a figure was read as: its subject with the parties, its period, its value and its hedge."""
    found, subject = claim.found, _name_subject(claim, names)
    period = found.period
    if found.is_change:
        since = found.baseline
        start = f" since {shorten_period(since.start, since.end, since.basis, since.label)}" if since else ""
        subject = f"Change{start} in: {subject}"
    return Reading(
        stated_as=show_on_one_line(found.stated_as),
        sentence=quote_sentence(claim),
        subject=show_on_one_line(subject),
        period=format_period(period.start, period.end, period.basis, period.label),
        value_text=format_value(float(found.value), found.unit_measure),
        hedge="" if found.hedge in UNHEDGED else f"hedged: {HEDGES.label(found.hedge)}",
        allowed=format_interval(claim),
        not_stated=format_origins(claim),
    )


def format_origins(claim: CheckedClaim) -> str:
    """What the sentence of a figure does not say itself: "period carried from paragraph 2"."""
    origins = claim.found.origins.items()
    return "; ".join(f"{slot} {origin}" for slot, origin in origins if origin.how != STATED)


def format_interval(claim: CheckedClaim) -> str:
    """What print and hedge allow, no digit rounded away: "$68.65 bn to $68.75 bn", "25 and more"."""
    low, high = (
        None if end is None else _format_exactly(end, claim.found.unit_measure)
        for end in (claim.interval_low, claim.interval_high)
    )
    if low is None:
        return "" if high is None else f"{high} and less"
    return f"{low} and more" if high is None else f"{low} to {high}"


def format_verdict(verdict: CheckVerdict) -> str:
    """A verdict with its sign and its reason: "✓ supported, within the printed precision"."""
    return f"{verdict.mark}, {REASONS.label(verdict.reason)}"


def format_newest(claim: CheckedClaim, verdict: CheckVerdict) -> str:
    """What the newest period of the series has: "2021–25: 40%"; empty where nothing is newer."""
    if verdict.newest_period is None or verdict.newest_value is None or claim.matched is None:
        return ""
    period = verdict.newest_period.replace("-", "\u2013")
    return f"{period}: {format_value(verdict.newest_value, claim.matched.unit_measure)}"


def quote_sentence(claim: CheckedClaim) -> str:
    """The sentence a figure stands in, or where that is very long the words around the figure."""
    found = claim.found
    sentence = show_on_one_line(found.sentence)
    if len(sentence) <= LONGEST_SENTENCE:
        return sentence
    return f"\u2026{show_on_one_line(found.prefix + found.stated_as + found.suffix)}\u2026"


def format_slip(code: str) -> str:
    """A likely slip in words, as a suggestion."""
    return f"Perhaps {SLIPS.label(code)}"


def count_claims(report: CheckReport) -> list[tuple[VerdictMark, int]]:
    """Each mark that occurs in a report, with how many figures have it, in the list's order."""
    return [(VERDICT_MARKS[code], number) for code, number in report.count_marks().items() if number]


def format_total(report: CheckReport) -> str:
    """How many figures were found: "5 figures found and judged"."""
    number = len(report.claims)
    return (
        "No figure was found that can be judged"
        if number == 0
        else (f"{number:,} {'figure' if number == 1 else 'figures'} found and judged")
    )


def format_days(report: CheckReport) -> str:
    """By which days a report judges."""
    printed = (
        "The day of the text is not known, so nothing is said of what was known then."
        if report.published_on is None
        else f"The text is of {format_day(report.published_on)}."
    )
    return f"Judged by what was known on {format_day(report.as_of)}. {printed}"


@dataclass(frozen=True)
class ReportLine:
    """One line: its label, and words that are safe to show; `is_id` says that they are the id of a row."""

    label: str
    words: str
    is_id: bool = False


def list_lines(claim: CheckedClaim, names: AreaNames) -> list[ReportLine]:
    """How a figure was read, its verdicts now and then with their sums, and what may have slipped."""
    found, reading = claim.found, describe_reading(claim, names)
    lines = [ReportLine("In the text", f"“{reading.sentence}”"), ReportLine("Read as", str(reading))]
    if reading.not_stated:
        lines.append(ReportLine("Not stated", reading.not_stated))
    if found.attributed_to:
        lines.append(ReportLine("Said by", show_on_one_line(found.attributed_to)))
    lines += [ReportLine("Inferred", show_on_one_line(words)) for words in found.readings]
    lines += _list_now(claim, claim.now)
    if claim.printing is not None:
        lines += _list_then(claim.printing, now=claim.now)
    for slip in claim.slips:
        lines.append(ReportLine("Suggestion", f"{format_slip(slip.code)}: {show_on_one_line(slip.sentence)}"))
    return lines


def _format_exactly(value: float, unit: str) -> str:
    exact = Decimal(repr(value))
    if unit != "USD":
        text = "%" if unit == "PERCENT" else f" {UNITS.label(unit)}"
        return f"{_trim(exact)}{text}"
    for scale, name in ((Decimal(10) ** 9, " bn"), (Decimal(10) ** 6, " m")):
        if abs(exact) >= scale:
            return f"${_trim(exact / scale)}{name}"
    return f"${_trim(exact)}"


def _trim(exact: Decimal) -> str:
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _name_subject(claim: CheckedClaim, names: AreaNames) -> str:
    series = claim.matched or claim.found
    if series.indicator is None:
        return "a figure that no series of the snapshot measures"
    areas = [area for area in (series.ref_area, series.counterpart_area) if area is not None]
    if len(areas) < len(("ref_area", "counterpart_area")) or series.indicator not in SERIES_TITLES:
        parties = " and ".join(names.labels.get(area, area) for area in areas)
        return f"{INDICATORS.label(series.indicator)}{f', {parties}' if parties else ', parties not stated'}"
    row = {
        "indicator": series.indicator,
        "ref_area": series.ref_area,
        "counterpart_area": series.counterpart_area,
        "commodity": series.commodity,
    }
    return name_series(
        row,
        labels={area: names.labels.get(area, area) for area in areas},
        possessives={area: names.possessives.get(area, f"{area}\u2019s") for area in areas},
    )


def _list_now(claim: CheckedClaim, now: CheckVerdict) -> list[ReportLine]:
    lines = [ReportLine("Now", format_verdict(now)), ReportLine("Why", show_on_one_line(now.explanation))]
    if now.arithmetic:
        lines.append(ReportLine("Sum", show_on_one_line(now.arithmetic)))
    newest = format_newest(claim, now)
    if newest:
        lines.append(ReportLine("Newest", newest))
    return lines + [ReportLine("Held against", row_id, is_id=True) for row_id in now.reference_ids]


def _list_then(then: CheckVerdict, *, now: CheckVerdict) -> list[ReportLine]:
    """The verdict of the day of printing: its words where it is another one, its sum where that differs."""
    lines = [ReportLine("Then", f"{format_verdict(then)}, as known on {format_day(then.as_of)}")]
    if then.mark != now.mark:
        lines.append(ReportLine("Why", show_on_one_line(then.explanation)))
    if then.arithmetic and then.arithmetic != now.arithmetic:
        lines.append(ReportLine("Sum", show_on_one_line(then.arithmetic)))
    return lines
