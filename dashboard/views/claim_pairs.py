"""Two claims beside each other: what is the same, what differs, and which claims are worth setting so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import etl
from dashboard.address import SelectionError
from dashboard.views.claims import ClaimEntry, list_all_claims
from dashboard.views.dossiers import list_dossiers
from etl import Snapshot, join_words

Row = dict[str, Any]
MEASURE = ("indicator", "ref_area", "counterpart_area", "commodity")
PERIOD = ("period_start", "period_end", "period_basis", "time_period")
UNCLEAR = "not_comparable"


@dataclass(frozen=True)
class PairedClaim:
    """One claim: as lists show it, its record, and in words what print and hedge allow."""

    entry: ClaimEntry
    record: Row
    hedged: str
    allowed: str


@dataclass(frozen=True)
class ClaimPair:
    """Two claims, and one sentence on what is the same and what differs."""

    left: PairedClaim
    right: PairedClaim
    sentence: str


def pair_claims(snapshot: Snapshot, *, left: str, right: str) -> ClaimPair:
    """Two claims by their ids.

    Raises: SelectionError for an id that no claim has, or for one claim on both sides.
    """
    one, other = (
        find_statement(snapshot, claim_id, name=name) for name, claim_id in (("left", left), ("right", right))
    )
    if left == right:
        raise SelectionError(f"left and right are the same claim, {left!r}. Choose another for one side.")
    return ClaimPair(one, other, _describe_pair(one, other))


def find_statement(snapshot: Snapshot, claim_id: str, *, name: str) -> PairedClaim:
    """One claim by its id; `name` is the part of the address that asks for it.

    Raises: SelectionError where no claim has the id.
    """
    entries = {entry.claim_id: entry for entry in list_every_claim(snapshot)}
    if claim_id not in entries:
        known = ", ".join(sorted(entries)) or "none"
        raise SelectionError(f"{name}={claim_id!r} is no claim that is known here. Known: {known}.")
    (record,) = snapshot.claims(claim_id=claim_id).collect().to_dicts()
    entry = entries[claim_id]
    hedge = "" if record["hedge"] in ("exact", "target") else f"{etl.label('hedge', record['hedge'])} "
    return PairedClaim(entry, record, f"{hedge}{entry.value_text}", _format_allowed(record))


def list_every_claim(snapshot: Snapshot) -> list[ClaimEntry]:
    """The claims of all dossiers, the main one's first."""
    dossiers = list_dossiers(snapshot)
    return [entry for dossier in dossiers for entry in list_all_claims(snapshot, dossier.dossier_id)]


def list_partners(snapshot: Snapshot, claim_id: str) -> list[ClaimEntry]:
    """Claims to set beside one: what it disagrees with first, then those of the same measure."""
    entries = {entry.claim_id: entry for entry in list_every_claim(snapshot)}
    records = _list_records(snapshot)
    against = _list_disagreeing(snapshot, claim_id)
    own = records.get(claim_id)
    same = [
        other_id
        for other_id, record in records.items()
        if own is not None and (record["indicator"], record["unit_measure"]) == _kind(own)
    ]
    others = sorted(same, key=lambda other_id: not _agrees(records[other_id], own or {}, MEASURE))
    ids = dict.fromkeys([*against, *others])
    return [entries[other_id] for other_id in ids if other_id != claim_id and other_id in entries]


def suggest_pairs(snapshot: Snapshot, dossier: str) -> list[tuple[ClaimEntry, ClaimEntry]]:
    """Pairs to begin with: figures that do not compare beside those of the same text, and disagreements."""
    entries = {entry.claim_id: entry for entry in list_all_claims(snapshot, dossier)}
    records = _list_records(snapshot)
    pairs: dict[tuple[str, str], None] = {}
    for entry in entries.values():
        rivals = [other for other in entries.values() if _is_rival(entry, other, records)]
        if entry.snapshot.verdict == UNCLEAR and rivals:
            pairs[rivals[0].claim_id, entry.claim_id] = None
    for row in snapshot.disagreements().sort("disagreement_id").collect().to_dicts():
        pairs[row["left_id"], row["right_id"]] = None
    return [(entries[one], entries[other]) for one, other in pairs if {one, other} <= set(entries)]


def find_first_edition(snapshot: Snapshot, claim_ids: Sequence[str]) -> date | None:
    """The day on which the oldest period that claims speak of was first published; none where none was."""
    claims = snapshot.claims(claim_id=list(claim_ids)).sort("period_start", "claim_id").collect().to_dicts()
    for claim in claims:
        asked = {name: claim[name] for name in (*MEASURE, "period_basis", "time_period")}
        editions = snapshot.observations(derivation=None, **asked).collect()["vintage"].to_list()
        if editions:
            return date.fromisoformat(str(min(editions)))
    return None


def _list_records(snapshot: Snapshot) -> dict[str, Row]:
    rows = snapshot.claims().sort("document_id", "char_start", "claim_id").collect().to_dicts()
    return {row["claim_id"]: row for row in rows}


def _list_disagreeing(snapshot: Snapshot, claim_id: str) -> list[str]:
    rows = snapshot.disagreements(about="claim").sort("disagreement_id").collect().to_dicts()
    ends = [(row["left_id"], row["right_id"]) for row in rows]
    return [other for pair in ends for one, other in (pair, pair[::-1]) if one == claim_id]


def _kind(record: Row) -> tuple[str, str]:
    return record["indicator"], record["unit_measure"]


def _agrees(one: Row, other: Row, names: Sequence[str]) -> bool:
    return all(one[name] == other.get(name) for name in names)


def _is_rival(entry: ClaimEntry, other: ClaimEntry, records: dict[str, Row]) -> bool:
    """The same measure in the same text, and judged otherwise."""
    one, two = records[entry.claim_id], records[other.claim_id]
    is_same = _agrees(one, two, (*MEASURE, "document_id", "unit_measure"))
    return is_same and other.snapshot.verdict != entry.snapshot.verdict


def _format_allowed(record: Row) -> str:
    low, high, unit = record["value_low"], record["value_high"], record["unit_measure"]
    if low is None and high is None:
        return ""
    if high is None:
        return f"{etl.format_value(low, unit)} or more"
    if low is None:
        return f"up to {etl.format_value(high, unit)}"
    return f"{etl.format_value(low, unit)} to {etl.format_value(high, unit)}"


def _describe_pair(left: PairedClaim, right: PairedClaim) -> str:
    """What is the same, and what differs with both in words; no verdict."""
    facets = _list_facets(left, right)
    same = [name for name, (_, words) in facets.items() if not words]
    parts = [f"Same {join_words(same)}"] if same else []
    parts += [f"{several} differ: {words}" for several, words in facets.values() if words]
    sentence = "; ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _list_facets(left: PairedClaim, right: PairedClaim) -> dict[str, tuple[str, str]]:
    """Each facet by its name: its name for several, and both sides in words where they differ."""
    one, two = left.record, right.record
    facets = {
        "measure": ("measures", _tell_apart(left.entry.title, right.entry.title, one, two, MEASURE)),
        "period": ("periods", _tell_apart(_format_period(left), _format_period(right), one, two, PERIOD)),
        "kind of period": ("kinds of period", ""),
        "unit": ("units", _tell_apart(_format_unit(left), _format_unit(right), one, two, ("unit_measure",))),
        "value": ("values", "" if left.hedged == right.hedged else f"{left.hedged} and {right.hedged}"),
    }
    # The same period is of the same kind, and another kind is said with the period.
    if not facets["period"][1] or one["period_basis"] != two["period_basis"]:
        del facets["kind of period"]
    return facets


def _tell_apart(left: str, right: str, one: Row, two: Row, names: Sequence[str]) -> str:
    return "" if _agrees(one, two, names) else f"{left} and {right}"


def _format_period(statement: PairedClaim) -> str:
    record = statement.record
    basis = etl.label("period_basis", record["period_basis"])
    if record["period_end"] is None:
        return statement.entry.period
    ends = (record["period_start"], record["period_end"])
    return f"{etl.shorten_period(*ends, record['period_basis'], record['time_period'])} ({basis})"


def _format_unit(statement: PairedClaim) -> str:
    return etl.label("unit_measure", statement.record["unit_measure"])
