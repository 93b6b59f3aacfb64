"""Documents: the records of the texts that state figures."""

from __future__ import annotations

from dashboard.api.tables import OF_A_DOSSIER, TableResource

DOCUMENTS = TableResource(
    table="documents",
    summary="Documents: the bibliographic record of each text that is checked, never the text",
    row="one document",
    filters=("document_id", "publisher", "language", "kind"),
    choices=(OF_A_DOSSIER,),
)
ROUTES = (DOCUMENTS.build_route(),)
