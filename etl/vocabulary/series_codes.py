"""Codes of areas and commodities that modules know by name; all others come from lookups and files."""

from __future__ import annotations

# UN Comtrade's codes for all partners and for all goods, and this project's for every area and every kind.
WORLD = "W00"
ALL_COMMODITIES = "TOTAL"
# SDMX: what a publisher counts without naming it.
NOT_NAMED = "_X"
# The withdrawn code of ISO 3166 for the Soviet Union.
SOVIET_UNION = "SUN"
# The European Union and ASEAN, which publishers list beside their members.
AREA_GROUPS = ("EUU", "XUA")
# Areas that total others: as a party to a flow they would count it twice.
TOTALS_OF_AREAS = (WORLD, *AREA_GROUPS)
# HS 2709, petroleum oils, crude: what the claims speak of, so it has an indicator of its own.
CRUDE_OIL = "2709"
