"""Sources as briefly as a line under a chart needs them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import polars as pl

from etl import Snapshot, format_day


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
        shortened[row_id][source_id] = f"{text} ({outlet})" if outlet else text
    return shortened


def name_product(publisher: str, product: str) -> str:
    """A product without what its name adds about one edition, and without its publisher's name twice."""
    name = product.split(",", maxsplit=1)[0]
    return name if name.startswith(publisher) else f"{publisher}, {name}"


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
    for source_id, vintage, precision in _list_editions(snapshot, row_ids):
        editions[source_id].append((vintage, precision))
    # A row may be worked out from a source of which no other row is drawn: that one is named alone.
    return {
        source_id: f"{name}, {_format_editions(editions[source_id])}" if source_id in editions else name
        for source_id, name in names.items()
    }


def _list_editions(snapshot: Snapshot, row_ids: list[str]) -> list[tuple[str, date, str]]:
    """The editions that rows are of: a file may hold rows of several, all older than itself."""
    rows = {row[1:4] for row in _list_row_editions(snapshot, row_ids)}
    return sorted(rows)


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
        *edition[:2],
        pl.lit("day").alias(edition[2]),
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
