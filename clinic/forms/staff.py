"""Forms about people who work here."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from clinic.forms.days import DayField
from clinic.forms.seen import SeenForm
from clinic.models import Clinic, Membership, StaffInvitation, User
from clinic.permissions import ROLES
from clinic.widgets import TickCards


def _role_choices() -> list[tuple[str, Any]]:
    return [
        (role.key, format_html('<strong>{}</strong><br><span class="muted small">{}</span>', role.name, role.who))
        for role in ROLES.values()
    ]


class InviteForm(forms.Form):
    """Whom to invite, and what they are to be in the clinic."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        widget=TickCards,
        error_messages={"required": _("Choose at least one role.")},
        help_text=_("One person may have several. What a role permits ends with it, at the next page that person opens."),
        choices=_role_choices,
    )


class EditStaffForm(SeenForm, InviteForm):
    """A known member of staff. The address is the person's own and is not changed here."""

    field_order = ["name", "roles", "may_in_emergency", "clinics"]

    SHOWN: ClassVar[dict[str, str]] = {"name": "display_name", "roles": "roles", "may_in_emergency": "may_in_emergency"}
    may_in_emergency = forms.BooleanField(
        label=_("May open a record in an emergency"),
        required=False,
        help_text=_("For people who otherwise may not read records: with a reason, for an hour, told to all administrators and managers."),
    )

    def __init__(self, *args: Any, member: Membership, also: list[Clinic], **options: Any) -> None:
        super().__init__(*args, **(options | {"initial": {name: getattr(member, source) for name, source in self.SHOWN.items()}}))
        del self.fields["email"], self.fields["language"]
        if also:
            self.fields["clinics"] = forms.MultipleChoiceField(
                label=_("Also works in"),
                required=False,
                widget=TickCards,
                choices=[(str(clinic.pk), clinic.name) for clinic in also],
                help_text=_("Clinics whose staff you look after. Somebody new there begins with the roles chosen above."),
            )


class JoinForm(forms.Form):
    """Name and password of somebody who accepts an invitation."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        help_text=_("12 characters or more. A few words in a row are easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: StaffInvitation, **options: Any) -> None:
        self.email = invitation.email
        super().__init__(*args, **(options | {"initial": {"name": invitation.name}}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        password = data.get("password")
        if password and data.get("again") and password != data["again"]:
            self.add_error("again", _("This differs from the first one."))
        if password:
            try:
                validate_password(password, User(email=self.email, name=data.get("name", "")))
            except ValidationError as refused:
                self.add_error("password", refused)
        return data


class AbsenceForm(forms.Form):
    """From when until when somebody is away, and who stands in."""

    first = DayField(label=_("First day away"))
    last = DayField(label=_("Last day away"))
    deputy: Any = forms.ModelChoiceField(
        label=_("Who stands in"),
        queryset=None,
        required=False,
        empty_label=_("Nobody"),
        help_text=_("Sees the tasks and planned visits of the absent colleague besides their own, until the last day."),
    )

    def __init__(self, *args: Any, member: Membership, today: date, **options: Any) -> None:
        initial = {"first": member.absent_from or today, "last": member.absent_until, "deputy": member.deputy_id}
        super().__init__(*args, **(options | {"initial": initial}))
        colleagues = Membership.objects.filter(is_active=True).exclude(pk=member.pk).order_by("display_name", "id")
        self.fields["deputy"].queryset = colleagues  # type: ignore[attr-defined]
