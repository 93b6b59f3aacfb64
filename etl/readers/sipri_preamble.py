"""What SIPRI prints above a register: when it was generated, and for whose deliveries of which years."""

from __future__ import annotations

import re
from datetime import date

from etl.provenance import Vintage
from etl.readers.limits import LONGEST_TITLE

# No download is older than the web, and one beyond the century is a slip.
EARLIEST_EDITION, LATEST_EDITION = 1990, 2100
# "Information generated: 12 February 2026": the only place where a download says its edition.
_GENERATED = re.compile(r"generated\s*:?\s*(\d{1,2})\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})\b", re.IGNORECASE)
_SELECTED = re.compile(r"\bfrom\s+(\S.*?)\s+to\s+(\S.*?)\s*\.", re.IGNORECASE)
_YEARS_SELECTED = re.compile(r"year range '(\d{4})' to '(\d{4})'")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_edition(text: str) -> Vintage | None:
    """The day behind "generated:", or None where there is none that can be one."""
    match = _GENERATED.search(text)
    if match is None or match[2].lower() not in _MONTHS:
        return None
    day, month, year = int(match[1]), _MONTHS.index(match[2].lower()) + 1, int(match[3])
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    basis = "The day on which the download was generated, as SIPRI prints it above the rows."
    return Vintage(found, "day", basis) if EARLIEST_EDITION <= year <= LATEST_EDITION else None


def read_table_scope(lines: tuple[str, ...]) -> tuple[str, str] | None:
    """Whose deliveries to whom the download was asked for, or None where no line says so."""
    found = next((match for line in lines if (match := _SELECTED.search(line[:LONGEST_TITLE]))), None)
    return None if found is None else (found[1], found[2])


def read_years(lines: tuple[str, ...]) -> tuple[int, int] | None:
    """First and last year that the download was asked for, or None where no line names them."""
    found = next((match for line in lines if (match := _YEARS_SELECTED.search(line))), None)
    return None if found is None else (int(found[1]), int(found[2]))
