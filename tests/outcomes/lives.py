"""A life as it can be kept about somebody, and a word of its own in every column of it."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.utils import timezone

from clinic.encryption import SealedJSONField
from clinic.local.servers import DATABASE
from clinic.models import ImportBatch, Membership, Patient
from clinic.services.emergency import name_for_emergencies, open_in_emergency
from clinic.services.imports import judge_import, read_import, receive_import
from clinic.services.messages import queue_message
from clinic.services.patients import change_patient
from clinic.services.worklist import open_task
from outcomes.models import Response
from outcomes.services.invitations import invite, save_survey_draft
from outcomes.services.responses import record_response, void_response
from sessions.records import LaserRecord, OtherRecord, VisitRecord
from sessions.services.visits import amend_visit, save_draft, sign_visit, walk_in
from tests.cast import Cast
from tests.embedded import Cluster

KEPT_BACK = {"token_hash", "answers_hash", "business_key", "search_numbers", "exact_numbers", "address", "request_id"}


def treatment(cast: Cast, word: str) -> VisitRecord:
    laser = LaserRecord(
        device_id=cast.device.pk,
        region="lumbar",
        side="both",
        technique="scanning_contact",
        average_power_w=Decimal(12),
        emission_s=Decimal(420),
        treated_area_cm2=Decimal(500),
    )
    other = OtherRecord(kind="manual_therapy", code="joint_mobilisation", region="lumbar", side="both", minutes=10)
    return VisitRecord(
        occurred_at=timezone.now(),
        pain_before=6,
        pain_after=4,
        reaction="none",
        skin_checked=True,
        laser=(laser,),
        other=(other,),
        note=word,
    )


def a_life(cast: Cast, course: Any, word: str) -> None:
    """One row at least of everything that can be kept about somebody."""
    actor, patient = cast.actor(), course.patient
    visit = walk_in(actor=actor, course=course)
    save_draft(actor=actor, visit=visit, form={"note": [word]}, revision=0)
    signed = sign_visit(actor=actor, visit=walk_in(actor=actor, course=course), record=treatment(cast, word))
    amend_visit(actor=actor, visit=signed, reason=word, changes={}, text=word)
    stored = record_response(
        actor=actor,
        course=course,
        answers={"nprs-leg-7d": {"leg": 5}},
        occasion="baseline",
        mode="paper",
        answered_by="patient",
        occurred_at=timezone.now(),
        zone="Europe/Berlin",
    )
    void_response(actor=actor, response=Response.objects.get(pk=stored.responses[0]), reason=word)
    open_task(actor=actor, kind="follow_up", patient=patient, subject_id=uuid4())
    invited = invite(
        actor=actor, course=course, occasion="baseline", due_on=timezone.localdate(), instruments=["nprs-back-7d"], visit=visit
    )
    queue_message(actor=actor, patient=patient, kind="invitation", subject_id=invited.pk, business_key=word)
    save_survey_draft(actor=actor, invitation=invited, answers={"nprs-back-7d": {"back": 3}})
    change_patient(actor=actor, patient=patient, sex="other")
    member = Membership.objects.get(pk=cast.front_desk.pk)
    name_for_emergencies(actor=cast.actor(cast.administrator), member=member, may=True)
    open_in_emergency(actor=actor, member=member, patient=patient, reason=f"{word} {word}")


def staged(cast: Cast, patient: Patient, word: str) -> None:
    text = f"Patient ID,First name\n{patient.record_number},{word}\n"
    batch = receive_import(actor=cast.actor(), member=cast.administrator, source="list", file=io.BytesIO(text.encode()))
    read_import(actor=cast.actor(), batch=batch)
    judge_import(
        actor=cast.actor(), batch=ImportBatch.objects.get(pk=batch.pk), mapping={"record_number": "Patient ID", "given_name": "First name"}
    )


def about_people() -> list[type[models.Model]]:
    """Every model, former states included, whose rows lead to a patient; found here by the models alone."""
    return [model for model in apps.get_models() if getattr(getattr(model, "pgh_tracked_model", model), "path_to_patient", "")]


def as_nobody_may(cluster: Cluster, statement: str) -> None:
    """Past every trigger and wall, as the superuser of the cluster."""
    cluster.postgres.sql(f"SET session_replication_role = replica; {statement}", database=DATABASE)


def former_states(cluster: Cluster, clinic: Any) -> None:
    """A former state of every row whose table keeps them."""
    for model in about_people():
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is not None:
            kept = {field.column for field in model._meta.concrete_fields}
            columns = ", ".join(field.column for field in tracked._meta.concrete_fields if field.column in kept)
            extra = {"pgh_created_at": "now()", "pgh_label": "'before_change'", "pgh_obj_id": "id"}
            given = {name: value for name, value in extra.items() if name in kept}
            as_nobody_may(
                cluster,
                f"INSERT INTO {model._meta.db_table} ({columns}, {', '.join(given)}) "
                f"SELECT {columns}, {', '.join(given.values())} FROM {tracked._meta.db_table} WHERE clinic_id = '{clinic}'",
            )


_DROP_CHECKS = """
DO $$ DECLARE each record; BEGIN
    FOR each IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
        WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conparentid = 0 AND conrelid <> 0 LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.place, each.conname);
    END LOOP;
END $$"""


def canaries(cluster: Cluster, clinic: Any) -> dict[str, str]:
    """Write a word of its own into every text column of every row of this clinic that leads to a patient; where → the word's beginning."""
    as_nobody_may(cluster, _DROP_CHECKS)  # of this clone, which is thrown away: a word fits where a code would have to stand
    made: dict[str, str] = {}
    for model in about_people():
        for field in model._meta.concrete_fields:
            is_text = type(field) in (models.CharField, models.TextField) and not field.choices and not isinstance(field, SealedJSONField)
            if is_text and not field.primary_key and field.attname not in KEPT_BACK:
                table, column = model._meta.db_table, field.column
                room = field.max_length or 40
                made[f"{table}.{column}"] = word = f"c{len(made)}x"
                assert len(word) <= room, f"{table}.{column}"
                leads = "patient_id" in {each.column for each in model._meta.concrete_fields}
                of_people = " AND patient_id IS NOT NULL" if leads else ""
                told_apart = f"'{word}' || left(md5(ctid::text), {min(3, room - len(word))})"
                as_nobody_may(cluster, f"UPDATE {table} SET {column} = {told_apart} WHERE clinic_id = '{clinic}'{of_people}")
    return made
