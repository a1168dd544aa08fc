"""Nobody and nothing is booked twice at once, in the database: two receptionists at the same second cannot.

PostgreSQL's wheel brings no btree_gist, so that a plain `=` has no place in a GiST index: a range of one point stands for the id.
A visit without `planned_until` takes no place: walk-ins, imported visits, and those from before there was a calendar.
"""

from __future__ import annotations

from django.db import IntegrityError, migrations

# Constraint → column. Where a booking breaks one, its name says what is taken.
CONSTRAINTS = {
    "visit_therapist_once_at_a_time": "therapist_id",
    "visit_room_once_at_a_time": "room_id",
    "visit_device_once_at_a_time": "device_id",
}

_TYPE = """
DO $$ BEGIN
    CREATE TYPE uuidrange AS RANGE (subtype = uuid);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
"""
_EXCLUDE = """
ALTER TABLE treatment_visit ADD CONSTRAINT {name} EXCLUDE USING gist (
    uuidrange({column}, {column}, '[]') WITH &&, tstzrange(planned_for, planned_until) WITH &&
) WHERE (planned_until IS NOT NULL AND {column} IS NOT NULL AND state IN ('booked', 'arrived'));
"""

NEVER_TWICE = migrations.RunSQL(
    _TYPE + "".join(_EXCLUDE.format(name=name, column=column) for name, column in CONSTRAINTS.items()),
    "".join(f"ALTER TABLE treatment_visit DROP CONSTRAINT {name};" for name in CONSTRAINTS),
)


def broken_by(error: IntegrityError) -> str:
    """Which of these constraints was broken. Any other error is raised again."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    if name not in CONSTRAINTS:
        raise error
    return str(name)
