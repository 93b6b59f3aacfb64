"""The steps of a build in order: open, parse, validate, reconcile, judge, publish."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from etl.code_hash import open_code
from etl.countries import Lookups, load_lookups
from etl.documents.loader import DocumentTables, load_documents
from etl.errors import InputError
from etl.file_cache import FileCache
from etl.intake import KEYS, ReadFile, RecognisedFile, Watcher, ignore_progress
from etl.judge import find_disagreements, judge_claims, judge_documents
from etl.peak_memory import measure_peak_memory
from etl.provenance import InputFile, hash_bytes, open_inputs
from etl.reading import Rejected
from etl.reconcile.assumptions import load_assumptions
from etl.reconcile.corrections import apply_corrections, load_corrections
from etl.reconcile.coverage import describe_coverage, keep_whole_pairs
from etl.reconcile.derived_series import derive_observations
from etl.reconcile.known_days import IS_DATED, date_observations
from etl.reconcile.release_rhythms import load_rhythms
from etl.reconcile.witnesses import load_witnesses
from etl.schemas import TABLES
from etl.snapshot import Snapshot, find_made_from, publish_snapshot
from etl.validate import Accepted, build_quarantine, settle_files
from etl.whole_files import list_files, read_settled


@dataclass(frozen=True)
class BuildReport:
    """What a run found: the tables and their rows, rejected ones, and what a person should know."""

    tables: Mapping[str, pl.DataFrame]
    rows: Mapping[str, int]
    rejected: tuple[Rejected, ...]
    findings: tuple[str, ...]
    inputs: dict[str, str]
    made_from: str
    as_of: date
    seconds: float = field(compare=False)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was set aside and nothing else is worth a word."""
        return not self.rejected and not self.findings


class StoredTables(Mapping[str, pl.DataFrame]):
    """The tables of a snapshot, each read when it is asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self._snapshot.table(name)

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


def build(datasets: Path, out: Path, *, watch: Watcher = ignore_progress) -> Snapshot:
    """Run every step and publish the result as a snapshot under `out`.

    Raises: FootnotedError where an input cannot be accepted; the newest snapshot then stays as it was.
    """
    return build_report(datasets, out, watch=watch)[1]


def judge(claims: pl.DataFrame, observations: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Verdicts on claims by what the observations said on a day.

    Rows: one per claim. Columns: those of the table verdicts.
    """
    return judge_claims(claims, observations, as_of=as_of, occasion="snapshot")


def build_report(
    datasets: Path, out: Path, *, watch: Watcher = ignore_progress
) -> tuple[BuildReport, Snapshot]:
    """What a build finds, and its snapshot; where nothing has changed since the newest, that one is taken.

    Raises: FootnotedError where an input cannot be accepted; the newest snapshot then stays as it was.
    """
    unchanged = find_unchanged(datasets, out)
    if unchanged is not None:
        return unchanged
    report = run_steps(datasets, watch=watch)
    return report, publish_report(report, out)


def find_unchanged(datasets: Path, out: Path) -> tuple[BuildReport, Snapshot] | None:
    """The newest snapshot under `out` and its report, where the same inputs and code made it."""
    started = time.perf_counter()
    with read_settled(datasets / "sources"):
        inputs = hash_inputs(datasets)
    made_from = hash_origin(datasets, inputs)
    folder = find_made_from(out, made_from)
    if folder is None:
        return None
    snapshot = Snapshot(folder)
    rejected = tuple(Rejected(**row) for row in snapshot.table("quarantine").to_dicts())
    report = BuildReport(
        StoredTables(snapshot),
        {name: entry["rows"] for name, entry in snapshot.manifest["tables"].items()},
        rejected,
        tuple(snapshot.manifest["findings"]),
        inputs,
        made_from,
        snapshot.as_of,
        time.perf_counter() - started,
    )
    return report, snapshot


def publish_report(report: BuildReport, out: Path) -> Snapshot:
    """Write a report's tables as an immutable snapshot under `out` and make it the newest."""
    folder = publish_snapshot(
        dict(report.tables),
        out=out,
        as_of=report.as_of,
        inputs=report.inputs,
        made_from=report.made_from,
        findings=report.findings,
        measures={"seconds": round(report.seconds, 3), "peak_memory_mib": measure_peak_memory()},
    )
    return Snapshot(folder)


def run_steps(
    datasets: Path, *, watch: Watcher = ignore_progress, extra: Sequence[RecognisedFile] = ()
) -> BuildReport:
    """Every step but the last: nothing is written. `extra` files count as if they lay among the datasets.

    Raises: FootnotedError where an input cannot be accepted.
    """
    started = time.perf_counter()
    lookups = load_lookups(datasets)
    files = [*open_inputs(datasets), *(added.file for added in extra)]
    taken = read_files(
        files, cache=FileCache(datasets=datasets), lookups=lookups, watch=watch, recognised=extra
    )
    accepted = settle_files([read.accepted for read in taken], keys=KEYS)
    documents = load_documents(datasets)
    tables = assemble_tables(datasets, taken=taken, accepted=accepted, lookups=lookups, documents=documents)
    watch("judging claims", 1, 1)
    as_of = find_newest_day(tables)
    tables["verdicts"] = judge_documents(
        tables["claims"], tables["documents"], tables["observations"], as_of=as_of
    )
    tables["disagreements"] = find_disagreements(tables["claims"], tables["milestones"], tables["documents"])
    inputs = hash_inputs(datasets, files)
    checked = {name: table.check(tables[name]) for name, table in TABLES.items()}
    rejected = tuple(entry for part in accepted for entry in part.rejected)
    return BuildReport(
        checked,
        {name: table.height for name, table in checked.items()},
        rejected,
        describe_findings(accepted, tables["sources"]),
        inputs,
        hash_origin(datasets, inputs),
        as_of,
        time.perf_counter() - started,
    )


def read_files(
    files: Sequence[InputFile],
    *,
    cache: FileCache,
    lookups: Lookups,
    watch: Watcher,
    recognised: Sequence[RecognisedFile],
) -> list[ReadFile]:
    """Every file through the source that reads it, or as it was read before, in the order of their names.

    Raises: UnrecognisedFileError where not one source recognises a file that is not `recognised` before;
    InputError for a file that is not the one its sidecar was written for.
    """
    known = {found.file.name: found for found in recognised}
    taken = []
    for index, file in enumerate(sorted(files, key=lambda file: file.name), start=1):
        watch(f"reading {file.name}", index, len(files))
        taken.append(cache.read(file, lookups=lookups, recognised=known.get(file.name)))
    cache.trim()
    return taken


def assemble_tables(
    datasets: Path,
    *,
    taken: list[ReadFile],
    accepted: list[Accepted],
    lookups: Lookups,
    documents: DocumentTables,
) -> dict[str, pl.DataFrame]:
    """All tables but the verdicts and disagreements."""
    merged = {name: merge_table(name, accepted) for name in KEYS}
    corrected = apply_corrections(merged["observations"], load_corrections(datasets))
    observations = date_observations(
        corrected, witnesses=load_witnesses(datasets), rhythms=load_rhythms(datasets)
    )
    incomplete = frozenset(part.file for part in accepted if part.rows_missing)
    dossiers = documents.dossiers
    parties = frozenset([*dossiers["ref_area"], *dossiers["counterpart_area"]])
    publishers = {read.file.sidecar.source_id: read.file.sidecar.publisher for read in taken}
    sources = describe_sources(taken, accepted, lookups=lookups)
    return {
        "observations": derive_observations(
            observations,
            keep_whole_pairs(merged["deals"], sources),
            publishers=publishers,
            incomplete_files=incomplete,
            parties=parties,
            assumptions=load_assumptions(datasets),
        ),
        "deals": merged["deals"],
        "documents": documents.documents,
        "claims": documents.claims,
        "milestones": documents.milestones,
        "dossiers": documents.dossiers,
        "areas": lookups.areas.frame,
        "sources": sources,
        "quarantine": build_quarantine([entry for part in accepted for entry in part.rejected]),
    }


def merge_table(name: str, accepted: Sequence[Accepted]) -> pl.DataFrame:
    """The accepted rows of all files of one table."""
    return pl.concat([TABLES[name].build_empty(), *(part.frame for part in accepted if part.table == name)])


def describe_sources(taken: list[ReadFile], accepted: list[Accepted], *, lookups: Lookups) -> pl.DataFrame:
    """The sources table: one row per file."""
    rows = []
    for read, part in zip(taken, accepted, strict=True):
        file, sidecar = read.file, read.file.sidecar
        rows.append(
            {
                **sidecar.model_dump(include=set(TABLES["sources"].list_columns())),
                "layout": read.layout,
                "file": file.name,
                "sha256": file.sha256,
                "url": sidecar.url or None,
                "retrieved_on": sidecar.retrieved_on or None,
                "rows_read": read.rows_read,
                "rows_accepted": read.rows_read - part.rows_rejected,
                "rows_quarantined": part.rows_rejected,
                "rows_missing": part.rows_missing,
                **describe_coverage(read.coverage, stated=sidecar.stated, lookups=lookups),
                "note": f"{sidecar.vintage_basis} {sidecar.note}".strip() or None,
            }
        )
    return pl.DataFrame(rows, schema=TABLES["sources"].list_columns(), orient="row")


def describe_findings(accepted: list[Accepted], sources: pl.DataFrame) -> tuple[str, ...]:
    """What follows from rows set aside, and from files that do not say whose orders they hold, in words."""
    unsaid = sources.filter(pl.any_horizontal(pl.col("covers_suppliers", "covers_recipients").is_null()))
    deals = {part.file for part in accepted if part.table == "deals"}
    return tuple(
        f"{file}: it does not say whose orders it holds, so that nothing is counted from it; where you know: "
        "footnoted add --set suppliers=all --set recipients=all"
        for file in unsaid["file"]
        if file in deals
    ) + tuple(
        f"{part.file}: {part.rows_missing} rows in quarantine, whole or in part; nothing is derived from "
        "this file where an absent row would count as zero"
        for part in accepted
        if part.rows_missing
    )


def find_newest_day(tables: Mapping[str, pl.DataFrame]) -> date:
    """The snapshot's day: the newest vintage or document among its inputs, deals included, never the clock.

    An edition whose day is assumed counts only where nothing else has a day.
    Raises: InputError where there is nothing at all.
    """
    editions = pl.concat(
        [tables[name].select("vintage", "vintage_precision") for name in ("observations", "deals")]
    )
    published = tables["documents"]["published_on"].to_list()
    days: list[date] = [*editions.filter(IS_DATED)["vintage"], *published] or [*editions["vintage"]]
    if not days:
        raise InputError("sources", problem="no row was accepted", remedy="See what was set aside, and why.")
    return max(days)


def hash_inputs(datasets: Path, files: Sequence[InputFile] = ()) -> dict[str, str]:
    """SHA-256 of every file that the build reads, by its name under datasets/; `files` are those at hand."""
    hashes = {file.name: file.sha256 for file in files}
    for folder in ("sources", "witnesses", "lookups", "assumptions", "dossiers", "corrections"):
        for path in list_files(datasets / folder):
            name = path.relative_to(datasets).as_posix()
            if name not in hashes and (folder == "sources" or path.suffix in {".toml", ".csv"}):
                hashes[name] = hash_bytes(path.read_bytes())
    return dict(sorted(hashes.items()))


def hash_origin(datasets: Path, inputs: Mapping[str, str]) -> str:
    """A hash of all that a build's tables follow from: its inputs, the texts at hand, code and libraries."""
    texts = {
        path.name: hash_bytes(path.read_bytes()) for path in (datasets / "texts").glob("*") if path.is_file()
    }
    told = [sorted(inputs.items()), sorted(texts.items()), open_code().hash_package()]
    return hash_bytes(json.dumps(told).encode())
