"""Workbooks become text cells exactly, or are refused with the reason."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.errors import InputError
from etl.provenance import RawFile
from etl.readers.spreadsheet_colours import read_font_colours
from etl.readers.spreadsheets import OLE_MAGIC, find_workbook, looks_like_workbook, name_cell, read_workbook
from tests.sources.workbooks import Cell, write_workbook

texts = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=8)
cells = st.one_of(
    st.none(), texts, st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False)
)


def replace_in_part(content: bytes, *, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with something else in one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as store, zipfile.ZipFile(stream, "w") as changed:
        for name in store.namelist():
            text = store.read(name)
            assert name != part or old in text
            changed.writestr(name, text.replace(old, new) if name == part else text)
    return stream.getvalue()


@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=4))
def test_numbers_and_texts_are_read_back_as_they_were_written(rows: list[list[Cell]]) -> None:
    sheet = read_workbook(RawFile("book.xlsx", write_workbook({"A & B": rows}))).sheets[0]
    for at, row in enumerate(rows, start=1):
        for to, cell in enumerate(row, start=1):
            found = sheet.find_cell(at, to)
            if isinstance(cell, str) or cell is None:
                assert found == (cell or "")
            else:
                assert float(found) == float(cell)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b' t="e"><v>#N/A</v>', "#N/A"),
        (b"><f>1/0</f></c>", "#NO VALUE"),
        (b' t="b"><v>1</v>', "TRUE"),
        (b"><v>1e400</v>", "inf"),
    ],
)
def test_a_broken_cell_is_never_taken_for_an_empty_one(value: bytes, expected: str) -> None:
    content = write_workbook({"Sheet": [[2.5, "x"]]})
    old = b"><v>2.5</v></c>" if value.endswith(b"</c>") else b"><v>2.5</v>"
    changed = replace_in_part(content, part="xl/worksheets/sheet1.xml", old=old, new=value)
    assert read_workbook(RawFile("book.xlsx", changed)).sheets[0].find_cell(1, 1) == expected


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'r="A1"', b'r="XFD1048576"', "spans 1048576 rows"),
        (b"<worksheet", b"<worksheet <", r"sheet1\.xml is damaged"),
        (b"<sheetData>", b"<sheetDate>", r"sheet1\.xml is damaged"),
    ],
)
def test_a_workbook_that_is_damaged_or_too_large_is_refused(old: bytes, new: bytes, reason: str) -> None:
    content = write_workbook({"Sheet": [[2.5, "x"]]})
    changed = RawFile(
        "book.xlsx", replace_in_part(content, part="xl/worksheets/sheet1.xml", old=old, new=new)
    )
    with pytest.raises(InputError, match=reason):
        read_workbook(changed)
    assert looks_like_workbook(changed)
    assert find_workbook(changed) is None


def test_a_sheet_that_the_workbook_does_not_list_is_not_passed_over() -> None:
    content = write_workbook({"Sheet": [[2.5, "x"]]})
    changed = replace_in_part(content, part="xl/workbook.xml", old=b"<sheet ", new=b"<sheer ")
    with pytest.raises(InputError, match="does not list"):
        read_workbook(RawFile("book.xlsx", changed))


def test_half_a_workbook_is_refused() -> None:
    content = write_workbook({"Sheet": [[2.5, "x"]]})
    with pytest.raises(InputError, match=r"book\.xlsx: not a workbook"):
        read_workbook(RawFile("book.xlsx", content[: len(content) // 2]))


def spoil_nothing(content: bytes) -> bytes:
    """The workbook as it is: whole, of no layout."""
    return content


def cut_in_half(content: bytes) -> bytes:
    """A download that stopped early."""
    return content[: len(content) // 2]


def flip_a_byte(content: bytes) -> bytes:
    """One byte of a packed part made another."""
    place = content.index(b"xl/worksheets/sheet1.xml") + 40
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def keep_the_signature_of_xls(_: bytes) -> bytes:
    """An .xls of which only the beginning was kept."""
    return OLE_MAGIC + bytes(600)


@pytest.mark.parametrize(
    ("spoil", "name", "reason"),
    [
        (cut_in_half, "book.xlsx", "not a workbook that can be read: File is not a zip file"),
        (flip_a_byte, "book.xlsx", r"the part xl/worksheets/sheet1\.xml is damaged"),
        (keep_the_signature_of_xls, "book.xls", "not a workbook that can be read"),
        (spoil_nothing, "book.xlsx", "no layout that is read here"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_with_its_reason(
    spoil: Callable[[bytes], bytes], name: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(spoil(write_workbook({"Sheet": [[2.5, "x"], ["y", 3]]})))
    with pytest.raises(InputError, match=rf"^{name}: ({reason})"):
        etl.read_file(path)


def test_font_colours_are_read_by_sheet_and_cell() -> None:
    content = write_workbook(
        {"Sheet": [[1, 2, 3]]}, colours={("Sheet", 1, 2): "red", ("Sheet", 1, 3): "blue"}
    )
    colours = read_font_colours(RawFile("book.xlsx", content))
    assert [colours.find_colour("Sheet", name_cell(1, column)) for column in (1, 2, 3)] == ["", "red", "blue"]


@pytest.mark.parametrize(("column", "name"), [(1, "A7"), (26, "Z7"), (27, "AA7"), (703, "AAA7")])
def test_cells_are_named_as_in_a_spreadsheet(column: int, name: str) -> None:
    assert name_cell(7, column) == name
