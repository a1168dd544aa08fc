"""The forms of the setup page: the code, then the clinic and its first administrator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clinic.forms.clinic import ClinicBasicsForm
from clinic.models import User
from clinic.permissions import FRONT_DESK, MANAGER, THERAPIST
from clinic.widgets import TickCards


class CodeForm(forms.Form):
    """The code that the server printed."""

    code = forms.CharField(
        label=_("Setup code"),
        max_length=40,
        help_text=_("Four groups of four letters and digits."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "inputmode": "text"}),
    )


class SetupForm(ClinicBasicsForm):
    """Everything that has to be known before somebody can sign in."""

    organisation = forms.CharField(
        label=_("Name of the organisation"),
        max_length=200,
        required=False,
        help_text=_("When it runs several clinics. Otherwise leave it empty."),
    )
    person = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("12 characters or more. A few words in a row are easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    roles = forms.MultipleChoiceField(
        label=_("What else do you do here?"),
        required=False,
        widget=TickCards,
        help_text=_("You become the administrator, who runs the product and reads no patient's record."),
        choices=[(role.key, role.name) for role in (THERAPIST, MANAGER, FRONT_DESK)],
    )
    begin = forms.ChoiceField(
        label=_("How do you want to begin?"),
        widget=forms.RadioSelect,
        initial="empty",
        choices=[
            ("empty", _("Empty: with my own clinic alone")),
            ("demo", _("With two invented clinics beside it, to look around in; they can be removed in one press")),
        ],
    )

    groups = (
        (_("The clinic"), ("name", "organisation", "telephone", "country", "time_zone", "language")),
        (_("You"), ("person", "email", "password", "again", "roles")),
        (_("Beginning"), ("begin",)),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        language = (get_language() or "en").split("-")[0]
        initial = {"time_zone": "Europe/Berlin", "language": language, "country": "DE"}
        super().__init__(*args, **(options | {"initial": initial}))

    @property
    def sections(self) -> list[tuple[Any, list[Any]]]:
        """The fields as the page groups them."""
        return [(title, [self[name] for name in names]) for title, names in self.groups]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        password = data.get("password")
        if password and data.get("again") and password != data["again"]:
            self.add_error("again", _("This differs from the first one."))
        if password:
            try:
                validate_password(password, User(email=data.get("email", ""), name=data.get("person", "")))
            except ValidationError as refused:
                self.add_error("password", refused)
        return data
