"""Made-up files in publishers' layouts, the same everywhere: months of trade, editions of a register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from etl.countries import Lookups

FIRST_YEAR, YEARS = 1960, 65
EDITIONS = (date(2023, 3, 13), date(2024, 3, 11), date(2025, 3, 10), date(2026, 3, 9))
WEAPONS = ("transport helicopter", "tank", "fighter aircraft", "frigate", "anti-tank missile")
REGISTER_PREAMBLE = (
    "Transfers of major conventional arms from All countries  to All countries . Deals with deliveries made "
    "for the year range 'Not specified' to 'Not specified' ",
    "",
    "Source: SIPRI Arms Transfers Database (c) SIPRI.",
)
REGISTER_HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,"
    "Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,"
    "SIPRI TIV of delivered weapons"
)


def list_countries(lookups: Lookups) -> list[str]:
    """Names that both publishers write without a comma, India left out."""
    areas = lookups.areas.areas.values()
    names = (area.label for area in areas if area.kind == "country" and area.area != "IND")
    return sorted(name for name in names if "," not in name and name.isascii())


def write_months(path: Path, *, countries: Sequence[str], observations: int) -> None:
    """India's trade by month and country, two observations a line, in US$ million."""
    lines, wanted = ["Date,Country,Import_Value,Export_Value"], observations // 2
    for place in range(wanted):
        month, country = divmod(place, len(countries))
        year, of_year = divmod(month, 12)
        # Values that stay near a level: a unit that is wrong would be found.
        bought, sold = 100 + country % 50 + place % 7 / 10, 80 + country % 30 + place % 11 / 10
        day = date(FIRST_YEAR + year, of_year + 1, 1)
        lines.append(f"{day},{countries[country].upper()},{bought:.2f},{sold:.2f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_register(path: Path, *, countries: Sequence[str], orders: int, day: date) -> None:
    """An edition of SIPRI's register, of which a later one has a few numbers restated."""
    lines = [*REGISTER_PREAMBLE, f"Data generated: {day:%d %B %Y} 2:29:20 PM", REGISTER_HEADER]
    for place in range(orders):
        importer, supplier = countries[place % len(countries)], countries[(place * 7 + 3) % len(countries)]
        ordered, year = 1 + place % 40 + (place % 97 == day.year % 97), FIRST_YEAR + place % 60
        lines.append(
            f"{importer},{supplier},{year},,{ordered},,Type {place % 900},{WEAPONS[place % len(WEAPONS)]},"
            f"{ordered},,{year + 1},New,,2.5,{ordered * 2.5},{ordered * 2.5}"
        )
    path.write_text("\n".join(lines) + "\n", encoding="latin-1")
