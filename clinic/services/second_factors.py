"""Second factors of people's sign-in: authenticator apps, passkeys, recovery codes. They belong to a person, not to a clinic."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from clinic.models import PlatformEvent, User
from clinic.writes import Actor


@transaction.atomic
def remove_second_factors(*, actor: Actor, user: User) -> int:
    """Take away every second factor of a person who is locked out, recovery codes too, and sign them out everywhere.

    Returns how many factors there were, recovery codes not counted; none is no error. The platform's audit tells of it; the caller
    audits for the clinic, and has made sure that it is this person who asks.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    types = sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    Authenticator.objects.filter(user=person).delete()
    if types:
        person.end_sessions()
        user.session_mark = person.session_mark
    PlatformEvent.objects.create(
        action="second_factor.reset",
        user=person,
        request_id=actor.request_id,
        address=actor.address,
        detail={"types": types, "by": str(actor.user_id or actor.kind)},
    )
    return len([kind for kind in types if kind != Authenticator.Type.RECOVERY_CODES])
