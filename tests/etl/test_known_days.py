"""Since when a figure was known: the printed day, else a witness, else the release rhythm, else nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import InputError
from etl.periods import build_fiscal_year
from etl.reconcile.known_days import combine_days, date_observations, find_doubt, rank_edition
from etl.reconcile.priority import choose_rows
from etl.reconcile.release_rhythms import DeclaredRhythm, load_rhythms
from etl.reconcile.witnesses import COLUMNS, SCHEMA, load_witnesses
from tests.judge.frames import build_observation

YEAR = build_fiscal_year(2013)
PUBLISHER = "Publisher"
RHYTHM = DeclaredRhythm(PUBLISHER, None, "fiscal_year_in", 2, "two months")
BY_RHYTHM = date(2014, 5, 31)
EDITION = date(2020, 2, 29)
OUTLET_DAY = date(2014, 9, 3)
Row = dict[str, Any]


def build_edition(known_basis: str, *, value: float = 6.0e9, vintage: date = EDITION, **other: Any) -> Row:
    """One fiscal year in an edition whose day is known on some ground."""
    precision = "assumed" if known_basis == "assumed" else "day"
    terms = {"known_basis": known_basis, "vintage_precision": precision, **other}
    return build_observation(YEAR, value, vintage=vintage, **terms)


def build_witness(
    value: float, day: date, *, outlet: str = "Gazette", publisher: str = PUBLISHER
) -> pl.DataFrame:
    """One outlet that printed a value of the year on a day."""
    row = build_observation(YEAR, value, vintage=day)
    told = {"publisher": publisher, "witnessed_on": day, "witness": outlet}
    return pl.DataFrame([{name: (row | told)[name] for name in SCHEMA}], schema=SCHEMA)


def date_rows(
    *rows: Row, witnesses: pl.DataFrame | None = None, rhythms: tuple[DeclaredRhythm, ...] = ()
) -> list[Row]:
    """The rows with their days, in their order."""
    table = pl.DataFrame(
        list(rows),
        schema_overrides={
            "known_by": pl.String,
            "reported_on": pl.String,
            "as_reported_by": pl.String,
            "obs_value": pl.Float64,
        },
    )
    known = pl.DataFrame(schema=SCHEMA) if witnesses is None else witnesses
    return date_observations(table, witnesses=known, rhythms=rhythms).to_dicts()


def tell(row: Row) -> tuple[date, str]:
    """Since when a row was known, and why."""
    return row["known_from"], row["known_basis"]


@given(
    basis=st.sampled_from(["printed", "witness", "calendar", "assumed"]),
    is_witnessed=st.booleans(),
    has_rhythm=st.booleans(),
    days=st.integers(-900, 900),
)
def test_the_surest_ground_at_hand_gives_the_day(
    basis: str, is_witnessed: bool, has_rhythm: bool, days: int
) -> None:
    seen = EDITION + timedelta(days)
    witnesses = build_witness(6.0e9, seen) if is_witnessed else None
    (row,) = date_rows(build_edition(basis), witnesses=witnesses, rhythms=(RHYTHM,) if has_rhythm else ())

    if basis == "printed":
        expected = EDITION, "printed"
    elif basis == "witness":
        expected = min(EDITION, seen) if is_witnessed else EDITION, "witness"
    elif is_witnessed:
        expected = seen, "witness"
    elif has_rhythm:
        expected = BY_RHYTHM, "calendar"
    else:
        expected = EDITION, basis
    assert tell(row) == expected


def test_only_an_equal_value_of_the_same_publisher_is_a_witness() -> None:
    others = pl.concat(
        [build_witness(6.1e9, OUTLET_DAY), build_witness(6.0e9, OUTLET_DAY, publisher="Another")]
    )

    assert tell(date_rows(build_edition("assumed"), witnesses=others)[0]) == (EDITION, "assumed")


def test_of_several_witnesses_the_earliest_counts_and_is_named() -> None:
    two = pl.concat(
        [
            build_witness(6.0e9, OUTLET_DAY + timedelta(1), outlet="Later"),
            build_witness(6.0e9, OUTLET_DAY, outlet="Earlier"),
        ]
    )
    (row,) = date_rows(build_edition("calendar"), witnesses=two)

    assert (*tell(row), row["known_by"]) == (OUTLET_DAY, "witness", "Earlier")


def test_the_row_of_another_source_that_names_its_outlet_is_a_witness_by_the_last_day_of_its_month() -> None:
    reported = build_edition(
        "witness",
        vintage=date(2014, 9, 30),
        source_id="press",
        as_reported_by="Herald",
        reported_on="2014-09",
    )
    copy, _ = date_rows(build_edition("assumed"), reported)

    assert (*tell(copy), copy["known_by"]) == (date(2014, 9, 30), "witness", "Herald")


def test_by_rhythm_the_earliest_edition_held_stands_and_no_later_one() -> None:
    first, later = date_rows(
        build_edition("calendar"),
        build_edition("calendar", value=6.5e9, vintage=date(2024, 3, 1)),
        rhythms=(RHYTHM,),
    )

    assert (tell(first), tell(later)) == ((BY_RHYTHM, "calendar"), (date(2024, 3, 1), "calendar"))


def test_an_undated_copy_gets_no_day_by_rhythm_where_a_dated_edition_is_held() -> None:
    _, copy = date_rows(
        build_edition("printed", vintage=date(2022, 1, 5)), build_edition("assumed"), rhythms=(RHYTHM,)
    )

    assert tell(copy) == (EDITION, "assumed")


def test_a_rhythm_of_the_product_goes_before_one_of_its_publisher() -> None:
    own = DeclaredRhythm(PUBLISHER, "publisher", "fiscal_year_in", 5, "five months")
    other = DeclaredRhythm(PUBLISHER, "another", "fiscal_year_in", 1, "one month")
    (row,) = date_rows(build_edition("calendar"), rhythms=(RHYTHM, own, other))

    assert row["known_from"] == date(2014, 8, 31)


@pytest.mark.parametrize(
    ("basis", "day", "doubt"),
    [
        ("printed", EDITION, None),
        ("witness", EDITION, None),
        ("calendar", EDITION - timedelta(1), "calendar"),
        ("calendar", EDITION, None),
        ("assumed", EDITION + timedelta(999), "assumed"),
    ],
)
def test_a_view_of_a_day_knows_what_of_it_was_printed_later(basis: str, day: date, doubt: str | None) -> None:
    assert find_doubt(build_edition(basis), day) == doubt


def test_a_worked_out_value_is_known_from_its_last_operand_on_and_as_surely_as_the_least_sure() -> None:
    sure = build_edition("printed", vintage=date(2022, 1, 5))
    copy = {**build_edition("calendar"), "known_from": BY_RHYTHM}
    undated = build_edition("assumed", vintage=date(2021, 1, 1))

    # By the day on which the last operand came the copy had been printed.
    assert combine_days([sure, copy]) | {"known_by": None} == {
        "known_from": date(2022, 1, 5),
        "known_basis": "printed",
        "known_by": None,
        "vintage": date(2022, 1, 5),
        "vintage_precision": "day",
    }
    assert combine_days([copy, {**copy}])["known_basis"] == "calendar"
    both = combine_days([sure, undated])
    assert (both["known_basis"], both["vintage_precision"]) == ("assumed", "assumed")


@given(
    dated=st.lists(st.tuples(st.integers(0, 99), st.floats(1e9, 9e9)), min_size=1, max_size=5),
    undated=st.lists(st.tuples(st.integers(0, 9999), st.floats(1e9, 9e9)), max_size=5),
)
def test_an_undated_edition_never_changes_what_a_dated_one_serves(
    dated: list[tuple[int, float]], undated: list[tuple[int, float]]
) -> None:
    rows = [
        build_edition("printed", value=value, vintage=EDITION + timedelta(day), source_id=f"dated-{place}")
        for place, (day, value) in enumerate(dated)
    ]
    copies = [
        build_edition("assumed", value=value, vintage=EDITION + timedelta(day), source_id=f"copy-{place}")
        for place, (day, value) in enumerate(undated)
    ]
    overrides = {"known_by": pl.String, "derivation": pl.String}
    before, after = (
        choose_rows(
            pl.DataFrame(table, schema_overrides=overrides),
            indicator="bilateral_trade",
            period_basis="fiscal_year_in",
        ).to_dicts()
        for table in (rows, [*rows, *copies])
    )

    assert after == before
    assert max([*rows, *copies], key=rank_edition) in rows


def write_witnesses(datasets: Path, *lines: str) -> None:
    """A list of witnesses among some datasets."""
    (datasets / "witnesses").mkdir()
    text = "\n".join([",".join(COLUMNS), *lines])
    (datasets / "witnesses" / "reports.csv").write_text(f"{text}\n", encoding="utf-8")


GOOD = "exports,IND,RUS,TOTAL,fiscal_year_in,2013-14,USD,Publisher,2121250000,Gazette,2014-09,,own,"


def test_a_list_of_witnesses_is_read_with_its_days(tmp_path: Path) -> None:
    write_witnesses(tmp_path, GOOD)

    (row,) = load_witnesses(tmp_path).to_dicts()
    assert (row["obs_value"], row["witnessed_on"], row["witness"]) == (
        2.12125e9,
        date(2014, 9, 30),
        "Gazette",
    )


@pytest.mark.parametrize(
    ("printed", "damaged", "complaint"),
    [
        ("exports", "export", "not a code of indicator"),
        ("fiscal_year_in", "fiscal", "not a code of period_basis"),
        ("2014-09", "last autumn", "reported_on"),
        ("2121250000", "2,1", "fields"),
        ("Gazette", "", "reported_by: the cell is empty"),
    ],
)
def test_a_witness_that_cannot_be_one_is_refused_with_its_line(
    tmp_path: Path, printed: str, damaged: str, complaint: str
) -> None:
    write_witnesses(tmp_path, GOOD.replace(printed, damaged))

    with pytest.raises(InputError, match=complaint) as refused:
        load_witnesses(tmp_path)
    assert "witnesses/reports.csv, line 2" in str(refused.value)


RELEASES = """publisher = "Publisher"
[[rhythm]]
period_basis = ["month", "fiscal_year_in"]
months = 2
words = "two months"
source = "a schedule"
"""


@pytest.mark.parametrize(
    ("printed", "damaged", "complaint"),
    [
        ("months = 2", "months = 99", "less than or equal to 36"),
        ('"month", ', '"monthly", ', "no kind of period is called monthly"),
        ('words = "two months"', "", "words"),
        ('"month", ', '"fiscal_year_in", ', "a second rhythm"),
    ],
)
def test_a_rhythm_that_says_less_or_something_else_stops_the_build(
    tmp_path: Path, printed: str, damaged: str, complaint: str
) -> None:
    (tmp_path / "assumptions").mkdir()
    path = tmp_path / "assumptions" / "releases_publisher.toml"
    path.write_text(RELEASES, encoding="utf-8")
    assert [entry.months for entry in load_rhythms(tmp_path)] == [2, 2]
    path.write_text(RELEASES.replace(printed, damaged), encoding="utf-8")

    with pytest.raises(InputError, match=complaint):
        load_rhythms(tmp_path)
