"""The lock on signed visits, in the database: no role, no bulk update and no raw SQL gets past it. Migration operation only."""

from django.db import migrations

_LOCK = """
CREATE FUNCTION treatment_refuse_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'signed' THEN
        RAISE EXCEPTION 'a signed visit is locked' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refuse_signed BEFORE UPDATE OR DELETE ON treatment_visit
    FOR EACH ROW EXECUTE FUNCTION treatment_refuse_signed();

CREATE FUNCTION treatment_refuse_part_of_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.visit_id ELSE NEW.visit_id END;
BEGIN
    IF EXISTS (SELECT FROM treatment_visit WHERE id = whole AND state = 'signed')
       OR (TG_OP = 'UPDATE' AND EXISTS (SELECT FROM treatment_visit WHERE id = OLD.visit_id AND state = 'signed')) THEN
        RAISE EXCEPTION 'a part of a signed visit is locked' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refuse_part_of_signed BEFORE INSERT OR UPDATE OR DELETE ON treatment_laserapplication
    FOR EACH ROW EXECUTE FUNCTION treatment_refuse_part_of_signed();
CREATE TRIGGER refuse_part_of_signed BEFORE INSERT OR UPDATE OR DELETE ON treatment_othertreatment
    FOR EACH ROW EXECUTE FUNCTION treatment_refuse_part_of_signed();
"""

LOCK_SIGNED_VISITS = migrations.RunSQL(_LOCK, migrations.RunSQL.noop)

_LOCK_FOR_REAL_CLINICS = """
CREATE OR REPLACE FUNCTION treatment_refuse_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'signed' AND NOT (TG_OP = 'DELETE' AND clinic_may_leave(TG_RELID, to_jsonb(OLD))) THEN
        RAISE EXCEPTION 'a signed visit is locked' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION treatment_refuse_part_of_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.visit_id ELSE NEW.visit_id END;
BEGIN
    IF TG_OP = 'DELETE' AND clinic_may_leave(TG_RELID, to_jsonb(OLD)) THEN RETURN OLD; END IF;
    IF EXISTS (SELECT FROM treatment_visit WHERE id = whole AND state = 'signed')
       OR (TG_OP = 'UPDATE' AND EXISTS (SELECT FROM treatment_visit WHERE id = OLD.visit_id AND state = 'signed')) THEN
        RAISE EXCEPTION 'a part of a signed visit is locked' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
"""

# Whoever removes the demo (clinic.database.leaving) removes its signed visits too.
LET_INVENTED_VISITS_LEAVE = migrations.RunSQL(_LOCK_FOR_REAL_CLINICS, migrations.RunSQL.noop)

_LOCK_FOR_IMPORTS = """
CREATE OR REPLACE FUNCTION treatment_refuse_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'signed'
       AND NOT (TG_OP = 'DELETE' AND (clinic_may_leave(TG_RELID, to_jsonb(OLD)) OR OLD.external_id LIKE 'import:%')) THEN
        RAISE EXCEPTION 'a signed visit is locked' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION treatment_refuse_part_of_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whole uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.visit_id ELSE NEW.visit_id END;
BEGIN
    IF TG_OP = 'DELETE' AND (clinic_may_leave(TG_RELID, to_jsonb(OLD))
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

# A visit that a file brought was signed by nobody here: taking the file back deletes it whole. It can no more be changed than others,
# nobody can mark a signed visit as imported, and its history keeps what it was.
LET_IMPORTED_VISITS_LEAVE = migrations.RunSQL(_LOCK_FOR_IMPORTS, migrations.RunSQL.noop)
