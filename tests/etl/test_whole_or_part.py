"""What a file covers: a part is never the register, and nothing that it lacks counts as none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import etl
from dashboard.address import Selection
from dashboard.charts import find_charts
from dashboard.views.arms_orders import list_orders
from etl.editions import add_files
from etl.reconcile.coverage import covers_pair
from tests.etl.workbench import Workbench
from tests.sources.test_sipri_register_deals import HEADER

ORDERS = (
    "India,Russia,2018,,5,,Omega-4,SAM system,1,,2021,New,,50,250,50",
    "India,Russia,2016,,36,,Delta,FGA aircraft,36,,2019; 2020,New,,30,1080,1080",
)
SAID = {
    "all": "Transfers of major conventional arms from All countries  to All countries . Deals made",
    "pair": "Transfers of major conventional arms from Russia  to India . Deals made",
    "other pair": "Transfers of major conventional arms from France  to India . Deals made",
    "nothing": "Orders, as copied",
}
LATE = date(2025, 9, 1)


def write_register(folder: Path, said: str) -> Path:
    """Two orders of a pair under a preamble that says what was asked for."""
    folder.mkdir(exist_ok=True)
    path = folder / "register.csv"
    lines = (SAID[said], "", "Data generated: 1 Sep 2025 10:02:49 AM", HEADER, *ORDERS)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="latin-1")
    return path


@pytest.fixture
def alone(workbench: Workbench) -> Workbench:
    """Datasets without any other register of orders."""
    register = workbench.find_file("sipri_deals")
    register.unlink()
    register.with_name(f"{register.name}.toml").unlink()
    return workbench


@pytest.mark.parametrize(
    ("said", "suppliers", "recipients", "is_whole"),
    [
        ("all", "all", "all", True),
        ("pair", "RUS", "IND", True),
        ("other pair", "FRA", "IND", False),
        ("nothing", None, None, False),
    ],
)
def test_only_what_covers_a_pair_by_its_preamble_is_called_its_register_and_counted(
    alone: Workbench, tmp_path: Path, said: str, suppliers: str | None, recipients: str | None, is_whole: bool
) -> None:
    add_files([write_register(tmp_path / "download", said)], datasets=alone.datasets)
    snapshot = alone.build()

    (source,) = snapshot.sources(source_id="sipri_register_deals").collect().to_dicts()
    assert (source["covers_suppliers"], source["covers_recipients"]) == (suppliers, recipients)
    view = find_charts()["deals_progress"].select(snapshot, Selection())
    assert ("part of a register of 1 September 2025" in view.subtitle) is not is_whole
    counted = snapshot.observations(indicator="units_ordered").collect().height
    assert counted == (len(ORDERS) if is_whole else 0)
    unsaid = [finding for finding in snapshot.manifest["findings"] if "whose orders it holds" in finding]
    assert len(unsaid) == (said == "nothing")


def test_what_a_file_does_not_say_its_reader_may(alone: Workbench, tmp_path: Path) -> None:
    path = write_register(tmp_path / "download", "nothing")

    add_files([path], datasets=alone.datasets, stated={"suppliers": "Russia; France", "recipients": "all"})

    (source,) = alone.build().sources(source_id="sipri_register_deals").collect().to_dicts()
    assert covers_pair(source, importer="IND", supplier="RUS")
    assert not covers_pair(source, importer="IND", supplier="USA")


def test_a_later_part_does_not_take_the_place_of_the_whole(
    workbench: Workbench, tmp_path: Path, built_snapshot: etl.Snapshot
) -> None:
    add_files([write_register(tmp_path / "download", "nothing")], datasets=workbench.datasets)
    after = workbench.build()

    dossier = after.dossier("india_russia")
    assert after.as_of >= LATE
    assert list_orders(after, dossier) == list_orders(built_snapshot, dossier)


@pytest.mark.parametrize(("rows", "status"), [(1, "U"), (2, "A")])
def test_the_total_of_a_table_of_one_row_is_not_surely_of_all(tmp_path: Path, rows: int, status: str) -> None:
    path = tmp_path / "table.csv"
    lines = ["Russia,100,20,120", "France,10,5,15"][:rows]
    total = "Total,100,20,120" if rows == 1 else "Total,110,25,135"
    title = "TIV of arms exports to India, 2019-2020"
    path.write_text("\n".join([title, "", ",2019,2020,Total", *lines, total, ""]), encoding="ascii")

    table = etl.read_file(path)
    assert set(table.filter(counterpart_area="W00")["obs_status"]) == {status}
    assert set(table.filter(counterpart_area="RUS")["obs_status"]) == {"A"}
