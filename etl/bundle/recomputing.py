"""Figures and verdicts worked out again from the inputs of a bundle, by the rules that built the snapshot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from etl.bundle.inputs import Inputs, find_parties
from etl.judge import judge_documents
from etl.reconcile.assumptions import load_assumptions
from etl.reconcile.coverage import keep_whole_pairs
from etl.reconcile.derived_series import derive_observations

Row = dict[str, Any]
ID_COLUMNS = {
    "observations": "obs_id",
    "deals": "deal_id",
    "claims": "claim_id",
    "milestones": "milestone_id",
}


@dataclass(frozen=True)
class Recomputed:
    """Rows by id, and verdicts by claim and occasion."""

    rows: Mapping[str, Row]
    verdicts: Mapping[tuple[str, str], Row]


def recompute(inputs: Inputs, *, as_of: date, folder: Path) -> Recomputed:
    """Derive and judge everything that follows from the inputs; `folder` holds the assumptions.

    Raises: FootnotedError where the inputs do not allow it.
    """
    sources = inputs.sources
    broken = sources.filter(pl.col("rows_missing") > 0)["file"].to_list()
    observations = derive_observations(
        inputs.observations,
        keep_whole_pairs(inputs.deals, sources),
        publishers=dict(sources.select("source_id", "publisher").iter_rows()),
        incomplete_files=frozenset(broken),
        parties=find_parties(inputs.dossiers),
        assumptions=load_assumptions(folder),
    )
    verdicts = judge_documents(inputs.claims, inputs.documents, observations, as_of=as_of)
    tables = {**inputs.tables, "observations": observations}
    return Recomputed(
        {row[column]: row for name, column in ID_COLUMNS.items() for row in tables[name].to_dicts()},
        {(row["claim_id"], row["occasion"]): row for row in verdicts.to_dicts()},
    )


def drop_broken_intervals(observations: pl.DataFrame) -> pl.DataFrame:
    """Observations without the intervals that do not hold their value, which only a changed row has.

    The rules refuse such a row; without its interval they go on, so that what follows from it can be told.
    """
    value = pl.col("obs_value")
    holds = (pl.col("obs_low") <= value).fill_null(True) & (pl.col("obs_high") >= value).fill_null(True)
    return observations.with_columns(
        pl.when(holds).then(pl.col(name)).alias(name) for name in ("obs_low", "obs_high")
    )


def hash_row(row: Row) -> str:
    """SHA-256 of everything a row says."""
    said = json.dumps(row, ensure_ascii=False, sort_keys=True, default=_write_day)
    return hashlib.sha256(said.encode()).hexdigest()


def _write_day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no way to hash {value!r}")
