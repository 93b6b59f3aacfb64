"""Claims written out: the ways of printing a figure, of hedging it and of dating it, and what each means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

MILLION, BILLION, CRORE, LAKH = Decimal(10) ** 6, Decimal(10) ** 9, Decimal(10) ** 7, Decimal(10) ** 5


@dataclass(frozen=True)
class FigureForm:
    """One way to print a figure: the words around its number, its unit, its scale and the frames it fits."""

    written: str
    unit: str
    scale: Decimal
    family: str


@dataclass(frozen=True)
class HedgeForm:
    """One way to hedge a figure."""

    before: str
    after: str
    hedge: str


@dataclass(frozen=True)
class PeriodForm:
    """One way to date a figure, for a year."""

    write: Callable[[int], str]
    label: Callable[[int], str]
    basis: str


def _short(year: int) -> str:
    return f"{year % 100:02d}"


FIGURES = (
    FigureForm("${} billion", "USD", BILLION, "money"),
    FigureForm("US ${} billion", "USD", BILLION, "money"),
    FigureForm("US${}bn", "USD", BILLION, "money"),
    FigureForm("USD {} million", "USD", MILLION, "money"),
    FigureForm("{} billion dollars", "USD", BILLION, "money"),
    FigureForm("{} million US dollars", "USD", MILLION, "money"),
    FigureForm("{}-billion-dollar", "USD", BILLION, "money"),
    FigureForm("Rs {} crore", "INR", CRORE, "money"),
    FigureForm("Rs. {} lakh crore", "INR", LAKH * CRORE, "money"),
    FigureForm("INR {} lakh", "INR", LAKH, "money"),
    FigureForm("{} crore rupees", "INR", CRORE, "money"),
    FigureForm("\u20b9{} cr", "INR", CRORE, "money"),
    FigureForm("{} per cent", "PERCENT", Decimal(1), "share"),
    FigureForm("{}%", "PERCENT", Decimal(1), "share"),
    FigureForm("{} percent", "PERCENT", Decimal(1), "share"),
    FigureForm("{} million TIV", "TIV_MILLIONS", Decimal(1), "volume"),
    FigureForm("{} million trend-indicator values", "TIV_MILLIONS", Decimal(1), "volume"),
)
HEDGES = (
    HedgeForm("", "", "exact"),
    HedgeForm("a record ", "", "exact"),
    HedgeForm("about ", "", "about"),
    HedgeForm("nearly ", "", "about"),
    HedgeForm("almost ", "", "about"),
    HedgeForm("approximately ", "", "about"),
    HedgeForm("", " or so", "about"),
    HedgeForm("over ", "", "over"),
    HedgeForm("more than ", "", "over"),
    HedgeForm("well above ", "", "over"),
    HedgeForm("under ", "", "under"),
    HedgeForm("less than ", "", "under"),
    HedgeForm("at least ", "", "at_least"),
    HedgeForm("no less than ", "", "at_least"),
    HedgeForm("", " or more", "at_least"),
    HedgeForm("up to ", "", "up_to"),
    HedgeForm("no more than ", "", "up_to"),
    HedgeForm("as much as ", "", "up_to"),
    HedgeForm("", " at most", "up_to"),
)
PERIODS = (
    PeriodForm(lambda y: f"in {y}", str, "calendar_year"),
    PeriodForm(lambda y: f"in calendar {y}", str, "calendar_year"),
    PeriodForm(lambda y: f"in {y}-{_short(y + 1)}", lambda y: f"{y}-{_short(y + 1)}", "fiscal_year_in"),
    PeriodForm(
        lambda y: f"in fiscal {y}\u2013{_short(y + 1)}", lambda y: f"{y}-{_short(y + 1)}", "fiscal_year_in"
    ),
    PeriodForm(lambda y: f"in FY{_short(y)}", lambda y: f"{y - 1}-{_short(y)}", "fiscal_year_in"),
    PeriodForm(lambda y: f"in the year to March {y}", lambda y: f"{y - 1}-{_short(y)}", "fiscal_year_in"),
    PeriodForm(lambda y: f"in {y}-{_short(y + 4)}", lambda y: f"{y}-{_short(y + 4)}", "five_year_window"),
    PeriodForm(lambda y: f"in the five years to {y}", lambda y: f"{y - 4}-{_short(y)}", "five_year_window"),
    PeriodForm(lambda y: f"in April-December {y}", lambda y: f"{y}-04/{y}-12", "part_year"),
    PeriodForm(lambda y: f"in the first eight months of {y}", lambda y: f"{y}-01/{y}-08", "part_year"),
    PeriodForm(
        lambda y: f"in the first nine months of {y}-{_short(y + 1)}", lambda y: f"{y}-04/{y}-12", "part_year"
    ),
    PeriodForm(lambda y: f"in Q2 {y}", lambda y: f"{y}-04/{y}-06", "part_year"),
    PeriodForm(lambda y: f"in August {y}", lambda y: f"{y}-08", "month"),
    PeriodForm(lambda y: f"by the end of {y}", lambda y: f"../{y}-12-31", "up_to_date"),
)
FRAMES = {
    "money": (
        "Trade between India and Russia came to {figure} {period}.",
        "India's imports from Russia were worth {figure} {period}, officials said.",
        "Officials put the trade of India with Russia at {figure} {period}.",
    ),
    "share": (
        "Russia accounted for {figure} of India's arms imports {period}.",
        "Russia's share of India's arms imports was {figure} {period}.",
    ),
    "volume": (
        "Russia delivered arms of {figure} to India {period}.",
        "India's arms imports from Russia amounted to {figure} {period}.",
    ),
}
# In lakhs of crores even these come near the largest amount that is read.
NUMBERS = st.one_of(
    st.integers(2, 999).map(Decimal), st.integers(20, 99_999).map(lambda digits: Decimal(digits).scaleb(-2))
)
YEARS = st.integers(2005, 2019)
