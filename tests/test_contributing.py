"""CONTRIBUTING.md followed as it is printed, each recipe in a copy of the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl.provenance import hash_bytes
from tests.contributing import CHECKOUT, read_recipes

COPIED = ("etl", "dashboard", "footnoted", "datasets", "tests", "pyproject.toml")
# The installed command is the checkout's that installed it; a copy runs its own.
OWN_COMMAND = 'footnoted() { python -m footnoted "$@"; }; '
NOT_COPIED = shutil.ignore_patterns("snapshots", "texts", "browser", "benchmarks", "labelled")
# What the commands of each recipe must have said, beside ending well.
SAID = {
    "A source": ("rows       2 read, 2 accepted, 0 in quarantine", "2 passed"),
    "A chart": (" passed",),
    "A page": ("1 passed",),
    "A document": ("example-note.toml: drafted", "1 passed"),
    "An edition": ("published_shares.csv: sealed with", "1 passed"),
}


def run(checkout: Path, command: str) -> str:
    """What a command says; python is the one that runs the tests.

    Fails where the command does.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    # Modules compiled by the first command are there for the others, whatever the tests themselves run with.
    # A copy has its own datasets, which no setting of the tests around it may replace.
    own = {
        name: text
        for name, text in os.environ.items()
        if name != "PYTHONDONTWRITEBYTECODE" and not name.startswith("FOOTNOTED_")
    }
    ran = subprocess.run(
        ["bash", "-euc", OWN_COMMAND + command],
        cwd=checkout,
        env={**own, "PATH": path, "PYTEST_ADDOPTS": "-p no:cacheprovider -v"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout + ran.stderr


def hash_files(checkout: Path) -> dict[str, str]:
    """Every file of a checkout but what commands leave behind."""
    made = {"snapshots", "__pycache__", ".hypothesis", ".ruff_cache"}
    paths = (path for path in checkout.rglob("*") if path.is_file() and not made & set(path.parts))
    return {str(path.relative_to(checkout)): hash_bytes(path.read_bytes()) for path in paths}


def copy_checkout(folder: Path) -> Path:
    """What the recipes are tried in."""
    checkout = folder / "checkout"
    checkout.mkdir()
    for name in COPIED:
        if (CHECKOUT / name).is_dir():
            shutil.copytree(CHECKOUT / name, checkout / name, ignore=NOT_COPIED)
        else:
            shutil.copy(CHECKOUT / name, checkout)
    return checkout


def test_every_recipe_is_followed() -> None:
    assert [heading for heading, steps in read_recipes().items() if steps] == list(SAID)


@pytest.mark.slow
@pytest.mark.parametrize("heading", SAID)
def test_a_recipe_works_as_printed_and_edits_no_file(heading: str, tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path)
    before, said, files = hash_files(checkout), "", []

    for step in read_recipes()[heading]:
        if step.path is None:
            said += run(checkout, step.text)
        else:
            files.append(step.path)
            (checkout / step.path).parent.mkdir(parents=True, exist_ok=True)
            (checkout / step.path).write_text(step.text, encoding="utf-8")

    after = hash_files(checkout)
    assert {path: after.get(path) for path in before} == before
    assert set(files) <= set(after)
    modules = " ".join(path for path in files if path.endswith(".py"))
    said += run(checkout, f"python -m ruff check {modules}; python -m ruff format --check {modules}")
    assert [text for text in SAID[heading] if text not in said] == []
    assert not re.search(r"\d+ (failed|skipped)", said)


def test_the_recipe_of_a_chart_holds_it_to_the_rules_of_every_chart() -> None:
    (command,) = (step.text for step in read_recipes()["A chart"] if step.path is None)

    assert "tests/charts/test_every_chart.py -k example" in command
