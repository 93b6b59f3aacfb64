"""Claims: the figures that documents state."""

from __future__ import annotations

from dashboard.api.tables import OF_A_DOSSIER, TableResource

CLAIMS = TableResource(
    table="claims",
    summary="Claims: one figure as one document states it, its place in the text, and its verdict",
    description="`stated_as` is the fragment as printed; no sentence of a document is given. The sums behind "
    "a verdict are at /verdicts, all that stands behind a claim at /evidence/{row_id}.",
    row="one claim, with its document, its place there, and its verdict",
    filters=(
        "document_id",
        "indicator",
        "ref_area",
        "counterpart_area",
        "commodity",
        "period_basis",
        "time_period",
        "hedge",
        "topic",
        "verdict",
    ),
    choices=(OF_A_DOSSIER,),
)
ROUTES = (CLAIMS.build_route(),)
