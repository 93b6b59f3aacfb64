"""Trade Map in its three forms, made up and real: every cell comes back as dollars of the flow above it."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from tests.sources.fuzz import CASES, count_outcomes
from tests.sources.read_back import ReadBack, read_back
from tests.sources.sheet_cells import read_sheets
from tests.sources.workbooks import Cell, write_workbook

PURPLE = "The data aggregated are mirror and direct data: the values are shown in purple."
YEARS = ("2021", "2022", "2023")
TITLES = ("India's exports to China", "China's imports from world", "India's exports to world")
PRODUCTS = {"01": "Live animals", "27": "Mineral fuels; oils", "93": "Arms and ammunition"}
Rows = list[list[Cell]]


def write_blocks(
    rows: Rows,
    *,
    titles: tuple[str, ...] = TITLES,
    years: tuple[str, ...] = YEARS,
    unit: str = "US Dollar thousand",
) -> Rows:
    """The table of two areas by product; an empty column stands before the second and the third block."""
    top: list[Cell] = ["Product code", "Product label"]
    below: list[Cell] = [None, None]
    for number, title in enumerate(titles):
        gap: list[Cell] = [None] if number else []
        top += [title, *[None] * (len(years) - 1 + len(gap))]
        below += [*gap, *(f"Value in {year}" for year in years)]
    head: Rows = [
        ["Bilateral trade between India and China "],
        ["Product: TOTAL All products"],
        [],
        [PURPLE],
        [],
        [f"Unit : {unit}"],
    ]
    return [*head, top, below, *rows]


def write_row(code: str, label: str, blocks: list[list[Cell]]) -> list[Cell]:
    """One product, with the empty columns between its blocks."""
    cells: list[Cell] = [f"'{code}", label]
    for number, block in enumerate(blocks):
        cells += [*([None] if number else []), *block]
    return cells


def write_sample() -> bytes:
    """A workbook in the site's layout."""
    rows = [
        write_row(
            "TOTAL", "All products", [[1410, 1750, 2301], [90210, 92400, 97003], [40120, 45990, 43300]]
        ),
        write_row("27", PRODUCTS["27"], [[1399, 1700, 2200], [50000, 51000, 52000], [21000, 24000, 20100]]),
        write_row("01", PRODUCTS["01"], [[11, None, 0], [7, 8, 9], [120, 130, 140]]),
    ]
    return write_workbook({"Trade_Map": write_blocks(rows)})


def write_page(rows: list[list[str]], *, title: str, product: str, unit: str = "US Dollar thousand") -> bytes:
    """The page that the site names .xls: titles and the grid in a table of tables."""
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>" for cells in rows
    )
    return (
        f"<html><body><table><tr><td><center><b>{escape(title)}</b></center></td></tr>"
        f"<tr><td><center>{escape(product)}</center></td></tr>"
        f"<tr><td><span id='unit'>Unit : {unit}</span></td></tr><tr><td>"
        f"<table id='grid'>{lines}</table></td></tr></table>"
        "<p>Sources: ITC calculations</p></body></html>"
    ).encode()


SUPPLIERS = [
    ["Exporters", "Imported value in 2022", "Imported value in 2023"],
    ["World", "1,204,310", "998,001"],
    ["Russian Federation", "25,563", "48,610"],
    ["Iraq", "", "0"],
    ["Sources: ITC calculations based on UN COMTRADE statistics.", "", ""],
]


def list_values(back: ReadBack) -> dict[tuple[str, ...], float]:
    """Values by indicator, the two areas, commodity and period."""
    names = ("indicator", "ref_area", "counterpart_area", "commodity", "time_period")
    return {tuple(row[name] for name in names): row["obs_value"] for row in back.rows}


cells = st.one_of(st.none(), st.integers(0, 10**8))
blocks = st.lists(st.lists(cells, min_size=3, max_size=3), min_size=3, max_size=3)


@given(st.dictionaries(st.sampled_from(sorted(PRODUCTS)), blocks, min_size=1))
def test_every_cell_comes_back_under_its_own_flow(products: dict[str, list[list[Cell]]]) -> None:
    rows = [write_row(code, PRODUCTS[code], values) for code, values in products.items()]

    back = read_back(write_workbook({"Trade_Map": write_blocks(rows)}))

    flows = (("exports", "IND", "CHN"), ("imports", "CHN", "W00"), ("exports", "IND", "W00"))
    assert (back.layout, back.rejected) == ("itc_trade_map", ())
    assert list_values(back) == {
        (*flow, code, year): 1000.0 * cell
        for code, values in products.items()
        for flow, block in zip(flows, values, strict=True)
        for year, cell in zip(YEARS, block, strict=True)
        if isinstance(cell, int)
    }


def test_a_value_is_exact_to_half_a_thousand_and_names_its_cell_and_product() -> None:
    rows = {row["source_locator"]: row for row in read_back(write_sample()).rows}

    row = rows["sheet Trade_Map, cell E11"]
    assert (row["commodity"], row["obs_value"], row["obs_low"], row["obs_high"]) == ("01", 0, 0, 500)
    assert (row["valuation"], row["note"]) == ("FOB", "Live animals")
    assert "sheet Trade_Map, cell D11" not in rows


def test_a_value_in_the_colour_of_the_legend_is_an_estimate_and_says_what_the_legend_says() -> None:
    rows = write_blocks([write_row("27", "Mineral fuels; oils", [[5, 6, 7], [8, 9, 10], [11, 12, 13]])])
    content = write_workbook({"Trade_Map": rows}, colours={("Trade_Map", 9, 4): "purple"})

    found = {row["source_locator"]: row for row in read_back(content).rows}

    marked = found["sheet Trade_Map, cell D9"]
    assert (marked["obs_status"], marked["note"]) == ("E", f"Mineral fuels; oils; {PURPLE}")
    assert {row["obs_status"] for place, row in found.items() if not place.endswith("D9")} == {"A"}


def test_quarters_and_months_are_read_as_such() -> None:
    for years, periods in (
        (("2023-Q4", "2024-Q1"), {"2023-Q4", "2024-Q1"}),
        (("2023-M12", "2024-M01"), {"2023-12", "2024-01"}),
    ):
        row = write_row("27", "Mineral fuels; oils", [[5, 6], [8, 9], [11, 12]])
        back = read_back(write_workbook({"Trade_Map": write_blocks([row], years=years)}))
        assert {row["time_period"] for row in back.rows} == periods


@pytest.mark.parametrize(
    ("title", "rows", "flow"),
    [
        ("List of supplying markets for a product imported by India", SUPPLIERS, ("imports", "IND", "RUS")),
        (
            "List of importing markets for a product exported by India",
            [["Importers", "Exported value in 2022", "Exported value in 2023"], *SUPPLIERS[1:]],
            ("exports", "IND", "RUS"),
        ),
        (
            "List of exporters for the selected product",
            [["Exporters", "Exported value in 2022", "Exported value in 2023"], *SUPPLIERS[2:]],
            ("exports", "RUS", "W00"),
        ),
    ],
)
def test_a_page_of_markets_is_read_with_the_flow_of_its_title(
    title: str, rows: list[list[str]], flow: tuple[str, str, str]
) -> None:
    back = read_back(write_page(rows, title=title, product="Product: 2709 Petroleum oils, crude"))

    values = list_values(back)
    assert values[*flow, "2709", "2022"] == 25_563_000
    assert values[*flow, "2709", "2023"] == 48_610_000
    assert back.rejected == ()
    missing = tuple("IRQ" if area == "RUS" else area for area in flow)
    assert values[*missing, "2709", "2023"] == 0
    assert (*missing, "2709", "2022") not in values


def test_a_page_of_products_is_trade_with_the_world() -> None:
    rows = [
        ["Code", "Product label", "Imported value in 2022", "Imported value in 2023"],
        ["'TOTAL", "All products", "700", "900"],
        ["'08", "Edible fruit", "30", "40"],
    ]
    back = read_back(
        write_page(rows, title="List of products imported by India", product="Product: TOTAL All products")
    )
    assert list_values(back)["imports", "IND", "W00", "08", "2023"] == 40_000


def test_text_of_tabs_asks_for_what_it_does_not_print(tmp_path: Path) -> None:
    path = tmp_path / "markets.txt"
    path.write_text("\n".join("\t".join([*cells, ""]) for cells in SUPPLIERS[:-1]) + "\n", encoding="utf-8")
    said = {"reporter": "India", "commodity": "2709", "unit": "US Dollar thousand"}

    for missing in said:
        known = {name: value for name, value in said.items() if name != missing}
        with pytest.raises(etl.InputError, match=f"does not say its {missing}.*--set {missing}="):
            etl.inspect_file(path, stated=known)
    rows = etl.inspect_file(path, stated=said).rows

    (row,) = rows.filter(counterpart_area="RUS", time_period="2023").to_dicts()
    assert (row["indicator"], row["ref_area"], row["commodity"]) == ("imports", "IND", "2709")
    assert (row["obs_value"], row["source_locator"]) == (48_610_000, "line 3, column 3")


def test_what_a_layout_does_not_ask_for_may_not_be_said_of_it(tmp_path: Path) -> None:
    path = tmp_path / "trade.xlsx"
    path.write_bytes(write_sample())
    with pytest.raises(etl.InputError, match="does not ask for flow"):
        etl.inspect_file(path, stated={"flow": "exports"})


FUELS = [write_row("27", "Mineral fuels; oils", [[1, 2, 3], [4, 5, 6], [7, 8, 9]])]
TOO_SMALL = [write_row("TOTAL", "All products", [[9, 9, 9], [9, 9, 9], [9, 9, 9]]), *FUELS]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (write_blocks(FUELS, unit="Euro thousand"), "another unit"),
        (write_blocks(FUELS, years=("2019", "2021", "2022")), "2021 does not follow 2019"),
        (write_blocks(FUELS, titles=(TITLES[0], "Japan's imports from world", TITLES[2])), "same two areas"),
        (write_blocks(FUELS, titles=("Iran's exports to China", *TITLES[1:])), "same two areas"),
        (write_blocks(FUELS, titles=(TITLES[0], "China's exports to world", TITLES[2])), "same two areas"),
        (write_blocks([[*FUELS[0][:5], 99, *FUELS[0][6:]]]), "holds no values by period"),
        (write_blocks([*TOO_SMALL, write_row("01", "Live animals", [[5000]])]), "add up to 5001000"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(rows: Rows, problem: str) -> None:
    with pytest.raises((etl.InputError, etl.ExpectationError), match=problem):
        read_back(write_workbook({"Trade_Map": rows}))


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (["'7", "Cereals", "1"], "product code", "bad_commodity"),
        (["'10", "Cereals", "1.5"], "exports IND CHN 2021", "not_a_number"),
        (["'10", "Cereals", "1 500"], "exports IND CHN 2021", "not_a_number"),
        (["'10", "Cereals", "1.500,25"], "exports IND CHN 2021", "not_a_number"),
        (["'10", "Cereals", "-3"], "exports IND CHN 2021", "not_a_number"),
    ],
)
def test_a_cell_that_cannot_be_meant_sets_its_row_aside(cells: list[Cell], column: str, reason: str) -> None:
    rows = write_blocks([[*cells, 2, 3], ["'27", "Mineral fuels; oils", 4, 5, 6]])
    assert read_back(write_workbook({"Trade_Map": rows})).reasons == [(9, column, reason)]


def test_the_title_must_be_that_of_the_columns() -> None:
    page = write_page(
        SUPPLIERS,
        title="List of importing markets for a product exported by India",
        product="Product: 2709 Oils",
    )
    with pytest.raises(etl.InputError, match="not that of the columns"):
        read_back(page)


def test_damaged_copies_give_the_right_numbers_or_a_refusal() -> None:
    assert sum(count_outcomes(write_sample()).values()) == CASES


@pytest.mark.publisher_files
@pytest.mark.parametrize(
    "name", ["Exports to India and World 2001-2008", "Imports from India and World 2008-2019"]
)
def test_every_cell_of_a_real_workbook_is_read(publisher_files_folder: Path, name: str) -> None:
    path = publisher_files_folder / "itc_trade_map" / f"Asean {name}.xlsx"

    inspection = etl.inspect_file(path)

    (cells,) = read_sheets(path).values()
    found = {row["source_locator"].rpartition(" ")[2]: row["obs_value"] for row in inspection.rows.to_dicts()}
    printed = {place: 1000.0 * float(text) for place, text in cells.items() if text.isdigit()}
    assert inspection.rows_rejected == 0
    assert found == printed
    assert len(found) > 2000
