"""Schemas: every column is explained, and a bad value does not pass."""

from __future__ import annotations

import math
from typing import ClassVar

import polars as pl
import pytest

import etl
from etl.errors import SchemaError
from etl.schemas import TABLES
from etl.schemas.table import Table, described


def test_every_column_of_every_table_has_a_description_and_a_unit() -> None:
    entries = etl.describe_tables()

    assert len(entries) == sum(len(table.list_columns()) for table in TABLES.values())
    assert all(entry.description and entry.unit for entry in entries)


def test_the_dictionary_has_the_limits_that_values_are_held_to() -> None:
    columns = {(entry.table, entry.column): entry for entry in etl.describe_tables()}

    for name in ("obs_status", "period_basis", "unit_measure"):
        assert columns["observations", name].codes == tuple(code.code for code in etl.list_codes(name))
    assert columns["verdicts", "occasion"].codes == ("printing", "snapshot")
    assert columns["areas", "area"].pattern == columns["deals", "importer"].pattern == "^([A-Z]{3}|W00|_X)$"
    assert (columns["deals", "order_year"].minimum, columns["deals", "order_year"].maximum) == (1900, 2100)
    assert not any(columns["claims", "stated_as"].codes)


class Unlimited(Table):
    """A table with a check that the dictionary has no word for."""

    _key: ClassVar[str] = "word"

    word: str = described("a word", str_length={"max_value": 3})


def test_a_check_that_the_dictionary_cannot_tell_is_refused() -> None:
    with pytest.raises(SchemaError, match="str_length"):
        Unlimited.describe_columns("unlimited")


def test_what_leaves_is_described_column_by_column(built_snapshot: etl.Snapshot) -> None:
    release = etl.Release(built_snapshot)

    for table in TABLES:
        rows, entries = release.table(table), etl.describe_columns(table)
        assert [(entry.column, entry.type) for entry in entries] == [
            (name, str(kind)) for name, kind in rows.schema.items()
        ]
        assert all(entry.description and entry.unit and entry.table == table for entry in entries)
        for entry in entries:
            if entry.codes:
                assert set(rows[entry.column].drop_nulls()) <= set(entry.codes), entry.column
    with pytest.raises(SchemaError, match="no table 'weather'"):
        etl.describe_columns("weather")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("indicator", "mood"),
        ("ref_area", "India"),
        ("period_basis", "fortnight"),
        ("unit_measure", "RUPEES"),
        ("obs_status", "Z"),
        ("vintage_precision", "century"),
        ("source_sha256", "short"),
        ("obs_value", math.inf),
        ("obs_value", math.nan),
    ],
)
def test_a_bad_value_fails_the_schema(built_snapshot: etl.Snapshot, column: str, value: object) -> None:
    good = built_snapshot.table("observations").head(3)
    bad = good.with_columns(
        pl.when(pl.int_range(pl.len()) == 1).then(pl.lit(value)).otherwise(column).alias(column)
    )

    with pytest.raises(SchemaError, match=column):
        TABLES["observations"].check(bad)


def test_a_key_that_stands_twice_fails_the_schema(built_snapshot: etl.Snapshot) -> None:
    claims = built_snapshot.table("claims")

    with pytest.raises(SchemaError, match="claim_id is not unique"):
        TABLES["claims"].check(pl.concat([claims, claims.head(1)]))


def test_a_missing_column_fails_the_schema(built_snapshot: etl.Snapshot) -> None:
    with pytest.raises(SchemaError, match="publisher"):
        TABLES["sources"].check(built_snapshot.table("sources").drop("publisher"))


def test_tables_are_sorted_by_their_key_whatever_the_order_of_rows(built_snapshot: etl.Snapshot) -> None:
    deals = built_snapshot.table("deals")

    assert TABLES["deals"].check(deals.sample(fraction=1, shuffle=True, seed=1)).equals(deals)


def test_words_for_an_unknown_code_are_refused() -> None:
    with pytest.raises(etl.FootnotedError, match="no code 'maybe'"):
        etl.label("verdict", "maybe")
