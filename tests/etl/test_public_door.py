"""The public door: every name is there, and none is loaded before it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import etl

CHECKOUT = Path(__file__).parents[2]
# What takes long to load, and what only drawing, fetching or writing needs.
HEAVY = ("dash", "etl.documents.lexicon", "httpx", "pandera", "plotly", "pydantic", "pypdfium2", "xlsxwriter")


def list_loaded(program: str) -> set[str]:
    """Which of the heavy modules a program loads that runs in a process of its own."""
    ending = f"import sys; print('loaded', *[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{ending}"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split()[1:])


def read_typed_names() -> dict[str, str]:
    """The names that type checkers see, each with the module it is imported from."""
    tree = ast.parse(Path(etl.__file__).read_text(encoding="utf-8"))
    block = next(part for part in tree.body if isinstance(part, ast.If))
    return {
        alias.name: str(part.module)
        for part in block.body
        if isinstance(part, ast.ImportFrom)
        for alias in part.names
    }


def test_importing_etl_loads_nothing_heavy() -> None:
    assert list_loaded("import etl") == set()


@pytest.mark.parametrize("program", ["etl", "dashboard", "footnoted"])
def test_help_loads_nothing_heavy(program: str) -> None:
    run = (
        "import contextlib, runpy, sys\n"
        "sys.argv[1:] = ['--help']\n"
        f"with contextlib.suppress(SystemExit): runpy.run_module({program!r}, run_name='__main__')"
    )

    assert list_loaded(run) == set()


def test_opening_a_snapshot_loads_no_schemas(built_snapshot: etl.Snapshot) -> None:
    folder = str(built_snapshot.folder)
    run = f"import etl, pathlib; etl.open_snapshot(pathlib.Path({folder!r})).observations().collect()"

    assert "pandera" not in list_loaded(run)


def test_type_checkers_see_the_names_that_there_are_when_it_runs() -> None:
    typed = read_typed_names()

    assert sorted(typed) == sorted(etl.__all__)
    for name, module in typed.items():
        assert getattr(etl, name) is getattr(sys.modules[module], name)


def test_every_name_is_listed_before_it_is_loaded() -> None:
    listed = "import etl; print(sorted(set(etl.__all__) - set(dir(etl))))"
    done = subprocess.run(
        [sys.executable, "-c", listed], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["export", "judge"])
def test_a_function_is_not_hidden_by_the_package_of_its_name(name: str) -> None:
    program = f"import etl, importlib; importlib.import_module('etl.{name}'); print(callable(etl.{name}))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "True"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'conjure'"):
        getattr(etl, "conjure")  # noqa: B009
