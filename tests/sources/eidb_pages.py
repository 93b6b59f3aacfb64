"""A small writer of data bank pages, old and new site, whose growth, shares and totals follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT, SHARE = Decimal("0.01"), Decimal("0.0001")
Amounts = tuple[Decimal | None, Decimal | None]
_OLD_HEADER = '<th bgcolor="#336600"><font face="Arial" size="2">{}</font> </th>'
_OLD_CELL = '<td style="VERTICAL-ALIGN: top"><font size="2">\n    {}\n</font> \n</td>'


@dataclass(frozen=True)
class Page:
    """What a page says: entries by label, and the years of its two columns."""

    entries: tuple[tuple[tuple[str, ...], Amounts], ...]
    title: str = "Export :: Country-wise all commodities"
    unit: str = "US$ Million"
    about: str = "Country: &nbsp;RUSSIA"
    years: tuple[str, str] = ("2017-2018", "2018-2019")
    labels: tuple[str, ...] = ("HSCode", "Commodity")
    dated: str = "Dated:\n24/6/2020"
    india: tuple[Decimal, Decimal] = (Decimal("303526.16"), Decimal("330078.09"))
    india_label: str = "India's Total"

    def sum_entries(self) -> tuple[Decimal, Decimal]:
        """The page's own total."""
        first, second = (
            sum((amounts[side] or Decimal(0) for _, amounts in self.entries), Decimal(0)) for side in (0, 1)
        )
        return first, second

    def list_rows(self) -> list[list[str]]:
        """Header, entries and footers as text cells."""
        rows = [["S.No.", *self.labels, *self.years, "%Growth"]]
        for number, (label, amounts) in enumerate(self.entries, start=1):
            rows.append([f"{number}.", *label, *write_amounts(amounts)])
        blank = [""] * (len(self.labels) - 1)
        total = self.sum_entries()
        shares = [
            str((part / whole * 100).quantize(SHARE, ROUND_HALF_UP))
            for part, whole in zip(total, self.india, strict=True)
        ]
        rows.append(["", *blank, "Total", *write_amounts(total)])
        rows.append([self.india_label, *blank, "", *write_amounts(self.india)])
        rows.append(["%Share", *blank, "", *shares, ""])
        return rows


def write_amounts(amounts: Sequence[Decimal | None]) -> list[str]:
    """Two amounts and the growth between them, as the site prints them."""
    before, after = amounts
    growth = ""
    if before and after is not None:
        growth = f"{((after / before - 1) * 100).quantize(CENT, ROUND_HALF_UP):,}"
    return ["" if amount is None else f"{amount:,.2f}" for amount in (before, after)] + [growth]


def write_old_page(page: Page) -> bytes:
    """The page as the site until 2023 gave it: a script first, text of the table beside its cells."""
    header, *rows = page.list_rows()
    lines = [f"<tr>\n{''.join(_OLD_HEADER.format(name) for name in header)}\n</tr>"]
    lines += [f"<tr>\n{''.join(_OLD_CELL.format(cell or '&nbsp;') for cell in row)}\n</tr>" for row in rows]
    text = (
        '\n\n<script type="text/javascript">\n function ChNull(val) { alert(val); }\n</script> \n'
        "<html>\n<head>\n"
        "<title>Export Import Data Bank</title>\n</head>\n<body>\n"
        '<p ALIGN="center"><font size="5"><strong>\nDepartment of Commerce<BR> </font></STRONG>\n'
        '<font size="4"><strong><U>Export Import Data Bank<BR></U>\n'
        f" {page.title}</font></STRONG></p>\n<p align=right>{page.dated}<BR>Values in {page.unit}<br>\n"
        ' Sorted on HSCode\n </p>\n<table border="1" width="100%">\n'
        f'{lines[0]}\n<br><font size="2">{page.about}</font>\n'
        + "\n".join(lines[1:])
        + "\n</table>\n</body>\n</html>\n"
    )
    return text.replace("\n", "\r\n").encode("ascii")


def write_new_page(page: Page, *, quantities: Sequence[tuple[str, str]] | None = None) -> bytes:
    """The page as the site since 2023 gives it: head, body and foot, names above groups of columns."""
    header, *rows = page.list_rows()
    labels, groups = header[:-3], header[-3:]
    more = groups if quantities else []
    above = "".join(f'<th rowspan="2">{name}</th>' for name in labels)
    above += f'<th colspan="3">Values in {page.unit}</th>'
    above += '<th colspan="3">Values in Quantity</th>' if quantities else ""
    head = f"<tr>{above}</tr><tr>{''.join(f'<th>{name}</th>' for name in groups + more)}</tr>"
    body = []
    for number, row in enumerate(rows):
        extra = [*quantities[number], ""] if quantities and number < len(quantities) else [""] * len(more)
        body.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row + extra)}</tr>")
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>TRADESTAT</title></head><body>'
        "<nav><ul><li>Export</li><li>Commodity-wise</li><li>Import</li></ul></nav>"
        "<form><select><option>US $ Million</option><option>Quantity</option></select></form>"
        f"<h3>{page.title}</h3><div>Report {page.dated}</div><div>{page.about}</div>"
        f"<table id='example1' class='table'><thead>{head}</thead><tbody>{''.join(body[:-3])}</tbody>"
        f"<tfoot>{''.join(body[-3:])}</tfoot></table></body></html>"
    ).encode()
