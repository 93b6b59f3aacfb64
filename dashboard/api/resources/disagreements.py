"""Disagreements: statements about the same thing that differ."""

from __future__ import annotations

from dashboard.api.tables import TableResource

DISAGREEMENTS = TableResource(
    table="disagreements",
    summary="Disagreements: two statements about the same thing that differ",
    row="one pair of claims or milestones",
    filters=("about", "left_document_id", "right_document_id"),
)
ROUTES = (DISAGREEMENTS.build_route(),)
