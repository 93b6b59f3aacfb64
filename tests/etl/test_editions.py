"""New editions: added once, told apart from what is there, and held against every claim."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import etl
from etl.__main__ import app
from etl.editions import add_files, compare_editions
from etl.provenance import find_sidecar, seal_input
from tests.etl.workbench import Workbench


def write_edition(workbench: Workbench, folder: Path, *, share: int) -> Path:
    """A later fact sheet that restates 2009-13, with its sidecar, outside the datasets."""
    old = workbench.find_file("sipri_fact_sheets", "2019-03-31")
    folder.mkdir()
    path = folder / "restated_shares.csv"
    header, first, *_ = old.read_text(encoding="utf-8").split("\n")
    cells = first.split(",")
    cells[0], cells[5] = "2026-05", str(share)
    path.write_text(f"{header}\n{','.join(cells)}\n", encoding="utf-8")
    sidecar = find_sidecar(old).read_text(encoding="utf-8").replace('"2019-03-31"', '"2026-05-31"')
    find_sidecar(path).write_text(sidecar, encoding="utf-8")
    seal_input(path)
    return path


def test_an_added_edition_says_which_verdicts_change(workbench: Workbench, tmp_path: Path) -> None:
    path = write_edition(workbench, tmp_path / "download", share=71)

    report = add_files([path], datasets=workbench.datasets)

    (change,) = report.verdict_changes.to_dicts()
    assert change["claim_id"] == "business-standard-2025-12-05.share-2009-13"
    assert (change["verdict_before"], change["verdict"]) == ("supported", "superseded")


def test_an_added_file_lies_under_its_source_and_vintage_and_stays_as_it_is_there(
    workbench: Workbench, tmp_path: Path
) -> None:
    path = write_edition(workbench, tmp_path / "download", share=76)
    add_files([path], datasets=workbench.datasets)

    added = workbench.datasets / "sources" / "sipri_fact_sheets" / "2026-05-31" / "restated_shares.csv"
    assert added.read_bytes() == path.read_bytes()
    assert workbench.build().as_of.isoformat() == "2026-05-31"
    files = sorted(workbench.datasets.rglob("*"))

    again = add_files([path], datasets=workbench.datasets)

    assert not again.additions[0].is_new
    assert again.verdict_changes.is_empty()
    assert sorted(workbench.datasets.rglob("*")) == files
    with pytest.raises(etl.InputError, match="another file stands at sources/sipri_fact_sheets/2026-05-31"):
        add_files([write_edition(workbench, tmp_path / "other", share=77)], datasets=workbench.datasets)
    assert added.read_bytes() == path.read_bytes()


def test_a_rehearsal_shows_the_change_and_writes_nothing(workbench: Workbench, tmp_path: Path) -> None:
    path = write_edition(workbench, tmp_path / "download", share=71)
    files = sorted(workbench.datasets.rglob("*"))

    result = CliRunner().invoke(app, ["add", str(path), "--dry-run", "--datasets", str(workbench.datasets)])

    assert result.exit_code == 0, result.output
    assert "supported -> superseded (restated_by_publisher)" in result.stdout
    assert "1 verdicts change; nothing was written" in result.stdout
    assert sorted(workbench.datasets.rglob("*")) == files


def write_suppliers(folder: Path) -> Path:
    """Trade Map's text of suppliers, which says neither whose imports they are nor of what."""
    path = folder / "suppliers.txt"
    path.write_text("Exporters\tImported value in 2023\nRussian Federation\t48\n", encoding="utf-8")
    return path


def test_what_is_said_of_a_file_is_kept_in_its_sidecar_and_built_with_and_stays(
    workbench: Workbench, tmp_path: Path
) -> None:
    said = ("reporter=India", "commodity=2709", "unit=US Dollar thousand")
    words = [part for setting in said for part in ("--set", setting)]

    result = CliRunner().invoke(
        app, ["add", str(write_suppliers(tmp_path)), *words, "--datasets", str(workbench.datasets)]
    )

    assert result.exit_code == 0, result.output
    (sidecar,) = (workbench.datasets / "sources" / "itc_trade_map").rglob("*.toml")
    assert 'stated = { reporter = "India", commodity = "2709"' in sidecar.read_text(encoding="utf-8")
    rows = workbench.build().observations(source_id="itc_trade_map").collect()
    assert rows["obs_value"].to_list() == [48_000]
    with pytest.raises(etl.InputError, match="other things are said of it"):
        add_files(
            [tmp_path / "suppliers.txt"],
            datasets=workbench.datasets,
            stated={"reporter": "China", "commodity": "2709", "unit": "US Dollar thousand"},
        )


@pytest.mark.parametrize("setting", ["flow", "=imports", "flow=", "flow =  "])
def test_a_setting_that_is_no_pair_is_refused(workbench: Workbench, tmp_path: Path, setting: str) -> None:
    path = write_suppliers(tmp_path)
    result = CliRunner().invoke(
        app, ["add", str(path), "--set", setting, "--datasets", str(workbench.datasets)]
    )
    assert (result.exit_code, "name=value" in result.stderr) == (2, True)


def test_a_file_that_is_not_there_is_refused(workbench: Workbench) -> None:
    with pytest.raises(etl.InputError, match="no such file"):
        add_files([Path("nowhere.csv")], datasets=workbench.datasets)


def test_a_comparison_lists_revisions_with_the_largest_first(workbench: Workbench) -> None:
    old, new = (workbench.find_file("sipri_tiv", vintage) for vintage in ("2025-01-03", "2026-02-12"))

    compared = compare_editions(old, new, datasets=workbench.datasets)

    revised = compared.filter(change="revised")["difference"].abs().to_list()
    assert revised == sorted(revised, reverse=True)
    assert compared.filter(change="added", time_period="2024").height > 0


def test_an_edition_compared_with_itself_has_no_difference(workbench: Workbench) -> None:
    path = workbench.find_file("sipri_deals")

    assert compare_editions(path, path, datasets=workbench.datasets).is_empty()


def test_the_comparison_is_printed_with_counts(workbench: Workbench) -> None:
    old, new = (workbench.find_file("sipri_tiv", vintage) for vintage in ("2025-01-03", "2026-02-12"))

    words = ["diff", str(old), str(new), "--datasets", str(workbench.datasets), "--most", "3"]
    result = CliRunner().invoke(app, words)

    assert result.exit_code == 0, result.output
    assert "revised" in result.stdout.split("\n")[0]
    assert "more; --most shows them" in result.stdout
