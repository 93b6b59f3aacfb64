"""Formats to take data away in, one module each; a new module is picked up without an edit here.

Each has FORMAT, and either `write_rows` for one table or `write_release` for a whole snapshot, as
`etl.export.format_contract` says.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import cast

from etl.export.format_contract import ExportFormatError, FormatModule


@cache
def find_formats() -> dict[str, FormatModule]:
    """Every format module of this folder by the name of its format.

    Raises: ExportFormatError where two modules claim one name.
    """
    found: dict[str, FormatModule] = {}
    for entry in sorted(pkgutil.iter_modules(__path__), key=lambda entry: entry.name):
        module = cast(FormatModule, importlib.import_module(f"{__name__}.{entry.name}"))
        name = module.FORMAT.name
        if name in found:
            raise ExportFormatError(f"etl/export/formats/{entry.name}.py: {name!r} is taken. Rename it.")
        found[name] = module
    return found


def find_format(name: str) -> FormatModule:
    """One format module.

    Raises: ExportFormatError for a format that nothing writes.
    """
    if name not in find_formats():
        raise ExportFormatError(f"no format {name!r}. Known: {', '.join(find_formats())}.")
    return find_formats()[name]
