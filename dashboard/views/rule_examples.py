"""An example from the data for each reason of a verdict and each slip: a claim, or a sentence for it.

A written sentence is made from a row of the snapshot, right or wrong in one way, and checked by the code that
checks any text; it is offered only where it gives what it is to show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

import polars as pl

import etl
from dashboard.views.claims import ClaimEntry, list_all_claims
from etl import ALL_COMMODITIES, IS_DATED, CheckedClaim, Dossier, Snapshot

CACHED_LISTS = 8
# Enough to find one that fits; each takes some milliseconds.
MOST_TRIED = 12
# Far enough off for any reading of a printed per cent, and never a round number.
FAR_OFF, WHOLE = 11, 100
MILLION, BILLION = 1e6, 1e9
# So many million TIV would be a billion, were they dollars.
THOUSAND = 1_000
FISCAL, CALENDAR = "fiscal_year_in", "calendar_year"
Row = dict[str, Any]


@dataclass(frozen=True)
class RuleExample:
    """One figure that shows a rule: as printed, where, and what the judge says of it.

    `sentence` is set where it was written for this purpose, and `opens` is the row that it was made from;
    else `opens` is the claim.
    """

    stated_as: str
    about: str
    sentence: str | None
    published_on: date
    opens: str
    explanation: str
    arithmetic: str


@dataclass(frozen=True)
class Written:
    """A sentence, the day on which it is taken to be printed, and the row that its figure was made from."""

    sentence: str
    published_on: date
    row_id: str


@dataclass(frozen=True)
class ExampleRows:
    """Whose rows the sentences are made from."""

    snapshot: Snapshot
    dossier: Dossier

    def list_rows(self, *, flipped: bool = False, **filters: Any) -> list[Row]:
        """Rows of the two sides with a value, the newest first; `flipped` from the other side."""
        here, there = self.dossier.ref_area, self.dossier.counterpart_area
        sides = (there, here) if flipped else (here, there)
        filters = {"ref_area": sides[0], "counterpart_area": sides[1], **filters}
        rows = self.snapshot.observations(**filters).filter(pl.col("obs_value").is_not_null() & IS_DATED)
        ordered = rows.sort("period_end", "period_start", "vintage", "obs_id", descending=True)
        return ordered.collect().to_dicts()

    def list_shares(self) -> list[Row]:
        """The other side's shares of arms imports as they were printed."""
        return self.list_rows(indicator="arms_import_share", derivation=None)

    def list_trade(self, basis: str) -> list[Row]:
        """Two-way trade by one kind of period."""
        return self.list_rows(indicator="bilateral_trade", commodity=ALL_COMMODITIES, period_basis=basis)

    def write_share(self, row: Row, *, percent: float, when: str | None = None) -> Written:
        """A share of a window; `when` says something else in its place."""
        dossier = self.dossier
        share = f"{dossier.counterpart_possessive} share of {dossier.ref_possessive} arms imports"
        words = when or f"in {_name_period(row)} was"
        return Written(f"{share} {words} {percent:g} per cent.", row["vintage"], row["obs_id"])

    def write_trade(self, row: Row, *, when: str, amount: str | None = None) -> Written:
        """Two-way trade of a period; `amount` is printed in place of its value."""
        sides = f"{self.dossier.ref_label} and {self.dossier.counterpart_label}"
        said = amount or _format_billions(row["obs_value"])
        return Written(f"Trade between {sides} in {when} was {said}.", row["vintage"], row["obs_id"])


Write = Callable[[ExampleRows], Iterator[Written]]


@lru_cache(maxsize=CACHED_LISTS)
def list_reason_examples(snapshot: Snapshot, dossier_id: str) -> Mapping[str, RuleExample]:
    """An example of each reason that the dossier's data give one of: its claims first, then sentences."""
    claims = sorted(list_all_claims(snapshot, dossier_id), key=_rank)
    found: dict[str, RuleExample] = {}
    for entry in etl.list_codes("reason"):
        printed = (claim for claim in claims if claim.snapshot.reason == entry.label)
        claim = next(printed, None)
        example = (
            _show_printed(claim)
            if claim is not None
            else _write_example(snapshot, dossier_id, entry.code, write=BY_REASON.get(entry.code))
        )
        if example is not None:
            found[entry.code] = example
    return found


@lru_cache(maxsize=CACHED_LISTS)
def list_slip_examples(snapshot: Snapshot, dossier_id: str) -> Mapping[str, RuleExample]:
    """A sentence for each likely slip that the dossier's data allow one of."""
    written = {
        entry.code: _write_example(snapshot, dossier_id, entry.code, write=BY_SLIP.get(entry.code))
        for entry in etl.list_codes("slip")
    }
    return {code: example for code, example in written.items() if example is not None}


def _rank(claim: ClaimEntry) -> tuple[int, str]:
    topics = [entry.code for entry in etl.list_codes("topic")]
    return topics.index(claim.topic), claim.claim_id


def _show_printed(claim: ClaimEntry) -> RuleExample:
    return RuleExample(
        stated_as=claim.stated_as,
        about=f"{claim.title}, {claim.period}",
        sentence=None,
        published_on=claim.published_on,
        opens=claim.claim_id,
        explanation=claim.snapshot.explanation,
        arithmetic=claim.snapshot.arithmetic,
    )


def _write_example(
    snapshot: Snapshot, dossier_id: str, code: str, *, write: Write | None
) -> RuleExample | None:
    """The first written sentence that gives the reason or the slip, if there is one."""
    examples = ExampleRows(snapshot, snapshot.dossier(dossier_id))
    for written in islice(write(examples), MOST_TRIED) if write else ():
        report = etl.check_text(
            written.sentence, snapshot=snapshot, published_on=written.published_on, dossier=dossier_id
        )
        if len(report.claims) == 1 and _shows(report.claims[0], code):
            claim = report.claims[0]
            slips = [slip.sentence for slip in claim.slips if slip.code == code]
            return RuleExample(
                stated_as=claim.found.stated_as,
                about=snapshot.evidence(written.row_id).title,
                sentence=written.sentence,
                published_on=written.published_on,
                opens=written.row_id,
                explanation=slips[0] if slips else claim.now.explanation,
                arithmetic=claim.now.arithmetic,
            )
    return None


def _shows(claim: CheckedClaim, code: str) -> bool:
    return claim.now.reason == code or (bool(claim.slips) and claim.slips[0].code == code)


def _write_standing_share(examples: ExampleRows) -> Iterator[Written]:
    """A share as it was printed last."""
    return (examples.write_share(row, percent=row["obs_value"]) for row in examples.list_shares())


def _write_restated_share(examples: ExampleRows) -> Iterator[Written]:
    """A share that its publisher has printed otherwise since, the oldest first."""
    rows = examples.list_shares()[::-1]
    newest = {row["time_period"]: row["obs_value"] for row in rows}
    restated = (row for row in rows if newest[row["time_period"]] != row["obs_value"])
    return (examples.write_share(row, percent=row["obs_value"]) for row in restated)


def _write_overtaken_share(examples: ExampleRows) -> Iterator[Written]:
    """A share of a window that is not the newest, said without a period."""
    return (
        examples.write_share(row, percent=row["obs_value"], when="is") for row in examples.list_shares()[1:]
    )


def _write_wrong_share(examples: ExampleRows) -> Iterator[Written]:
    """A share that is far off."""
    for row in examples.list_shares():
        sign = 1 if row["obs_value"] + FAR_OFF < WHOLE else -1
        yield examples.write_share(row, percent=row["obs_value"] + sign * FAR_OFF)


def _write_share_of_a_year(examples: ExampleRows) -> Iterator[Written]:
    """A window's share said of one year."""
    for row in examples.list_shares():
        yield examples.write_share(row, percent=row["obs_value"], when=f"in {row['period_end']:%Y} was")


def _write_share_of_six_years(examples: ExampleRows) -> Iterator[Written]:
    """A window's share said of a stretch that is a year longer."""
    for row in examples.list_shares():
        years = f"{row['period_start'].year - 1}\u2013{row['period_end']:%y}"
        yield examples.write_share(row, percent=row["obs_value"], when=f"in {years} was")


def _write_share_of_another(examples: ExampleRows) -> Iterator[Written]:
    """Another supplier's share."""
    dossier = examples.dossier
    others = examples.snapshot.observations(
        indicator="arms_import_share", ref_area=dossier.ref_area, derivation=None
    ).filter(pl.col("counterpart_area") != dossier.counterpart_area)
    for row in others.sort("period_end", "vintage", "obs_id", descending=True).collect().to_dicts():
        yield examples.write_share(row, percent=row["obs_value"])


def _write_part_as_year(examples: ExampleRows) -> Iterator[Written]:
    """Trade of some months said of the whole year."""
    for row in examples.list_trade("part_year"):
        yield examples.write_trade(row, when=_name_fiscal(row["period_start"].year))


def _write_year_as_part(examples: ExampleRows) -> Iterator[Written]:
    """A year's trade said of some of its months."""
    for row in examples.list_trade(FISCAL):
        yield examples.write_trade(row, when=f"April\u2013December {row['period_start']:%Y}")


def _write_fiscal_as_calendar(examples: ExampleRows) -> Iterator[Written]:
    """A fiscal year's trade said of a calendar year."""
    return (
        examples.write_trade(row, when=f"{row['period_start']:%Y}") for row in examples.list_trade(FISCAL)
    )


def _write_calendar_as_fiscal(examples: ExampleRows) -> Iterator[Written]:
    """A calendar year's trade said of a fiscal year."""
    for row in examples.list_trade(CALENDAR):
        yield examples.write_trade(row, when=_name_fiscal(row["period_start"].year))


def _write_year_before(examples: ExampleRows) -> Iterator[Written]:
    """A fiscal year's trade said of the next one."""
    rows = examples.list_trade(FISCAL)
    for later, row in pairwise(rows):
        yield examples.write_trade(row, when=_name_fiscal(later["period_start"].year))


def _write_cut_off(examples: ExampleRows) -> Iterator[Written]:
    """A fiscal year's trade with its last digits dropped."""
    for row in examples.list_trade(FISCAL):
        cut = int(row["obs_value"] / BILLION * 10) / 10
        yield examples.write_trade(row, when=_name_period(row), amount=f"${cut:.1f} billion")


def _write_lost_digit(examples: ExampleRows) -> Iterator[Written]:
    """A fiscal year's trade with its second digit left out."""
    for row in examples.list_trade(FISCAL):
        digits = f"{row['obs_value'] / BILLION:.2f}"
        yield examples.write_trade(row, when=_name_period(row), amount=f"${digits[:1]}{digits[2:]} billion")


def _write_in_millions(examples: ExampleRows) -> Iterator[Written]:
    """A fiscal year's trade in millions where billions are meant."""
    for row in examples.list_trade(FISCAL):
        amount = f"${row['obs_value'] / BILLION:.2f} million"
        yield examples.write_trade(row, when=_name_period(row), amount=amount)


def _write_imports_as_trade(examples: ExampleRows) -> Iterator[Written]:
    """Imports said to be trade both ways."""
    for row in examples.list_rows(indicator="imports", commodity=ALL_COMMODITIES, period_basis=FISCAL):
        yield examples.write_trade(row, when=_name_period(row))


def _write_mirrored_flow(examples: ExampleRows) -> Iterator[Written]:
    """The seller's exports said to be the buyer's imports."""
    flow = {"indicator": "exports", "commodity": ALL_COMMODITIES, "period_basis": CALENDAR}
    imports = f"{examples.dossier.ref_possessive} imports from {examples.dossier.counterpart_label}"
    for row in examples.list_rows(flipped=True, **flow):
        sentence = f"{imports} in {row['period_start']:%Y} were {_format_billions(row['obs_value'])}."
        yield Written(sentence, row["vintage"], row["obs_id"])


def _write_volume_as_dollars(examples: ExampleRows) -> Iterator[Written]:
    """A volume of arms said to be money."""
    dossier = examples.dossier
    for row in examples.list_rows(indicator="arms_import_volume", period_basis="five_year_window"):
        bought = f"{dossier.ref_label} bought arms worth ${row['obs_value'] / THOUSAND:.1f} billion"
        sentence = f"{bought} from {dossier.counterpart_label} in {_name_period(row)}."
        yield Written(sentence, row["vintage"], row["obs_id"])


BY_REASON: dict[str, Write] = {
    "within_printed_precision": _write_standing_share,
    "last_digit_cut": _write_cut_off,
    "restated_by_publisher": _write_restated_share,
    "recomputed_since": _write_standing_share,
    "newer_period_published": _write_overtaken_share,
    "period_basis_differs": _write_share_of_a_year,
    "part_year": _write_part_as_year,
    "wrong_period_label": _write_fiscal_as_calendar,
    "wrong_unit": _write_volume_as_dollars,
    "valuation_differs": _write_mirrored_flow,
    "outside_printed_precision": _write_wrong_share,
}
BY_SLIP: dict[str, Write] = {
    "fiscal_year_as_calendar_year": _write_fiscal_as_calendar,
    "calendar_year_as_fiscal_year": _write_calendar_as_fiscal,
    "wrong_window": _write_share_of_six_years,
    "wrong_year": _write_year_before,
    "tiv_as_dollars": _write_volume_as_dollars,
    "part_year_as_year": _write_part_as_year,
    "year_as_part_year": _write_year_as_part,
    "truncated": _write_cut_off,
    "digit_lost": _write_lost_digit,
    "wrong_scale": _write_in_millions,
    "other_measure": _write_imports_as_trade,
    "other_party": _write_share_of_another,
}


def _name_period(row: Row) -> str:
    return str(row["time_period"]).replace("-", "\u2013")


def _name_fiscal(year: int) -> str:
    return f"{year}\u2013{(year + 1) % WHOLE:02d}"


def _format_billions(value: float) -> str:
    return f"${value / BILLION:.2f} billion" if value >= BILLION else f"${value / MILLION:.2f} million"
