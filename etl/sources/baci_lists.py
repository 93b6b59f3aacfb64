"""CEPII BACI, its lists of areas and products: read and checked, but no observations, and refused as such.

Known by `country_code` beside an ISO code, or by `code, description` alone. Peculiarities: areas without an
ISO code are `N/A`; some numbers (58, 280, 711, 736) carry the code of one successor; a spreadsheet eats the
leading zero of the products of chapters 01 to 09, which is given back where no code of the list has kept its
own.
"""

from __future__ import annotations

from etl.countries import Lookups
from etl.errors import InputError
from etl.provenance import InputFile, Product, RawFile
from etl.readers.code_lists import is_country_list, is_product_list, read_country_list, read_product_list
from etl.source_contract import Expected, Parsed, Source

SOURCE = Source(
    layout="baci_lists",
    title="CEPII BACI: lists of areas and products",
    table="observations",
    columns=("country_code, country_name, country_iso3", "or code, description"),
    product=Product(
        source_id="baci_lists",
        publisher="CEPII",
        product="BACI, lists of areas and products",
        url="https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37",
        licence="Etalab Open Licence 2.0",
        redistributable=True,
    ),
)
# Some 240 areas, some 5,000 products of six digits.
EXPECTED = Expected(rows_min=1, rows_max=10_000)


def matches(file: RawFile) -> bool:
    """Whether the file is one of the two lists."""
    return is_country_list(file) or is_product_list(file)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """Nothing: a list says what codes mean, not what was traded.

    Raises: InputError always: what the list holds, and what to do with it.
    """
    if is_country_list(file):
        countries = read_country_list(file, lookups)
        odd = f", {len(countries.unknown)} of them unknown here" if countries.unknown else ""
        found = f"a list of {len(countries.names)} areas{odd}"
    else:
        products = read_product_list(file)
        eaten = f", {products.restored} of them without their leading zero" if products.restored else ""
        found = f"a list of {len(products.descriptions)} products{eaten}"
    raise InputError(
        file.name,
        problem=f"{found}: a code list of BACI holds no observations",
        remedy="Keep it beside the BACI files that it belongs to: converting them in bulk takes it along.",
    )
