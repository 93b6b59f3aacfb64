"""Columns of flat rows: an observation, claim, deal or milestone with its source, whatever its kind."""

from __future__ import annotations

from dashboard.api.columns import SNAPSHOT_ID, Column

ROW_KINDS = ("observation", "claim", "deal", "milestone")
_UNIT = "unit_measure"
FLAT: tuple[Column, ...] = (
    Column("row_id", "String", "id", "id of the row, see /evidence/{row_id}"),
    Column("kind", "String", "text", f"kind of row: {', '.join(ROW_KINDS)}"),
    Column("title", "String", "text", "what is measured or what happened, in words"),
    Column("indicator", "String", "code", "what is measured", nullable=True),
    Column("ref_area", "String", "code", "reporting area; for arms the importer", nullable=True),
    Column("counterpart_area", "String", "code", "other area; for arms the supplier", nullable=True),
    Column("commodity", "String", "text", "HS code, TOTAL, or what is counted", nullable=True),
    Column("time_period", "String", "period", "period as written", nullable=True),
    Column("period_start", "Date", "date", "first day of the period", nullable=True),
    Column("period_end", "Date", "date", "last day of the period", nullable=True),
    Column("period_basis", "String", "code", "kind of period", nullable=True),
    Column("value", "Float64", _UNIT, "value in the base unit", nullable=True),
    Column("value_low", "Float64", _UNIT, "least value that rounding or print allows", nullable=True),
    Column("value_high", "Float64", _UNIT, "greatest value that rounding or print allows", nullable=True),
    Column("unit_measure", "String", "code", "unit of the value", nullable=True),
    Column("value_text", "String", "text", "the value as a reader says it, or as printed"),
    Column("obs_status", "String", "code", "SDMX observation status", nullable=True),
    Column("verdict", "String", "code", "of a claim: its verdict on the day shown", nullable=True),
    Column("vintage", "Date", "date", "day by which the edition was out", nullable=True),
    Column("publisher", "String", "text", "who published the statistics or the document", nullable=True),
    Column("product", "String", "text", "name of the publisher's product", nullable=True),
    Column("source_file", "String", "path", "file the value was read from", nullable=True),
    Column("source_locator", "String", "text", "line and column in that file, or 'derived'", nullable=True),
    Column(
        "source_sha256", "String", "hash", "SHA-256 of that file, or of the document's text", nullable=True
    ),
    Column("as_reported_by", "String", "text", "outlet that reported the figure", nullable=True),
    Column("document_id", "String", "id", "document that states it", nullable=True),
    Column("document_title", "String", "text", "title of that document", nullable=True),
    Column("published_on", "Date", "date", "day of its publication", nullable=True),
    Column("paragraph", "Int64", "count", "number of the non-empty line, from 1", nullable=True),
    Column("char_start", "Int64", "characters", "first character of the fragment, from 0", nullable=True),
    Column("char_end", "Int64", "characters", "character after the fragment", nullable=True),
    Column("stated_as", "String", "text", "the figure as printed, a fragment", nullable=True),
    Column("derivation", "String", "text", "rule(ids of its operands), of a derived value", nullable=True),
    Column("licence", "String", "text", "terms of the product, in short", nullable=True),
    Column("redistributable", "Boolean", "boolean", "whether the value may be passed on"),
    Column("note", "String", "text", "caveat", nullable=True),
    Column("citation", "String", "text", "how to cite the row"),
    SNAPSHOT_ID,
)
DRAWN: tuple[Column, ...] = (
    Column("series", "String", "text", "which series of the chart the point belongs to"),
    Column("period", "String", "text", "the period in words"),
    Column("drawn_as", "String", "text", "the value as the chart writes it"),
    Column("mark", "String", "text", "how the point is drawn, and why"),
)
