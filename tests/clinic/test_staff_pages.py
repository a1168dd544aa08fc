"""Who works here: roles and their limits, locking, leaving, coming back, being away, and helping somebody who cannot sign in."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as conf
from django.core import mail
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import AuditEvent, Membership, Message, Task, User
from clinic.scoping import clinic_scope
from clinic.selectors.staff import Standing, away_on, staff_lines, standing_of
from clinic.selectors.worklist import worklist
from clinic.services.messages import send_due
from clinic.services.organisation import StaffRefused, add_staff, change_staff
from clinic.services.staff import end_absence, end_staff, let_in_again, lock_staff, set_absence
from clinic.services.worklist import open_task
from clinic.writes import SYSTEM_COMMAND, SYSTEM_TASK
from tests.callers import Caller, proved
from tests.cast import Cast, give_password

MONDAY = date(2026, 3, 2)
FRIDAY = MONDAY + timedelta(days=4)


def _client(member: Membership) -> Client:
    client = Client()
    user = User.objects.get(pk=member.user_id)
    client.force_login(user)
    proved(client, user)
    return client


@pytest.fixture
def owner(cast: Cast) -> Client:
    return _client(cast.administrator)


def _text(response: Any) -> str:
    return str(response.content.decode())


def _at(name: str, member: Membership) -> str:
    return reverse(name, kwargs={"clinic": "harbour", "member": member.pk})


def _second(cast: Cast) -> Membership:
    with clinic_scope(cast.harbour.pk):
        return add_staff(actor=SYSTEM_COMMAND, email="second@harbour.example", name="Sol Second", roles=["administrator"])


@pytest.mark.parametrize(("action", "standing"), [("lock", Standing.LOCKED), ("leave", Standing.LEFT)])
def test_whoever_is_locked_out_or_has_left_finds_the_sign_in_at_the_next_request_and_their_tokens_dead(
    cast: Cast, owner: Client, action: str, standing: Standing
) -> None:
    tab, program = _client(cast.therapist), Caller(cast)
    assert (tab.get("/c/harbour/today/").status_code, program.get("harbour/patients/").status_code) == (200, 200)
    assert owner.post(_at("staff_access", cast.therapist), {"do": action}).status_code == 302
    answer = tab.get("/c/harbour/today/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/c/harbour/today/")
    assert program.get("harbour/patients/").status_code == 401
    assert _client(cast.therapist).get("/c/harbour/today/").status_code == 404
    with clinic_scope(cast.harbour.pk):
        member = Membership.objects.get(pk=cast.therapist.pk)
        assert standing_of(member, MONDAY) == standing
        assert AuditEvent.objects.get(action=f"staff.{action}").detail["tokens"] == 1
        cast.ada_course.refresh_from_db()
        assert cast.ada_course.responsible_id == member.pk, "what was theirs stays theirs until it is handed over"


def test_who_is_let_in_again_signs_in_with_the_former_roles_and_without_the_former_tokens(cast: Cast, owner: Client) -> None:
    program = Caller(cast)
    owner.post(_at("staff_access", cast.therapist), {"do": "leave"})
    owner.post(_at("staff_access", cast.therapist), {"do": "let_in"})
    assert _client(cast.therapist).get("/c/harbour/today/").status_code == 200
    assert program.get("harbour/patients/").status_code == 401


def test_the_last_administrator_keeps_role_and_access_whoever_tries(cast: Cast, owner: Client) -> None:
    refused = owner.post(_at("staff_edit", cast.administrator), {"name": "Olu", "roles": ["therapist"]})
    assert refused.status_code == 422
    with clinic_scope(cast.harbour.pk):
        for attempt in (lock_staff, end_staff):
            with pytest.raises(StaffRefused, match="at least one administrator"):
                attempt(actor=SYSTEM_COMMAND, member=cast.administrator)
        with pytest.raises(StaffRefused, match="at least one administrator"):
            change_staff(actor=SYSTEM_COMMAND, member=cast.administrator, roles=["administrator"], is_active=False)
    assert owner.get("/c/harbour/staff/").status_code == 200


def test_nobody_gives_themselves_a_role_or_takes_their_own_access_away(cast: Cast, owner: Client) -> None:
    _second(cast)
    raised = owner.post(_at("staff_edit", cast.administrator), {"name": "Olu", "roles": ["administrator", "therapist"]})
    assert (raised.status_code, "Nobody gives themselves a role" in _text(raised)) == (422, True)
    for action in ("lock", "leave"):
        assert owner.post(_at("staff_access", cast.administrator), {"do": action}).status_code == 422
    assert owner.post(_at("staff_reset", cast.administrator)).status_code == 422
    with clinic_scope(cast.harbour.pk):
        assert Membership.objects.get(pk=cast.administrator.pk).roles == ["administrator"]


def test_a_new_role_counts_from_the_next_page_on_and_the_audit_says_what_it_was_before(cast: Cast, owner: Client) -> None:
    desk = _client(cast.front_desk)
    assert desk.get("/c/harbour/tasks/").status_code == 403
    owner.post(_at("staff_edit", cast.front_desk), {"name": "Finn", "roles": ["front_desk", "therapist"]})
    assert desk.get("/c/harbour/tasks/").status_code == 200
    with clinic_scope(cast.harbour.pk):
        detail = AuditEvent.objects.get(action="staff.change").detail
        assert (detail["before"]["roles"], detail["roles"]) == (["front_desk"], ["front_desk", "therapist"])


def _both(clinic_id: Any, first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """Both at the same moment, each in a thread, connection and transaction of its own: what each came to."""
    together = Barrier(2)

    def run(act: Callable[[], object]) -> str:
        try:
            with clinic_scope(clinic_id):
                together.wait(10)
                act()
            return "done"
        except StaffRefused:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(run, (first, second)))


@pytest.mark.parametrize("how", [lock_staff, end_staff])
def test_of_two_administrators_who_remove_each_other_at_once_one_stays(committed_cast: Cast, how: Callable[..., Any]) -> None:
    cast = committed_cast
    one, other = cast.administrator, _second(cast)
    for _ in range(5):
        came_to = _both(
            cast.harbour.pk,
            lambda: how(actor=cast.actor(one), member=other),
            lambda: how(actor=cast.actor(other), member=one),
        )
        assert came_to == ["done", "refused"]
        with clinic_scope(cast.harbour.pk):
            [gone] = Membership.objects.filter(is_active=False)
            let_in_again(actor=SYSTEM_COMMAND, member=gone)


def _with_factor(member: Membership) -> None:
    Authenticator.objects.create(user=member.user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def test_a_reset_ends_password_factors_and_sessions_and_mails_a_link_that_works_once(committed_cast: Cast, settings: Any) -> None:
    settings.MAIL_IS_SET_UP = True
    cast = committed_cast
    give_password(cast.therapist)
    _with_factor(cast.therapist)
    tab = _client(cast.therapist)
    page = _text(_client(cast.administrator).post(_at("staff_reset", cast.therapist)))
    assert tab.get("/c/harbour/today/").status_code == 302
    send_due(cast.harbour.pk, actor=SYSTEM_TASK)
    [sent] = mail.outbox
    [link] = re.findall(rf"{conf.SITE_URL}(/accounts/password/reset/key/\S+)", str(sent.body))
    assert (sent.to, "Second factors were removed" in sent.body, link in page) == ([cast.therapist.user.email], True, False)
    user = User.objects.get(pk=cast.therapist.user_id)
    assert (user.has_usable_password(), Authenticator.objects.filter(user=user).exists()) == (False, False)
    browser = Client()
    opened = browser.get(link, follow=True)
    chosen = browser.post(
        opened.request["PATH_INFO"], {"password1": "another long word for tests", "password2": "another long word for tests"}
    )
    assert chosen.status_code == 302
    assert User.objects.get(pk=user.pk).check_password("another long word for tests")
    assert "has ended or was used before" in _text(Client().get(link, follow=True))
    with clinic_scope(cast.harbour.pk):
        assert AuditEvent.objects.get(action="staff.reset").detail == {"how": "mailed", "second_factors": 1}


def test_without_mail_the_link_is_shown_but_never_for_somebody_who_works_elsewhere_too(cast: Cast, settings: Any) -> None:
    settings.MAIL_IS_SET_UP = False
    client = _client(cast.administrator)
    assert "/accounts/password/reset/key/" in _text(client.post(_at("staff_reset", cast.therapist)))
    with clinic_scope(cast.harbour.pk):
        here = add_staff(actor=SYSTEM_COMMAND, email=cast.stranger.user.email, name="Sam", roles=["therapist"])
        assert not Message.objects.exists()
    before = User.objects.get(pk=cast.stranger.user_id).password
    refused = client.post(_at("staff_reset", here))
    assert (refused.status_code, "/accounts/password/reset/key/" in _text(refused)) == (422, False)
    assert User.objects.get(pk=cast.stranger.user_id).password == before


def test_each_page_that_touches_rights_asks_again_who_it_is(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user, seconds_ago=3600)
    for name in ("staff_edit", "staff_access", "staff_reset", "staff_work"):
        assert client.post(_at(name, cast.therapist)).headers["Location"].startswith("/accounts/reauthenticate/"), name
    assert client.get(_at("staff_member", cast.therapist)).status_code == 200


def _mine(member: Membership, day: date) -> list[Any]:
    return [line.id for group in worklist(today=day, member=member) for line in group.lines]


def test_while_somebody_is_away_the_deputy_sees_their_tasks_old_and_new_and_both_keep_them(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        deputy = add_staff(actor=SYSTEM_COMMAND, email="deputy@harbour.example", name="Dov Deputy", roles=["therapist"])
        old = Task.objects.get(assigned_to=cast.therapist)
        assert _mine(deputy, MONDAY) == []
        set_absence(actor=cast.actor(), member=cast.therapist, first=MONDAY, last=FRIDAY, deputy=deputy, today=MONDAY)
        new = open_task(actor=SYSTEM_COMMAND, kind="follow_up", patient=cast.ada, subject_id=cast.ada_course.pk, assigned_to=cast.therapist)
        cast.therapist.refresh_from_db()
        for day, seen in (
            (MONDAY - timedelta(days=1), []),
            (MONDAY, [old.pk, new.pk]),
            (FRIDAY, [old.pk, new.pk]),
            (FRIDAY + timedelta(1), []),
        ):
            assert _mine(deputy, day) == seen, day
            assert _mine(cast.therapist, day) == [old.pk, new.pk], day
        assert [(each.name, each.deputy, each.until) for each in away_on(FRIDAY)] == [("Bea Bugspriet", "Dov Deputy", FRIDAY)]
        end_absence(actor=cast.actor(), member=cast.therapist)
        assert (_mine(deputy, MONDAY), away_on(MONDAY)) == ([], [])


def test_an_absence_needs_days_in_order_and_a_deputy_who_can_do_the_work_and_is_there(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        deputy = add_staff(actor=SYSTEM_COMMAND, email="deputy@harbour.example", name="Dov Deputy", roles=["therapist"])

        def away(first: date, last: date, who: Membership | None) -> None:
            set_absence(actor=cast.actor(), member=cast.therapist, first=first, last=last, deputy=who, today=MONDAY)

        day = timedelta(days=1)
        wrong: list[tuple[date, date, Membership | None]] = [(FRIDAY, MONDAY, deputy), (MONDAY, MONDAY + 731 * day, deputy)]
        wrong += [(MONDAY - 2 * day, MONDAY - day, deputy)]
        wrong += [(MONDAY, FRIDAY, None), (MONDAY, FRIDAY, cast.therapist), (MONDAY, FRIDAY, cast.front_desk)]
        for first, last, who in wrong:
            with pytest.raises(StaffRefused):
                away(first, last, who)
        set_absence(actor=cast.actor(), member=deputy, first=FRIDAY, last=FRIDAY, deputy=cast.therapist, today=MONDAY)
        with pytest.raises(StaffRefused, match="away too"):
            away(MONDAY, FRIDAY, deputy)
        away(MONDAY, FRIDAY - day, deputy)
        end_staff(actor=SYSTEM_COMMAND, member=deputy)
        assert Membership.objects.get(pk=cast.therapist.pk).deputy_id is None, "who has left stands in for nobody"


def test_the_list_says_who_is_what_and_shows_those_of_one_standing(cast: Cast, owner: Client) -> None:
    _with_factor(cast.manager)
    today = cast.harbour.today()
    with clinic_scope(cast.harbour.pk):
        set_absence(actor=cast.actor(), member=cast.therapist, first=today, last=today, deputy=_second_therapist(), today=today)
        lock_staff(actor=SYSTEM_COMMAND, member=cast.front_desk)
        found = {line.name: (line.standing, line.has_second_factor) for line in staff_lines(today=today)}
        assert found == {
            "Bea Bugspriet": (Standing.ABSENT, False),
            "Dov Deputy": (Standing.ACTIVE, False),
            "Finn Bugspriet": (Standing.LOCKED, False),
            "Mirjam Bugspriet": (Standing.ACTIVE, True),
            "Olu Bugspriet": (Standing.ACTIVE, False),
        }
    shown = _text(owner.get("/c/harbour/staff/", {"show": "locked"}))
    assert ("Finn" in shown, "Bea" in shown) == (True, False)


def _second_therapist() -> Membership:
    return add_staff(actor=SYSTEM_COMMAND, email="deputy@harbour.example", name="Dov Deputy", roles=["therapist"])


def test_the_staff_page_asks_the_database_as_often_for_thirty_people_as_for_few(cast: Cast, owner: Client) -> None:
    owner.get("/c/harbour/staff/")  # notes when the session began
    counts = []
    for number in (0, 30):
        with clinic_scope(cast.harbour.pk):
            for place in range(number):
                add_staff(actor=SYSTEM_COMMAND, email=f"p{place}@harbour.example", name=f"Person {place}", roles=["therapist"])
        with CaptureQueriesContext(connection) as queries:
            page = _text(owner.get("/c/harbour/staff/"))
        counts.append(len(queries))
    assert page.count("@harbour.example") == 34
    assert counts[0] == counts[1]


def test_who_looks_after_two_clinics_says_in_which_of_them_a_colleague_works(cast: Cast, owner: Client) -> None:
    from clinic.services.organisation import create_clinic

    pier = create_clinic(actor=SYSTEM_COMMAND, organisation=cast.harbour.organisation, name="Pier", slug="pier")
    with clinic_scope(pier.pk):
        add_staff(actor=SYSTEM_COMMAND, email=cast.administrator.user.email, name="Olu", roles=["administrator"])
    form = {"name": "Bea", "roles": ["therapist"]}
    assert owner.post(_at("staff_edit", cast.therapist), form | {"clinics": [str(pier.pk)]}).status_code == 302
    assert _client(cast.therapist).get("/c/pier/today/").status_code == 200
    assert "also in Pier" in _text(owner.get("/c/harbour/staff/"))
    assert owner.post(_at("staff_edit", cast.therapist), form | {"clinics": [str(cast.meadow.pk)]}).status_code == 422, "not theirs to give"
    owner.post(_at("staff_edit", cast.therapist), form)
    assert _client(cast.therapist).get("/c/pier/today/").status_code == 404
    with clinic_scope(pier.pk):
        assert (
            list(AuditEvent.objects.filter(action__in=["staff.add", "staff.lock"]).values_list("action", flat=True)).count("staff.lock")
            == 1
        )


def test_a_therapist_notes_the_own_absence_without_an_administrator_and_comes_back(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        deputy = add_staff(actor=SYSTEM_COMMAND, email="dov@harbour.example", name="Dov Deputy", roles=["therapist"])
    client = _client(cast.therapist)
    today = cast.harbour.today()
    asked = {"first": today.isoformat(), "last": (today + timedelta(days=4)).isoformat()}
    assert "Choose who stands in" in _text(client.post("/c/harbour/away/", asked))
    assert client.post("/c/harbour/away/", asked | {"deputy": str(deputy.pk)}).status_code == 302
    with clinic_scope(cast.harbour.pk):
        [noted] = Membership.objects.exclude(absent_from=None)
        assert (noted.pk, noted.absent_until, noted.deputy_id) == (cast.therapist.pk, today + timedelta(days=4), deputy.pk)
        assert AuditEvent.objects.get(action="staff.away").actor_user_id == cast.therapist.user_id
    assert "Is back, or does not go" in _text(client.get("/c/harbour/away/"))
    assert client.post("/c/harbour/away/", {"back": "1"}).status_code == 302
    with clinic_scope(cast.harbour.pk):
        assert not Membership.objects.exclude(absent_from=None).exists()
