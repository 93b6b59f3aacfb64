"""Observations: statistics by series, period and edition."""

from __future__ import annotations

import polars as pl

from dashboard.api.parameters import Flag, Parameter
from dashboard.api.tables import Choice, TableResource
from etl import Snapshot


def _select_derived(_snapshot: Snapshot, is_derived: bool) -> pl.Expr:
    return pl.col("derivation").is_not_null() == is_derived


OBSERVATIONS = TableResource(
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
    choices=(
        Choice(
            Parameter("derived", Flag(), "true: only values worked out here; false: only values as read."),
            _select_derived,
        ),
    ),
)
ROUTES = (OBSERVATIONS.build_route(),)
