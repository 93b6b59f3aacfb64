"""What texts say and what is found of it: code lists of claims, verdicts, deals and milestones."""

from __future__ import annotations

from etl.vocabulary.code_list import Code, CodeList

HEDGES = CodeList(
    "hedge",
    Code("exact", "printed without a hedge", "the number as it stands"),
    Code("about", "about", "approximately, nearly, around"),
    Code("over", "over", "more than"),
    Code("under", "under", "less than"),
    Code("up_to", "up to", "at most"),
    Code("at_least", "at least", "that much or more"),
    Code("target", "target", "to be reached"),
)

VERDICTS = CodeList(
    "verdict",
    Code(
        "supported",
        "supported",
        "the reference for the same period and basis agrees at the printed precision",
    ),
    Code("superseded", "superseded", "true by the vintage of its day; restated or overtaken since"),
    Code(
        "not_comparable", "not comparable", "a reference exists, but period, basis, valuation or unit differs"
    ),
    Code(
        "contradicted",
        "contradicted",
        "same period and basis, outside the printed precision in every vintage",
    ),
    Code("unresolved", "unresolved", "nothing to hold it against"),
)

# What a reader sees of a verdict: `etl.vocabulary.verdict_marks` chooses it and gives each its sign.
MARKS = CodeList(
    "mark",
    Code(
        "supported",
        "supported",
        "the reference for the same period and basis agrees at the printed precision",
    ),
    Code(
        "supported_roughly",
        "supported, roughly",
        "the reference agrees only where zeros at the end of an amount are read as digits not set, or where "
        "its last digit was cut instead of rounded",
    ),
    *(entry for entry in VERDICTS if entry.code != "supported"),
)

# The meaning of a reason is the mark that it gives.
REASONS = CodeList(
    "reason",
    Code("within_printed_precision", "within the printed precision", "supported"),
    Code("within_last_nonzero_digit", "within the last non-zero digit", "supported_roughly"),
    Code("last_digit_cut", "the last digit cut, not rounded", "supported_roughly"),
    Code("restated_by_publisher", "restated by the publisher", "superseded"),
    Code("recomputed_since", "as printed, worked out anew since", "superseded"),
    Code("newer_period_published", "a newer period is published", "superseded"),
    Code("period_basis_differs", "the period differs", "not_comparable"),
    Code("part_year", "part of a year", "not_comparable"),
    Code("wrong_period_label", "the period is mislabelled", "not_comparable"),
    Code("wrong_unit", "the unit differs", "not_comparable"),
    Code("valuation_differs", "the valuation differs", "not_comparable"),
    Code("outside_printed_precision", "outside the printed precision", "contradicted"),
    Code("no_reference", "no reference", "unresolved"),
)

SLIPS = CodeList(
    "slip",
    Code(
        "fiscal_year_as_calendar_year",
        "a fiscal year printed as a calendar year",
        "the value is that of an Indian fiscal year, April to March",
    ),
    Code(
        "calendar_year_as_fiscal_year",
        "a calendar year printed as a fiscal year",
        "the value is that of a calendar year",
    ),
    Code("wrong_window", "another window of years", "the value is that of a five-year window close by"),
    Code("wrong_year", "another year", "the value is that of the year before or after"),
    Code("tiv_as_dollars", "TIV printed as dollars", "the value is a volume of arms and not money"),
    Code("part_year_as_year", "part of a year printed as a year", "the value covers some months only"),
    Code("year_as_part_year", "a year printed as part of it", "the value covers the whole year"),
    Code("truncated", "cut off instead of rounded", "the digits left out were dropped"),
    Code("digit_lost", "a digit lost or added", "the value with one digit more, fewer or swapped fits"),
    Code("wrong_scale", "another scale", "the value in thousands, millions or billions instead fits"),
    Code("other_measure", "another measure", "the value of exports, imports or their total fits"),
    Code("other_party", "another party", "the value of another supplier or partner fits"),
    Code("rupees_as_dollars", "rupees printed as dollars", "the value is one in rupees"),
)

TOPICS = CodeList(
    "topic",
    Code("arms", "arms imports", "shares and volumes of arms"),
    Code("trade", "trade", "trade and its targets"),
    Code("contracts", "contracts", "arms orders and their prices"),
    Code("tariffs", "tariffs", "duties"),
    Code("agreements", "agreements", "counts of agreements"),
    Code("background", "background", "figures given in passing"),
)

DEAL_STATUSES = CodeList(
    "deal status",
    Code("ordered", "ordered, none delivered", "nothing delivered by the register's day"),
    Code("part_delivered", "partly delivered", "fewer delivered than ordered"),
    Code("delivered", "delivered", "as many delivered as ordered"),
    Code("unknown", "not known", "the register gives no number ordered"),
)

VINTAGE_PRECISIONS = CodeList(
    "vintage_precision",
    Code("day", "day", "the day is known"),
    Code("month", "month", "the month is known; its last day stands for it, or the day of the first report"),
    Code("assumed", "assumed", "nothing says the day: such an edition is never the newest"),
)

KNOWN_BASES = CodeList(
    "known_basis",
    Code("printed", "printed", "the file or sheet says on which day its edition came out"),
    Code("witness", "reported", "the earliest outlet known to print this value did so on that day"),
    Code(
        "calendar",
        "by release rhythm",
        "by its publisher's declared rhythm a figure of the period was out; that it was this one nobody says",
    ),
    Code("assumed", "assumed", "nothing says it"),
)

DATE_PRECISIONS = CodeList(
    "date_precision",
    Code("day", "day", "the day is known"),
    Code("month", "month", "the month is known"),
    Code("year", "year", "the year is known"),
    Code("fiscal_year", "fiscal year", "an April-to-March year is known"),
    Code("undated", "undated", "the text gives no date"),
)
