"""The function of the tables' owner that removes an organisation of invented clinics whole. Migration operation only.

The serving role may not delete from most tables, and is never to: it may call this function, which deletes rows of clinics that
were founded as invented ones and of no other (clinic.database.leaving), and refuses while a patient is among them whom the demo did not
bring. The audit and the history go too: they are about nobody (docs/adr/0007).
"""

from django.db import migrations

_FUNCTION = r"""
CREATE FUNCTION outcomes_patients_entered(gone uuid[]) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    -- Everybody whom the demo brought has a course with a key of the demo's.
    SELECT count(*) FROM clinic_patient p WHERE p.clinic_id = ANY (gone) AND NOT EXISTS (
        SELECT FROM treatment_course c
        WHERE c.clinic_id = p.clinic_id AND c.patient_id = p.id AND c.external_id ~ '^demo-[0-9]+-[0-9]{8}-[0-9]+$');
$$;

CREATE FUNCTION outcomes_remove_invented(whose uuid) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    gone uuid[] := ARRAY(SELECT id FROM clinic_clinic WHERE organisation_id = whose);
    people uuid[];
    waiting text[];
    stuck text[];
    each record;
    number bigint;
    total bigint := 0;
    before bigint;
BEGIN
    IF row_security_active('clinic_patient') THEN
        RAISE EXCEPTION 'the owner of the tables has to see every clinic (BYPASSRLS)';
    END IF;
    PERFORM FROM clinic_clinic WHERE id = ANY (gone) FOR UPDATE;
    IF coalesce(array_length(gone, 1), 0) = 0 OR EXISTS (SELECT FROM clinic_clinic WHERE id = ANY (gone) AND NOT is_demo) THEN
        RAISE EXCEPTION 'not an invented clinic' USING ERRCODE = 'restrict_violation';
    END IF;
    -- Nobody may be registered between the count and the end.
    LOCK TABLE clinic_patient, treatment_course IN SHARE ROW EXCLUSIVE MODE;
    IF outcomes_patients_entered(gone) > 0 THEN
        RAISE EXCEPTION 'patients were entered' USING ERRCODE = 'restrict_violation';
    END IF;
    -- Whoever was a member of these clinics alone leaves with them.
    people := ARRAY(SELECT user_id FROM clinic_membership GROUP BY user_id HAVING bool_and(clinic_id = ANY (gone)));
    PERFORM set_config('app.leaving_users', array_to_string(people, ','), true);
    PERFORM set_config('pgtrigger.ignore', (
        SELECT array_agg(tgname)::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger\_%' AND NOT tgisinternal), true);

    -- Tables with a clinic, children before parents: what a reference still holds back is tried again in the next round.
    waiting := ARRAY(
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'clinic_id' AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.relname);
    WHILE array_length(waiting, 1) > 0 LOOP
        stuck := ARRAY[]::text[];
        FOR each IN SELECT unnest(waiting) AS name LOOP
            BEGIN
                EXECUTE format('DELETE FROM %I WHERE clinic_id = ANY ($1)', each.name) USING gone;
                GET DIAGNOSTICS number = ROW_COUNT;
                total := total + number;
            EXCEPTION WHEN foreign_key_violation THEN
                stuck := stuck || each.name::text;
            END;
        END LOOP;
        IF stuck = waiting THEN
            RAISE EXCEPTION 'these hold each other: %', stuck;
        END IF;
        waiting := stuck;
    END LOOP;
    DELETE FROM clinic_platformevent WHERE detail ->> 'clinic' = ANY (gone::text[]) OR user_id = ANY (people);
    DELETE FROM clinic_clinic WHERE id = ANY (gone);
    DELETE FROM clinic_organisation WHERE id = whose;

    -- What belongs to the people who leave: second factors, addresses, groups.
    FOR each IN
        SELECT c.conrelid::regclass AS held, a.attname AS by_column FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'clinic_user'::regclass AND c.conrelid <> 'clinic_auditevent'::regclass
          AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.conrelid)
          AND NOT EXISTS (SELECT FROM pg_attribute x WHERE x.attrelid = c.conrelid AND x.attname = 'clinic_id')
    LOOP
        EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1)', each.held, each.by_column) USING people;
    END LOOP;
    DELETE FROM clinic_user WHERE id = ANY (people);
    RETURN jsonb_build_object('clinics', array_length(gone, 1), 'people', coalesce(array_length(people, 1), 0), 'rows', total);
END $$;

REVOKE ALL ON FUNCTION outcomes_remove_invented(uuid), outcomes_patients_entered(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION outcomes_remove_invented(uuid), outcomes_patients_entered(uuid[]) TO backlight_app;
"""


def removal_function() -> migrations.RunSQL:
    """The two functions, callable by the web's role alone."""
    return migrations.RunSQL(_FUNCTION, migrations.RunSQL.noop)
