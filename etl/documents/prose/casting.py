"""Casting: the parties of a figure, by what it measures."""

from __future__ import annotations

from etl.documents.prose.commodities import WITH_WEAPON
from etl.documents.prose.measures import Cue
from etl.documents.prose.quantities import Quantity
from etl.documents.prose.roles import FLOWS, TWO_SIDED, WORLD, Casting

ARMS_SHARES = frozenset({"arms_import_share", "arms_export_share", "arms_import_volume"})


def cast_parties(
    casting: Casting,
    quantity: Quantity,
    indicator: str | None,
    *,
    cue: Cue | None,
    is_whole: bool,
    to_all: bool,
) -> tuple[str | None, str | None]:
    """The reporting and the other area of a figure; None where the text leaves it open."""
    if indicator is None:
        return None, None
    if indicator == "arms_import_volume" and (is_whole or not casting.has_supplier(quantity)):
        return casting.cast_importer_alone(quantity)
    if indicator in ARMS_SHARES or indicator in WITH_WEAPON:
        return casting.cast_arms(quantity)
    if indicator in {"world_arms_import_share", "world_arms_export_share", "military_expenditure"}:
        area = casting.find_subject(quantity)
        return area, WORLD
    if indicator == "tariff_rate":
        return casting.cast_tariff(quantity)
    if indicator in FLOWS or indicator == "crude_oil_import_share":
        return casting.cast_flow(quantity, cue, to_all=to_all)
    if indicator in TWO_SIDED or indicator == "agreement_count":
        return casting.cast_pair(quantity)
    return None, None
