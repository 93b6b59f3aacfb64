"""Tables: every table of the snapshot that leaves row by row, and what its rows are filtered by."""

from __future__ import annotations

import polars as pl

from dashboard.api.parameters import FlagValue, Parameter
from dashboard.api.tables import OF_A_DOSSIER, RowFilter, TableResource
from etl import Snapshot


def _select_derived(_snapshot: Snapshot, is_derived: bool) -> pl.Expr:
    return pl.col("derivation").is_not_null() == is_derived


DERIVED = RowFilter(
    Parameter("derived", FlagValue(), "true: only values worked out here; false: only values as read."),
    _select_derived,
)
TABLES = (
    TableResource(
        table="observations",
        summary="Observations: one value of one series for one period, from one publisher's edition",
        description="A period has as many rows as editions and publishers give it; `vintage` is the edition. "
        "`obs_value` is in the base unit of `unit_measure`; where it is null, `obs_status` says why.",
        row="one observation, with its edition, file, place in the file, status and licence",
        filters=(
            "indicator",
            "ref_area",
            "counterpart_area",
            "commodity",
            "period_basis",
            "time_period",
            "source_id",
            "vintage",
        ),
        row_filters=(DERIVED,),
    ),
    TableResource(
        table="claims",
        summary="Claims: one figure as one document states it, its place in the text, and its verdict",
        description="`stated_as` is the fragment as printed; no sentence of a document is given. The sums "
        "behind a verdict are at /verdicts, all that stands behind a claim at /evidence/{row_id}.",
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
        row_filters=(OF_A_DOSSIER,),
    ),
    TableResource(
        table="verdicts",
        summary="Verdicts: what checking a claim gave, with the arithmetic",
        description="Two rows per claim: what was known when it was printed, and what is known on the "
        "day shown.",
        row="one verdict, with its sums and the observations it was held against",
        filters=("claim_id", "occasion", "verdict", "reason"),
        row_filters=(OF_A_DOSSIER,),
    ),
    TableResource(
        table="disagreements",
        summary="Disagreements: two statements about the same thing that differ",
        row="one pair of claims or milestones",
        filters=("about", "left_document_id", "right_document_id"),
    ),
    TableResource(
        table="documents",
        summary="Documents: the bibliographic record of each text that is checked, never the text",
        row="one document",
        filters=("document_id", "publisher", "language", "kind"),
        row_filters=(OF_A_DOSSIER,),
    ),
    TableResource(
        table="milestones",
        summary="Milestones: events as documents date them",
        row="one event as one document dates it",
        filters=("document_id", "event", "kind", "date_precision"),
        row_filters=(OF_A_DOSSIER,),
    ),
    TableResource(
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
    ),
    TableResource(
        table="dossiers",
        summary="Dossiers: the bilateral relationships that are covered",
        row="one dossier",
        filters=("dossier_id", "ref_area", "counterpart_area"),
    ),
    TableResource(
        table="areas",
        summary="Areas: countries, former countries and aggregates by their codes",
        row="one area",
        filters=("area", "kind"),
    ),
    TableResource(
        table="sources",
        summary="Sources: the publishers' files that the snapshot was built from, with their licences",
        row="one file of one edition",
        filters=("source_id", "publisher", "vintage"),
    ),
)
ROUTES = tuple(table.build_route() for table in TABLES)
