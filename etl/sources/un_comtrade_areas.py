"""UN Comtrade's lists of partner and reporter areas: recognised, and refused because they hold no value.

The lists come as CSV (`partner_code, partner_desc, is_aggregate_code`) or as the JSON reference files of the
programming interface (`results`, each with a `PartnerCode` or `reporterCode`). What they say is carried in
datasets/lookups/un_codes.csv, where a code that is missing can be added.
"""

from __future__ import annotations

import re

from etl.countries import Lookups
from etl.errors import InputError
from etl.provenance import InputFile, Product, RawFile
from etl.readers.delimited_text import Layout, has_table
from etl.source_contract import Expected, Parsed, Source

SOURCE = Source(
    layout="un_comtrade_areas",
    title="UN Comtrade: list of partner or reporter areas, which holds no observation",
    table="observations",
    columns=("partner_code", "partner_desc"),
    product=Product(
        source_id="un_comtrade_areas",
        publisher="United Nations Statistics Division",
        product="UN Comtrade Database, lists of areas",
        url="https://comtradeapi.un.org/files/v1/app/reference/partnerAreas.json",
        licence="UN Comtrade terms of use; redistribution of the data needs permission",
        redistributable=False,
    ),
)
EXPECTED = Expected(rows_min=1, rows_max=2_000)
# The names of the columns, or the first entry of the list, stand within.
HEAD_BYTES = 4096
LISTS = tuple((f"{who}code", f"{who}desc") for who in ("partner", "reporter"))
_NAMES = re.compile(rb"(partner|reporter)[^a-z]*desc", re.IGNORECASE)
_REFERENCE_FILE = re.compile(rb'(\xef\xbb\xbf)?\s*\{.*"results"\s*:.*"(Partner|reporter)Code"\s*:', re.DOTALL)


def rename(written: str) -> str:
    """A column's name without signs and capitals."""
    return re.sub(r"[^a-z0-9]", "", written.lower())


def matches(file: RawFile) -> bool:
    """Whether the file lists areas by their codes and holds nothing else."""
    head = file.content[:HEAD_BYTES]
    if _REFERENCE_FILE.match(head):
        return True
    if not _NAMES.search(head):
        return False
    return any(has_table(file, Layout(frozenset(names), rename)) for names in LISTS) and not any(
        has_table(file, Layout(frozenset({column}), rename)) for column in ("cmdcode", "primaryvalue")
    )


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """Nothing, ever.

    Raises: InputError, because a list of areas is no statistics.
    """
    raise InputError(
        file.name,
        problem="a list of UN Comtrade's areas: it holds codes and names, and no value to read",
        remedy="Add the file with the trade itself; a missing code goes into datasets/lookups/un_codes.csv.",
    )
