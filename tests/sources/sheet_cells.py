"""Cells of a workbook read without the project's readers: the second opinion in tests on real files."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_sheets(path: Path) -> dict[str, dict[str, str]]:
    """The text of every filled cell by sheet and cell name; numbers as the file writes them."""
    with zipfile.ZipFile(path) as archive:
        shared = _read_shared(archive)
        relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {entry.get("Id"): str(entry.get("Target")).removeprefix("/xl/") for entry in relations}
        index = ET.fromstring(archive.read("xl/workbook.xml"))
        return {
            str(sheet.get("name")): _read_cells(archive.read(f"xl/{targets[sheet.get(_RELATION)]}"), shared)
            for sheet in index.iter(f"{_MAIN}sheet")
        }


def _read_shared(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ET.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(text.text or "" for text in entry.iter(f"{_MAIN}t")) for entry in root]


def _read_cells(xml: bytes, shared: list[str]) -> dict[str, str]:
    cells = {}
    for cell in ET.fromstring(xml).iter(f"{_MAIN}c"):
        value = cell.find(f"{_MAIN}v")
        inline = "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
        text = inline if value is None else value.text or ""
        if text:
            cells[str(cell.get("r"))] = shared[int(text)] if cell.get("t") == "s" else text
    return cells
