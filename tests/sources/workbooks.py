"""A small writer of .xlsx workbooks, so that tests can make files in publishers' layouts."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from etl.readers.spreadsheets import name_cell

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# Positions in the style sheet written below; indexed colours 10 and 12 are the palette's red and blue.
STYLES = {"": 0, "red": 1, "blue": 2, "purple": 3}
_COLOURS = ("", '<color rgb="FFFF0000"/>', '<color indexed="12"/>', '<color rgb="FF8A2BE2"/>')

Cell = str | int | float | None


def write_workbook(
    sheets: dict[str, list[list[Cell]]], *, colours: dict[tuple[str, int, int], str] | None = None
) -> bytes:
    """The bytes of a workbook; `colours` names the font of cells by sheet, row and column from 1."""
    shades = colours or {}
    parts = {"xl/styles.xml": _write_styles()}
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _write_sheet(name, rows, shades)
    parts["xl/workbook.xml"] = _write_index(list(sheets))
    parts["xl/_rels/workbook.xml.rels"] = _write_relations(
        {f"rId{number}": f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)}, "worksheet"
    )
    parts["_rels/.rels"] = _write_relations({"rId1": "xl/workbook.xml"}, "officeDocument")
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as store:
        for name, text in parts.items():
            store.writestr(zipfile.ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8"?>\n{text}')
    return stream.getvalue()


def replace_sheet(workbook: bytes, xml: str) -> bytes:
    """The workbook with another first sheet, given as XML."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = xml.encode() if name == "xl/worksheets/sheet1.xml" else old.read(name)
            new.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def _write_styles() -> str:
    fonts = "".join(f"<font>{colour}</font>" for colour in _COLOURS)
    formats = "".join(f'<xf fontId="{number}"/>' for number in range(len(_COLOURS)))
    return f'<styleSheet xmlns="{_MAIN}"><fonts>{fonts}</fonts><cellXfs>{formats}</cellXfs></styleSheet>'


def _write_sheet(name: str, rows: list[list[Cell]], shades: dict[tuple[str, int, int], str]) -> str:
    lines = []
    for row, cells in enumerate(rows, start=1):
        written = [
            _write_cell(cell, place=name_cell(row, column), style=STYLES[shades.get((name, row, column), "")])
            for column, cell in enumerate(cells, start=1)
            if cell is not None
        ]
        lines.append(f'<row r="{row}">{"".join(written)}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _write_cell(cell: Cell, *, place: str, style: int) -> str:
    if isinstance(cell, str):
        text = f'<is><t xml:space="preserve">{escape(cell)}</t></is>'
        return f'<c r="{place}" s="{style}" t="inlineStr">{text}</c>'
    return f'<c r="{place}" s="{style}"><v>{cell!r}</v></c>'


def _write_index(names: list[str]) -> str:
    entries = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets></workbook>'


def _write_relations(targets: dict[str, str], kind: str) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'
