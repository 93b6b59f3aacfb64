"""What a table of India's data bank must agree with: its own growth, shares, totals and numbering."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.errors import ExpectationError
from etl.readers.eidb_tables import LABELS, EidbColumn, EidbTable
from etl.readers.grouped_numbers import read_grouped_amount
from etl.reading import InputRow, RowProblemError

MISSING_MARKS = frozenset(("NA", "N.A.", "N/A", "-", "--"))
# Amounts are printed to a hundredth, growth to a hundredth and shares to a ten-thousandth of a per cent.
# The 98 chapters of a year miss the total by up to 0.56, more than rounding each of them can explain.
PART_SLACK = Decimal("0.01")
# Half of the last printed digit of an amount; a hundredth and a ten-thousandth, each with a tenth more for
# the rounding of the rounded.
HALF, GROWTH_SLACK, SHARE_SLACK = Decimal("0.005"), Decimal("0.011"), Decimal("0.00011")
# A selection has a handful of rows; what lists more chapters or countries than this lists them all: a year of
# chapters has 98 rows, one of countries over two hundred.
MANY = 40
ENTRY, TOTAL, INDIA_TOTAL, SHARE, REMARK = "entry", "total", "india_total", "share", "remark"
_KINDS = {
    TOTAL: re.compile(r"(grand )?total"),
    INDIA_TOTAL: re.compile(r"india.?s total( (im|ex)ports?)?"),
    SHARE: re.compile(r"% ?share.*|% ?growth"),
}
_NUMBER = re.compile(r"(\d{1,6})(\.0?)?", re.ASCII)
_REMEDY = "Download the report again from the data bank, complete."


def classify_row(row: InputRow, table: EidbTable) -> str:
    """Whether a row is an entry, a total of the table, of India, their share, or a remark across all cells.

    The words of a footer stand in the place of a label, and may span the serial number beside it.
    """
    labels = table.find_columns("number", *LABELS)
    words = {row.cells[column.name].strip() for column in labels} - {""}
    if len(words) > 1:
        # A spreadsheet numbers its footers on like entries.
        words = {word for word in words if not _NUMBER.fullmatch(word)}
    if len(words) != 1:
        return ENTRY
    (word,) = words
    for kind, pattern in _KINDS.items():
        if pattern.fullmatch(word.lower()):
            return kind
    spread = {cell.strip() for cell in row.cells.values()}
    return REMARK if spread <= {word, ""} and not re.fullmatch(r"[\d.,\s]*", word) else ENTRY


def read_amount(row: InputRow, column: EidbColumn) -> Decimal | None:
    """The number in a cell; None where it is empty or holds a mark for missing.

    Raises: RowProblemError for anything else, and for a negative amount.
    """
    text = row.cells[column.name].strip()
    if not text or text.upper() in MISSING_MARKS:
        return None
    return read_grouped_amount(row, column.name, floor=None if column.heading.role == "growth" else 0)


def check_row(row: InputRow, table: EidbTable, india: dict[str, Decimal]) -> None:
    """Whether a row's growth and shares follow from its amounts, as far as two decimals can tell.

    Raises: RowProblemError where they do not.
    """
    values: list[tuple[EidbColumn, Decimal | None]] = []
    for column in table.columns:
        role = column.heading.role
        if role in ("value", "share", "growth"):
            number = read_amount(row, column)
            if role == "value":
                values.append((column, number))
            elif role == "share" and values:
                _check_share(row, column, number, values[-1], india)
            elif role == "growth":
                _check_growth(row, column, number, values[-2:])
        elif column.heading.period:
            values.clear()


def _check_growth(
    row: InputRow, column: EidbColumn, growth: Decimal | None, values: list[tuple[EidbColumn, Decimal | None]]
) -> None:
    if growth is None or len(values) < 2:
        return
    (_, before), (_, after) = values
    wrong = before is None or after is None
    if before is not None and after is not None:
        # The least and the greatest growth that two rounded amounts leave open.
        low = (max(after - HALF, Decimal(0)) / (before + HALF) - 1) * 100 - GROWTH_SLACK
        high = ((after + HALF) / (before - HALF) - 1) * 100 + GROWTH_SLACK if before > HALF else None
        wrong = growth < low or (high is not None and growth > high)
    if wrong:
        raise row.refuse(
            column.name,
            reason="growth_disagrees",
            problem="the growth does not follow from the two amounts before it",
            remedy=_REMEDY,
        )


def _check_share(
    row: InputRow,
    column: EidbColumn,
    share: Decimal | None,
    value: tuple[EidbColumn, Decimal | None],
    india: dict[str, Decimal],
) -> None:
    whole, amount = india.get(value[0].name), value[1]
    if share is None or whole is None:
        return
    if amount is None or not _fits_share(share, amount, whole):
        raise row.refuse(
            column.name,
            reason="share_disagrees",
            problem="the share does not follow from the amount and India's total",
            remedy=_REMEDY,
        )


def _fits_share(share: Decimal, amount: Decimal, whole: Decimal) -> bool:
    # Of a total that rounds to nothing any share is possible.
    if whole <= HALF:
        return True
    # Twice the half: a total is the sum of entries that the bank rounds once more.
    low = max(amount - 2 * HALF, Decimal(0)) / (whole + 2 * HALF) * 100 - SHARE_SLACK
    high = (amount + 2 * HALF) / (whole - HALF) * 100 + SHARE_SLACK
    return low <= share <= high


def check_table(table: EidbTable, rows: tuple[InputRow, ...], *, file: str) -> None:
    """Whether the parts add up to the totals, the totals to their share, and no row is missing.

    Raises: ExpectationError where they do not; rows that cannot be read are left to the quarantine.
    """
    kinds: dict[str, list[InputRow]] = {}
    for row in rows:
        kinds.setdefault(classify_row(row, table), []).append(row)
    entries = kinds.get(ENTRY, [])
    if not entries:
        raise ExpectationError(file, expected="rows below the header", found="none", remedy=_REMEDY)
    _check_numbering(entries, table, file=file)
    for kind in (TOTAL, INDIA_TOTAL, SHARE):
        if len(kinds.get(kind, [])) > 1:
            raise ExpectationError(file, expected="each total once", found="several", remedy=_REMEDY)
    foot = {kind: kinds[kind][0] for kind in (TOTAL, INDIA_TOTAL, SHARE) if kind in kinds}
    for kind in (TOTAL, INDIA_TOTAL):
        if kind in foot:
            _check_footer(foot[kind], table, file=file)
    _check_pairs(table, file=file)
    complete = TOTAL not in foot and _lists_everything(entries, table)
    for column in table.find_columns("value"):
        _check_sum(column, entries, foot, complete=complete, file=file)


def _check_numbering(entries: list[InputRow], table: EidbTable, *, file: str) -> None:
    (column,) = table.find_columns("number")[:1]
    matches = [_NUMBER.fullmatch(row.cells[column.name].strip()) for row in entries]
    numbers = {int(match[1]) for match in matches if match}
    unread = sum(match is None for match in matches)
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - numbers)
    # A number that cannot be read accounts for one that is missing.
    if len(missing) > unread:
        shown = ", ".join(map(str, missing[:8]))
        raise ExpectationError(
            file, expected="rows numbered from 1 on", found=f"no row {shown}", remedy=_REMEDY
        )


def _check_footer(row: InputRow, table: EidbTable, *, file: str) -> None:
    """A footer that disagrees with itself puts its whole column in doubt."""
    try:
        check_row(row, table, {})
    except RowProblemError as error:
        label = next(iter(cell for cell in row.cells.values() if cell.strip()), "")
        raise ExpectationError(
            file, expected=f"a row {label!r} that adds up", found=str(error), remedy=_REMEDY
        ) from error


def _check_pairs(table: EidbTable, *, file: str) -> None:
    """Growth is from one period to the same of the next year."""
    before: list[EidbColumn] = []
    for column in table.columns:
        if column.heading.role == "value":
            before.append(column)
        elif column.heading.role == "growth" and len(before) > 1:
            first, second = before[-2].heading.period, before[-1].heading.period
            spans = [(span.start, span.end) for span in (first, second) if span]
            years = [[day.year * 12 + day.month for day in span if day] for span in spans]
            if len(years) == 2 and years[0][0] + 12 != years[1][0]:
                found = f"{before[-2].name} before {before[-1].name}"
                raise ExpectationError(
                    file, expected="growth on the year before", found=found, remedy=_REMEDY
                )


def _lists_everything(entries: list[InputRow], table: EidbTable) -> bool:
    """Whether the entries are all chapters, or all countries: then they make up India's total."""
    codes = table.find_columns("code")
    chapters = bool(codes) and all(len(row.cells[codes[0].name].strip()) <= 2 for row in entries)
    return len(entries) >= MANY and (chapters or not table.find_columns("code", "commodity"))


def _check_sum(
    column: EidbColumn, entries: list[InputRow], foot: dict[str, InputRow], *, complete: bool, file: str
) -> None:
    amounts = [try_amount(row, column) for row in entries]
    total, india = (try_amount(foot[kind], column) if kind in foot else None for kind in (TOTAL, INDIA_TOTAL))
    known = [amount for amount in amounts if amount is not None]
    # Two more than there are entries, for the total and its own rounding.
    parts, slack = sum(known, Decimal(0)), PART_SLACK * (len(known) + 2)
    unread = any(_is_unread(row, column) for row in entries)
    whole = total if total is not None else india
    exact = (total is not None or complete) and not unread
    if whole is not None and (parts > whole + slack or (exact and parts < whole - slack)):
        found = f"{parts:,} in column {column.name}"
        raise ExpectationError(file, expected=f"parts that add up to {whole:,}", found=found, remedy=_REMEDY)
    if total is not None and india is not None and SHARE in foot:
        share = try_amount(foot[SHARE], column)
        if share is not None and not _fits_share(share, total, india):
            found = f"{share} for {total:,} of {india:,}"
            raise ExpectationError(file, expected="a %Share that follows", found=found, remedy=_REMEDY)


def is_sum_of(entries: list[InputRow], columns: list[EidbColumn], whole: dict[str, Decimal]) -> bool:
    """Whether the entries make up the whole in every column, within rounding."""
    for column in columns:
        known = [amount for row in entries if (amount := try_amount(row, column)) is not None]
        slack = PART_SLACK * (len(known) + 2)
        if column.name not in whole or abs(sum(known, Decimal(0)) - whole[column.name]) > slack:
            return False
    return True


def try_amount(row: InputRow, column: EidbColumn) -> Decimal | None:
    """The number in a cell, or None where there is none that can be read."""
    try:
        return read_amount(row, column)
    except RowProblemError:
        return None


def _is_unread(row: InputRow, column: EidbColumn) -> bool:
    try:
        read_amount(row, column)
    except RowProblemError:
        return True
    return False
