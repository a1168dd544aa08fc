"""No lost update: a form says which version of a record its page showed; saved over another one, both are shown and nothing is written.

The version is a fingerprint of what stands in the form's fields before anybody types, so that it needs no column, and changes made
elsewhere to what the form does not show are nobody's conflict. A form that does not say what it has seen is taken as it is: pages
always do, and programs change single fields through the interface.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac


@dataclass(frozen=True)
class Difference:
    """One field in two versions: as it was typed, and as it is stored now."""

    label: str
    here: str
    there: str


class SeenForm(forms.Form):
    """A form that changes a record. `also_seen` holds what counts as its version beside its fields."""

    also_seen: str = ""

    @cached_property
    def version(self) -> str:
        """The version that a page with this form shows."""
        stored = {name: self._stored(name) for name in self.fields}
        return salted_hmac("clinic.forms.seen", json.dumps([stored, self.also_seen], sort_keys=True)).hexdigest()[:32]

    @cached_property
    def changed_elsewhere(self) -> bool:
        """Whether the record was changed since the page that was sent was opened."""
        seen = str(self.data.get("seen", "")) if self.is_bound else ""
        return bool(seen) and not constant_time_compare(seen, self.version)

    def is_valid(self) -> bool:
        """Never over a version that was not seen."""
        return super().is_valid() and not self.changed_elsewhere

    @property
    def status(self) -> int:
        """The answer's status for the page that shows this form again."""
        return 422 if self.errors else 409 if self.changed_elsewhere else 200

    def differences(self) -> list[Difference]:
        """Every field that was typed otherwise than it is stored now."""
        found = []
        for bound in self:
            here, there = self._typed(bound), self._stored(bound.name)
            if here != there and not bound.is_hidden:
                found.append(Difference(str(bound.label), _worded(bound.field, here), _worded(bound.field, there)))
        return found

    def _stored(self, name: str) -> list[str]:
        field = self.fields[name]
        return _texts(field.prepare_value(self.get_initial_for_field(field, name)), field)

    def _typed(self, bound: forms.BoundField) -> list[str]:
        # As it was sent, not as it was cleaned: what nobody touched comes back as the page showed it.
        return _texts(bound.field.widget.value_from_datadict(self.data, self.files, bound.html_name), bound.field)


def _texts(value: Any, field: forms.Field) -> list[str]:
    prepared = field.prepare_value(value)
    many = prepared if isinstance(prepared, list | tuple | set | frozenset) else [prepared]
    texts = [field.widget.format_value(each) if isinstance(field.widget, forms.DateInput | forms.DateTimeInput) else each for each in many]
    return sorted(str(each).strip() for each in texts if each not in (None, "", False))


def _worded(field: forms.Field, values: list[str]) -> str:
    """In the words of the page."""
    choices = {str(value): str(label) for value, label in getattr(field, "choices", ()) if not isinstance(label, list | tuple)}
    return ", ".join(choices.get(value, value) for value in values)


def held(request: HttpRequest, rows: Any) -> Any:
    """Rows to be changed by a form: locked while it is compared, so that of two at once the second sees what the first has done."""
    return rows.select_for_update(of=("self",), no_key=True) if request.method == "POST" else rows
