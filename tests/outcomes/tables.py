"""Reads the text tables of tests/data: cases a clinician or statistician can extend without knowing the code.

A file has a header line of column names, then one case per line, columns separated by `|`. Lines beginning with `#`
are comments, blank lines are ignored. Anything else out of shape is an error: a case is never skipped silently.
"""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


def read_table(name: str) -> list[dict[str, str]]:
    """Return the cases of tests/data/<name> as dictionaries of stripped text. Raises ValueError for a faulty line."""
    header: list[str] = []
    cases: list[dict[str, str]] = []
    for number, line in enumerate((DATA / name).read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if not header:
            header = cells
            continue
        if len(cells) != len(header):
            raise ValueError(f"{name}, line {number}: {len(cells)} columns, the header has {len(header)}")
        cases.append(dict(zip(header, cells, strict=True)))
    if len({case["id"] for case in cases}) != len(cases) or not cases:
        raise ValueError(f"{name}: needs cases, each with an id of its own")
    return cases
