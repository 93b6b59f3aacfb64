"""Records in SVG files: one <metadata> element, with Dublin Core for those who know no more."""

from __future__ import annotations

import re
from html import escape
from xml.parsers import expat

from dashboard.picture_records.faults import NoRecordError, UnreadablePictureError
from dashboard.picture_records.record import (
    LARGEST_RECORD,
    PictureRecord,
    SealedRecord,
    read_sealed,
    write_sealed,
)

SVG, RDF = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DUBLIN_CORE, OWN = "http://purl.org/dc/elements/1.1/", "urn:footnoted:picture"
# Where the record stands: the names of the elements around it, outermost first.
RECORD_PATH = (f"{SVG} svg", f"{SVG} metadata", f"{OWN} record")
DEEPEST = 200
_ROOT = re.compile(r"<svg\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
# No XML file may hold these, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def put_in_svg(picture: str, record: PictureRecord) -> str:
    """A picture with the record as the first thing in it.

    Raises: UnreadablePictureError for what is no SVG.
    """
    root = _ROOT.search(picture)
    if root is None or root[0].endswith("/>"):
        raise UnreadablePictureError("it has no <svg> element to put a record into")
    return f"{picture[: root.end()]}{write_metadata(record)}{picture[root.end() :]}"


def write_metadata(record: PictureRecord) -> str:
    """The <metadata> element of a record."""
    core = {
        "title": record.title,
        "description": record.description,
        "source": "; ".join(record.sources),
        "identifier": record.code,
        "date": record.as_of.isoformat(),
        "relation": f"{record.snapshot_id} {record.address}",
    }
    # Within JSON a letter that XML forbids may be spelled out.
    sealed = _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", write_sealed(record))
    said = "".join(f"<dc:{name}>{_escape(text)}</dc:{name}>" for name, text in core.items())
    return (
        f'<metadata><rdf:RDF xmlns:rdf="{RDF}" xmlns:dc="{DUBLIN_CORE}"><rdf:Description rdf:about="">'
        f'{said}</rdf:Description></rdf:RDF><record xmlns="{OWN}">{_escape(sealed)}</record>'
        "</metadata>"
    )


def read_from_svg(content: bytes) -> SealedRecord:
    """The record of an SVG file.

    Raises: NoRecordError for a file without one; UnreadablePictureError for a file that is not well-formed,
    declares a document type, or has several records; RecordError for a damaged record.
    """
    reader = _RecordReader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnreadablePictureError(f"it is not well-formed XML ({error})") from error
    if reader.root != RECORD_PATH[0]:
        raise UnreadablePictureError("it is XML, but no SVG picture")
    if not reader.records:
        raise NoRecordError
    if len(reader.records) > 1:
        raise UnreadablePictureError(f"it has {len(reader.records)} records; a picture has one")
    return read_sealed("".join(reader.records[0]))


class _RecordReader:
    """Listens to a parser for the text of records; refuses what could make a small file large."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._enter
        self.parser.EndElementHandler = self._leave
        self.parser.CharacterDataHandler = self._read
        self.parser.buffer_text = True
        self.root = ""
        self.records: list[list[str]] = []
        self._path: list[str] = []
        self._length = 0

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise UnreadablePictureError(
            "it declares a document type, which could hide anything; no picture of ours does"
        )

    def _enter(self, name: str, _attributes: object) -> None:
        self._path.append(name)
        self.root = self.root or name
        if len(self._path) > DEEPEST:
            raise UnreadablePictureError(f"its elements are nested more than {DEEPEST} deep")
        if tuple(self._path) == RECORD_PATH:
            self.records.append([])

    def _leave(self, _name: str) -> None:
        self._path.pop()

    def _read(self, text: str) -> None:
        if tuple(self._path) != RECORD_PATH:
            return
        self._length += len(text)
        if self._length > LARGEST_RECORD:
            raise UnreadablePictureError(f"its record has more than {LARGEST_RECORD:,} characters")
        self.records[-1].append(text)


def _escape(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text), quote=False)
