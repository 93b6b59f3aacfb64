"""A small writer of UN Comtrade's three layouts, so that tests can make files with made-up numbers."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from etl.readers.comtrade_columns import PLUS_COLUMNS

FLOWS = {"M": ("Import", "1"), "X": ("Export", "2"), "RX": ("Re-Export", "3"), "RM": ("Re-Import", "4")}
AREAS = {
    "0": ("W00", "World"),
    "699": ("IND", "India"),
    "643": ("RUS", "Russian Federation"),
    "156": ("CHN", "China"),
    "792": ("TUR", "Türkiye"),
    "251": ("FRA", "France"),
    "384": ("CIV", "Côte d'Ivoire"),
    "490": ("S19", "Other Asia, nes"),
}
# The areas of the codes above, where ISO 3166 has one.
AREA_OF_CODE = {code: iso for code, (iso, _) in AREAS.items()} | {"490": "XOA"}
ALIKE_IN_ALL: dict[str, Any] = {
    "isOriginalClassification": True,
    "isLeaf": False,
    "mosCode": "0",
    "isQtyEstimated": False,
    "altQtyUnitCode": -1,
    "altQtyUnitAbbr": "N/A",
    "altQty": 0,
    "isAltQtyEstimated": False,
    "isNetWgtEstimated": False,
    "grossWgt": 0,
    "isGrossWgtEstimated": False,
}
WEB_COLUMNS = [
    "Classification",
    "Year",
    "Period",
    "Period Desc.",
    "Aggregate Level",
    "Is Leaf Code",
    "Trade Flow Code",
    "Trade Flow",
    "Reporter Code",
    "Reporter",
    "Reporter ISO",
    "Partner Code",
    "Partner",
    "Partner ISO",
    "2nd Partner Code",
    "2nd Partner",
    "2nd Partner ISO",
    "Customs Proc. Code",
    "Customs",
    "Mode of Transport Code",
    "Mode of Transport",
    "Commodity Code",
    "Commodity",
    "Qty Unit Code",
    "Qty Unit",
    "Qty",
    "Alt Qty Unit Code",
    "Alt Qty Unit",
    "Alt Qty",
    "Netweight (kg)",
    "Gross weight (kg)",
    "Trade Value (US$)",
    "CIF Trade Value (US$)",
    "FOB Trade Value (US$)",
    "Flag",
]


@dataclass(frozen=True)
class TradeLine:
    """One record: who traded what with whom, and how Comtrade came to the value."""

    flow: str
    partner: str
    value: str
    reporter: str = "699"
    period: str = "2022"
    commodity: str = "TOTAL"
    commodity_name: str = "All Commodities"
    classification: str = "H6"
    kind: str = "C"
    flag: str = "0"
    reported: bool = True
    quantity: str = "0"
    weight: str = "0"
    customs: str = "C00"
    transport: str = "0"
    second_partner: str = "0"

    @property
    def level(self) -> int:
        """Comtrade's level of aggregation."""
        return 0 if self.commodity == "TOTAL" else len(self.commodity)

    @property
    def month(self) -> str | None:
        """The month of a monthly record."""
        return self.period[4:] or None

    @property
    def key(self) -> tuple[str, ...]:
        """What no two records of a file share."""
        return (self.kind, self.flow, self.reporter, self.partner, self.period, self.commodity)


def build_record(line: TradeLine) -> dict[str, Any]:
    """A record with Comtrade Plus's names."""
    month = line.month
    is_import = line.flow in {"M", "RM"} or line.kind == "S"
    record: dict[str, Any] = dict.fromkeys(PLUS_COLUMNS) | ALIKE_IN_ALL
    record |= {
        "typeCode": line.kind,
        "freqCode": "M" if month else "A",
        "refPeriodId": int(f"{line.period[:4]}{month or '01'}01"),
        "refYear": int(line.period[:4]),
        "refMonth": int(month or 52),
        "period": line.period,
        "flowCode": line.flow,
        "flowDesc": FLOWS[line.flow][0],
        "classificationCode": line.classification,
        "classificationSearchCode": {"H": "HS", "S": "SITC", "E": "EB"}[line.classification[0]],
        "cmdCode": line.commodity,
        "cmdDesc": line.commodity_name,
        "aggrLevel": line.level,
        "customsCode": line.customs,
        "customsDesc": "TOTAL CPC" if line.customs == "C00" else "Clearance for home use",
        "motCode": int(line.transport),
        "motDesc": "TOTAL MOT" if line.transport == "0" else "Air",
        "qtyUnitCode": 8 if line.quantity != "0" else -1,
        "qtyUnitAbbr": "kg" if line.quantity != "0" else "N/A",
        "qty": float(line.quantity),
        "netWgt": float(line.weight),
        "cifvalue": float(line.value) if is_import else None,
        "fobvalue": None if is_import else float(line.value),
        "primaryValue": float(line.value),
        "legacyEstimationFlag": int(line.flag),
        "isReported": line.reported,
        "isAggregate": not line.reported,
    }
    who = {"reporter": line.reporter, "partner": line.partner, "partner2": line.second_partner}
    for name, code in who.items():
        iso, words = AREAS[code]
        record |= {f"{name}Code": int(code), f"{name}ISO": iso, f"{name}Desc": words}
    return record


def write_plus(lines: list[TradeLine]) -> bytes:
    """Comtrade Plus: unquoted names, quoted cells and a comma after the last, Latin-1, CRLF."""
    rows = [",".join(PLUS_COLUMNS)]
    for line in lines:
        record = build_record(line) | dict.fromkeys(("cifvalue", "fobvalue"))
        column = "cifvalue" if line.flow in {"M", "RM"} or line.kind == "S" else "fobvalue"
        record |= {
            column: line.value,
            "primaryValue": line.value,
            "qty": line.quantity,
            "netWgt": line.weight,
        }
        rows.append("".join(f"{_quote(record[name])}," for name in PLUS_COLUMNS))
    return "".join(f"{row}\r\n" for row in rows).encode("latin-1")


def write_answer(lines: list[TradeLine], *, described: bool = True, **envelope: Any) -> bytes:
    """An answer of the programming interface, with or without names; `envelope` adds to it, or changes it."""
    records = [build_record(line) for line in lines]
    if not described:
        for record in records:
            record |= {name: None for name in record if name.endswith(("ISO", "Desc", "Abbr"))}
            record |= {"aggrLevel": None, "isLeaf": None}
    answer = {"elapsedTime": "0.31 secs", "count": len(records), "data": records, "error": ""} | envelope
    return json.dumps(answer, indent=2).encode()


def write_web(lines: list[TradeLine], *, saved_by_r: bool = False) -> bytes:
    """The old site's CSV: UTF-8 and CRLF; or as R writes it: dotted names, quotes, `NA`, no leading zeros."""
    stream = io.StringIO()
    writer = csv.writer(
        stream,
        lineterminator="\n" if saved_by_r else "\r\n",
        quoting=csv.QUOTE_NONNUMERIC if saved_by_r else csv.QUOTE_MINIMAL,
    )
    writer.writerow([_mangle_name(name) for name in WEB_COLUMNS] if saved_by_r else WEB_COLUMNS)
    for line in lines:
        cells = _write_web_cells(line)
        writer.writerow([_mangle_cell(cell) for cell in cells] if saved_by_r else cells)
    text = stream.getvalue()
    return (text.replace('"NA"', "NA") if saved_by_r else text).encode()


def list_sample() -> list[TradeLine]:
    """A reporter's trade with the world and some partners, by commodity too; no cell holds a comma."""
    total: dict[str, Any] = {"flag": "4", "reported": False}
    lines = [
        TradeLine("M", "0", "700210400.5", **total),
        TradeLine("M", "643", "40100300.25", **total),
        TradeLine("M", "792", "9071000", **total),
        TradeLine("M", "156", "81000", **total),
        TradeLine("X", "0", "450000111", **total),
        TradeLine("X", "643", "2900456", **total),
        TradeLine("X", "384", "830022.75", **total),
        TradeLine("RX", "251", "1200", **total),
        TradeLine("RM", "156", "0"),
    ]
    oil = TradeLine(
        "M", "643", "3100500", commodity="270900", commodity_name="Petroleum oils crude", quantity="7000"
    )
    horses = replace(
        oil, commodity="010121", commodity_name="Horses live", value="4120", flag="6", weight="950"
    )
    return [*lines, oil, horses, replace(oil, partner="251", value="96000", flag="2")]


def draw_lines(*, kinds: tuple[str, ...] = ("C",)) -> st.SearchStrategy[list[TradeLine]]:
    """Lists of records, no two for one series and period, none with the world: partners may not exceed it."""
    partner = st.sampled_from([code for code in AREAS if code not in {"0", "699"}])
    value = st.decimals(0, 10**12, places=3).map(lambda number: format(number, "f"))
    period = st.integers(1962, 2024).flatmap(
        lambda year: st.sampled_from([str(year), f"{year}03", f"{year}12"])
    )
    goods = st.builds(
        TradeLine,
        st.sampled_from(sorted(FLOWS)),
        partner,
        value,
        period=period,
        commodity=st.sampled_from(["TOTAL", "01", "0902", "090240", "999999"]),
        flag=st.sampled_from(["0", "2", "4", "6"]),
        reported=st.booleans(),
        weight=st.sampled_from(["0", "12.5", "8800"]),
    )
    services = st.builds(
        TradeLine,
        st.sampled_from(["M", "X"]),
        partner,
        value,
        period=period,
        kind=st.just("S"),
        classification=st.sampled_from(["EB10", "EB10S"]),
        commodity=st.sampled_from(["200", "S", "SOX"]),
    )
    line = st.one_of(*(goods if kind == "C" else services for kind in kinds))
    return st.lists(line, min_size=1, max_size=8, unique_by=lambda drawn: drawn.key)


def _quote(value: Any) -> str:
    if value is None:
        return ""
    return f'"{str(value).lower() if isinstance(value, bool) else value}"'


def _write_web_cells(line: TradeLine) -> list[str]:
    flow_name, flow_code = FLOWS[line.flow]
    reporter, partner = AREAS[line.reporter], AREAS[line.partner]
    iso = {"W00": "WLD", "S19": ""}.get(partner[0], partner[0])
    unit = ["8", "Weight in kilograms"] if line.quantity != "0" else ["1", "No Quantity"]
    head = [line.classification, line.period[:4], line.period, line.period[:4], str(line.level), "0"]
    who = [flow_code, flow_name, line.reporter, reporter[1], reporter[0], line.partner, partner[1], iso]
    what = ["", "", "", "", "", "", "", line.commodity, line.commodity_name, *unit, line.quantity]
    return [*head, *who, *what, "", "", "", line.weight, "", line.value, "", "", line.flag]


def _mangle_name(name: str) -> str:
    mangled = "".join(sign if sign.isalnum() else "." for sign in name)
    return f"X{mangled}" if mangled[0].isdigit() else mangled


def _mangle_cell(cell: str) -> str | int:
    if cell.isascii() and cell.isdigit():
        return int(cell)
    return cell or "NA"
