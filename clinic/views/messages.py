"""What left, what waits, what failed; and in the demo, the inbox where every mail lands."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.inbox import mails_of
from clinic.models import Message
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest
from clinic.selectors.messages import outbox_page, waits_until
from clinic.services.message_hold import release_hold
from clinic.services.messages import requeue


@requires(Permission.SEE_MESSAGES)
@require_safe
def outbox(request: StaffRequest, clinic: str) -> HttpResponse:
    """The clinic's messages, newest first."""
    state = request.GET.get("state", "")
    page = outbox_page(state=state, after=_cursor(request.GET.get("after", "")))
    return render(
        request, "clinic/outbox.html", {"page": page, "state": state, "has_inbox": _has_inbox(), "waits_until": waits_until(request.clinic)}
    )


@requires(Permission.SEE_MESSAGES)
@require_POST
def send_again(request: StaffRequest, clinic: str, message: UUID) -> HttpResponse:
    """Let a failed message be tried again."""
    found = get_object_or_404(Message, pk=message)
    requeue(actor=request.actor, message=found)
    messages.success(request, _("It waits to be sent again."))
    return redirect("outbox", clinic=clinic)


@requires(Permission.SEE_MESSAGES, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: StaffRequest, clinic: str) -> HttpResponse:
    """Let messages leave again after a restore; those that have waited since before are sent, or withdrawn."""
    if request.method != "POST":  # back from the question who it is: the choice is made again, in sight of what waits
        return redirect("outbox", clinic=clinic)
    withdraw = request.POST.get("waiting") == "withdraw"
    release_hold(actor=request.actor, withdraw_waiting=withdraw)
    messages.success(request, _("Messages leave again. Those that waited were withdrawn.") if withdraw else _("Messages leave again."))
    return redirect("outbox", clinic=clinic)


@requires(Permission.HAND_OUT_SURVEYS)
@require_safe
def inbox(request: StaffRequest, clinic: str) -> HttpResponse:
    """The demo's mail: what patients would have received. There is no such page outside the demo."""
    if not _has_inbox():
        raise Http404
    return render(request, "clinic/inbox.html", {"mails": mails_of(request.clinic.pk), "waits_until": waits_until(request.clinic)})


def _has_inbox() -> bool:
    return bool(settings.DEMO and settings.INBOX_DIR)


def _cursor(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
