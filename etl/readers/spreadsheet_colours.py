"""Font colours of a workbook's cells, where a publisher says by colour how sure a number is."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from etl.errors import InputError
from etl.provenance import RawFile
from etl.readers.spreadsheets import ZIP_MAGIC
from etl.readers.workbook_parts import DAMAGES, REMEDY, find_sheet_parts

# Entries of the palette that workbooks have had since the nineties, those that publishers mark numbers with.
_PALETTE = {"10": "red", "2": "red", "12": "blue", "4": "blue", "8": "black", "0": "black", "64": "black"}
_PLAIN = {"", "black"}
_STYLED_CELL = re.compile(rb'<c\s(?=[^<>]*?\br="([A-Z]{1,3}[0-9]{1,7})")(?=[^<>]*?\bs="([0-9]{1,6})")')
# Of 255: a part that is clearly there, and one that is as good as absent. Spreadsheets' own reds and blues
# (C00000, FF0000, 0000FF) pass, dark greys are plain, anything else keeps its code.
_CLEAR, _FAINT = 0xA0, 0x60


@dataclass(frozen=True)
class Colours:
    """The colour of every cell whose font is not plainly black, by sheet and cell name."""

    cells: dict[str, dict[str, str]]

    def find_colour(self, sheet: str, cell: str) -> str:
        """red, blue, or the colour's own code; empty for a cell in plain type."""
        return self.cells.get(sheet, {}).get(cell, "")


def read_font_colours(file: RawFile) -> Colours:
    """Font colours of an .xlsx workbook; nothing for an .xls, whose colours are not read.

    Raises: InputError where the parts that hold them cannot be read.
    """
    if not file.content.startswith(ZIP_MAGIC):
        return Colours({})
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            styles = _read_styles(archive)
            parts = find_sheet_parts(archive)
            return Colours({name: _read_sheet(archive.read(part), styles) for name, part in parts.items()})
    except DAMAGES as error:
        problem = f"the workbook's styles cannot be read: {error}"
        raise InputError(file.name, problem=problem, remedy=REMEDY) from error


def _read_sheet(xml: bytes, styles: dict[int, str]) -> dict[str, str]:
    cells = {}
    for cell, style in _STYLED_CELL.findall(xml):
        colour = styles.get(int(style), "")
        if colour not in _PLAIN:
            cells[cell.decode("ascii")] = colour
    return cells


def _read_styles(archive: zipfile.ZipFile) -> dict[int, str]:
    if "xl/styles.xml" not in archive.namelist():
        return {}
    root = ET.fromstring(archive.read("xl/styles.xml"))
    fonts = [_name_colour(font.find("{*}color")) for font in root.iterfind("{*}fonts/{*}font")]
    formats = root.iterfind("{*}cellXfs/{*}xf")
    return {number: fonts[int(entry.get("fontId") or 0)] for number, entry in enumerate(formats) if fonts}


def _name_colour(colour: ET.Element | None) -> str:
    if colour is None:
        return ""
    # Older workbooks number the colours of a palette, newer ones write them out.
    if "indexed" in colour.attrib:
        return _PALETTE.get(colour.attrib["indexed"], f"indexed {colour.attrib['indexed']}")
    if "rgb" in colour.attrib:
        return _name_rgb(colour.attrib["rgb"])
    return ""


def _name_rgb(code: str) -> str:
    red, green, blue = (int(code[-6:][at : at + 2], 16) for at in (0, 2, 4))
    if red >= _CLEAR and max(green, blue) <= _FAINT:
        return "red"
    if blue >= _CLEAR and red <= _FAINT:
        return "blue"
    return "" if max(red, green, blue) <= _FAINT else code
