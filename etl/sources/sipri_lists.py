"""SIPRI's lists that hold no series: its own country codes, and sums of deals by seller without any year.

They are recognised only to say why they are refused. The list of codes has no numbers. The sums of deals
give a buyer, a seller, a weapon and what was delivered, but neither when it was ordered nor when it came:
nothing can be dated by the file, and a guess from its name would be one.
"""

from __future__ import annotations

import re

from etl.countries import Lookups
from etl.errors import InputError
from etl.provenance import InputFile, Product, RawFile
from etl.source_contract import Expected, Parsed, Source

# A header of ten names has some hundred bytes.
HEAD_BYTES = 4096
REASONS = {
    ("country_code", "country_label"): (
        "a list of SIPRI's country codes, in which no figure stands",
        "Spellings of names are kept in datasets/lookups/area_names.csv; add one there if it is missing.",
    ),
    (
        "buyercod",
        "sellercod",
        "desig2",
        "desc",
        "nrdel",
        "buyer",
        "seller",
        "tivunit",
        "tivorder",
        "tivdel",
    ): (
        "sums of deals without a year of order or of delivery, so that no figure can be dated",
        "Download the trade register from SIPRI: it has a year for every order and delivery.",
    ),
}
SOURCE = Source(
    layout="sipri_lists",
    title="SIPRI lists without a series: country codes, and undated sums of deals (always refused)",
    table="observations",
    columns=("country_code", "country_label"),
    product=Product(
        source_id="sipri_lists",
        publisher="SIPRI",
        product="Arms Transfers Database, lists",
        url="https://www.sipri.org/databases/armstransfers",
        licence="SIPRI terms: non-commercial use with attribution; for commercial use ask SIPRI, https://www.sipri.org",
        redistributable=False,
    ),
)
EXPECTED = Expected(rows_min=1, rows_max=1)


def matches(file: RawFile) -> bool:
    """Whether the first line has the names of one of the lists."""
    return _read_names(file) in REASONS


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """Nothing: the file is refused.

    Raises: InputError, always, saying why the list cannot become observations.
    """
    problem, remedy = REASONS[_read_names(file)]
    raise InputError(file.name, problem=problem, remedy=remedy)


def _read_names(file: RawFile) -> tuple[str, ...]:
    head = file.content[:HEAD_BYTES].decode("utf-8-sig", errors="replace")
    first = re.split(r"\r\n|\r|\n", head, maxsplit=1)[0]
    return tuple(name.strip(' "').lower() for name in re.split(r"[,;\t]", first.rstrip(",;\t ")))
