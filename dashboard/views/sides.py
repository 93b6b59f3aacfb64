"""The two sides of a comparison as an address names them: a dossier and a day, each left out where usual."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard.address import Selection, SelectionError, TooEarlyError
from dashboard.views.dossiers import find_limit, list_dossiers
from dashboard.views.editions import KnownDay, list_days
from etl import Dossier, Snapshot, format_day

AT = "@"
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Side:
    """What one side shows: a dossier as it was known on a day; no day where the newest is meant."""

    dossier: Dossier
    is_main: bool
    day: date | None = None


def read_side(text: str | None, *, name: str, snapshot: Snapshot) -> Side:
    """The side that an address writes as `pakistan_china@2019-03-31`; either part may be left out.

    Raises: SelectionError for a dossier or a date that is none; TooEarlyError for a day before the first.
    """
    asked, _, day_text = (text or "").partition(AT)
    dossiers = list_dossiers(snapshot)
    found = [dossier for dossier in dossiers if asked in ("", dossier.dossier_id)]
    said = f"{name}={text!r}"
    if not found:
        known = ", ".join(dossier.dossier_id for dossier in dossiers)
        raise SelectionError(f"{said}: there is no dossier {asked!r}. Known: {known}.")
    day = _read_day(day_text, said=said)
    days = list_days(snapshot, found[0])
    if day and (not days or day < days[-1].day):
        raise TooEarlyError(_format_too_early(day, found[0], days, said=said))
    newest = day is None or day >= snapshot.as_of
    return Side(found[0], found[0] == dossiers[0], None if newest else day)


def write_side(side: Side) -> str:
    """A side as an address has it; empty for the newest of the main dossier."""
    dossier = "" if side.is_main else side.dossier.dossier_id
    return f"{dossier}{AT}{side.day.isoformat()}" if side.day else dossier


def place_side(side: Side, selection: Selection, *, snapshot: Snapshot) -> Selection:
    """The selection that draws a side: its dossier, its day, and what is chosen for both."""
    dossier = None if side.is_main else side.dossier.dossier_id
    day = side.day or find_limit(snapshot)
    return replace(selection, dossier=dossier, as_of=day, point=None)


def step_back(side: Side, *, snapshot: Snapshot) -> Side | None:
    """The same dossier as it was known a year before; the first that was known where that is later."""
    limit = (side.day or snapshot.as_of) - YEAR
    days = [known.day for known in list_days(snapshot, side.dossier)]
    earlier = [day for day in days if day <= limit] or days[-1:]
    return replace(side, day=earlier[0]) if earlier and earlier[0] < (side.day or snapshot.as_of) else None


def format_side(side: Side, *, snapshot: Snapshot) -> str:
    """A side in words: "as known on 31 March 2014"."""
    return f"as known on {format_day(side.day or snapshot.as_of)}"


def _read_day(text: str, *, said: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SelectionError(f"{said}: {text!r} is not a date such as 2019-03-31.") from error


def _format_too_early(day: date, dossier: Dossier, days: tuple[KnownDay, ...], *, said: str) -> str:
    text = f"{said}: on {format_day(day)} nothing was known here about {dossier.title}."
    return " ".join(
        [
            text,
            *(f"What is known begins in {format_day(each.day, precision='month')}." for each in days[-1:]),
        ]
    )
