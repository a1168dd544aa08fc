"""Functions that guard or delete look names up in the schema alone.

`SET search_path = public` leaves PostgreSQL's temporary schema in front of it, and any role may make temporary tables: one named
`clinic_clinic` made a real clinic an invented one to the function that removes the demo, one named `treatment_visit` opened the lock
on signed visits. Written at the end, the temporary schema is asked last.
"""

from django.db import migrations

_ALTER = """
DO $$
DECLARE guard regprocedure;
BEGIN
    FOR guard IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proname ~ '^(clinic|treatment|outcomes)_'
          AND (prosecdef OR prorettype = 'trigger'::regtype OR proname = 'clinic_may_leave')
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', guard);
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION clinic_make_audit_partitions(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clinic_make_audit_partitions(integer) TO backlight_worker;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0008_drop_invitation_sent_at"),
        ("clinic", "0013_scoped_tokens"),
        ("treatment", "0009_history_outlives_imports"),
    ]

    operations = [migrations.RunSQL(_ALTER, migrations.RunSQL.noop)]
