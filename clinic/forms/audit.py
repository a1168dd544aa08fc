"""What of the audit is asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clinic.forms.days import DayField
from clinic.models import Membership, Patient
from clinic.selectors.audit import Wanted, words


class AuditFilters(forms.Form):
    """Whose record, which person, what, and when. Unknown values are refused, never ignored."""

    record = forms.CharField(label=_("Record number"), max_length=40, required=False)
    person: Any = forms.ModelChoiceField(label=_("Person"), queryset=None, required=False, empty_label=_("all"))
    action = forms.ChoiceField(label=_("What"), required=False)
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("Until"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["person"].queryset = Membership.objects.order_by("display_name")
        fields["action"].choices = [("", _("all")), *sorted(words().items(), key=lambda pair: str(pair[1]))]
        for field in fields.values():
            field.hide_optional = True

    def clean_record(self) -> Patient | None:
        """The patient of a record number; merged records have their own trace."""
        number = str(self.cleaned_data["record"]).strip()
        if not number:
            return None
        found: Patient | None = Patient.objects.filter(record_number__iexact=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no record with this number."))
        return found

    def wanted(self) -> Wanted:
        """What audit_page() takes."""
        given = self.cleaned_data
        return Wanted(
            patient=given["record"].pk if given["record"] else None,
            person=given["person"].user_id if given["person"] else None,
            action=given["action"],
            first=given["first"],
            last=given["last"],
        )
