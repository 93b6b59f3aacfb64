"""Trade with every partner: partners that do not add up to the printed total stop the build."""

from __future__ import annotations

import pytest

import etl
from etl.errors import ExpectationError, InputError
from etl.provenance import seal_input
from tests.etl.workbench import Workbench

HEADER = "partner,fiscal_year,exports_usd_millions,imports_usd_millions,obs_status"
ROWS = (
    "World,2030-31,100,250.5,P",
    "FRANCE,2030-31,60.25,200.5,P",
    "GERMANY,2030-31,39.75,50,P",
    "SPAIN,2030-31,0,0,P",
    *(
        f"{name},2030-31,0,0,P"
        for name in ("ITALY", "JAPAN", "CHINA P RP", "NEPAL", "CHILE", "KENYA", "PERU")
    ),
)


@pytest.fixture
def added(workbench: Workbench) -> Workbench:
    """A workbench with one made-up year of trade with every partner."""
    folder = workbench.datasets / "sources" / "india_moc_partners" / "2031-06-10"
    folder.mkdir(parents=True)
    file = folder / "trade.csv"
    file.write_text("\n".join((HEADER, *ROWS)) + "\n", encoding="utf-8")
    sidecar = workbench.find_file("india_moc_fiscal_years").with_suffix(".csv.toml").read_text("utf-8")
    lines = [
        {"source_id": 'source_id = "india_moc_partners"', "vintage": 'vintage = "2031-06-10"'}.get(
            line.split(" = ")[0], line
        )
        for line in sidecar.splitlines()
        if not line.startswith("known_basis")
    ]
    (folder / "trade.csv.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    seal_input(file)
    return workbench


def test_partners_and_their_printed_total_are_read_with_the_rounding_of_two_decimals(
    added: Workbench,
) -> None:
    rows = added.build().observations(source_id="india_moc_partners", derivation=None).collect()

    (sold,) = rows.filter(indicator="exports", counterpart_area="DEU").to_dicts()
    (bought,) = rows.filter(indicator="imports", counterpart_area="W00").to_dicts()
    assert (sold["obs_value"], sold["obs_low"], sold["obs_status"]) == (39_750_000, 39_745_000, "P")
    assert (bought["obs_value"], bought["valuation"]) == (250_500_000, "CIF")


@pytest.mark.parametrize("line", ["FRANCE,2030-31,70.25,200.5,P", "FRANCE,2031-32,60.25,200.5,P"])
def test_partners_that_do_not_add_up_to_the_total_stop_the_build(added: Workbench, line: str) -> None:
    added.replace_line(added.find_file("india_moc_partners"), line=3, text=line)

    with pytest.raises(ExpectationError, match=r"exports of 2030-31: the partners add up to .* total is 100"):
        added.build()


def test_a_partner_without_a_lookup_is_set_aside_and_the_sum_says_so(added: Workbench) -> None:
    added.replace_line(added.find_file("india_moc_partners"), line=3, text="Atlantis,2030-31,60.25,200.5,P")

    with pytest.raises((ExpectationError, InputError), match="Atlantis"):
        added.build()


def test_a_world_total_is_no_partner(added: Workbench) -> None:
    snapshot: etl.Snapshot = added.build()
    total = snapshot.observations(
        indicator="bilateral_trade", counterpart_area="W00", time_period="2030-31"
    ).collect()

    assert total["obs_value"].to_list() == [350_500_000]
