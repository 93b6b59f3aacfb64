"""World Bank indicators: a zip that holds the CSV and two tables about it.

`downloadformat=csv` is part of the World Bank's description of its interface. An unknown indicator is
answered with status 200 and an error in XML or JSON instead of the zip.
"""

from __future__ import annotations

import csv
import io
import lzma
import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from etl.fetching.asking import CheckedFile, FetchContext, Fetched, fetch_file, refuse_page
from etl.fetching.questions import FetchError, Question, UnusableAnswerError
from etl.fetching.refusals import find_words

# A few lines of title stand above the header; four columns of names and codes before the years.
HEADER, HEADER_LINES, VALUES_FROM = "Country Name", 8, 4
REMEDY = "Check the code at data.worldbank.org, or ask again later."
# What zipfile raises where a directory or a member is damaged; RuntimeError where one asks for a password.
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    RuntimeError,
)
_INDICATOR = re.compile(r"[A-Za-z0-9]+([._][A-Za-z0-9]+)+", re.ASCII)
_MEMBER = re.compile(r"API_[\w.-]{1,150}\.csv", re.ASCII | re.IGNORECASE)


def fetch_indicator(indicator: str, *, context: FetchContext) -> Fetched:
    """One indicator for all areas and years, as the CSV file that the World Bank gives.

    Raises: FetchError, by its kinds. Source: World Bank, Indicators interface version 2.
    """
    if not _INDICATOR.fullmatch(indicator):
        raise FetchError(
            "World Bank", problem="no code of an indicator", value=indicator, remedy="One is MS.MIL.XPND.CD."
        )
    question = Question(
        publisher="world-bank",
        endpoint=context.settings.world_bank,
        url=f"{context.settings.world_bank.url}/en/indicator/{indicator}?downloadformat=csv",
        title=f"wdi {indicator}",
    )
    most = context.settings.largest_bytes
    return fetch_file(
        question, lambda asked, content: check_indicator(asked, content, indicator, most), context=context
    )


def check_indicator(question: Question, content: bytes, indicator: str, most: int) -> CheckedFile:
    """The CSV inside the zip, where it holds rows of the indicator.

    Raises: UnusableAnswerError where it is no zip, lacks the CSV, or is about something else.
    """
    name, unpacked = _unpack_table(question, content, most)
    lines = unpacked.decode("utf-8-sig", errors="replace").splitlines()
    at = next((at for at, line in enumerate(lines[:HEADER_LINES]) if HEADER in line), None)
    if at is None:
        problem = f"{name} has no header with {HEADER}"
        raise UnusableAnswerError(str(question), problem=problem, remedy=REMEDY)
    try:
        rows = list(csv.reader(lines[at + 1 :]))
    except csv.Error as error:
        raise UnusableAnswerError(
            str(question), problem=f"{name} is no CSV: {error}", remedy=REMEDY
        ) from error
    if not any(cell.strip() for row in rows for cell in row[VALUES_FROM:]):
        raise UnusableAnswerError(str(question), problem=f"{name} has no values", remedy=REMEDY)
    if not any(indicator.lower() == cell.lower() for row in rows for cell in row[:VALUES_FROM]):
        problem = f"{name} is not about {indicator}"
        found = ", ".join(rows[0][:VALUES_FROM])
        raise UnusableAnswerError(str(question), problem=problem, value=found, remedy=REMEDY)
    return CheckedFile(name, unpacked)


def _unpack_table(question: Question, content: bytes, most: int) -> tuple[str, bytes]:
    if not content.startswith(b"PK"):
        refuse_page(question, content)
        raise UnusableAnswerError(
            str(question),
            problem="an answer that is no zip",
            value=find_words(content[:4096]) or None,
            remedy=REMEDY,
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tables = [entry for entry in archive.infolist() if _is_table(entry)]
            if len(tables) != 1:
                problem = f"{len(tables)} tables API_*.csv in the zip where one was expected"
                held = ", ".join(archive.namelist()[:5])
                raise UnusableAnswerError(str(question), problem=problem, value=held, remedy=REMEDY)
            if tables[0].file_size > most:
                problem = f"a table larger than {most:,} bytes"
                raise UnusableAnswerError(str(question), problem=problem, remedy=REMEDY)
            # Reading checks the member's sum; a damaged one raises.
            return PurePosixPath(tables[0].filename).name, archive.read(tables[0])
    except DAMAGES as error:
        problem = f"a zip that is damaged or not whole: {error}"
        raise UnusableAnswerError(str(question), problem=problem, remedy="Ask again.") from error


def _is_table(entry: zipfile.ZipInfo) -> bool:
    return _MEMBER.fullmatch(PurePosixPath(entry.filename).name) is not None
