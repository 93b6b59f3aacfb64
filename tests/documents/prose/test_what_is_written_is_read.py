"""A claim that is written and read back is the same, for every form of figure, hedge and period."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.prose.reading import read
from tests.documents.prose.written_claims import (
    FIGURES,
    FRAMES,
    HEDGES,
    NUMBERS,
    PERIODS,
    YEARS,
    FigureForm,
    HedgeForm,
    PeriodForm,
)


def write_and_read(
    figure: FigureForm, hedge: HedgeForm, period: PeriodForm, *, number: Decimal, year: int, frame: str
) -> None:
    printed = figure.written.format(f"{number:,}")
    text = frame.format(figure=f"{hedge.before}{printed}{hedge.after}", period=period.write(year))
    found = [
        (one.stated_as, one.value, one.unit_measure, one.hedge, one.period.label, one.period.basis)
        for one in read(text)
    ]
    expected = (printed, number * figure.scale, figure.unit, hedge.hedge, period.label(year), period.basis)
    assert found == [expected], text


# Each pair of a figure and a hedge with some of the periods, and by make test-slow with every one.
# No divisor of the number of periods, so that each of them meets every third hedge.
SOME, EVERY = 3, 1


@pytest.mark.parametrize("step", [SOME, pytest.param(EVERY, marks=pytest.mark.slow)])
@pytest.mark.parametrize("figure", FIGURES, ids=lambda form: form.written)
def test_every_form_with_every_hedge_and_every_period(figure: FigureForm, step: int) -> None:
    frames = FRAMES[figure.family]
    pairs = product(HEDGES, enumerate(PERIODS))
    for hedge, (place, period) in islice(pairs, None, None, step):
        write_and_read(
            figure,
            hedge,
            period,
            number=Decimal("13.12") + place,
            year=2005 + place,
            frame=frames[place % len(frames)],
        )


@given(
    st.sampled_from(FIGURES),
    st.sampled_from(HEDGES),
    st.sampled_from(PERIODS),
    NUMBERS,
    YEARS,
    st.integers(0, 2),
)
def test_any_number_and_any_year_are_read_as_written(
    figure: FigureForm, hedge: HedgeForm, period: PeriodForm, number: Decimal, year: int, choice: int
) -> None:
    frames = FRAMES[figure.family]
    write_and_read(figure, hedge, period, number=number, year=year, frame=frames[choice % len(frames)])
