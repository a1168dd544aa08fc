"""Bringing in what a clinic has elsewhere.

`reading` opens files (`table`, `workbook`), `cells` reads what stands in them, `headings` recognises columns; `kinds` says what a file
can hold, and each floor has its own: `patients` stands here.
"""
