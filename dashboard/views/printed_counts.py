"""What documents print of arms orders: how many of a weapon were ordered, delivered or are pending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.plotting.traces import ClaimMark
from dashboard.theme import VERDICT_GLYPHS
from dashboard.views.arms_orders import ArmsOrder
from etl import format_day, join_words

Row = dict[str, Any]
ORDERED, DELIVERED, PENDING = "units_ordered", "units_delivered", "units_pending"
SAID = {ORDERED: "ordered", DELIVERED: "delivered", PENDING: "pending"}


@dataclass(frozen=True)
class Printed:
    """What one document prints of one order in one unit: a mark for each figure, at its part of the order."""

    speaker: str
    verdicts: str
    words: str
    marks: tuple[tuple[float, ClaimMark], ...]


def match_claims(orders: Sequence[ArmsOrder], claims: Iterable[Row]) -> dict[str, list[Row]]:
    """Claims by the order they count: the first of that weapon, of the claim's year where it has one."""
    found: dict[str, list[Row]] = {}
    for claim in claims:
        alike = [order for order in orders if order.designation == claim["commodity"]]
        dated = [order for order in alike if str(order.ordered_in) == claim["time_period"]]
        for order in (dated or alike)[:1]:
            found.setdefault(order.row_id, []).append(claim)
    return found


def read_printed(claims: Iterable[Row], *, mark: Callable[[Row], ClaimMark]) -> tuple[Printed, ...]:
    """By document and unit; without the number ordered in that unit the others have no place."""
    groups: dict[tuple[str, str], dict[str, Row]] = {}
    for claim in claims:
        groups.setdefault((claim["document_id"], claim["unit_measure"]), {})[claim["indicator"]] = claim
    whole = [said for said in groups.values() if ORDERED in said and said[ORDERED]["value"]]
    return tuple(_read_document(said, mark=mark) for said in whole)


def _read_document(said: dict[str, Row], *, mark: Callable[[Row], ClaimMark]) -> Printed:
    claims = [said[name] for name in SAID if name in said]
    marks = [mark(claim) for claim in claims]
    places = [_find_place(claim, whole=said[ORDERED]["value"]) for claim in claims]
    glyphs = {f"{VERDICT_GLYPHS[each.verdict]} {each.verdict_text}" for each in marks}
    counts = [
        f"{each.span.value_text} {SAID[claim['indicator']]}"
        for claim, each in zip(claims, marks, strict=True)
    ]
    return Printed(
        speaker=f"{claims[0]['document_name']}, {format_day(claims[0]['published_on'])}",
        verdicts=join_words(sorted(glyphs)),
        words=", ".join(counts),
        marks=tuple(zip(places, marks, strict=True)),
    )


def _find_place(claim: Row, *, whole: float) -> float:
    """How far along the order a figure lies: at its end, where what has come ends, where the rest starts."""
    value = claim["value"]
    places = {ORDERED: whole, DELIVERED: value, PENDING: whole - value}
    return float(places[claim["indicator"]] / whole)
