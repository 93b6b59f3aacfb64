"""Which rows a bundle needs: what its figures follow from, and all that its claims are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from etl.bundle.inputs import Inputs
from etl.export import complete_columns, mark_rows
from etl.judge.references import SERIES
from etl.judge.targets import TARGET, list_companion_series
from etl.snapshot import Snapshot

EDITION = ["source_id", "vintage", "ref_area"]
DEAL_EDITION = ["source_id", "vintage", "importer"]


@dataclass(frozen=True)
class NeededInput:
    """Ids of read observations and of deals, and of the claims to judge."""

    observations: frozenset[str]
    deals: frozenset[str]
    claims: frozenset[str]


def find_claims(snapshot: Snapshot, row_ids: Sequence[str]) -> list[str]:
    """The claims among rows, and those that are held against one of the rows, in the order of their ids."""
    wanted = frozenset(row_ids)
    verdicts = snapshot.table("verdicts").filter(pl.col("occasion") == "snapshot")
    cited = [
        claim_id
        for claim_id, references in verdicts.select("claim_id", "reference_ids").iter_rows()
        if claim_id in wanted or wanted & frozenset((references or "").split(";"))
    ]
    return sorted(cited)


def find_references(snapshot: Snapshot, row_ids: Sequence[str]) -> list[str]:
    """What the claims among rows are held against, on either day, in the order of the verdicts."""
    verdicts = snapshot.table("verdicts").filter(pl.col("claim_id").is_in(list(row_ids)))
    return [one for ids in verdicts["reference_ids"].drop_nulls() for one in ids.split(";")]


def widen_inputs(snapshot: Snapshot, row_ids: Sequence[str], claim_ids: Sequence[str]) -> Iterator[Inputs]:
    """Inputs for rows and claims: the fewest first, then with the rest of their editions, then everything.

    What a rule leaves out can hang on rows that it does not name (a predecessor's deliveries, a source of
    higher rank), so that the fewest are not always enough; whoever asks tries them in turn. Of a source that
    may not be passed on, only rows that are needed come along: more would be no quotation.
    """
    claims = snapshot.table("claims").filter(pl.col("claim_id").is_in(list(claim_ids)))
    observations = snapshot.table("observations")
    held = _list_held(claims, observations)
    references = find_references(snapshot, claim_ids)
    need = _find_leaves(snapshot, [*row_ids, *held, *references], claims=claim_ids)
    yield _take(snapshot, need, milestones=row_ids)
    yield _take(snapshot, _add_editions(snapshot, need), milestones=row_ids)
    everything = NeededInput(
        need.observations | frozenset(_list_free(snapshot, "observations")["obs_id"]),
        need.deals | frozenset(_list_free(snapshot, "deals")["deal_id"]),
        frozenset(snapshot.table("claims")["claim_id"]),
    )
    yield _take(snapshot, everything, milestones=row_ids)


def _list_held(claims: pl.DataFrame, observations: pl.DataFrame) -> list[str]:
    """Ids of all observations of the series that claims speak of."""
    series = claims.select(SERIES).unique()
    targets = series.filter(pl.col("indicator") == TARGET)
    companions = [entry for target in targets.iter_rows() for entry in list_companion_series(target)]
    wanted = pl.concat([series, pl.DataFrame(companions, schema=series.schema)])
    held = observations.join(wanted, on=list(SERIES), how="semi", maintain_order="left")
    return held["obs_id"].to_list()


def _find_leaves(snapshot: Snapshot, row_ids: Iterable[str], *, claims: Iterable[str]) -> NeededInput:
    derivations = dict(snapshot.table("observations").select("obs_id", "derivation").iter_rows())
    deals = frozenset(snapshot.table("deals")["deal_id"])
    waiting, seen = list(row_ids), set[str]()
    while waiting:
        row_id = waiting.pop()
        if row_id not in seen:
            seen.add(row_id)
            derivation = derivations.get(row_id)
            if derivation is not None:
                waiting += derivation.partition("(")[2].rstrip(")").split(";")
    read = frozenset(row_id for row_id in seen if row_id in derivations and derivations[row_id] is None)
    return NeededInput(read, deals & seen, frozenset(claims))


def _add_editions(snapshot: Snapshot, need: NeededInput) -> NeededInput:
    observations, deals = snapshot.table("observations"), snapshot.table("deals")
    used = observations.filter(pl.col("obs_id").is_in(list(need.observations)))
    ordered = deals.filter(pl.col("deal_id").is_in(list(need.deals)))
    beside = _list_free(snapshot, "observations").join(used, on=EDITION, how="semi")
    orders = _list_free(snapshot, "deals").join(ordered, on=DEAL_EDITION, how="semi")
    return NeededInput(
        need.observations | frozenset(beside["obs_id"]),
        need.deals | frozenset(orders["deal_id"]),
        need.claims,
    )


def _list_free(snapshot: Snapshot, table: str) -> pl.DataFrame:
    """The rows of a table, as they were read, that may leave as a whole."""
    rows = complete_columns(snapshot.table(table), table=table)
    if table == "observations":
        rows = rows.filter(pl.col("derivation").is_null())
    return mark_rows(rows, table=table, snapshot=snapshot).filter("redistributable")


def _take(snapshot: Snapshot, need: NeededInput, *, milestones: Sequence[str]) -> Inputs:
    def pick(table: str, column: str, ids: Iterable[str]) -> pl.DataFrame:
        rows = snapshot.table(table).filter(pl.col(column).is_in(list(ids)))
        return complete_columns(rows, table=table)

    observations = pick("observations", "obs_id", need.observations)
    deals = pick("deals", "deal_id", need.deals)
    claims = pick("claims", "claim_id", need.claims)
    events = pick("milestones", "milestone_id", milestones)
    return Inputs(
        observations=observations,
        deals=deals,
        claims=claims,
        documents=pick("documents", "document_id", {*claims["document_id"], *events["document_id"]}),
        milestones=events,
        dossiers=snapshot.table("dossiers"),
        sources=pick("sources", "file", {*observations["source_file"], *deals["source_file"]}),
    )
