"""The archive inside an .xlsx workbook: whether it is whole and bearable, and which part is which sheet."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from datetime import date
from xml.etree import ElementTree as ET
from xml.parsers import expat

from etl.errors import InputError
from etl.readers.limits import LARGEST_UNPACKED, MOST_CELLS

NO_VALUE = "#NO VALUE"
REMEDY = "Download it again from its publisher, or open it in a spreadsheet and save it anew."
DAMAGES = (zipfile.BadZipFile, ET.ParseError, LookupError, ValueError, EOFError, OSError, RuntimeError)
_CELL_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
# A cell from its tag to the next cell's: nothing in these looks further than one tag, so that reading a sheet
# takes as long as it is.
_CELL = re.compile(rb"<c\s[^<>]*>")
_PLACE_OF_CELL = re.compile(rb'\sr="([A-Z]{1,3}[0-9]{1,7})"')
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
# XML is of 1998, and no workbook made of it is older; a day before that is the epoch of a program.
EARLIEST_CREATION = 1998
# What programs write that set no day of their own.
_UNSET_DAYS = (date(2006, 9, 13), date(2006, 9, 16))
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def check_archive(content: bytes, *, name: str) -> None:
    """Whether every part of the archive is whole, and no sheet larger than can be read.

    Raises: InputError naming the part that is not.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            raise InputError(name, problem="the workbook unpacks to more than 256 MiB", remedy=REMEDY)
        # Two parts of one name: programs disagree on which of them is read.
        if len({entry.filename for entry in entries}) < len(entries):
            raise InputError(name, problem="a part of the workbook is there twice", remedy=REMEDY)
        broken = archive.testzip()
        if broken is not None:
            raise InputError(name, problem=f"the part {broken} is damaged", remedy=REMEDY)
        sheets = set(find_sheet_parts(archive).values())
        for entry in entries:
            xml = archive.read(entry) if entry.filename.endswith((".xml", ".rels")) else b""
            if xml:
                _check_form(xml, name=name, part=entry.filename)
            if _SHEET_PART.fullmatch(entry.filename):
                _check_extent(xml, name=name, sheet=entry.filename)
                # A sheet without an entry in the list is one that somebody took out, or that the list lost.
                if entry.filename not in sheets:
                    problem = f"{entry.filename} is a sheet that the workbook does not list"
                    raise InputError(name, problem=problem, remedy=REMEDY)


def find_sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that each sheet is stored in, by the sheet's name."""
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {entry.get("Id"): entry.get("Target") or "" for entry in relations}
    index = ET.fromstring(archive.read("xl/workbook.xml"))
    parts = {}
    for sheet in index.iterfind("{*}sheets/{*}sheet"):
        target = targets[sheet.get(_RELATION)]
        parts[sheet.get("name") or ""] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    names = set(archive.namelist())
    return {name: part for name, part in parts.items() if part in names}


def find_valueless_cells(content: bytes) -> dict[str, dict[str, str]]:
    """Cells that hold an error such as #N/A, or a formula without its result, by sheet and cell name.

    A parser that takes them for empty cells would turn a broken number into one that was never reported.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = find_sheet_parts(archive)
        return {sheet: _find_valueless(archive.read(part)) for sheet, part in parts.items()}


def find_creation_day(content: bytes) -> date | None:
    """The day on which an .xlsx workbook says it was made, or None where it says none that can be one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            root = ET.fromstring(archive.read("docProps/core.xml"))
        day = date.fromisoformat((root.findtext("{*}created") or "")[:10])
    except DAMAGES:
        return None
    return None if day in _UNSET_DAYS or day.year < EARLIEST_CREATION else day


def _find_valueless(xml: bytes) -> dict[str, str]:
    if b't="e"' not in xml and b"<f" not in xml:
        return {}
    found = {}
    tags = list(_CELL.finditer(xml))
    ends = [tag.start() for tag in tags[1:]] + [len(xml)]
    for tag, end in zip(tags, ends, strict=True):
        place = _PLACE_OF_CELL.search(tag[0])
        if place is None or tag[0].endswith(b"/>"):
            continue
        value = _VALUE.search(xml, tag.end(), end)
        if b't="e"' in tag[0] and value is not None:
            found[place[1].decode("ascii")] = value[1].decode("utf-8", "replace")
        elif (value is None or not value[1]) and xml.find(b"<f", tag.end(), end) >= 0:
            found[place[1].decode("ascii")] = NO_VALUE
    return found


def _check_form(xml: bytes, *, name: str, part: str) -> None:
    """Refuse what is no well-formed XML: the parser of sheets would read on as best it can."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise InputError(name, problem=f"the part {part} is damaged: {error}", remedy=REMEDY) from error


def _check_extent(xml: bytes, *, name: str, sheet: str) -> None:
    rows, columns = 0, 0
    for letters, digits in set(_CELL_PLACE.findall(xml)):
        rows, columns = max(rows, int(digits)), max(columns, _count_columns(letters))
    if rows * columns > MOST_CELLS:
        problem = f"{sheet} spans {rows} rows and {columns} columns"
        remedy = f"Remove the far-off cells: a sheet may have {MOST_CELLS} cells."
        raise InputError(name, problem=problem, remedy=remedy)


def _count_columns(letters: bytes) -> int:
    count = 0
    for letter in letters:
        count = count * 26 + letter - ord("A") + 1
    return count
