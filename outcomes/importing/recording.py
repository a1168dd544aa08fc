"""Recording imported scores: a verdict for every row, chunk by chunk, through the same services as everything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any, Literal

from django.db import DatabaseError
from django.utils import timezone

from clinic.importing.table import Line
from clinic.models import Clinic, Patient
from clinic.scoping import clinic_scope
from clinic.services.patients import register_patient
from clinic.writes import SYSTEM_COMMAND, Actor, nothing_to_write, writes
from outcomes.importing.rows import Row, RowRefused, read_row
from outcomes.importing.wishes import Wishes
from outcomes.instruments import Instrument
from outcomes.models import Response
from outcomes.models.invitation import Mode, Occasion
from outcomes.models.response import AnsweredBy
from outcomes.services.responses import Submission, as_stored, record_responses
from sessions.models import Course
from sessions.services.courses import end_course, open_course

PER_TRANSACTION = 200
NOON = time(12)

State = Literal["ok", "already there", "refused"]


@dataclass(frozen=True)
class Verdict:
    """What became of one line of the file. The reason names no value and no person."""

    line: int
    state: State
    reason: str = ""


@dataclass
class Import:
    """One run over a file. `seen`: what a dry run would have written by now, which the database therefore cannot know."""

    clinic: Clinic
    instrument: Instrument
    wishes: Wishes
    dry_run: bool = False
    seen: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def run(self, lines: Iterable[Line]) -> Iterator[list[Verdict]]:
        """Import all lines; gives the verdicts of each transaction as soon as it is committed."""
        waiting = iter(lines)
        while chunk := list(islice(waiting, PER_TRANSACTION)):
            try:
                yield self._chunk(chunk)
            except DatabaseError:
                # Somebody else may have written the same rows meanwhile. One row alone says which it was, and spares the others.
                yield [verdict for line in chunk for verdict in self._alone(line)]

    def _alone(self, line: Line) -> list[Verdict]:
        try:
            return self._chunk([line])
        except DatabaseError:
            return [Verdict(line.number, "refused", "the database did not accept it")]

    def _chunk(self, chunk: Sequence[Line]) -> list[Verdict]:
        today = timezone.now().astimezone(self.clinic.zone).date()
        read = [self._read(line, today) for line in chunk]
        with clinic_scope(self.clinic.pk):
            known = _Known([row for row in read if isinstance(row, Row)], self.instrument, self.seen if self.dry_run else {})
            verdicts = [known.judge(row) if isinstance(row, Row) else row for row in read]
            accepted = {verdict.line for verdict in verdicts if verdict.state == "ok"}
            good = [row for row in read if isinstance(row, Row) and row.line in accepted]
            if good and not self.dry_run:
                record_rows(actor=SYSTEM_COMMAND, order=self, rows=good, courses=known.courses)
        return verdicts

    def _read(self, line: Line, today: Any) -> Row | Verdict:
        try:
            return read_row(line, self.wishes, self.instrument, today)
        except RowRefused as refused:
            return Verdict(line.number, "refused", str(refused))


class _Known:
    """What the clinic has already of a chunk's persons, courses and scores: three statements."""

    def __init__(self, rows: Sequence[Row], instrument: Instrument, seen: dict[str, Mapping[str, Any]]) -> None:
        self.instrument = instrument
        self.courses = {course.external_id: course for course in Course.objects.filter(external_id__in={row.course_key for row in rows})}
        self.begun: dict[str, Row] = {}
        new = {row.record_number for row in rows if row.course_key not in self.courses}
        self.taken = set(Patient.objects.filter(record_number__in=new).values_list("record_number", flat=True))
        keys = {self._source_key(row) for row in rows}
        self.answers = seen
        self.answers.update(Response.objects.filter(source_key__in=keys).values_list("source_key", "answers"))

    def _source_key(self, row: Row) -> str:
        return f"{row.key}:{self.instrument.key}"

    def judge(self, row: Row) -> Verdict:
        """The verdict on one row; the rows before it in the file count."""
        key, stored = self._source_key(row), as_stored(row.answers)
        if key in self.answers:
            same = self.answers[key] == stored
            return Verdict(row.line, "already there") if same else _refused(row, "another score of this person and time is recorded")
        reason = self._objection(row)
        if reason:
            return _refused(row, reason)
        self.answers[key] = stored
        self.begun.setdefault(row.course_key, row)
        return Verdict(row.line, "ok")

    def _objection(self, row: Row) -> str:
        if row.occasion not in Occasion.values:
            return "the occasion is not known"
        course: Any = self.courses.get(row.course_key) or self.begun.get(row.course_key)
        if course is None:
            taken = row.record_number in self.taken
            return "the record number belongs to a patient of this clinic already (see --record-prefix)" if taken else ""
        if course.label != row.label:
            return "the label differs from the one of this person's course"
        return "" if course.started_on == row.started_on else "the start differs from the one of this person's course"


def _refused(row: Row, reason: str) -> Verdict:
    return Verdict(row.line, "refused", reason)


@writes("scores.import")
def record_rows(*, actor: Actor, order: Import, rows: Sequence[Row], courses: dict[str, Course]) -> None:
    """Write rows that were judged good: patient and course where they are new, then the score. Audited by the services it calls."""
    nothing_to_write()
    for row in rows:
        if row.course_key not in courses:
            courses[row.course_key] = _begin(actor, order.wishes, row)
    record_responses(actor=actor, submissions=[_submission(order, row, courses[row.course_key]) for row in rows])
    if order.wishes.course_days is not None:
        _end(actor, order, {row.course_key: courses[row.course_key] for row in rows})


def _submission(order: Import, row: Row, course: Course) -> Submission:
    return Submission(
        course=course,
        answers={order.instrument.key: row.answers},
        occasion=row.occasion,
        mode=Mode.IMPORT,
        answered_by=AnsweredBy.UNKNOWN,
        occurred_at=datetime.combine(row.on, NOON, tzinfo=order.clinic.zone),
        zone=order.clinic.time_zone,
        source_key=row.key,
    )


def _begin(actor: Actor, wishes: Wishes, row: Row) -> Course:
    patient = register_patient(actor=actor, record_number=row.record_number)
    return open_course(
        actor=actor,
        patient=patient,
        complaint=wishes.complaint,
        started_on=row.started_on,
        label=row.label,
        external_id=row.course_key,
    )


def _end(actor: Actor, order: Import, courses: Mapping[str, Course]) -> None:
    """End courses whose time is over. Why they ended nobody knows."""
    today = timezone.now().astimezone(order.clinic.zone).date()
    for course in courses.values():
        ended_on = course.started_on + timedelta(days=order.wishes.course_days or 0)
        if course.ended_on is None and ended_on <= today:
            end_course(actor=actor, course=course, ended_on=ended_on, reason=Course.EndReason.OTHER)
