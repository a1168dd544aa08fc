"""Where a person is signed in now."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.identifiers import uuid7
from clinic.models.staff import User


class SignedInBrowser(models.Model):
    """One sign-in that may still be open: which kind of browser, and since when; no address, no exact version.

    Whether it is open, and when it was last used, only the session itself says.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    browser = models.CharField(_("browser"), max_length=40, blank=True)
    system = models.CharField(_("system"), max_length=40, blank=True)
    signed_in_at = models.DateTimeField(auto_now_add=True)

    path_to_patient = ""
