"""Zip files that are the same bytes whenever their members are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from etl.export.format_contract import FIXED_TIME

# The upper half of the attributes is the Unix mode; without it only its owner could read an unpacked file.
READABLE_BY_ALL = 0o644 << 16
# So that the machine it is written on does not show: the code of Unix, whatever that machine is.
UNIX = 3


def pack_members(members: Mapping[str, bytes]) -> bytes:
    """A zip of the members, in the order of their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, FIXED_TIME.timetuple()[:6])
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, UNIX
            entry.external_attr = READABLE_BY_ALL
            archive.writestr(entry, members[name])
    return target.getvalue()
