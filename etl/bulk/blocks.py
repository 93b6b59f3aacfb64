"""Blocks of whole lines: how a file of any size is read once, a few megabytes at a time."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from etl.errors import InputError, Place

# As many are in memory as reading_ahead reads at once; smaller ones cost more in starting than in reading.
BLOCK_BYTES = 12 << 20
# No row of a table comes near; without a bound, a file without line ends would be read whole into memory.
LONGEST_LINE = 1 << 20
DELIMITERS = (",", ";", "\t")
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True)
class BulkHeader:
    """The first line of a file: where it stands, its delimiter, and its names in lower case."""

    line: int
    delimiter: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """Whole lines of a file, each ended by a line feed."""

    content: bytes

    @property
    def has_quotes(self) -> bool:
        """Whether any cell is quoted."""
        return b'"' in self.content


def open_bytes(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked where it is gzipped.

    Raises: InputError where there is no such file.
    """
    if not path.is_file():
        raise InputError(str(path), problem="no such file", remedy="Check the path.")
    stream = path.open("rb")
    if stream.read(2) == _GZIP_MAGIC:
        stream.close()
        return cast(IO[bytes], gzip.open(path))
    stream.seek(0)
    return stream


def read_first_line(stream: IO[bytes], *, file: str) -> tuple[int, str]:
    """The first line that is not empty, and its number; the stream stands behind it.

    Raises: InputError where the file is empty, or its first line is no line of a table.
    """
    number = 0
    while content := stream.readline(LONGEST_LINE):
        number += 1
        text = content.decode("utf-8-sig", errors="replace").strip("\r\n")
        if len(content) == LONGEST_LINE or "\x00" in text or "\r" in text:
            raise InputError(
                Place(file, number),
                problem="a first line that is no header of a table",
                remedy="Restore the file from its publisher; lines must end in a line feed.",
            )
        if text.strip():
            return number, text
    raise InputError(file, problem="the file is empty", remedy="Restore it from its publisher.")


def read_headers(line: int, text: str) -> Iterator[BulkHeader]:
    """The header as each delimiter would cut it, quotes and outer white space removed."""
    for delimiter in DELIMITERS:
        cells = next(csv.reader([text], delimiter=delimiter), [])
        names = [cell.strip().lower() or f"column {place}" for place, cell in enumerate(cells, start=1)]
        if len(names) == len(cells) and cells and not cells[-1].strip():
            names = names[:-1]
        if len(set(names)) == len(names):
            yield BulkHeader(line, delimiter, tuple(names))


def read_blocks(stream: IO[bytes], *, file: str, size: int = BLOCK_BYTES) -> Iterator[bytes]:
    """The rest of a stream as blocks of whole lines; a last line without its end is given one.

    Raises: InputError where the packed file is damaged, or a line is longer than any table has.
    """
    while content := _read_more(stream, size=size, file=file):
        if not content.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE)
            if len(rest) == LONGEST_LINE:
                raise InputError(file, problem="a line without an end", remedy="Restore the file.")
            content += rest if rest.endswith(b"\n") else rest + b"\n"
        yield content


def _read_more(stream: IO[bytes], *, size: int, file: str) -> bytes:
    try:
        return stream.read(size)
    except (EOFError, OSError) as error:
        problem = f"the packed file is damaged: {error}"
        raise InputError(file, problem=problem, remedy="Download it anew.") from error
