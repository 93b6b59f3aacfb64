"""Claims with their verdicts then and now, filtered and sorted as the address says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

import etl
from dashboard.address import Selection, SelectionError
from dashboard.views.dossiers import find_dossier
from etl import Snapshot, VerdictMark


@dataclass(frozen=True)
class Verdict:
    """One verdict on a claim, in words; `mark` is what a reader sees of it."""

    verdict: str
    mark: VerdictMark
    reason: str
    as_of: date
    explanation: str
    arithmetic: str


@dataclass(frozen=True)
class ClaimEntry:
    """One claim as lists show it."""

    claim_id: str
    document_id: str
    document_title: str
    published_on: date
    published_on_precision: str
    title: str
    topic: str
    stated_as: str
    value_text: str
    period: str
    paragraph: int | None
    char_start: int | None
    char_end: int | None
    quote_sha256: str
    printing: Verdict
    snapshot: Verdict
    newest_text: str
    footnotes: tuple[int, ...]

    @property
    def order(self) -> tuple[int, int]:
        """Where it stands among the claims of its document; what has no known place comes first."""
        return self.paragraph or 0, self.char_start or 0

    @property
    def place(self) -> str:
        """Where it stands in its text, as far as that is known."""
        return etl.format_place(self.paragraph, self.char_start, self.char_end)


def _rank(claim: ClaimEntry) -> Any:
    """What could be judged first, by topic in the order of its code list, then by document and place."""
    topics = [entry.code for entry in etl.list_codes("topic")]
    return (
        claim.snapshot.verdict == "unresolved",
        topics.index(claim.topic),
        claim.published_on,
        claim.document_id,
        claim.order,
    )


SORTS: dict[str, Callable[[ClaimEntry], Any]] = {
    "judged": _rank,
    "document": lambda claim: (claim.published_on, claim.document_id, claim.order),
    "figure": lambda claim: (claim.title, claim.stated_as, claim.claim_id),
    "period": lambda claim: (claim.period, claim.claim_id),
    "then": lambda claim: (claim.printing.mark.code, claim.claim_id),
    "now": lambda claim: (claim.snapshot.mark.code, claim.claim_id),
}
CACHED_LISTS = 8
DEFAULT_SORT = "judged"


def list_claims(snapshot: Snapshot, selection: Selection) -> list[ClaimEntry]:
    """The claims that the selection leaves, in its order; "-now" sorts backwards.

    Raises: SelectionError for a sort, verdict, topic or document that does not exist.
    """
    claims = list_all_claims(snapshot, find_dossier(snapshot, selection).dossier_id)
    _check_choices(claims, selection)
    chosen = [
        claim
        for claim in claims
        if selection.verdict in (None, claim.snapshot.mark.code)
        and selection.topic in (None, claim.topic)
        and selection.document in (None, claim.document_id)
    ]
    sort = selection.sort or DEFAULT_SORT
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        raise SelectionError(
            f"sort={sort!r} is not a column. Known: {', '.join(SORTS)}, each also with '-' before it."
        )
    return sorted(chosen, key=key, reverse=sort.startswith("-"))


@lru_cache(maxsize=CACHED_LISTS)
def list_all_claims(snapshot: Snapshot, dossier: str) -> tuple[ClaimEntry, ...]:
    """Every claim of a dossier, in the order of its documents."""
    documents = snapshot.documents().filter(pl.col("dossier") == dossier)
    rows = (
        snapshot.claims()
        .join(
            documents.select("document_id", "title", "published_on", "published_on_precision"),
            on="document_id",
        )
        .sort("document_id", "char_start", "claim_id")
        .collect()
        .to_dicts()
    )
    verdicts = {(row["claim_id"], row["occasion"]): row for row in snapshot.verdicts().collect().to_dicts()}
    return tuple(_build_entry(snapshot, row, verdicts) for row in rows)


def count_marks(claims: Sequence[ClaimEntry]) -> Counter[str]:
    """How many claims have each mark of a verdict on the snapshot's day."""
    return Counter(claim.snapshot.mark.code for claim in claims)


def _build_entry(
    snapshot: Snapshot, row: dict[str, Any], verdicts: dict[tuple[str, str], dict[str, Any]]
) -> ClaimEntry:
    evidence = snapshot.evidence(row["claim_id"])
    now = verdicts[row["claim_id"], "snapshot"]
    kept = (
        "claim_id",
        "document_id",
        "published_on",
        "published_on_precision",
        "topic",
        "stated_as",
        "paragraph",
    )
    places = ("char_start", "char_end", "quote_sha256")
    return ClaimEntry(
        **{name: row[name] for name in kept + places},
        document_title=row["title"],
        title=evidence.title,
        value_text=etl.format_value(row["value"], row["unit_measure"]),
        period=evidence.period,
        printing=_build_verdict(verdicts[row["claim_id"], "printing"], row["unit_measure"]),
        snapshot=_build_verdict(now, row["unit_measure"]),
        newest_text=_format_newest(now, row["unit_measure"]),
        footnotes=tuple(snapshot.number_footnotes(row["claim_id"])),
    )


def _build_verdict(row: dict[str, Any], unit: str) -> Verdict:
    return Verdict(
        row["verdict"],
        mark_row(row, unit=unit),
        etl.label("reason", row["reason"]),
        row["as_of"],
        row["explanation"],
        row["arithmetic"],
    )


def mark_row(row: dict[str, Any], *, unit: str) -> VerdictMark:
    """The mark of a row of the table of verdicts; `unit` is that of its claim."""
    value = row["reference_value"]
    now = "" if value is None else etl.format_value(value, unit)
    return etl.mark_verdict(row["verdict"], row["reason"], now=now)


def _format_newest(verdict: dict[str, Any], unit: str) -> str:
    if verdict["newest_value"] is None:
        return ""
    period = (verdict["newest_period"] or "").replace("-", "–")
    return f"{etl.format_value(verdict['newest_value'], unit)} ({period})"


def _check_choices(claims: Sequence[ClaimEntry], selection: Selection) -> None:
    known = {
        "verdict": {claim.snapshot.mark.code for claim in claims},
        "topic": {claim.topic for claim in claims},
        "document": {claim.document_id for claim in claims},
    }
    for name, values in known.items():
        chosen = getattr(selection, name)
        if chosen is not None and chosen not in values:
            raise SelectionError(f"{name}={chosen!r} matches no claim. Known: {', '.join(sorted(values))}.")
