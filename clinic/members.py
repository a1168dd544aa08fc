"""Who somebody is in a clinic, found in the statement that opens the clinic's scope: by person here, by token in `api_tokens`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from clinic.models import Clinic, Membership

_MEMBER_FIELDS = Membership._meta.concrete_fields
_CLINIC_FIELDS = Clinic._meta.concrete_fields
COLUMNS = ", ".join(
    f'{name}."{field.column}" AS {name}_{field.column}'
    for name, fields in (("member", _MEMBER_FIELDS), ("clinic", _CLINIC_FIELDS))
    for field in fields
)
# The inner query depends on the outer row and may not be flattened (LATERAL, OFFSET 0): row-level security is asked only after the
# person is told. Whatever order a planner chose, too early would find nothing. Of what is found, the clinic becomes the scope.
_FIND_MEMBER = f"""
WITH told AS MATERIALIZED (SELECT set_config('app.user', %s, true) AS person, set_config('app.clinics', '', true) AS nowhere)
SELECT found.* FROM told CROSS JOIN LATERAL (
    SELECT {COLUMNS}, set_config('app.clinics', member.clinic_id::text, true) FROM clinic_membership member
    JOIN clinic_clinic clinic ON clinic.id = member.clinic_id
    WHERE member.user_id = told.person::uuid AND told.nowhere = '' AND member.is_active AND clinic.slug = %s
    OFFSET 0
) found
"""  # noqa: S608 - column names are our models' own


def from_row(row: Sequence[Any]) -> Membership:
    """The membership, with its clinic, from a row that begins with COLUMNS."""
    of_clinic = len(_MEMBER_FIELDS)
    member = Membership.from_db("default", [field.attname for field in _MEMBER_FIELDS], row[:of_clinic])
    clinic = row[of_clinic : of_clinic + len(_CLINIC_FIELDS)]
    member.clinic = Clinic.from_db("default", [field.attname for field in _CLINIC_FIELDS], clinic)
    return member


def member_of_person(user_id: UUID, slug: str) -> Membership | None:
    """What this person is in the clinic of the path, with its scope told to PostgreSQL; None where they are nobody."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND_MEMBER, [str(user_id), slug])
        row = cursor.fetchone()
    return from_row(row) if row else None
