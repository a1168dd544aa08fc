"""Codes and passkeys: allauth's forms in our words, each code accepted once, and no posted rubbish answered with an error of ours."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.services.second_factors import use_code


def _code_field(label: Any, help_text: Any) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-input"}
    return forms.CharField(label=label, help_text=help_text, max_length=20, widget=forms.TextInput(attrs=attributes))


class _OnceOnly(BaseAuthenticateForm):
    """A code of an authenticator app is good once, whoever typed it first."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not use_code(self.authenticator, code):
            self._emit_authentication_failed(self.authenticator)
            raise get_adapter().validation_error("incorrect_code")
        return code


class SignInCode(_OnceOnly, AuthenticateForm):
    """The second step of signing in."""

    code = _code_field(_("Code"), _("Six digits from your authenticator app, or one of your recovery codes."))


class ConfirmCode(_OnceOnly, ReauthenticateForm):
    """Confirming that it is you."""

    code = _code_field(_("Code"), _("Six digits from your authenticator app, or one of your recovery codes."))


class FirstCode(ActivateTOTPForm):
    """The first code of a new authenticator app shows that it knows the key."""

    code = _code_field(_("Code that the app shows now"), _("Six digits; a new one every half minute."))

    @property
    def key_in_groups(self) -> str:
        """The key as one can type it without losing one's place."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class _ReadsCredential(forms.Form):
    """What a browser posts as its passkey may be anything."""

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except (ValueError, TypeError, KeyError, AttributeError):
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class AddPasskey(_ReadsCredential, AddWebAuthnForm):
    """A new passkey, with a name that tells it from the others."""

    name = forms.CharField(
        label=_("Name"), max_length=60, required=False, help_text=_("So that you know which one it is: “Phone”, “Desk 2”.")
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone, without the password"),
        required=False,
        initial=True,
        help_text=_("It then asks for your fingerprint, face or PIN each time. Untick it for a security key without PIN."),
    )


class NamePasskey(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name"), max_length=60)


class SignInPasskey(_ReadsCredential, AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class SignInPasskeyAlone(_ReadsCredential, LoginWebAuthnForm):
    """A passkey instead of the password."""


class ConfirmPasskey(_ReadsCredential, ReauthenticateWebAuthnForm):
    """A passkey to confirm that it is you."""
