"""Commodities in prose: weapons by the name that a text prints."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.documents.prose.binding import Scene
from etl.documents.prose.quantities import Quantity

TOTAL, CRUDE = "TOTAL", "2709"
WITH_WEAPON = frozenset({"contract_value", "units_ordered", "units_delivered", "units_pending"})
_DESIGNATION = re.compile(r"\b(?:[A-Z][A-Za-z]{0,7}-?\d{1,4}[A-Za-z]{0,5}|[A-Z][a-z]{2,}-[A-Z]{1,2})\b")
_NAMED = re.compile(r"\b[A-Z][A-Za-z]{3,}\b")


def find_weapon(scene: Scene, quantity: Quantity, *, recent: str | None, names: Sequence[str] = ()) -> str:
    """The weapon that a figure is about: named in the figure itself, in its sentence, or spoken of before."""
    # The first word is the number: "Three regiments" names no weapon.
    fragment = scene.plain[quantity.start : quantity.end].partition(" ")[2]
    inside = _DESIGNATION.search(fragment) or _NAMED.search(fragment)
    if inside is not None:
        return inside[0]
    known = [match for name in names for match in re.finditer(rf"\b{re.escape(name)}\b", scene.plain)]
    found = sorted([*_DESIGNATION.finditer(scene.plain), *known], key=lambda match: _measure(match, quantity))
    if found:
        return found[0][0]
    return recent or TOTAL


def find_last_weapon(plain: str) -> str | None:
    """The weapon that a sentence names last; None where it names none."""
    named = _DESIGNATION.findall(plain)
    return named[-1] if named else None


def _measure(match: re.Match[str], quantity: Quantity) -> int:
    return min(abs(match.start() - quantity.end), abs(quantity.start - match.end()))
