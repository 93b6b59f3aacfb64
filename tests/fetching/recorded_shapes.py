"""Answers in the publishers' shapes, with numbers made up for these tests."""

from __future__ import annotations

import base64
import csv
import io
import json
import zipfile

RECORD = {
    "typeCode": "C",
    "freqCode": "A",
    "refPeriodId": 20220101,
    "refYear": 2022,
    "refMonth": 52,
    "period": "2022",
    "reporterCode": 699,
    "flowCode": "M",
    "partnerCode": 643,
    "partner2Code": 0,
    "classificationCode": "H6",
    "cmdCode": "TOTAL",
    "customsCode": "C00",
    "mosCode": "0",
    "motCode": 0,
    "cifvalue": 4321.5,
    "fobvalue": None,
    "primaryValue": 4321.5,
    "isReported": True,
    "isAggregate": False,
}
DELIVERY_COLUMNS = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,"
    "Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production"
)
DELIVERY = "70001,Russia,India,Example-1,tank,Armoured vehicles,2003,No,4,No,2005,No,New,2.5,2.5,10,No"
INDICATOR = "MS.TST.XPND.CD"
PAGE = b"<!DOCTYPE html><html><head><title>Down for maintenance</title></head></html>"


def write_trade(*, records: int = 1, count: int | None = None, error: str = "") -> bytes:
    """A Comtrade envelope with the same record several times over, of different partners."""
    listed = [RECORD | {"partnerCode": number} for number in (643, 156, 842, 276)[:records]]
    listed += [RECORD] * (records - len(listed))
    envelope = {"elapsedTime": "0.1 secs", "count": records if count is None else count}
    return json.dumps(envelope | {"data": listed, "error": error}).encode()


def write_register(
    *rows: str,
    years: tuple[str, str] = ("2004", "2006"),
    header: str = DELIVERY_COLUMNS,
    supplier: str = "All countries",
) -> bytes:
    """SIPRI's backend answer: the CSV in base64, in JSON."""
    lines = [
        f"Transfers of major conventional arms from {supplier}  to All countries . Deals with deliveries "
        f"made for the year range '{years[0]}' to '{years[1]}' ",
        "",
        "Source: SIPRI Arms Transfers Database (c) SIPRI.",
        "Data generated: 14 Apr 2026 9:00:00 AM",
        header,
        *rows,
        "",
    ]
    return json.dumps({"bytes": base64.b64encode("\n".join(lines).encode("latin-1")).decode()}).encode()


def write_catalogue() -> bytes:
    """SIPRI's list of suppliers and recipients."""
    names = {"India": 1001, "Russia": 1002, "Soviet Union": 1003}
    return json.dumps([{"Name": name, "EntityId": number} for name, number in names.items()]).encode()


def write_indicator(
    *, value: str = "12.5", indicator: str = INDICATOR, member: str = "API_MS.TST.XPND.CD_DS2_en_csv_v2_1.csv"
) -> bytes:
    """The World Bank's zip: two tables about the indicator, and the table itself."""
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerows(
        [["Data Source", "World Development Indicators"], [], ["Last Updated Date", "2026-03-30"], []]
    )
    writer.writerow(["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2021", "2022", ""])
    writer.writerow(["India", "IND", "A made-up spending (current US$)", indicator, "", value, ""])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression=zipfile.ZIP_DEFLATED) as store:
        store.writestr(f"Metadata_Indicator_{member}", "code,name\n")
        store.writestr(member, table.getvalue().encode("utf-8-sig"))
        store.writestr(f"Metadata_Country_{member}", "code,region\n")
    return packed.getvalue()
