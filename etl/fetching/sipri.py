"""SIPRI's trade register, asked of the backend that serves SIPRI's own site.

SIPRI publishes no description of this backend and promises nothing about it. What is used here is what
public programs that call it have in common: `POST trades/trade-register-csv/` with a list of filters,
answered by `{"bytes": base64 of the CSV}`, and `GET countries/getAllCountriesTrimmed` for the numbers of
suppliers and recipients. That a filter named `exportOption` asks for one row per delivery year (17 columns),
and its absence for one row per order (16 columns), is inferred from the answers that such programs got; so
is that `opendeals` adds orders without deliveries. Nothing is taken on trust: an answer that names other
years or other parties than were asked for is refused, and one with the other kind of row says so in a
notice.
"""

from __future__ import annotations

import base64
import binascii
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from etl.fetching.asking import CheckedFile, FetchContext, Fetched, fetch_file, read_json
from etl.fetching.questions import FetchError, Question, UnusableAnswerError
from etl.fetching.refusals import find_words

REGISTER, CATALOGUE = "trades/trade-register-csv/", "countries/getAllCountriesTrimmed"
# The register begins with 1950; the other end only catches a slip of the keyboard.
EARLIEST, LATEST = 1950, 2100
# As etl/readers/sipri_text.py looks for it: what is kept must be readable there.
HEADER_LINES = 40
EMPTY_REMEDY = "Check the years, suppliers and recipients: SIPRI may have no deliveries between them."
OTHER_REMEDY = "The backend may have changed: download the register from SIPRI's site and give it to add."
_YEARS = re.compile(r"year range\s+'([^']*)'\s+to\s+'([^']*)'", re.IGNORECASE)
_OF_ALL = re.compile(r"\bfrom\s+all\s+countries\b", re.IGNORECASE)
RowKind = Literal["delivery", "order"]


@dataclass(frozen=True)
class RegisterSelection:
    """Which part of the register: delivery years, and parties by SIPRI's names, where not all are wanted."""

    first_year: int
    last_year: int
    suppliers: Sequence[str] = ()
    recipients: Sequence[str] = ()
    one_row_per: RowKind = "delivery"
    with_open_orders: bool = True

    def describe(self) -> str:
        """The selection in a few words, for the name of the file."""
        parties = [" ".join(names) or "all" for names in (self.suppliers, self.recipients)]
        years = f"{self.first_year}-{self.last_year}"
        return f"sipri register by {self.one_row_per} {years} {parties[0]} to {parties[1]}"


def fetch_register(selection: RegisterSelection, *, context: FetchContext) -> Fetched:
    """The trade register for a selection, as the CSV file that SIPRI's site gives.

    Raises: FetchError, by its kinds. Source: see the module; undocumented by SIPRI.
    """
    if not EARLIEST <= selection.first_year <= selection.last_year <= LATEST:
        years = f"{selection.first_year} to {selection.last_year}"
        raise FetchError(
            "SIPRI trade register",
            problem="no range of years",
            value=years,
            remedy=f"Years run from {EARLIEST}.",
        )
    numbers = find_numbers((*selection.suppliers, *selection.recipients), context=context)
    question = Question(
        publisher="sipri",
        endpoint=context.settings.sipri,
        url=f"{context.settings.sipri.url}/{REGISTER}",
        title=selection.describe(),
        body=build_filters(selection, numbers),
    )
    return fetch_file(
        question, lambda asked, content: check_register(asked, content, selection), context=context
    )


def build_filters(selection: RegisterSelection, numbers: dict[str, int]) -> dict[str, object]:
    """The body of the request, in the form that the site sends."""
    filters: list[dict[str, object]] = []
    for name, parties in (("Supplier", selection.suppliers), ("Recipient", selection.recipients)):
        if parties:
            chosen = [numbers[party] for party in parties]
            filters.append(_build_filter(name, condition="contains", chosen=chosen))
    for name, first in (("Delivery year", selection.first_year), ("Order year", 0)):
        filters.append(_build_filter(name, condition="contains", first=first, last=selection.last_year))
    if selection.with_open_orders:
        filters.append(_build_filter("opendeals"))
    if selection.one_row_per == "delivery":
        filters.append(_build_filter("exportOption"))
    return {"filters": filters, "logic": "AND"}


def find_numbers(names: Sequence[str], *, context: FetchContext) -> dict[str, int]:
    """SIPRI's numbers for the names of suppliers and recipients.

    Raises: FetchError with the nearest names where SIPRI has no such name.
    """
    if not names:
        return {}
    question = Question(
        publisher="sipri",
        endpoint=context.settings.sipri,
        url=f"{context.settings.sipri.url}/{CATALOGUE}",
        title="sipri areas",
    )
    fetched = fetch_file(question, check_catalogue, context=context)
    numbers = _read_catalogue(question, fetched.path.read_bytes())
    for name in names:
        if name not in numbers:
            near = ", ".join(difflib.get_close_matches(name, numbers, n=3)) or "none"
            raise FetchError(
                str(question),
                problem="SIPRI has no supplier or recipient of that name",
                value=name,
                remedy=f"Names are SIPRI's own. Nearest: {near}.",
            )
    return {name: numbers[name] for name in names}


def check_catalogue(question: Question, content: bytes) -> CheckedFile:
    """The list of suppliers and recipients.

    Raises: UnusableAnswerError where it is none.
    """
    _read_catalogue(question, content)
    return CheckedFile(f"{question.name}.json", content)


def check_register(question: Question, content: bytes, selection: RegisterSelection) -> CheckedFile:
    """The CSV inside the answer, where it is a register of what was asked for.

    Raises: UnusableAnswerError where it is not, or holds no rows.
    """
    register = _open_envelope(question, content)
    text = _decode(register)
    lines = re.split(r"\r\n|\r|\n", text)
    at = next((at for at, line in enumerate(lines[:HEADER_LINES]) if _is_header(line)), None)
    if at is None:
        raise UnusableAnswerError(
            str(question),
            problem="no header with Supplier and Recipient in the answer",
            value=find_words(text[:200].encode()),
            remedy=OTHER_REMEDY,
        )
    if not any(line.strip(" ,") for line in lines[at + 1 :]):
        raise UnusableAnswerError(str(question), problem="a register without rows", remedy=EMPTY_REMEDY)
    preamble = " ".join(lines[:at])
    _refuse_other_years(question, preamble, selection)
    if selection.suppliers and _OF_ALL.search(preamble):
        # The reader would take the chosen suppliers for all of them, and add them up to a total.
        problem = "a register that says it is from all countries, where some suppliers were asked for"
        raise UnusableAnswerError(str(question), problem=problem, remedy=OTHER_REMEDY)
    header = [name.strip() for name in lines[at].split(",")]
    for column, asked in (("Supplier", selection.suppliers), ("Recipient", selection.recipients)):
        _refuse_other_parties(question, lines[at + 1 :], header, column=column, asked=asked)
    kind: RowKind = "order" if "Comments" in header else "delivery"
    notices = (f"SIPRI answered with one row per {kind}",) if kind != selection.one_row_per else ()
    return CheckedFile(f"{question.name}.csv", register, notices)


def _open_envelope(question: Question, content: bytes) -> bytes:
    answer = read_json(question, content)
    packed = answer.get("bytes") if isinstance(answer, dict) else None
    if packed == "":
        raise UnusableAnswerError(str(question), problem="an empty register", remedy=EMPTY_REMEDY)
    try:
        if isinstance(packed, str):
            return base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError) as error:
        problem = f"the register inside the answer is damaged: {error}"
        raise UnusableAnswerError(str(question), problem=problem, remedy="Ask again.") from error
    raise UnusableAnswerError(
        str(question),
        problem='an answer without the register under "bytes"',
        value=find_words(content),
        remedy=OTHER_REMEDY,
    )


def _decode(register: bytes) -> str:
    try:
        return register.decode("utf-8-sig")
    except UnicodeDecodeError:
        return register.decode("latin-1")


def _is_header(line: str) -> bool:
    return {"Supplier", "Recipient"} <= {name.strip() for name in line.split(",")}


def _refuse_other_years(question: Question, preamble: str, selection: RegisterSelection) -> None:
    """Refuse a register whose preamble names other years; one that names none may be any."""
    printed = _YEARS.search(preamble)
    asked = (str(selection.first_year), str(selection.last_year))
    if printed is None or printed.groups() == asked:
        return
    raise UnusableAnswerError(
        str(question),
        problem=f"a register of other years than {asked[0]} to {asked[1]}",
        value=f"{printed[1]} to {printed[2]}",
        remedy=OTHER_REMEDY,
    )


def _refuse_other_parties(
    question: Question, rows: list[str], header: list[str], *, column: str, asked: Sequence[str]
) -> None:
    """Refuse a register in which a filter had no effect. Rows that a newline broke are not looked at."""
    place = header.index(column)
    found = {cells[place].strip() for row in rows if len(cells := row.split(",")) == len(header)}
    others = sorted(found - set(asked)) if asked else []
    if others:
        raise UnusableAnswerError(
            str(question),
            problem=f"rows of another {column.lower()} than {', '.join(asked)}",
            value=others[0],
            remedy=OTHER_REMEDY,
        )


def _read_catalogue(question: Question, content: bytes) -> dict[str, int]:
    answer = read_json(question, content)
    entries = answer if isinstance(answer, list) else []
    numbers = {
        entry["Name"]: entry["EntityId"]
        for entry in entries
        if isinstance(entry, dict)
        and isinstance(entry.get("Name"), str)
        and isinstance(entry.get("EntityId"), int)
    }
    if not numbers:
        raise UnusableAnswerError(
            str(question),
            problem="no list of suppliers and recipients",
            value=find_words(content),
            remedy=OTHER_REMEDY,
        )
    return numbers


def _build_filter(
    name: str, *, condition: str = "", first: int | str = "", last: int | str = "", chosen: Sequence[int] = ()
) -> dict[str, object]:
    return {
        "field": name,
        "oldField": "",
        "condition": condition,
        "value1": first,
        "value2": last,
        "listData": list(chosen),
    }
