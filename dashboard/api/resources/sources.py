"""Sources: the publishers' files, with what may be done with them."""

from __future__ import annotations

from dashboard.api.tables import TableResource

SOURCES = TableResource(
    table="sources",
    summary="Sources: the publishers' files that the snapshot was built from, with their licences",
    row="one file of one edition",
    filters=("source_id", "publisher", "vintage"),
)
ROUTES = (SOURCES.build_route(),)
