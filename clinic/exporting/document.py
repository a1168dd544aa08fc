"""The data dictionary as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable

from clinic.exporting.tables import Column, Table, left_out

BEGINNING = """# Data dictionary

What an export holds: one file, or one sheet, per table. `manage.py data_dictionary > docs/data-dictionary.md` writes this page from the
models; a test compares the two. Every export carries the same dictionary as a table. Instants are UTC (ISO 8601), days are ISO dates,
decimal numbers have a point, an empty cell is a missing value and never zero. `patient_name` is there only when names were asked for
and may be.
"""


def page(tables: Iterable[Table]) -> str:
    """The dictionary of these tables, and what is left out and why, as Markdown."""
    parts = [BEGINNING, *(_table(table) for table in tables), "## Left out\n\n| table | why |\n| --- | --- |\n"]
    return "\n".join(parts) + "".join(f"| {name} | {_cell(why)} |\n" for name, why in left_out())


def _table(table: Table) -> str:
    rows = "".join(_column(column) for column in table.columns)
    return f"## {table.name}\n\n{table.meaning}\n\n| column | kind | unit | meaning and codes |\n| --- | --- | --- | --- |\n{rows}"


def _column(column: Column) -> str:
    codes = "; ".join(f"`{code}` {label}" if code else label for code, label in column.codes)
    meaning = ": ".join(filter(None, [column.meaning, codes]))
    return f"| {column.name} | {column.kind} | {column.unit} | {_cell(meaning)} |\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
