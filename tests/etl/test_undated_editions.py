"""A file that prints no day: it is said, it is given one, or it fills gaps and changes nothing."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

import etl
from dashboard.address import Selection
from dashboard.charts import find_charts
from dashboard.views.arms_orders import list_orders
from dashboard.views.chart_rows import choose_best, list_observations
from etl.__main__ import app
from etl.editions import add_files
from etl.errors import InputError
from tests.etl.workbench import Workbench
from tests.sources.test_sipri_register_deals import HEADER, PREAMBLE
from tests.sources.workbooks import Cell, write_workbook

# Two orders, one of them from Russia: what is left of a register that somebody has cut down.
PART = (
    "India,Russia,2018,,5,,Omega-4,SAM system,1,,2021,New,,50,250,50",
    "India,France,2016,,36,,Delta,FGA aircraft,36,,2019; 2020,New,,30,1080,1080",
)
CHANGED = date(2026, 11, 28)


def write_undated(folder: Path, *lines: str) -> Path:
    """A file that was last changed long after its edition came out."""
    folder.mkdir(exist_ok=True)
    path = folder / "old_copy.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="latin-1")
    moment = datetime(CHANGED.year, CHANGED.month, CHANGED.day, 12, tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    return path


@pytest.fixture
def undated(tmp_path: Path) -> Path:
    """Two rows of a register without what SIPRI prints above them."""
    return write_undated(tmp_path / "download", HEADER, *PART)


def test_an_undated_part_of_a_register_never_becomes_the_register(
    workbench: Workbench, undated: Path, built_snapshot: etl.Snapshot
) -> None:
    add_files([undated], datasets=workbench.datasets)
    after = workbench.build()

    dossier = after.dossier("india_russia")
    assert list_orders(after, dossier) == list_orders(built_snapshot, dossier)
    assert after.as_of == built_snapshot.as_of
    assert after.deals(known_basis="assumed").collect().height == len(PART)


def test_adding_it_says_that_its_day_is_assumed_and_how_to_give_it(
    workbench: Workbench, undated: Path
) -> None:
    command = ["add", str(undated), "--dry-run", "--datasets", str(workbench.datasets)]

    result = CliRunner().invoke(app, command)
    given = CliRunner().invoke(app, [*command, "--vintage", "2023-03-13"])

    assert "Assumed: the file prints no date" in result.stdout
    assert "--vintage DAY" in result.stdout
    assert f"sipri_register_deals/assumed-{CHANGED}/old_copy.csv" in result.stdout
    assert "vintage 2023-03-13" in given.stdout
    assert "sipri_register_deals/2023-03-13/old_copy.csv" in given.stdout
    assert "undated" not in given.stdout


def test_a_day_given_for_a_file_that_prints_another_is_refused(workbench: Workbench, tmp_path: Path) -> None:
    path = write_undated(tmp_path / "download", *PREAMBLE, HEADER, *PART)

    with pytest.raises(InputError, match="the file says that it is of 2024-02-07"):
        add_files([path], datasets=workbench.datasets, vintage=date(2023, 3, 13))


PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:created>{}</dcterms:created></cp:coreProperties>'
)


def write_milex(created: datetime) -> bytes:
    """A small workbook of military spending to 2019 that says of itself when it was made."""
    sheet: list[list[Cell]] = [
        ["Military expenditure by country, in millions of US$ at current prices"],
        [],
        ["Country", "Notes", 2016, 2017, 2018, 2019],
        ["India", "", 56637.6, 64559.4, 66257.8, 71125.0],
        ["Pakistan", "", 9973.7, 11461.3, 11376.4, 10256.5],
    ]
    stream = io.BytesIO(write_workbook({"Current USD": sheet}))
    with zipfile.ZipFile(stream, "a") as store:
        store.writestr("docProps/core.xml", PROPERTIES.format(f"{created:%Y-%m-%dT%H:%M:%SZ}"))
    return stream.getvalue()


def test_a_day_given_before_the_newest_figures_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "spending.xlsx"
    path.write_bytes(write_milex(datetime(2009, 3, 10, tzinfo=UTC)))

    with pytest.raises(InputError, match="it holds figures of 2019"):
        etl.inspect_file(path, vintage=date(2018, 4, 27))
    assert etl.inspect_file(path, vintage=date(2020, 4, 27)).file.sidecar.vintage == date(2020, 4, 27)


@pytest.mark.parametrize(
    ("created", "vintage", "basis"),
    [
        (datetime(2020, 4, 27, tzinfo=UTC), date(2020, 4, 27), "printed"),
        # Of a template, ten years older than the newest figures.
        (datetime(2009, 3, 10, tzinfo=UTC), CHANGED, "assumed"),
        # Within the last year of the figures: that year was not over.
        (datetime(2019, 6, 1, tzinfo=UTC), CHANGED, "assumed"),
        # Of a copy that somebody saved anew.
        (datetime(2025, 1, 5, tzinfo=UTC), CHANGED, "assumed"),
    ],
)
def test_a_day_inside_a_workbook_counts_only_where_it_can_be_its_editions(
    tmp_path: Path, created: datetime, vintage: date, basis: str
) -> None:
    path = write_undated(tmp_path / "download")
    moment = path.stat().st_mtime
    path = path.rename(path.with_suffix(".xlsx"))
    path.write_bytes(write_milex(created))
    os.utime(path, (moment, moment))

    sidecar = etl.inspect_file(path).file.sidecar

    assert (sidecar.vintage, sidecar.known_basis) == (vintage, basis)


def test_an_undated_edition_fills_a_gap_hollow_and_leaves_the_rest(
    workbench: Workbench, built_snapshot: etl.Snapshot
) -> None:
    months = workbench.datasets / "sources" / "india_moc_months" / "2020-02-29"
    sidecar = months / "trade_by_month.csv.toml"
    text = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(
        text.replace('vintage_precision = "month"', 'vintage_precision = "assumed"\nknown_basis = "assumed"'),
        encoding="utf-8",
    )
    after = workbench.build()
    chart = find_charts()["bilateral_trade"]

    pair = {"ref_area": "IND", "counterpart_area": "RUS", "indicator": "imports"}
    doubts = {
        basis: {
            row["time_period"]: row["doubt"]
            for row in choose_best(list_observations(after, period_basis=basis, **pair))
        }
        for basis in ("fiscal_year_in", "calendar_year")
    }
    # No other source has imports of calendar years before 2020; the fiscal years are served by a dated one.
    assert (doubts["calendar_year"]["2018"], doubts["fiscal_year_in"]["2016-17"]) == ("assumed", None)
    before, now = (chart.select(one, Selection()).points for one in (built_snapshot, after))
    assert [point.value_text for point in now] == [point.value_text for point in before]
