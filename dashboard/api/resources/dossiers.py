"""Dossiers: the relationships that the snapshot covers."""

from __future__ import annotations

from dashboard.api.tables import TableResource

DOSSIERS = TableResource(
    table="dossiers",
    summary="Dossiers: the bilateral relationships that are covered",
    row="one dossier",
    filters=("dossier_id", "ref_area", "counterpart_area"),
)
ROUTES = (DOSSIERS.build_route(),)
