"""The data dictionary: tables, columns, code lists and rules of derivation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import etl
from docs.generator.wording import read_docstring, require, write_code, write_table
from etl.reconcile.derivation import RULES, DerivationRule
from etl.schemas import TABLES
from etl.schemas.table import Table
from etl.vocabulary import LISTS, CodeList

FILE, TITLE = "data-dictionary.md", "Data dictionary"
ABOUT = "every table and column, every code with its words, every rule by which a value is worked out"
COLUMNS = ("column", "type", "unit", "may be empty", "what it holds")
TYPES = {
    "String": "text",
    "Float64": "number",
    "Int64": "whole number",
    "Date": "date",
    "Boolean": "yes or no",
}


def write(_snapshot: etl.Snapshot) -> str:
    """Tables, then what is added to their rows when they leave, then codes and rules."""
    parts = [
        write_tables(TABLES),
        write_added(TABLES),
        write_lists(LISTS.values()),
        write_rules(RULES.values()),
    ]
    return "\n\n".join(parts)


def write_tables(tables: Mapping[str, type[Table]]) -> str:
    """Every column of every table.

    Raises: UndocumentedError for a table or a column without words, or a column without a unit.
    """
    parts = ["## Tables"]
    for name, table in tables.items():
        rows = [
            (
                write_code(entry.column),
                TYPES[entry.type],
                require(entry.unit, of=f"the unit of {name}.{entry.column}"),
                "yes" if entry.nullable else "",
                require(entry.description, of=f"column {name}.{entry.column}") + _format_codes(entry),
            )
            for entry in table.describe_columns(name)
        ]
        about = read_docstring(table, of=f"table {name}")
        parts.append(f"### {name}\n\n{about}\n\n{write_table(COLUMNS, rows)}")
    return "\n\n".join(parts)


def write_added(tables: Mapping[str, type[Table]]) -> str:
    """The columns that exported rows have besides."""
    rows = []
    for name, table in tables.items():
        own = set(table.list_columns())
        for entry in etl.describe_columns(name):
            if entry.column not in own:
                text = require(entry.description, of=f"exported column {name}.{entry.column}")
                text += _format_codes(entry)
                rows.append((name, write_code(entry.column), TYPES[entry.type], entry.unit, text))
    columns = ("table", "column", "type", "unit", "what it holds")
    return f"## Columns that exported rows have besides\n\n{write_table(columns, rows)}"


def write_lists(lists: Iterable[CodeList]) -> str:
    """Every code list.

    Raises: UndocumentedError for a code without a label or a meaning.
    """
    parts = ["## Code lists"]
    for codes in lists:
        rows = [
            (
                write_code(entry.code),
                require(entry.label, of=f"the label of {codes.name} {entry.code}"),
                require(entry.meaning, of=f"the meaning of {codes.name} {entry.code}").replace("_", " "),
            )
            for entry in codes
        ]
        parts.append(f"### {codes.name}\n\n{write_table(('code', 'in words', 'meaning'), rows)}")
    return "\n\n".join(parts)


def write_rules(rules: Iterable[DerivationRule]) -> str:
    """Every rule of derivation.

    Raises: UndocumentedError for a rule without words.
    """
    rows = [(write_code(rule.name), require(rule.words, of=f"rule {rule.name}")) for rule in rules]
    table = write_table(("rule", "in words"), rows)
    intro = "The column `derivation` has the name of the rule and the ids of the rows it used."
    return f"## Rules of derivation\n\n{intro}\n\n{table}"


def _format_codes(entry: etl.ColumnEntry) -> str:
    """What a column may hold: the codes of a list, or the few that are its own, or what fits a pattern."""
    if entry.pattern is not None:
        return f" (pattern: {write_code(entry.pattern)})"
    if not entry.codes:
        return ""
    for codes in LISTS.values():
        if list(entry.codes) == codes.codes:
            return f" (codes: [{codes.name}](#{codes.name.replace(' ', '-')}))"
    return f" (one of {', '.join(write_code(code) for code in entry.codes)})"
