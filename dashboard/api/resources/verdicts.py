"""Verdicts: claims held against the statistics, on the day of printing and on the day that is shown."""

from __future__ import annotations

from dashboard.api.tables import OF_A_DOSSIER, TableResource

VERDICTS = TableResource(
    table="verdicts",
    summary="Verdicts: what checking a claim gave, with the arithmetic",
    description="Two rows per claim: what was known when it was printed, and what is known on the day shown.",
    row="one verdict, with its sums and the observations it was held against",
    filters=("claim_id", "occasion", "verdict", "reason"),
    choices=(OF_A_DOSSIER,),
)
ROUTES = (VERDICTS.build_route(),)
