"""Editions of one window as a ribbon: what was printed, when, what it is recomputed to, who cites it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import etl
from dashboard.plotting.traces import write_hover
from dashboard.theme import VERDICT_GLYPHS
from etl import format_day


@dataclass(frozen=True)
class EditionMark:
    """One value: the day it came out, who or what says it, and how far its printed rounding reaches."""

    row_id: str
    day: date
    value: float
    low: float
    high: float
    value_text: str
    says: str
    hover: str
    verdict: str = ""


@dataclass(frozen=True)
class Ribbon:
    """The editions of one window in the order of their days, published and recomputed apart; claims."""

    window: str
    period: str
    printed: tuple[EditionMark, ...]
    recomputed: tuple[EditionMark, ...]
    claims: tuple[EditionMark, ...]

    @property
    def is_restated(self) -> bool:
        """Whether two editions print different values."""
        return len({mark.value for mark in self.printed}) > 1

    @property
    def change(self) -> str:
        """The window with its first and its newest printed value."""
        return f"{self.period} from {self.printed[0].value_text} to {self.printed[-1].value_text}"

    @property
    def marks(self) -> tuple[EditionMark, ...]:
        """Every value of the window."""
        return (*self.printed, *self.recomputed, *self.claims)

    def list_steps(self, today: date) -> list[tuple[EditionMark, date, date]]:
        """Each printed value with the days between which it was the newest."""
        ends = [after.day for _, after in pairwise(self.printed)]
        return [(mark, mark.day, end) for mark, end in zip(self.printed, [*ends, today], strict=True)]


def group_ribbons(rows: Iterable[dict[str, Any]], claims: Iterable[dict[str, Any]]) -> list[Ribbon]:
    """One ribbon per window that observations are of, the oldest window first; rows come in their order."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["time_period"]].append(row)
    cited: dict[str, list[EditionMark]] = defaultdict(list)
    for claim in claims:
        cited[claim["time_period"]].append(_mark_claim(claim))
    return [
        Ribbon(
            window,
            _format_period(group[0]),
            tuple(_mark_row(row) for row in group if not row["derivation"]),
            tuple(_mark_row(row) for row in group if row["derivation"]),
            tuple(cited[window]),
        )
        for window, group in sorted(groups.items())
    ]


def format_edition(row: dict[str, Any]) -> str:
    """When an edition came out, as exactly as it is known."""
    return format_day(row["vintage"], precision=row["vintage_precision"])


def _mark_row(row: dict[str, Any]) -> EditionMark:
    value, value_text, edition = row["obs_value"], _format_value(row), format_edition(row)
    origin = f"recomputed from the register of {edition}" if row["derivation"] else f"edition of {edition}"
    low, high = (value if end is None else end for end in (row["obs_low"], row["obs_high"]))
    hover = write_hover(value_text, _format_period(row), row["publisher"], origin)
    return EditionMark(row["obs_id"], row["vintage"], value, low, high, value_text, edition, hover)


def _mark_claim(claim: dict[str, Any]) -> EditionMark:
    value, verdict = claim["value"], claim["verdict"]
    value_text = etl.format_value(value, claim["unit_measure"])
    judged = f"{VERDICT_GLYPHS[verdict]} {etl.label('verdict', verdict)}"
    hover = write_hover(value_text, _format_period(claim), f"stated by {claim['document_title']}", judged)
    place = (claim["claim_id"], claim["published_on"], value, value, value)
    return EditionMark(*place, value_text, claim["document_name"], hover, verdict)


def _format_value(row: dict[str, Any]) -> str:
    return etl.format_value(row["obs_value"], row["unit_measure"])


def _format_period(row: dict[str, Any]) -> str:
    return etl.shorten_period(row["period_start"], row["period_end"], row["period_basis"], row["time_period"])
