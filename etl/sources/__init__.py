"""Publishers' layouts, one module each; a new module is picked up without an edit here.

A module says how its files are known (`SOURCE`, `matches`), what they must hold (`EXPECTED`) and what their
rows mean (`parse`): see `etl.source_contract`. `recognise_source` asks every one of them, and a file must
be taken by exactly one. They share containers through `etl.readers` and never import each other.
CONTRIBUTING.md has a whole one to start from.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import cast

from etl.errors import UnrecognisedFileError
from etl.provenance import RawFile
from etl.readers.html_tables import check_page
from etl.readers.spreadsheets import looks_like_workbook, read_workbook
from etl.source_contract import SourceModule
from etl.unknown_files import describe_unknown


@cache
def find_sources() -> dict[str, SourceModule]:
    """Every source module of this folder by its layout.

    Raises: UnrecognisedFileError where two modules claim one layout.
    """
    found: dict[str, SourceModule] = {}
    for entry in sorted(pkgutil.iter_modules(__path__), key=lambda entry: entry.name):
        module = cast(SourceModule, importlib.import_module(f"{__name__}.{entry.name}"))
        layout = module.SOURCE.layout
        if layout in found:
            raise UnrecognisedFileError(
                f"etl/sources/{entry.name}.py", problem=f"layout {layout!r} is taken", remedy="Rename it."
            )
        found[layout] = module
    return found


def recognise_source(file: RawFile) -> SourceModule:
    """The one module whose layout the file has.

    Raises: UnrecognisedFileError where no module, or more than one, recognises it; InputError for a workbook
    or page that cannot be read.
    """
    # No layout claims a workbook or page that cannot be read; its owner needs to know why it cannot.
    if looks_like_workbook(file):
        read_workbook(file)
    else:
        check_page(file)
    # Every module is asked, for a file that two of them take is a file whose layout is not known.
    claimed = [module for module in find_sources().values() if module.matches(file)]
    if not claimed:
        problem, remedy = describe_unknown(file, [module.SOURCE for module in find_sources().values()])
        raise UnrecognisedFileError(file.name, problem=problem, remedy=remedy)
    if len(claimed) > 1:
        layouts = ", ".join(module.SOURCE.layout for module in claimed)
        remedy = "Make matches() of one of them, in etl/sources/, look closer."
        raise UnrecognisedFileError(
            file.name, problem=f"more than one layout recognises it: {layouts}", remedy=remedy
        )
    return claimed[0]
