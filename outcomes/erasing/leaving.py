"""The function of the tables' owner that erases a person. Migration operation only.

The serving roles may not change signed visits, answers or former states of rows, and are never to: they may call this function. It
touches nobody who is not written down in `clinic_erasure` first, in the scope that is open, and leaves the audit alone.
What it does to which column stands in `retention.csv`.
"""

from django.db import migrations

_MAY = """
CREATE FUNCTION clinic_is_erasing(relation oid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('app.erasing', true), '') <> 'yes' THEN RETURN false; END IF;
    RETURN EXISTS (
        SELECT FROM pg_class WHERE oid = relation AND pg_get_userbyid(relowner) = current_user
        AND relname !~ '^clinic_(auditevent|platformevent|erasure|operation)');
END $$;

CREATE OR REPLACE FUNCTION clinic_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' THEN
        IF clinic_may_leave(TG_RELID, to_jsonb(OLD)) OR clinic_is_erasing(TG_RELID) THEN RETURN OLD; END IF;
    ELSIF TG_OP = 'UPDATE' AND TG_LEVEL = 'ROW' THEN
        IF clinic_is_erasing(TG_RELID) THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE FUNCTION treatment_refuse_signed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.state = 'signed' AND NOT clinic_is_erasing(TG_RELID)
       AND NOT (TG_OP = 'DELETE' AND (clinic_may_leave(TG_RELID, to_jsonb(OLD)) OR OLD.external_id LIKE 'import:%')) THEN
        RAISE EXCEPTION 'a signed visit is locked' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION treatment_refuse_part_of_signed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    whole uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.visit_id ELSE NEW.visit_id END;
BEGIN
    IF TG_OP = 'DELETE' AND (clinic_may_leave(TG_RELID, to_jsonb(OLD)) OR clinic_is_erasing(TG_RELID)
       OR EXISTS (SELECT FROM treatment_visit WHERE id = whole AND external_id LIKE 'import:%')) THEN
        RETURN OLD;
    END IF;
    IF EXISTS (SELECT FROM treatment_visit WHERE id = whole AND state = 'signed')
       OR (TG_OP = 'UPDATE' AND EXISTS (SELECT FROM treatment_visit WHERE id = OLD.visit_id AND state = 'signed')) THEN
        RAISE EXCEPTION 'a part of a signed visit is locked' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
"""

# Who it was, and what nobody has to keep. `former`: the tables of former states lose the same.
_AT_ONCE = """
    DELETE FROM clinic_patienthistory WHERE clinic_id = whose AND id = ANY (people);
    UPDATE clinic_patient SET record_number = outcomes_reference_of(id), merged_because = '', withdrawn_at = coalesce(withdrawn_at, now())
        WHERE clinic_id = whose AND id = ANY (people);
    UPDATE clinic_patientidentity SET sealed = nobody, search_numbers = '{}', exact_numbers = '{}'
        WHERE clinic_id = whose AND patient_id = ANY (people);
    UPDATE clinic_emergencyaccess SET reason = '' WHERE clinic_id = whose AND patient_id = ANY (people);
    DELETE FROM clinic_message WHERE clinic_id = whose AND patient_id = ANY (people);
    DELETE FROM clinic_importrow WHERE clinic_id = whose AND patient_id = ANY (people);
    DELETE FROM clinic_idempotencykey WHERE clinic_id = whose AND answer::text ~ (
        SELECT string_agg(each::text, '|') FROM unnest(people || courses || visits || invitations || responses) AS each);
    DELETE FROM clinic_taskhistory WHERE clinic_id = whose AND id IN (
        SELECT id FROM clinic_task WHERE clinic_id = whose AND patient_id = ANY (people) AND state <> 'done');
    DELETE FROM clinic_task WHERE clinic_id = whose AND patient_id = ANY (people) AND state <> 'done';
    DELETE FROM treatment_visitdraft WHERE clinic_id = whose AND visit_id = ANY (visits);
    DELETE FROM outcomes_surveydraft WHERE clinic_id = whose AND invitation_id = ANY (invitations);
    UPDATE outcomes_invitation SET state = 'revoked' WHERE clinic_id = whose AND id = ANY (invitations) AND state = 'open';
    UPDATE treatment_visit SET state = 'cancelled_by_clinic'
        WHERE clinic_id = whose AND id = ANY (visits) AND state IN ('booked', 'arrived');
    UPDATE treatment_visit SET external_id = '' WHERE clinic_id = whose AND id = ANY (visits) AND external_id <> '';
    UPDATE treatment_visithistory SET external_id = '' WHERE clinic_id = whose AND course_id = ANY (courses);
    UPDATE treatment_course SET external_id = '', label = '', ended_on = coalesce(ended_on, current_date),
        end_reason = CASE WHEN end_reason = '' THEN 'other' ELSE end_reason END
        WHERE clinic_id = whose AND id = ANY (courses);
    UPDATE treatment_coursehistory SET external_id = '', label = '' WHERE clinic_id = whose AND id = ANY (courses);
    UPDATE outcomes_response SET source_key = '' WHERE clinic_id = whose AND id = ANY (responses) AND source_key <> '';
"""

# The rest, when its time is over; children before parents.
_THE_REST = [
    ("outcomes_outcomerow", "course_id = ANY (courses)"),
    ("outcomes_score", "course_id = ANY (courses)"),
    ("outcomes_responsevoid", "response_id = ANY (responses)"),
    ("outcomes_response", "course_id = ANY (courses)"),
    ("outcomes_invitation", "course_id = ANY (courses)"),
    ("treatment_addendum", "visit_id = ANY (visits)"),
    ("treatment_laserapplicationhistory", "visit_id = ANY (visits)"),
    ("treatment_laserapplication", "visit_id = ANY (visits)"),
    ("treatment_othertreatmenthistory", "visit_id = ANY (visits)"),
    ("treatment_othertreatment", "visit_id = ANY (visits)"),
    ("treatment_visithistory", "course_id = ANY (courses)"),
    ("treatment_visit", "course_id = ANY (courses)"),
    ("treatment_plannedexercisehistory", "plan_id = ANY (plans)"),
    ("treatment_plannedexercise", "plan_id = ANY (plans)"),
    ("treatment_plannedtherapyhistory", "plan_id = ANY (plans)"),
    ("treatment_plannedtherapy", "plan_id = ANY (plans)"),
    ("treatment_planhistory", "course_id = ANY (courses)"),
    ("treatment_plan", "course_id = ANY (courses)"),
    ("treatment_coursehistory", "id = ANY (courses)"),
    ("treatment_course", "id = ANY (courses)"),
    ("clinic_taskhistory", "patient_id = ANY (people)"),
    ("clinic_task", "patient_id = ANY (people)"),
    ("clinic_consent", "patient_id = ANY (people)"),
    ("clinic_emergencyaccess", "patient_id = ANY (people)"),
    ("clinic_export", "patient_id = ANY (people)"),
    ("clinic_patientidentity", "patient_id = ANY (people)"),
    ("clinic_patient", "id = ANY (people) AND merged_into_id IS NOT NULL"),
    ("clinic_patient", "id = ANY (people)"),
]
_DELETIONS = "\n".join(f"        DELETE FROM {table} WHERE clinic_id = whose AND {which};" for table, which in _THE_REST)  # noqa: S608

_ERASE = f"""
CREATE FUNCTION outcomes_reference_of(person uuid) RETURNS varchar LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT 'E-' || upper(right(replace(person::text, '-', ''), 10));
$$;

CREATE FUNCTION outcomes_erase(whose uuid, people uuid[], nobody bytea, whole boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    courses uuid[] := ARRAY(SELECT id FROM treatment_course WHERE clinic_id = whose AND patient_id = ANY (people));
    plans uuid[] := ARRAY(SELECT id FROM treatment_plan WHERE clinic_id = whose AND course_id = ANY (courses));
    visits uuid[] := ARRAY(SELECT id FROM treatment_visit WHERE clinic_id = whose AND course_id = ANY (courses));
    invitations uuid[] := ARRAY(SELECT id FROM outcomes_invitation WHERE clinic_id = whose AND course_id = ANY (courses));
    responses uuid[] := ARRAY(SELECT id FROM outcomes_response WHERE clinic_id = whose AND course_id = ANY (courses));
BEGIN
    IF row_security_active('clinic_patient') THEN
        RAISE EXCEPTION 'the owner of the tables has to see every clinic (BYPASSRLS)';
    END IF;
    IF current_setting('app.clinics', true) IS DISTINCT FROM whose::text OR cardinality(people) = 0 OR EXISTS (
        SELECT FROM unnest(people) AS asked_for WHERE NOT EXISTS (
            SELECT FROM clinic_erasure e
            WHERE e.clinic_id = whose AND asked_for = ANY (e.people) AND (e.kind = 'record' OR NOT whole))) THEN
        RAISE EXCEPTION 'nobody of these is in the erasure ledger of this clinic' USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM set_config('app.erasing', 'yes', true);
    PERFORM set_config('pgtrigger.ignore', (
        SELECT array_agg(DISTINCT tgname)::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger\\_%' AND NOT tgisinternal), true);
{_AT_ONCE}
    IF whole THEN
{_DELETIONS}
    END IF;
    PERFORM set_config('pgtrigger.ignore', '', true);
    PERFORM set_config('app.erasing', '', true);
END $$;

REVOKE ALL ON FUNCTION outcomes_erase(uuid, uuid[], bytea, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION outcomes_erase(uuid, uuid[], bytea, boolean) TO backlight_app, backlight_worker;
"""  # noqa: S608 - made of this module's own lines


def erasing_functions() -> migrations.RunSQL:
    """The function, callable by the serving roles, and the guards that let it through."""
    return migrations.RunSQL(_MAY + _ERASE, migrations.RunSQL.noop)
