"""What the views of four past days show, ten figures each, worked out by hand from the files and reports.

The department's figures to March 2017 are held in one copy of February 2020 alone: by its rhythm of two
months a figure was out before, so that it is shown hollow, as printed later. SIPRI's sheets and the reports
of 2022 to 2026 have days of their own. What came out later is not shown, whatever it says of the past.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

import etl
from dashboard.views.chart_rows import choose_best, list_observations

FIRST, SECOND, THIRD, FOURTH = date(2015, 6, 30), date(2018, 6, 30), date(2022, 10, 31), date(2025, 12, 5)
KNOWN, LATER, ABSENT = "known", "as printed later", "not shown"


@dataclass(frozen=True)
class Figure:
    """One figure of the dossier India and Russia as a view has it: in millions of dollars, or per cent."""

    indicator: str
    period: str
    value: float | None
    state: str

    @property
    def series(self) -> dict[str, str]:
        """How the snapshot is asked for it."""
        basis = "month" if self.period[4:5] == "-" and self.period.startswith(("2015-", "2018-")) else None
        named = {"indicator": self.indicator, "ref_area": "IND", "counterpart_area": "RUS"}
        return named | {"time_period": self.period} | ({"period_basis": basis} if basis else {})


# A share's window and a fiscal year may have one label: the indicator tells them apart.
FIGURES = {
    FIRST: (
        # Sums of months whose copy is of 2020: out by 31 May 2015 by the rhythm, the last of them just so.
        Figure("bilateral_trade", "2008-09", 5424.63, LATER),
        Figure("bilateral_trade", "2013-14", 6015.65, LATER),
        Figure("bilateral_trade", "2014-15", 6346.21, LATER),
        Figure("trade_balance", "2014-15", -2152.19, LATER),
        # Fiscal 2015-16 was not over.
        Figure("bilateral_trade", "2015-16", None, ABSENT),
        # That of 2014; the 76 of the edition of 2019 was not yet out.
        Figure("arms_import_share", "2009-13", 75.0, KNOWN),
        Figure("arms_import_share", "2010-14", 70.0, KNOWN),
        Figure("arms_import_share", "2006-10", 82.0, KNOWN),
        # Of the fact sheet of March 2016 nothing is held; that of 2026 has the window, eleven years later.
        Figure("arms_import_share", "2011-15", None, ABSENT),
        Figure("crude_oil_imports", "2017-18", None, ABSENT),
    ),
    SECOND: (
        Figure("bilateral_trade", "2016-17", 7489.36, LATER),
        # The sum of the copy's months; the total that was printed, 10686.85, is of October 2022.
        Figure("bilateral_trade", "2017-18", 10686.86, LATER),
        Figure("imports", "2017-18", 8573.47, LATER),
        Figure("crude_oil_imports", "2017-18", 1169.30, LATER),
        Figure("crude_oil_imports", "2018-19", None, ABSENT),
        Figure("bilateral_trade", "2018-19", None, ABSENT),
        Figure("arms_import_share", "2013-17", 62.0, KNOWN),
        Figure("arms_import_share", "2012-16", 68.0, KNOWN),
        Figure("arms_import_share", "2009-13", 75.0, KNOWN),
        Figure("arms_import_share", "2014-18", None, ABSENT),
    ),
    THIRD: (
        # The copy of February 2020 is out: what it says was known.
        Figure("bilateral_trade", "2014-15", 6346.21, KNOWN),
        # Printed on 24 October 2022.
        Figure("bilateral_trade", "2017-18", 10686.85, KNOWN),
        Figure("bilateral_trade", "2020-21", 8141.26, KNOWN),
        # Of a report only its month is known: by the end of October.
        Figure("bilateral_trade", "2021-22", 13124.68, KNOWN),
        Figure("bilateral_trade", "2022-04/2022-08", 18229.03, KNOWN),
        Figure("crude_oil_imports", "2017-18", 1169.30, KNOWN),
        Figure("bilateral_trade", "2022-23", None, ABSENT),
        # The UN has no timetable; a year is taken to be out by the end of the next.
        Figure("imports", "2022", None, ABSENT),
        Figure("arms_import_share", "2017-21", 46.0, KNOWN),
        Figure("arms_import_share", "2013-17", 62.0, KNOWN),
    ),
    FOURTH: (
        # PTI's report is of January 2026; CNBC printed the same total on 21 August 2025.
        Figure("bilateral_trade", "2024-25", 68700.0, KNOWN),
        Figure("trade_balance", "2024-25", -58900.0, KNOWN),
        # Printed by an outlet on that very day; the halves of total and deficit gave 4900 and 63800 before.
        Figure("exports", "2024-25", 4880.0, KNOWN),
        Figure("imports", "2024-25", 63840.0, KNOWN),
        Figure("bilateral_trade", "2023-24", 65700.0, KNOWN),
        Figure("bilateral_trade", "2022-23", 49400.0, KNOWN),
        Figure("imports", "2022", 40628.25, KNOWN),
        Figure("arms_import_share", "2019-23", 36.0, KNOWN),
        Figure("arms_import_share", "2013-17", 64.0, KNOWN),
        # Of the sheet of March 2026.
        Figure("arms_import_share", "2021-25", None, ABSENT),
    ),
}


@pytest.fixture(params=FIGURES, ids=str)
def view(request: pytest.FixtureRequest, live_snapshot: etl.Snapshot) -> etl.Snapshot:
    """The snapshot as it was known on one of the days."""
    return etl.open_snapshot(live_snapshot.folder, as_of=request.param)


def test_a_past_day_shows_what_was_known_and_hollow_what_was_printed_later(view: etl.Snapshot) -> None:
    figures = FIGURES[view.as_of]
    assert len(figures) == 10

    assert [find_state(view, figure) for figure in figures] == list(figures)


def find_state(view: etl.Snapshot, figure: Figure) -> Figure:
    """A figure as the view has it: what it draws of those that were printed, else of those worked out."""
    rows = [row for row in list_observations(view, **figure.series) if row["obs_value"] is not None]
    if not rows:
        return Figure(figure.indicator, figure.period, None, ABSENT)
    (row,) = choose_best(rows)
    value = row["obs_value"] if row["unit_measure"] == "PERCENT" else round(row["obs_value"] / 1e6, 2)
    return Figure(figure.indicator, figure.period, value, LATER if row["doubt"] else KNOWN)


def test_the_total_of_2024_25_was_known_from_the_day_of_its_first_report(live_snapshot: etl.Snapshot) -> None:
    (row,) = (
        live_snapshot.observations(
            indicator="bilateral_trade",
            time_period="2024-25",
            derivation=None,
            source_id="india_moc_fiscal_years",
        )
        .collect()
        .to_dicts()
    )

    assert (row["known_from"], row["known_basis"], row["known_by"]) == (date(2025, 8, 21), "witness", "CNBC")
    evidence = live_snapshot.evidence(row["obs_id"])
    assert ("Known by", "21 August 2025, printed by CNBC") in {
        (line.label, line.text) for line in evidence.says
    }


def test_no_rhythm_shows_a_figure_before_it_could_be_out(live_snapshot: etl.Snapshot) -> None:
    rows = live_snapshot.observations(known_basis="calendar").collect()

    assert rows.height
    assert (rows["known_from"] > rows["period_end"]).all()
