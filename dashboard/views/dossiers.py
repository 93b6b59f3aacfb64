"""Which dossier and day an address leads to, of those that a snapshot has, and what is measured of one."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

import etl
from dashboard.address import Selection, SelectionError
from etl import Dossier, Snapshot

CACHED_BUILDS = 8


def find_limit(snapshot: Snapshot) -> date | None:
    """The day that limits a snapshot; none where it is a whole build."""
    return snapshot.as_of if snapshot.as_of.isoformat() != snapshot.manifest["as_of"] else None


def find_dossier(snapshot: Snapshot, selection: Selection) -> Dossier:
    """The dossier that is chosen, or the main one.

    Raises: SelectionError for a dossier that the snapshot does not have.
    """
    dossiers = list_dossiers(snapshot)
    for dossier in dossiers:
        if selection.dossier in (None, dossier.dossier_id):
            return dossier
    known = ", ".join(dossier.dossier_id for dossier in dossiers)
    raise SelectionError(f"dossier={selection.dossier!r} is not in this snapshot. Known: {known}.")


def list_dossiers(snapshot: Snapshot) -> list[Dossier]:
    """All dossiers, the main one first."""
    order = _order_dossiers(snapshot.folder)
    return [snapshot.dossier(dossier_id) for dossier_id in order]


def select_observations(snapshot: Snapshot, dossier: Dossier) -> pl.LazyFrame:
    """What is measured between the two sides of a dossier, and all arms that reach its first side."""
    here, there = dossier.ref_area, dossier.counterpart_area
    deliveries = (pl.col("ref_area") == here) & pl.col("indicator").str.starts_with("arms_")
    return snapshot.observations(ref_area=[here, there]).filter(
        pl.col("counterpart_area").is_in([here, there]) | deliveries
    )


@lru_cache(maxsize=CACHED_BUILDS)
def _order_dossiers(folder: Path) -> tuple[str, ...]:
    """The one with most documents is the main one: the whole build decides that, whatever the day shown."""
    build = etl.open_snapshot(folder)
    documents = build.table("documents")["dossier"].to_list()
    known = build.table("dossiers")["dossier_id"].to_list()
    return tuple(sorted(known, key=lambda dossier_id: (-documents.count(dossier_id), dossier_id)))
