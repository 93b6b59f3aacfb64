"""Files made to take gigabytes or hours: refused in a sentence that names the file and the bound."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from etl.errors import FootnotedError, InputError
from etl.intake import inspect_file
from etl.provenance import RawFile
from etl.readers import reading_apart
from etl.readers.json_values import read_json
from etl.readers.reading_apart import read_apart
from etl.readers.spreadsheets import read_workbook
from tests.conftest import DATASETS, find_shared_folder
from tests.sources import wild_readers
from tests.sources.read_back import read_back
from tests.sources.workbooks import replace_sheet, write_workbook

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ENTITIES = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))


@pytest.mark.parametrize(("reader", "bound"), [("spin", "seconds of processor"), ("swell", "MiB of memory")])
def test_a_reader_beyond_its_bounds_ends_and_the_next_one_reads(reader: str, bound: str) -> None:
    with pytest.raises(InputError, match=rf"sample\.xls: it cannot be read within [0-9.]+ {bound}"):
        read_apart(f"{wild_readers.__name__}:{reader}", b"", name="sample.xls")

    assert read_json(b'{"a": [1, 2.5, null]}', name="next.json") == {"a": [1, 2.5, None]}


def test_a_parser_that_falls_over_takes_nothing_with_it() -> None:
    with pytest.raises(InputError, match=r"sample\.xls: it cannot be read within"):
        read_apart(f"{wild_readers.__name__}:end", b"", name="sample.xls")


def test_files_of_one_run_share_one_other_process() -> None:
    readers = {read_apart(f"{wild_readers.__name__}:tell_process", b"", name="sample") for _ in range(3)}

    assert len(readers) == 1
    assert os.getpid() not in readers


def write_archive(parts: dict[str, bytes]) -> bytes:
    """A workbook with these parts in place of its own."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_workbook({"Sheet1": [["text"]]}))) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, parts.get(entry.filename) or old.read(entry))
    return packed.getvalue()


def write_sheet(cells: str, *, head: str = "") -> bytes:
    """A workbook whose one sheet has these rows, as XML."""
    sheet = f"{head}<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"
    return replace_sheet(write_workbook({"Sheet1": [["text"]]}), sheet)


HOSTILE = {
    "zip_bomb.xlsx": lambda: write_archive({"xl/styles.xml": b" " * (260 << 20)}),
    "far_cell.xlsx": lambda: write_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "entity_bomb.xlsx": lambda: write_sheet(
        '<row r="1"><c r="A1" t="str"><v>&e11;</v></c></row>',
        head=f'<!DOCTYPE worksheet [<!ENTITY e0 "0123456789">{ENTITIES}]>',
    ),
    "deep.json": lambda: b'{"elapsedTime": "", "count": 1, "data": ' + b"[" * 400_000,
    "many_lists.json": lambda: b'{"elapsedTime": "", "count": 1, "data": [' + b"[]," * 1_000_000 + b"[]]}",
    "giant_number.json": lambda: b'{"elapsedTime": "", "count": 1, "data": [' + b"9" * 2_000_000 + b"]}",
    "groups.rtf": lambda: rb"{\rtf1 " + b"{" * 1_000_000,
    "tags.asp": lambda: b"<html><table><tr><td>" + b"<b>" * 1_000_000,
    "closed_tables.asp": lambda: b"<html>" + b"<table><tr><td></table>" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())

    with pytest.raises(FootnotedError) as refused:
        inspect_file(path, datasets=DATASETS)

    assert name in str(refused.value)
    assert len(str(refused.value)) < 1_500


@pytest.mark.parametrize(
    "name", ["redos_error_cells_16000.xlsx", "deep_8000.asp", "bomb_far_cell.xlsx", "bomb_span.asp"]
)
def test_the_hostile_cases_are_refused_in_no_time(name: str) -> None:
    path = find_shared_folder("cases") / "hostile" / name

    with pytest.raises(InputError, match=name):
        inspect_file(path, datasets=DATASETS)


def test_a_small_table_of_text_needs_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("another process was asked")

    monkeypatch.setattr(reading_apart, "_helper", refuse)
    with pytest.raises(InputError, match="sample"):
        read_back(b"a,b\n1,2\n")


def test_a_workbook_read_apart_has_every_cell() -> None:
    rows: list[list[str | int | float | None]] = [
        [f"{row} {column}" for column in range(20)] for row in range(500)
    ]
    (sheet,) = read_workbook(RawFile("sample.xlsx", write_workbook({"Sheet1": rows}))).sheets
    assert [list(row) for row in sheet.rows] == rows
