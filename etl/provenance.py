"""Where values come from: input files with their sidecars, hashes, and the ids of observations."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Strict, ValidationError, model_validator

from etl.errors import InputError, Place
from etl.vocabulary.series_codes import ALL_COMMODITIES
from etl.whole_files import list_files, read_settled, write_whole

SIDECAR_SUFFIX = ".toml"
FLOWS = ("exports", "imports")
# Of an edition or a figure of which nothing says since when it was out.
ASSUMED = "assumed"
# What a sidecar must say: `footnoted seal` leaves blank what the file does not say itself.
NEVER_BLANK = (
    *("source_id", "vintage", "vintage_precision", "vintage_basis", "known_basis", "publisher"),
    *("product", "licence", "redistributable", "sha256"),
)
READ_THE_README = "Correct it; see datasets/README.md."
BASIS_SHORT = {
    "calendar_year": "cy",
    "fiscal_year_in": "fy",
    "five_year_window": "window",
    "quarter": "quarter",
    "month": "month",
    "part_year": "part",
    "day": "day",
    "target_year": "target",
}


class Sidecar(BaseModel):
    """What is known of a file beside its rows."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    source_id: str
    vintage: Annotated[date, Strict(False)]
    vintage_precision: Literal["day", "month", "assumed"]
    vintage_basis: str
    # Why the edition has that day: a code of `etl.vocabulary.KNOWN_BASES`.
    known_basis: Literal["printed", "witness", "calendar", "assumed"] = "printed"
    publisher: str
    product: str
    url: str
    retrieved_on: str
    licence: str
    redistributable: bool
    # A short extract compiled for this project leaves with its terms; a publisher's whole file may not.
    extract: bool = False
    sha256: str
    note: str
    # What the file does not print, as who added it said it: its partner, flow, unit.
    stated: dict[str, str] = {}

    @model_validator(mode="after")
    def _check_assumed(self) -> Self:
        if (self.vintage_precision == ASSUMED) != (self.known_basis == ASSUMED):
            raise ValueError("where the day is assumed, vintage_precision and known_basis both say so")
        return self


@dataclass(frozen=True)
class Product:
    """A publisher's product, as every file of it is cited."""

    source_id: str
    publisher: str
    product: str
    url: str
    licence: str
    redistributable: bool


@dataclass(frozen=True)
class Vintage:
    """When an edition was out, how exactly that is known, and from what."""

    day: date
    precision: Literal["day", "month", "assumed"]
    basis: str
    known_basis: Literal["printed", "witness", "calendar", "assumed"] = "printed"


@dataclass(frozen=True)
class Coverage:
    """Whose deliveries to whom a file holds, and of which years; None where it does not say."""

    suppliers: str | None = None
    recipients: str | None = None
    years: str | None = None


@dataclass(frozen=True)
class Origin:
    """Where and when this project fetched a file itself, and what there is to say of the asking."""

    url: str
    retrieved_on: date
    note: str = ""


@dataclass(frozen=True)
class RawFile:
    """A file as it was downloaded: its name and its bytes, and nothing else known."""

    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes."""
        return hash_bytes(self.content)


@dataclass(frozen=True)
class InputFile(RawFile):
    """One input: its name under datasets/, its bytes and its sidecar."""

    sidecar: Sidecar

    @property
    def is_sealed(self) -> bool:
        """Whether the bytes are the ones that the sidecar was written for."""
        return self.sha256 == self.sidecar.sha256


def hash_bytes(content: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def open_inputs(datasets: Path) -> list[InputFile]:
    """Every file under datasets/sources/ with its sidecar, in the order of their names.

    Raises: InputError where a file lacks its sidecar, a sidecar its file, or a sidecar is not in order.
    """
    folder = datasets / "sources"
    if not folder.is_dir():
        raise _find_none(folder)
    with read_settled(folder):
        paths = list_files(folder)
        if not paths:
            raise _find_none(folder)
        for sidecar in (path for path in paths if path.suffix == SIDECAR_SUFFIX):
            if not sidecar.with_suffix("").exists():
                raise InputError(
                    str(sidecar),
                    problem="a sidecar without its file",
                    remedy="Restore the file or remove the sidecar.",
                )
        return [open_input(path, datasets=datasets) for path in paths if path.suffix != SIDECAR_SUFFIX]


def _find_none(folder: Path) -> InputError:
    remedy = "Point --datasets at a folder that holds sources/."
    return InputError(str(folder), problem="no source files", remedy=remedy)


def describe_download(
    file: RawFile,
    *,
    product: Product,
    vintage: Vintage,
    note: str = "",
    origin: Origin | None = None,
    stated: Mapping[str, str] | None = None,
) -> InputFile:
    """A download with the sidecar that its product, vintage, origin and what was said of it give it."""
    sidecar = Sidecar(
        source_id=product.source_id,
        vintage=vintage.day,
        vintage_precision=vintage.precision,
        vintage_basis=vintage.basis,
        known_basis=vintage.known_basis,
        publisher=product.publisher,
        product=product.product,
        url=origin.url if origin else product.url,
        retrieved_on=origin.retrieved_on.isoformat() if origin else "",
        licence=product.licence,
        redistributable=product.redistributable,
        sha256=file.sha256,
        note=" ".join(filter(None, (note, origin.note if origin else ""))),
        stated=dict(stated or {}),
    )
    return InputFile(file.name, file.content, sidecar)


def open_input(path: Path, *, datasets: Path) -> InputFile:
    """One file with its sidecar.

    Raises: InputError where the sidecar is missing or not as it should be.
    """
    inside = path.resolve().is_relative_to(datasets.resolve())
    name = path.resolve().relative_to(datasets.resolve()).as_posix() if inside else path.name
    return InputFile(name, path.read_bytes(), _read_sidecar(find_sidecar(path), name))


def find_sidecar(path: Path) -> Path:
    """Where the sidecar of a file lies."""
    return path.with_name(path.name + SIDECAR_SUFFIX)


def seal_input(path: Path) -> str:
    """Write the file's present hash into its sidecar and return it.

    Raises: InputError where there is no sidecar, or it has no sha256 line.
    """
    sidecar = find_sidecar(path)
    if not sidecar.exists():
        raise InputError(
            str(path), problem="no sidecar", remedy=f"Write {sidecar.name} beside it; see datasets/README.md."
        )
    sha256 = hash_bytes(path.read_bytes())
    text, count = re.subn(
        r'(?m)^sha256\s*=\s*".*"$', f'sha256 = "{sha256}"', sidecar.read_text(encoding="utf-8")
    )
    if count != 1:
        raise InputError(str(sidecar), problem="no single sha256 line", remedy='Add one line: sha256 = "".')
    write_whole(sidecar, text.encode())
    return sha256


def find_blanks(sidecar: Path) -> tuple[str, ...]:
    """The keys of a sidecar that must say something and are blank.

    Raises: InputError where it is no TOML.
    """
    said = _load_sidecar(sidecar, sidecar.name)
    return tuple(key for key in NEVER_BLANK if isinstance(value := said.get(key), str) and not value.strip())


def _load_sidecar(path: Path, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = f"the sidecar cannot be read: {error}"
        raise InputError(Place(name), problem=problem, remedy=READ_THE_README) from error


def format_sidecar(sidecar: Sidecar) -> bytes:
    """A sidecar as TOML, one key a line."""
    lines = []
    for key, value in sidecar.model_dump(mode="json").items():
        if value != {}:
            lines.append(f"{key} = {_write_toml(value)}")
    return ("\n".join(lines) + "\n").encode()


def _write_toml(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_write_toml(entry)}' for key, entry in value.items())} }}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value).lower()


def slug(text: str) -> str:
    """A text as a part of an id: lower case, hyphens for anything that is not a letter or digit."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def build_obs_id(
    *,
    indicator: str,
    ref_area: str,
    counterpart_area: str,
    commodity: str,
    basis: str,
    period: str,
    source_id: str,
    vintage: date,
    precision: str = "day",
) -> str:
    """The id of an observation: readable, stable, and one per series, period, source and vintage.

    An edition whose day is only assumed never has the id of a dated one.
    """
    parts = [indicator, ref_area, counterpart_area]
    if commodity != ALL_COMMODITIES:
        parts.append(slug(commodity))
    parts += [BASIS_SHORT[basis], period.replace("/", "--"), source_id, name_vintage(vintage, precision)]
    return ".".join(parts)


def describe_edition(sidecar: Sidecar) -> dict[str, object]:
    """When a file's edition came out and why that day, as columns of its rows."""
    return {
        "vintage": sidecar.vintage,
        "vintage_precision": sidecar.vintage_precision,
        "known_from": sidecar.vintage,
        "known_basis": sidecar.known_basis,
    }


def name_vintage(vintage: date, precision: str) -> str:
    """A vintage in ids and names of folders: the day, and that it is assumed where it is."""
    return f"{ASSUMED}-{vintage.isoformat()}" if precision == ASSUMED else vintage.isoformat()


def _read_sidecar(path: Path, name: str) -> Sidecar:
    if not path.exists():
        raise InputError(
            name, problem="no sidecar", remedy=f"Write {path.name} beside it; see datasets/README.md."
        )
    place = Place(f"{name}{SIDECAR_SUFFIX}")
    said = _load_sidecar(path, place.file)
    blanks = find_blanks(path)
    if blanks:
        problem = f"the sidecar leaves blank: {', '.join(blanks)}"
        raise InputError(place, problem=problem, remedy="Fill it in, then run footnoted seal.")
    try:
        return Sidecar.model_validate(said)
    except (ValidationError, ValueError) as error:
        problem = f"the sidecar cannot be read: {error}"
        raise InputError(place, problem=problem, remedy=READ_THE_README) from error


def require_stated(file: InputFile, *names: str, instead: str) -> dict[str, str]:
    """What the file does not print and who added it said of it, by name.

    `instead` names a download that prints it.
    Raises: InputError naming what was not said, and how to say it.
    """
    stated = file.sidecar.stated
    missing = [name for name in names if not stated.get(name, "").strip()]
    if missing:
        shown = " ".join(f"--set {name}=..." for name in missing)
        raise InputError(
            file.name,
            problem=f"the file does not say its {' and '.join(missing)}",
            remedy=f"Say it where you know it: footnoted add {shown}. Or {instead}",
        )
    return {name: stated[name].strip() for name in names}


def read_flow(file: InputFile, stated: str) -> str:
    """exports or imports, as it was said of a file; "export" and "Imports" will do.

    Raises: InputError for anything else.
    """
    flow = f"{stated.strip().lower().removesuffix('s')}s"
    if flow not in FLOWS:
        remedy = "Say --set flow=exports or --set flow=imports."
        raise InputError(file.name, problem="no direction of trade", value=stated, remedy=remedy)
    return flow
