"""Rows of India's export and import data bank as amounts: with whom, of what, in which period and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from etl.errors import InputError
from etl.periods import Period
from etl.readers.eidb_checks import (
    ENTRY,
    INDIA_TOTAL,
    TOTAL,
    check_row,
    classify_row,
    is_sum_of,
    read_amount,
    try_amount,
)
from etl.readers.eidb_tables import EidbColumn, EidbReport, EidbTable
from etl.reading import InputRow
from etl.vocabulary.series_codes import ALL_COMMODITIES, CRUDE_OIL, NOT_NAMED, WORLD

NOT_NAMED_NOTE = "which commodity this is, the file does not say"
_CODE = re.compile(r"\d{2}(\d{2}){0,3}", re.ASCII)
_FLAGS = {"R": "marked (R): revised", "P": "marked (P): provisional", "F": "marked (F): final"}


@dataclass(frozen=True)
class EidbAmount:
    """One amount of a row in base units; the partner is a code, or where its name stands in the row."""

    indicator: str
    commodity: str
    partner: str | None
    column: str
    period: Period
    value: Decimal | None
    status: str
    note: str | None


@dataclass(frozen=True)
class RowReader:
    """Reads the rows of one table; `partner` is the area that all its rows share, if they do.

    `is_whole` says that the entries make up India's total; `restore_zeros` gives codes back the leading zero
    that spreadsheets take.
    """

    table: EidbTable
    report: EidbReport
    partner: str | None
    india: dict[str, Decimal]
    has_total: bool
    is_whole: bool
    restore_zeros: bool = False

    def read_row(self, row: InputRow) -> list[EidbAmount]:
        """The amounts of a row; none for shares and remarks, which only serve as checks.

        Raises: RowProblemError where a cell cannot be read, or growth or share disagree with the amounts.
        """
        kind = classify_row(row, self.table)
        if kind not in (ENTRY, TOTAL, INDIA_TOTAL):
            return []
        check_row(row, self.table, self.india if kind == ENTRY else {})
        commodity, partner = self._name_series(row, kind)
        # Two rows would say the same observation twice.
        if kind == INDIA_TOTAL and self.has_total and self._covers_everything:
            return []
        amounts = (self._read_amount(row, column, commodity, partner) for column in self._value_columns)
        return [amount for amount in amounts if amount is not None]

    @property
    def _value_columns(self) -> list[EidbColumn]:
        return self.table.find_columns("value")

    @property
    def _covers_everything(self) -> bool:
        """Whether the table's own total and India's are one series."""
        return self._shared_partner == WORLD and self._shared_commodity == ALL_COMMODITIES

    @property
    def _shared_partner(self) -> str:
        return self.partner or WORLD

    @property
    def _shared_commodity(self) -> str:
        if self.report.commodity:
            return self.report.commodity
        one = self.report.one_commodity
        if one is None:
            # Countries that do not make up India's total: they trade something less than all goods.
            one = bool(self.table.find_columns("country")) and not self.is_whole
        return NOT_NAMED if one else ALL_COMMODITIES

    def _name_series(self, row: InputRow, kind: str) -> tuple[str, str | None]:
        if kind == INDIA_TOTAL:
            return ALL_COMMODITIES, WORLD
        if kind == TOTAL:
            return self._shared_commodity, self._shared_partner
        partner = None if self.table.find_columns("country") else self._shared_partner
        return self._read_commodity(row), partner

    def _read_commodity(self, row: InputRow) -> str:
        codes = self.table.find_columns("code")
        if codes:
            text = row.require(codes[0].name)
            # HS codes have an even number of digits: an odd one has lost its zero.
            if self.restore_zeros and len(text) % 2:
                text = f"0{text}"
            if not _CODE.fullmatch(text):
                raise row.refuse(
                    codes[0].name,
                    reason="not_a_code",
                    problem="not an HS code of 2, 4, 6 or 8 digits",
                    remedy="Correct the code.",
                )
            return text
        names = self.table.find_columns("commodity")
        return row.require(names[0].name) if names else self._shared_commodity

    def _read_amount(
        self, row: InputRow, column: EidbColumn, commodity: str, partner: str | None
    ) -> EidbAmount | None:
        text = row.cells[column.name].strip()
        period, number = column.heading.period, read_amount(row, column)
        if not text or period is None:
            return None
        notes = [
            _FLAGS.get(column.heading.flag or ""),
            f"printed as {text}" if number is None else None,
            self._format_quantity(row, period),
            NOT_NAMED_NOTE if commodity == NOT_NAMED else None,
            self.report.note,
        ]
        crude = self.report.flow == "imports" and commodity == self.report.commodity == CRUDE_OIL
        return EidbAmount(
            "crude_oil_imports" if crude else self.report.flow,
            commodity,
            partner,
            column.name,
            period,
            None if number is None else number * self.report.unit.scale,
            column.heading.status if number is not None else "M",
            "; ".join(note for note in notes if note) or None,
        )

    def _format_quantity(self, row: InputRow, period: Period) -> str | None:
        """Quantities have no series of their own here: they stay with the amount they belong to."""
        columns = [
            column
            for column in self.table.find_columns("quantity")
            if column.heading.period in (None, period)
        ]
        texts = [row.cells[column.name].strip() for column in columns]
        units = [row.cells[column.name].strip() for column in self.table.find_columns("quantity_unit")]
        unit = (units[0] if units else self.report.quantity_unit) or "in the report's unit"
        return f"quantity {texts[0]} {unit}" if texts and texts[0] else None


def build_reader(
    table: EidbTable,
    report: EidbReport,
    rows: tuple[InputRow, ...],
    *,
    file: str,
    partner: str | None,
    restore_zeros: bool = False,
) -> RowReader:
    """A reader for the rows of a table, which knows its totals.

    Raises: InputError where a list of goods is a part of India's trade, and with whom is not said.
    """
    kinds = [(classify_row(row, table), row) for row in rows]
    columns = table.find_columns("value")
    india = _read_totals([row for kind, row in kinds if kind == INDIA_TOTAL], columns)
    has_total = any(kind == TOTAL for kind, _ in kinds)
    # Only where the entries make up India's total are they all of its trade.
    is_whole = bool(india) and is_sum_of([row for kind, row in kinds if kind == ENTRY], columns, india)
    untitled = report.one_commodity is None and not table.find_columns("country")
    if untitled and partner is None and not is_whole:
        remedy = "Keep the report's title and the line with its country."
        raise InputError(
            file, problem="the goods are a part of India's trade, with whom is not said", remedy=remedy
        )
    return RowReader(table, report, partner, india, has_total, is_whole, restore_zeros)


def _read_totals(rows: list[InputRow], columns: list[EidbColumn]) -> dict[str, Decimal]:
    found = {column.name: try_amount(row, column) for row in rows for column in columns}
    return {name: amount for name, amount in found.items() if amount is not None}
