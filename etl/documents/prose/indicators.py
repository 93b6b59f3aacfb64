"""Indicators: what a figure measures, from its cue, its unit and the words beside it, and of which goods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.documents.prose.binding import Scene
from etl.documents.prose.measures import ARMS, ARMS_EXPORTS, OTHER, TRADE
from etl.documents.prose.quantities import Quantity
from etl.documents.prose.quantity_forms import BARE, COUNT, MASS, MONEY, VOLUME
from etl.vocabulary.series_codes import ALL_COMMODITIES

# In the currency printed. A smaller amount is a price or a fare, and no flow, contract or budget
# (test_a_price_is_no_flow_of_trade).
SMALLEST_AMOUNT = 1_000_000
ARMS_VOLUME = "arms_import_volume"
FLOW_MONEY = frozenset(
    {*TRADE, "services_exports", "services_imports", "contract_value", "military_expenditure"}
)
WITH_WEAPON = frozenset({"contract_value", "units_ordered", "units_delivered", "units_pending"})
# Makers' designations: letters and a number, S-400 or Su-30MKI, or a name with a letter or two, Igla-S.
_DESIGNATION = re.compile(r"\b(?:[A-Z][A-Za-z]{0,7}-?\d{1,4}[A-Za-z]{0,5}|[A-Z][a-z]{2,}-[A-Z]{1,2})\b")
_NAMED = re.compile(r"\b[A-Z][A-Za-z]{3,}\b")


@dataclass(frozen=True)
class Understanding:
    """What the words around a figure say of its measure."""

    code: str | None
    is_change: bool
    is_target: bool
    is_two_way: bool
    says_share: bool
    share_of: str | None
    flow: str | None
    speaks_of_arms: bool
    is_inherited: bool
    is_of_gdp: bool = False
    has_goods: bool = False


def name_indicator(quantity: Quantity, said: Understanding) -> str | None:
    """The indicator of a figure; None where nothing in the vocabulary fits."""
    if quantity.kind == VOLUME:
        return ARMS_VOLUME
    if quantity.kind == COUNT:
        return "agreement_count" if quantity.unit == "COUNT" else said.code
    if quantity.kind == MASS:
        return said.code if said.code == "crude_oil_imports" else None
    if quantity.kind in {MONEY, BARE}:
        return _name_amount(said) if quantity.value >= SMALLEST_AMOUNT else None
    if quantity.unit in {"PERCENT", "PERCENTAGE_POINTS", "TIMES"}:
        return _name_share(quantity, said)
    return None


def choose_unit(quantity: Quantity, *, rupee_scales: list[str]) -> str:
    """The unit of an amount whose currency is not printed: dollars, or rupees by its scale."""
    if quantity.unit:
        return quantity.unit
    # Nobody counts dollars in crores, and English texts print rupees without a sign.
    is_rupee = any(quantity.read_as.lower().endswith(word) for word in rupee_scales)
    return "INR" if is_rupee else "USD"


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
    return recent or ALL_COMMODITIES


def find_last_weapon(plain: str) -> str | None:
    """The weapon that a sentence names last; None where it names none."""
    named = _DESIGNATION.findall(plain)
    return named[-1] if named else None


def _name_amount(said: Understanding) -> str | None:
    # Money with arms is a volume that lost its unit; checking names that slip.
    if said.code == ARMS:
        return ARMS_VOLUME
    # A target is one of trade. "The target was missed as imports reached $60 bn" has a measure of its own.
    may_be_target = said.is_inherited or said.code in {"bilateral_trade", None}
    if said.is_target and may_be_target and said.code != OTHER and not said.is_change:
        return "trade_target"
    return said.code if said.code in FLOW_MONEY else None


def _name_share(quantity: Quantity, said: Understanding) -> str | None:
    is_plain = quantity.unit == "PERCENT" and not said.is_change
    if said.code == "tariff_rate":
        return "tariff_rate" if quantity.unit == "PERCENT" else None
    if is_plain and said.is_of_gdp:
        # Of other measures than military spending no part of the product is held.
        return "military_expenditure" if said.code == "military_expenditure" else None
    if is_plain and said.share_of in {"region_share", "arms_export_share", "world_arms_export_share"}:
        return None if said.share_of == "region_share" else said.share_of
    if said.code == ARMS_EXPORTS:
        return ARMS_VOLUME if said.is_change else said.share_of if is_plain else None
    if _is_of_arms(quantity, said):
        return _name_arms_share(quantity, said)
    return None if said.code in {OTHER, None} else _name_trade_share(said, is_plain=is_plain)


def _is_of_arms(quantity: Quantity, said: Understanding) -> bool:
    """Whether arms are named, or "imports" alone stand where arms are spoken of and no goods are."""
    if said.code == ARMS:
        return True
    # "Fell by 40 points" changes a share only where a share was spoken of.
    is_share = quantity.unit == "PERCENT" or (quantity.unit == "PERCENTAGE_POINTS" and said.says_share)
    is_bare_flow = said.code in {"imports", None} or (said.code == "exports" and said.share_of is not None)
    return is_share and is_bare_flow and said.speaks_of_arms and not said.has_goods


def _name_arms_share(quantity: Quantity, said: Understanding) -> str:
    is_plain = quantity.unit == "PERCENT" and not said.is_change
    if is_plain:
        return said.share_of or ARMS
    return ARMS if quantity.unit == "PERCENTAGE_POINTS" or said.says_share else ARMS_VOLUME


def _name_trade_share(said: Understanding, *, is_plain: bool) -> str | None:
    if said.code == "military_expenditure":
        # A part of the world's or of a region's spending is held by no series.
        return None if is_plain and said.says_share else said.code
    if is_plain:
        return _name_plain_share(said)
    return said.code if said.code in TRADE else None


def _name_plain_share(said: Understanding) -> str | None:
    if said.code == "crude_oil_imports":
        return "crude_oil_import_share"
    # Of the two-way total only the exporter's part is held; an import part is its complement and no
    # indicator.
    if said.is_two_way:
        return "export_share" if said.flow == "exports" else None
    return "export_share" if said.code == "exports" else None


def _measure(match: re.Match[str], quantity: Quantity) -> int:
    return min(abs(match.start() - quantity.end), abs(quantity.start - match.end()))
