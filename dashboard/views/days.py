"""Days on which something became known about a dossier: editions of statistics and documents."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from dashboard.views.short_sources import name_product
from etl import Dossier, Snapshot

CACHED_LISTS = 8


@dataclass(frozen=True)
class KnownDay:
    """One day, how exactly it is known ("day" or "month"), and who published something on it."""

    day: date
    precision: str
    news: tuple[str, ...]


def list_days(snapshot: Snapshot, dossier: Dossier) -> tuple[KnownDay, ...]:
    """The days from the newest to the oldest."""
    return _list_days(snapshot, dossier)


def select_observations(snapshot: Snapshot, dossier: Dossier) -> pl.LazyFrame:
    """What is measured between the two sides of a dossier, and all arms that reach its first side."""
    here, there = dossier.ref_area, dossier.counterpart_area
    deliveries = (pl.col("ref_area") == here) & pl.col("indicator").str.starts_with("arms_")
    return snapshot.observations(ref_area=[here, there]).filter(
        pl.col("counterpart_area").is_in([here, there]) | deliveries
    )


@lru_cache(maxsize=CACHED_LISTS)
def _list_days(snapshot: Snapshot, dossier: Dossier) -> tuple[KnownDay, ...]:
    news: dict[date, dict[str, str]] = defaultdict(dict)
    for day, precision, name in (*_list_editions(snapshot, dossier), *_list_texts(snapshot, dossier)):
        news[day][name] = precision
    return tuple(
        KnownDay(day, "month" if set(news[day].values()) == {"month"} else "day", tuple(sorted(news[day])))
        for day in sorted(news, reverse=True)
    )


def _list_editions(snapshot: Snapshot, dossier: Dossier) -> list[tuple[date, str, str]]:
    products = snapshot.sources().sort("vintage").collect().to_dicts()
    names = {row["source_id"]: name_product(row["publisher"], row["product"]) for row in products}
    columns = ("vintage", "vintage_precision", "source_id")
    observed = select_observations(snapshot, dossier).filter(pl.col("derivation").is_null()).select(columns)
    ordered = snapshot.deals(importer=dossier.ref_area, supplier=dossier.counterpart_area).select(
        "vintage", pl.lit("day").alias("vintage_precision"), "source_id"
    )
    rows = pl.concat([observed.collect(), ordered.collect()]).unique().rows()
    return [(day, precision, names[source_id]) for day, precision, source_id in rows]


def _list_texts(snapshot: Snapshot, dossier: Dossier) -> list[tuple[date, str, str]]:
    rows = snapshot.documents(dossier=dossier.dossier_id).collect().to_dicts()
    return [
        (
            row["published_on"],
            row["published_on_precision"],
            row["publisher"] or row["author"] or row["title"],
        )
        for row in rows
    ]
