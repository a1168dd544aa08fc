"""The permanent cast: two clinics, their staff, and three patients with known stories, built through the services alone.

    def test_...(cast: Cast, client: Client) -> None:          # the fixture is known to every test
        client.force_login(cast.therapist.user)
        client.get(f"/c/{cast.harbour.slug}/patients/")

- `ada`, Ángela Bugspriet, born 3 April 1958: chronic low back pain, laser and two exercises in the plan, agreed to messages.
- `ben`, Łukasz O'Brien-Müller, born 2 November 1988, reads German: sciatica, no laser, one exercise; never asked about messages.
- `cem`, Cem Süß, born 29 February 1940: chronic low back pain, no plan; agreed to messages, then withdrew; a task asks for a call.
- In the other clinic, of the other organisation, `stranger` treats `foreign_patient`, Dana Distelfink.

Nobody has a password (hashing is slow); `give_password()` gives one where the sign-in itself is tested. All data of a clinic
carries that clinic's canary, so that a leak can be searched for in any body or header.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
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

HARBOUR_CANARY = "Bugspriet"
MEADOW_CANARY = "Distelfink"
PASSWORD = "a long word for tests only"

PROTOCOL_SETTINGS: dict[str, Any] = {
    "wavelength_shares": {"980": 100},
    "mode": "cw",
    "average_power_w": Decimal(12),
    "technique": "scanning_contact",
    "treated_area_cm2": Decimal(500),
    "emission_s": Decimal(420),
}


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Everybody. The first clinic's people and things stand here by name; the other clinic's are `stranger` and `foreign_…`."""

    harbour: Clinic
    administrator: Membership
    manager: Membership
    therapist: Membership
    front_desk: Membership
    device: Device
    handpiece: Handpiece
    protocol: Protocol
    ada: Patient
    ada_course: Course
    ada_plan: Plan
    ben: Patient
    ben_course: Course
    ben_plan: Plan
    cem: Patient
    cem_course: Course
    meadow: Clinic
    stranger: Membership
    foreign_device: Device
    foreign_protocol: Protocol
    foreign_patient: Patient
    foreign_course: Course
    foreign_plan: Plan

    def actor(self, member: Membership | None = None) -> Actor:
        """What the boundary would make of a request of this member; the therapist unless given."""
        who = member or self.therapist
        return Actor(kind=Actor.STAFF, user_id=who.user_id, roles=frozenset(who.roles), request_id="a-test")


@pytest.fixture
def cast(db: None) -> Cast:
    """The permanent cast, in a transaction that the test's end rolls back."""
    return build_cast()


@pytest.fixture
def committed_cast(transactional_db: None) -> Cast:
    """The permanent cast, committed: for tests with other processes or connections. Slower, the database is cloned afterwards."""
    return build_cast()


def build_cast() -> Cast:
    """Build everybody. Needs an empty database."""
    return Cast(**_harbour(), **_meadow())


def give_password(member: Membership) -> User:
    """Give a member the password PASSWORD, for tests that sign in by themselves."""
    user: User = member.user
    user.set_password(PASSWORD)
    user.save()
    return user


def _harbour() -> dict[str, Any]:
    clinic = _clinic("Harbour", HARBOUR_CANARY)
    with clinic_scope(clinic.pk):
        therapist = _staff("therapist@harbour.example", f"Bea {HARBOUR_CANARY}", THERAPIST.key)
        device, handpiece, protocol = _equipment(HARBOUR_CANARY)
        return {
            "harbour": clinic,
            "administrator": _staff("owner@harbour.example", f"Olu {HARBOUR_CANARY}", ADMINISTRATOR.key),
            "manager": _staff("manager@harbour.example", f"Mirjam {HARBOUR_CANARY}", MANAGER.key),
            "therapist": therapist,
            "front_desk": _staff("frontdesk@harbour.example", f"Finn {HARBOUR_CANARY}", FRONT_DESK.key),
            "device": device,
            "handpiece": handpiece,
            "protocol": protocol,
            **_ada(therapist, protocol),
            **_ben(therapist),
            **_cem(therapist),
        }


def _meadow() -> dict[str, Any]:
    clinic = _clinic("Meadow", MEADOW_CANARY)
    with clinic_scope(clinic.pk):
        stranger = _staff("stranger@meadow.example", f"Sam {MEADOW_CANARY}", *(role.key for role in (THERAPIST, MANAGER, ADMINISTRATOR)))
        device, _, protocol = _equipment(MEADOW_CANARY)
        return {
            "meadow": clinic,
            "stranger": stranger,
            "foreign_device": device,
            "foreign_protocol": protocol,
            **_foreign_patient(stranger, protocol),
        }


def _clinic(name: str, canary: str) -> Clinic:
    organisation = Organisation.objects.create(name=f"{name} house {canary}")
    return create_clinic(actor=SYSTEM_COMMAND, organisation=organisation, name=f"{name} {canary}", slug=name.lower())


def _staff(email: str, name: str, *roles: str) -> Membership:
    return add_staff(actor=SYSTEM_COMMAND, email=email, name=name, roles=roles)


def _equipment(canary: str) -> tuple[Device, Handpiece, Protocol]:
    device = register_device(
        actor=SYSTEM_COMMAND,
        name=f"Laser {canary}",
        maker="Example Optics",
        model="EO-12",
        laser_class="4",
        maximum_power_w=Decimal(15),
        wavelengths_nm=[Decimal(810), Decimal(980)],
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
    return device, handpiece, protocol


def _ada(therapist: Membership, protocol: Protocol) -> dict[str, Any]:
    patient = register_patient(
        actor=SYSTEM_COMMAND,
        given_name="Ángela",
        family_name=HARBOUR_CANARY,
        birth_date=date(1958, 4, 3),
        phone="030 1234567",
        email="ada@patients.example",
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
        label=HARBOUR_CANARY,
    )
    plan = make_plan(
        actor=SYSTEM_COMMAND,
        course=course,
        planned_visits=8,
        visits_per_week=Decimal(2),
        protocol=protocol,
        review_on=date(2026, 10, 1),
        exercises=[
            {"name": f"Bridge {HARBOUR_CANARY}", "sets": 3, "repetitions": 10, "weekdays": [0, 2, 4]},
            {"name": "Walking", "minutes": 20, "weekdays": [0, 1, 2, 3, 4, 5, 6]},
        ],
        therapies=[{"kind": "manual_therapy", "code": "joint_mobilisation"}],
    )
    return {"ada": patient, "ada_course": course, "ada_plan": plan}


def _ben(therapist: Membership) -> dict[str, Any]:
    patient = register_patient(
        actor=SYSTEM_COMMAND,
        given_name="Łukasz",
        family_name="O'Brien-Müller",
        birth_date=date(1988, 11, 2),
        phone="+49 151 98765432",
        email="ben@patients.example",
        sex="male",
        language="de",
    )
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
        visits_per_week=Decimal(1),
        protocol=None,
        review_on=date(2026, 11, 16),
        exercises=[{"name": "Nerve glides", "sets": 2, "repetitions": 10, "weekdays": [0, 1, 2, 3, 4, 5, 6]}],
        therapies=[{"kind": "manual_therapy", "code": "neural_mobilisation"}],
    )
    return {"ben": patient, "ben_course": course, "ben_plan": plan}


def _cem(therapist: Membership) -> dict[str, Any]:
    patient = register_patient(
        actor=SYSTEM_COMMAND, given_name="Cem", family_name="Süß", birth_date=date(1940, 2, 29), sex="male", email="cem@patients.example"
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
    return {"cem": patient, "cem_course": course}


def _foreign_patient(stranger: Membership, protocol: Protocol) -> dict[str, Any]:
    patient = register_patient(
        actor=SYSTEM_COMMAND,
        given_name="Dana",
        family_name=MEADOW_CANARY,
        birth_date=date(1958, 4, 3),
        phone="030 7654321",
        email=f"dana@{MEADOW_CANARY.lower()}.example",
    )
    course = open_course(
        actor=SYSTEM_COMMAND,
        patient=patient,
        complaint=Course.Complaint.NECK_PAIN,
        started_on=date(2026, 9, 2),
        responsible=stranger,
        label=MEADOW_CANARY,
    )
    plan = make_plan(
        actor=SYSTEM_COMMAND,
        course=course,
        planned_visits=4,
        visits_per_week=Decimal(1),
        protocol=protocol,
        review_on=date(2026, 10, 2),
        exercises=[{"name": f"Chin tuck {MEADOW_CANARY}", "sets": 1, "repetitions": 8, "weekdays": [1, 3]}],
    )
    return {"foreign_patient": patient, "foreign_course": course, "foreign_plan": plan}


def move_to_noon(clinic: Clinic) -> None:
    """Move the clinic to where it is about noon: messages do not leave at night, whenever the tests run."""
    hours = datetime.now(UTC).hour - 12
    clinic.time_zone = f"Etc/GMT{hours:+d}" if hours else "Etc/UTC"
    clinic.save()
