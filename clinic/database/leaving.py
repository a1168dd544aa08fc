"""What may leave the append-only tables: the rows of an invented clinic, and of nobody else. Migration operations only.

The demo is removed by one function of the tables' owner (`outcomes.demo.removal`). The triggers that refuse every change ask
`clinic_may_leave`, which says yes only while that owner deletes rows of a clinic that was founded as an invented one; whether
it was cannot be changed later, by anyone.
"""

from django.db import migrations

_MAY_LEAVE = """
CREATE FUNCTION clinic_may_leave(relation oid, gone jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = relation) THEN
        RETURN false;
    END IF;
    IF gone ? 'clinic_id' THEN
        RETURN EXISTS (SELECT FROM clinic_clinic WHERE id = (gone ->> 'clinic_id')::uuid AND is_demo);
    END IF;
    -- Its founding; and sign-ins, which belong to a person: they leave with people who were members of invented clinics only.
    RETURN relation = 'clinic_platformevent'::regclass AND (
        EXISTS (SELECT FROM clinic_clinic WHERE id::text = gone #>> '{detail,clinic}' AND is_demo)
        OR gone ->> 'user_id' = ANY (string_to_array(current_setting('app.leaving_users', true), ',')));
END $$;

CREATE OR REPLACE FUNCTION clinic_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' AND clinic_may_leave(TG_RELID, to_jsonb(OLD)) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION clinic_keep_its_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a clinic stays real or invented' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_its_kind BEFORE UPDATE ON clinic_clinic FOR EACH ROW
    WHEN (OLD.is_demo IS DISTINCT FROM NEW.is_demo) EXECUTE FUNCTION clinic_keep_its_kind();
"""


def let_invented_clinics_leave() -> migrations.RunSQL:
    """The exception to append-only, and the lock on what it depends on."""
    return migrations.RunSQL(_MAY_LEAVE, migrations.RunSQL.noop)
