"""Saved pictures, whatever their form: told by their first bytes, never by their names."""

from __future__ import annotations

from pathlib import Path

from dashboard.picture_records.faults import UnreadablePictureError
from dashboard.picture_records.png_files import SIGNATURE, read_from_png
from dashboard.picture_records.record import RecordError, SealedRecord
from dashboard.picture_records.svg_files import read_from_svg

LARGEST_FILE = 32_000_000
OTHERS = {
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a WebP picture",
    b"%PDF": "a PDF file",
}


def read_picture(path: Path) -> SealedRecord:
    """The record of a PNG or SVG file.

    Raises: UnreadablePictureError for a file that has none, or cannot be read, saying what is wrong with it.
    """
    content = read_limited(path)
    try:
        if content.startswith(SIGNATURE):
            return read_from_png(content)
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return read_from_svg(content)
    except RecordError as error:
        raise UnreadablePictureError(str(error)) from error
    for start, name in OTHERS.items():
        if content.startswith(start):
            raise UnreadablePictureError(
                f"it is {name}, which carries no record; save the chart as PNG or SVG"
            )
    raise UnreadablePictureError("it is neither a PNG nor an SVG picture")


def read_limited(path: Path) -> bytes:
    """The bytes of a file of a size that can be ours.

    Raises: UnreadablePictureError for a file that is not there, cannot be opened or is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnreadablePictureError(f"it cannot be opened ({error.strerror or error})") from error
    if len(content) > LARGEST_FILE:
        raise UnreadablePictureError(
            f"it is larger than {LARGEST_FILE // 1_000_000} MB; no picture of ours is"
        )
    return content
