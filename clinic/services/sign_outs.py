"""Ending what somebody holds open: sessions and programs' tokens, in the transaction that takes the access away."""

from __future__ import annotations

from django.utils import timezone

from clinic.models import ApiToken, Membership, User
from clinic.services.sign_in_mails import no_key_to_warn_of


def sign_out_everywhere(member: Membership) -> int:
    """End this person's sessions and the tokens that speak for them in the open clinic, from the next request on; how many tokens.

    Sessions are the person's own, whichever clinic was open in them: they sign in again where they still may.
    """
    User.objects.select_for_update(no_key=True).get(pk=member.user_id).end_sessions()
    living = ApiToken.objects.filter(membership=member, revoked_at=None)
    no_key_to_warn_of(tokens=list(living.values_list("pk", flat=True)))
    return int(living.update(revoked_at=timezone.now()))
