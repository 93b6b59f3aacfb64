"""A report as a browser reads it: its elements, its words, and what lies packed in it."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser


@dataclass
class Page(HTMLParser):
    """What a browser would read of a file: its elements in order, and what stands in scripts and styles."""

    text: str
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    raw: list[tuple[dict[str, str], str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.raw.append((self.elements[-1][1], data))
        else:
            self.words.append(data)

    @cached_property
    def ids(self) -> list[str]:
        """Every id, as often as it stands there."""
        return [found["id"] for _, found in self.elements if "id" in found]

    @cached_property
    def packed(self) -> dict[str, dict[str, str]]:
        """What lies packed in the file, by the id of its block."""
        blocks = {found["id"]: text for found, text in self.raw if found.get("type") and "id" in found}
        return {name: unpack(text) for name, text in blocks.items()}

    @property
    def evidence(self) -> dict[str, str]:
        """Drawer content by row id."""
        return self.packed["packed-evidence"]

    @cached_property
    def articles(self) -> dict[str, Page]:
        """Drawer content by row id, read."""
        return {row_id: Page(markup) for row_id, markup in self.evidence.items()}


def unpack(text: str) -> dict[str, str]:
    """What a browser makes of a packed block."""
    content: dict[str, str] = json.loads(gzip.decompress(base64.b64decode(text)))
    return content
