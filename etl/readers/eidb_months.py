"""Headers of months in a row, as people paste them from the monthly pages of India's data bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from etl.readers.eidb_headers import Heading, read_heading

TOTAL = "total"
LABELS = frozenset({"number", "code", "commodity", "country"})
HEAD_ROWS = 40


@dataclass(frozen=True)
class MonthHeader:
    """Where the header stands, which columns are labels and months, and what rows are by: code or country."""

    row: int
    by: str
    labels: dict[str, int]
    months: dict[int, Heading]
    total: int | None
    total_name: str

    @property
    def known(self) -> frozenset[int]:
        """Every column whose meaning is known."""
        return frozenset({*self.labels.values(), *self.months, *([self.total] if self.total else [])})


def find_month_header(rows: Sequence[tuple[str, ...]]) -> MonthHeader | None:
    """A header with codes or countries and two months or more, of which half at least follow one another."""
    for number, cells in enumerate(rows[:HEAD_ROWS], start=1):
        header = _read_row(number, cells)
        if header is not None:
            return header
    return None


def _read_row(number: int, cells: tuple[str, ...]) -> MonthHeader | None:
    headings = {at: heading for at, cell in enumerate(cells, start=1) if (heading := read_heading(cell))}
    labels: dict[str, int] = {}
    for at, heading in headings.items():
        if heading.role in LABELS:
            labels.setdefault(heading.role, at)
    months = {at: heading for at, heading in headings.items() if heading.role == "value"}
    by = labels.keys() & {"code", "country"}
    if len(by) != 1 or not _are_months_in_a_row(list(months.values())):
        return None
    totals = [at for at, cell in enumerate(cells, start=1) if cell.strip().lower().startswith("total")]
    total = totals[0] if len(totals) == 1 and totals[0] > max(months) else None
    return MonthHeader(number, by.pop(), labels, months, total, cells[total - 1].strip() if total else "")


def _are_months_in_a_row(headings: list[Heading]) -> bool:
    """Months alone; the same month of two years, side by side on the site's own pages, is another layout."""
    periods = [heading.period for heading in headings if heading.period]
    if len(periods) < 2 or any(period.basis != "month" for period in periods):
        return False
    following = [
        bool(one.end and two.start and two.start - one.end == timedelta(days=1))
        for one, two in pairwise(periods)
    ]
    return any(following) and sum(following) * 2 >= len(following)
