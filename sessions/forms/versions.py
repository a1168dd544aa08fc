"""Two versions of one visit, field by field, in the words of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from sessions.forms.visit import WholeVisit


def differences(whole: WholeVisit, stored: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    """Label, what was posted and what a colleague's draft holds, for every field in which they differ, in the order of the page.

    Fields that only the draft has (another site) stand at the end, under their own names.
    """
    rows, known = [], set()
    for part in whole.all:
        for bound in part:
            known.add(bound.html_name)
            here, there = [str(value) for value in _posted(part, bound)], [str(value) for value in stored.get(bound.html_name, [])]
            if not bound.is_hidden and (any(here) or any(there)):
                rows.append((str(bound.label), _worded(bound.field, here), _worded(bound.field, there)))
    rows += [(name, "", ", ".join(values)) for name, values in stored.items() if name.partition("-")[0] in _REPEATED and name not in known]
    return [row for row in rows if row[1] != row[2]]


_REPEATED = {"laser", "other"}


def _posted(part: forms.Form, bound: forms.BoundField) -> list[Any]:
    data: Any = part.data
    return list(data.getlist(bound.html_name)) if hasattr(data, "getlist") else [data.get(bound.html_name, "")]


def _worded(field: forms.Field, values: Sequence[str]) -> str:
    choices = {str(value): str(label) for value, label in getattr(field, "choices", ()) if not isinstance(label, list | tuple)}
    return ", ".join(choices.get(value, value) for value in values if value)
