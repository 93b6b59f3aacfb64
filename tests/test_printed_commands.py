"""Every command and the Python that README.md and docs/recipes.md print runs as printed."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import textwrap
from pathlib import Path

import pytest
from typer.testing import CliRunner

import etl
from footnoted.__main__ import app
from tests.etl.workbench import copy_datasets

CHECKOUT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/recipes.md")
TEXT = "Russia supplied 36 per cent of India's arms imports in 2019-23, SIPRI said.\n"
# Printed for a reader's own files: here files of the project stand for them.
STAND_INS = {
    "FILE...": "datasets/sources/sipri_tiv/2026-02-12/tiv_to_india_by_supplier.csv",
    "OLD": "datasets/sources/sipri_tiv/2022-04-22/tiv_to_india_by_supplier.csv",
    "NEW": "datasets/sources/sipri_tiv/2026-02-12/tiv_to_india_by_supplier.csv",
}
# What asks a publisher, or for a file of millions of rows: only that there is such a command is held.
NOT_RUN = {"fetch": "asks a publisher", "convert": "needs a bulk file of CEPII"}


def find_blocks(page: str, language: str = "") -> list[str]:
    """The blocks of a page in a language; without one, what is typed in a shell."""
    text = (CHECKOUT / page).read_text(encoding="utf-8")
    found = re.findall(r"^([ ]*)```(\w*)\n(.*?)^\1```", text, flags=re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(code) for _, named, code in found if named == language]


def list_commands() -> list[str]:
    """Every printed line that calls footnoted, without its comment."""
    lines = [line for page in PAGES for block in find_blocks(page) for line in block.splitlines()]
    called = [line.partition("  #")[0].strip() for line in lines if line.startswith("footnoted ")]
    return list(dict.fromkeys(called))


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with datasets, a snapshot of them, and the texts that the pages check."""
    folder = tmp_path_factory.mktemp("printed")
    datasets = copy_datasets(folder).datasets
    etl.build(datasets, out=datasets / "snapshots")
    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    (folder / "article.html").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    return folder


@pytest.mark.parametrize("line", list_commands())
def test_a_printed_command_runs(line: str, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workplace)
    for name in ("FOOTNOTED_DATASETS", "FOOTNOTED_SNAPSHOTS"):
        monkeypatch.delenv(name, raising=False)
    words = [STAND_INS.get(word, word) for word in shlex.split(line)[1:]]

    result = CliRunner().invoke(app, [words[0], "--help"] if words[0] in NOT_RUN else words)

    assert result.exit_code == 0, result.output
    if words[0] in NOT_RUN:
        pytest.skip(f"{line}: {NOT_RUN[words[0]]}")


def test_every_make_target_that_is_printed_is_there() -> None:
    targets = re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    text = "\n".join(block for page in PAGES for block in find_blocks(page))
    printed = re.findall(r"^make ([a-z-]+)", text, flags=re.MULTILINE)

    assert printed
    assert set(printed) <= set(targets)


def test_the_python_of_the_readme_prints_the_sum(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTED_SNAPSHOTS", str(workplace / "datasets" / "snapshots"))
    (code,) = find_blocks("README.md", "python")

    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "README.md", "exec"), {})

    assert printed.getvalue() == "5,015 / 13,856.43 = 36.2%\n"
