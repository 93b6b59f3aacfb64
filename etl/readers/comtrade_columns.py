"""Names of UN Comtrade's columns as its layouts and other programs write them, and what a whole file must
keep to.
"""

from __future__ import annotations

import re

import polars as pl

from etl.vocabulary.series_codes import TOTALS_OF_AREAS, WORLD

PLUS_COLUMNS = (
    "typeCode",
    "freqCode",
    "refPeriodId",
    "refYear",
    "refMonth",
    "period",
    "reporterCode",
    "reporterISO",
    "reporterDesc",
    "flowCode",
    "flowDesc",
    "partnerCode",
    "partnerISO",
    "partnerDesc",
    "partner2Code",
    "partner2ISO",
    "partner2Desc",
    "classificationCode",
    "classificationSearchCode",
    "isOriginalClassification",
    "cmdCode",
    "cmdDesc",
    "aggrLevel",
    "isLeaf",
    "customsCode",
    "customsDesc",
    "mosCode",
    "motCode",
    "motDesc",
    "qtyUnitCode",
    "qtyUnitAbbr",
    "qty",
    "isQtyEstimated",
    "altQtyUnitCode",
    "altQtyUnitAbbr",
    "altQty",
    "isAltQtyEstimated",
    "netWgt",
    "isNetWgtEstimated",
    "grossWgt",
    "isGrossWgtEstimated",
    "cifvalue",
    "fobvalue",
    "primaryValue",
    "legacyEstimationFlag",
    "isReported",
    "isAggregate",
)
# The old site's names without signs and capitals: programs differ in what they make of spaces and brackets.
WEB_COLUMNS = {
    "classification": "classificationCode",
    "year": "refYear",
    "period": "period",
    "perioddesc": "periodDesc",
    "aggregatelevel": "aggrLevel",
    "isleafcode": "isLeaf",
    "tradeflowcode": "flowCode",
    "tradeflow": "flowDesc",
    "reportercode": "reporterCode",
    "reporter": "reporterDesc",
    "reporteriso": "reporterISO",
    "partnercode": "partnerCode",
    "partner": "partnerDesc",
    "partneriso": "partnerISO",
    "2ndpartnercode": "partner2Code",
    "2ndpartner": "partner2Desc",
    "2ndpartneriso": "partner2ISO",
    "customsproccode": "customsCode",
    "customs": "customsDesc",
    "modeoftransportcode": "motCode",
    "modeoftransport": "motDesc",
    "commoditycode": "cmdCode",
    "commodity": "cmdDesc",
    "qtyunitcode": "qtyUnitCode",
    "qtyunit": "qtyUnitAbbr",
    "qty": "qty",
    "altqtyunitcode": "altQtyUnitCode",
    "altqtyunit": "altQtyUnitAbbr",
    "altqty": "altQty",
    "netweightkg": "netWgt",
    "grossweightkg": "grossWgt",
    "tradevalueus": "primaryValue",
    "tradevalue": "primaryValue",
    "ciftradevalueus": "cifvalue",
    "ciftradevalue": "cifvalue",
    "fobtradevalueus": "fobvalue",
    "fobtradevalue": "fobvalue",
    "flag": "legacyEstimationFlag",
}
# The bulk files of the old site until about 2015: eleven columns, without names of areas or of goods.
BULK_COLUMNS = {
    "year": "period",
    "reportercode": "reporterCode",
    "tradeflowcode": "flowCode",
    "partnercode": "partnerCode",
    "classification": "classificationCode",
    "commoditycode": "cmdCode",
    "quantityunitcode": "qtyUnitCode",
    "supplementaryquantity": "qty",
    "netweightkg": "netWgt",
    "value": "primaryValue",
    "estimationcode": "legacyEstimationFlag",
}
WEB_FLOWS = {"1": "M", "2": "X", "3": "RX", "4": "RM"}
_PLUS_BY_KEY = {name.lower(): name for name in PLUS_COLUMNS}
# Partners are rounded each on its own, and a few reporters' totals leave confidential trade out: a hundredth
# more than the world is borne. Partners may be fewer, for an extract leaves some out.
EXCESS_ALLOWED = 0.01


def rename_column(written: str) -> str:
    """The name in Comtrade Plus of a column in any program's spelling, or the spelling itself."""
    return _PLUS_BY_KEY.get(_strip_signs(written), written.strip())


def rename_web_column(written: str) -> str:
    """The name in Comtrade Plus of a column of the old site, in any program's spelling."""
    if not written.strip():
        return ""
    key = _strip_signs(written)
    # A name that the old site did not have may not pass for one, even if Comtrade Plus has it.
    return WEB_COLUMNS.get(key) or WEB_COLUMNS.get(key.removeprefix("x"), f"other {written.strip()}")


def rename_bulk_column(written: str) -> str:
    """The name in Comtrade Plus of a column of the old bulk files, or one that no layout has."""
    if not written.strip():
        return ""
    return BULK_COLUMNS.get(_strip_signs(written), f"other {written.strip()}")


def check_partners(observations: pl.DataFrame) -> list[str]:
    """Flows whose partners add up to more than the same flow with the world."""
    keys = ["indicator", "ref_area", "commodity", "time_period"]
    partner, value = pl.col("counterpart_area"), pl.col("obs_value")
    is_part = ~partner.is_in(TOTALS_OF_AREAS) & (partner != pl.col("ref_area"))
    flows = observations.group_by(keys).agg(
        world=value.filter(partner == WORLD).first(), parts=value.filter(is_part).sum()
    )
    # The one dollar is for flows so small that a hundredth of them is none.
    wrong = flows.filter(pl.col("parts") > pl.col("world") * (1 + EXCESS_ALLOWED) + 1).sort(keys)
    return [
        f"partners of {row['ref_area']} {row['indicator']} {row['commodity']} {row['time_period']} add up to "
        f"{row['parts']:.0f}, its trade with the world is {row['world']:.0f}"
        for row in wrong.to_dicts()
    ]


def check_valuations(observations: pl.DataFrame) -> list[str]:
    """Exports of goods with a CIF value alone, which no reporter gives: columns have changed places."""
    exports = observations.filter(
        pl.col("indicator").is_in(["exports", "re_exports"]) & (pl.col("valuation") == "CIF")
    )
    return [f"{len(exports)} exports with a CIF value and no FOB value"] if len(exports) else []


def _strip_signs(written: str) -> str:
    return re.sub(r"[^a-z0-9]", "", written.lower())
