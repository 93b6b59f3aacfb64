"""Checking and drafting from the command line, and the exit codes that scripts rely on."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import etl
from etl.__main__ import app
from etl.checking.draft import TO_DO
from etl.documents.loader import load_documents
from etl.documents.passages import check_passages
from tests.etl.workbench import copy_datasets

FINE, FINDINGS, FAILED = 0, 1, 2
RIGHT = "Russia supplied 36 per cent of India's arms imports in 2019-23, SIPRI said.\n"
WRONG = "Russia supplied 50 per cent of India's arms imports in 2019-23, SIPRI said.\n"
UNDERSTOOD = """Russia's part in India's arsenal shrinks

Russia supplied 76 per cent of India's arms imports in 2009-13 and 36 per cent in 2019-23, according to SIPRI.

Two-way trade between India and Russia reached $68.7 billion in fiscal 2024-25. The two governments have set a
target of $100 billion by 2030.
"""
Run = Callable[..., Result]


@pytest.fixture
def run(built_snapshot: etl.Snapshot) -> Run:
    """Runs a command on the built snapshot."""

    def run_command(*words: str, text: str | bytes | None = None) -> Result:
        places = {"FOOTNOTED_SNAPSHOTS": str(built_snapshot.folder)}
        return CliRunner().invoke(app, list(words), env=os.environ | places, input=text)

    return run_command


def test_a_text_that_holds_exits_0_and_shows_the_sum(run: Run) -> None:
    result = run("check", "-", text=RIGHT)
    assert result.exit_code == FINE
    assert "✓ SUPPORTED: “36 per cent”" in result.stdout
    assert "printed 36" in result.stdout


def test_a_contradicted_figure_exits_1(run: Run) -> None:
    result = run("check", "-", text=WRONG)
    assert result.exit_code == FINDINGS
    assert "✕ CONTRADICTED: “50 per cent”" in result.stdout


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"\x7fELF" + bytes(4000)])
def test_what_cannot_be_read_exits_2_and_says_why(content: bytes, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_bytes(content)
    for file, text in ((str(path), None), ("-", content)):
        result = run("check", file, text=text)
        assert result.exit_code == FAILED
        assert "refused" in result.stderr
        assert "Traceback" not in result.output


def test_a_missing_file_exits_2(run: Run, tmp_path: Path) -> None:
    assert run("check", str(tmp_path / "nowhere.txt")).exit_code == FAILED


def test_a_refusal_as_json_is_an_object(run: Run) -> None:
    result = run("check", "-", "--format", "json", text="")
    assert result.exit_code == FAILED
    assert json.loads(result.stdout)["error"] == "TextRefusedError"


def test_files_are_read_and_reported_in_each_format(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "wire.html"
    path.write_text(f"<html><body><p>{RIGHT}</p></body></html>", encoding="utf-8")
    starts = {"text": "Text", "markdown": "# ", "json": "{", "html": "<!DOCTYPE html>"}
    for name, start in starts.items():
        result = run("check", str(path), "--format", name)
        assert result.exit_code == FINE
        assert result.stdout.startswith(start)
    assert json.loads(run("check", str(path), "--format", "json").stdout)["kind"] == "html"


def test_a_figure_is_judged_by_what_was_known_on_a_day(run: Run) -> None:
    text = "Russia supplied 49 per cent of India's arms imports in 2016-20."
    today, then = (
        json.loads(run("check", "-", "--format", "json", *days, text=text).stdout)
        for days in ((), ("--as-of", "2021-04-01", "--published", "2021-03-16"))
    )
    assert today["verdicts"]["superseded"] == 1
    assert then["verdicts"]["supported"] == 1
    assert then["published_on"] == "2021-03-16"


@pytest.mark.parametrize(
    "words", [("--as-of", "yesterday"), ("--format", "pdf"), ("--dossier", "nowhere"), ("--published", "1")]
)
def test_an_impossible_option_exits_2(words: tuple[str, str], run: Run) -> None:
    assert run("check", "-", *words, text=RIGHT).exit_code == FAILED


def test_a_filled_in_draft_of_an_understood_text_loads(run: Run, tmp_path: Path) -> None:
    workbench, source, text = copy_datasets(tmp_path), tmp_path / "wire.txt", tmp_path / "read.txt"
    source.write_text(UNDERSTOOD, encoding="utf-8")
    result = run(
        "draft",
        str(source),
        "--dossier",
        "india_russia",
        "--id",
        "wire",
        "--published",
        "2025-12-05",
        "--text-to",
        str(text),
    )
    assert result.exit_code == FINE
    assert "# Left out" not in result.stdout
    folder = workbench.datasets / "dossiers" / "india_russia" / "documents"
    (folder / "wire.toml").write_text(result.stdout.replace(TO_DO, ""), encoding="utf-8")
    claims = load_documents(workbench.datasets).claims.filter(document_id="wire").sort("char_start")
    assert claims["stated_as"].to_list() == ["76 per cent", "36 per cent", "$68.7 billion", "$100 billion"]
    assert claims["indicator"].to_list() == ["arms_import_share"] * 2 + ["bilateral_trade", "trade_target"]
    assert check_passages(claims, text.read_bytes().decode("utf-8")) == []


def test_a_draft_goes_to_a_new_file_and_never_over_one(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "wire.toml"
    words = ("draft", "-", "--dossier", "india_russia", "--to", str(target))
    assert run(*words, text=RIGHT).exit_code == FINE
    assert tomllib.loads(target.read_text(encoding="utf-8"))["claims"][0]["value"] == 36
    before = target.read_bytes()
    assert run(*words, text=WRONG).exit_code == FAILED
    assert target.read_bytes() == before


def test_a_draft_is_for_the_dossier_whose_two_sides_the_text_names(run: Run) -> None:
    result = run("draft", "-", text=RIGHT)
    assert result.exit_code == FINE
    assert "datasets/dossiers/india_russia/documents/" in result.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Moscow supplied 36 per cent of the arms in 2019-23.", "not both sides of any"),
        (f"{RIGHT}China supplied 81 per cent of Pakistan's arms imports in 2020-24.", "the sides of several"),
    ],
)
def test_a_draft_asks_for_the_dossier_that_a_text_leaves_open(text: str, said: str, run: Run) -> None:
    result = run("draft", "-", text=text)
    assert result.exit_code == FAILED
    assert said in result.stderr
    assert "--dossier" in result.stderr


def test_the_sides_of_a_named_dossier_are_taken_where_the_text_names_neither(run: Run) -> None:
    text = "Two-way trade was $68.7 billion in fiscal 2024-25."
    alone, named = (
        json.loads(run("check", "-", "--format", "json", *words, text=text).stdout)["verdicts"]
        for words in ((), ("--dossier", "india_russia"))
    )
    assert (alone["unresolved"], alone["supported"]) == (1, 0)
    assert (named["unresolved"], named["supported"]) == (0, 1)


def test_a_named_dossier_does_not_take_the_place_of_sides_that_a_text_names(run: Run) -> None:
    text = "China supplied 81 per cent of Pakistan's arms imports in 2020-24."
    plain, named = (
        json.loads(run("check", "-", "--format", "json", *words, text=text).stdout)["claims"][0]["matched"]
        for words in ((), ("--dossier", "india_russia"))
    )
    assert (named["ref_area"], named["counterpart_area"]) == ("PAK", "CHN")
    assert named == plain


def test_an_unreadable_text_is_not_drafted(run: Run) -> None:
    assert run("draft", "-", text="").exit_code == FAILED
