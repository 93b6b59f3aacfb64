"""Columns of flat rows: an observation, claim, deal or milestone with its source, whatever its kind."""

from __future__ import annotations

from dashboard.api.columns import Column, take_column

ROW_KINDS = ("observation", "claim", "deal", "milestone")
_UNIT = "unit_measure"


def _take(table: str, name: str, text: str) -> Column:
    """A column of one kind of row; rows of the other kinds have none."""
    return take_column(table, name, description=text, nullable=True)


FLAT: tuple[Column, ...] = (
    Column("row_id", "String", "id", "id of the row, see /evidence/{row_id}"),
    Column("kind", "String", "code", "kind of row", codes=ROW_KINDS),
    Column("title", "String", "text", "what is measured or what happened, in words"),
    _take("observations", "indicator", "what is measured"),
    _take("observations", "ref_area", "reporting area; for arms the importer"),
    _take("observations", "counterpart_area", "other area; for arms the supplier"),
    Column("commodity", "String", "text", "HS code, TOTAL, or what is counted", nullable=True),
    Column("time_period", "String", "period", "period as written", nullable=True),
    Column("period_start", "Date", "date", "first day of the period", nullable=True),
    Column("period_end", "Date", "date", "last day of the period", nullable=True),
    _take("observations", "period_basis", "kind of period"),
    Column("value", "Float64", _UNIT, "value in the base unit", nullable=True),
    Column("value_low", "Float64", _UNIT, "least value that rounding or print allows", nullable=True),
    Column("value_high", "Float64", _UNIT, "greatest value that rounding or print allows", nullable=True),
    _take("observations", "unit_measure", "unit of the value"),
    Column("value_text", "String", "text", "the value as a reader says it, or as printed"),
    _take("observations", "obs_status", "SDMX observation status"),
    _take("verdicts", "verdict", "of a claim: its verdict on the day shown"),
    Column("vintage", "Date", "date", "day by which the edition was out", nullable=True),
    Column("publisher", "String", "text", "who published the statistics or the document", nullable=True),
    Column("product", "String", "text", "name of the publisher's product", nullable=True),
    Column("source_file", "String", "path", "file the value was read from", nullable=True),
    Column("source_locator", "String", "text", "line and column in that file, or 'derived'", nullable=True),
    _take("observations", "source_sha256", "SHA-256 of that file, or of the document's text"),
    Column("as_reported_by", "String", "text", "outlet that reported the figure", nullable=True),
    Column("document_id", "String", "id", "document that states it", nullable=True),
    Column("document_title", "String", "text", "title of that document", nullable=True),
    Column("published_on", "Date", "date", "day of its publication", nullable=True),
    _take("claims", "paragraph", "number of the non-empty line, from 1"),
    _take("claims", "char_start", "first character of the fragment, from 0"),
    _take("claims", "char_end", "character after the fragment"),
    Column("stated_as", "String", "text", "the figure as printed, a fragment", nullable=True),
    Column("derivation", "String", "text", "rule(ids of its operands), of a derived value", nullable=True),
    Column("licence", "String", "text", "terms of the product, in short", nullable=True),
    Column(
        "redistributable",
        "Boolean",
        "boolean",
        "whether the value may be passed on under the terms in `licence`; where not, it is quoted here",
    ),
    Column("note", "String", "text", "caveat", nullable=True),
    Column("citation", "String", "text", "how to cite the row"),
    Column("snapshot_id", "String", "id", "the snapshot that the row is of"),
)
DRAWN: tuple[Column, ...] = (
    Column("series", "String", "text", "which series of the chart the point belongs to"),
    Column("period", "String", "text", "the period in words"),
    Column("drawn_as", "String", "text", "the value as the chart writes it"),
    Column("mark", "String", "text", "how the point is drawn, and why"),
)
