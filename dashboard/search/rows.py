"""What of a snapshot can be found: its series, claims, deals, documents and milestones in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import polars as pl

import etl
from dashboard.search.index import SearchEntry
from dashboard.views.claims import ClaimEntry, list_all_claims
from dashboard.views.documents import DocumentEntry, MilestoneEntry, list_documents, list_milestones
from dashboard.views.dossiers import select_observations
from etl import ALL_COMMODITIES, IS_DATED, Dossier, Snapshot, format_count, format_day, join_words

SERIES = ("indicator", "ref_area", "counterpart_area", "commodity")
PARTIES = ("importer", "supplier")
VALUE = ("obs_id", "obs_value", "unit_measure", "period_start", "period_end", "period_basis", "time_period")
COUNTRIES = ("country", "former_country")
# Where every order of a dossier is drawn, and where any order's evidence opens.
EVERY_ORDER, ANY_ORDER = "/arms?show=all#deals_progress", "/arms"
Row = dict[str, Any]


def list_dossier_entries(
    snapshot: Snapshot, dossier: Dossier, *, drawn: Mapping[str, str]
) -> dict[str, list[SearchEntry]]:
    """What belongs to a dossier, by kind, each kind in the order in which equally good answers are given.

    `drawn` says where a row is drawn, as an address such as /arms#slope.
    """
    documents = {entry.document_id: entry for entry in list_documents(snapshot, dossier.dossier_id)}
    # What something is known about comes first.
    claims = sorted(list_all_claims(snapshot, dossier.dossier_id), key=lambda claim: not claim.newest_text)
    deals = snapshot.deals().filter(_is_between(PARTIES, [dossier]))
    return {
        "claims": [_build_claim(claim, documents[claim.document_id]) for claim in claims],
        "series": _list_series(snapshot, _select_series(snapshot, dossier), drawn=drawn),
        "deals": _list_deals(snapshot, deals, drawn=drawn, otherwise=EVERY_ORDER),
        "documents": [_build_document(entry) for entry in documents.values()],
        "milestones": [
            _build_milestone(entry, document)
            for document in documents.values()
            for entry in list_milestones(snapshot, document.document_id)
        ],
    }


def list_common_entries(snapshot: Snapshot, dossiers: Sequence[Dossier]) -> dict[str, list[SearchEntry]]:
    """The series and deals that belong to none of the dossiers, by kind."""
    taken = [_select_series(snapshot, dossier).select(SERIES).unique() for dossier in dossiers]
    observations = snapshot.observations().join(pl.concat(taken), on=SERIES, how="anti")
    deals = snapshot.deals().filter(~_is_between(PARTIES, dossiers))
    return {
        "series": _list_series(snapshot, observations, drawn={}),
        "deals": _list_deals(snapshot, deals, drawn={}, otherwise=ANY_ORDER),
    }


def _select_series(snapshot: Snapshot, dossier: Dossier) -> pl.LazyFrame:
    """The observations of a dossier, and what one of its sides has with the world or alone."""
    sides = [dossier.ref_area, dossier.counterpart_area]
    nobody = snapshot.areas().filter(pl.col("kind").is_in(COUNTRIES).not_()).collect()["area"].to_list()
    alone = snapshot.observations(ref_area=sides, counterpart_area=nobody)
    return pl.concat([select_observations(snapshot, dossier), alone]).unique("obs_id", maintain_order=True)


def write_point(address: str, row_id: str) -> str:
    """An address at which the evidence of a row is open."""
    scheme, host, path, query, place = urlsplit(address)
    asked = "&".join(part for part in (query, urlencode({"point": row_id})) if part)
    return urlunsplit((scheme, host, path, asked, place))


def _build_claim(claim: ClaimEntry, document: DocumentEntry) -> SearchEntry:
    verdict = claim.snapshot.mark
    return SearchEntry(
        title=claim.title,
        href=write_point("/claims", claim.claim_id),
        names=(claim.stated_as, claim.value_text),
        words=(
            verdict.label,
            etl.label("topic", claim.topic),
            claim.snapshot.reason,
            document.title,
        ),
        value=f"“{etl.show_on_one_line(claim.stated_as)}”",
        period=claim.period,
        verdict=verdict,
        detail=_name_document(document) + (f", ¶{claim.paragraph}" if claim.paragraph else ""),
        cited=claim.claim_id,
    )


def _name_document(document: DocumentEntry) -> str:
    """A document as briefly as lists of sources name it."""
    day = format_day(document.published_on, precision=document.published_on_precision)
    return f"{document.publisher or document.author or document.title}, {day}"


def _build_document(entry: DocumentEntry) -> SearchEntry:
    names = [name for name in (entry.author, entry.publisher) if name]
    counts = [format_count(entry.claims, "claim"), format_count(entry.milestones, "milestone")]
    return SearchEntry(
        title=entry.title,
        href=f"/documents/{quote(entry.document_id)}",
        words=(entry.kind,),
        period=format_day(entry.published_on, precision=entry.published_on_precision),
        detail=join_words([*names, *counts]),
        cited=entry.document_id,
    )


def _build_milestone(entry: MilestoneEntry, document: DocumentEntry) -> SearchEntry:
    return SearchEntry(
        title=entry.title,
        href=write_point(f"/documents/{quote(document.document_id)}", entry.milestone_id),
        words=(entry.kind, entry.date_text or "", document.title),
        period=entry.day,
        detail=f"{_name_document(document)}, ¶{entry.paragraph}",
        cited=entry.milestone_id,
    )


def _list_deals(
    snapshot: Snapshot, deals: pl.LazyFrame, *, drawn: Mapping[str, str], otherwise: str
) -> list[SearchEntry]:
    """Deals, the newest first."""
    rows = deals.sort("order_year", "deal_id", descending=[True, False]).collect().to_dicts()
    areas = _list_areas(snapshot)
    return [_build_deal(row, areas, address=drawn.get(row["deal_id"], otherwise)) for row in rows]


def _build_deal(row: Row, areas: Mapping[str, Row], *, address: str) -> SearchEntry:
    here, there = (areas[row[name]] for name in PARTIES)
    numbers = (row["number_delivered"], row["number_ordered"])
    delivered, ordered = ("an unknown number" if number is None else f"{number:,}" for number in numbers)
    uncertain = " (year uncertain)" if row["order_year_uncertain"] else ""
    years = f", delivered in {row['delivery_years']}" if row["delivery_years"] else ""
    status = etl.label("deal status", row["status"])
    return SearchEntry(
        title=f"{row['designation']}, {row['description']}",
        href=write_point(address, row["deal_id"]),
        names=(row["designation"],),
        words=(row["category"] or "", status, "order", here["adjective"], there["adjective"]),
        value=f"{delivered} of {ordered} delivered",
        period=f"ordered in {row['order_year']}{uncertain}",
        detail=f"{here['label']} from {there['label']}{years}",
        cited=row["deal_id"],
    )


def _is_between(columns: tuple[str, str], dossiers: Sequence[Dossier]) -> pl.Expr:
    here, there = columns
    pairs = [
        (pl.col(here) == dossier.ref_area) & (pl.col(there) == dossier.counterpart_area)
        for dossier in dossiers
    ]
    return pl.any_horizontal(pl.lit(value=False), *pairs)


def _list_series(
    snapshot: Snapshot, observations: pl.LazyFrame, *, drawn: Mapping[str, str]
) -> list[SearchEntry]:
    """Series, those that charts draw first, the longest first; each with the newest value that is drawn."""
    known = observations.filter(pl.col("obs_value").is_not_null())
    shown = _keep_newest(known.filter(pl.col("obs_id").is_in(list(drawn))))
    rows = (
        known.group_by(SERIES)
        .agg(
            pl.len().alias("values"),
            pl.col("period_start").min().dt.year().alias("first"),
            pl.col("period_end").max().dt.year().alias("last"),
            pl.col("vintage").n_unique().alias("editions"),
            pl.col("period_basis").unique().sort().alias("bases"),
            pl.col("publisher").unique().sort().alias("publishers"),
        )
        .join(_keep_newest(known), on=SERIES)
        .join(shown.select(*SERIES, pl.col("newest").alias("newest_drawn")), on=SERIES, how="left")
        .sort(pl.col("newest_drawn").is_null(), -pl.col("values").cast(pl.Int64), *SERIES)
        .collect()
        .to_dicts()
    )
    areas = _list_areas(snapshot)
    return [_build_series(snapshot, row, areas, drawn=drawn) for row in rows]


def _keep_newest(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Of each series the newest value: of its last period, published before derived, of the last edition."""
    last = rows.filter(pl.col("period_end") == pl.col("period_end").max().over(SERIES))
    ordered = last.sort("period_end", IS_DATED, pl.col("derivation").is_null(), "vintage", "obs_id")
    return ordered.group_by(SERIES, maintain_order=True).agg(pl.struct(VALUE).last().alias("newest"))


def _build_series(
    snapshot: Snapshot, row: Row, areas: Mapping[str, Row], *, drawn: Mapping[str, str]
) -> SearchEntry:
    shown = row["newest_drawn"] or row["newest"]
    address = drawn.get(shown["obs_id"], "/data")
    here, there = areas[row["ref_area"]], areas[row["counterpart_area"]]
    title = snapshot.evidence(shown["obs_id"]).title
    names = [area[name] for area in (here, there) for name in ("adjective", "spellings") if area[name]]
    days = (shown["period_start"], shown["period_end"])
    period = etl.shorten_period(*days, shown["period_basis"], shown["time_period"])
    return SearchEntry(
        title=title,
        href=write_point(address, shown["obs_id"]),
        words=(row["indicator"], etl.label("indicator", row["indicator"]), *names, *row["publishers"]),
        value=etl.format_value(shown["obs_value"], shown["unit_measure"]),
        period=period,
        detail=_describe_series(row, title=title, period=period),
        cited=shown["obs_id"],
    )


def _describe_series(row: Row, *, title: str, period: str) -> str:
    """What is known of a series, without what its title and the period of its newest value say already."""
    years = str(row["first"]) if row["first"] == row["last"] else f"{row['first']}–{row['last']}"
    bases = join_words([etl.label("period_basis", basis) for basis in row["bases"]])
    commodity = "" if row["commodity"] == ALL_COMMODITIES else _name_commodity(row["commodity"])
    parts = (
        f"by {bases}" if years == period else f"known for {years} by {bases}",
        format_count(row["editions"], "edition"),
        "" if commodity in title else commodity,
    )
    return ", ".join(part for part in parts if part)


def _name_commodity(code: str) -> str:
    return f"HS {code}" if code.isdecimal() else code.replace("_", " ")


def _list_areas(snapshot: Snapshot) -> dict[str, Row]:
    return {row["area"]: row for row in snapshot.areas().collect().to_dicts()}
