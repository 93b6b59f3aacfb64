"""Data: what the snapshot holds, where it came from, what was set aside, and how to take it away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dash import html

import etl
from dashboard.address import Selection
from dashboard.components.attributes import name_attributes
from dashboard.components.chart_frame import QUARANTINE
from dashboard.components.row_table import Column, PlainRow, TableRow, build_folded_table, build_table
from dashboard.number_text import shorten_hash
from dashboard.page_contract import Page, PageContext
from dashboard.views.dossiers import find_dossier, find_limit
from dashboard.views.tables import (
    QuarantineEntry,
    SourceEntry,
    TableEntry,
    list_quarantine,
    list_sources,
    list_tables,
)
from etl import Dossier, Snapshot, format_count, format_day

PAGE = Page("/data", "Data", order=6)
TABLE_WORDS = {
    "observations": "one value per series, period and edition",
    "documents": "texts that state figures",
    "claims": "figures that documents state",
    "verdicts": "what checking each claim gave, on two days",
    "disagreements": "statements about the same thing that differ",
    "deals": "arms orders and their deliveries",
    "milestones": "dated events that documents state",
    "sources": "files the snapshot was built from",
    "dossiers": "bilateral relationships covered",
    "areas": "countries and aggregates with their codes",
    "quarantine": "rows that were read and not accepted",
}
LICENCES = (
    "Every row has its licence. Where the terms do not let a value be passed on, its cell is empty and the "
    "note says why and where to get it; what was worked out from it stays."
)


def build_layout(context: PageContext, *, selection: Selection, rest: str) -> Any:
    """Tables, sources, quarantine, dictionary, manifest."""
    snapshot = context.snapshot
    dossier = find_dossier(snapshot, selection)
    tables = list_tables(snapshot)
    sources = list_sources(snapshot, dossier)
    every = next(table.rows for table in tables if table.table == "sources")
    return html.Div(
        [
            html.H1("Data"),
            html.P(_format_origin(snapshot), className="lead"),
            html.H2("The dossier as one file"),
            html.P(_format_report(dossier)),
            html.H2("Tables"),
            _build_tables(tables),
            html.P(["The whole snapshot, in forms that other tools take in: ", *_build_exports(), "."]),
            html.P(LICENCES),
            html.H2("Sources"),
            html.P(_format_share(len(sources), every, dossier.title)) if len(sources) < every else None,
            _build_sources(sources),
            html.H2("Quarantine", id=QUARANTINE),
            _build_quarantine(list_quarantine(snapshot)),
            html.H2("Data dictionary"),
            *[_build_dictionary(table) for table in tables],
            html.H2("Manifest"),
            _build_manifest(snapshot.manifest),
        ]
    )


def _format_origin(snapshot: Snapshot) -> list[Any]:
    known = "as known on" if find_limit(snapshot) else "of"
    return [
        "Everything on these pages comes from one immutable snapshot, ",
        html.Code(snapshot.snapshot_id),
        f", {known} {format_day(snapshot.as_of)}. "
        "Take its tables whole, or each chart’s points from under the chart.",
    ]


def _format_report(dossier: Dossier) -> list[Any]:
    address = f"/report/{dossier.dossier_id}.html"
    return [
        html.A(f"Report on {dossier.title}", href=address),
        " (HTML): charts, claims, documents and sources, with the evidence behind every point. It opens from "
        "disk without a network, and prints. ",
        html.A("Save it", href=address, download=""),
        ".",
    ]


def _format_share(number: int, every: int, title: str) -> list[Any]:
    return [
        f"{number} of {format_count(every, 'file')} in the snapshot hold figures of {title}. ",
        html.A("All of them, as CSV", href="/table/sources.csv"),
        ".",
    ]


def _build_tables(tables: Sequence[TableEntry]) -> Any:
    rows = [
        TableRow(
            (
                table.table,
                TABLE_WORDS.get(table.table, ""),
                f"{table.rows:,}",
                str(len(table.columns)),
                _build_links(table.table),
            )
        )
        for table in tables
    ]
    columns = [
        Column("Table", kind="title"),
        Column("One row is"),
        Column("Rows", kind="number"),
        Column("Columns", kind="number"),
        Column("Download"),
    ]
    return build_table(columns, rows=rows, caption="Tables of the snapshot")


def _build_links(name: str) -> Any:
    return [
        html.A("CSV", href=f"/table/{name}.csv", **name_attributes({"aria-label": f"{name} as CSV"})),
        " ",
        html.A(
            "Parquet", href=f"/table/{name}.parquet", **name_attributes({"aria-label": f"{name} as Parquet"})
        ),
        " ",
        html.A("XLSX", href=f"/table/{name}.xlsx", **name_attributes({"aria-label": f"{name} as XLSX"})),
    ]


def _build_exports() -> list[Any]:
    """Links to the formats that are not of any table, but of the whole or of certain tables."""
    links = [
        html.A(entry.title, href=f"/export/{entry.name_file(table)}")
        for entry in etl.list_formats()
        for table in ((None,) if entry.stem is not None else entry.tables or ())
    ]
    return [part for link in links for part in (", ", link)][1:]


def _build_sources(sources: Sequence[SourceEntry]) -> Any:
    columns = [
        Column("Publisher and product", kind="title"),
        Column("Edition"),
        Column("Licence"),
        Column("Read", kind="number"),
        Column("Accepted", kind="number"),
        Column("Set aside", kind="number"),
        Column("File"),
    ]
    return build_table(
        columns, rows=[_build_source_row(source) for source in sources], caption="Files and their publishers"
    )


def _build_source_row(source: SourceEntry) -> TableRow:
    product = html.A(source.product, href=source.url) if source.url else source.product
    return TableRow(
        (
            [html.Span(source.publisher), html.Br(), product],
            html.Span(format_day(source.vintage, precision=source.vintage_precision), className="together"),
            [source.licence, "" if source.may_travel else " (not passed on in whole tables)"],
            f"{source.rows_read:,}",
            f"{source.rows_accepted:,}",
            f"{source.rows_quarantined:,}",
            [
                html.Span(_break_path(source.file), className="long"),
                html.Br(),
                html.Code(shorten_hash(source.sha256), title=f"SHA-256: {source.sha256}"),
            ],
        )
    )


def _break_path(path: str) -> list[Any]:
    """A path whose lines may end after each of its folders, and after each word of their names."""
    pieces = re.findall(r"[^/_]*[/_]?", path)
    return [part for piece in pieces if piece for part in (piece, html.Wbr())]


def _build_quarantine(entries: Sequence[QuarantineEntry]) -> Any:
    if not entries:
        return html.P("No row of any file was set aside: every one that was read was accepted.")
    columns = [
        Column("File and line", kind="title"),
        Column("Column"),
        Column("Value"),
        Column("Problem"),
        Column("Remedy"),
    ]
    rows = [
        TableRow(
            (
                f"{entry.file}, line {entry.line}",
                entry.column or "–",
                entry.value or "–",
                entry.problem,
                entry.remedy,
            )
        )
        for entry in entries
    ]
    return build_table(columns, rows=rows, caption="Rows that were read and not accepted")


def _build_dictionary(table: TableEntry) -> Any:
    rows = [
        PlainRow((entry.column, entry.type, entry.unit, "yes" if entry.nullable else "no", entry.description))
        for entry in table.columns
    ]
    return build_folded_table(
        f"{table.table}: {format_count(len(table.columns), 'column')}",
        columns=("Column", "Type", "Unit", "May be empty", "Meaning"),
        rows=rows,
        caption=f"Columns of {table.table}",
    )


MANIFEST_WORDS = {
    "seconds": "build time, s",
    "peak_memory_mib": "peak memory, MiB",
    "snapshot_id": "snapshot",
    "built_at": "built on",
}


def _format_entry(name: str, text: object) -> str:
    """An entry of the manifest, a moment as its day."""
    return format_day(datetime.fromisoformat(str(text)).date()) if name == "built_at" else str(text)


def _build_manifest(manifest: dict[str, Any]) -> Any:
    plain = {
        name: text
        for name, text in manifest.items()
        if isinstance(text, str | int | float | bool) and name != "sha256"
    }
    pairs = [
        part
        for name, text in plain.items()
        for part in (
            html.Dt(MANIFEST_WORDS.get(name, name.replace("_", " "))),
            html.Dd(_format_entry(name, text)),
        )
    ]
    return html.Div(
        [
            html.Dl(pairs, className="lines record"),
            html.P(
                html.A(
                    "The whole manifest (JSON): inputs with their hashes, row counts, versions",
                    href="/table/manifest.json",
                )
            ),
        ]
    )
