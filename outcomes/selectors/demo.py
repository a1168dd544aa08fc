"""What the page that removes the demo has to know."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from clinic.local.demo import Demo
from clinic.models import Clinic
from clinic.selectors.operations import demo_comes


def patients_entered(clinic: Clinic) -> int:
    """How many patients of this clinic's organisation the demo did not bring; asked as the tables' owner, across its clinics."""
    with connection.cursor() as cursor:
        question = "SELECT outcomes_patients_entered(ARRAY(SELECT id FROM clinic_clinic WHERE organisation_id = %s))"
        cursor.execute(question, [clinic.organisation_id])
        return int(cursor.fetchone()[0])


def is_being_filled_in() -> bool:
    """Whether `make run`, or the worker after a setup with a demo, has still to write a part of it."""
    if settings.DEMO and Demo.in_folder(settings.DATA_DIR).unfinished():
        return True
    return demo_comes()
