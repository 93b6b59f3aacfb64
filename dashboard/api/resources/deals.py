"""Deals: arms orders and their deliveries."""

from __future__ import annotations

from dashboard.api.tables import TableResource

DEALS = TableResource(
    table="deals",
    summary="Deals: arms orders and their deliveries",
    description="TIV is SIPRI's measure of the volume of arms, never money.",
    row="one order, with the register it stands in and its licence",
    filters=(
        "importer",
        "supplier",
        "designation",
        "category",
        "order_year",
        "status",
        "vintage",
        "source_id",
    ),
)
ROUTES = (DEALS.build_route(),)
