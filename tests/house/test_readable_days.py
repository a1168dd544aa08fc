"""PostgreSQL refuses days and times that no page could read again, whoever writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from clinic.scoping import clinic_scope
from sessions.models import Course, Plan, Visit
from sessions.services.visits import walk_in
from tests.cast import Cast


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "column", "typed"),
    [
        (model, column, day)
        for model, columns in ((Course, ("started_on", "onset_on", "ended_on")), (Plan, ("review_on",)))
        for column in columns
        for day in (date(1899, 12, 31), date(2200, 1, 1))
    ]
    + [
        (Visit, column, at)
        for column in ("planned_for", "occurred_at", "arrived_at")
        for at in (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))
    ],
)
def test_a_day_that_no_page_can_read_is_refused_by_the_table_itself(cast: Cast, model: Any, column: str, typed: date) -> None:
    with clinic_scope(cast.harbour.pk):
        walk_in(actor=cast.actor(), course=cast.ada_course)
        with pytest.raises(IntegrityError, match="can_be_read"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{model._meta.db_table}" SET {column} = %s', [typed])
