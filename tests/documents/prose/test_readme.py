"""The README of the prose reader: its numbers are the code's, and what it shows is what the code prints."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from etl.documents import anchoring, lexicon, passages, precision, prose
from tests.documents.prose.walked_sentence import SENTENCE, write_steps

FOLDER = Path(prose.__file__).parent
README = (FOLDER / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"\| `(?P<name>_?[A-Z][A-Z_]+)` \| (?P<value>[\d,.]+) \| `(?P<module>[./a-z_]+)` \|")
# Months, decades and how number words add up: nobody set these.
NOT_SET_BY_HAND = {
    "period_builders": {"APRIL", "MARCH", "DECEMBER", "DECADE"}
    | {"MONTHS_IN_YEAR", "MONTHS_IN_HALF", "MONTHS_IN_QUARTER"},
    "../lexicon": {"HUNDRED", "TWENTY", "TEN"},
}


def list_modules() -> Iterator[tuple[str, ModuleType]]:
    """Every module whose numbers the table has, by the name that the table gives it."""
    for path in sorted(FOLDER.glob("[a-z]*.py")):
        yield path.stem, import_module(f"{prose.__name__}.{path.stem}")
    for module in (anchoring, lexicon, passages, precision):
        yield f"../{module.__name__.rpartition('.')[2]}", module


def list_numbers(name: str, module: ModuleType) -> Iterator[tuple[tuple[str, str], Decimal]]:
    """The constants that a module itself sets to one number."""
    tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    names = [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    for constant in names:
        value = getattr(module, constant)
        is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        if is_number and constant not in NOT_SET_BY_HAND.get(name, set()):
            yield (name, constant), Decimal(str(value))


def test_the_table_has_every_hand_set_number_and_its_value() -> None:
    in_code = {key: value for name, module in list_modules() for key, value in list_numbers(name, module)}
    in_table = {
        (row["module"], row["name"]): Decimal(row["value"].replace(",", "")) for row in ROW.finditer(README)
    }

    assert in_table == in_code


def test_no_number_stands_twice_in_the_table() -> None:
    named = [(row["module"], row["name"]) for row in ROW.finditer(README)]

    assert len(named) == len(set(named))


def test_the_sentence_that_is_walked_stands_in_the_text() -> None:
    assert f"> {SENTENCE}\n" in README


@pytest.mark.parametrize("step", ["sentences", "parsed_sentences", "binding", "period_choice", "reader"])
def test_each_step_prints_what_the_text_shows(step: str) -> None:
    assert f"```text\n{write_steps()[step]}\n```" in README
