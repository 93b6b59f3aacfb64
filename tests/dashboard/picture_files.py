"""A small record, and PNG files made chunk by chunk."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from datetime import date

from dashboard.picture_records import PictureRecord
from dashboard.picture_records.png_files import SIGNATURE, Chunk

HEADER = Chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
PIXEL = Chunk(b"IDAT", zlib.compress(b"\0\1\2\3"))
END = Chunk(b"IEND", b"")
SMALL = PictureRecord(
    format=1,
    chart_id="a_chart",
    title="A chart",
    subtitle="Per cent",
    description="It rises.",
    sources=("An office",),
    snapshot_id="2026-01-01-0123456789",
    as_of=date(2026, 1, 1),
    address="/trade",
    values=(),
    specification={},
)


def write_png(*between: Chunk) -> bytes:
    """A picture of one pixel, with other chunks before and after it."""
    return join_chunks((HEADER, *between, PIXEL, END))


def join_chunks(chunks: Iterable[Chunk]) -> bytes:
    """A PNG file of these chunks."""
    return SIGNATURE + b"".join(chunk.write() for chunk in chunks)
