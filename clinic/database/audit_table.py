"""The audit table as PostgreSQL sees it: partitioned by month, counted per clinic, added to and never changed.

Migration operations only; the model is `clinic.models.AuditEvent`. The functions run with their owner's rights, so that the
serving roles can neither reset a clinic's counter nor make or drop a partition.
"""

from django.db import migrations

from clinic.database.wall import IN_SCOPE

_CREATE = """
CREATE TABLE clinic_auditevent (
    id uuid NOT NULL,
    clinic_id uuid NOT NULL REFERENCES clinic_clinic (id),
    at timestamptz NOT NULL DEFAULT statement_timestamp(),
    sequence bigint NOT NULL DEFAULT 0,
    action varchar(60) NOT NULL,
    actor_kind varchar(10) NOT NULL,
    actor_user_id uuid REFERENCES clinic_user (id),
    actor_roles varchar(80) NOT NULL,
    patient_id uuid,
    object_type varchar(60) NOT NULL,
    object_id uuid,
    request_id varchar(40) NOT NULL,
    address inet,
    detail jsonb NOT NULL,
    PRIMARY KEY (clinic_id, at, id)
) PARTITION BY RANGE (at);
CREATE INDEX audit_by_patient ON clinic_auditevent (clinic_id, patient_id, at DESC);
CREATE INDEX audit_by_person ON clinic_auditevent (clinic_id, actor_user_id, at DESC);

CREATE TABLE clinic_auditcounter (clinic_id uuid PRIMARY KEY REFERENCES clinic_clinic (id), last bigint NOT NULL);
REVOKE ALL ON clinic_auditcounter FROM backlight_app, backlight_worker;
ALTER TABLE clinic_auditcounter ENABLE ROW LEVEL SECURITY;
ALTER TABLE clinic_auditcounter FORCE ROW LEVEL SECURITY;

CREATE FUNCTION clinic_count_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO clinic_auditcounter AS counter (clinic_id, last) VALUES (NEW.clinic_id, 1)
        ON CONFLICT (clinic_id) DO UPDATE SET last = counter.last + 1
        RETURNING last INTO NEW.sequence;
    NEW.at := statement_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION clinic_make_audit_partitions(months integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET client_min_messages = warning AS $$
DECLARE
    first timestamptz;
    name text;
BEGIN
    FOR ahead IN 0..months LOOP
        first := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead)) AT TIME ZONE 'UTC';
        name := 'clinic_auditevent_' || to_char(first AT TIME ZONE 'UTC', 'YYYY_MM');
        IF to_regclass(name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF clinic_auditevent FOR VALUES FROM (%L) TO (%L)',
                           name, first, (first AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC');
            EXECUTE format('REVOKE ALL ON %I FROM backlight_app, backlight_worker', name);
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
            EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        END IF;
    END LOOP;
END $$;

-- Nothing is lost when the month's partition is missing.
CREATE TABLE clinic_auditevent_default PARTITION OF clinic_auditevent DEFAULT;
REVOKE ALL ON clinic_auditevent_default FROM backlight_app, backlight_worker;
ALTER TABLE clinic_auditevent_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE clinic_auditevent_default FORCE ROW LEVEL SECURITY;
SELECT clinic_make_audit_partitions(3);
"""

_WALL = f"""
CREATE TRIGGER count_audit BEFORE INSERT ON clinic_auditevent FOR EACH ROW EXECUTE FUNCTION clinic_count_audit();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON clinic_auditevent
    FOR EACH ROW EXECUTE FUNCTION clinic_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON clinic_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION clinic_refuse_change();
ALTER TABLE clinic_auditevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE clinic_auditevent FORCE ROW LEVEL SECURITY;
CREATE POLICY by_clinic ON clinic_auditevent USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});
REVOKE UPDATE, DELETE, TRUNCATE ON clinic_auditevent, clinic_platformevent FROM backlight_app, backlight_worker;
GRANT SELECT ON clinic_auditevent TO backlight_reporter;
GRANT SELECT ON clinic_clinic, clinic_organisation TO backlight_reporter;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON clinic_platformevent
    FOR EACH ROW EXECUTE FUNCTION clinic_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON clinic_platformevent
    FOR EACH STATEMENT EXECUTE FUNCTION clinic_refuse_change();
"""

# Before a scope is known, a person may see what they themselves are in which clinic.
_OWN_MEMBERSHIPS = """
CREATE POLICY own_membership ON clinic_membership FOR SELECT
    USING (user_id = nullif(current_setting('app.user', true), '')::uuid);
"""

# Counts of sign-in tries (Django's cache in the database); nothing personal but hashed keys.
_CACHE = """
CREATE UNLOGGED TABLE clinic_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX clinic_cache_expires ON clinic_cache (expires);
"""


def create_table() -> migrations.RunSQL:
    """The partitioned table, its counter and the function that makes partitions."""
    return migrations.RunSQL(_CREATE, migrations.RunSQL.noop)


def raise_wall() -> migrations.RunSQL:
    """Row-level security, append-only triggers and grants of both audit tables."""
    return migrations.RunSQL(_WALL, migrations.RunSQL.noop)


def own_memberships() -> migrations.RunSQL:
    """The policy that lets a person see their own memberships."""
    return migrations.RunSQL(_OWN_MEMBERSHIPS, migrations.RunSQL.noop)


def cache_table() -> migrations.RunSQL:
    """The table of Django's database cache."""
    return migrations.RunSQL(_CACHE, "DROP TABLE clinic_cache")
