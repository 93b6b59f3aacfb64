"""Containers that several layouts share, as text cells: what a cell means is the layout's affair.

At the bottom are files of any publisher: `delimited_text`, `spreadsheets` (with `workbook_parts` and
`spreadsheet_colours`), `html_tables`, `rtf_text`, `grouped_numbers`. On these stand the forms that one
publisher uses in several products: `comtrade*` for the UN, `eidb_*` for India's data bank, `sipri_*` and
`arms_*` for SIPRI. Modules of `etl.sources` import them; they import no source.
"""
