"""The permanent cast: two clinics, their staff, and three patients with known stories, built through the services alone.

    from tests.cast import cast, Cast      # the fixture, and its type

    def test_...(cast: Cast, client) -> None:
        client.force_login(cast.therapist.user)
        client.get(f"/c/{cast.harbour.slug}/patients/")

Nobody has a password (hashing is slow); `give_password()` gives one where the sign-in itself is tested. Every free text
of a clinic contains that clinic's canary, so that a leak can be searched for in any body or header.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clinic.models import Clinic, Consent, Membership, Organisation, Patient, User
from clinic.permissions import ADMINISTRATOR, FRONT_DESK, MANAGER, THERAPIST
from clinic.scoping import clinic_scope
from clinic.services.organisation import add_staff, create_clinic
from clinic.services.patients import record_consent, register_patient
from clinic.services.worklist import open_task
from clinic.writes import SYSTEM_COMMAND, Actor
from sessions.models import Course, Device, Handpiece, Plan, Protocol
from sessions.services.courses import make_plan, open_course
from sessions.services.devices import agree_protocol, register_device

HARBOUR_CANARY = "Kranichfeder"
MEADOW_CANARY = "Wiesenglimmer"
PASSWORD = "a long word for tests only"

PROTOCOL_SETTINGS: dict[str, Any] = {
    "wavelength_shares": {"980": 100},
    "mode": "cw",
    "average_power_w": Decimal("12"),
    "technique": "scanning_contact",
    "treated_area_cm2": Decimal("500"),
    "emission_s": Decimal("420"),
}


@dataclass(frozen=True)
class Story:
    """One patient with one course, and its plan when there is one."""

    patient: Patient
    course: Course
    plan: Plan | None = None


@dataclass(frozen=True)
class House:
    """One clinic with what it works with."""

    clinic: Clinic
    device: Device
    handpiece: Handpiece
    protocol: Protocol


@dataclass(frozen=True)
class Cast:
    """Everybody. The first clinic's people stand here by role; the other clinic has `stranger` and `stranger_story`.

    - `chronic`: María Ángeles Núñez, chronic low back pain, laser and two exercises in the plan, agreed to messages.
    - `without_laser`: Łukasz O'Brien-Müller, sciatica, exercise and manual therapy only, agreed to messages.
    - `silent`: Grete Süß, chronic low back pain, withdrew her consent to messages; a task asks for a call.
    """

    harbour_house: House
    meadow_house: House
    administrator: Membership
    manager: Membership
    therapist: Membership
    front_desk: Membership
    stranger: Membership
    chronic: Story
    without_laser: Story
    silent: Story
    stranger_story: Story

    @property
    def harbour(self) -> Clinic:
        return self.harbour_house.clinic

    @property
    def meadow(self) -> Clinic:
        return self.meadow_house.clinic

    def acting(self, member: Membership) -> Actor:
        """What the boundary would make of a request of this member."""
        return Actor(kind=Actor.STAFF, user_id=member.user_id, roles=frozenset(member.roles), request_id="a test")


@pytest.fixture
def cast(db: None) -> Cast:
    """The permanent cast, in a transaction that the test's end rolls back."""
    return build_cast()


def build_cast() -> Cast:
    """Build everybody. Needs an empty database."""
    organisation = Organisation.objects.create(name="Two Houses")
    harbour = create_clinic(actor=SYSTEM_COMMAND, organisation=organisation, name=f"Harbour {HARBOUR_CANARY}", slug="harbour")
    meadow = create_clinic(actor=SYSTEM_COMMAND, organisation=organisation, name=f"Meadow {MEADOW_CANARY}", slug="meadow")
    with clinic_scope(harbour.pk):
        staff = {
            "administrator": _staff("owner@harbour.example", "Olu Adeyemi", ADMINISTRATOR.key),
            "manager": _staff("manager@harbour.example", "Mirjam Vos", MANAGER.key),
            "therapist": _staff("therapist@harbour.example", "Bea Okafor", THERAPIST.key),
            "front_desk": _staff("frontdesk@harbour.example", "Finn Sørensen", FRONT_DESK.key),
        }
        harbour_house = _house(harbour, HARBOUR_CANARY)
        stories = {
            "chronic": _chronic(harbour_house, staff["therapist"]),
            "without_laser": _without_laser(staff["therapist"]),
            "silent": _silent(staff["therapist"]),
        }
    with clinic_scope(meadow.pk):
        stranger = _staff("stranger@meadow.example", f"Sam {MEADOW_CANARY}", THERAPIST.key, ADMINISTRATOR.key)
        meadow_house = _house(meadow, MEADOW_CANARY)
        stranger_story = _strangers_patient(meadow_house, stranger)
    return Cast(harbour_house, meadow_house, stranger=stranger, stranger_story=stranger_story, **staff, **stories)


def give_password(member: Membership) -> User:
    """Give a member the password PASSWORD, for tests that sign in by themselves."""
    user: User = member.user
    user.set_password(PASSWORD)
    user.save()
    return user


def _staff(email: str, name: str, *roles: str) -> Membership:
    return add_staff(actor=SYSTEM_COMMAND, email=email, name=name, roles=roles)


def _house(clinic: Clinic, canary: str) -> House:
    device = register_device(
        actor=SYSTEM_COMMAND,
        name=f"Laser {canary}",
        maker="Example Optics",
        model="EO-12",
        laser_class="4",
        maximum_power_w=Decimal("15"),
        wavelengths_nm=[Decimal("810"), Decimal("980")],
        handpieces=[("Massage ball", Decimal("3.1416"))],
    )
    handpiece = Handpiece.objects.get(device=device)
    protocol = agree_protocol(
        actor=SYSTEM_COMMAND,
        name="Lumbar A",
        device=device,
        handpiece=handpiece,
        region="lumbar",
        source=f"Agreed by the team, {canary}",
        settings=PROTOCOL_SETTINGS,
    )
    return House(clinic, device, handpiece, protocol)


def _chronic(house: House, therapist: Membership) -> Story:
    patient = register_patient(
        actor=SYSTEM_COMMAND,
        given_name="María Ángeles",
        family_name=f"Núñez {HARBOUR_CANARY}",
        birth_date=date(1957, 3, 12),
        phone="+49 151 23456789",
        email="maria@patients.example",
        sex="female",
    )
    record_consent(actor=SYSTEM_COMMAND, patient=patient, purpose=Consent.Purpose.MESSAGES, given=True, text_version="test")
    course = open_course(
        actor=SYSTEM_COMMAND,
        patient=patient,
        complaint=Course.Complaint.CHRONIC_LOW_BACK_PAIN,
        started_on=date(2026, 9, 1),
        onset_on=date(2026, 1, 15),
        responsible=therapist,
        icd10_code="M54.50",
    )
    plan = make_plan(
        actor=SYSTEM_COMMAND,
        course=course,
        planned_visits=8,
        visits_per_week=Decimal("2"),
        protocol=house.protocol,
        review_on=date(2026, 10, 1),
        exercises=[
            {"name": "Bridge", "sets": 3, "repetitions": 10, "weekdays": [0, 2, 4]},
            {"name": "Walking", "minutes": 20, "weekdays": [0, 1, 2, 3, 4, 5, 6]},
        ],
        therapies=[{"kind": "manual_therapy", "code": "joint_mobilisation"}],
    )
    return Story(patient, course, plan)


def _without_laser(therapist: Membership) -> Story:
    patient = register_patient(
        actor=SYSTEM_COMMAND,
        given_name="Łukasz",
        family_name=f"O'Brien-Müller {HARBOUR_CANARY}",
        birth_date=date(1988, 11, 2),
        phone="0151 98765432",
        email="lukasz@patients.example",
        sex="male",
        language="de",
    )
    record_consent(actor=SYSTEM_COMMAND, patient=patient, purpose=Consent.Purpose.MESSAGES, given=True, text_version="test")
    course = open_course(
        actor=SYSTEM_COMMAND,
        patient=patient,
        complaint=Course.Complaint.SCIATICA,
        started_on=date(2026, 10, 5),
        onset_on=date(2026, 9, 20),
        responsible=therapist,
    )
    plan = make_plan(
        actor=SYSTEM_COMMAND,
        course=course,
        planned_visits=6,
        visits_per_week=Decimal("1"),
        protocol=None,
        review_on=date(2026, 11, 16),
        exercises=[{"name": "Nerve glides", "sets": 2, "repetitions": 10, "weekdays": [0, 1, 2, 3, 4, 5, 6]}],
        therapies=[{"kind": "manual_therapy", "code": "neural_mobilisation"}],
    )
    return Story(patient, course, plan)


def _silent(therapist: Membership) -> Story:
    patient = register_patient(
        actor=SYSTEM_COMMAND,
        given_name="Grete",
        family_name=f"Süß {HARBOUR_CANARY}",
        birth_date=date(1941, 2, 28),
        sex="female",
    )
    for given in (True, False):
        record_consent(actor=SYSTEM_COMMAND, patient=patient, purpose=Consent.Purpose.MESSAGES, given=given, text_version="test")
    course = open_course(
        actor=SYSTEM_COMMAND,
        patient=patient,
        complaint=Course.Complaint.CHRONIC_LOW_BACK_PAIN,
        started_on=date(2026, 8, 3),
        responsible=therapist,
    )
    open_task(actor=SYSTEM_COMMAND, kind="follow_up", patient=patient, subject_id=course.pk, assigned_to=therapist)
    return Story(patient, course)


def _strangers_patient(house: House, therapist: Membership) -> Story:
    patient = register_patient(
        actor=SYSTEM_COMMAND,
        given_name="María Ángeles",
        family_name=f"Núñez {MEADOW_CANARY}",
        birth_date=date(1957, 3, 12),
        phone="+49 151 23456789",
        email="maria@patients.example",
    )
    course = open_course(
        actor=SYSTEM_COMMAND,
        patient=patient,
        complaint=Course.Complaint.NECK_PAIN,
        started_on=date(2026, 9, 2),
        responsible=therapist,
        label=MEADOW_CANARY,
    )
    plan = make_plan(
        actor=SYSTEM_COMMAND,
        course=course,
        planned_visits=4,
        visits_per_week=Decimal("1"),
        protocol=house.protocol,
        review_on=date(2026, 10, 2),
        exercises=[{"name": f"Chin tuck {MEADOW_CANARY}", "sets": 1, "repetitions": 8, "weekdays": [1, 3]}],
    )
    return Story(patient, course, plan)
