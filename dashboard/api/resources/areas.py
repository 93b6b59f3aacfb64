"""Areas: what the codes of countries mean."""

from __future__ import annotations

from dashboard.api.tables import TableResource

AREAS = TableResource(
    table="areas",
    summary="Areas: countries, former countries and aggregates by their codes",
    row="one area",
    filters=("area", "kind"),
)
ROUTES = (AREAS.build_route(),)
