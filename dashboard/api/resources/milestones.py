"""Milestones: events as documents date them."""

from __future__ import annotations

from dashboard.api.tables import OF_A_DOSSIER, TableResource

MILESTONES = TableResource(
    table="milestones",
    summary="Milestones: events as documents date them",
    row="one event as one document dates it",
    filters=("document_id", "event", "kind", "date_precision"),
    choices=(OF_A_DOSSIER,),
)
ROUTES = (MILESTONES.build_route(),)
