"""Areas by their numeric codes, as a table that a whole column is looked up in at once."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from etl.countries import Lookups, UnknownNameError
from etl.vocabulary.series_codes import TOTALS_OF_AREAS

# Four digits, one more than any code of un_codes.csv; two such, year and product make one key of 64 bits.
CODES = 10_000


@dataclass(frozen=True)
class AreaTable:
    """ISO 3166 alpha-3 by numeric code: `areas` holds null where no area has the code."""

    areas: pl.Series

    def find(self, codes: pl.Series) -> pl.Series:
        """The areas of whole numbers; null for an unknown one."""
        return self.take(codes.set(~codes.is_between(0, CODES - 1), None))

    def take(self, codes: pl.Series) -> pl.Series:
        """The areas of codes that are all within the table."""
        return self.areas.gather(codes)

    def knows_all(self, codes: pl.Series) -> bool:
        """Whether every code is an area's."""
        low, high = codes.min(), codes.max()
        if codes.null_count() or not isinstance(low, int) or not isinstance(high, int):
            return False
        return low >= 0 and high < CODES and not self.areas.gather(codes).null_count()


def build_area_table(lookups: Lookups, *, totals: bool) -> AreaTable:
    """All areas that the lookups know by a numeric code, with or without those that total others."""
    found: list[str | None] = []
    for code in range(CODES):
        try:
            area = lookups.areas.find_un_code(str(code))
        except UnknownNameError:
            found.append(None)
        else:
            found.append(area if totals or area not in TOTALS_OF_AREAS else None)
    return AreaTable(pl.Series("area", found, dtype=pl.String))
