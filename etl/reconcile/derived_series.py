"""Every derived series, in the order in which one needs another."""

from __future__ import annotations

import polars as pl

from etl.reconcile.assumptions import MirrorAssumptions
from etl.reconcile.concentration import derive_concentration
from etl.reconcile.derivation import Observation
from etl.reconcile.growth import derive_growth
from etl.reconcile.mirror_components import derive_mirror_components
from etl.reconcile.trade import derive_balances, derive_mirror_gaps, derive_totals, derive_yearly_sums
from etl.reconcile.trade_parts import derive_trade_parts
from etl.reconcile.units_counted import derive_units
from etl.reconcile.windows import derive_windows
from etl.schemas import TABLES


def derive_observations(
    observations: pl.DataFrame,
    deals: pl.DataFrame,
    *,
    publishers: dict[str, str],
    incomplete_files: frozenset[str],
    parties: frozenset[str],
    assumptions: MirrorAssumptions,
) -> pl.DataFrame:
    """The observations and everything that follows from them.

    Windows and counts of weapons are worked out for the parties of the dossiers only: a whole register holds
    some two hundred importers that no page shows.

    Rows: as given, and one per derived value, whose `derivation` names its rule and operands.
    """
    columns = TABLES["observations"].list_columns()

    def extend(frame: pl.DataFrame, rows: list[Observation]) -> pl.DataFrame:
        return pl.concat([frame, pl.DataFrame(rows, schema=columns, orient="row")])

    of_parties = observations.filter(pl.col("ref_area").is_in(list(parties)))
    windows = derive_windows(of_parties, incomplete_files=incomplete_files)
    table = extend(observations, [*windows, *derive_concentration(windows)])
    whole_deals = deals.filter(
        ~pl.col("source_file").is_in(list(incomplete_files))
        & pl.col("importer").is_in(list(parties))
        & pl.col("supplier").is_in(list(parties))
    )
    table = extend(table, derive_units(whole_deals, publishers=publishers))
    table = extend(table, derive_yearly_sums(observations))
    table = extend(table, derive_totals(table))
    table = extend(table, derive_balances(table))
    table = extend(table, derive_trade_parts(table))
    table = extend(table, derive_growth(table))
    table = extend(table, derive_mirror_gaps(table))
    return extend(table, derive_mirror_components(table, assumptions=assumptions))
