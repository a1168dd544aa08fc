"""Bringing in what a clinic has elsewhere: `table` reads files, `fields` names what columns hold, `judging` gives verdicts."""
