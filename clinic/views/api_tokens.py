"""Keys for other programs: one's own, and for administrators everybody's."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.api_scopes import offered_to
from clinic.api_tokens import create_api_token, revoke_api_token
from clinic.forms.api_tokens import KeyForm
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest, posted
from clinic.selectors.api_tokens import keys_of


@requires(Permission.HOLD_KEYS)
@require_safe
def keys(request: StaffRequest, clinic: str) -> HttpResponse:
    """Which programs may act in whose name."""
    everybodys = request.membership.may(Permission.MANAGE_STAFF)
    lines = keys_of(request.membership, everybodys=everybodys)
    return render(request, "clinic/keys.html", {"lines": lines, "everybodys": everybodys})


@requires(Permission.HOLD_KEYS, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new_key(request: StaffRequest, clinic: str) -> HttpResponse:
    """Make a key. It is shown in the answer, this once."""
    form = KeyForm(posted(request), offered=offered_to(request.membership))
    if request.method == "POST" and form.is_valid():
        key = create_api_token(actor=request.actor, membership=request.membership, **form.cleaned_data)
        return render(request, "clinic/key_made.html", {"key": key, "name": form.cleaned_data["name"]})
    return render(request, "clinic/key_new.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.HOLD_KEYS)
@require_POST
def revoke_key(request: StaffRequest, clinic: str, key: UUID) -> HttpResponse:
    """End a key at once: one's own, or as an administrator anybody's."""
    of = None if request.membership.may(Permission.MANAGE_STAFF) else request.membership
    if not revoke_api_token(actor=request.actor, token=key, of=of):
        raise Http404
    messages.success(request, _("The key is revoked. It opens nothing any more."))
    return redirect("keys", clinic=clinic)
