"""Messages held back after a restore, and let go again by a person."""

from __future__ import annotations

from django.utils import timezone

from clinic.models import Message, MessageHold
from clinic.writes import Actor, audited, nothing_to_write, writes


@writes("message.release")
def release_hold(*, actor: Actor, withdraw_waiting: bool = False) -> int:
    """Let the clinic's messages leave again; how many had waited since before the hold.

    withdraw_waiting: those are withdrawn instead of sent: the installation that the backup was made of has perhaps sent them since.
    """
    hold: MessageHold | None = MessageHold.objects.select_for_update().filter(ended_at=None).first()
    if hold is None:
        nothing_to_write()
        return 0
    waiting = Message.objects.filter(state__in=[Message.State.DUE, Message.State.SENDING], created_at__lt=hold.began_at)
    number: int = waiting.count()
    if withdraw_waiting:
        waiting.update(state=Message.State.WITHDRAWN, last_error="restored", lease_until=None)
    hold.ended_at = timezone.now()
    hold.save(update_fields=["ended_at"])
    audited(hold, waited=number, withdrawn=withdraw_waiting)
    return number
