"""The command line: what it prints, and the exit codes that scripts rely on."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from typer.testing import CliRunner

from etl.__main__ import app
from etl.provenance import open_input
from tests.etl.workbench import Workbench
from tests.sources.test_cut_and_doubled import MANY, MONTHS
from tests.sources.test_sipri_register_deals import write_register

FINE, FINDINGS, FAILED, USAGE = 0, 1, 2, 2


def run(workbench: Workbench, *words: str) -> tuple[int, str, str]:
    """One command on the workbench: its exit code, and what it printed where."""
    folders = {"FOOTNOTED_DATASETS": str(workbench.datasets), "FOOTNOTED_SNAPSHOTS": str(workbench.out)}
    result = CliRunner().invoke(app, list(words), env=folders)
    return result.exit_code, result.stdout, result.stderr


def plant_unknown_area(workbench: Workbench) -> None:
    """A row with an area that no lookup has."""
    path = workbench.find_file("un_comtrade")
    workbench.append_line(path, "2021,Atlantis,import,Russia,CIF,1,UN Comtrade,")


def test_a_clean_build_says_how_many_rows_it_accepted_and_exits_0(workbench: Workbench) -> None:
    code, printed, _ = run(workbench, "build")

    assert code == FINE
    assert "22 files: 1362 rows read, 1362 accepted, 0 in quarantine" in printed


def test_quarantined_rows_are_printed_and_exit_1(workbench: Workbench) -> None:
    plant_unknown_area(workbench)

    code, printed, _ = run(workbench, "build")

    assert code == FINDINGS
    assert "1 in quarantine" in printed
    assert "line 5, column reporter: unknown area 'Atlantis'" in printed


def test_an_input_that_cannot_be_accepted_exits_2_with_the_reason(workbench: Workbench) -> None:
    workbench.find_file("un_comtrade").unlink()

    code, _, complained = run(workbench, "build")

    assert code == FAILED
    assert "a sidecar without its file" in complained


def test_an_unknown_command_exits_2(workbench: Workbench) -> None:
    assert run(workbench, "conjure")[0] == USAGE


def test_validate_writes_nothing(workbench: Workbench) -> None:
    code, _, _ = run(workbench, "validate")

    assert code == FINE
    assert not workbench.out.exists()


def test_json_is_one_object_with_rows_verdicts_and_snapshot(workbench: Workbench) -> None:
    plant_unknown_area(workbench)

    code, printed, _ = run(workbench, "build", "--json")

    report = json.loads(printed)
    assert code == FINDINGS
    assert report["rows"]["claims"] == 24
    assert len(report["quarantined"]) == 1
    assert report["snapshot_id"].startswith(report["as_of"])


def test_a_refusal_as_json_is_an_object_too(workbench: Workbench) -> None:
    workbench.find_file("un_comtrade").unlink()

    code, printed, _ = run(workbench, "build", "--json")

    assert code == FAILED
    assert json.loads(printed)["error"] == "InputError"


def test_export_writes_every_table_in_the_formats_asked_for(workbench: Workbench) -> None:
    run(workbench, "build")
    folder = workbench.out.parent / "exported"

    code, _, _ = run(workbench, "export", "--to", str(folder), "--format", "csv", "--format", "parquet")

    assert code == FINE
    assert {path.suffix for path in folder.iterdir()} == {".csv", ".parquet", ".md", ".json"}
    assert (folder / "verdicts.csv").read_text(encoding="utf-8").startswith("claim_id,as_of,occasion,verdict")


def test_an_unknown_format_exits_2(workbench: Workbench) -> None:
    run(workbench, "build")

    assert run(workbench, "export", "--to", str(workbench.out), "--format", "tablet")[0] == FAILED


def test_exporting_before_anything_was_built_says_what_to_run(workbench: Workbench) -> None:
    code, _, complained = run(workbench, "export", "--to", str(workbench.out))

    assert code == FAILED
    assert "footnoted build" in complained


def test_sealing_a_changed_file_lets_it_build(workbench: Workbench) -> None:
    path = workbench.find_file("trade_targets")
    path.write_text(path.read_text(encoding="utf-8").replace("passed in 2022-23", "passed"), encoding="utf-8")
    refused, _, _ = run(workbench, "build")

    sealed, _, _ = run(workbench, "seal", str(path))

    assert (refused, sealed) == (FAILED, FINE)
    assert run(workbench, "build")[0] == FINE


def test_sealing_a_file_without_a_sidecar_begins_one_that_a_build_refuses(workbench: Workbench) -> None:
    old = workbench.find_file("sipri_tiv", "2026-02-12")
    sidecar = old.with_name(f"{old.name}.toml")
    whole = tomllib.loads(sidecar.read_text(encoding="utf-8"))
    sidecar.unlink()

    code, printed, _ = run(workbench, "seal", str(old))

    begun = tomllib.loads(sidecar.read_text(encoding="utf-8"))
    assert code == FINDINGS
    assert "fill in    source_id, vintage_precision, publisher, product, licence, redistributable" in printed
    assert (begun["vintage"], begun["sha256"]) == (whole["vintage"], whole["sha256"])
    refused, _, complained = run(workbench, "build")
    assert (refused, "leaves blank: source_id" in complained) == (FAILED, True)


def test_sealing_a_publisher_s_file_says_whose_it_is_and_its_printed_day(
    workbench: Workbench, tmp_path: Path
) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(write_register(MANY))

    assert run(workbench, "seal", str(path))[0] == FINE

    begun = open_input(path, datasets=workbench.datasets).sidecar
    assert (begun.publisher, begun.known_basis) == ("SIPRI", "printed")


def test_a_day_that_a_publisher_s_file_does_not_print_stays_blank(
    workbench: Workbench, tmp_path: Path
) -> None:
    path = tmp_path / "months.csv"
    path.write_text(f"{MONTHS}\n", encoding="utf-8")

    code, printed, _ = run(workbench, "seal", str(path))

    begun = tomllib.loads(path.with_name("months.csv.toml").read_text(encoding="utf-8"))
    assert code == FINDINGS
    assert "fill in    vintage, vintage_precision, vintage_basis, known_basis" in printed
    assert begun["publisher"].startswith("India")
    assert begun["vintage"] == ""


def test_an_unknown_area_has_one_remedy(workbench: Workbench) -> None:
    plant_unknown_area(workbench)

    _, printed, _ = run(workbench, "build")

    assert "Add it to datasets/lookups/area_names.csv." in printed
    assert "Correct the value" not in printed
