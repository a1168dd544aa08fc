"""Forms about people who work here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from clinic.models import Membership
from clinic.permissions import ROLES
from clinic.widgets import TickCards


def _role_choices() -> list[tuple[str, Any]]:
    return [
        (role.key, format_html('<strong>{}</strong><br><span class="muted small">{}</span>', role.name, role.who))
        for role in ROLES.values()
    ]


class StaffForm(forms.Form):
    """Who somebody is to the clinic, and what they may do."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        widget=TickCards,
        error_messages={"required": _("Choose at least one role.")},
        help_text=_("One person may have several. What a role permits ends with it, at the next page that person opens."),
        choices=_role_choices,
    )


class EditStaffForm(StaffForm):
    """A known member of staff. The address is the person's own and is not changed here."""

    is_active = forms.BooleanField(label=_("Works here"), required=False)
    field_order = ["name", "roles", "is_active"]

    def __init__(self, *args: Any, member: Membership, **options: Any) -> None:
        initial = {"name": member.display_name, "roles": member.roles, "is_active": member.is_active}
        super().__init__(*args, **(options | {"initial": initial}))
        del self.fields["email"]
