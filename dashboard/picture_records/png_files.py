"""Records in PNG files: one packed iTXt chunk, and Title, Description and Source for other programs."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.picture_records.faults import NoRecordError, UnreadablePictureError
from dashboard.picture_records.record import (
    LARGEST_RECORD,
    PictureRecord,
    SealedRecord,
    read_sealed,
    write_sealed,
)

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = "footnoted"
HEADER_LENGTH = 13
# No character of UTF-8 has more bytes.
LARGEST_TEXT = 4 * LARGEST_RECORD


@dataclass(frozen=True)
class Chunk:
    """One chunk of a PNG file."""

    kind: bytes
    body: bytes

    def write(self) -> bytes:
        """The chunk with its length and its checksum."""
        checksum = zlib.crc32(self.kind + self.body)
        return struct.pack(">I", len(self.body)) + self.kind + self.body + struct.pack(">I", checksum)


def put_in_png(picture: bytes, record: PictureRecord) -> bytes:
    """A picture with the record right after its header.

    Raises: UnreadablePictureError for what is no PNG, or a damaged one.
    """
    header, *rest = list_chunks(picture)
    plain = {"Title": record.title, "Description": record.description, "Source": _format_source(record)}
    texts = [write_text_chunk(name, text, is_compressed=False) for name, text in plain.items()]
    own = write_text_chunk(KEYWORD, write_sealed(record), is_compressed=True)
    return SIGNATURE + b"".join(chunk.write() for chunk in (header, *texts, own, *rest))


def read_from_png(content: bytes) -> SealedRecord:
    """The record of a PNG file.

    Raises: NoRecordError for a file without one; UnreadablePictureError for a damaged file or
    several records; RecordError for a damaged record.
    """
    found = [text for chunk in list_chunks(content) if (text := _read_own(chunk)) is not None]
    if not found:
        raise NoRecordError
    if len(found) > 1:
        raise UnreadablePictureError(f"it has {len(found)} records; a picture has one")
    return read_sealed(found[0])


def list_chunks(content: bytes) -> list[Chunk]:
    """The chunks of a PNG file, from its header to its end; what follows the end is not looked at.

    Raises: UnreadablePictureError for what is no PNG, ends early, or has a chunk whose checksum does not fit.
    """
    if not content.startswith(SIGNATURE):
        raise UnreadablePictureError("it is no PNG picture")
    chunks = list(_walk_chunks(content))
    if chunks[0].kind != b"IHDR" or len(chunks[0].body) != HEADER_LENGTH:
        raise UnreadablePictureError("it is a PNG picture without a header")
    return chunks


def write_text_chunk(keyword: str, text: str, *, is_compressed: bool) -> Chunk:
    """An iTXt chunk: a keyword and a text of any letters."""
    encoded = text.encode("utf-8")
    body = zlib.compress(encoded, 9) if is_compressed else encoded
    return Chunk(b"iTXt", keyword.encode("latin-1") + bytes([0, is_compressed, 0, 0, 0]) + body)


def _walk_chunks(content: bytes) -> Iterator[Chunk]:
    place = len(SIGNATURE)
    while True:
        if place + 12 > len(content):
            raise UnreadablePictureError("it is a PNG picture that ends too early")
        (length,) = struct.unpack_from(">I", content, place)
        end = place + 12 + length
        if end > len(content):
            raise UnreadablePictureError("it is a PNG picture that ends too early")
        chunk = Chunk(content[place + 4 : place + 8], content[place + 8 : end - 4])
        if content[place:end] != chunk.write():
            name = chunk.kind.decode("ascii", "backslashreplace")
            raise UnreadablePictureError(
                f"it is damaged: the checksum of its chunk {name} at byte {place} does not fit"
            )
        yield chunk
        if chunk.kind == b"IEND":
            return
        place = end


def _read_own(chunk: Chunk) -> str | None:
    """The text of our chunk; none for any other."""
    keyword, ends, rest = chunk.body.partition(b"\0")
    if chunk.kind != b"iTXt" or keyword != KEYWORD.encode("ascii"):
        return None
    flags, (_, language_ends, words) = rest[:2], rest[2:].partition(b"\0")
    _, translation_ends, body = words.partition(b"\0")
    if not (ends and language_ends and translation_ends) or flags not in (b"\0\0", b"\1\0"):
        raise UnreadablePictureError("the chunk of its record is damaged")
    try:
        return (_unpack(body) if flags[0] else body).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadablePictureError("the chunk of its record holds no text") from error


def _unpack(body: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(body, LARGEST_TEXT)
    except zlib.error as error:
        raise UnreadablePictureError("the chunk of its record cannot be unpacked") from error
    if unpacker.unconsumed_tail:
        raise UnreadablePictureError(f"its record has more than {LARGEST_RECORD:,} characters")
    if not unpacker.eof:
        raise UnreadablePictureError("the chunk of its record cannot be unpacked")
    return text


def _format_source(record: PictureRecord) -> str:
    return f"{'; '.join(record.sources)}. Footnoted, snapshot {record.snapshot_id}, {record.code}"
