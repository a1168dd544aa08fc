"""Answers that do not count: chosen, with a reason, left out of the figures and still readable."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEvent
from clinic.scoping import clinic_scope
from outcomes.models import Response, ResponseVoid
from outcomes.selectors.record import trend
from outcomes.services.responses import record_response
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _given(cast: Cast) -> list[UUID]:
    with clinic_scope(cast.harbour.pk):
        receipt = record_response(
            actor=cast.actor(),
            course=cast.ada_course,
            answers={"nprs-back-7d": {"back": 7}, "nprs-leg-7d": {"leg": 2}},
            occasion="during",
            mode="paper",
            answered_by="patient",
            occurred_at=timezone.now(),
            zone="Europe/Berlin",
        )
    return list(receipt.responses)


def test_chosen_answers_are_left_out_with_their_reason_and_the_others_count(cast: Cast, client: Client) -> None:
    back, leg = _given(cast)
    client.force_login(cast.therapist.user)
    address = f"/c/harbour/responses/{back}/void/"
    record = client.get(f"/c/harbour/courses/{cast.ada_course.pk}/").content.decode()
    assert f'href="/c/harbour/responses/{back}/void/"' in record or f'href="/c/harbour/responses/{leg}/void/"' in record
    silent = client.post(address, {"which": [str(back)], "reason": " "})
    assert silent.status_code == 422
    assert "Say why the answers do not count." in silent.content.decode()
    assert client.post(address, {"reason": "wrong person"}).status_code == 422
    done = client.post(address, {"which": [str(back)], "reason": "wrong person"}, follow=True).content.decode()
    assert "NPRS back 7 (void: does not count)" in done
    assert "void, because wrong person" in client.get(address).content.decode()
    assert client.post(address, {"which": [str(back)], "reason": "again"}).status_code == 422
    with clinic_scope(cast.harbour.pk):
        void = ResponseVoid.objects.get()
        assert (void.response_id, void.voided_by_id) == (back, cast.therapist.pk)
        assert Response.objects.filter(pk__in=[back, leg]).count() == 2
        shown = {each.scale.id: [point.value for point in each.points] for each in trend(cast.ada_course.pk).scales}
        assert all(7 not in values for scale, values in shown.items() if "back" in scale)
        assert any(2 in values for scale, values in shown.items() if "leg" in scale)
        [entry] = AuditEvent.objects.filter(action="response.void")
        assert "wrong person" not in str(entry.detail)
