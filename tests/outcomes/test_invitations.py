"""An invitation is made once, its link is derived and never stored, and of many submits one is stored."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.models import AuditEvent, Message
from clinic.scoping import clinic_scope
from clinic.writes import Actor
from outcomes.models import Invitation, Response, Score, SurveyDraft
from outcomes.services.invitations import (
    AlreadyAnswered,
    AnswersChanged,
    InvitationRefused,
    LinkGone,
    SurveyReceipt,
    answers_hash,
    ask_for_new_link,
    complete_answers,
    find_by_token,
    invite,
    link_of,
    renew_link,
    revoke,
    save_survey_draft,
    submit,
    token_of,
)
from tests.cast import Cast

PATIENT = Actor(kind=Actor.LINK)
KEYS = ("nprs-back-7d", "rmdq-24")
ANSWERS: dict[str, dict[str, Any]] = {"nprs-back-7d": {"back": 6}, "rmdq-24": {f"r{n:02}": n <= 9 for n in range(1, 25)}}
OTHER = {**ANSWERS, "nprs-back-7d": {"back": 2}}


def _invite(cast: Cast, **more: Any) -> Invitation:
    wanted = {"occasion": "baseline", "due_on": date(2026, 9, 1), "instruments": KEYS, **more}
    return invite(actor=cast.actor(), course=cast.ada_course, **wanted)


def _submit(invitation: Invitation, answers: Any = None, **more: Any) -> SurveyReceipt:
    return submit(actor=PATIENT, invitation_id=invitation.pk, answers=answers, mode="mail", answered_by="patient", **more)


def test_the_same_occasion_is_invited_once(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        assert _invite(cast).pk == _invite(cast).pk
        assert _invite(cast, occasion="during").pk != _invite(cast).pk
        assert Invitation.objects.count() == 2


def test_an_instrument_whose_words_are_not_ours_cannot_be_asked(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk), pytest.raises(InvitationRefused):
        _invite(cast, instruments=("odi-2.1a",))


def test_the_token_is_256_bits_and_only_its_hash_is_stored(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        invitation = _invite(cast)
        token = token_of(invitation)
        assert len(token) == 43
        assert link_of(invitation) == f"http://localhost/s/{cast.harbour.link_prefix}.{token}"
        assert find_by_token(token) == invitation
        with connection.cursor() as cursor:
            cursor.execute("SELECT row_to_json(i)::text FROM outcomes_invitation i")
            assert token not in str(cursor.fetchall())


def test_a_new_link_makes_the_earlier_one_void(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        invitation = _invite(cast)
        before = token_of(invitation)
        renewed = renew_link(actor=cast.actor(), invitation=invitation)
        assert find_by_token(before) is None
        assert find_by_token(token_of(renewed)) == invitation
        with pytest.raises(LinkGone):
            _submit(invitation, ANSWERS, generation=1)


def test_the_same_answers_again_get_the_same_receipt_and_other_answers_are_refused(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        invitation = _invite(cast)
        first = _submit(invitation, ANSWERS)
        again = _submit(invitation, ANSWERS)
        assert (again.receipt, again.received_at, again.repeated) == (first.receipt, first.received_at, True)
        with pytest.raises(AlreadyAnswered) as refused:
            _submit(invitation, OTHER)
        assert refused.value.received_at == first.received_at
        assert Response.objects.count() == 2
        assert Response.objects.get(instrument="nprs-back-7d").answers == {"back": 6}


@pytest.mark.parametrize("how", ["expired", "revoked", "unknown"])
def test_a_link_that_is_gone_takes_no_answers(cast: Cast, how: str) -> None:
    with clinic_scope(cast.harbour.pk):
        invitation = _invite(cast, days=-1 if how == "expired" else 14)
        if how == "revoked":
            revoke(actor=cast.actor(), invitation=invitation)
        if how == "unknown":
            invitation.pk = cast.ada.pk
        with pytest.raises(LinkGone):
            _submit(invitation, ANSWERS)
        assert Response.objects.count() == 0


def test_what_is_stored_is_what_was_shown(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        invitation = _invite(cast)
        save_survey_draft(actor=PATIENT, invitation=invitation, answers=ANSWERS)
        with pytest.raises(AnswersChanged):
            _submit(invitation, shown=answers_hash(OTHER))
        shown = answers_hash(complete_answers(invitation, ANSWERS))
        first = _submit(invitation, shown=shown)
        assert _submit(invitation, shown=shown).receipt == first.receipt
        with pytest.raises(AlreadyAnswered):
            _submit(invitation, shown=answers_hash(OTHER))


def test_a_draft_is_kept_page_by_page_without_audit_and_gone_after_the_submit(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        invitation = _invite(cast)
        audits = AuditEvent.objects.count()
        save_survey_draft(actor=PATIENT, invitation=invitation, answers={"nprs-back-7d": {"back": 6}})
        save_survey_draft(actor=PATIENT, invitation=invitation, answers={"rmdq-24": ANSWERS["rmdq-24"], "not-asked": {"x": 1}})
        assert SurveyDraft.objects.get().answers == ANSWERS
        assert AuditEvent.objects.count() == audits
        assert Score.objects.count() == 0
        _submit(invitation)
        assert SurveyDraft.objects.count() == 0
        assert {score.scale: score.value for score in Score.objects.all()} == {"pain.back.7d": 6, "disability.rmdq24": 9}


def test_eight_submits_at_the_same_time_make_one_response_and_one_receipt(committed_cast: Cast) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        invitations = [_invite(cast, due_on=date(2026, 9, day)) for day in range(1, 6)]
    for invitation in invitations:
        receipts = _at_the_same_time(cast, invitation, 8)
        assert len(receipts) == 8
        assert len({(receipt.receipt, receipt.received_at) for receipt in receipts}) == 1
        assert sum(not receipt.repeated for receipt in receipts) == 1
    with clinic_scope(cast.harbour.pk):
        assert Response.objects.count() == len(invitations) * len(KEYS)


def _at_the_same_time(cast: Cast, invitation: Invitation, callers: int) -> list[SurveyReceipt]:
    together, receipts = threading.Barrier(callers), []

    def call() -> None:
        try:
            together.wait()
            with clinic_scope(cast.harbour.pk):
                receipts.append(_submit(invitation, ANSWERS))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=call) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return receipts


def test_a_new_link_is_sent_to_the_stored_contact_three_times_a_day_at_most(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        invitation = _invite(cast, due_on=timezone.now().date(), days=-1)
        assert [ask_for_new_link(actor=PATIENT, invitation=invitation) for _ in range(5)] == [True, True, True, False, False]
        assert set(Message.objects.values_list("kind", "patient")) == {("new_link", cast.ada.pk)}
        assert Message.objects.count() == 3


def test_nobody_gets_a_new_link_to_a_survey_of_long_ago(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        invitation = _invite(cast, due_on=timezone.now().date() - timedelta(days=61), days=-1)
        assert ask_for_new_link(actor=PATIENT, invitation=invitation) is False


@pytest.mark.parametrize("keys", [("nprs-back-7d",), KEYS])
def test_a_submit_takes_ten_statements_at_most_whatever_the_number_of_items(cast: Cast, keys: tuple[str, ...]) -> None:
    with clinic_scope(cast.harbour.pk):
        invitation = _invite(cast, instruments=keys)
        save_survey_draft(actor=PATIENT, invitation=invitation, answers={key: ANSWERS[key] for key in keys})
    with CaptureQueriesContext(connection) as queries, clinic_scope(cast.harbour.pk):
        _submit(invitation)
    statements = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    # Handing the scope back to the test's own transaction is one more, which no request has.
    assert len(statements) - 1 <= 10, statements
