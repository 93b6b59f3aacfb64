"""What is measured, over which time, in which unit and how sure: code lists of observations."""

from __future__ import annotations

from etl.vocabulary.code_list import Code, CodeList
from etl.vocabulary.currencies import OTHER_CURRENCIES

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
    Code(
        "crude_oil_import_quantity",
        "crude oil imports by weight",
        "weight of imports under HS 2709, petroleum oils, crude, by customs",
    ),
    Code(
        "crude_oil_import_quantity_share",
        "share of crude oil imports by weight",
        "a supplier's part of the weight of all imports under HS 2709 of an area",
    ),
    Code("unit_value_of_imports", "unit value of imports", "value of imports over their weight"),
    Code(
        "crude_oil_arrivals",
        "crude oil arrivals by tanker",
        "what those who track tankers, or quote them, put the arrivals at; never customs",
    ),
    Code(
        "crude_oil_arrivals_share",
        "share of crude oil arrivals by tanker",
        "a supplier's part of arrivals as those who track tankers put them; never customs",
    ),
    Code(
        "crude_oil_purchases",
        "crude oil purchases by estimate",
        "value of purchases as a research centre estimates it from tankers and prices; never customs",
    ),
    Code(
        "crude_oil_import_bill",
        "crude oil import bill",
        "value of crude oil imports as the petroleum ministry counts it; never customs",
    ),
    Code(
        "crude_oil_import_bill_quantity",
        "crude oil imports of the bill by weight",
        "weight of crude oil imports as the petroleum ministry counts it; never customs",
    ),
    Code("import_quantity", "goods imports by weight", "weight of goods bought from the counterpart"),
    Code("export_quantity", "goods exports by weight", "weight of goods sold to the counterpart"),
    Code("arms_import_change", "change of arms imports", "an importer's volume against the window before"),
    Code(
        "arms_export_change",
        "change of arms exports",
        "change of a supplier's volume, to all or to one importer, on the window before",
    ),
    Code(
        "arms_transfer_change",
        "change of the world’s arms transfers",
        "change of all deliveries of major arms on the window before",
    ),
    Code("arms_import_rank", "rank among arms importers", "place of an importer by volume; 1 is the largest"),
    Code("arms_export_rank", "rank among arms suppliers", "place of a supplier by volume; 1 is the largest"),
    Code("contract_value", "contract value", "the price stated for an arms order"),
    Code("contract_units", "units under contract", "weapons of an arms contract as a report gives them"),
    Code(
        "approval_value",
        "approved value",
        "cost of a purchase that was approved (Acceptance of Necessity): no contract",
    ),
    Code("approval_units", "units approved", "weapons whose purchase was approved: no contract"),
    Code(
        "delivery_forecast",
        "expected delivery",
        "weapons that a report expects to be delivered in the period, said on the day of the report",
    ),
    Code("delivered_units", "units delivered as reported", "weapons delivered in the period, or by its day"),
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
    Code("USD_PER_TONNE", "US dollars a tonne", "current US dollars for a metric ton"),
    Code("RANK", "place", "place in an order, 1 the first"),
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
    # What no series is in is read and kept, and held against nothing.
    *(Code(code, name, f"{name}, current") for code, name in OTHER_CURRENCIES.items()),
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

CONFIDENCES = CodeList(
    "confidence",
    Code("high", "high", "the publisher's own table, or two sightings that do not depend on each other"),
    Code("medium", "medium", "one good sighting"),
    Code("low", "low", "weak, inferred or known to be wrong: a claim and never a statistic"),
)

COMPLETENESSES = CodeList(
    "completeness",
    Code("whole", "complete", "every part of the whole is listed"),
    Code("largest_only", "only the largest", "only the largest parts are listed; the others are not known"),
    Code("named_only", "only those named", "only parts that a report names; the others are not known"),
    Code("lower_bound", "at least", "what was found of it; the value itself may be higher"),
)

FREQUENCIES = CodeList(
    "freq",
    Code("A", "yearly", "one value a year, calendar or fiscal"),
    Code("A5", "five-yearly", "one value for five years together"),
    Code("Q", "quarterly", "one value a quarter"),
    Code("M", "monthly", "one value a month"),
    Code("_O", "other", "part of a year"),
    Code("_Z", "not applicable", "a target or a single date"),
)
