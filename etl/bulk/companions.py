"""Code lists that lie beside a bulk file: kept with its output, and held against its codes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from etl.countries import Lookups
from etl.provenance import RawFile
from etl.readers.code_lists import (
    CountryList,
    ProductList,
    is_country_list,
    is_product_list,
    read_country_list,
    read_product_list,
)

# A list of all products is far smaller: what is larger is the bulk file itself, and is not read to see.
LARGEST_LIST = 8 << 20
COUNTRIES, PRODUCTS = "countries.csv", "products.csv"
# Enough to see a pattern in what differs; the note stays one that is read.
_SHOWN = 8


@dataclass(frozen=True)
class CodeLists:
    """The lists that belong to a file, as far as there are any."""

    countries: CountryList | None = None
    products: ProductList | None = None


def find_code_lists(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that are lists of areas or products, by their structure."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        if path.is_file() and path.stat().st_size <= LARGEST_LIST:
            file = RawFile(path.name, path.read_bytes())
            if is_country_list(file) or is_product_list(file):
                found.append(path)
    return tuple(found)


def read_code_lists(paths: tuple[Path, ...], *, lookups: Lookups) -> tuple[CodeLists, tuple[str, ...]]:
    """The lists, and notes on what was restored in them and what could not be decided.

    Of two lists of one kind none is taken: a file does not say which edition of the products it has.
    Raises: InputError where a list is damaged.
    """
    files = [RawFile(path.name, path.read_bytes()) for path in paths]
    countries = [read_country_list(file, lookups) for file in files if is_country_list(file)]
    products = [read_product_list(file) for file in files if is_product_list(file)]
    lists = CodeLists(
        countries[0] if len(countries) == 1 else None, products[0] if len(products) == 1 else None
    )
    notes = _describe_lists(lists)
    if len(countries) > 1 or len(products) > 1:
        notes.append("Two code lists of a kind lie beside the file: name the one that belongs to it.")
    return lists, tuple(notes)


def write_code_lists(lists: CodeLists, *, out: Path) -> None:
    """The lists beside the parts, codes in full."""
    if lists.countries:
        rows = [(code, name, iso) for code, (name, iso) in sorted(lists.countries.names.items())]
        _write_rows(out / COUNTRIES, header=("code", "name", "iso_in_list"), rows=rows)
    if lists.products:
        products = sorted(lists.products.descriptions.items())
        _write_rows(out / PRODUCTS, header=("commodity", "description"), rows=products)


def compare_products(lists: CodeLists, *, commodities: pl.Series) -> tuple[str, ...]:
    """A note on products of the flows that their list lacks."""
    if lists.products is None:
        return ()
    unlisted = sorted(set(commodities.to_list()) - set(lists.products.descriptions))
    if not unlisted:
        return ()
    shown = ", ".join(unlisted[:_SHOWN])
    return (
        f"{len(unlisted)} products are not in {lists.products.file}, such as {shown}: "
        "it may be the list of another edition of the Harmonised System.",
    )


def _describe_lists(lists: CodeLists) -> list[str]:
    notes = []
    if lists.countries:
        areas = lists.countries
        notes.append(f"{areas.file}: {len(areas.names)} areas, kept as {COUNTRIES}.")
        notes += [f"{areas.file}: {difference}" for difference in areas.differences[:_SHOWN]]
    if lists.products:
        listed = lists.products
        eaten = f", {listed.restored} given back the zero that a spreadsheet ate" if listed.restored else ""
        notes.append(f"{listed.file}: {len(listed.descriptions)} products{eaten}, kept as {PRODUCTS}.")
    return notes


def _write_rows(path: Path, *, header: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
