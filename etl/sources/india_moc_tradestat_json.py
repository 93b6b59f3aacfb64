"""Answers of TradeStat as scraping programs keep them in JSON: recognised in order to be refused.

The data bank gives no JSON. These files are written by programs that ask for a page and label what they
find by what they asked for: years under fixed names whatever the page held, growth where an amount should
be, rupees in crore as US dollars, imports and exports exchanged. What is right in them cannot be told
from the file.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from etl.countries import Lookups
from etl.errors import InputError
from etl.provenance import InputFile, Product, RawFile
from etl.readers.json_values import read_json
from etl.readers.limits import LARGEST_JSON
from etl.source_contract import Expected, Parsed, Source

SITE = "tradestat.commerce.gov.in"
# India's whole trade in one direction has not reached a million million dollars a year.
MOST_USD_MILLIONS = 1_500_000
SOURCE = Source(
    layout="india_moc_tradestat_json",
    title="Department of Commerce: TradeStat answers kept by a scraping program (refused)",
    table="observations",
    columns=("years or commodities", "metadata.source_url"),
    product=Product(
        source_id="india_moc_tradestat_json",
        publisher="a scraping program, from India’s Department of Commerce",
        product="TradeStat answers relabelled by a program",
        url="https://tradestat.commerce.gov.in/",
        licence="not stated",
        redistributable=False,
    ),
)
EXPECTED = Expected(rows_min=1, rows_max=1)


def matches(file: RawFile) -> bool:
    """Whether it is a JSON object whose metadata names the TradeStat site as the page scraped."""
    content = file.content
    if len(content) > LARGEST_JSON or not content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    return SITE.encode() in content and any(
        SITE in url for url in _list_pages(_read_json(content, file.name))
    )


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """Nothing: the file is refused with what is wrong in it.

    Raises: InputError, always.
    """
    document = _read_json(file.content, file.name)
    # What is found is only said to convince: without a fault the labels are still guesses.
    faults = [*_find_year_faults(document), *_find_size_faults(document), *_find_page_faults(document)]
    found = (
        "; ".join(faults[:4]) or "flow, unit and years are what the program asked for, not what the page says"
    )
    raise InputError(
        file.name,
        problem=f"a scraping program's labels, which the values do not bear out: {found}",
        remedy="Save the report itself from TradeStat, as a page or a workbook, and add that.",
    )


@lru_cache(maxsize=1)
def _read_json(content: bytes, name: str) -> Any:
    try:
        return read_json(content, name=name)
    except ValueError:
        return None


def _list_pages(document: Any) -> set[str]:
    """The pages that any metadata in the document names."""
    return {value for key, value in _walk(document) if key == "source_url" and isinstance(value, str)}


def _walk(document: Any) -> list[tuple[str, Any]]:
    """Every key and value of a document, however deep."""
    found, waiting = [], [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            found += [(str(key), value) for key, value in node.items()]
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return found


def _find_year_faults(document: Any) -> list[str]:
    years = document.get("years") if isinstance(document, dict) else None
    if not isinstance(years, dict):
        return []
    wrong = sorted(
        year
        for year, block in years.items()
        # The program keeps the site's own names of years, y2023 and the like, below labels of its own.
        if any(key.startswith("y20") and str(year) not in key for key, _ in _walk(block))
    )
    return [f"the answers for {', '.join(map(str, wrong))} carry the years of another"] if wrong else []


def _find_size_faults(document: Any) -> list[str]:
    totals = [value for key, value in _walk(document) if key == "india_total"]
    amounts = [
        value
        for key, value in _walk(totals)
        if isinstance(value, int | float) and "growth" not in key and "share" not in key
    ]
    faults = []
    if any(amount > MOST_USD_MILLIONS for amount in amounts):
        faults.append("India's total is of the size of rupees in crore under a name for US dollars")
    if any(amount < 0 for amount in amounts):
        faults.append("a growth rate stands where India's total should be")
    return faults


def _find_page_faults(document: Any) -> list[str]:
    flows = {flow for page in _list_pages(document) for flow in ("import", "export") if flow in page}
    return [] if len(flows) == 1 else ["the pages scraped are not of one direction"]
