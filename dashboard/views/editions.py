"""Editions of statistics: their short names, the days they came out on, and what each gives of one share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from dashboard.views.chart_rows import Row, format_edition, format_row_period, format_row_value
from dashboard.views.dossiers import select_observations
from etl import IS_DATED, Dossier, Snapshot, format_day, format_outlets

INDICATOR = "arms_import_share"
CACHED_LISTS = 8


@dataclass(frozen=True)
class EditionValue:
    """One window in one edition; `before` is what an edition before gave, where that was another value."""

    row_id: str
    value_text: str
    period: str
    before: str


@dataclass(frozen=True)
class Edition:
    """One edition with its windows, the oldest first."""

    day: date
    day_text: str
    publisher: str
    values: tuple[EditionValue, ...]


@dataclass(frozen=True)
class KnownDay:
    """One day, how exactly it is known ("day" or "month"), and who published something on it."""

    day: date
    precision: str
    news: tuple[str, ...]


def list_editions(snapshot: Snapshot, dossier: Dossier) -> list[Edition]:
    """Published editions of the counterpart's share, the newest first."""
    rows = (
        snapshot.observations(
            indicator=INDICATOR,
            ref_area=dossier.ref_area,
            counterpart_area=dossier.counterpart_area,
            period_basis="five_year_window",
        )
        .filter(pl.col("derivation").is_null() & pl.col("obs_value").is_not_null())
        .sort(IS_DATED, "vintage", "publisher", "period_start", "obs_id")
        .collect()
    )
    given: dict[str, Row] = {}
    editions = []
    for group in rows.partition_by("vintage", "publisher", maintain_order=True):
        entries = group.to_dicts()
        values = tuple(_build_value(row, given.get(row["time_period"])) for row in entries)
        editions.append(
            Edition(
                entries[0]["vintage"], format_edition(entries[0]), _name_edition_publisher(entries), values
            )
        )
        given.update({row["time_period"]: row for row in entries})
    return editions[::-1]


def list_days(snapshot: Snapshot, dossier: Dossier) -> tuple[KnownDay, ...]:
    """The days from the newest to the oldest."""
    return _list_days(snapshot, dossier)


def shorten_sources(snapshot: Snapshot, row_ids: Iterable[str]) -> dict[str, str]:
    """A short name per document id and source id behind rows: who, what, and which day or editions."""
    return {**_shorten_documents(snapshot), **_shorten_products(snapshot, list(row_ids))}


def shorten_by_row(snapshot: Snapshot, row_ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """A short name per row and source id, for rows as read: who, what, which edition, and who reported it."""
    products = snapshot.sources().sort("source_id", "vintage").collect().to_dicts()
    names = {row["source_id"]: name_product(row["publisher"], row["product"]) for row in products}
    shortened: dict[str, dict[str, str]] = defaultdict(dict)
    for row_id, source_id, vintage, precision, outlet in _list_row_editions(snapshot, list(row_ids)):
        text = f"{names[source_id]}, {_format_editions([(vintage, precision)])}"
        shortened[row_id][source_id] = f"{text}, via {outlet}" if outlet else text
    return shortened


def name_product(publisher: str, product: str) -> str:
    """A product without what its name adds about one edition, and without its publisher's name twice."""
    name = product.split(",", maxsplit=1)[0]
    return name if name.startswith(publisher) else f"{publisher}, {name}"


def _name_edition_publisher(entries: list[Row]) -> str:
    outlets = [row["as_reported_by"] for row in entries if row["as_reported_by"]]
    return f"{entries[0]['publisher']}{format_outlets(outlets)}"


def _build_value(row: Row, earlier: Row | None) -> EditionValue:
    before = ""
    if earlier and earlier["obs_value"] != row["obs_value"]:
        before = f"{format_row_value(earlier)} ({format_edition(earlier)})"
    return EditionValue(row["obs_id"], format_row_value(row), format_row_period(row), before)


@lru_cache(maxsize=CACHED_LISTS)
def _list_days(snapshot: Snapshot, dossier: Dossier) -> tuple[KnownDay, ...]:
    news: dict[date, dict[str, str]] = defaultdict(dict)
    for day, precision, name in (
        *_list_edition_days(snapshot, dossier),
        *_list_document_days(snapshot, dossier),
    ):
        news[day][name] = precision
    return tuple(
        KnownDay(day, "month" if set(news[day].values()) == {"month"} else "day", tuple(sorted(news[day])))
        for day in sorted(news, reverse=True)
    )


def _list_edition_days(snapshot: Snapshot, dossier: Dossier) -> list[tuple[date, str, str]]:
    products = snapshot.sources().sort("vintage").collect().to_dicts()
    names = {row["source_id"]: name_product(row["publisher"], row["product"]) for row in products}
    columns = ("vintage", "vintage_precision", "source_id")
    read = select_observations(snapshot, dossier).filter(pl.col("derivation").is_null() & IS_DATED)
    deals = snapshot.deals(importer=dossier.ref_area, supplier=dossier.counterpart_area).filter(IS_DATED)
    observed, ordered = read.select(columns), deals.select(columns)
    rows = pl.concat([observed.collect(), ordered.collect()]).unique().rows()
    return [(day, precision, names[source_id]) for day, precision, source_id in rows]


def _list_document_days(snapshot: Snapshot, dossier: Dossier) -> list[tuple[date, str, str]]:
    rows = snapshot.documents(dossier=dossier.dossier_id).collect().to_dicts()
    return [
        (
            row["published_on"],
            row["published_on_precision"],
            row["publisher"] or row["author"] or row["title"],
        )
        for row in rows
    ]


def _shorten_documents(snapshot: Snapshot) -> dict[str, str]:
    rows = snapshot.documents().collect().to_dicts()
    return {
        row["document_id"]: f"{row['publisher'] or row['author'] or row['title']}, "
        f"{format_day(row['published_on'], precision=row['published_on_precision'])}"
        for row in rows
    }


def _shorten_products(snapshot: Snapshot, row_ids: list[str]) -> dict[str, str]:
    products = snapshot.sources().sort("source_id", "vintage").collect().to_dicts()
    names = {row["source_id"]: name_product(row["publisher"], row["product"]) for row in products}
    editions: dict[str, list[tuple[date, str]]] = defaultdict(list)
    outlets: dict[str, list[str]] = defaultdict(list)
    # A file may hold rows of several editions, all older than itself; of outlets the newest is named.
    for _, source_id, vintage, precision, outlet in sorted(
        _list_row_editions(snapshot, row_ids), key=lambda entry: (entry[2], entry[0])
    ):
        editions[source_id].append((vintage, precision))
        if outlet:
            outlets[source_id].insert(0, outlet)
    # A row may be worked out from a source of which no other row is drawn: that one is named alone.
    return {
        source_id: f"{name}, {_format_editions(editions[source_id])}{format_outlets(outlets[source_id])}"
        if source_id in editions
        else name
        for source_id, name in names.items()
    }


def _list_row_editions(
    snapshot: Snapshot, row_ids: list[str]
) -> list[tuple[str, str, date, str, str | None]]:
    """Rows: one per observation or deal: id, source, edition and its precision, and who reported it."""
    edition = ("source_id", "vintage", "vintage_precision")
    observed = snapshot.observations(obs_id=row_ids).select(
        pl.col("obs_id").alias("row_id"), *edition, "as_reported_by"
    )
    ordered = snapshot.deals(deal_id=row_ids).select(
        pl.col("deal_id").alias("row_id"),
        *edition,
        pl.lit(None, pl.String).alias("as_reported_by"),
    )
    # What is worked out from several sources has the newest day of all of them, which need not be its own.
    read = snapshot.observations(derivation=None).select(edition).unique()
    return pl.concat([observed.join(read, on=edition, how="semi"), ordered]).collect().rows()


def _format_editions(days: list[tuple[date, str]]) -> str:
    (first, _), (last, precision) = days[0], days[-1]
    if first == last:
        return f"edition of {format_day(last, precision=precision)}"
    return f"editions {first:%Y}\u2013{last:%Y}" if first.year < last.year else f"editions of {last:%Y}"
