"""Writes the demo's story into the database, through the services and nothing else: with history, doses, scores and audit.

An episode is one `@writes` call, so that its audit rows go in one statement; ten episodes are one transaction. What is there
already is left alone, so that an interrupted run, or today's slice, is completed by the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from clinic.models import Consent, Membership
from clinic.scoping import clinic_scope
from clinic.services.patients import record_consent, register_patient
from clinic.writes import SYSTEM_COMMAND, Actor, nothing_to_write, writes
from outcomes.demo.appointments import Appointment
from outcomes.demo.clock import living_at
from outcomes.demo.house import House
from outcomes.demo.questionnaires import Questionnaire
from outcomes.demo.story import Episode
from outcomes.models import Invitation
from outcomes.services.invitations import invite, submit
from sessions.models import Course, Protocol, Visit
from sessions.models.device import LaserSettings
from sessions.records import LaserRecord, OtherRecord, VisitRecord
from sessions.services.courses import end_course, make_plan, open_course
from sessions.services.visits import book_visit, mark_arrived, mark_missed, sign_visit

PER_TRANSACTION = 2  # each holds the clinic's audit counter, which every page that shows somebody waits for
FIRST_RECORD_NUMBER = 1001
SETTINGS = tuple(field.name for field in LaserSettings._meta.get_fields())
MISSED = {"no_show", "cancelled_by_patient", "cancelled_by_clinic"}


def external_id(seed: int, today: date, number: int) -> str:
    """The key of a demo's course: it tells which story it belongs to."""
    return f"demo-{seed}-{today:%Y%m%d}-{number:03d}"


def story_told_here(houses: dict[str, House]) -> tuple[int, date] | None:
    """Seed and date of the story that this demo was begun with, or None for an empty one."""
    for house in houses.values():
        with clinic_scope(house.clinic.pk):
            key = Course.objects.filter(external_id__startswith="demo-").values_list("external_id", flat=True).first()
        if key:
            _, seed, day, _ = key.split("-")
            return int(seed), date(int(day[:4]), int(day[4:6]), int(day[6:]))
    return None


def seed_episodes(houses: dict[str, House], episodes: Iterable[Episode], seed: int, today: date) -> Iterator[int]:
    """Write these episodes, clinic by clinic; yields after each transaction how many episodes it held."""
    ordered = sorted(episodes, key=lambda episode: (not episode.is_todays, episode.clinic, episode.number))
    for (_, slug), group in groupby(ordered, key=lambda episode: (episode.is_todays, episode.clinic)):
        house, waiting = houses[slug], list(group)
        while waiting:
            batch, waiting = waiting[:PER_TRANSACTION], waiting[PER_TRANSACTION:]
            with clinic_scope(house.clinic.pk):
                known = _known({external_id(seed, today, episode.number) for episode in batch})
                for episode in batch:
                    if external_id(seed, today, episode.number) not in known:
                        live_through(actor=SYSTEM_COMMAND, house=house, episode=episode, key=external_id(seed, today, episode.number))
            yield len(batch)


def _known(keys: set[str]) -> set[str]:
    return set(Course.objects.filter(external_id__in=keys).values_list("external_id", flat=True))


@writes("demo.live_through")
def live_through(*, actor: Actor, house: House, episode: Episode, key: str) -> None:
    """Write one episode in the order in which it happened: registration, plan, visits, surveys, end of care."""
    _Teller(house, episode).tell(key)
    nothing_to_write()  # the services have said what they wrote


class _Teller:
    """Writes one episode."""

    def __init__(self, house: House, episode: Episode) -> None:
        self.house, self.episode = house, episode
        self.zone: ZoneInfo = house.clinic.zone
        self.now = timezone.now()
        self.therapist: Membership = house.therapists[episode.therapist]
        self.protocol: Protocol | None = house.protocols[episode.laser] if episode.laser else None
        self.chance = Random(f"{episode.number}:details")  # noqa: S311 (a story, not a secret)

    def tell(self, key: str) -> None:
        """From registration to the end of care, as far as it has happened."""
        episode = self.episode
        with living_at(self._at(datetime.combine(episode.started_on, time(6, 30)))):
            course = self._begin(key)
        visits = [self._visit(course, appointment) for appointment in episode.visits]
        for survey in episode.surveys:
            self._survey(course, survey, None if survey.visit is None else visits[survey.visit])
        if episode.ended_on:
            with living_at(self._at(datetime.combine(episode.ended_on, time(18)))):
                end_course(actor=SYSTEM_COMMAND, course=course, ended_on=episode.ended_on, reason=episode.end_reason)

    def _at(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.zone)

    def _begin(self, key: str) -> Course:
        episode, person = self.episode, self.episode.person
        patient = register_patient(
            actor=SYSTEM_COMMAND,
            given_name=person.given_name,
            family_name=person.family_name,
            birth_date=person.birth_date,
            phone=person.phone,
            email=person.email,
            sex=person.sex,
            language=person.language,
            record_number=str(FIRST_RECORD_NUMBER + episode.number),
        )
        record_consent(actor=SYSTEM_COMMAND, patient=patient, purpose=Consent.Purpose.MESSAGES, given=person.consents, text_version="demo")
        course = open_course(
            actor=SYSTEM_COMMAND,
            patient=patient,
            complaint=episode.complaint,
            icd10_code=episode.icd10_code,
            started_on=episode.started_on,
            onset_on=episode.onset_on,
            responsible=self.therapist,
            label=episode.label,
            external_id=key,
        )
        self._plan(course)
        return course

    def _plan(self, course: Course) -> None:
        names = ("name", "sets", "repetitions", "minutes", "weekdays")
        weeks = -(-self.episode.planned_visits // int(self.episode.visits_per_week))
        make_plan(
            actor=SYSTEM_COMMAND,
            course=course,
            planned_visits=self.episode.planned_visits,
            visits_per_week=self.episode.visits_per_week,
            protocol=self.protocol,
            review_on=date.fromordinal(self.episode.started_on.toordinal() + 7 * weeks),
            exercises=[dict(zip(names, (*item[:4], list(item[4])), strict=True)) for item in self.episode.exercises],
            therapies=[{"kind": kind, "code": code} for kind, code in self.episode.therapies],
        )

    def _visit(self, course: Course, appointment: Appointment) -> Visit:
        at = self._at(appointment.on)
        with living_at(at):
            visit = book_visit(actor=SYSTEM_COMMAND, course=course, planned_for=at, therapist=self.therapist)
            if at > self.now:
                return visit  # opened early in the morning: nobody has come yet
            if appointment.state == "signed":
                return sign_visit(actor=SYSTEM_COMMAND, visit=visit, record=self._record(appointment, at), signed_by=self.therapist)
            if appointment.state == "arrived":
                return mark_arrived(actor=SYSTEM_COMMAND, visit=visit)
            if appointment.state in MISSED:
                return mark_missed(actor=SYSTEM_COMMAND, visit=visit, state=appointment.state)
        return visit

    def _record(self, appointment: Appointment, at: datetime) -> VisitRecord:
        return VisitRecord(
            occurred_at=at,
            pain_before=appointment.pain_before,
            pain_after=appointment.pain_after,
            no_pain_after_reason=appointment.no_pain_after_reason,
            skin_checked=True if self.protocol else None,
            reaction=appointment.reaction,
            note=appointment.note,
            laser=(self._laser(self.protocol),) if self.protocol else (),
            other=tuple(self._others()),
            warnings_confirmed=True,
        )

    def _laser(self, protocol: Protocol) -> LaserRecord:
        settings: dict[str, Any] = {name: getattr(protocol, name) for name in SETTINGS}
        return LaserRecord(
            device_id=protocol.device_id,
            handpiece_id=protocol.handpiece_id,
            protocol_id=protocol.pk,
            region=protocol.region,
            side=self.chance.choice(("left", "right", "both", "both")),
            levels=("L4", "L5"),
            **settings,
        )

    def _others(self) -> Iterator[OtherRecord]:
        """With laser often nothing else on the day; without it at least one thing."""
        chosen: Sequence[tuple[str, str]] = [each for each in self.episode.therapies if self.chance.random() < 0.6]
        if not chosen and self.protocol is None:
            chosen = self.episode.therapies[:1]
        for kind, code in chosen:
            manual = kind == "manual_therapy"
            grade = self.chance.choice(("II", "III", "IV")) if code == "joint_mobilisation" else ""
            minutes = self.chance.choice((5, 10, 10, 15, 20))
            yield OtherRecord(kind=kind, code=code, grade=grade, region="lumbar" if manual else "", minutes=minutes)

    def _survey(self, course: Course, survey: Questionnaire, visit: Visit | None) -> None:
        morning = datetime.combine(survey.due_on, time(6, 30)) - timedelta(days=int(survey.by_mail))
        invited_at = min(morning, (survey.answered_at or morning) - timedelta(minutes=10))
        with living_at(self._at(invited_at)):
            invitation = invite(
                actor=SYSTEM_COMMAND,
                course=course,
                occasion=survey.occasion,
                due_on=survey.due_on,
                instruments=survey.instruments,
                visit=visit,
                by_mail=survey.by_mail,
            )
        if survey.answered_at is not None and self._at(survey.answered_at) <= self.now:
            with living_at(self._at(survey.answered_at)):
                self._answer(invitation, survey)

    def _answer(self, invitation: Invitation, survey: Questionnaire) -> None:
        submit(
            actor=SYSTEM_COMMAND,
            invitation_id=invitation.pk,
            mode=survey.mode,
            answered_by=survey.answered_by,
            answers=dict(survey.answers),
            language=self.episode.person.language,
            recorded_by=self.therapist if survey.mode == "read_aloud" else None,
        )
