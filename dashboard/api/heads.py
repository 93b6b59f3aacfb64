"""What a page's head tells programs: where its data is, and what data it is, as schema.org has it."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from typing import Any

import polars as pl

from dashboard.api.contract import FRONT, HOME
from dashboard.charts import find_charts
from dashboard.page_contract import LICENCE, NAME
from etl import Snapshot

CACHED_SNAPSHOTS = 4
FIRST_PAGE = "overview"
# Pages whose data is a table; of the others, what their charts draw, or the usual tables.
TABLES = {
    "claims": ("claims", "verdicts"),
    "documents": ("documents", "claims", "milestones"),
    "data": ("observations", "sources", "deals"),
    "methods": ("verdicts",),
}
USUAL = ("observations", "claims")
KINDS = {"json": "application/json", "csv": "text/csv"}
DESCRIPTION = (
    "Statistics of trade and arms imports with a source per value: publishers' editions side by side, the "
    "figures that documents print, and verdicts on them as of the day of printing and as of now."
)


def write_head_links(snapshot: Snapshot, path: str, *, host: str = "") -> str:
    """Links and schema.org's description of a page's data; `host` makes the addresses absolute."""
    home = host.rstrip("/")
    links = [
        f'<link rel="canonical" href="{escape(home + path)}">',
        f'<link rel="service-desc" type="application/json" href="{HOME}/openapi.json">',
        f'<link rel="service-doc" href="{FRONT}">',
        *_list_alternates(path),
    ]
    # No page can end the script early: JSON needs no such sign.
    described = json.dumps(_describe_dataset(snapshot, home), ensure_ascii=False).replace("<", "\\u003c")
    return "".join(links) + f'<script type="application/ld+json">{described}</script>'


def _list_alternates(path: str) -> list[str]:
    page = path.strip("/").partition("/")[0] or FIRST_PAGE
    charts = [f"charts/{chart.card.chart_id}" for chart in find_charts().values() if page in chart.card.pages]
    addresses = TABLES.get(page) or charts or USUAL
    return [
        f'<link rel="alternate" type="{media_type}" href="{HOME}/{address}?format={kind}">'
        for address in addresses
        for kind, media_type in KINDS.items()
    ]


@lru_cache(maxsize=CACHED_SNAPSHOTS)
def _describe_dataset(snapshot: Snapshot, home: str) -> dict[str, Any]:
    """The snapshot as schema.org's Dataset."""
    data = f"{home}/data?snapshot={snapshot.snapshot_id}"
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": data,
        "name": f"{NAME}: {_name_dossiers(snapshot)}",
        "description": DESCRIPTION,
        "url": f"{home}/data",
        "identifier": snapshot.snapshot_id,
        "version": snapshot.snapshot_id,
        "dateModified": snapshot.as_of.isoformat(),
        "temporalCoverage": _format_coverage(snapshot),
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": NAME, "url": f"{home}/"},
        "license": {"@type": "CreativeWork", "name": LICENCE, "url": f"{home}/data"},
        "citation": snapshot.cite(link=data).text,
        "distribution": _list_distributions(snapshot, home),
        "isBasedOn": _list_publishers(snapshot),
    }


def _name_dossiers(snapshot: Snapshot) -> str:
    return ", ".join(snapshot.table("dossiers")["title"])


def _format_coverage(snapshot: Snapshot) -> str:
    # Targets lie ahead of what is covered.
    covered = snapshot.observations().filter(pl.col("period_end") <= snapshot.as_of)
    first, last = covered.select(pl.col("period_start").min(), pl.col("period_end").max()).collect().row(0)
    return f"{first.isoformat()}/{last.isoformat()}" if first else ""


def _list_distributions(snapshot: Snapshot, home: str) -> list[dict[str, str]]:
    address = f"{home}{HOME}/observations?snapshot={snapshot.snapshot_id}&format="
    return [
        {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": f"{address}{kind}"}
        for kind, media_type in KINDS.items()
    ]


def _list_publishers(snapshot: Snapshot) -> list[dict[str, Any]]:
    products = snapshot.sources().select("publisher", "product", "url", "licence").unique().sort(pl.all())
    return [
        {
            "@type": "CreativeWork",
            "name": row["product"],
            "publisher": {"@type": "Organization", "name": row["publisher"]},
            "license": row["licence"],
            **({"url": row["url"]} if row["url"] else {}),
        }
        for row in products.collect().to_dicts()
    ]
