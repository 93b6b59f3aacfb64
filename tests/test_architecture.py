"""The page and the picture of the architecture: drawn from the code, and true of it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from docs.generator.architecture import ROOTS, draw_architecture, read_architecture

CHECKOUT = Path(__file__).parents[1]
PAGE = (CHECKOUT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("root", ROOTS)
def test_every_package_and_module_of_a_root_has_its_row(root: str) -> None:
    found = {
        path.stem
        for path in (CHECKOUT / root).iterdir()
        if path.stem != "__init__" and (path.suffix == ".py" or (path / "__init__.py").exists())
    }

    assert {part.name for part in read_architecture(root).parts} == found


@pytest.mark.parametrize("root", ROOTS)
def test_imports_lead_from_a_layer_to_one_below(root: str) -> None:
    whole = read_architecture(root)
    layers = {part.name: part.layer for part in whole.parts}
    inside = [ends for ends in whole.imports if ends[1] in layers]

    assert inside
    assert [ends for ends in inside if layers[ends[0]] >= layers[ends[1]]] == []


def test_imports_are_counted_as_the_code_has_them() -> None:
    text = (CHECKOUT / "dashboard" / "page_contract.py").read_text(encoding="utf-8")
    named = re.findall(r"^from dashboard\.(\w+) import", text, flags=re.MULTILINE)

    counted = read_architecture("dashboard").imports
    assert {name: counted["page_contract", name] for name in named} == dict.fromkeys(named, 1)
    assert counted["page_contract", "etl"] == 1


def test_the_picture_has_the_name_of_every_part_and_the_number_of_every_import() -> None:
    texts = ["".join(each.itertext()) for each in ET.fromstring(draw_architecture()).iter()]
    both = [read_architecture(root) for root in ROOTS]

    said = [
        f"{each.root}.{one} imports {other}: {count}"
        for each in both
        for (one, other), count in each.imports.items()
    ]
    assert [text for text in said if text not in texts] == []
    assert [part.name for each in both for part in each.parts if part.name not in texts] == []


def test_every_folder_and_file_that_the_page_names_is_there() -> None:
    named = re.findall(r"`((?:etl|dashboard|datasets|docs)/[\w/.]*)`", PAGE)
    named += re.findall(r"\]\(([\w./]+)\)", PAGE)

    folders = (CHECKOUT, CHECKOUT / "docs")
    assert len(named) > 20
    assert [name for name in named if not any((folder / name).exists() for folder in folders)] == []
