"""The permanent cast stands, belongs to its clinics, and is quick to build."""

from __future__ import annotations

import time

from clinic.models import AuditEvent, Membership, Patient
from clinic.scoping import clinic_scope
from clinic.selectors.patients import may_message
from sessions.models import Plan
from tests.cast import Cast, build_cast


def test_each_clinic_sees_its_own_people_only(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        assert Patient.objects.count() == 3
        assert set(Membership.objects.values_list("user__email", flat=True)) == {
            "owner@harbour.example",
            "manager@harbour.example",
            "therapist@harbour.example",
            "frontdesk@harbour.example",
        }
        assert AuditEvent.objects.filter(action="patient.register").count() == 3
    with clinic_scope(cast.meadow.pk):
        assert [patient.pk for patient in Patient.objects.all()] == [cast.foreign_patient.pk]


def test_the_three_stories_are_as_told(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        assert [may_message(patient.pk) for patient in (cast.ada, cast.ben, cast.cem)] == [True, False, False]
        laser = dict(Plan.objects.values_list("course_id", "protocol_id"))
        assert laser == {cast.ada_course.pk: cast.protocol.pk, cast.ben_course.pk: None}


def test_the_cast_is_quick_to_build(db: None) -> None:
    began = time.process_time()
    build_cast()
    assert time.process_time() - began < 1
