"""Small PDF files written by hand: pages of lines, or whatever a hostile writer puts in their place."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 595, 842
LEADING = 14


@dataclass(frozen=True)
class Words:
    """Words set at a place of a page, in points from its lower left corner."""

    text: str
    left: float = 72
    bottom: float = 770
    size: float = 11

    def draw(self) -> bytes:
        """The operators that set the words."""
        escaped = self.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"BT /F1 {self.size} Tf 1 0 0 1 {self.left} {self.bottom} Tm ({escaped}) Tj ET\n".encode(
            "cp1252"
        )


def set_lines(lines: Sequence[str], *, left: float = 72, top: float = 770, size: float = 11) -> list[Words]:
    """Lines under each other."""
    return [Words(line, left, top - index * LEADING, size) for index, line in enumerate(lines)]


def write_pdf(*pages: Sequence[Words], title: str | None = None) -> bytes:
    """A PDF with a page for each list of words."""
    return write_streams(*(b"".join(words.draw() for words in page) for page in pages), title=title)


def write_streams(
    *streams: bytes, title: str | None = None, trailer: str = "", is_packed: bool = False
) -> bytes:
    """A PDF with a page for each stream of operators; packed streams are taken as deflated already."""
    numbers = [4 + 2 * index for index in range(len(streams))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    packing = " /Filter /FlateDecode" if is_packed else ""
    for number, stream in zip(numbers, streams, strict=True):
        box = f"[0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]"
        page = (
            f"/Parent 2 0 R /MediaBox {box} /Resources << /Font << /F1 3 0 R >> >> /Contents {number + 1} 0 R"
        )
        objects[number] = f"<< /Type /Page {page} >>".encode()
        head = f"<< /Length {len(stream)}{packing} >>\nstream\n".encode()
        objects[number + 1] = head + stream + b"\nendstream"
    if title is not None:
        objects[max(objects) + 1] = f"<< /Title ({title}) >>".encode()
        trailer += f" /Info {max(objects)} 0 R"
    return _write_objects(objects, trailer=trailer)


def write_bomb(*, megabytes: int) -> bytes:
    """A PDF whose one page unpacks to that many megabytes of spaces."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(b" " * 1_000_000) for _ in range(megabytes)]
    return write_streams(b"".join([*parts, packer.flush()]), is_packed=True)


def _write_objects(objects: dict[int, bytes], *, trailer: str) -> bytes:
    content = b"%PDF-1.7\n"
    places = []
    for number in sorted(objects):
        places.append(len(content))
        content += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
    start = len(content)
    content += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    content += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    content += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R{trailer} >>\n".encode()
    return content + f"startxref\n{start}\n%%EOF\n".encode()
