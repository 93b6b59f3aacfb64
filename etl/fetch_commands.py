"""Commands that ask publishers for files: SIPRI's register, UN Comtrade, World Development Indicators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from etl.folders import find_datasets
from etl.terminal import Datasets, notices, print_addition, refuse_clearly
from etl.vocabulary.series_codes import ALL_COMMODITIES

if TYPE_CHECKING:
    from etl.fetching import Fetched

fetch_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Ask a publisher for a file; it is kept in the cache."
)
Folder = Annotated[
    Path | None,
    typer.Option("--to", envvar="FOOTNOTED_CACHE", help="Folder for answers; by default the user's cache."),
]
Refresh = Annotated[bool, typer.Option("--refresh", help="Ask even if a recent answer is kept.")]
MONTH_DIGITS = len("202204")


@fetch_app.command("sipri-register")
def fetch_register_command(
    first_year: Annotated[int, typer.Argument(help="First year of delivery.")],
    last_year: Annotated[int, typer.Argument(help="Last year of delivery.")],
    supplier: Annotated[list[str] | None, typer.Option(help="SIPRI's name; may be repeated.")] = None,
    recipient: Annotated[list[str] | None, typer.Option(help="SIPRI's name; may be repeated.")] = None,
    by_order: Annotated[
        bool, typer.Option("--by-order", help="One row per order instead of one per delivery year.")
    ] = False,
    to: Folder = None,
    is_refreshing: Refresh = False,
    datasets: Datasets = None,
) -> None:
    """Fetch SIPRI's trade register for a range of years."""
    from etl.fetching import RegisterSelection, fetch_sipri_register

    kind: Literal["delivery", "order"] = "order" if by_order else "delivery"
    with refuse_clearly(as_json=False):
        selection = RegisterSelection(first_year, last_year, supplier or (), recipient or (), kind)
        fetched = fetch_sipri_register(selection, folder=to, is_refreshing=is_refreshing, tell=tell_trouble)
        report_fetched(fetched, datasets=datasets or find_datasets())


@fetch_app.command("comtrade")
def fetch_comtrade_command(
    periods: Annotated[list[str], typer.Argument(help="Years such as 2022, or months such as 202204.")],
    reporter: Annotated[list[str], typer.Option(help="UN Comtrade's number: India is 699, Russia 643.")],
    partner: Annotated[list[str] | None, typer.Option(help="Number, 0 the world; by default all.")] = None,
    flow: Annotated[list[str] | None, typer.Option(help="M imports, X exports; by default both.")] = None,
    commodity: Annotated[list[str] | None, typer.Option(help="HS code; by default TOTAL.")] = None,
    to: Folder = None,
    is_refreshing: Refresh = False,
    datasets: Datasets = None,
) -> None:
    """Fetch UN Comtrade records; with COMTRADE_API_KEY in the environment more than 500."""
    from etl.fetching import TradeSelection, fetch_comtrade

    frequency = "M" if len(periods[0]) == MONTH_DIGITS else "A"
    with refuse_clearly(as_json=False):
        selection = TradeSelection(
            reporter,
            periods,
            partner or (),
            flow or ("M", "X"),
            commodity or (ALL_COMMODITIES,),
            frequency=frequency,
        )
        fetched = fetch_comtrade(selection, folder=to, is_refreshing=is_refreshing, tell=tell_trouble)
        report_fetched(fetched, datasets=datasets or find_datasets())


@fetch_app.command("wdi")
def fetch_wdi_command(
    indicators: Annotated[list[str], typer.Argument(help="Codes such as MS.MIL.XPND.CD.")],
    to: Folder = None,
    is_refreshing: Refresh = False,
    datasets: Datasets = None,
) -> None:
    """Fetch World Bank indicators for all areas and years."""
    from etl.fetching import fetch_wdi

    with refuse_clearly(as_json=False):
        for indicator in indicators:
            fetched = fetch_wdi(indicator, folder=to, is_refreshing=is_refreshing, tell=tell_trouble)
            report_fetched(fetched, datasets=datasets or find_datasets())


def tell_trouble(trouble: str) -> None:
    """Say on the side what goes wrong while asking goes on."""
    notices.print(trouble, markup=False)


def report_fetched(fetched: Fetched, *, datasets: Path) -> None:
    """What was fetched, and what it would be among the datasets."""
    from etl.editions import plan_addition
    from etl.fetching import seal_fetched

    origin = "kept since" if fetched.was_cached else "fetched"
    typer.echo(f"{fetched.path}: {origin} {fetched.retrieved_at:%Y-%m-%d %H:%M} UTC")
    for notice in fetched.notices:
        notices.print(f"note: {notice}", markup=False)
    seal_fetched(fetched, datasets=datasets)
    print_addition(plan_addition(fetched.path, datasets=datasets))
    typer.echo(f"add it with: footnoted add {fetched.path}")
