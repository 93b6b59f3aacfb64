"""The reference in docs/: it can be written from the code as it is, and nothing in it is without words.

The copy in docs/reference may be older than the code: a new source, chart, page or route needs no new copy.
"""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any, ClassVar

import polars as pl
import pytest
import typer

import etl
from dashboard.api import list_routes
from dashboard.api.description import describe_api
from dashboard.charts import find_charts
from docs.generator import UndocumentedError, find_stale, write_pages, write_reference
from docs.generator.pages import api, charts, command_line, data_dictionary
from etl.reconcile.derivation import RULES, DerivationRule
from etl.schemas import TABLES
from etl.schemas.table import Table, described
from etl.vocabulary import LISTS, Code, CodeList

CHECKOUT = Path(__file__).parents[1]
NAMED = typer.Argument(help="A file.")
UNNAMED = typer.Option()


@pytest.fixture(scope="module")
def pages(built_snapshot: etl.Snapshot) -> dict[str, str]:
    """The pages as they would be written now."""
    return write_pages(built_snapshot)


def test_every_page_is_written_and_is_on_the_list(
    pages: dict[str, str], built_snapshot: etl.Snapshot, tmp_path: Path
) -> None:
    written = write_reference(built_snapshot, tmp_path)

    index = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in written} == pages
    assert [path.name for path in written if f"]({path.name})" not in index] == ["README.md"]


def test_the_list_says_what_the_copy_describes_and_how_it_is_refreshed(
    pages: dict[str, str], built_snapshot: etl.Snapshot
) -> None:
    assert re.search(rf"version [\d.]+ and snapshot `{built_snapshot.snapshot_id}`", pages["README.md"])
    assert "`make docs` refreshes it" in pages["README.md"]


def test_every_page_that_other_documents_link_to_is_written(pages: dict[str, str]) -> None:
    documents = [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", *(CHECKOUT / "docs").glob("*.md")]
    text = "".join(path.read_text(encoding="utf-8") for path in documents)
    linked = set(re.findall(r"reference/([a-z-]+\.md)", text))

    assert linked
    assert linked <= set(pages)


def test_a_page_that_was_changed_is_missing_or_left_over_is_stale(
    pages: dict[str, str], built_snapshot: etl.Snapshot, tmp_path: Path
) -> None:
    write_reference(built_snapshot, tmp_path)
    assert find_stale(pages, tmp_path) == []

    (tmp_path / "charts.md").write_text("changed", encoding="utf-8")
    (tmp_path / "api.md").unlink()
    (tmp_path / "left-over.md").write_text("", encoding="utf-8")
    assert find_stale(pages, tmp_path) == ["api.md", "charts.md", "left-over.md"]

    write_reference(built_snapshot, tmp_path)
    assert find_stale(pages, tmp_path) == []


def test_every_column_code_and_rule_is_in_the_data_dictionary(pages: dict[str, str]) -> None:
    page = pages[data_dictionary.FILE]
    columns = {entry.column for entry in etl.describe_tables()}
    codes = {entry.code for codes in LISTS.values() for entry in codes}

    assert [name for name in columns | codes | set(RULES) if f"| `{name}` |" not in page] == []
    assert [name for name in [*TABLES, *LISTS] if f"### {name}\n" not in page] == []


def test_every_chart_command_and_route_is_listed(pages: dict[str, str], built_snapshot: etl.Snapshot) -> None:
    routes = describe_api(list_routes(), built_snapshot)["paths"]

    assert [name for name in find_charts() if f"| `{name}` |" not in pages[charts.FILE]] == []
    assert [path for path in routes if f" {path}\n" not in pages[api.FILE]] == []
    for called in ("build", "fetch wdi", "verify"):
        assert f"### footnoted {called}\n" in pages[command_line.FILE]


class WithoutWords(Table):
    """A table one of whose columns has none."""

    _key: ClassVar[str] = "bare"

    bare: str = described("", unit="text")


class WithoutUnit(Table):
    """A table one of whose columns has no unit."""

    _key: ClassVar[str] = "length"

    length: pl.Int64 = described("how long it is", unit="")


class WithoutDocstring(Table):
    _key: ClassVar[str] = "column"

    column: str = described("what it holds")


@pytest.mark.parametrize(
    ("table", "named"),
    [
        (WithoutWords, "column sample.bare"),
        (WithoutUnit, "the unit of sample.length"),
        (WithoutDocstring, "table sample"),
    ],
)
def test_a_table_that_is_not_described_is_refused(table: type[Table], named: str) -> None:
    with pytest.raises(UndocumentedError, match=named):
        data_dictionary.write_tables({"sample": table})


@pytest.mark.parametrize("code", [Code("bare", "", "a meaning"), Code("bare", "a label", " ")])
def test_a_code_without_words_is_refused(code: Code) -> None:
    with pytest.raises(UndocumentedError, match="sample bare"):
        data_dictionary.write_lists([CodeList("sample", code)])


def test_a_rule_without_words_is_refused() -> None:
    with pytest.raises(UndocumentedError, match="rule bare"):
        data_dictionary.write_rules([DerivationRule("bare", "")])


def build_program(*, help_of_command: str | None, option: Any) -> typer.Typer:
    """A program with two commands, the second as asked for."""
    program = typer.Typer(help="A program.")

    @program.command("first", help="The first command.")
    def first(file: str = NAMED) -> None:
        """Nothing."""

    @program.command("second", help=help_of_command)
    def second(file: str = option) -> None: ...

    return program


def test_a_program_with_help_everywhere_is_written() -> None:
    page = command_line.write_program("sample", build_program(help_of_command="The second.", option=NAMED))

    assert "### sample second\n\nThe second." in page


@pytest.mark.parametrize(
    ("help_of_command", "option", "named"),
    [(None, NAMED, "sample second"), ("The second.", UNNAMED, "--file")],
)
def test_a_command_or_an_option_without_help_is_refused(
    help_of_command: str | None, option: Any, named: str
) -> None:
    program = build_program(help_of_command=help_of_command, option=option)

    with pytest.raises(UndocumentedError, match=named):
        command_line.write_program("sample", program)


@pytest.mark.parametrize("part", ["summary", "parameter", "field", "refusal"])
def test_a_part_of_the_api_without_words_is_refused(part: str, built_snapshot: etl.Snapshot) -> None:
    described_api = copy.deepcopy(describe_api(list_routes(), built_snapshot))
    route = described_api["paths"]["/observations"]["get"]
    schema = route["responses"]["200"]["content"]["application/json"]["schema"]
    holder = {
        "summary": route,
        "parameter": route["parameters"][0],
        "field": schema["properties"]["as_of"],
        "refusal": described_api["components"]["responses"]["NotFound"],
    }[part]
    holder.pop("summary" if part == "summary" else "description")

    with pytest.raises(UndocumentedError, match="observations" if part != "refusal" else "NotFound"):
        api.write_description(described_api)


def test_a_chart_without_a_docstring_is_refused(
    built_snapshot: etl.Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.charts.slope.__doc__", None)

    with pytest.raises(UndocumentedError, match="chart slope"):
        charts.write_charts(find_charts(), built_snapshot)
