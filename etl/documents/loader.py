"""The loader: every dossier under datasets/ as tables, and the texts that a user has put beside them."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
from pydantic import ValidationError

from etl.countries import AreaBook, load_areas
from etl.documents.opened_text import open_text_file
from etl.documents.passages import hash_text
from etl.documents.precision import SET_INDICATORS, PrecisionError, PrintedInterval, read_interval
from etl.documents.records import (
    UNKNOWN_CODE,
    ClaimRecord,
    DocumentFile,
    DossierRecord,
    MilestoneRecord,
    Record,
)
from etl.errors import InputError, Place, UnknownCodeError
from etl.schemas.claims import Claims
from etl.schemas.documents import Documents
from etl.schemas.dossiers import Dossiers
from etl.schemas.milestones import Milestones
from etl.schemas.table import Table

Entry = dict[str, Any]
AnyRecord = TypeVar("AnyRecord", bound=Record)
# In the order in which they are looked for; the recorded text is always the first.
ENDINGS = (".txt", ".md", ".html", ".htm", ".pdf")


@dataclass(frozen=True)
class DocumentTables:
    """The four tables that dossiers give a snapshot."""

    documents: pl.DataFrame
    claims: pl.DataFrame
    milestones: pl.DataFrame
    dossiers: pl.DataFrame


@dataclass(frozen=True)
class _LoadedRows:
    """Rows of the four tables, each with the file that gave it."""

    documents: list[tuple[str, Entry]]
    claims: list[tuple[str, Entry]]
    milestones: list[tuple[str, Entry]]
    dossiers: list[tuple[str, Entry]]


SIGNED_BY_WORDS = frozenset(
    {"trade_balance", "trade_growth", "arms_import_change", "arms_export_change", "arms_transfer_change"}
)


@dataclass(frozen=True)
class LoadedText:
    """The text of a document as it is at hand, and whether it is the one that the record was made from."""

    text: str
    is_as_recorded: bool
    file: str
    notes: tuple[str, ...] = ()


def load_documents(datasets: Path) -> DocumentTables:
    """All dossiers of a datasets folder as checked tables.

    Raises: InputError with file, entry, value and remedy; UnknownCodeError for a code that no list has.
    """
    areas = load_areas(datasets)
    loaded = _LoadedRows([], [], [], [])
    for path in sorted((datasets / "dossiers").glob("*/dossier.toml")):
        _load_dossier(path, datasets=datasets, areas=areas, loaded=loaded)
    for rows, key in (
        (loaded.documents, "document_id"),
        (loaded.claims, "claim_id"),
        (loaded.milestones, "milestone_id"),
        (loaded.dossiers, "dossier_id"),
    ):
        _refuse_duplicates(rows, key=key)
    _refuse_orphans(loaded)
    return DocumentTables(
        documents=_build_table(Documents, loaded.documents),
        claims=_build_table(Claims, loaded.claims),
        milestones=_build_table(Milestones, loaded.milestones),
        dossiers=_build_table(Dossiers, loaded.dossiers),
    )


def read_text(datasets: Path, document_id: str, *, text_sha256: str) -> str | None:
    """The text of a document, with its line ends as they are; None where it is absent or another text."""
    path = datasets / "texts" / f"{document_id}{ENDINGS[0]}"
    return _read_recorded(path, text_sha256=text_sha256) if path.is_file() else None


def load_text(datasets: Path, document_id: str, *, text_sha256: str) -> LoadedText | None:
    """The text of a document; None where none is there.

    Raises: TextRefusedError where a file is there and cannot be opened.
    """
    for ending in ENDINGS:
        path = datasets / "texts" / f"{document_id}{ending}"
        # An id such as "../b" names a file outside the folder.
        if path.parent == datasets / "texts" and path.is_file():
            state = path.stat()
            return _open_at_hand(path, text_sha256, state.st_mtime_ns, state.st_size)
    return None


# Keyed by the file's time and size, so that an exchanged text is read anew.
@lru_cache(maxsize=16)
def _open_at_hand(path: Path, text_sha256: str, changed_at: int, size: int) -> LoadedText:
    recorded = _read_recorded(path, text_sha256=text_sha256) if path.suffix == ENDINGS[0] else None
    if recorded is not None:
        return LoadedText(recorded, True, path.name)
    opened = open_text_file(path)
    return LoadedText(opened.text, False, path.name, opened.notes)


def _read_recorded(path: Path, *, text_sha256: str) -> str | None:
    """The text, character for character, where it is the recorded one: no mark or line end is touched."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if hash_text(text) == text_sha256 else None


def _load_dossier(path: Path, *, datasets: Path, areas: AreaBook, loaded: _LoadedRows) -> None:
    name = path.relative_to(datasets).as_posix()
    subject = f"dossier {path.parent.name}"
    record = _validate(DossierRecord, _read_toml(path, name=name), name=name, subject=subject)
    if record.dossier_id != path.parent.name:
        raise InputError(
            Place(name, column="dossier_id"),
            problem="differs from the folder's name",
            value=record.dossier_id,
            remedy=f"Write {path.parent.name!r}, or rename the folder.",
        )
    loaded.dossiers.append((name, {**record.model_dump(), **_name_sides(record, areas)}))
    for document_path in sorted((path.parent / "documents").glob("*.toml")):
        _load_document(document_path, datasets=datasets, dossier=record.dossier_id, loaded=loaded)
    milestones_path = path.parent / "milestones.csv"
    if milestones_path.exists():
        milestones_name = milestones_path.relative_to(datasets).as_posix()
        rows = _read_milestones(milestones_path, name=milestones_name)
        loaded.milestones.extend((milestones_name, row) for row in rows)


def _load_document(path: Path, *, datasets: Path, dossier: str, loaded: _LoadedRows) -> None:
    name, document_id = path.relative_to(datasets).as_posix(), path.stem
    file = _validate(DocumentFile, _read_toml(path, name=name), name=name, subject=f"document {document_id}")
    sha256 = file.document.text_sha256
    text = None if sha256 is None else read_text(datasets, document_id, text_sha256=sha256)
    loaded.documents.append(
        (
            name,
            {
                **file.document.model_dump(exclude={"persons"}),
                "author_persons": file.document.author_persons,
                "document_id": document_id,
                "dossier": dossier,
                "text_available": text is not None,
            },
        )
    )
    # The interval is derived here and never recorded, so that a better reading of print reaches every claim.
    for claim in file.claims:
        interval = _read_claimed_interval(claim, name=name)
        low, high = (None if end is None else float(end) for end in (interval.low, interval.high))
        columns = {**claim.model_dump(), "document_id": document_id, "value_low": low, "value_high": high}
        loaded.claims.append((name, columns))


def _read_claimed_interval(claim: ClaimRecord, *, name: str) -> PrintedInterval:
    value = Decimal(repr(claim.value))
    # "Fell by 64 per cent" and "a deficit of $58.9 billion" print a size, and their words say the sign.
    is_fall = value < 0 and claim.indicator in SIGNED_BY_WORDS
    interval = _read_printed(claim, abs(value) if is_fall else value, name=name)
    if not is_fall:
        return interval
    low, high = (None if end is None else -end for end in (interval.high, interval.low))
    return replace(interval, low=low, high=high)


def _read_printed(claim: ClaimRecord, value: Decimal, *, name: str) -> PrintedInterval:
    try:
        return read_interval(
            claim.stated_as,
            value=value,
            unit=claim.unit_measure,
            hedge=claim.hedge,
            # What somebody set (a target, a tariff) keeps every digit it prints.
            is_set=claim.indicator in SET_INDICATORS,
        )
    except PrecisionError as error:
        problem, _, remedy = str(error).partition(". ")
        raise InputError(
            Place(name, column="stated_as"),
            problem=f"claim {claim.claim_id}: {problem}",
            value=claim.value,
            remedy=remedy,
        ) from error


def _name_sides(record: DossierRecord, areas: AreaBook) -> Entry:
    return {
        "ref_label": areas.label(record.ref_area),
        "counterpart_label": areas.label(record.counterpart_area),
        "ref_possessive": areas.possessive(record.ref_area),
        "counterpart_possessive": areas.possessive(record.counterpart_area),
    }


def _read_toml(path: Path, *, name: str) -> Entry:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = f"is not readable TOML: {error}"
        raise InputError(name, problem=problem, remedy="Correct it at that place.") from error


def _read_milestones(path: Path, *, name: str) -> list[Entry]:
    try:
        stream = path.read_bytes().decode("utf-8").splitlines(keepends=True)
        reader = csv.DictReader(stream, strict=True)
        rows = [(reader.line_num, row) for row in reader]
    except (csv.Error, UnicodeDecodeError) as error:
        problem = f"is not readable CSV: {error}"
        raise InputError(name, problem=problem, remedy="Save it as UTF-8 CSV.") from error
    return [_read_milestone(row, name=name, line=line) for line, row in rows]


def _read_milestone(row: dict[Any, Any], *, name: str, line: int) -> Entry:
    # csv.DictReader files surplus fields under the key None, and gives None for missing ones.
    if None in row or None in row.values():
        problem = "has another number of fields than the header"
        raise InputError(Place(name, line), problem=problem, remedy="Quote any field that holds a comma.")
    try:
        return MilestoneRecord.model_validate(row).model_dump()
    except ValidationError as error:
        raise _explain(error, name=name, subject=f"milestone {row.get('milestone_id')}", line=line) from error


def _validate(model: type[AnyRecord], content: Entry, *, name: str, subject: str) -> AnyRecord:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        # One error is shown, the first: a maintainer mends a file entry by entry.
        place = error.errors()[0]["loc"]
        if len(place) > 1 and place[0] == "claims" and isinstance(place[1], int):
            entry = content["claims"][place[1]]
            subject = f"claim {entry.get('claim_id', f'number {place[1] + 1}')}"
        raise _explain(error, name=name, subject=subject) from error


def _explain(error: ValidationError, *, name: str, subject: str, line: int | None = None) -> InputError:
    first = error.errors()[0]
    column = str(first["loc"][-1]) if first["loc"] and isinstance(first["loc"][-1], str) else None
    more = error.error_count() - 1
    also = f" ({more} more)" if more else ""
    message = first["msg"].removeprefix("Value error, ")
    kind = UnknownCodeError if first["type"] == UNKNOWN_CODE else InputError
    shown = first["input"] if isinstance(first["input"], str | int | float) else None
    return kind(
        Place(name, line, column),
        problem=f"{subject}: {message}{also}",
        value=shown,
        remedy="Correct this entry; datasets/README.md says what each key holds.",
    )


def _refuse_duplicates(rows: Iterable[tuple[str, Entry]], *, key: str) -> None:
    files: dict[str, str] = {}
    for file, row in rows:
        if row[key] in files:
            both = file if files[row[key]] == file else f"{files[row[key]]} and {file}"
            problem = f"stands twice, in {both}"
            raise InputError(
                Place(file, column=key),
                problem=problem,
                value=row[key],
                remedy="Give one of them another id.",
            )
        files[row[key]] = file


def _refuse_orphans(loaded: _LoadedRows) -> None:
    known = {row["document_id"] for _, row in loaded.documents}
    for file, row in loaded.milestones:
        if row["document_id"] not in known:
            raise InputError(
                Place(file, column="document_id"),
                problem=f"milestone {row['milestone_id']}: no such document",
                value=row["document_id"],
                remedy=f"Use one of {', '.join(sorted(known))}, or add the document's file.",
            )


def _build_table(table: type[Table], rows: list[tuple[str, Entry]]) -> pl.DataFrame:
    columns = table.list_columns()
    ordered = [{name: row[name] for name in columns} for _, row in rows]
    return table.check(pl.DataFrame(ordered, schema=columns))
