"""Pictures that say what they are: a record of the chart, its short code, and the files with it."""

from __future__ import annotations

from dashboard.picture_records.faults import NoRecordError, UnreadablePictureError
from dashboard.picture_records.files import LARGEST_FILE, read_limited, read_picture
from dashboard.picture_records.png_files import put_in_png
from dashboard.picture_records.record import (
    DrawnValue,
    PictureRecord,
    RecordError,
    SealedRecord,
    build_record,
    list_values,
    name_rule,
    read_sealed,
    seal_record,
    write_sealed,
)
from dashboard.picture_records.sheet import compose_sheet
from dashboard.picture_records.short_code import CodeError, read_code
from dashboard.picture_records.svg_files import put_in_svg

__all__ = [
    "LARGEST_FILE",
    "CodeError",
    "DrawnValue",
    "NoRecordError",
    "PictureRecord",
    "RecordError",
    "SealedRecord",
    "UnreadablePictureError",
    "build_record",
    "compose_sheet",
    "list_values",
    "name_rule",
    "put_in_png",
    "put_in_svg",
    "read_code",
    "read_limited",
    "read_picture",
    "read_sealed",
    "seal_record",
    "write_sealed",
]
