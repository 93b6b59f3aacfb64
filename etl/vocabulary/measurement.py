"""What is measured, over which time, in which unit and how sure: code lists of observations."""

from __future__ import annotations

from etl.vocabulary.code_list import Code, CodeList

INDICATORS = CodeList(
    "indicator",
    Code("bilateral_trade", "two-way goods trade", "exports and imports of goods between two areas, added"),
    Code("exports", "goods exports", "goods sold by the reporting area to the counterpart"),
    Code("imports", "goods imports", "goods bought by the reporting area from the counterpart"),
    Code("trade_balance", "goods trade balance", "exports less imports, as the reporting area records them"),
    Code("crude_oil_imports", "crude oil imports", "imports under HS 2709, petroleum oils, crude"),
    Code(
        "export_share",
        "exports as a share of two-way trade",
        "exports over two-way goods trade of the same period",
    ),
    Code("trade_growth", "growth of two-way goods trade", "change on the year before, in per cent"),
    Code("trade_target", "two-way goods trade target", "a total that both governments announced for a year"),
    Code(
        "trade_growth_needed",
        "growth needed to reach the target",
        "constant yearly growth from the latest fiscal year to the target",
    ),
    Code(
        "mirror_gap",
        "gap between the two reports of one flow",
        "imports by the buyer's count (CIF) less exports by the seller's count (FOB)",
    ),
    Code(
        "mirror_gap_valuation",
        "part of the gap: freight and insurance",
        "what the buyer's value (CIF) holds of them and the seller's (FOB) does not, by a declared factor",
    ),
    Code(
        "mirror_gap_timing",
        "part of the gap: goods on the way",
        "what arrived in the year and left before it, less what left in it and arrived after it",
    ),
    Code(
        "mirror_gap_coverage",
        "part of the gap: coverage",
        "goods that only one of the two areas counts; not known",
    ),
    Code(
        "mirror_gap_residual",
        "part of the gap: the rest",
        "the gap less its known parts; holds coverage and whatever else is not known",
    ),
    Code(
        "arms_import_volume", "arms import volume", "deliveries of major arms, in SIPRI trend-indicator value"
    ),
    Code(
        "arms_import_share",
        "share of arms imports",
        "a supplier's part of all deliveries of major arms to an importer",
    ),
    Code(
        "arms_supplier_concentration",
        "concentration of arms suppliers",
        "suppliers' shares of arms imports in per cent, squared and added (Herfindahl-Hirschman index): "
        "10,000 with one supplier, near 0 with many small ones",
    ),
    Code(
        "arms_export_share",
        "share of a supplier’s arms exports",
        "an importer's part of all deliveries of major arms by a supplier",
    ),
    Code(
        "world_arms_import_share",
        "share of the world’s arms imports",
        "an importer's part of all deliveries of major arms",
    ),
    Code(
        "world_arms_export_share",
        "share of the world’s arms exports",
        "a supplier's part of all deliveries of major arms",
    ),
    Code(
        "crude_oil_import_share",
        "share of crude oil imports",
        "a supplier's part of all imports under HS 2709 of an area",
    ),
    Code("contract_value", "contract value", "the price stated for an arms order"),
    Code("re_exports", "re-exports", "foreign goods sold on by the reporting area to the counterpart"),
    Code("re_imports", "re-imports", "domestic goods bought back by the reporting area from the counterpart"),
    Code("services_exports", "services exports", "services sold by the reporting area to the counterpart"),
    Code(
        "services_imports", "services imports", "services bought by the reporting area from the counterpart"
    ),
    Code("military_expenditure", "military expenditure", "SIPRI's estimate of an area's military spending"),
    Code("development_indicator", "World Bank indicator", "a World Development Indicator, named by its code"),
    Code("units_ordered", "units ordered", "weapons ordered under arms orders of one year"),
    Code("units_delivered", "units delivered", "weapons delivered under arms orders of one year"),
    Code("units_pending", "units pending", "weapons ordered and not yet delivered"),
    Code("tariff_rate", "tariff rate", "duty announced on goods of the counterpart"),
    Code("agreement_count", "number of agreements", "documents signed or prepared for signature"),
    Code("duration", "duration", "a length of time stated as background"),
    Code("paragraph_count", "number of paragraphs", "length of a text stated as background"),
)

PERIOD_BASES = CodeList(
    "period_basis",
    Code("calendar_year", "calendar year", "1 January to 31 December"),
    Code("fiscal_year_in", "Indian fiscal year", "1 April to 31 March"),
    Code("five_year_window", "five-year window", "five calendar years taken together, as SIPRI does"),
    Code("quarter", "quarter", "three calendar months, the first from 1 January"),
    Code("month", "month", "one calendar month"),
    Code("part_year", "part of a year", "some months of a year; its end is not the year's"),
    Code("day", "day", "one day"),
    Code("target_year", "target year", "the year by which something is to be reached"),
    Code("up_to_date", "reached by a date", "a total said to be reached by a date, its start not said"),
    Code("present", "the present of the text", "no period given: the text speaks of its own day"),
)

UNITS = CodeList(
    "unit_measure",
    Code("USD", "US dollars", "current US dollars"),
    Code("PERCENT", "per cent", "per cent; of what, the indicator says"),
    Code("PERCENT_OF_TWO_WAY_TRADE", "per cent of two-way trade", "per cent of exports and imports added"),
    Code("TIV_MILLIONS", "million TIV", "SIPRI trend-indicator value, a volume of arms and never money"),
    Code("USD_CONSTANT", "constant US dollars", "US dollars at the prices and rates of the year in the note"),
    Code("INR", "rupees", "Indian rupees, current"),
    Code("LOCAL_CURRENCY", "local currency", "the area's own currency, current, as the note says"),
    Code("USD_PER_CAPITA", "US dollars per head", "current US dollars per inhabitant"),
    Code("PERCENT_OF_GDP", "per cent of GDP", "per cent of gross domestic product"),
    Code(
        "PERCENT_OF_GOVERNMENT_SPENDING",
        "per cent of government spending",
        "per cent of general government expenditure",
    ),
    Code("AS_NAMED", "unit in the series' name", "the unit that the publisher's name for the series states"),
    Code("PERCENTAGE_POINTS", "percentage points", "difference of two percentages"),
    Code("HHI_POINTS", "points of the index", "points of the Herfindahl-Hirschman index, 0 to 10,000"),
    Code("TIMES", "times", "how many times another value"),
    Code("BARRELS", "barrels", "barrels of crude oil"),
    Code("BARRELS_PER_DAY", "barrels a day", "barrels of crude oil in a day"),
    Code("TONNES", "tonnes", "metric tons"),
    Code("UNITS", "units", "weapons as SIPRI's register counts them"),
    Code("BATTERIES", "batteries", "air-defence batteries as a text counts them"),
    Code("REGIMENTS", "regiments", "regiments or squadrons as a text counts them"),
    Code("COUNT", "items", "things counted"),
    Code("YEARS", "years", "years"),
    Code("DAYS", "days", "days"),
)

VALUATIONS = CodeList(
    "valuation",
    Code("FOB", "free on board", "value at the exporter's border"),
    Code("CIF", "cost, insurance, freight", "value at the importer's border"),
    Code("FOB_CIF_SUM", "exports FOB plus imports CIF", "a total of both valuations"),
    Code("TIV", "trend-indicator value", "SIPRI's volume measure"),
    Code("none", "not a trade value", "valuation does not apply"),
)

PRICE_BASES = CodeList(
    "price_basis",
    Code("current", "current prices", "prices of the period itself"),
    Code("constant", "constant prices", "prices of one base year, named in the note"),
    Code("none", "not a price", "price basis does not apply"),
)

OBS_STATUSES = CodeList(
    "obs_status",
    Code("A", "normal", "final as far as the publisher says"),
    Code("B", "break in the series", "not comparable with the periods before"),
    Code("D", "definition differs", "another definition than the rest of the series"),
    Code("E", "estimated", "estimated by the publisher, or derived from rounded figures"),
    Code("F", "forecast", "not yet observed"),
    Code("L", "not collected", "exists at the publisher, not collected here"),
    Code("M", "missing", "the publisher has none"),
    Code("P", "provisional", "part of a year, or open to revision"),
    Code("Q", "suppressed", "the publisher keeps it back"),
    Code("U", "low reliability", "the publisher is unsure"),
)
MISSING_STATUSES = ("L", "M", "Q")

FREQUENCIES = CodeList(
    "freq",
    Code("A", "yearly", "one value a year, calendar or fiscal"),
    Code("A5", "five-yearly", "one value for five years together"),
    Code("Q", "quarterly", "one value a quarter"),
    Code("M", "monthly", "one value a month"),
    Code("_O", "other", "part of a year"),
    Code("_Z", "not applicable", "a target or a single date"),
)
