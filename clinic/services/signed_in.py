"""Where people are signed in, and signing them out there."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction

from clinic.models import SignedInBrowser, User
from clinic.signing_in.browser_names import browser_and_system


def note_sign_in(*, user: User, session: SessionBase, agent: str) -> None:
    """Remember that this browser is signed in; forget sign-ins of this person whose session has gone."""
    browser, system = browser_and_system(agent)
    own = SignedInBrowser.objects.filter(user=user)
    own.exclude(session_key__in=Session.objects.values("session_key")).delete()
    SignedInBrowser.objects.update_or_create(session_key=session.session_key, defaults={"user": user, "browser": browser, "system": system})


def forget_sign_in(*, session: SessionBase) -> None:
    """This browser has signed out."""
    SignedInBrowser.objects.filter(session_key=session.session_key).delete()


def sign_out_browser(*, user: User, browser: UUID) -> bool:
    """End one of a person's sessions, from its next request on; False when this person has no such sign-in."""
    with transaction.atomic():
        row = SignedInBrowser.objects.select_for_update().filter(pk=browser, user=user).first()
        if row is None:
            return False
        SessionStore().delete(row.session_key)
        row.delete()
    return True


def sign_out_others(*, user: User, session: SessionBase) -> int:
    """End every session of a person but this one, which gets a new key; how many of them were known."""
    with transaction.atomic():
        person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        person.end_sessions()
        user.session_mark = person.session_mark
        others = SignedInBrowser.objects.filter(user=user).exclude(session_key=session.session_key)
        keys = list(others.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        others.delete()
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        renew_key(session=session)
    return len(keys)


def renew_key(*, session: SessionBase) -> None:
    """A new key for the same session: one that was seen before somebody proved who they are opens nothing afterwards."""
    former = session.session_key
    session.cycle_key()
    SignedInBrowser.objects.filter(session_key=former).update(session_key=session.session_key)
