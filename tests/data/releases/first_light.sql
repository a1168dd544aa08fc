--
-- PostgreSQL database dump
--

\restrict tuLiLiQb3DYHLunQ8c2HbBvHbXD9reayUGI6wjsNb9BUyCX1iYe2VhEPI3JCKlx

-- Dumped from database version 18.4
-- Dumped by pg_dump version 18.4

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: _pgh_attach_context(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public._pgh_attach_context() RETURNS uuid
    LANGUAGE plpgsql
    AS $$
                    DECLARE
                        _pgh_context_id UUID;
                        _pgh_context_metadata JSONB;
                    BEGIN
                        BEGIN
                            SELECT INTO _pgh_context_id
                                CURRENT_SETTING('pghistory.context_id');
                            SELECT INTO _pgh_context_metadata
                                CURRENT_SETTING('pghistory.context_metadata');
                            EXCEPTION WHEN OTHERS THEN
                        END;
                        IF _pgh_context_id IS NOT NULL AND _pgh_context_metadata IS NOT NULL THEN
                            INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
                                VALUES (_pgh_context_id, _pgh_context_metadata, NOW(), NOW())
                                ON CONFLICT (id) DO UPDATE
                                    SET metadata = EXCLUDED.metadata,
                                        updated_at = EXCLUDED.updated_at
                                    WHERE pghistory_context.metadata != EXCLUDED.metadata;
                            RETURN _pgh_context_id;
                        ELSE
                            RETURN NULL;
                        END IF;
                    END;
                $$;


--
-- Name: _pgtrigger_should_ignore(name); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
                DECLARE
                    _pgtrigger_ignore TEXT[];
                    _result BOOLEAN;
                BEGIN
                    BEGIN
                        SELECT INTO _pgtrigger_ignore
                            CURRENT_SETTING('pgtrigger.ignore');
                        EXCEPTION WHEN OTHERS THEN
                    END;
                    IF _pgtrigger_ignore IS NOT NULL THEN
                        SELECT trigger_name = ANY(_pgtrigger_ignore)
                        INTO _result;
                        RETURN _result;
                    ELSE
                        RETURN FALSE;
                    END IF;
                END;
            $$;


--
-- Name: clinic_count_audit(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.clinic_count_audit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
BEGIN
    INSERT INTO clinic_auditcounter AS counter (clinic_id, last) VALUES (NEW.clinic_id, 1)
        ON CONFLICT (clinic_id) DO UPDATE SET last = counter.last + 1
        RETURNING last INTO NEW.sequence;
    NEW.at := statement_timestamp();
    RETURN NEW;
END $$;


--
-- Name: clinic_make_audit_partitions(integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.clinic_make_audit_partitions(months integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    SET client_min_messages TO 'warning'
    AS $$
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


--
-- Name: clinic_refuse_change(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.clinic_refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;


--
-- Name: outcomes_refresh_rows(uuid[], uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.outcomes_refresh_rows(new_ids uuid[], of_courses uuid[], of_scales text[]) RETURNS integer
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE written integer;
BEGIN
    PERFORM id FROM treatment_course WHERE id = ANY (of_courses) ORDER BY id FOR NO KEY UPDATE;
    WITH pair AS (
        SELECT given.id, course.clinic_id, given.course_id, given.scale
        FROM unnest(new_ids, of_courses, of_scales) AS given (id, course_id, scale)
        JOIN treatment_course course ON course.id = given.course_id
    ), newest_scoring AS (
        SELECT DISTINCT ON (score.course_id, score.scale, score.response_id)
            score.course_id, score.scale, score.response_id, score.value, score.occurred_at AS at, response.occasion
        FROM pair
        JOIN outcomes_score score
            ON score.clinic_id = pair.clinic_id AND score.course_id = pair.course_id AND score.scale = pair.scale
        JOIN outcomes_response response ON response.id = score.response_id
        WHERE NOT EXISTS (SELECT FROM outcomes_responsevoid void WHERE void.response_id = score.response_id)
        ORDER BY score.course_id, score.scale, score.response_id, score.scored_at DESC, score.id DESC
    ), counted AS MATERIALIZED (
        SELECT * FROM newest_scoring WHERE value IS NOT NULL
    ), baseline AS (
        SELECT DISTINCT ON (course_id, scale) * FROM counted WHERE occasion = 'baseline'
        ORDER BY course_id, scale, at DESC, response_id DESC
    ), latest AS (
        SELECT DISTINCT ON (counted.course_id, counted.scale) counted.*
        FROM counted LEFT JOIN baseline ON baseline.course_id = counted.course_id AND baseline.scale = counted.scale
        WHERE counted.occasion <> 'baseline' AND (baseline.at IS NULL OR counted.at > baseline.at)
        ORDER BY counted.course_id, counted.scale, counted.at DESC, counted.response_id DESC
    ), answered AS (
        SELECT course_id, scale, count(*) AS number FROM counted GROUP BY course_id, scale
    )
    INSERT INTO outcomes_outcomerow (
        id, clinic_id, course_id, scale, baseline_value, baseline_at, baseline_response_id,
        latest_value, latest_at, latest_response_id, latest_occasion, answered, rebuilt_at
    )
    SELECT pair.id, pair.clinic_id, pair.course_id, pair.scale, baseline.value, baseline.at, baseline.response_id,
        latest.value, latest.at, latest.response_id, coalesce(latest.occasion, ''), coalesce(answered.number, 0), now()
    FROM pair
    LEFT JOIN baseline ON baseline.course_id = pair.course_id AND baseline.scale = pair.scale
    LEFT JOIN latest ON latest.course_id = pair.course_id AND latest.scale = pair.scale
    LEFT JOIN answered ON answered.course_id = pair.course_id AND answered.scale = pair.scale
    ON CONFLICT (clinic_id, course_id, scale) DO UPDATE SET
        baseline_value = excluded.baseline_value,
        baseline_at = excluded.baseline_at,
        baseline_response_id = excluded.baseline_response_id,
        latest_value = excluded.latest_value,
        latest_at = excluded.latest_at,
        latest_response_id = excluded.latest_response_id,
        latest_occasion = excluded.latest_occasion,
        answered = excluded.answered,
        rebuilt_at = excluded.rebuilt_at;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END $$;


--
-- Name: outcomes_store_answers(jsonb, jsonb, uuid[], uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.outcomes_store_answers(responses jsonb, scores jsonb, new_ids uuid[], of_courses uuid[], of_scales text[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO outcomes_response SELECT (jsonb_populate_recordset(NULL::outcomes_response, responses)).*;
    INSERT INTO outcomes_score SELECT (jsonb_populate_recordset(NULL::outcomes_score, scores)).*;
    PERFORM outcomes_refresh_rows(new_ids, of_courses, of_scales);
END $$;


--
-- Name: pgtrigger_append_only_072e2(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_072e2() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_append_only_09113(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_09113() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_append_only_19fed(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_19fed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_append_only_51330(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_51330() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_append_only_5e610(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_5e610() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_append_only_94e75(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_94e75() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_append_only_9f606(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_9f606() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_append_only_c96fd(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_c96fd() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_append_only_df515(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_df515() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_append_only_e1dc2(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_e1dc2() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_append_only_f1fc8(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_f1fc8() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_append_only_f58aa(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_f58aa() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_append_only_ff4cb(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_append_only_ff4cb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_36cd8(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_36cd8() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_coursehistory" ("clinic_id", "complaint", "end_reason", "ended_on", "external_id", "icd10_code", "id", "label", "onset_on", "patient_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible_id", "started_on") VALUES (OLD."clinic_id", OLD."complaint", OLD."end_reason", OLD."ended_on", OLD."external_id", OLD."icd10_code", OLD."id", OLD."label", OLD."onset_on", OLD."patient_id", NOW(), 'before_change', OLD."id", OLD."responsible_id", OLD."started_on"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_3d264(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_3d264() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_laserapplicationhistory" ("average_power_w", "clinic_id", "copied_from", "device_id", "dose_version", "duty_cycle_percent", "emission_s", "energy_computed_j", "energy_differs", "energy_per_point_j", "energy_typed_j", "fluence_j_cm2", "frequency_hz", "handpiece_id", "id", "irradiance_w_cm2", "levels", "mode", "not_computable", "peak_power_w", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "protocol_id", "pulse_duration_s", "region", "seconds_per_point", "side", "spot_area_cm2", "technique", "treated_area_cm2", "visit_id", "wavelength_shares") VALUES (OLD."average_power_w", OLD."clinic_id", OLD."copied_from", OLD."device_id", OLD."dose_version", OLD."duty_cycle_percent", OLD."emission_s", OLD."energy_computed_j", OLD."energy_differs", OLD."energy_per_point_j", OLD."energy_typed_j", OLD."fluence_j_cm2", OLD."frequency_hz", OLD."handpiece_id", OLD."id", OLD."irradiance_w_cm2", OLD."levels", OLD."mode", OLD."not_computable", OLD."peak_power_w", NOW(), 'before_change', OLD."id", OLD."points", OLD."position", OLD."protocol_id", OLD."pulse_duration_s", OLD."region", OLD."seconds_per_point", OLD."side", OLD."spot_area_cm2", OLD."technique", OLD."treated_area_cm2", OLD."visit_id", OLD."wavelength_shares"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_5c353(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_5c353() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_devicehistory" ("clinic_id", "id", "is_active", "laser_class", "maker", "maximum_power_w", "model", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "serial_number") VALUES (OLD."clinic_id", OLD."id", OLD."is_active", OLD."laser_class", OLD."maker", OLD."maximum_power_w", OLD."model", OLD."name", NOW(), 'before_change', OLD."id", OLD."serial_number"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_7af04(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_7af04() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_protocolhistory" ("average_power_w", "clinic_id", "device_id", "duty_cycle_percent", "emission_s", "frequency_hz", "handpiece_id", "id", "is_active", "mode", "name", "peak_power_w", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "pulse_duration_s", "region", "seconds_per_point", "source", "spot_area_cm2", "technique", "treated_area_cm2", "version", "wavelength_shares") VALUES (OLD."average_power_w", OLD."clinic_id", OLD."device_id", OLD."duty_cycle_percent", OLD."emission_s", OLD."frequency_hz", OLD."handpiece_id", OLD."id", OLD."is_active", OLD."mode", OLD."name", OLD."peak_power_w", NOW(), 'before_change', OLD."id", OLD."points", OLD."pulse_duration_s", OLD."region", OLD."seconds_per_point", OLD."source", OLD."spot_area_cm2", OLD."technique", OLD."treated_area_cm2", OLD."version", OLD."wavelength_shares"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_8217a(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_8217a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "clinic_taskhistory" ("assigned_to_id", "clinic_id", "closed_at", "decision", "due_on", "id", "kind", "opened_at", "patient_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "subject_id", "urgent") VALUES (OLD."assigned_to_id", OLD."clinic_id", OLD."closed_at", OLD."decision", OLD."due_on", OLD."id", OLD."kind", OLD."opened_at", OLD."patient_id", NOW(), 'before_change', OLD."id", OLD."reason", OLD."state", OLD."subject_id", OLD."urgent"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_8540d(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_8540d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_devicewavelengthhistory" ("clinic_id", "device_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "wavelength_nm") VALUES (OLD."clinic_id", OLD."device_id", OLD."id", NOW(), 'before_change', OLD."id", OLD."wavelength_nm"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_87d9f(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_87d9f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_planhistory" ("clinic_id", "course_id", "id", "made_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_visits", "protocol_id", "review_on", "version", "visits_per_week") VALUES (OLD."clinic_id", OLD."course_id", OLD."id", OLD."made_at", NOW(), 'before_change', OLD."id", OLD."planned_visits", OLD."protocol_id", OLD."review_on", OLD."version", OLD."visits_per_week"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_90924(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_90924() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_plannedexercisehistory" ("clinic_id", "id", "minutes", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "repetitions", "sets", "weekdays") VALUES (OLD."clinic_id", OLD."id", OLD."minutes", OLD."name", NOW(), 'before_change', OLD."id", OLD."plan_id", OLD."position", OLD."repetitions", OLD."sets", OLD."weekdays"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_a1b6f(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_a1b6f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_visithistory" ("arrived_at", "client_key", "clinic_id", "course_id", "id", "no_pain_after_reason", "note", "occurred_at", "pain_after", "pain_before", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_for", "reaction", "recorded_at", "signed_by_id", "skin_checked", "state", "therapist_id") VALUES (OLD."arrived_at", OLD."client_key", OLD."clinic_id", OLD."course_id", OLD."id", OLD."no_pain_after_reason", OLD."note", OLD."occurred_at", OLD."pain_after", OLD."pain_before", NOW(), 'before_change', OLD."id", OLD."planned_for", OLD."reaction", OLD."recorded_at", OLD."signed_by_id", OLD."skin_checked", OLD."state", OLD."therapist_id"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_a5341(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_a5341() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "clinic_patienthistory" ("clinic_id", "deceased_on", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_number", "registered_at", "sex") VALUES (OLD."clinic_id", OLD."deceased_on", OLD."id", OLD."language", NOW(), 'before_change', OLD."id", OLD."record_number", OLD."registered_at", OLD."sex"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_b1eb0(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_b1eb0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_othertreatmenthistory" ("clinic_id", "code", "grade", "id", "kind", "levels", "minutes", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "region", "side", "visit_id") VALUES (OLD."clinic_id", OLD."code", OLD."grade", OLD."id", OLD."kind", OLD."levels", OLD."minutes", NOW(), 'before_change', OLD."id", OLD."position", OLD."region", OLD."side", OLD."visit_id"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_c0c35(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_c0c35() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_plannedtherapyhistory" ("clinic_id", "code", "id", "kind", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position") VALUES (OLD."clinic_id", OLD."code", OLD."id", OLD."kind", OLD."note", NOW(), 'before_change', OLD."id", OLD."plan_id", OLD."position"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_change_update_f69ed(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_change_update_f69ed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_handpiecehistory" ("clinic_id", "device_id", "edge_definition", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "spot_area_cm2") VALUES (OLD."clinic_id", OLD."device_id", OLD."edge_definition", OLD."id", OLD."name", NOW(), 'before_change', OLD."id", OLD."spot_area_cm2"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_38ee5(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_38ee5() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_handpiecehistory" ("clinic_id", "device_id", "edge_definition", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "spot_area_cm2") VALUES (OLD."clinic_id", OLD."device_id", OLD."edge_definition", OLD."id", OLD."name", NOW(), 'before_deletion', OLD."id", OLD."spot_area_cm2"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_5a378(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_5a378() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_coursehistory" ("clinic_id", "complaint", "end_reason", "ended_on", "external_id", "icd10_code", "id", "label", "onset_on", "patient_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible_id", "started_on") VALUES (OLD."clinic_id", OLD."complaint", OLD."end_reason", OLD."ended_on", OLD."external_id", OLD."icd10_code", OLD."id", OLD."label", OLD."onset_on", OLD."patient_id", NOW(), 'before_deletion', OLD."id", OLD."responsible_id", OLD."started_on"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_60dc0(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_60dc0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_plannedexercisehistory" ("clinic_id", "id", "minutes", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "repetitions", "sets", "weekdays") VALUES (OLD."clinic_id", OLD."id", OLD."minutes", OLD."name", NOW(), 'before_deletion', OLD."id", OLD."plan_id", OLD."position", OLD."repetitions", OLD."sets", OLD."weekdays"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_61d6a(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_61d6a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_devicehistory" ("clinic_id", "id", "is_active", "laser_class", "maker", "maximum_power_w", "model", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "serial_number") VALUES (OLD."clinic_id", OLD."id", OLD."is_active", OLD."laser_class", OLD."maker", OLD."maximum_power_w", OLD."model", OLD."name", NOW(), 'before_deletion', OLD."id", OLD."serial_number"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_64485(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_64485() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_planhistory" ("clinic_id", "course_id", "id", "made_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_visits", "protocol_id", "review_on", "version", "visits_per_week") VALUES (OLD."clinic_id", OLD."course_id", OLD."id", OLD."made_at", NOW(), 'before_deletion', OLD."id", OLD."planned_visits", OLD."protocol_id", OLD."review_on", OLD."version", OLD."visits_per_week"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_71f2f(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_71f2f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "clinic_patienthistory" ("clinic_id", "deceased_on", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_number", "registered_at", "sex") VALUES (OLD."clinic_id", OLD."deceased_on", OLD."id", OLD."language", NOW(), 'before_deletion', OLD."id", OLD."record_number", OLD."registered_at", OLD."sex"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_7a541(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_7a541() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_visithistory" ("arrived_at", "client_key", "clinic_id", "course_id", "id", "no_pain_after_reason", "note", "occurred_at", "pain_after", "pain_before", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_for", "reaction", "recorded_at", "signed_by_id", "skin_checked", "state", "therapist_id") VALUES (OLD."arrived_at", OLD."client_key", OLD."clinic_id", OLD."course_id", OLD."id", OLD."no_pain_after_reason", OLD."note", OLD."occurred_at", OLD."pain_after", OLD."pain_before", NOW(), 'before_deletion', OLD."id", OLD."planned_for", OLD."reaction", OLD."recorded_at", OLD."signed_by_id", OLD."skin_checked", OLD."state", OLD."therapist_id"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_7e879(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_7e879() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_laserapplicationhistory" ("average_power_w", "clinic_id", "copied_from", "device_id", "dose_version", "duty_cycle_percent", "emission_s", "energy_computed_j", "energy_differs", "energy_per_point_j", "energy_typed_j", "fluence_j_cm2", "frequency_hz", "handpiece_id", "id", "irradiance_w_cm2", "levels", "mode", "not_computable", "peak_power_w", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "protocol_id", "pulse_duration_s", "region", "seconds_per_point", "side", "spot_area_cm2", "technique", "treated_area_cm2", "visit_id", "wavelength_shares") VALUES (OLD."average_power_w", OLD."clinic_id", OLD."copied_from", OLD."device_id", OLD."dose_version", OLD."duty_cycle_percent", OLD."emission_s", OLD."energy_computed_j", OLD."energy_differs", OLD."energy_per_point_j", OLD."energy_typed_j", OLD."fluence_j_cm2", OLD."frequency_hz", OLD."handpiece_id", OLD."id", OLD."irradiance_w_cm2", OLD."levels", OLD."mode", OLD."not_computable", OLD."peak_power_w", NOW(), 'before_deletion', OLD."id", OLD."points", OLD."position", OLD."protocol_id", OLD."pulse_duration_s", OLD."region", OLD."seconds_per_point", OLD."side", OLD."spot_area_cm2", OLD."technique", OLD."treated_area_cm2", OLD."visit_id", OLD."wavelength_shares"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_8f015(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_8f015() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_devicewavelengthhistory" ("clinic_id", "device_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "wavelength_nm") VALUES (OLD."clinic_id", OLD."device_id", OLD."id", NOW(), 'before_deletion', OLD."id", OLD."wavelength_nm"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_9b39e(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_9b39e() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_protocolhistory" ("average_power_w", "clinic_id", "device_id", "duty_cycle_percent", "emission_s", "frequency_hz", "handpiece_id", "id", "is_active", "mode", "name", "peak_power_w", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "pulse_duration_s", "region", "seconds_per_point", "source", "spot_area_cm2", "technique", "treated_area_cm2", "version", "wavelength_shares") VALUES (OLD."average_power_w", OLD."clinic_id", OLD."device_id", OLD."duty_cycle_percent", OLD."emission_s", OLD."frequency_hz", OLD."handpiece_id", OLD."id", OLD."is_active", OLD."mode", OLD."name", OLD."peak_power_w", NOW(), 'before_deletion', OLD."id", OLD."points", OLD."pulse_duration_s", OLD."region", OLD."seconds_per_point", OLD."source", OLD."spot_area_cm2", OLD."technique", OLD."treated_area_cm2", OLD."version", OLD."wavelength_shares"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_b4522(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_b4522() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_plannedtherapyhistory" ("clinic_id", "code", "id", "kind", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position") VALUES (OLD."clinic_id", OLD."code", OLD."id", OLD."kind", OLD."note", NOW(), 'before_deletion', OLD."id", OLD."plan_id", OLD."position"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_c6c54(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_c6c54() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "clinic_taskhistory" ("assigned_to_id", "clinic_id", "closed_at", "decision", "due_on", "id", "kind", "opened_at", "patient_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "subject_id", "urgent") VALUES (OLD."assigned_to_id", OLD."clinic_id", OLD."closed_at", OLD."decision", OLD."due_on", OLD."id", OLD."kind", OLD."opened_at", OLD."patient_id", NOW(), 'before_deletion', OLD."id", OLD."reason", OLD."state", OLD."subject_id", OLD."urgent"); RETURN NULL;
                END;
            $$;


--
-- Name: pgtrigger_before_deletion_delete_f40d6(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.pgtrigger_before_deletion_delete_f40d6() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "treatment_othertreatmenthistory" ("clinic_id", "code", "grade", "id", "kind", "levels", "minutes", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "region", "side", "visit_id") VALUES (OLD."clinic_id", OLD."code", OLD."grade", OLD."id", OLD."kind", OLD."levels", OLD."minutes", NOW(), 'before_deletion', OLD."id", OLD."position", OLD."region", OLD."side", OLD."visit_id"); RETURN NULL;
                END;
            $$;


--
-- Name: treatment_refuse_part_of_signed(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.treatment_refuse_part_of_signed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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


--
-- Name: treatment_refuse_signed(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.treatment_refuse_signed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state = 'signed' THEN
        RAISE EXCEPTION 'a signed visit is locked' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: account_emailaddress; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);


--
-- Name: account_emailaddress_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: account_emailconfirmation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);


--
-- Name: account_emailconfirmation_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_group; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);


--
-- Name: auth_group_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_group_permissions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


--
-- Name: auth_group_permissions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_permission; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);


--
-- Name: auth_permission_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: clinic_apitoken; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_apitoken (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    token_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    clinic_id uuid NOT NULL,
    membership_id uuid NOT NULL
);

ALTER TABLE ONLY public.clinic_apitoken FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_auditcounter; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_auditcounter (
    clinic_id uuid NOT NULL,
    last bigint NOT NULL
);

ALTER TABLE ONLY public.clinic_auditcounter FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_auditevent; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_auditevent (
    id uuid NOT NULL,
    clinic_id uuid NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    sequence bigint DEFAULT 0 NOT NULL,
    action character varying(60) NOT NULL,
    actor_kind character varying(10) NOT NULL,
    actor_user_id uuid,
    actor_roles character varying(80) NOT NULL,
    patient_id uuid,
    object_type character varying(60) NOT NULL,
    object_id uuid,
    request_id character varying(40) NOT NULL,
    address inet,
    detail jsonb NOT NULL
)
PARTITION BY RANGE (at);

ALTER TABLE ONLY public.clinic_auditevent FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_auditevent_2026_11; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_auditevent_2026_11 (
    id uuid CONSTRAINT clinic_auditevent_id_not_null NOT NULL,
    clinic_id uuid CONSTRAINT clinic_auditevent_clinic_id_not_null NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() CONSTRAINT clinic_auditevent_at_not_null NOT NULL,
    sequence bigint DEFAULT 0 CONSTRAINT clinic_auditevent_sequence_not_null NOT NULL,
    action character varying(60) CONSTRAINT clinic_auditevent_action_not_null NOT NULL,
    actor_kind character varying(10) CONSTRAINT clinic_auditevent_actor_kind_not_null NOT NULL,
    actor_user_id uuid,
    actor_roles character varying(80) CONSTRAINT clinic_auditevent_actor_roles_not_null NOT NULL,
    patient_id uuid,
    object_type character varying(60) CONSTRAINT clinic_auditevent_object_type_not_null NOT NULL,
    object_id uuid,
    request_id character varying(40) CONSTRAINT clinic_auditevent_request_id_not_null NOT NULL,
    address inet,
    detail jsonb CONSTRAINT clinic_auditevent_detail_not_null NOT NULL
);

ALTER TABLE ONLY public.clinic_auditevent_2026_11 FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_auditevent_2026_12; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_auditevent_2026_12 (
    id uuid CONSTRAINT clinic_auditevent_id_not_null NOT NULL,
    clinic_id uuid CONSTRAINT clinic_auditevent_clinic_id_not_null NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() CONSTRAINT clinic_auditevent_at_not_null NOT NULL,
    sequence bigint DEFAULT 0 CONSTRAINT clinic_auditevent_sequence_not_null NOT NULL,
    action character varying(60) CONSTRAINT clinic_auditevent_action_not_null NOT NULL,
    actor_kind character varying(10) CONSTRAINT clinic_auditevent_actor_kind_not_null NOT NULL,
    actor_user_id uuid,
    actor_roles character varying(80) CONSTRAINT clinic_auditevent_actor_roles_not_null NOT NULL,
    patient_id uuid,
    object_type character varying(60) CONSTRAINT clinic_auditevent_object_type_not_null NOT NULL,
    object_id uuid,
    request_id character varying(40) CONSTRAINT clinic_auditevent_request_id_not_null NOT NULL,
    address inet,
    detail jsonb CONSTRAINT clinic_auditevent_detail_not_null NOT NULL
);

ALTER TABLE ONLY public.clinic_auditevent_2026_12 FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_auditevent_2027_01; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_auditevent_2027_01 (
    id uuid CONSTRAINT clinic_auditevent_id_not_null NOT NULL,
    clinic_id uuid CONSTRAINT clinic_auditevent_clinic_id_not_null NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() CONSTRAINT clinic_auditevent_at_not_null NOT NULL,
    sequence bigint DEFAULT 0 CONSTRAINT clinic_auditevent_sequence_not_null NOT NULL,
    action character varying(60) CONSTRAINT clinic_auditevent_action_not_null NOT NULL,
    actor_kind character varying(10) CONSTRAINT clinic_auditevent_actor_kind_not_null NOT NULL,
    actor_user_id uuid,
    actor_roles character varying(80) CONSTRAINT clinic_auditevent_actor_roles_not_null NOT NULL,
    patient_id uuid,
    object_type character varying(60) CONSTRAINT clinic_auditevent_object_type_not_null NOT NULL,
    object_id uuid,
    request_id character varying(40) CONSTRAINT clinic_auditevent_request_id_not_null NOT NULL,
    address inet,
    detail jsonb CONSTRAINT clinic_auditevent_detail_not_null NOT NULL
);

ALTER TABLE ONLY public.clinic_auditevent_2027_01 FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_auditevent_2027_02; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_auditevent_2027_02 (
    id uuid CONSTRAINT clinic_auditevent_id_not_null NOT NULL,
    clinic_id uuid CONSTRAINT clinic_auditevent_clinic_id_not_null NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() CONSTRAINT clinic_auditevent_at_not_null NOT NULL,
    sequence bigint DEFAULT 0 CONSTRAINT clinic_auditevent_sequence_not_null NOT NULL,
    action character varying(60) CONSTRAINT clinic_auditevent_action_not_null NOT NULL,
    actor_kind character varying(10) CONSTRAINT clinic_auditevent_actor_kind_not_null NOT NULL,
    actor_user_id uuid,
    actor_roles character varying(80) CONSTRAINT clinic_auditevent_actor_roles_not_null NOT NULL,
    patient_id uuid,
    object_type character varying(60) CONSTRAINT clinic_auditevent_object_type_not_null NOT NULL,
    object_id uuid,
    request_id character varying(40) CONSTRAINT clinic_auditevent_request_id_not_null NOT NULL,
    address inet,
    detail jsonb CONSTRAINT clinic_auditevent_detail_not_null NOT NULL
);

ALTER TABLE ONLY public.clinic_auditevent_2027_02 FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_auditevent_default; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_auditevent_default (
    id uuid CONSTRAINT clinic_auditevent_id_not_null NOT NULL,
    clinic_id uuid CONSTRAINT clinic_auditevent_clinic_id_not_null NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() CONSTRAINT clinic_auditevent_at_not_null NOT NULL,
    sequence bigint DEFAULT 0 CONSTRAINT clinic_auditevent_sequence_not_null NOT NULL,
    action character varying(60) CONSTRAINT clinic_auditevent_action_not_null NOT NULL,
    actor_kind character varying(10) CONSTRAINT clinic_auditevent_actor_kind_not_null NOT NULL,
    actor_user_id uuid,
    actor_roles character varying(80) CONSTRAINT clinic_auditevent_actor_roles_not_null NOT NULL,
    patient_id uuid,
    object_type character varying(60) CONSTRAINT clinic_auditevent_object_type_not_null NOT NULL,
    object_id uuid,
    request_id character varying(40) CONSTRAINT clinic_auditevent_request_id_not_null NOT NULL,
    address inet,
    detail jsonb CONSTRAINT clinic_auditevent_detail_not_null NOT NULL
);

ALTER TABLE ONLY public.clinic_auditevent_default FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_cache; Type: TABLE; Schema: public; Owner: -
--

CREATE UNLOGGED TABLE public.clinic_cache (
    cache_key character varying(255) NOT NULL,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);


--
-- Name: clinic_clinic; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_clinic (
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    slug character varying(50) NOT NULL,
    time_zone character varying(64) NOT NULL,
    language character varying(10) NOT NULL,
    country character varying(2) NOT NULL,
    telephone character varying(40) NOT NULL,
    link_prefix character varying(16) NOT NULL,
    small_cell_minimum smallint NOT NULL,
    is_demo boolean NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT clinic_clinic_small_cell_minimum_check CHECK ((small_cell_minimum >= 0))
);


--
-- Name: clinic_consent; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_consent (
    id uuid NOT NULL,
    purpose character varying(20) NOT NULL,
    given boolean NOT NULL,
    text_version character varying(40) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    clinic_id uuid NOT NULL,
    patient_id uuid NOT NULL
);

ALTER TABLE ONLY public.clinic_consent FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_idempotencykey; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_idempotencykey (
    id uuid NOT NULL,
    client character varying(80) NOT NULL,
    endpoint character varying(120) NOT NULL,
    key character varying(120) NOT NULL,
    body_hash character varying(64) NOT NULL,
    status smallint NOT NULL,
    answer jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    clinic_id uuid NOT NULL,
    CONSTRAINT clinic_idempotencykey_status_check CHECK ((status >= 0))
);

ALTER TABLE ONLY public.clinic_idempotencykey FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_membership; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_membership (
    id uuid NOT NULL,
    roles character varying(20)[] NOT NULL,
    display_name character varying(200) NOT NULL,
    is_active boolean NOT NULL,
    clinic_id uuid NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE ONLY public.clinic_membership FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_message; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_message (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    channel character varying(10) NOT NULL,
    subject_id uuid NOT NULL,
    business_key character varying(120) NOT NULL,
    message_id uuid NOT NULL,
    state character varying(10) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    attempts smallint NOT NULL,
    sent_at timestamp with time zone,
    last_error character varying(60) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    clinic_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    CONSTRAINT clinic_message_attempts_check CHECK ((attempts >= 0))
);

ALTER TABLE ONLY public.clinic_message FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_organisation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_organisation (
    id uuid NOT NULL,
    name character varying(200) NOT NULL
);


--
-- Name: clinic_patient; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_patient (
    id uuid NOT NULL,
    record_number character varying(40) NOT NULL,
    sex character varying(10) NOT NULL,
    language character varying(10) NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    deceased_on date,
    clinic_id uuid NOT NULL
);

ALTER TABLE ONLY public.clinic_patient FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_patienthistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_patienthistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    record_number character varying(40) NOT NULL,
    sex character varying(10) NOT NULL,
    language character varying(10) NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    deceased_on date,
    clinic_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL
);

ALTER TABLE ONLY public.clinic_patienthistory FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_patienthistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.clinic_patienthistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clinic_patienthistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: clinic_patientidentity; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_patientidentity (
    id uuid NOT NULL,
    sealed bytea NOT NULL,
    search_numbers bigint[] NOT NULL,
    exact_numbers bigint[] NOT NULL,
    clinic_id uuid NOT NULL,
    patient_id uuid NOT NULL
);

ALTER TABLE ONLY public.clinic_patientidentity FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_platformevent; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_platformevent (
    id uuid NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    action character varying(60) NOT NULL,
    request_id character varying(40) NOT NULL,
    address inet,
    detail jsonb NOT NULL,
    user_id uuid
);


--
-- Name: clinic_task; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_task (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    subject_id uuid,
    state character varying(10) NOT NULL,
    urgent boolean NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    due_on date,
    closed_at timestamp with time zone,
    decision character varying(40) NOT NULL,
    reason text NOT NULL,
    assigned_to_id uuid,
    clinic_id uuid NOT NULL,
    patient_id uuid
);

ALTER TABLE ONLY public.clinic_task FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_taskhistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_taskhistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    subject_id uuid,
    state character varying(10) NOT NULL,
    urgent boolean NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    due_on date,
    closed_at timestamp with time zone,
    decision character varying(40) NOT NULL,
    reason text NOT NULL,
    assigned_to_id uuid,
    clinic_id uuid NOT NULL,
    patient_id uuid,
    pgh_obj_id uuid NOT NULL
);

ALTER TABLE ONLY public.clinic_taskhistory FORCE ROW LEVEL SECURITY;


--
-- Name: clinic_taskhistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.clinic_taskhistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clinic_taskhistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: clinic_user; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_user (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(200) NOT NULL,
    language character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    is_staff boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL
);


--
-- Name: clinic_user_groups; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_user_groups (
    id bigint NOT NULL,
    user_id uuid NOT NULL,
    group_id integer NOT NULL
);


--
-- Name: clinic_user_groups_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.clinic_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clinic_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: clinic_user_user_permissions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clinic_user_user_permissions (
    id bigint NOT NULL,
    user_id uuid NOT NULL,
    permission_id integer NOT NULL
);


--
-- Name: clinic_user_user_permissions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.clinic_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clinic_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_content_type; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);


--
-- Name: django_content_type_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


--
-- Name: mfa_authenticator; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);


--
-- Name: mfa_authenticator_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: outcomes_invitation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outcomes_invitation (
    id uuid NOT NULL,
    occasion character varying(20) NOT NULL,
    due_on date NOT NULL,
    instruments character varying(60)[] NOT NULL,
    state character varying(10) NOT NULL,
    generation smallint NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    answered_at timestamp with time zone,
    receipt uuid,
    answers_hash character varying(64) NOT NULL,
    clinic_id uuid NOT NULL,
    course_id uuid NOT NULL,
    visit_id uuid,
    birth_tries smallint NOT NULL,
    CONSTRAINT outcomes_invitation_birth_tries_check CHECK ((birth_tries >= 0)),
    CONSTRAINT outcomes_invitation_generation_check CHECK ((generation >= 0))
);

ALTER TABLE ONLY public.outcomes_invitation FORCE ROW LEVEL SECURITY;


--
-- Name: outcomes_outcomerow; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outcomes_outcomerow (
    id uuid NOT NULL,
    scale character varying(60) NOT NULL,
    baseline_value numeric(10,5),
    baseline_at timestamp with time zone,
    latest_value numeric(10,5),
    latest_at timestamp with time zone,
    latest_occasion character varying(20) NOT NULL,
    answered integer NOT NULL,
    rebuilt_at timestamp with time zone NOT NULL,
    clinic_id uuid NOT NULL,
    course_id uuid NOT NULL,
    baseline_response_id uuid,
    latest_response_id uuid,
    CONSTRAINT outcomes_outcomerow_answered_check CHECK ((answered >= 0))
);

ALTER TABLE ONLY public.outcomes_outcomerow FORCE ROW LEVEL SECURITY;


--
-- Name: outcomes_response; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outcomes_response (
    id uuid NOT NULL,
    receipt uuid NOT NULL,
    instrument character varying(60) NOT NULL,
    form_version character varying(100) NOT NULL,
    answers jsonb NOT NULL,
    occasion character varying(20) NOT NULL,
    mode character varying(12) NOT NULL,
    answered_by character varying(12) NOT NULL,
    layout character varying(40) NOT NULL,
    language character varying(10) NOT NULL,
    translation character varying(40) NOT NULL,
    text_hash character varying(64) NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    device_time timestamp with time zone,
    zone character varying(64) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    source_key character varying(160) NOT NULL,
    clinic_id uuid NOT NULL,
    course_id uuid NOT NULL,
    invitation_id uuid,
    recorded_by_id uuid,
    visit_id uuid
);

ALTER TABLE ONLY public.outcomes_response FORCE ROW LEVEL SECURITY;


--
-- Name: outcomes_responsevoid; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outcomes_responsevoid (
    id uuid NOT NULL,
    reason character varying(200) NOT NULL,
    voided_at timestamp with time zone NOT NULL,
    clinic_id uuid NOT NULL,
    response_id uuid NOT NULL,
    voided_by_id uuid
);

ALTER TABLE ONLY public.outcomes_responsevoid FORCE ROW LEVEL SECURITY;


--
-- Name: outcomes_score; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outcomes_score (
    id uuid NOT NULL,
    scale character varying(60) NOT NULL,
    value numeric(10,5),
    no_score_reason character varying(60) NOT NULL,
    answered_items smallint NOT NULL,
    flagged character varying(60) NOT NULL,
    scorer_version character varying(60) NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    scored_at timestamp with time zone NOT NULL,
    clinic_id uuid NOT NULL,
    course_id uuid NOT NULL,
    response_id uuid NOT NULL,
    CONSTRAINT outcomes_score_answered_items_check CHECK ((answered_items >= 0)),
    CONSTRAINT score_or_reason CHECK ((((value IS NOT NULL) OR (NOT ((no_score_reason)::text = ''::text))) AND (1 = (
CASE
    WHEN (value IS NOT NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (NOT ((no_score_reason)::text = ''::text)) THEN 1
    ELSE 0
END))))
);

ALTER TABLE ONLY public.outcomes_score FORCE ROW LEVEL SECURITY;


--
-- Name: outcomes_surveydraft; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outcomes_surveydraft (
    id uuid NOT NULL,
    answers jsonb NOT NULL,
    layouts jsonb NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    clinic_id uuid NOT NULL,
    invitation_id uuid NOT NULL
);

ALTER TABLE ONLY public.outcomes_surveydraft FORCE ROW LEVEL SECURITY;


--
-- Name: pghistory_context; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pghistory_context (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    metadata jsonb NOT NULL
);


--
-- Name: treatment_addendum; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_addendum (
    id uuid NOT NULL,
    reason character varying(200) NOT NULL,
    changes jsonb NOT NULL,
    text text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    author_id uuid NOT NULL,
    clinic_id uuid NOT NULL,
    visit_id uuid NOT NULL
);

ALTER TABLE ONLY public.treatment_addendum FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_course; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_course (
    id uuid NOT NULL,
    complaint character varying(30) NOT NULL,
    icd10_code character varying(10) NOT NULL,
    onset_on date,
    label character varying(60) NOT NULL,
    started_on date NOT NULL,
    ended_on date,
    end_reason character varying(20) NOT NULL,
    external_id character varying(80) NOT NULL,
    clinic_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    responsible_id uuid
);

ALTER TABLE ONLY public.treatment_course FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_coursehistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_coursehistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    complaint character varying(30) NOT NULL,
    icd10_code character varying(10) NOT NULL,
    onset_on date,
    label character varying(60) NOT NULL,
    started_on date NOT NULL,
    ended_on date,
    end_reason character varying(20) NOT NULL,
    external_id character varying(80) NOT NULL,
    clinic_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL,
    responsible_id uuid
);

ALTER TABLE ONLY public.treatment_coursehistory FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_coursehistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.treatment_coursehistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.treatment_coursehistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: treatment_device; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_device (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    maker character varying(100) NOT NULL,
    model character varying(100) NOT NULL,
    serial_number character varying(100) NOT NULL,
    laser_class character varying(2) NOT NULL,
    maximum_power_w numeric(9,5) NOT NULL,
    is_active boolean NOT NULL,
    clinic_id uuid NOT NULL
);

ALTER TABLE ONLY public.treatment_device FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_devicehistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_devicehistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    maker character varying(100) NOT NULL,
    model character varying(100) NOT NULL,
    serial_number character varying(100) NOT NULL,
    laser_class character varying(2) NOT NULL,
    maximum_power_w numeric(9,5) NOT NULL,
    is_active boolean NOT NULL,
    clinic_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL
);

ALTER TABLE ONLY public.treatment_devicehistory FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_devicehistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.treatment_devicehistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.treatment_devicehistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: treatment_devicewavelength; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_devicewavelength (
    id uuid NOT NULL,
    wavelength_nm numeric(6,1) NOT NULL,
    clinic_id uuid NOT NULL,
    device_id uuid NOT NULL
);

ALTER TABLE ONLY public.treatment_devicewavelength FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_devicewavelengthhistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_devicewavelengthhistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    wavelength_nm numeric(6,1) NOT NULL,
    clinic_id uuid NOT NULL,
    device_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL
);

ALTER TABLE ONLY public.treatment_devicewavelengthhistory FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_devicewavelengthhistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.treatment_devicewavelengthhistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.treatment_devicewavelengthhistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: treatment_handpiece; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_handpiece (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    spot_area_cm2 numeric(9,4),
    edge_definition character varying(10) NOT NULL,
    clinic_id uuid NOT NULL,
    device_id uuid NOT NULL
);

ALTER TABLE ONLY public.treatment_handpiece FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_handpiecehistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_handpiecehistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    spot_area_cm2 numeric(9,4),
    edge_definition character varying(10) NOT NULL,
    clinic_id uuid NOT NULL,
    device_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL
);

ALTER TABLE ONLY public.treatment_handpiecehistory FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_handpiecehistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.treatment_handpiecehistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.treatment_handpiecehistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: treatment_laserapplication; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_laserapplication (
    id uuid NOT NULL,
    wavelength_shares jsonb NOT NULL,
    mode character varying(12) NOT NULL,
    average_power_w numeric(9,5),
    peak_power_w numeric(10,4),
    pulse_duration_s numeric(15,12),
    frequency_hz numeric(9,2),
    duty_cycle_percent numeric(9,6),
    technique character varying(40) NOT NULL,
    spot_area_cm2 numeric(9,4),
    treated_area_cm2 numeric(9,2),
    points smallint,
    seconds_per_point numeric(8,2),
    emission_s numeric(8,2),
    "position" smallint NOT NULL,
    region character varying(40) NOT NULL,
    side character varying(10) NOT NULL,
    levels character varying(4)[] NOT NULL,
    energy_per_point_j numeric(12,4),
    energy_computed_j numeric(12,4),
    energy_typed_j numeric(12,4),
    energy_differs boolean NOT NULL,
    irradiance_w_cm2 numeric(14,8),
    fluence_j_cm2 numeric(14,6),
    not_computable jsonb NOT NULL,
    dose_version character varying(20) NOT NULL,
    copied_from uuid,
    clinic_id uuid NOT NULL,
    device_id uuid NOT NULL,
    handpiece_id uuid,
    protocol_id uuid,
    visit_id uuid NOT NULL,
    CONSTRAINT treatment_laserapplication_points_check CHECK ((points >= 0)),
    CONSTRAINT treatment_laserapplication_position_check CHECK (("position" >= 0))
);

ALTER TABLE ONLY public.treatment_laserapplication FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_laserapplicationhistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_laserapplicationhistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    wavelength_shares jsonb NOT NULL,
    mode character varying(12) NOT NULL,
    average_power_w numeric(9,5),
    peak_power_w numeric(10,4),
    pulse_duration_s numeric(15,12),
    frequency_hz numeric(9,2),
    duty_cycle_percent numeric(9,6),
    technique character varying(40) NOT NULL,
    spot_area_cm2 numeric(9,4),
    treated_area_cm2 numeric(9,2),
    points smallint,
    seconds_per_point numeric(8,2),
    emission_s numeric(8,2),
    "position" smallint NOT NULL,
    region character varying(40) NOT NULL,
    side character varying(10) NOT NULL,
    levels character varying(4)[] NOT NULL,
    energy_per_point_j numeric(12,4),
    energy_computed_j numeric(12,4),
    energy_typed_j numeric(12,4),
    energy_differs boolean NOT NULL,
    irradiance_w_cm2 numeric(14,8),
    fluence_j_cm2 numeric(14,6),
    not_computable jsonb NOT NULL,
    dose_version character varying(20) NOT NULL,
    copied_from uuid,
    clinic_id uuid NOT NULL,
    device_id uuid NOT NULL,
    handpiece_id uuid,
    pgh_obj_id uuid NOT NULL,
    protocol_id uuid,
    visit_id uuid NOT NULL,
    CONSTRAINT treatment_laserapplicationhistory_points_check CHECK ((points >= 0)),
    CONSTRAINT treatment_laserapplicationhistory_position_check CHECK (("position" >= 0))
);

ALTER TABLE ONLY public.treatment_laserapplicationhistory FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_laserapplicationhistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.treatment_laserapplicationhistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.treatment_laserapplicationhistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: treatment_othertreatment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_othertreatment (
    id uuid NOT NULL,
    "position" smallint NOT NULL,
    kind character varying(20) NOT NULL,
    code character varying(40) NOT NULL,
    grade character varying(4) NOT NULL,
    region character varying(40) NOT NULL,
    side character varying(10) NOT NULL,
    levels character varying(4)[] NOT NULL,
    minutes smallint,
    clinic_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    CONSTRAINT treatment_othertreatment_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT treatment_othertreatment_position_check CHECK (("position" >= 0))
);

ALTER TABLE ONLY public.treatment_othertreatment FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_othertreatmenthistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_othertreatmenthistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    "position" smallint NOT NULL,
    kind character varying(20) NOT NULL,
    code character varying(40) NOT NULL,
    grade character varying(4) NOT NULL,
    region character varying(40) NOT NULL,
    side character varying(10) NOT NULL,
    levels character varying(4)[] NOT NULL,
    minutes smallint,
    clinic_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    CONSTRAINT treatment_othertreatmenthistory_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT treatment_othertreatmenthistory_position_check CHECK (("position" >= 0))
);

ALTER TABLE ONLY public.treatment_othertreatmenthistory FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_othertreatmenthistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.treatment_othertreatmenthistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.treatment_othertreatmenthistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: treatment_plan; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_plan (
    id uuid NOT NULL,
    version smallint NOT NULL,
    planned_visits smallint NOT NULL,
    visits_per_week numeric(3,1) NOT NULL,
    review_on date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    clinic_id uuid NOT NULL,
    course_id uuid NOT NULL,
    protocol_id uuid,
    CONSTRAINT treatment_plan_planned_visits_check CHECK ((planned_visits >= 0)),
    CONSTRAINT treatment_plan_version_check CHECK ((version >= 0))
);

ALTER TABLE ONLY public.treatment_plan FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_planhistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_planhistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    version smallint NOT NULL,
    planned_visits smallint NOT NULL,
    visits_per_week numeric(3,1) NOT NULL,
    review_on date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    clinic_id uuid NOT NULL,
    course_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL,
    protocol_id uuid,
    CONSTRAINT treatment_planhistory_planned_visits_check CHECK ((planned_visits >= 0)),
    CONSTRAINT treatment_planhistory_version_check CHECK ((version >= 0))
);

ALTER TABLE ONLY public.treatment_planhistory FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_planhistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.treatment_planhistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.treatment_planhistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: treatment_plannedexercise; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_plannedexercise (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    sets smallint,
    repetitions smallint,
    minutes smallint,
    weekdays smallint[] NOT NULL,
    "position" smallint NOT NULL,
    clinic_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    CONSTRAINT treatment_plannedexercise_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT treatment_plannedexercise_position_check CHECK (("position" >= 0)),
    CONSTRAINT treatment_plannedexercise_repetitions_check CHECK ((repetitions >= 0)),
    CONSTRAINT treatment_plannedexercise_sets_check CHECK ((sets >= 0))
);

ALTER TABLE ONLY public.treatment_plannedexercise FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_plannedexercisehistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_plannedexercisehistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    sets smallint,
    repetitions smallint,
    minutes smallint,
    weekdays smallint[] NOT NULL,
    "position" smallint NOT NULL,
    clinic_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    CONSTRAINT treatment_plannedexercisehistory_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT treatment_plannedexercisehistory_position_check CHECK (("position" >= 0)),
    CONSTRAINT treatment_plannedexercisehistory_repetitions_check CHECK ((repetitions >= 0)),
    CONSTRAINT treatment_plannedexercisehistory_sets_check CHECK ((sets >= 0))
);

ALTER TABLE ONLY public.treatment_plannedexercisehistory FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_plannedexercisehistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.treatment_plannedexercisehistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.treatment_plannedexercisehistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: treatment_plannedtherapy; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_plannedtherapy (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    code character varying(40) NOT NULL,
    note character varying(200) NOT NULL,
    "position" smallint NOT NULL,
    clinic_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    CONSTRAINT treatment_plannedtherapy_position_check CHECK (("position" >= 0))
);

ALTER TABLE ONLY public.treatment_plannedtherapy FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_plannedtherapyhistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_plannedtherapyhistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    code character varying(40) NOT NULL,
    note character varying(200) NOT NULL,
    "position" smallint NOT NULL,
    clinic_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    CONSTRAINT treatment_plannedtherapyhistory_position_check CHECK (("position" >= 0))
);

ALTER TABLE ONLY public.treatment_plannedtherapyhistory FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_plannedtherapyhistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.treatment_plannedtherapyhistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.treatment_plannedtherapyhistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: treatment_protocol; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_protocol (
    id uuid NOT NULL,
    wavelength_shares jsonb NOT NULL,
    mode character varying(12) NOT NULL,
    average_power_w numeric(9,5),
    peak_power_w numeric(10,4),
    pulse_duration_s numeric(15,12),
    frequency_hz numeric(9,2),
    duty_cycle_percent numeric(9,6),
    technique character varying(40) NOT NULL,
    spot_area_cm2 numeric(9,4),
    treated_area_cm2 numeric(9,2),
    points smallint,
    seconds_per_point numeric(8,2),
    emission_s numeric(8,2),
    name character varying(100) NOT NULL,
    region character varying(40) NOT NULL,
    source character varying(300) NOT NULL,
    version smallint NOT NULL,
    is_active boolean NOT NULL,
    clinic_id uuid NOT NULL,
    device_id uuid NOT NULL,
    handpiece_id uuid,
    CONSTRAINT treatment_protocol_points_check CHECK ((points >= 0)),
    CONSTRAINT treatment_protocol_version_check CHECK ((version >= 0))
);

ALTER TABLE ONLY public.treatment_protocol FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_protocolhistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_protocolhistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    wavelength_shares jsonb NOT NULL,
    mode character varying(12) NOT NULL,
    average_power_w numeric(9,5),
    peak_power_w numeric(10,4),
    pulse_duration_s numeric(15,12),
    frequency_hz numeric(9,2),
    duty_cycle_percent numeric(9,6),
    technique character varying(40) NOT NULL,
    spot_area_cm2 numeric(9,4),
    treated_area_cm2 numeric(9,2),
    points smallint,
    seconds_per_point numeric(8,2),
    emission_s numeric(8,2),
    name character varying(100) NOT NULL,
    region character varying(40) NOT NULL,
    source character varying(300) NOT NULL,
    version smallint NOT NULL,
    is_active boolean NOT NULL,
    clinic_id uuid NOT NULL,
    device_id uuid NOT NULL,
    handpiece_id uuid,
    pgh_obj_id uuid NOT NULL,
    CONSTRAINT treatment_protocolhistory_points_check CHECK ((points >= 0)),
    CONSTRAINT treatment_protocolhistory_version_check CHECK ((version >= 0))
);

ALTER TABLE ONLY public.treatment_protocolhistory FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_protocolhistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.treatment_protocolhistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.treatment_protocolhistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: treatment_visit; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_visit (
    id uuid NOT NULL,
    state character varying(20) NOT NULL,
    planned_for timestamp with time zone NOT NULL,
    arrived_at timestamp with time zone,
    occurred_at timestamp with time zone,
    recorded_at timestamp with time zone,
    pain_before smallint,
    pain_after smallint,
    no_pain_after_reason character varying(200) NOT NULL,
    skin_checked boolean,
    reaction character varying(10) NOT NULL,
    note text NOT NULL,
    client_key uuid,
    clinic_id uuid NOT NULL,
    course_id uuid NOT NULL,
    signed_by_id uuid,
    therapist_id uuid,
    CONSTRAINT treatment_visit_pain_after_check CHECK ((pain_after >= 0)),
    CONSTRAINT treatment_visit_pain_before_check CHECK ((pain_before >= 0)),
    CONSTRAINT visit_pain_after_0_to_10 CHECK (((pain_after IS NULL) OR (pain_after <= 10))),
    CONSTRAINT visit_pain_before_0_to_10 CHECK (((pain_before IS NULL) OR (pain_before <= 10))),
    CONSTRAINT visit_signed_by_someone CHECK (((NOT ((state)::text = 'signed'::text)) OR ((recorded_at IS NOT NULL) AND (signed_by_id IS NOT NULL))))
);

ALTER TABLE ONLY public.treatment_visit FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_visitdraft; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_visitdraft (
    id uuid NOT NULL,
    form jsonb NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    revision integer NOT NULL,
    clinic_id uuid NOT NULL,
    saved_by_id uuid,
    visit_id uuid NOT NULL,
    CONSTRAINT treatment_visitdraft_revision_check CHECK ((revision >= 0))
);

ALTER TABLE ONLY public.treatment_visitdraft FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_visithistory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.treatment_visithistory (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id uuid NOT NULL,
    state character varying(20) NOT NULL,
    planned_for timestamp with time zone NOT NULL,
    arrived_at timestamp with time zone,
    occurred_at timestamp with time zone,
    recorded_at timestamp with time zone,
    pain_before smallint,
    pain_after smallint,
    no_pain_after_reason character varying(200) NOT NULL,
    skin_checked boolean,
    reaction character varying(10) NOT NULL,
    note text NOT NULL,
    client_key uuid,
    clinic_id uuid NOT NULL,
    course_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL,
    signed_by_id uuid,
    therapist_id uuid,
    CONSTRAINT treatment_visithistory_pain_after_check CHECK ((pain_after >= 0)),
    CONSTRAINT treatment_visithistory_pain_before_check CHECK ((pain_before >= 0))
);

ALTER TABLE ONLY public.treatment_visithistory FORCE ROW LEVEL SECURITY;


--
-- Name: treatment_visithistory_pgh_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.treatment_visithistory ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.treatment_visithistory_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: clinic_auditevent_2026_11; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditevent ATTACH PARTITION public.clinic_auditevent_2026_11 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');


--
-- Name: clinic_auditevent_2026_12; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditevent ATTACH PARTITION public.clinic_auditevent_2026_12 FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');


--
-- Name: clinic_auditevent_2027_01; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditevent ATTACH PARTITION public.clinic_auditevent_2027_01 FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-02-01 00:00:00+00');


--
-- Name: clinic_auditevent_2027_02; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditevent ATTACH PARTITION public.clinic_auditevent_2027_02 FOR VALUES FROM ('2027-02-01 00:00:00+00') TO ('2027-03-01 00:00:00+00');


--
-- Name: clinic_auditevent_default; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditevent ATTACH PARTITION public.clinic_auditevent_default DEFAULT;


--
-- Data for Name: account_emailaddress; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.account_emailaddress (id, email, verified, "primary", user_id) FROM stdin;
\.


--
-- Data for Name: account_emailconfirmation; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.account_emailconfirmation (id, created, sent, key, email_address_id) FROM stdin;
\.


--
-- Data for Name: auth_group; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.auth_group (id, name) FROM stdin;
\.


--
-- Data for Name: auth_group_permissions; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.auth_group_permissions (id, group_id, permission_id) FROM stdin;
\.


--
-- Data for Name: auth_permission; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.auth_permission (id, name, content_type_id, codename) FROM stdin;
1	Can add clinic	1	add_clinic
2	Can change clinic	1	change_clinic
3	Can delete clinic	1	delete_clinic
4	Can view clinic	1	view_clinic
5	Can add organisation	2	add_organisation
6	Can change organisation	2	change_organisation
7	Can delete organisation	2	delete_organisation
8	Can view organisation	2	view_organisation
9	Can add user	3	add_user
10	Can change user	3	change_user
11	Can delete user	3	delete_user
12	Can view user	3	view_user
13	Can add membership	4	add_membership
14	Can change membership	4	change_membership
15	Can delete membership	4	delete_membership
16	Can view membership	4	view_membership
17	Can add api token	5	add_apitoken
18	Can change api token	5	change_apitoken
19	Can delete api token	5	delete_apitoken
20	Can view api token	5	view_apitoken
21	Can add patient	6	add_patient
22	Can change patient	6	change_patient
23	Can delete patient	6	delete_patient
24	Can view patient	6	view_patient
25	Can add message	7	add_message
26	Can change message	7	change_message
27	Can delete message	7	delete_message
28	Can view message	7	view_message
29	Can add consent	8	add_consent
30	Can change consent	8	change_consent
31	Can delete consent	8	delete_consent
32	Can view consent	8	view_consent
33	Can add patient history	9	add_patienthistory
34	Can change patient history	9	change_patienthistory
35	Can delete patient history	9	delete_patienthistory
36	Can view patient history	9	view_patienthistory
37	Can add patient identity	10	add_patientidentity
38	Can change patient identity	10	change_patientidentity
39	Can delete patient identity	10	delete_patientidentity
40	Can view patient identity	10	view_patientidentity
41	Can add platform event	11	add_platformevent
42	Can change platform event	11	change_platformevent
43	Can delete platform event	11	delete_platformevent
44	Can view platform event	11	view_platformevent
45	Can add task	12	add_task
46	Can change task	12	change_task
47	Can delete task	12	delete_task
48	Can view task	12	view_task
49	Can add task history	13	add_taskhistory
50	Can change task history	13	change_taskhistory
51	Can delete task history	13	delete_taskhistory
52	Can view task history	13	view_taskhistory
53	Can add audit event	14	add_auditevent
54	Can change audit event	14	change_auditevent
55	Can delete audit event	14	delete_auditevent
56	Can view audit event	14	view_auditevent
57	Can add idempotency key	15	add_idempotencykey
58	Can change idempotency key	15	change_idempotencykey
59	Can delete idempotency key	15	delete_idempotencykey
60	Can view idempotency key	15	view_idempotencykey
61	Can add course	16	add_course
62	Can change course	16	change_course
63	Can delete course	16	delete_course
64	Can view course	16	view_course
65	Can add course history	17	add_coursehistory
66	Can change course history	17	change_coursehistory
67	Can delete course history	17	delete_coursehistory
68	Can view course history	17	view_coursehistory
69	Can add device	18	add_device
70	Can change device	18	change_device
71	Can delete device	18	delete_device
72	Can view device	18	view_device
73	Can add device history	19	add_devicehistory
74	Can change device history	19	change_devicehistory
75	Can delete device history	19	delete_devicehistory
76	Can view device history	19	view_devicehistory
77	Can add device wavelength	20	add_devicewavelength
78	Can change device wavelength	20	change_devicewavelength
79	Can delete device wavelength	20	delete_devicewavelength
80	Can view device wavelength	20	view_devicewavelength
81	Can add device wavelength history	21	add_devicewavelengthhistory
82	Can change device wavelength history	21	change_devicewavelengthhistory
83	Can delete device wavelength history	21	delete_devicewavelengthhistory
84	Can view device wavelength history	21	view_devicewavelengthhistory
85	Can add handpiece	22	add_handpiece
86	Can change handpiece	22	change_handpiece
87	Can delete handpiece	22	delete_handpiece
88	Can view handpiece	22	view_handpiece
89	Can add handpiece history	23	add_handpiecehistory
90	Can change handpiece history	23	change_handpiecehistory
91	Can delete handpiece history	23	delete_handpiecehistory
92	Can view handpiece history	23	view_handpiecehistory
93	Can add other treatment	24	add_othertreatment
94	Can change other treatment	24	change_othertreatment
95	Can delete other treatment	24	delete_othertreatment
96	Can view other treatment	24	view_othertreatment
97	Can add plan	25	add_plan
98	Can change plan	25	change_plan
99	Can delete plan	25	delete_plan
100	Can view plan	25	view_plan
101	Can add planned exercise	26	add_plannedexercise
102	Can change planned exercise	26	change_plannedexercise
103	Can delete planned exercise	26	delete_plannedexercise
104	Can view planned exercise	26	view_plannedexercise
105	Can add planned exercise history	27	add_plannedexercisehistory
106	Can change planned exercise history	27	change_plannedexercisehistory
107	Can delete planned exercise history	27	delete_plannedexercisehistory
108	Can view planned exercise history	27	view_plannedexercisehistory
109	Can add planned therapy	28	add_plannedtherapy
110	Can change planned therapy	28	change_plannedtherapy
111	Can delete planned therapy	28	delete_plannedtherapy
112	Can view planned therapy	28	view_plannedtherapy
113	Can add planned therapy history	29	add_plannedtherapyhistory
114	Can change planned therapy history	29	change_plannedtherapyhistory
115	Can delete planned therapy history	29	delete_plannedtherapyhistory
116	Can view planned therapy history	29	view_plannedtherapyhistory
117	Can add protocol	30	add_protocol
118	Can change protocol	30	change_protocol
119	Can delete protocol	30	delete_protocol
120	Can view protocol	30	view_protocol
121	Can add plan history	31	add_planhistory
122	Can change plan history	31	change_planhistory
123	Can delete plan history	31	delete_planhistory
124	Can view plan history	31	view_planhistory
125	Can add laser application	32	add_laserapplication
126	Can change laser application	32	change_laserapplication
127	Can delete laser application	32	delete_laserapplication
128	Can view laser application	32	view_laserapplication
129	Can add protocol history	33	add_protocolhistory
130	Can change protocol history	33	change_protocolhistory
131	Can delete protocol history	33	delete_protocolhistory
132	Can view protocol history	33	view_protocolhistory
133	Can add visit	34	add_visit
134	Can change visit	34	change_visit
135	Can delete visit	34	delete_visit
136	Can view visit	34	view_visit
137	Can add other treatment history	35	add_othertreatmenthistory
138	Can change other treatment history	35	change_othertreatmenthistory
139	Can delete other treatment history	35	delete_othertreatmenthistory
140	Can view other treatment history	35	view_othertreatmenthistory
141	Can add laser application history	36	add_laserapplicationhistory
142	Can change laser application history	36	change_laserapplicationhistory
143	Can delete laser application history	36	delete_laserapplicationhistory
144	Can view laser application history	36	view_laserapplicationhistory
145	Can add addendum	37	add_addendum
146	Can change addendum	37	change_addendum
147	Can delete addendum	37	delete_addendum
148	Can view addendum	37	view_addendum
149	Can add visit draft	38	add_visitdraft
150	Can change visit draft	38	change_visitdraft
151	Can delete visit draft	38	delete_visitdraft
152	Can view visit draft	38	view_visitdraft
153	Can add visit history	39	add_visithistory
154	Can change visit history	39	change_visithistory
155	Can delete visit history	39	delete_visithistory
156	Can view visit history	39	view_visithistory
157	Can add invitation	40	add_invitation
158	Can change invitation	40	change_invitation
159	Can delete invitation	40	delete_invitation
160	Can view invitation	40	view_invitation
161	Can add response	41	add_response
162	Can change response	41	change_response
163	Can delete response	41	delete_response
164	Can view response	41	view_response
165	Can add outcome row	42	add_outcomerow
166	Can change outcome row	42	change_outcomerow
167	Can delete outcome row	42	delete_outcomerow
168	Can view outcome row	42	view_outcomerow
169	Can add response void	43	add_responsevoid
170	Can change response void	43	change_responsevoid
171	Can delete response void	43	delete_responsevoid
172	Can view response void	43	view_responsevoid
173	Can add score	44	add_score
174	Can change score	44	change_score
175	Can delete score	44	delete_score
176	Can view score	44	view_score
177	Can add survey draft	45	add_surveydraft
178	Can change survey draft	45	change_surveydraft
179	Can delete survey draft	45	delete_surveydraft
180	Can view survey draft	45	view_surveydraft
181	Can add permission	46	add_permission
182	Can change permission	46	change_permission
183	Can delete permission	46	delete_permission
184	Can view permission	46	view_permission
185	Can add group	47	add_group
186	Can change group	47	change_group
187	Can delete group	47	delete_group
188	Can view group	47	view_group
189	Can add content type	48	add_contenttype
190	Can change content type	48	change_contenttype
191	Can delete content type	48	delete_contenttype
192	Can view content type	48	view_contenttype
193	Can add session	49	add_session
194	Can change session	49	change_session
195	Can delete session	49	delete_session
196	Can view session	49	view_session
197	Can add email address	50	add_emailaddress
198	Can change email address	50	change_emailaddress
199	Can delete email address	50	delete_emailaddress
200	Can view email address	50	view_emailaddress
201	Can add email confirmation	51	add_emailconfirmation
202	Can change email confirmation	51	change_emailconfirmation
203	Can delete email confirmation	51	delete_emailconfirmation
204	Can view email confirmation	51	view_emailconfirmation
205	Can add authenticator	52	add_authenticator
206	Can change authenticator	52	change_authenticator
207	Can delete authenticator	52	delete_authenticator
208	Can view authenticator	52	view_authenticator
209	Can add context	53	add_context
210	Can change context	53	change_context
211	Can delete context	53	delete_context
212	Can view context	53	view_context
213	Can add events	54	add_events
214	Can change events	54	change_events
215	Can delete events	54	delete_events
216	Can view events	54	view_events
217	Can add middleware events	55	add_middlewareevents
218	Can change middleware events	55	change_middlewareevents
219	Can delete middleware events	55	delete_middlewareevents
220	Can view middleware events	55	view_middlewareevents
\.


--
-- Data for Name: clinic_apitoken; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_apitoken (id, name, token_hash, created_at, expires_at, revoked_at, clinic_id, membership_id) FROM stdin;
\.


--
-- Data for Name: clinic_auditcounter; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_auditcounter (clinic_id, last) FROM stdin;
01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	6
01a208a9-ea1b-7e5c-ae90-147bce65767c	31
\.


--
-- Data for Name: clinic_auditevent_2026_11; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_auditevent_2026_11 (id, clinic_id, at, sequence, action, actor_kind, actor_user_id, actor_roles, patient_id, object_type, object_id, request_id, address, detail) FROM stdin;
01a208a9-ea3b-7383-aa47-b60295513c90	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.003598+00	1	staff.add	command	\N		\N	clinic.Membership	01a208a9-ea37-7957-89d2-292e4246e4dd		\N	{"roles": ["therapist"]}
01a208a9-ea48-7d77-b477-99af3a169d2b	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.016933+00	2	device.register	command	\N		\N	treatment.Device	01a208a9-ea40-751d-a696-ae7b21338526		\N	{}
01a208a9-ea61-7cc0-89e0-e5929809fda5	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.042463+00	3	protocol.agree	command	\N		\N	treatment.Protocol	01a208a9-ea5e-7d40-a908-56b87581ecb3		\N	{"version": 1}
01a208a9-ea66-7251-b76d-d9cdc5f085e8	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.046982+00	4	staff.add	command	\N		\N	clinic.Membership	01a208a9-ea65-78a3-a0e0-7d9a9cac6f4a		\N	{"roles": ["administrator"]}
01a208a9-ea6a-79a7-a0af-a42e9b6a0786	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.050792+00	5	staff.add	command	\N		\N	clinic.Membership	01a208a9-ea69-7ce9-b870-15e8335db49c		\N	{"roles": ["manager"]}
01a208a9-ea6e-7b35-bffa-b587b239695d	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.055119+00	6	staff.add	command	\N		\N	clinic.Membership	01a208a9-ea6d-70e9-8a30-b541a7ad24ee		\N	{"roles": ["front_desk"]}
01a208a9-ea85-7f31-a76d-50771b5650ab	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.078316+00	7	patient.register	command	\N		01a208a9-ea74-7b43-8f27-0598a2136324	clinic.Patient	01a208a9-ea74-7b43-8f27-0598a2136324		\N	{}
01a208a9-ea89-71c0-979c-95ebee3a4812	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.083444+00	8	patient.consent	command	\N		01a208a9-ea74-7b43-8f27-0598a2136324	clinic.Consent	01a208a9-ea86-77ea-8177-c317f9a72d14		\N	{"given": true, "purpose": "messages"}
01a208a9-ea8e-792a-9327-14ec7f6b3045	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.087024+00	9	course.open	command	\N		01a208a9-ea74-7b43-8f27-0598a2136324	treatment.Course	01a208a9-ea8c-79c0-90fd-161184968709		\N	{}
01a208a9-eaa4-7829-a5d8-734dc3c15551	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.108679+00	10	plan.make	command	\N		01a208a9-ea74-7b43-8f27-0598a2136324	treatment.Plan	01a208a9-ea9d-7295-b6b9-28d800033715		\N	{"version": 1, "exercises": 2, "therapies": 1}
01a208a9-eab3-7294-bda3-9640e3f9d26a	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.123679+00	11	patient.register	command	\N		01a208a9-eaac-7c92-a0e5-272f111dbfb2	clinic.Patient	01a208a9-eaac-7c92-a0e5-272f111dbfb2		\N	{}
01a208a9-eab6-7ec0-8897-db54ccb7089d	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.128474+00	12	course.open	command	\N		01a208a9-eaac-7c92-a0e5-272f111dbfb2	treatment.Course	01a208a9-eab4-75c3-9ed6-4d5b0a53be06		\N	{}
01a208a9-eac0-742f-9cfa-80e0312e3f7f	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.137061+00	13	plan.make	command	\N		01a208a9-eaac-7c92-a0e5-272f111dbfb2	treatment.Plan	01a208a9-eabe-7574-b4c1-43ed2268fa33		\N	{"version": 1, "exercises": 1, "therapies": 1}
01a208a9-eaca-7691-b190-d2349d330d03	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.146792+00	14	patient.register	command	\N		01a208a9-eac3-7725-a6fa-a5eb701fd8ef	clinic.Patient	01a208a9-eac3-7725-a6fa-a5eb701fd8ef		\N	{}
01a208a9-eacc-7e42-b36a-0d74856edf19	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.148705+00	15	patient.consent	command	\N		01a208a9-eac3-7725-a6fa-a5eb701fd8ef	clinic.Consent	01a208a9-eacb-740b-8a56-4c857b4b4bca		\N	{"given": true, "purpose": "messages"}
01a208a9-eacf-7b15-8c70-ef26778439e2	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.152388+00	16	patient.consent	command	\N		01a208a9-eac3-7725-a6fa-a5eb701fd8ef	clinic.Consent	01a208a9-eacd-7e3d-ade0-fa4fd184ea11		\N	{"given": false, "purpose": "messages"}
01a208a9-ead2-7688-b7ec-1ce70a78b46e	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.154425+00	17	course.open	command	\N		01a208a9-eac3-7725-a6fa-a5eb701fd8ef	treatment.Course	01a208a9-ead1-7c06-959b-d95ca367467c		\N	{}
01a208a9-ead6-75ce-9db4-0c85aa5ccced	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.158635+00	18	task.open	command	\N		01a208a9-eac3-7725-a6fa-a5eb701fd8ef	clinic.Task	01a208a9-ead4-7c6a-a488-cae10d6899dc		\N	{"kind": "follow_up"}
01a208a9-eaea-7ddd-b6b2-65735bf30400	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	2026-11-23 13:48:03.179324+00	1	staff.add	command	\N		\N	clinic.Membership	01a208a9-eaea-7d14-a122-52f0deaf8ab6		\N	{"roles": ["administrator", "manager", "therapist"]}
01a208a9-eaef-740d-9bc3-220980e42f4f	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	2026-11-23 13:48:03.183442+00	2	device.register	command	\N		\N	treatment.Device	01a208a9-eaec-7ac6-9506-5cbbb0054d10		\N	{}
01a208a9-eaf7-7827-be39-c885f5fb2770	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	2026-11-23 13:48:03.193585+00	3	protocol.agree	command	\N		\N	treatment.Protocol	01a208a9-eaf5-74c6-bcbd-7f2a8387636a		\N	{"version": 1}
01a208a9-eb01-7c6f-98d6-76bf6228be36	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	2026-11-23 13:48:03.20236+00	4	patient.register	command	\N		01a208a9-eafb-7238-b460-50dd9dd292ef	clinic.Patient	01a208a9-eafb-7238-b460-50dd9dd292ef		\N	{}
01a208a9-eb03-7daa-a898-469e0b18fe51	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	2026-11-23 13:48:03.204231+00	5	course.open	command	\N		01a208a9-eafb-7238-b460-50dd9dd292ef	treatment.Course	01a208a9-eb02-71a3-b088-ccdcc7b83fb6		\N	{}
01a208a9-eb09-7fd6-a9fc-cf5987ecdd89	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	2026-11-23 13:48:03.210165+00	6	plan.make	command	\N		01a208a9-eafb-7238-b460-50dd9dd292ef	treatment.Plan	01a208a9-eb07-72f4-b25c-aaedff7ba0e7		\N	{"version": 1, "exercises": 1, "therapies": 0}
01a208a9-eb3b-7a1f-8ab5-676ddda1ad26	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.26051+00	19	response.record	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-ea74-7b43-8f27-0598a2136324	outcomes.Response	01a208a9-eb2a-7fde-a361-f6127890f291	a-test	\N	{"mode": "tablet", "instruments": ["nprs-back-7d", "rmdq-24"]}
01a208a9-eb40-738f-876e-8c7d10d32a7c	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.265875+00	20	response.record	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-ea74-7b43-8f27-0598a2136324	outcomes.Response	01a208a9-eb3d-7836-a2a6-f8014a4894f3	a-test	\N	{"mode": "tablet", "instruments": ["nprs-back-7d", "rmdq-24"]}
01a208a9-eb45-7f8b-a000-1d3642c60250	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.269947+00	21	response.record	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-ea74-7b43-8f27-0598a2136324	outcomes.Response	01a208a9-eb42-7af7-a611-b24d07a32530	a-test	\N	{"mode": "tablet", "instruments": ["nprs-back-7d", "rmdq-24"]}
01a208a9-eb4c-77f9-b80a-8305f4d8d101	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.276675+00	22	response.record	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-eaac-7c92-a0e5-272f111dbfb2	outcomes.Response	01a208a9-eb49-79ac-b3b8-e9edb2c799a3	a-test	\N	{"mode": "tablet", "instruments": ["nprs-back-7d", "rmdq-24"]}
01a208a9-eb4f-7f47-9f5a-d5bee1b5aab2	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.281423+00	23	response.record	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-eaac-7c92-a0e5-272f111dbfb2	outcomes.Response	01a208a9-eb4d-78a8-b653-edd5a85cf1be	a-test	\N	{"mode": "tablet", "instruments": ["nprs-back-7d", "rmdq-24"]}
01a208a9-eb59-7eb8-ae02-6c6a9a3895e8	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.291073+00	24	response.record	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-eaac-7c92-a0e5-272f111dbfb2	outcomes.Response	01a208a9-eb52-7bc7-8c8c-92ea18eaa045	a-test	\N	{"mode": "tablet", "instruments": ["nprs-back-7d", "rmdq-24"]}
01a208a9-eb5d-739f-8482-b5516c86b6ce	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.294499+00	25	response.record	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-eac3-7725-a6fa-a5eb701fd8ef	outcomes.Response	01a208a9-eb5c-7c9c-b3b6-763f02d2229a	a-test	\N	{"mode": "tablet", "instruments": ["nprs-back-7d", "rmdq-24"]}
01a208a9-eb62-73dc-b5ab-1de35eb9eec3	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.300846+00	26	response.record	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-eac3-7725-a6fa-a5eb701fd8ef	outcomes.Response	01a208a9-eb5f-78c1-82ac-eb6448424d83	a-test	\N	{"mode": "tablet", "instruments": ["nprs-back-7d", "rmdq-24"]}
01a208a9-eb68-7e47-9205-1ff6ef1cdc75	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.305335+00	27	response.record	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-eac3-7725-a6fa-a5eb701fd8ef	outcomes.Response	01a208a9-eb65-7d20-839d-5f69d95639a7	a-test	\N	{"mode": "tablet", "instruments": ["nprs-back-7d", "rmdq-24"]}
01a208a9-eb84-7b22-8c6a-990b25f3c928	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.334036+00	28	invitation.create	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-ea74-7b43-8f27-0598a2136324	outcomes.Invitation	01a208a9-eb69-7b62-9d2e-f122a93e5110	a-test	\N	{"occasion": "month_3", "instruments": ["nprs-back-7d"]}
01a208a9-eb84-78df-b01a-62ea39dd0615	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.334036+00	29	message.queue	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-ea74-7b43-8f27-0598a2136324	clinic.Message	01a208a9-eb81-7682-be50-6ca1b3a02ec9	a-test	\N	{"kind": "invitation"}
01a208a9-eb94-7984-b88b-e88c93056ef3	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:03.349532+00	30	visit.walk_in	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-ea74-7b43-8f27-0598a2136324	treatment.Visit	01a208a9-eb93-7c9b-989c-ee630d00e073	a-test	\N	{}
01a208a9-f354-76e8-9c00-d72ab30173a3	01a208a9-ea1b-7e5c-ae90-147bce65767c	2026-11-23 13:48:05.333072+00	31	visit.sign	staff	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist	01a208a9-ea74-7b43-8f27-0598a2136324	treatment.Visit	01a208a9-eb93-7c9b-989c-ee630d00e073	bb02c7d3d9714e3b94ead5ea372fee67	127.0.0.1	{"laser": 1, "other": 0, "warnings_confirmed": false}
\.


--
-- Data for Name: clinic_auditevent_2026_12; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_auditevent_2026_12 (id, clinic_id, at, sequence, action, actor_kind, actor_user_id, actor_roles, patient_id, object_type, object_id, request_id, address, detail) FROM stdin;
\.


--
-- Data for Name: clinic_auditevent_2027_01; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_auditevent_2027_01 (id, clinic_id, at, sequence, action, actor_kind, actor_user_id, actor_roles, patient_id, object_type, object_id, request_id, address, detail) FROM stdin;
\.


--
-- Data for Name: clinic_auditevent_2027_02; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_auditevent_2027_02 (id, clinic_id, at, sequence, action, actor_kind, actor_user_id, actor_roles, patient_id, object_type, object_id, request_id, address, detail) FROM stdin;
\.


--
-- Data for Name: clinic_auditevent_default; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_auditevent_default (id, clinic_id, at, sequence, action, actor_kind, actor_user_id, actor_roles, patient_id, object_type, object_id, request_id, address, detail) FROM stdin;
\.


--
-- Data for Name: clinic_clinic; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_clinic (id, name, slug, time_zone, language, country, telephone, link_prefix, small_cell_minimum, is_demo, organisation_id) FROM stdin;
01a208a9-ea1b-7e5c-ae90-147bce65767c	Harbour Bugspriet	harbour	Europe/Berlin	en	DE		fcab1ba4	5	f	01a208a9-e9eb-7ca9-a51f-ac3ccdf03e13
01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	Meadow Distelfink	meadow	Europe/Berlin	en	DE		62d21fe9	5	f	01a208a9-ead9-7ec8-bae7-038bee389ca6
\.


--
-- Data for Name: clinic_consent; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_consent (id, purpose, given, text_version, recorded_at, clinic_id, patient_id) FROM stdin;
01a208a9-ea86-77ea-8177-c317f9a72d14	messages	t	test	2026-11-23 13:48:03.079497+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea74-7b43-8f27-0598a2136324
01a208a9-eacb-740b-8a56-4c857b4b4bca	messages	t	test	2026-11-23 13:48:03.147709+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eac3-7725-a6fa-a5eb701fd8ef
01a208a9-eacd-7e3d-ade0-fa4fd184ea11	messages	f	test	2026-11-23 13:48:03.149548+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eac3-7725-a6fa-a5eb701fd8ef
\.


--
-- Data for Name: clinic_idempotencykey; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_idempotencykey (id, client, endpoint, key, body_hash, status, answer, created_at, clinic_id) FROM stdin;
\.


--
-- Data for Name: clinic_membership; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_membership (id, roles, display_name, is_active, clinic_id, user_id) FROM stdin;
01a208a9-ea37-7957-89d2-292e4246e4dd	{therapist}	Bea Bugspriet	t	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea35-7b86-9ef7-0d82de4d6437
01a208a9-ea65-78a3-a0e0-7d9a9cac6f4a	{administrator}	Olu Bugspriet	t	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea63-74ff-96a4-deb7f001b428
01a208a9-ea69-7ce9-b870-15e8335db49c	{manager}	Mirjam Bugspriet	t	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea68-7da5-bfb5-5bf2fb4c59ed
01a208a9-ea6d-70e9-8a30-b541a7ad24ee	{front_desk}	Finn Bugspriet	t	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea6c-73fc-9b06-b50dce8cc017
01a208a9-eaea-7d14-a122-52f0deaf8ab6	{administrator,manager,therapist}	Sam Distelfink	t	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	01a208a9-eae9-71fb-a47e-08de5f84b442
\.


--
-- Data for Name: clinic_message; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_message (id, kind, channel, subject_id, business_key, message_id, state, due_at, lease_until, attempts, sent_at, last_error, created_at, clinic_id, patient_id) FROM stdin;
01a208a9-eb81-7682-be50-6ca1b3a02ec9	invitation	email	01a208a9-eb69-7b62-9d2e-f122a93e5110	invitation:01a208a9-eb69-7b62-9d2e-f122a93e5110:1	01a208a9-eb81-72a9-bf27-086ad0105842	due	2026-11-23 13:48:03.32963+00	\N	0	\N		2026-11-23 13:48:03.330265+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea74-7b43-8f27-0598a2136324
\.


--
-- Data for Name: clinic_organisation; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_organisation (id, name) FROM stdin;
01a208a9-e9eb-7ca9-a51f-ac3ccdf03e13	Harbour house Bugspriet
01a208a9-ead9-7ec8-bae7-038bee389ca6	Meadow house Distelfink
\.


--
-- Data for Name: clinic_patient; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_patient (id, record_number, sex, language, registered_at, deceased_on, clinic_id) FROM stdin;
01a208a9-ea74-7b43-8f27-0598a2136324	1001	female	en	2026-11-23 13:48:03.061412+00	\N	01a208a9-ea1b-7e5c-ae90-147bce65767c
01a208a9-eaac-7c92-a0e5-272f111dbfb2	1002	male	de	2026-11-23 13:48:03.116475+00	\N	01a208a9-ea1b-7e5c-ae90-147bce65767c
01a208a9-eac3-7725-a6fa-a5eb701fd8ef	1003	male	en	2026-11-23 13:48:03.139732+00	\N	01a208a9-ea1b-7e5c-ae90-147bce65767c
01a208a9-eafb-7238-b460-50dd9dd292ef	1001	unknown	en	2026-11-23 13:48:03.196252+00	\N	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd
\.


--
-- Data for Name: clinic_patienthistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_patienthistory (pgh_id, pgh_created_at, pgh_label, id, record_number, sex, language, registered_at, deceased_on, clinic_id, pgh_obj_id) FROM stdin;
\.


--
-- Data for Name: clinic_patientidentity; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_patientidentity (id, sealed, search_numbers, exact_numbers, clinic_id, patient_id) FROM stdin;
01a208a9-ea78-738e-8b67-9e89e9c40103	\\x6741414141414272424551542d5a5538747053413971646931784374554e61656f73387a784f456f6e452d3237354f35557a656130756c47656e6b693436332d48677774385371483573766a583348344a6c6b722d5f362d6263512d31486a68764430365f33673179533731416a316231597373666a574a4754385270706a32386f4f7a4873367158456974644a6866597a557770555953556f347347475a784d6254503943516e536b614732626747594a6e39397367414e7a444b6a314c565056545f6c4d717038334b4962797734307952764c4b7578317175726945756d76385755455643793453535772426136302d2d4e325a64484562756a38415a72655f2d556842464e6a624c6d	{-6862434402784644992,-6724575576082709709,-5419436055566856072,-3249402271917158957,-3231467031626380523,-3074346311228792595,4121648484305076004,4360160625535145577,6521759397228355626,7159496392751734190,7650803939903464822,8580143685048726111,8690037003858681963}	{-5030145621929213562,896277531031751705,2960477767693047183}	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea74-7b43-8f27-0598a2136324
01a208a9-eaad-7e78-b751-d37bdd10d1df	\\x674141414141427242455154795077474e644e4b316337354f436f6e4278505250316d58784b414c4c4e484636364558314d5f635268733378774c51477073674b437476337a7864516971746375474349457a52786e78452d54724f79745871466d72753833684c4e523061377736574630474268785054456a523973445641635a61336b53676445362d4436676b7869357535415151726c62766c3572664566504a6762666a2d544b37756d6e5843454e56646842796e574630494f596b456251747146316232496d683450494d714c4170325a676277765770424667666e727046473742593175724c57515a6e48494f636545634f4b654e6f3152584d74783043655f41686c716c57723369655937794c716354766378637539704a364478773d3d	{-8212626501635493869,-6937176480142705975,-6422371995101780723,-5176340539721508806,-4585048081822467984,-4352101542842312452,-3783416199361518221,-3012573735937240571,-2803672678084903801,-1908825947869669717,-1854875897451744720,-847476753043991086,-789759480539573383,-592392261852801539,-325666056531943047,149517930493134175,389945518524420319,2089529455163261782,2984540782516216765,3042904278821451907,3045368468462669219,3728132953430299649,5485510921379198556,5600785348374780616,6135750980672016534,6996947412320037767,7109226388800503354,7247245666459275532,7372674072198057293,7556347511681838048,9013220867516058263}	{-5950895021999116367,7801579925035256253,8484779997400083554}	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eaac-7c92-a0e5-272f111dbfb2
01a208a9-eac5-7c33-8b70-0840f25fff5e	\\x674141414141427242455154673174375f3571593476345a6e32637944737931727570777062452d4b747966597a53462d564b334f554238705f4545763741666c72536765676c5a52366653563473485a33466c456b47544c416e57666b4b634e7475525170736349627558705a6539354d5777396b626f494470705a523353763776527278645373464f37356e535433694a507631454e53456d426b754632785643634e6f6d4e304878454c6652554177304b51524f686b457a41656830347436546246474e2d4f65596941726158736963753135326f566d4b4659504179536c4c6834784f6e686875396b4e4b4d5a7954793445593d	{-3261818346442587312,870924378416520984,2844907372830632133,3632684472115459163,5180012944513888927,5994576540467739442,7754402440209766755,8370166365966441073}	{4796668797336512457,6675577015755283160}	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eac3-7725-a6fa-a5eb701fd8ef
01a208a9-eafd-743b-8e65-2efb96930f2d	\\x674141414141427242455154614e595734304e3835316b73677a764c6d4333786a464c696d713057756e6f4e66304f5a564b444a4c435a4839674b4f326958764f635a317950436344425062452d444851783173522d757938524b4f314d525432664f7432596f7645476e6170663167454d5444325655716b4c75426477745a6d78625137704d32477961714179356a63797a59575354334135426f3948434845757770537a4b536658525130416433716c41582d75624e3135736b35344344525442464c69344765676531744c4c2d55396a7438696332417656334236765f53666f497a534d454d5530384e655a6749634a3175396b4634744a58674747374a55596c6b425a6c6f546738	{-5375846638313192264,-2175478762379542522,-2076149252688479018,-1491325563733879112,-947726875997797783,-864693473284438885,1766752018325005389,1808566692796277744,3964276444213859823,5074602329591669250,6839258271851026265,7804825725383303088}	{-5843425891208815733,-5030145621929213562,9145065224363574491}	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	01a208a9-eafb-7238-b460-50dd9dd292ef
\.


--
-- Data for Name: clinic_platformevent; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_platformevent (id, at, action, request_id, address, detail, user_id) FROM stdin;
01a208a9-ea2b-70f0-a6ba-b0884d223d38	2026-11-23 13:48:02.989588+00	clinic.create		\N	{"by": "command", "clinic": "01a208a9-ea1b-7e5c-ae90-147bce65767c"}	\N
01a208a9-eae6-7acd-a8c0-c779b88d8d61	2026-11-23 13:48:03.175212+00	clinic.create		\N	{"by": "command", "clinic": "01a208a9-eae2-7d2e-b50e-140f7ae8bbfd"}	\N
\.


--
-- Data for Name: clinic_task; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_task (id, kind, subject_id, state, urgent, opened_at, due_on, closed_at, decision, reason, assigned_to_id, clinic_id, patient_id) FROM stdin;
01a208a9-ead4-7c6a-a488-cae10d6899dc	follow_up	01a208a9-ead1-7c06-959b-d95ca367467c	open	f	2026-11-23 13:48:03.157184+00	\N	\N			01a208a9-ea37-7957-89d2-292e4246e4dd	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eac3-7725-a6fa-a5eb701fd8ef
\.


--
-- Data for Name: clinic_taskhistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_taskhistory (pgh_id, pgh_created_at, pgh_label, id, kind, subject_id, state, urgent, opened_at, due_on, closed_at, decision, reason, assigned_to_id, clinic_id, patient_id, pgh_obj_id) FROM stdin;
\.


--
-- Data for Name: clinic_user; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_user (password, last_login, is_superuser, id, email, name, language, is_active, is_staff, date_joined) FROM stdin;
!URuCGREjNXSrPEQUVLf4HuEsZ7Yurp3budsoLbMj	\N	f	01a208a9-ea63-74ff-96a4-deb7f001b428	owner@harbour.example	Olu Bugspriet		t	f	2026-11-23 13:48:03.044159+00
!ywTwmYYp5fKCfWDeBoAkFaInWuhv27bQ5X4p1GLE	\N	f	01a208a9-ea68-7da5-bfb5-5bf2fb4c59ed	manager@harbour.example	Mirjam Bugspriet		t	f	2026-11-23 13:48:03.04856+00
!fVs9PRdldVCau9yO3MnAo9qymxRoM8BeiHs46i8r	\N	f	01a208a9-ea6c-73fc-9b06-b50dce8cc017	frontdesk@harbour.example	Finn Bugspriet		t	f	2026-11-23 13:48:03.052368+00
!zNve0pEtIhjXRMdKfnLcqCEYUnSaV0BQCZClStOI	\N	f	01a208a9-eae9-71fb-a47e-08de5f84b442	stranger@meadow.example	Sam Distelfink		t	f	2026-11-23 13:48:03.177686+00
!HPkymaeMO0U32D5IIRJiRjgwwBPAB3J3PlI532cm	2026-11-23 13:48:03.459416+00	f	01a208a9-ea35-7b86-9ef7-0d82de4d6437	therapist@harbour.example	Bea Bugspriet		t	f	2026-11-23 13:48:02.997781+00
\.


--
-- Data for Name: clinic_user_groups; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_user_groups (id, user_id, group_id) FROM stdin;
\.


--
-- Data for Name: clinic_user_user_permissions; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.clinic_user_user_permissions (id, user_id, permission_id) FROM stdin;
\.


--
-- Data for Name: django_content_type; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.django_content_type (id, app_label, model) FROM stdin;
1	clinic	clinic
2	clinic	organisation
3	clinic	user
4	clinic	membership
5	clinic	apitoken
6	clinic	patient
7	clinic	message
8	clinic	consent
9	clinic	patienthistory
10	clinic	patientidentity
11	clinic	platformevent
12	clinic	task
13	clinic	taskhistory
14	clinic	auditevent
15	clinic	idempotencykey
16	treatment	course
17	treatment	coursehistory
18	treatment	device
19	treatment	devicehistory
20	treatment	devicewavelength
21	treatment	devicewavelengthhistory
22	treatment	handpiece
23	treatment	handpiecehistory
24	treatment	othertreatment
25	treatment	plan
26	treatment	plannedexercise
27	treatment	plannedexercisehistory
28	treatment	plannedtherapy
29	treatment	plannedtherapyhistory
30	treatment	protocol
31	treatment	planhistory
32	treatment	laserapplication
33	treatment	protocolhistory
34	treatment	visit
35	treatment	othertreatmenthistory
36	treatment	laserapplicationhistory
37	treatment	addendum
38	treatment	visitdraft
39	treatment	visithistory
40	outcomes	invitation
41	outcomes	response
42	outcomes	outcomerow
43	outcomes	responsevoid
44	outcomes	score
45	outcomes	surveydraft
46	auth	permission
47	auth	group
48	contenttypes	contenttype
49	sessions	session
50	account	emailaddress
51	account	emailconfirmation
52	mfa	authenticator
53	pghistory	context
54	pghistory	events
55	pghistory	middlewareevents
\.


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.django_migrations (id, app, name, applied) FROM stdin;
1	contenttypes	0001_initial	2026-11-23 13:47:42.509511+00
2	contenttypes	0002_remove_content_type_name	2026-11-23 13:47:42.524805+00
3	auth	0001_initial	2026-11-23 13:47:42.575011+00
4	auth	0002_alter_permission_name_max_length	2026-11-23 13:47:42.582981+00
5	auth	0003_alter_user_email_max_length	2026-11-23 13:47:42.589599+00
6	auth	0004_alter_user_username_opts	2026-11-23 13:47:42.597445+00
7	auth	0005_alter_user_last_login_null	2026-11-23 13:47:42.606753+00
8	auth	0006_require_contenttypes_0002	2026-11-23 13:47:42.608615+00
9	auth	0007_alter_validators_add_error_messages	2026-11-23 13:47:42.617283+00
10	auth	0008_alter_user_username_max_length	2026-11-23 13:47:42.626307+00
11	auth	0009_alter_user_last_name_max_length	2026-11-23 13:47:42.634294+00
12	auth	0010_alter_group_name_max_length	2026-11-23 13:47:42.643602+00
13	auth	0011_update_proxy_permissions	2026-11-23 13:47:42.649988+00
14	auth	0012_alter_user_first_name_max_length	2026-11-23 13:47:42.660601+00
15	clinic	0001_initial	2026-11-23 13:47:43.592421+00
16	account	0001_initial	2026-11-23 13:47:43.694416+00
17	account	0002_email_max_length	2026-11-23 13:47:43.712597+00
18	account	0003_alter_emailaddress_create_unique_verified_email	2026-11-23 13:47:43.742276+00
19	account	0004_alter_emailaddress_drop_unique_email	2026-11-23 13:47:43.782179+00
20	account	0005_emailaddress_idx_upper_email	2026-11-23 13:47:43.806936+00
21	account	0006_emailaddress_lower	2026-11-23 13:47:43.853091+00
22	account	0007_emailaddress_idx_email	2026-11-23 13:47:43.890915+00
23	account	0008_emailaddress_unique_primary_email_fixup	2026-11-23 13:47:43.931154+00
24	account	0009_emailaddress_unique_primary_email	2026-11-23 13:47:43.960002+00
25	clinic	0002_drop_doubled_indexes	2026-11-23 13:47:44.320814+00
26	mfa	0001_initial	2026-11-23 13:47:44.362269+00
27	mfa	0002_authenticator_timestamps	2026-11-23 13:47:44.398562+00
28	mfa	0003_authenticator_type_uniq	2026-11-23 13:47:44.456356+00
29	treatment	0001_initial	2026-11-23 13:47:50.90026+00
30	treatment	0002_drop_doubled_indexes	2026-11-23 13:47:52.874564+00
31	outcomes	0001_initial	2026-11-23 13:47:55.533305+00
32	outcomes	0002_keep_five_decimals_of_scores	2026-11-23 13:47:55.850253+00
33	outcomes	0003_room_for_versions	2026-11-23 13:47:56.24396+00
34	outcomes	0004_count_tried_years_of_birth	2026-11-23 13:47:56.360978+00
35	outcomes	0005_store_answers_in_one_statement	2026-11-23 13:47:56.371455+00
36	outcomes	0006_drop_doubled_indexes	2026-11-23 13:47:59.414379+00
37	pghistory	0001_initial	2026-11-23 13:47:59.423337+00
38	pghistory	0002_aggregateevent	2026-11-23 13:47:59.429349+00
39	pghistory	0003_auto_20201023_1636	2026-11-23 13:47:59.437568+00
40	pghistory	0004_auto_20220906_1625	2026-11-23 13:47:59.541172+00
41	pghistory	0005_events_middlewareevents	2026-11-23 13:47:59.548974+00
42	pghistory	0006_delete_aggregateevent	2026-11-23 13:47:59.55688+00
43	pghistory	0007_auto_20250421_0444	2026-11-23 13:47:59.679631+00
44	sessions	0001_initial	2026-11-23 13:47:59.690879+00
\.


--
-- Data for Name: mfa_authenticator; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.mfa_authenticator (id, type, data, user_id, created_at, last_used_at) FROM stdin;
\.


--
-- Data for Name: outcomes_invitation; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.outcomes_invitation (id, occasion, due_on, instruments, state, generation, token_hash, expires_at, created_at, sent_at, answered_at, receipt, answers_hash, clinic_id, course_id, visit_id, birth_tries) FROM stdin;
01a208a9-eb69-7b62-9d2e-f122a93e5110	month_3	2026-12-01	{nprs-back-7d}	open	1	58abdde2f6740eec778b4dbbb379749c4b42a5bd5a17eedd1e06db49c639606d	2026-12-07 13:48:03.305863+00	2026-11-23 13:48:03.307035+00	\N	\N	\N		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	\N	0
\.


--
-- Data for Name: outcomes_outcomerow; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.outcomes_outcomerow (id, scale, baseline_value, baseline_at, latest_value, latest_at, latest_occasion, answered, rebuilt_at, clinic_id, course_id, baseline_response_id, latest_response_id) FROM stdin;
01a208a9-eb2c-7c3f-b1fa-7c4bfd7c25ef	disability.rmdq24	8.00000	2026-11-23 13:48:03.21283+00	8.00000	2026-11-23 13:48:03.266427+00	discharge	3	2026-11-23 13:48:03.212647+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	01a208a9-eb2c-72b2-9285-d95eadd96e00	01a208a9-eb43-7416-a30a-1119195addc8
01a208a9-eb2c-7a37-9271-919320c9b220	pain.back.7d	7.00000	2026-11-23 13:48:03.21283+00	3.00000	2026-11-23 13:48:03.266427+00	discharge	3	2026-11-23 13:48:03.212647+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	01a208a9-eb2a-7fde-a361-f6127890f291	01a208a9-eb42-7af7-a611-b24d07a32530
01a208a9-eb4a-7628-87bf-d799926435d4	disability.rmdq24	8.00000	2026-11-23 13:48:03.273229+00	8.00000	2026-11-23 13:48:03.282158+00	discharge	3	2026-11-23 13:48:03.212647+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	01a208a9-eb49-7292-a9b9-2758ce3bfb1b	01a208a9-eb52-717c-947d-240f51777856
01a208a9-eb4a-702f-87f7-398e32bb0ace	pain.back.7d	7.00000	2026-11-23 13:48:03.273229+00	3.00000	2026-11-23 13:48:03.282158+00	discharge	3	2026-11-23 13:48:03.212647+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	01a208a9-eb49-79ac-b3b8-e9edb2c799a3	01a208a9-eb52-7bc7-8c8c-92ea18eaa045
01a208a9-eb5c-79be-849f-2504d9cee5bd	disability.rmdq24	8.00000	2026-11-23 13:48:03.291745+00	8.00000	2026-11-23 13:48:03.301544+00	discharge	3	2026-11-23 13:48:03.212647+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	01a208a9-eb5c-7fdb-a26d-5bf37c716f3e	01a208a9-eb66-711e-98b8-47834653a41e
01a208a9-eb5c-74c7-9e5c-b526944e817d	pain.back.7d	7.00000	2026-11-23 13:48:03.291745+00	3.00000	2026-11-23 13:48:03.301544+00	discharge	3	2026-11-23 13:48:03.212647+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	01a208a9-eb5c-7c9c-b3b6-763f02d2229a	01a208a9-eb65-7d20-839d-5f69d95639a7
\.


--
-- Data for Name: outcomes_response; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.outcomes_response (id, receipt, instrument, form_version, answers, occasion, mode, answered_by, layout, language, translation, text_hash, occurred_at, device_time, zone, received_at, source_key, clinic_id, course_id, invitation_id, recorded_by_id, visit_id) FROM stdin;
01a208a9-eb2a-7fde-a361-f6127890f291	01a208a9-eb2a-7820-919f-a19aed40f1cd	nprs-back-7d	nprs-back-7d@1.0+28a7767bea35	{"back": 7}	baseline	tablet	patient		en	backlight-en@1	cec49ea73b529f795937c5e3486e66e8f4a5565aee76fb0467c7eafca99c3b5f	2026-11-23 13:48:03.21283+00	\N	Europe/Berlin	2026-11-23 13:48:03.245917+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	\N	\N	\N
01a208a9-eb2c-72b2-9285-d95eadd96e00	01a208a9-eb2a-7820-919f-a19aed40f1cd	rmdq-24	rmdq-24@1.0+1113e2f8396a	{"r01": false, "r02": false, "r03": true, "r04": false, "r05": false, "r06": true, "r07": false, "r08": false, "r09": true, "r10": false, "r11": false, "r12": true, "r13": false, "r14": false, "r15": true, "r16": false, "r17": false, "r18": true, "r19": false, "r20": false, "r21": true, "r22": false, "r23": false, "r24": true}	baseline	tablet	patient		en	rmdq-en-uk@1	89e2bf620cfdd41e9d07102557d1c072c14c04579b6bda47d07e65d697d1ca9c	2026-11-23 13:48:03.21283+00	\N	Europe/Berlin	2026-11-23 13:48:03.245933+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	\N	\N	\N
01a208a9-eb3d-7836-a2a6-f8014a4894f3	01a208a9-eb3d-7a00-bb40-5f925c856e4c	nprs-back-7d	nprs-back-7d@1.0+28a7767bea35	{"back": 5}	during	tablet	patient		en	backlight-en@1	cec49ea73b529f795937c5e3486e66e8f4a5565aee76fb0467c7eafca99c3b5f	2026-11-23 13:48:03.261381+00	\N	Europe/Berlin	2026-11-23 13:48:03.262548+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	\N	\N	\N
01a208a9-eb3e-7a76-99bd-c26d8bf130ef	01a208a9-eb3d-7a00-bb40-5f925c856e4c	rmdq-24	rmdq-24@1.0+1113e2f8396a	{"r01": false, "r02": false, "r03": true, "r04": false, "r05": false, "r06": true, "r07": false, "r08": false, "r09": true, "r10": false, "r11": false, "r12": true, "r13": false, "r14": false, "r15": true, "r16": false, "r17": false, "r18": true, "r19": false, "r20": false, "r21": true, "r22": false, "r23": false, "r24": true}	during	tablet	patient		en	rmdq-en-uk@1	89e2bf620cfdd41e9d07102557d1c072c14c04579b6bda47d07e65d697d1ca9c	2026-11-23 13:48:03.261381+00	\N	Europe/Berlin	2026-11-23 13:48:03.262563+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	\N	\N	\N
01a208a9-eb42-7af7-a611-b24d07a32530	01a208a9-eb42-76ff-8eb4-8ad71bd53bbc	nprs-back-7d	nprs-back-7d@1.0+28a7767bea35	{"back": 3}	discharge	tablet	patient		en	backlight-en@1	cec49ea73b529f795937c5e3486e66e8f4a5565aee76fb0467c7eafca99c3b5f	2026-11-23 13:48:03.266427+00	\N	Europe/Berlin	2026-11-23 13:48:03.267384+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	\N	\N	\N
01a208a9-eb43-7416-a30a-1119195addc8	01a208a9-eb42-76ff-8eb4-8ad71bd53bbc	rmdq-24	rmdq-24@1.0+1113e2f8396a	{"r01": false, "r02": false, "r03": true, "r04": false, "r05": false, "r06": true, "r07": false, "r08": false, "r09": true, "r10": false, "r11": false, "r12": true, "r13": false, "r14": false, "r15": true, "r16": false, "r17": false, "r18": true, "r19": false, "r20": false, "r21": true, "r22": false, "r23": false, "r24": true}	discharge	tablet	patient		en	rmdq-en-uk@1	89e2bf620cfdd41e9d07102557d1c072c14c04579b6bda47d07e65d697d1ca9c	2026-11-23 13:48:03.266427+00	\N	Europe/Berlin	2026-11-23 13:48:03.267397+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	\N	\N	\N
01a208a9-eb49-79ac-b3b8-e9edb2c799a3	01a208a9-eb49-79f6-a654-5c64ee2d40c8	nprs-back-7d	nprs-back-7d@1.0+28a7767bea35	{"back": 7}	baseline	tablet	patient		en	backlight-en@1	cec49ea73b529f795937c5e3486e66e8f4a5565aee76fb0467c7eafca99c3b5f	2026-11-23 13:48:03.273229+00	\N	Europe/Berlin	2026-11-23 13:48:03.274354+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	\N	\N	\N
01a208a9-eb49-7292-a9b9-2758ce3bfb1b	01a208a9-eb49-79f6-a654-5c64ee2d40c8	rmdq-24	rmdq-24@1.0+1113e2f8396a	{"r01": false, "r02": false, "r03": true, "r04": false, "r05": false, "r06": true, "r07": false, "r08": false, "r09": true, "r10": false, "r11": false, "r12": true, "r13": false, "r14": false, "r15": true, "r16": false, "r17": false, "r18": true, "r19": false, "r20": false, "r21": true, "r22": false, "r23": false, "r24": true}	baseline	tablet	patient		en	rmdq-en-uk@1	89e2bf620cfdd41e9d07102557d1c072c14c04579b6bda47d07e65d697d1ca9c	2026-11-23 13:48:03.273229+00	\N	Europe/Berlin	2026-11-23 13:48:03.274374+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	\N	\N	\N
01a208a9-eb4d-78a8-b653-edd5a85cf1be	01a208a9-eb4d-7a01-9c9f-e0edea7e8a19	nprs-back-7d	nprs-back-7d@1.0+28a7767bea35	{"back": 5}	during	tablet	patient		en	backlight-en@1	cec49ea73b529f795937c5e3486e66e8f4a5565aee76fb0467c7eafca99c3b5f	2026-11-23 13:48:03.277188+00	\N	Europe/Berlin	2026-11-23 13:48:03.278136+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	\N	\N	\N
01a208a9-eb4d-7875-9453-56ca104cd998	01a208a9-eb4d-7a01-9c9f-e0edea7e8a19	rmdq-24	rmdq-24@1.0+1113e2f8396a	{"r01": false, "r02": false, "r03": true, "r04": false, "r05": false, "r06": true, "r07": false, "r08": false, "r09": true, "r10": false, "r11": false, "r12": true, "r13": false, "r14": false, "r15": true, "r16": false, "r17": false, "r18": true, "r19": false, "r20": false, "r21": true, "r22": false, "r23": false, "r24": true}	during	tablet	patient		en	rmdq-en-uk@1	89e2bf620cfdd41e9d07102557d1c072c14c04579b6bda47d07e65d697d1ca9c	2026-11-23 13:48:03.277188+00	\N	Europe/Berlin	2026-11-23 13:48:03.278148+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	\N	\N	\N
01a208a9-eb52-7bc7-8c8c-92ea18eaa045	01a208a9-eb52-7ea7-9185-0895d3d60071	nprs-back-7d	nprs-back-7d@1.0+28a7767bea35	{"back": 3}	discharge	tablet	patient		en	backlight-en@1	cec49ea73b529f795937c5e3486e66e8f4a5565aee76fb0467c7eafca99c3b5f	2026-11-23 13:48:03.282158+00	\N	Europe/Berlin	2026-11-23 13:48:03.283282+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	\N	\N	\N
01a208a9-eb52-717c-947d-240f51777856	01a208a9-eb52-7ea7-9185-0895d3d60071	rmdq-24	rmdq-24@1.0+1113e2f8396a	{"r01": false, "r02": false, "r03": true, "r04": false, "r05": false, "r06": true, "r07": false, "r08": false, "r09": true, "r10": false, "r11": false, "r12": true, "r13": false, "r14": false, "r15": true, "r16": false, "r17": false, "r18": true, "r19": false, "r20": false, "r21": true, "r22": false, "r23": false, "r24": true}	discharge	tablet	patient		en	rmdq-en-uk@1	89e2bf620cfdd41e9d07102557d1c072c14c04579b6bda47d07e65d697d1ca9c	2026-11-23 13:48:03.282158+00	\N	Europe/Berlin	2026-11-23 13:48:03.283297+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	\N	\N	\N
01a208a9-eb5c-7c9c-b3b6-763f02d2229a	01a208a9-eb5b-71dd-a7c1-18886e794e82	nprs-back-7d	nprs-back-7d@1.0+28a7767bea35	{"back": 7}	baseline	tablet	patient		en	backlight-en@1	cec49ea73b529f795937c5e3486e66e8f4a5565aee76fb0467c7eafca99c3b5f	2026-11-23 13:48:03.291745+00	\N	Europe/Berlin	2026-11-23 13:48:03.292732+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	\N	\N	\N
01a208a9-eb5c-7fdb-a26d-5bf37c716f3e	01a208a9-eb5b-71dd-a7c1-18886e794e82	rmdq-24	rmdq-24@1.0+1113e2f8396a	{"r01": false, "r02": false, "r03": true, "r04": false, "r05": false, "r06": true, "r07": false, "r08": false, "r09": true, "r10": false, "r11": false, "r12": true, "r13": false, "r14": false, "r15": true, "r16": false, "r17": false, "r18": true, "r19": false, "r20": false, "r21": true, "r22": false, "r23": false, "r24": true}	baseline	tablet	patient		en	rmdq-en-uk@1	89e2bf620cfdd41e9d07102557d1c072c14c04579b6bda47d07e65d697d1ca9c	2026-11-23 13:48:03.291745+00	\N	Europe/Berlin	2026-11-23 13:48:03.292744+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	\N	\N	\N
01a208a9-eb5f-78c1-82ac-eb6448424d83	01a208a9-eb5f-7401-93b9-801531ec2887	nprs-back-7d	nprs-back-7d@1.0+28a7767bea35	{"back": 5}	during	tablet	patient		en	backlight-en@1	cec49ea73b529f795937c5e3486e66e8f4a5565aee76fb0467c7eafca99c3b5f	2026-11-23 13:48:03.294935+00	\N	Europe/Berlin	2026-11-23 13:48:03.295768+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	\N	\N	\N
01a208a9-eb5f-7a5b-bc87-6a7d51643cee	01a208a9-eb5f-7401-93b9-801531ec2887	rmdq-24	rmdq-24@1.0+1113e2f8396a	{"r01": false, "r02": false, "r03": true, "r04": false, "r05": false, "r06": true, "r07": false, "r08": false, "r09": true, "r10": false, "r11": false, "r12": true, "r13": false, "r14": false, "r15": true, "r16": false, "r17": false, "r18": true, "r19": false, "r20": false, "r21": true, "r22": false, "r23": false, "r24": true}	during	tablet	patient		en	rmdq-en-uk@1	89e2bf620cfdd41e9d07102557d1c072c14c04579b6bda47d07e65d697d1ca9c	2026-11-23 13:48:03.294935+00	\N	Europe/Berlin	2026-11-23 13:48:03.295781+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	\N	\N	\N
01a208a9-eb65-7d20-839d-5f69d95639a7	01a208a9-eb65-75bd-8d05-7dc62b99ad6e	nprs-back-7d	nprs-back-7d@1.0+28a7767bea35	{"back": 3}	discharge	tablet	patient		en	backlight-en@1	cec49ea73b529f795937c5e3486e66e8f4a5565aee76fb0467c7eafca99c3b5f	2026-11-23 13:48:03.301544+00	\N	Europe/Berlin	2026-11-23 13:48:03.302618+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	\N	\N	\N
01a208a9-eb66-711e-98b8-47834653a41e	01a208a9-eb65-75bd-8d05-7dc62b99ad6e	rmdq-24	rmdq-24@1.0+1113e2f8396a	{"r01": false, "r02": false, "r03": true, "r04": false, "r05": false, "r06": true, "r07": false, "r08": false, "r09": true, "r10": false, "r11": false, "r12": true, "r13": false, "r14": false, "r15": true, "r16": false, "r17": false, "r18": true, "r19": false, "r20": false, "r21": true, "r22": false, "r23": false, "r24": true}	discharge	tablet	patient		en	rmdq-en-uk@1	89e2bf620cfdd41e9d07102557d1c072c14c04579b6bda47d07e65d697d1ca9c	2026-11-23 13:48:03.301544+00	\N	Europe/Berlin	2026-11-23 13:48:03.302631+00		01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	\N	\N	\N
\.


--
-- Data for Name: outcomes_responsevoid; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.outcomes_responsevoid (id, reason, voided_at, clinic_id, response_id, voided_by_id) FROM stdin;
\.


--
-- Data for Name: outcomes_score; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.outcomes_score (id, scale, value, no_score_reason, answered_items, flagged, scorer_version, occurred_at, scored_at, clinic_id, course_id, response_id) FROM stdin;
01a208a9-eb2c-76f0-8785-9a9a7dd3461a	pain.back.7d	7.00000		1		single_item/1	2026-11-23 13:48:03.21283+00	2026-11-23 13:48:03.246106+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	01a208a9-eb2a-7fde-a361-f6127890f291
01a208a9-eb2c-732c-93a6-ca903f6c3e8d	disability.rmdq24	8.00000		24		count_ticked/1	2026-11-23 13:48:03.21283+00	2026-11-23 13:48:03.246115+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	01a208a9-eb2c-72b2-9285-d95eadd96e00
01a208a9-eb3e-7887-9984-647833f16794	pain.back.7d	5.00000		1		single_item/1	2026-11-23 13:48:03.261381+00	2026-11-23 13:48:03.262658+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	01a208a9-eb3d-7836-a2a6-f8014a4894f3
01a208a9-eb3e-7305-bcdb-06ec1d1eab9f	disability.rmdq24	8.00000		24		count_ticked/1	2026-11-23 13:48:03.261381+00	2026-11-23 13:48:03.262665+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	01a208a9-eb3e-7a76-99bd-c26d8bf130ef
01a208a9-eb43-7bcc-90ae-796401d82fa5	pain.back.7d	3.00000		1		single_item/1	2026-11-23 13:48:03.266427+00	2026-11-23 13:48:03.267489+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	01a208a9-eb42-7af7-a611-b24d07a32530
01a208a9-eb43-7f7a-8a89-536c9938651f	disability.rmdq24	8.00000		24		count_ticked/1	2026-11-23 13:48:03.266427+00	2026-11-23 13:48:03.267496+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	01a208a9-eb43-7416-a30a-1119195addc8
01a208a9-eb4a-70df-9e7d-aa13740b40f3	pain.back.7d	7.00000		1		single_item/1	2026-11-23 13:48:03.273229+00	2026-11-23 13:48:03.274471+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	01a208a9-eb49-79ac-b3b8-e9edb2c799a3
01a208a9-eb4a-707e-83cc-6da9ffa1d842	disability.rmdq24	8.00000		24		count_ticked/1	2026-11-23 13:48:03.273229+00	2026-11-23 13:48:03.274477+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	01a208a9-eb49-7292-a9b9-2758ce3bfb1b
01a208a9-eb4d-79dd-8b6a-0d36e695a300	pain.back.7d	5.00000		1		single_item/1	2026-11-23 13:48:03.277188+00	2026-11-23 13:48:03.278247+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	01a208a9-eb4d-78a8-b653-edd5a85cf1be
01a208a9-eb4d-757c-b40f-5e01b1a3da87	disability.rmdq24	8.00000		24		count_ticked/1	2026-11-23 13:48:03.277188+00	2026-11-23 13:48:03.278253+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	01a208a9-eb4d-7875-9453-56ca104cd998
01a208a9-eb52-77e7-8d99-ae460494b749	pain.back.7d	3.00000		1		single_item/1	2026-11-23 13:48:03.282158+00	2026-11-23 13:48:03.283419+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	01a208a9-eb52-7bc7-8c8c-92ea18eaa045
01a208a9-eb53-7089-aedd-04c52f17a598	disability.rmdq24	8.00000		24		count_ticked/1	2026-11-23 13:48:03.282158+00	2026-11-23 13:48:03.283433+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	01a208a9-eb52-717c-947d-240f51777856
01a208a9-eb5c-7a00-b296-3c658e19a9ce	pain.back.7d	7.00000		1		single_item/1	2026-11-23 13:48:03.291745+00	2026-11-23 13:48:03.292834+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	01a208a9-eb5c-7c9c-b3b6-763f02d2229a
01a208a9-eb5c-70f7-98a2-b4d2f2fe4de9	disability.rmdq24	8.00000		24		count_ticked/1	2026-11-23 13:48:03.291745+00	2026-11-23 13:48:03.292841+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	01a208a9-eb5c-7fdb-a26d-5bf37c716f3e
01a208a9-eb5f-7f68-b67c-645d1a8e0d29	pain.back.7d	5.00000		1		single_item/1	2026-11-23 13:48:03.294935+00	2026-11-23 13:48:03.295865+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	01a208a9-eb5f-78c1-82ac-eb6448424d83
01a208a9-eb5f-7bba-8085-92178a23c25a	disability.rmdq24	8.00000		24		count_ticked/1	2026-11-23 13:48:03.294935+00	2026-11-23 13:48:03.295872+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	01a208a9-eb5f-7a5b-bc87-6a7d51643cee
01a208a9-eb66-77a2-9f5e-f1d0289d334a	pain.back.7d	3.00000		1		single_item/1	2026-11-23 13:48:03.301544+00	2026-11-23 13:48:03.302721+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	01a208a9-eb65-7d20-839d-5f69d95639a7
01a208a9-eb66-7e2f-a42c-ac2683d4f667	disability.rmdq24	8.00000		24		count_ticked/1	2026-11-23 13:48:03.301544+00	2026-11-23 13:48:03.302728+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ead1-7c06-959b-d95ca367467c	01a208a9-eb66-711e-98b8-47834653a41e
\.


--
-- Data for Name: outcomes_surveydraft; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.outcomes_surveydraft (id, answers, layouts, saved_at, clinic_id, invitation_id) FROM stdin;
01a208a9-eb91-7882-ad63-e0ef801eddf0	{"nprs-back-7d": {"back": 2}}	{}	2026-11-23 13:48:03.346262+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eb69-7b62-9d2e-f122a93e5110
\.


--
-- Data for Name: pghistory_context; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.pghistory_context (id, created_at, updated_at, metadata) FROM stdin;
\.


--
-- Data for Name: treatment_addendum; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_addendum (id, reason, changes, text, written_at, author_id, clinic_id, visit_id) FROM stdin;
\.


--
-- Data for Name: treatment_course; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_course (id, complaint, icd10_code, onset_on, label, started_on, ended_on, end_reason, external_id, clinic_id, patient_id, responsible_id) FROM stdin;
01a208a9-ea8c-79c0-90fd-161184968709	chronic_low_back_pain	M54.50	2026-01-15	Bugspriet	2026-09-01	\N			01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea74-7b43-8f27-0598a2136324	01a208a9-ea37-7957-89d2-292e4246e4dd
01a208a9-eab4-75c3-9ed6-4d5b0a53be06	sciatica		2026-09-20		2026-10-05	\N			01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eaac-7c92-a0e5-272f111dbfb2	01a208a9-ea37-7957-89d2-292e4246e4dd
01a208a9-ead1-7c06-959b-d95ca367467c	chronic_low_back_pain		\N		2026-08-03	\N			01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eac3-7725-a6fa-a5eb701fd8ef	01a208a9-ea37-7957-89d2-292e4246e4dd
01a208a9-eb02-71a3-b088-ccdcc7b83fb6	neck_pain		\N	Distelfink	2026-09-02	\N			01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	01a208a9-eafb-7238-b460-50dd9dd292ef	01a208a9-eaea-7d14-a122-52f0deaf8ab6
\.


--
-- Data for Name: treatment_coursehistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_coursehistory (pgh_id, pgh_created_at, pgh_label, id, complaint, icd10_code, onset_on, label, started_on, ended_on, end_reason, external_id, clinic_id, patient_id, pgh_obj_id, responsible_id) FROM stdin;
\.


--
-- Data for Name: treatment_device; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_device (id, name, maker, model, serial_number, laser_class, maximum_power_w, is_active, clinic_id) FROM stdin;
01a208a9-ea40-751d-a696-ae7b21338526	Laser Bugspriet	Example Optics	EO-12		4	15.00000	t	01a208a9-ea1b-7e5c-ae90-147bce65767c
01a208a9-eaec-7ac6-9506-5cbbb0054d10	Laser Distelfink	Example Optics	EO-12		4	15.00000	t	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd
\.


--
-- Data for Name: treatment_devicehistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_devicehistory (pgh_id, pgh_created_at, pgh_label, id, name, maker, model, serial_number, laser_class, maximum_power_w, is_active, clinic_id, pgh_obj_id) FROM stdin;
\.


--
-- Data for Name: treatment_devicewavelength; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_devicewavelength (id, wavelength_nm, clinic_id, device_id) FROM stdin;
01a208a9-ea42-7384-a7b9-3176d2a970d9	810.0	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea40-751d-a696-ae7b21338526
01a208a9-ea42-7e33-8266-9f0b7ca04ae9	980.0	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea40-751d-a696-ae7b21338526
01a208a9-eaed-75f9-96c3-52a52ca7f107	810.0	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	01a208a9-eaec-7ac6-9506-5cbbb0054d10
01a208a9-eaed-7d34-a6d3-d8d3a1ba9da0	980.0	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	01a208a9-eaec-7ac6-9506-5cbbb0054d10
\.


--
-- Data for Name: treatment_devicewavelengthhistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_devicewavelengthhistory (pgh_id, pgh_created_at, pgh_label, id, wavelength_nm, clinic_id, device_id, pgh_obj_id) FROM stdin;
\.


--
-- Data for Name: treatment_handpiece; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_handpiece (id, name, spot_area_cm2, edge_definition, clinic_id, device_id) FROM stdin;
01a208a9-ea45-70fd-adee-a314e08451d7	Massage ball	3.1416	unknown	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea40-751d-a696-ae7b21338526
01a208a9-eaee-7270-8abc-dec78ecd3058	Massage ball	3.1416	unknown	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	01a208a9-eaec-7ac6-9506-5cbbb0054d10
\.


--
-- Data for Name: treatment_handpiecehistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_handpiecehistory (pgh_id, pgh_created_at, pgh_label, id, name, spot_area_cm2, edge_definition, clinic_id, device_id, pgh_obj_id) FROM stdin;
\.


--
-- Data for Name: treatment_laserapplication; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_laserapplication (id, wavelength_shares, mode, average_power_w, peak_power_w, pulse_duration_s, frequency_hz, duty_cycle_percent, technique, spot_area_cm2, treated_area_cm2, points, seconds_per_point, emission_s, "position", region, side, levels, energy_per_point_j, energy_computed_j, energy_typed_j, energy_differs, irradiance_w_cm2, fluence_j_cm2, not_computable, dose_version, copied_from, clinic_id, device_id, handpiece_id, protocol_id, visit_id) FROM stdin;
01a208a9-f33c-7a8f-ae72-3ac3a727788d	{}	cw	10.00000	\N	\N	\N	\N	scanning_contact	\N	150.00	\N	\N	300.00	0	lumbar		{}	\N	3000.0000	\N	f	\N	\N	{"fluence_j_cm2": "only_for_points", "irradiance_w_cm2": "spot_area_missing", "energy_per_point_j": "only_for_points"}	1	\N	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea40-751d-a696-ae7b21338526	\N	\N	01a208a9-eb93-7c9b-989c-ee630d00e073
\.


--
-- Data for Name: treatment_laserapplicationhistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_laserapplicationhistory (pgh_id, pgh_created_at, pgh_label, id, wavelength_shares, mode, average_power_w, peak_power_w, pulse_duration_s, frequency_hz, duty_cycle_percent, technique, spot_area_cm2, treated_area_cm2, points, seconds_per_point, emission_s, "position", region, side, levels, energy_per_point_j, energy_computed_j, energy_typed_j, energy_differs, irradiance_w_cm2, fluence_j_cm2, not_computable, dose_version, copied_from, clinic_id, device_id, handpiece_id, pgh_obj_id, protocol_id, visit_id) FROM stdin;
\.


--
-- Data for Name: treatment_othertreatment; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_othertreatment (id, "position", kind, code, grade, region, side, levels, minutes, clinic_id, visit_id) FROM stdin;
\.


--
-- Data for Name: treatment_othertreatmenthistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_othertreatmenthistory (pgh_id, pgh_created_at, pgh_label, id, "position", kind, code, grade, region, side, levels, minutes, clinic_id, pgh_obj_id, visit_id) FROM stdin;
\.


--
-- Data for Name: treatment_plan; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_plan (id, version, planned_visits, visits_per_week, review_on, made_at, clinic_id, course_id, protocol_id) FROM stdin;
01a208a9-ea9d-7295-b6b9-28d800033715	1	8	2.0	2026-10-01	2026-11-23 13:48:03.101887+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	01a208a9-ea5e-7d40-a908-56b87581ecb3
01a208a9-eabe-7574-b4c1-43ed2268fa33	1	6	1.0	2026-11-16	2026-11-23 13:48:03.134336+00	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eab4-75c3-9ed6-4d5b0a53be06	\N
01a208a9-eb07-72f4-b25c-aaedff7ba0e7	1	4	1.0	2026-10-02	2026-11-23 13:48:03.208253+00	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	01a208a9-eb02-71a3-b088-ccdcc7b83fb6	01a208a9-eaf5-74c6-bcbd-7f2a8387636a
\.


--
-- Data for Name: treatment_planhistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_planhistory (pgh_id, pgh_created_at, pgh_label, id, version, planned_visits, visits_per_week, review_on, made_at, clinic_id, course_id, pgh_obj_id, protocol_id) FROM stdin;
\.


--
-- Data for Name: treatment_plannedexercise; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_plannedexercise (id, name, sets, repetitions, minutes, weekdays, "position", clinic_id, plan_id) FROM stdin;
01a208a9-ea9e-7850-86aa-3741814045f8	Bridge Bugspriet	3	10	\N	{0,2,4}	0	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea9d-7295-b6b9-28d800033715
01a208a9-ea9e-75a4-970b-d8bf2db97876	Walking	\N	\N	20	{0,1,2,3,4,5,6}	1	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea9d-7295-b6b9-28d800033715
01a208a9-eabe-7539-b626-39159bfad926	Nerve glides	2	10	\N	{0,1,2,3,4,5,6}	0	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eabe-7574-b4c1-43ed2268fa33
01a208a9-eb08-7767-a638-9970e2b88a5d	Chin tuck Distelfink	1	8	\N	{1,3}	0	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	01a208a9-eb07-72f4-b25c-aaedff7ba0e7
\.


--
-- Data for Name: treatment_plannedexercisehistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_plannedexercisehistory (pgh_id, pgh_created_at, pgh_label, id, name, sets, repetitions, minutes, weekdays, "position", clinic_id, pgh_obj_id, plan_id) FROM stdin;
\.


--
-- Data for Name: treatment_plannedtherapy; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_plannedtherapy (id, kind, code, note, "position", clinic_id, plan_id) FROM stdin;
01a208a9-eaa2-75bf-9038-3596d684edb6	manual_therapy	joint_mobilisation		0	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea9d-7295-b6b9-28d800033715
01a208a9-eabf-775c-a26b-03c2866e1c9e	manual_therapy	neural_mobilisation		0	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-eabe-7574-b4c1-43ed2268fa33
\.


--
-- Data for Name: treatment_plannedtherapyhistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_plannedtherapyhistory (pgh_id, pgh_created_at, pgh_label, id, kind, code, note, "position", clinic_id, pgh_obj_id, plan_id) FROM stdin;
\.


--
-- Data for Name: treatment_protocol; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_protocol (id, wavelength_shares, mode, average_power_w, peak_power_w, pulse_duration_s, frequency_hz, duty_cycle_percent, technique, spot_area_cm2, treated_area_cm2, points, seconds_per_point, emission_s, name, region, source, version, is_active, clinic_id, device_id, handpiece_id) FROM stdin;
01a208a9-ea5e-7d40-a908-56b87581ecb3	{"980": 100}	cw	12.00000	\N	\N	\N	\N	scanning_contact	\N	500.00	\N	\N	420.00	Lumbar A	lumbar	Agreed by the team, Bugspriet	1	t	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea40-751d-a696-ae7b21338526	01a208a9-ea45-70fd-adee-a314e08451d7
01a208a9-eaf5-74c6-bcbd-7f2a8387636a	{"980": 100}	cw	12.00000	\N	\N	\N	\N	scanning_contact	\N	500.00	\N	\N	420.00	Lumbar A	lumbar	Agreed by the team, Distelfink	1	t	01a208a9-eae2-7d2e-b50e-140f7ae8bbfd	01a208a9-eaec-7ac6-9506-5cbbb0054d10	01a208a9-eaee-7270-8abc-dec78ecd3058
\.


--
-- Data for Name: treatment_protocolhistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_protocolhistory (pgh_id, pgh_created_at, pgh_label, id, wavelength_shares, mode, average_power_w, peak_power_w, pulse_duration_s, frequency_hz, duty_cycle_percent, technique, spot_area_cm2, treated_area_cm2, points, seconds_per_point, emission_s, name, region, source, version, is_active, clinic_id, device_id, handpiece_id, pgh_obj_id) FROM stdin;
\.


--
-- Data for Name: treatment_visit; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_visit (id, state, planned_for, arrived_at, occurred_at, recorded_at, pain_before, pain_after, no_pain_after_reason, skin_checked, reaction, note, client_key, clinic_id, course_id, signed_by_id, therapist_id) FROM stdin;
01a208a9-eb93-7c9b-989c-ee630d00e073	signed	2026-11-23 13:48:03.347041+00	2026-11-23 13:48:03.347041+00	2026-11-23 13:48:05.26854+00	2026-11-23 13:48:05.324536+00	5	4		\N	none		\N	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	01a208a9-ea37-7957-89d2-292e4246e4dd	01a208a9-ea37-7957-89d2-292e4246e4dd
\.


--
-- Data for Name: treatment_visitdraft; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_visitdraft (id, form, saved_at, revision, clinic_id, saved_by_id, visit_id) FROM stdin;
\.


--
-- Data for Name: treatment_visithistory; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.treatment_visithistory (pgh_id, pgh_created_at, pgh_label, id, state, planned_for, arrived_at, occurred_at, recorded_at, pain_before, pain_after, no_pain_after_reason, skin_checked, reaction, note, client_key, clinic_id, course_id, pgh_obj_id, signed_by_id, therapist_id) FROM stdin;
1	2026-11-23 13:48:05.185365+00	before_change	01a208a9-eb93-7c9b-989c-ee630d00e073	arrived	2026-11-23 13:48:03.347041+00	2026-11-23 13:48:03.347041+00	\N	\N	\N	\N		\N			\N	01a208a9-ea1b-7e5c-ae90-147bce65767c	01a208a9-ea8c-79c0-90fd-161184968709	01a208a9-eb93-7c9b-989c-ee630d00e073	\N	01a208a9-ea37-7957-89d2-292e4246e4dd
\.


--
-- Name: account_emailaddress_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);


--
-- Name: account_emailconfirmation_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);


--
-- Name: auth_group_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);


--
-- Name: auth_group_permissions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);


--
-- Name: auth_permission_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_permission_id_seq', 220, true);


--
-- Name: clinic_patienthistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.clinic_patienthistory_pgh_id_seq', 1, false);


--
-- Name: clinic_taskhistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.clinic_taskhistory_pgh_id_seq', 1, false);


--
-- Name: clinic_user_groups_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.clinic_user_groups_id_seq', 1, false);


--
-- Name: clinic_user_user_permissions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.clinic_user_user_permissions_id_seq', 1, false);


--
-- Name: django_content_type_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.django_content_type_id_seq', 55, true);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.django_migrations_id_seq', 44, true);


--
-- Name: mfa_authenticator_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);


--
-- Name: treatment_coursehistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.treatment_coursehistory_pgh_id_seq', 1, false);


--
-- Name: treatment_devicehistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.treatment_devicehistory_pgh_id_seq', 1, false);


--
-- Name: treatment_devicewavelengthhistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.treatment_devicewavelengthhistory_pgh_id_seq', 1, false);


--
-- Name: treatment_handpiecehistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.treatment_handpiecehistory_pgh_id_seq', 1, false);


--
-- Name: treatment_laserapplicationhistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.treatment_laserapplicationhistory_pgh_id_seq', 1, false);


--
-- Name: treatment_othertreatmenthistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.treatment_othertreatmenthistory_pgh_id_seq', 1, false);


--
-- Name: treatment_planhistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.treatment_planhistory_pgh_id_seq', 1, false);


--
-- Name: treatment_plannedexercisehistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.treatment_plannedexercisehistory_pgh_id_seq', 1, false);


--
-- Name: treatment_plannedtherapyhistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.treatment_plannedtherapyhistory_pgh_id_seq', 1, false);


--
-- Name: treatment_protocolhistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.treatment_protocolhistory_pgh_id_seq', 1, false);


--
-- Name: treatment_visithistory_pgh_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.treatment_visithistory_pgh_id_seq', 1, true);


--
-- Name: account_emailaddress account_emailaddress_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);


--
-- Name: account_emailaddress account_emailaddress_user_id_email_987c8728_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);


--
-- Name: account_emailconfirmation account_emailconfirmation_key_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);


--
-- Name: account_emailconfirmation account_emailconfirmation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);


--
-- Name: clinic_apitoken api_token_hash_once_per_clinic; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_apitoken
    ADD CONSTRAINT api_token_hash_once_per_clinic UNIQUE (clinic_id, token_hash);


--
-- Name: auth_group auth_group_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);


--
-- Name: auth_group_permissions auth_group_permissions_group_id_permission_id_0cd325b0_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);


--
-- Name: auth_group_permissions auth_group_permissions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);


--
-- Name: auth_group auth_group_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);


--
-- Name: auth_permission auth_permission_content_type_id_codename_01ab375a_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);


--
-- Name: auth_permission auth_permission_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);


--
-- Name: clinic_apitoken clinic_apitoken_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_apitoken
    ADD CONSTRAINT clinic_apitoken_clinic_key UNIQUE (clinic_id, id);


--
-- Name: clinic_apitoken clinic_apitoken_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_apitoken
    ADD CONSTRAINT clinic_apitoken_pkey PRIMARY KEY (id);


--
-- Name: clinic_auditcounter clinic_auditcounter_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditcounter
    ADD CONSTRAINT clinic_auditcounter_pkey PRIMARY KEY (clinic_id);


--
-- Name: clinic_auditevent clinic_auditevent_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditevent
    ADD CONSTRAINT clinic_auditevent_pkey PRIMARY KEY (clinic_id, at, id);


--
-- Name: clinic_auditevent_2026_11 clinic_auditevent_2026_11_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditevent_2026_11
    ADD CONSTRAINT clinic_auditevent_2026_11_pkey PRIMARY KEY (clinic_id, at, id);


--
-- Name: clinic_auditevent_2026_12 clinic_auditevent_2026_12_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditevent_2026_12
    ADD CONSTRAINT clinic_auditevent_2026_12_pkey PRIMARY KEY (clinic_id, at, id);


--
-- Name: clinic_auditevent_2027_01 clinic_auditevent_2027_01_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditevent_2027_01
    ADD CONSTRAINT clinic_auditevent_2027_01_pkey PRIMARY KEY (clinic_id, at, id);


--
-- Name: clinic_auditevent_2027_02 clinic_auditevent_2027_02_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditevent_2027_02
    ADD CONSTRAINT clinic_auditevent_2027_02_pkey PRIMARY KEY (clinic_id, at, id);


--
-- Name: clinic_auditevent_default clinic_auditevent_default_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditevent_default
    ADD CONSTRAINT clinic_auditevent_default_pkey PRIMARY KEY (clinic_id, at, id);


--
-- Name: clinic_cache clinic_cache_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_cache
    ADD CONSTRAINT clinic_cache_pkey PRIMARY KEY (cache_key);


--
-- Name: clinic_clinic clinic_clinic_link_prefix_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_clinic
    ADD CONSTRAINT clinic_clinic_link_prefix_key UNIQUE (link_prefix);


--
-- Name: clinic_clinic clinic_clinic_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_clinic
    ADD CONSTRAINT clinic_clinic_pkey PRIMARY KEY (id);


--
-- Name: clinic_clinic clinic_clinic_slug_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_clinic
    ADD CONSTRAINT clinic_clinic_slug_key UNIQUE (slug);


--
-- Name: clinic_consent clinic_consent_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_consent
    ADD CONSTRAINT clinic_consent_clinic_key UNIQUE (clinic_id, id);


--
-- Name: clinic_consent clinic_consent_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_consent
    ADD CONSTRAINT clinic_consent_pkey PRIMARY KEY (id);


--
-- Name: clinic_idempotencykey clinic_idempotencykey_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_idempotencykey
    ADD CONSTRAINT clinic_idempotencykey_clinic_key UNIQUE (clinic_id, id);


--
-- Name: clinic_idempotencykey clinic_idempotencykey_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_idempotencykey
    ADD CONSTRAINT clinic_idempotencykey_pkey PRIMARY KEY (id);


--
-- Name: clinic_membership clinic_membership_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_membership
    ADD CONSTRAINT clinic_membership_clinic_key UNIQUE (clinic_id, id);


--
-- Name: clinic_membership clinic_membership_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_membership
    ADD CONSTRAINT clinic_membership_pkey PRIMARY KEY (id);


--
-- Name: clinic_message clinic_message_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_message
    ADD CONSTRAINT clinic_message_clinic_key UNIQUE (clinic_id, id);


--
-- Name: clinic_message clinic_message_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_message
    ADD CONSTRAINT clinic_message_pkey PRIMARY KEY (id);


--
-- Name: clinic_organisation clinic_organisation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_organisation
    ADD CONSTRAINT clinic_organisation_pkey PRIMARY KEY (id);


--
-- Name: clinic_patient clinic_patient_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_patient
    ADD CONSTRAINT clinic_patient_clinic_key UNIQUE (clinic_id, id);


--
-- Name: clinic_patient clinic_patient_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_patient
    ADD CONSTRAINT clinic_patient_pkey PRIMARY KEY (id);


--
-- Name: clinic_patienthistory clinic_patienthistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_patienthistory
    ADD CONSTRAINT clinic_patienthistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: clinic_patientidentity clinic_patientidentity_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_patientidentity
    ADD CONSTRAINT clinic_patientidentity_clinic_key UNIQUE (clinic_id, id);


--
-- Name: clinic_patientidentity clinic_patientidentity_patient_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_patientidentity
    ADD CONSTRAINT clinic_patientidentity_patient_id_key UNIQUE (patient_id);


--
-- Name: clinic_patientidentity clinic_patientidentity_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_patientidentity
    ADD CONSTRAINT clinic_patientidentity_pkey PRIMARY KEY (id);


--
-- Name: clinic_platformevent clinic_platformevent_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_platformevent
    ADD CONSTRAINT clinic_platformevent_pkey PRIMARY KEY (id);


--
-- Name: clinic_task clinic_task_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_task
    ADD CONSTRAINT clinic_task_clinic_key UNIQUE (clinic_id, id);


--
-- Name: clinic_task clinic_task_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_task
    ADD CONSTRAINT clinic_task_pkey PRIMARY KEY (id);


--
-- Name: clinic_taskhistory clinic_taskhistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_taskhistory
    ADD CONSTRAINT clinic_taskhistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: clinic_user clinic_user_email_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_user
    ADD CONSTRAINT clinic_user_email_key UNIQUE (email);


--
-- Name: clinic_user_groups clinic_user_groups_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_user_groups
    ADD CONSTRAINT clinic_user_groups_pkey PRIMARY KEY (id);


--
-- Name: clinic_user_groups clinic_user_groups_user_id_group_id_8710613d_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_user_groups
    ADD CONSTRAINT clinic_user_groups_user_id_group_id_8710613d_uniq UNIQUE (user_id, group_id);


--
-- Name: clinic_user clinic_user_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_user
    ADD CONSTRAINT clinic_user_pkey PRIMARY KEY (id);


--
-- Name: clinic_user_user_permissions clinic_user_user_permiss_user_id_permission_id_16b19c44_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_user_user_permissions
    ADD CONSTRAINT clinic_user_user_permiss_user_id_permission_id_16b19c44_uniq UNIQUE (user_id, permission_id);


--
-- Name: clinic_user_user_permissions clinic_user_user_permissions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_user_user_permissions
    ADD CONSTRAINT clinic_user_user_permissions_pkey PRIMARY KEY (id);


--
-- Name: treatment_device device_name_once_per_clinic; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_device
    ADD CONSTRAINT device_name_once_per_clinic UNIQUE (clinic_id, name);


--
-- Name: django_content_type django_content_type_app_label_model_76bd3d3b_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);


--
-- Name: django_content_type django_content_type_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: treatment_handpiece handpiece_once_per_device; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_handpiece
    ADD CONSTRAINT handpiece_once_per_device UNIQUE (clinic_id, device_id, name);


--
-- Name: clinic_idempotencykey idempotency_key_once_per_client; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_idempotencykey
    ADD CONSTRAINT idempotency_key_once_per_client UNIQUE (clinic_id, client, endpoint, key);


--
-- Name: outcomes_invitation invitation_once_per_occasion; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_invitation
    ADD CONSTRAINT invitation_once_per_occasion UNIQUE (clinic_id, course_id, occasion, due_on);


--
-- Name: outcomes_invitation invitation_token_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_invitation
    ADD CONSTRAINT invitation_token_once UNIQUE (clinic_id, token_hash);


--
-- Name: clinic_membership membership_once_per_clinic; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_membership
    ADD CONSTRAINT membership_once_per_clinic UNIQUE (clinic_id, user_id);


--
-- Name: clinic_message message_once_per_business_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_message
    ADD CONSTRAINT message_once_per_business_key UNIQUE (clinic_id, business_key);


--
-- Name: mfa_authenticator mfa_authenticator_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);


--
-- Name: outcomes_outcomerow outcome_once_per_course_and_scale; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_outcomerow
    ADD CONSTRAINT outcome_once_per_course_and_scale UNIQUE (clinic_id, course_id, scale);


--
-- Name: outcomes_invitation outcomes_invitation_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_invitation
    ADD CONSTRAINT outcomes_invitation_clinic_key UNIQUE (clinic_id, id);


--
-- Name: outcomes_invitation outcomes_invitation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_invitation
    ADD CONSTRAINT outcomes_invitation_pkey PRIMARY KEY (id);


--
-- Name: outcomes_outcomerow outcomes_outcomerow_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_outcomerow
    ADD CONSTRAINT outcomes_outcomerow_clinic_key UNIQUE (clinic_id, id);


--
-- Name: outcomes_outcomerow outcomes_outcomerow_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_outcomerow
    ADD CONSTRAINT outcomes_outcomerow_pkey PRIMARY KEY (id);


--
-- Name: outcomes_response outcomes_response_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_response
    ADD CONSTRAINT outcomes_response_clinic_key UNIQUE (clinic_id, id);


--
-- Name: outcomes_response outcomes_response_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_response
    ADD CONSTRAINT outcomes_response_pkey PRIMARY KEY (id);


--
-- Name: outcomes_responsevoid outcomes_responsevoid_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_responsevoid
    ADD CONSTRAINT outcomes_responsevoid_clinic_key UNIQUE (clinic_id, id);


--
-- Name: outcomes_responsevoid outcomes_responsevoid_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_responsevoid
    ADD CONSTRAINT outcomes_responsevoid_pkey PRIMARY KEY (id);


--
-- Name: outcomes_responsevoid outcomes_responsevoid_response_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_responsevoid
    ADD CONSTRAINT outcomes_responsevoid_response_id_key UNIQUE (response_id);


--
-- Name: outcomes_score outcomes_score_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_score
    ADD CONSTRAINT outcomes_score_clinic_key UNIQUE (clinic_id, id);


--
-- Name: outcomes_score outcomes_score_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_score
    ADD CONSTRAINT outcomes_score_pkey PRIMARY KEY (id);


--
-- Name: outcomes_surveydraft outcomes_surveydraft_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_surveydraft
    ADD CONSTRAINT outcomes_surveydraft_clinic_key UNIQUE (clinic_id, id);


--
-- Name: outcomes_surveydraft outcomes_surveydraft_invitation_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_surveydraft
    ADD CONSTRAINT outcomes_surveydraft_invitation_id_key UNIQUE (invitation_id);


--
-- Name: outcomes_surveydraft outcomes_surveydraft_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_surveydraft
    ADD CONSTRAINT outcomes_surveydraft_pkey PRIMARY KEY (id);


--
-- Name: pghistory_context pghistory_context_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pghistory_context
    ADD CONSTRAINT pghistory_context_pkey PRIMARY KEY (id);


--
-- Name: treatment_plan plan_version_once_per_course; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plan
    ADD CONSTRAINT plan_version_once_per_course UNIQUE (clinic_id, course_id, version);


--
-- Name: treatment_protocol protocol_version_once_per_clinic; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_protocol
    ADD CONSTRAINT protocol_version_once_per_clinic UNIQUE (clinic_id, name, version);


--
-- Name: clinic_patient record_number_once_per_clinic; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_patient
    ADD CONSTRAINT record_number_once_per_clinic UNIQUE (clinic_id, record_number);


--
-- Name: outcomes_score score_once_per_scorer; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_score
    ADD CONSTRAINT score_once_per_scorer UNIQUE (clinic_id, response_id, scale, scorer_version);


--
-- Name: treatment_addendum treatment_addendum_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_addendum
    ADD CONSTRAINT treatment_addendum_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_addendum treatment_addendum_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_addendum
    ADD CONSTRAINT treatment_addendum_pkey PRIMARY KEY (id);


--
-- Name: treatment_course treatment_course_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_course
    ADD CONSTRAINT treatment_course_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_course treatment_course_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_course
    ADD CONSTRAINT treatment_course_pkey PRIMARY KEY (id);


--
-- Name: treatment_coursehistory treatment_coursehistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_coursehistory
    ADD CONSTRAINT treatment_coursehistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: treatment_device treatment_device_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_device
    ADD CONSTRAINT treatment_device_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_device treatment_device_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_device
    ADD CONSTRAINT treatment_device_pkey PRIMARY KEY (id);


--
-- Name: treatment_devicehistory treatment_devicehistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_devicehistory
    ADD CONSTRAINT treatment_devicehistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: treatment_devicewavelength treatment_devicewavelength_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_devicewavelength
    ADD CONSTRAINT treatment_devicewavelength_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_devicewavelength treatment_devicewavelength_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_devicewavelength
    ADD CONSTRAINT treatment_devicewavelength_pkey PRIMARY KEY (id);


--
-- Name: treatment_devicewavelengthhistory treatment_devicewavelengthhistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_devicewavelengthhistory
    ADD CONSTRAINT treatment_devicewavelengthhistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: treatment_handpiece treatment_handpiece_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_handpiece
    ADD CONSTRAINT treatment_handpiece_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_handpiece treatment_handpiece_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_handpiece
    ADD CONSTRAINT treatment_handpiece_pkey PRIMARY KEY (id);


--
-- Name: treatment_handpiecehistory treatment_handpiecehistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_handpiecehistory
    ADD CONSTRAINT treatment_handpiecehistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: treatment_laserapplication treatment_laserapplication_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_laserapplication
    ADD CONSTRAINT treatment_laserapplication_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_laserapplication treatment_laserapplication_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_laserapplication
    ADD CONSTRAINT treatment_laserapplication_pkey PRIMARY KEY (id);


--
-- Name: treatment_laserapplicationhistory treatment_laserapplicationhistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_laserapplicationhistory
    ADD CONSTRAINT treatment_laserapplicationhistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: treatment_othertreatment treatment_othertreatment_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_othertreatment
    ADD CONSTRAINT treatment_othertreatment_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_othertreatment treatment_othertreatment_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_othertreatment
    ADD CONSTRAINT treatment_othertreatment_pkey PRIMARY KEY (id);


--
-- Name: treatment_othertreatmenthistory treatment_othertreatmenthistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_othertreatmenthistory
    ADD CONSTRAINT treatment_othertreatmenthistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: treatment_plan treatment_plan_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plan
    ADD CONSTRAINT treatment_plan_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_plan treatment_plan_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plan
    ADD CONSTRAINT treatment_plan_pkey PRIMARY KEY (id);


--
-- Name: treatment_planhistory treatment_planhistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_planhistory
    ADD CONSTRAINT treatment_planhistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: treatment_plannedexercise treatment_plannedexercise_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plannedexercise
    ADD CONSTRAINT treatment_plannedexercise_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_plannedexercise treatment_plannedexercise_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plannedexercise
    ADD CONSTRAINT treatment_plannedexercise_pkey PRIMARY KEY (id);


--
-- Name: treatment_plannedexercisehistory treatment_plannedexercisehistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plannedexercisehistory
    ADD CONSTRAINT treatment_plannedexercisehistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: treatment_plannedtherapy treatment_plannedtherapy_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plannedtherapy
    ADD CONSTRAINT treatment_plannedtherapy_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_plannedtherapy treatment_plannedtherapy_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plannedtherapy
    ADD CONSTRAINT treatment_plannedtherapy_pkey PRIMARY KEY (id);


--
-- Name: treatment_plannedtherapyhistory treatment_plannedtherapyhistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plannedtherapyhistory
    ADD CONSTRAINT treatment_plannedtherapyhistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: treatment_protocol treatment_protocol_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_protocol
    ADD CONSTRAINT treatment_protocol_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_protocol treatment_protocol_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_protocol
    ADD CONSTRAINT treatment_protocol_pkey PRIMARY KEY (id);


--
-- Name: treatment_protocolhistory treatment_protocolhistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_protocolhistory
    ADD CONSTRAINT treatment_protocolhistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: treatment_visit treatment_visit_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visit
    ADD CONSTRAINT treatment_visit_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_visit treatment_visit_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visit
    ADD CONSTRAINT treatment_visit_pkey PRIMARY KEY (id);


--
-- Name: treatment_visitdraft treatment_visitdraft_clinic_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visitdraft
    ADD CONSTRAINT treatment_visitdraft_clinic_key UNIQUE (clinic_id, id);


--
-- Name: treatment_visitdraft treatment_visitdraft_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visitdraft
    ADD CONSTRAINT treatment_visitdraft_pkey PRIMARY KEY (id);


--
-- Name: treatment_visitdraft treatment_visitdraft_visit_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visitdraft
    ADD CONSTRAINT treatment_visitdraft_visit_id_key UNIQUE (visit_id);


--
-- Name: treatment_visithistory treatment_visithistory_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visithistory
    ADD CONSTRAINT treatment_visithistory_pkey PRIMARY KEY (pgh_id);


--
-- Name: treatment_visit visit_client_key_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visit
    ADD CONSTRAINT visit_client_key_once UNIQUE (clinic_id, client_key);


--
-- Name: treatment_devicewavelength wavelength_once_per_device; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_devicewavelength
    ADD CONSTRAINT wavelength_once_per_device UNIQUE (clinic_id, device_id, wavelength_nm);


--
-- Name: account_emailaddress_email_03be32b2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);


--
-- Name: account_emailaddress_email_03be32b2_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);


--
-- Name: account_emailaddress_user_id_2c513194; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);


--
-- Name: account_emailconfirmation_email_address_id_5b7f8c58; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);


--
-- Name: account_emailconfirmation_key_f43612bd_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);


--
-- Name: audit_by_patient; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_by_patient ON ONLY public.clinic_auditevent USING btree (clinic_id, patient_id, at DESC);


--
-- Name: audit_by_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_by_person ON ONLY public.clinic_auditevent USING btree (clinic_id, actor_user_id, at DESC);


--
-- Name: auth_group_name_a6ea08ec_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);


--
-- Name: auth_group_permissions_group_id_b120cbf9; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);


--
-- Name: auth_group_permissions_permission_id_84c5c92e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);


--
-- Name: auth_permission_content_type_id_2f476e4b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);


--
-- Name: clinic_apitoken_membership_id_8ad1598f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_apitoken_membership_id_8ad1598f ON public.clinic_apitoken USING btree (membership_id);


--
-- Name: clinic_auditevent_2026_11_clinic_id_actor_user_id_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_auditevent_2026_11_clinic_id_actor_user_id_at_idx ON public.clinic_auditevent_2026_11 USING btree (clinic_id, actor_user_id, at DESC);


--
-- Name: clinic_auditevent_2026_11_clinic_id_patient_id_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_auditevent_2026_11_clinic_id_patient_id_at_idx ON public.clinic_auditevent_2026_11 USING btree (clinic_id, patient_id, at DESC);


--
-- Name: clinic_auditevent_2026_12_clinic_id_actor_user_id_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_auditevent_2026_12_clinic_id_actor_user_id_at_idx ON public.clinic_auditevent_2026_12 USING btree (clinic_id, actor_user_id, at DESC);


--
-- Name: clinic_auditevent_2026_12_clinic_id_patient_id_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_auditevent_2026_12_clinic_id_patient_id_at_idx ON public.clinic_auditevent_2026_12 USING btree (clinic_id, patient_id, at DESC);


--
-- Name: clinic_auditevent_2027_01_clinic_id_actor_user_id_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_auditevent_2027_01_clinic_id_actor_user_id_at_idx ON public.clinic_auditevent_2027_01 USING btree (clinic_id, actor_user_id, at DESC);


--
-- Name: clinic_auditevent_2027_01_clinic_id_patient_id_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_auditevent_2027_01_clinic_id_patient_id_at_idx ON public.clinic_auditevent_2027_01 USING btree (clinic_id, patient_id, at DESC);


--
-- Name: clinic_auditevent_2027_02_clinic_id_actor_user_id_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_auditevent_2027_02_clinic_id_actor_user_id_at_idx ON public.clinic_auditevent_2027_02 USING btree (clinic_id, actor_user_id, at DESC);


--
-- Name: clinic_auditevent_2027_02_clinic_id_patient_id_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_auditevent_2027_02_clinic_id_patient_id_at_idx ON public.clinic_auditevent_2027_02 USING btree (clinic_id, patient_id, at DESC);


--
-- Name: clinic_auditevent_default_clinic_id_actor_user_id_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_auditevent_default_clinic_id_actor_user_id_at_idx ON public.clinic_auditevent_default USING btree (clinic_id, actor_user_id, at DESC);


--
-- Name: clinic_auditevent_default_clinic_id_patient_id_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_auditevent_default_clinic_id_patient_id_at_idx ON public.clinic_auditevent_default USING btree (clinic_id, patient_id, at DESC);


--
-- Name: clinic_cache_expires; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_cache_expires ON public.clinic_cache USING btree (expires);


--
-- Name: clinic_clinic_link_prefix_64e50c11_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_clinic_link_prefix_64e50c11_like ON public.clinic_clinic USING btree (link_prefix varchar_pattern_ops);


--
-- Name: clinic_clinic_organisation_id_5df35a7f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_clinic_organisation_id_5df35a7f ON public.clinic_clinic USING btree (organisation_id);


--
-- Name: clinic_clinic_slug_8fa194fa_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_clinic_slug_8fa194fa_like ON public.clinic_clinic USING btree (slug varchar_pattern_ops);


--
-- Name: clinic_consent_patient_id_89fd468f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_consent_patient_id_89fd468f ON public.clinic_consent USING btree (patient_id);


--
-- Name: clinic_membership_user_id_5848d804; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_membership_user_id_5848d804 ON public.clinic_membership USING btree (user_id);


--
-- Name: clinic_message_patient_id_d61cc2a8; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_message_patient_id_d61cc2a8 ON public.clinic_message USING btree (patient_id);


--
-- Name: clinic_patienthistory_clinic_id_235af697; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_patienthistory_clinic_id_235af697 ON public.clinic_patienthistory USING btree (clinic_id);


--
-- Name: clinic_patienthistory_pgh_obj_id_1f4af8ff; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_patienthistory_pgh_obj_id_1f4af8ff ON public.clinic_patienthistory USING btree (pgh_obj_id);


--
-- Name: clinic_platformevent_user_id_ebafdc83; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_platformevent_user_id_ebafdc83 ON public.clinic_platformevent USING btree (user_id);


--
-- Name: clinic_task_assigned_to_id_34a8011b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_task_assigned_to_id_34a8011b ON public.clinic_task USING btree (assigned_to_id);


--
-- Name: clinic_task_patient_id_987a101b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_task_patient_id_987a101b ON public.clinic_task USING btree (patient_id);


--
-- Name: clinic_taskhistory_assigned_to_id_51c292f5; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_taskhistory_assigned_to_id_51c292f5 ON public.clinic_taskhistory USING btree (assigned_to_id);


--
-- Name: clinic_taskhistory_clinic_id_fbdf1349; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_taskhistory_clinic_id_fbdf1349 ON public.clinic_taskhistory USING btree (clinic_id);


--
-- Name: clinic_taskhistory_patient_id_305b8283; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_taskhistory_patient_id_305b8283 ON public.clinic_taskhistory USING btree (patient_id);


--
-- Name: clinic_taskhistory_pgh_obj_id_1a9eb882; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_taskhistory_pgh_obj_id_1a9eb882 ON public.clinic_taskhistory USING btree (pgh_obj_id);


--
-- Name: clinic_user_email_bf7bcfdd_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_user_email_bf7bcfdd_like ON public.clinic_user USING btree (email varchar_pattern_ops);


--
-- Name: clinic_user_groups_group_id_0e3e9eac; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_user_groups_group_id_0e3e9eac ON public.clinic_user_groups USING btree (group_id);


--
-- Name: clinic_user_groups_user_id_efb7f01e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_user_groups_user_id_efb7f01e ON public.clinic_user_groups USING btree (user_id);


--
-- Name: clinic_user_user_permissions_permission_id_a23c12ab; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_user_user_permissions_permission_id_a23c12ab ON public.clinic_user_user_permissions USING btree (permission_id);


--
-- Name: clinic_user_user_permissions_user_id_6098a783; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX clinic_user_user_permissions_user_id_6098a783 ON public.clinic_user_user_permissions USING btree (user_id);


--
-- Name: consent_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX consent_newest ON public.clinic_consent USING btree (clinic_id, patient_id, purpose, recorded_at DESC);


--
-- Name: course_by_end; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX course_by_end ON public.treatment_course USING btree (clinic_id, ended_on);


--
-- Name: course_by_patient; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX course_by_patient ON public.treatment_course USING btree (clinic_id, patient_id, started_on DESC);


--
-- Name: course_external_id_once; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX course_external_id_once ON public.treatment_course USING btree (clinic_id, external_id) WHERE (NOT ((external_id)::text = ''::text));


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: idempotency_key_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idempotency_key_age ON public.clinic_idempotencykey USING btree (clinic_id, created_at);


--
-- Name: identity_exact; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX identity_exact ON public.clinic_patientidentity USING gin (exact_numbers);


--
-- Name: identity_search; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX identity_search ON public.clinic_patientidentity USING gin (search_numbers);


--
-- Name: invitation_by_course; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX invitation_by_course ON public.outcomes_invitation USING btree (clinic_id, course_id, due_on);


--
-- Name: message_to_send; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX message_to_send ON public.clinic_message USING btree (clinic_id, due_at) WHERE ((state)::text = ANY ((ARRAY['due'::character varying, 'sending'::character varying])::text[]));


--
-- Name: mfa_authenticator_user_id_0c3a50c0; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);


--
-- Name: outcome_by_scale; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcome_by_scale ON public.outcomes_outcomerow USING btree (clinic_id, scale);


--
-- Name: outcomes_invitation_course_id_fb1a54d1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcomes_invitation_course_id_fb1a54d1 ON public.outcomes_invitation USING btree (course_id);


--
-- Name: outcomes_invitation_visit_id_0a936ac4; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcomes_invitation_visit_id_0a936ac4 ON public.outcomes_invitation USING btree (visit_id);


--
-- Name: outcomes_response_invitation_id_c8dedee2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcomes_response_invitation_id_c8dedee2 ON public.outcomes_response USING btree (invitation_id);


--
-- Name: outcomes_response_visit_id_b3614950; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcomes_response_visit_id_b3614950 ON public.outcomes_response USING btree (visit_id);


--
-- Name: outcomes_responsevoid_voided_by_id_b5eb9061; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcomes_responsevoid_voided_by_id_b5eb9061 ON public.outcomes_responsevoid USING btree (voided_by_id);


--
-- Name: platform_event_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX platform_event_newest ON public.clinic_platformevent USING btree (at DESC);


--
-- Name: response_by_course; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX response_by_course ON public.outcomes_response USING btree (clinic_id, course_id, occurred_at);


--
-- Name: response_once_per_invitation; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX response_once_per_invitation ON public.outcomes_response USING btree (clinic_id, invitation_id, instrument) WHERE (invitation_id IS NOT NULL);


--
-- Name: response_source_key_once; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX response_source_key_once ON public.outcomes_response USING btree (clinic_id, source_key) WHERE (NOT ((source_key)::text = ''::text));


--
-- Name: score_by_course; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX score_by_course ON public.outcomes_score USING btree (clinic_id, course_id, scale, occurred_at);


--
-- Name: task_open_once_per_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX task_open_once_per_subject ON public.clinic_task USING btree (clinic_id, kind, subject_id) WHERE (NOT ((state)::text = 'done'::text));


--
-- Name: task_worklist; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX task_worklist ON public.clinic_task USING btree (clinic_id, state, due_on);


--
-- Name: treatment_addendum_author_id_9063946f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_addendum_author_id_9063946f ON public.treatment_addendum USING btree (author_id);


--
-- Name: treatment_addendum_visit_id_c2df6912; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_addendum_visit_id_c2df6912 ON public.treatment_addendum USING btree (visit_id);


--
-- Name: treatment_course_patient_id_e1abdefd; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_course_patient_id_e1abdefd ON public.treatment_course USING btree (patient_id);


--
-- Name: treatment_course_responsible_id_ae5cd426; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_course_responsible_id_ae5cd426 ON public.treatment_course USING btree (responsible_id);


--
-- Name: treatment_coursehistory_clinic_id_ef52a99a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_coursehistory_clinic_id_ef52a99a ON public.treatment_coursehistory USING btree (clinic_id);


--
-- Name: treatment_coursehistory_patient_id_90c7e016; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_coursehistory_patient_id_90c7e016 ON public.treatment_coursehistory USING btree (patient_id);


--
-- Name: treatment_coursehistory_pgh_obj_id_4a36c0f9; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_coursehistory_pgh_obj_id_4a36c0f9 ON public.treatment_coursehistory USING btree (pgh_obj_id);


--
-- Name: treatment_coursehistory_responsible_id_5d7ecaaf; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_coursehistory_responsible_id_5d7ecaaf ON public.treatment_coursehistory USING btree (responsible_id);


--
-- Name: treatment_devicehistory_clinic_id_612b8dfe; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_devicehistory_clinic_id_612b8dfe ON public.treatment_devicehistory USING btree (clinic_id);


--
-- Name: treatment_devicehistory_pgh_obj_id_e2989c38; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_devicehistory_pgh_obj_id_e2989c38 ON public.treatment_devicehistory USING btree (pgh_obj_id);


--
-- Name: treatment_devicewavelength_device_id_f3457970; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_devicewavelength_device_id_f3457970 ON public.treatment_devicewavelength USING btree (device_id);


--
-- Name: treatment_devicewavelengthhistory_clinic_id_c8be6338; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_devicewavelengthhistory_clinic_id_c8be6338 ON public.treatment_devicewavelengthhistory USING btree (clinic_id);


--
-- Name: treatment_devicewavelengthhistory_device_id_ceb2043c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_devicewavelengthhistory_device_id_ceb2043c ON public.treatment_devicewavelengthhistory USING btree (device_id);


--
-- Name: treatment_devicewavelengthhistory_pgh_obj_id_844bdbc0; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_devicewavelengthhistory_pgh_obj_id_844bdbc0 ON public.treatment_devicewavelengthhistory USING btree (pgh_obj_id);


--
-- Name: treatment_handpiece_device_id_f43e35b7; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_handpiece_device_id_f43e35b7 ON public.treatment_handpiece USING btree (device_id);


--
-- Name: treatment_handpiecehistory_clinic_id_d8d6b427; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_handpiecehistory_clinic_id_d8d6b427 ON public.treatment_handpiecehistory USING btree (clinic_id);


--
-- Name: treatment_handpiecehistory_device_id_4110476f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_handpiecehistory_device_id_4110476f ON public.treatment_handpiecehistory USING btree (device_id);


--
-- Name: treatment_handpiecehistory_pgh_obj_id_e5cdbaf2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_handpiecehistory_pgh_obj_id_e5cdbaf2 ON public.treatment_handpiecehistory USING btree (pgh_obj_id);


--
-- Name: treatment_laserapplication_device_id_274c63b5; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_laserapplication_device_id_274c63b5 ON public.treatment_laserapplication USING btree (device_id);


--
-- Name: treatment_laserapplication_handpiece_id_b933e31b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_laserapplication_handpiece_id_b933e31b ON public.treatment_laserapplication USING btree (handpiece_id);


--
-- Name: treatment_laserapplication_protocol_id_ca42146b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_laserapplication_protocol_id_ca42146b ON public.treatment_laserapplication USING btree (protocol_id);


--
-- Name: treatment_laserapplication_visit_id_64846314; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_laserapplication_visit_id_64846314 ON public.treatment_laserapplication USING btree (visit_id);


--
-- Name: treatment_laserapplicationhistory_clinic_id_19725860; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_laserapplicationhistory_clinic_id_19725860 ON public.treatment_laserapplicationhistory USING btree (clinic_id);


--
-- Name: treatment_laserapplicationhistory_device_id_0e1ed86c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_laserapplicationhistory_device_id_0e1ed86c ON public.treatment_laserapplicationhistory USING btree (device_id);


--
-- Name: treatment_laserapplicationhistory_handpiece_id_65b5acd1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_laserapplicationhistory_handpiece_id_65b5acd1 ON public.treatment_laserapplicationhistory USING btree (handpiece_id);


--
-- Name: treatment_laserapplicationhistory_pgh_obj_id_ca9c9bb6; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_laserapplicationhistory_pgh_obj_id_ca9c9bb6 ON public.treatment_laserapplicationhistory USING btree (pgh_obj_id);


--
-- Name: treatment_laserapplicationhistory_protocol_id_e0c2595d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_laserapplicationhistory_protocol_id_e0c2595d ON public.treatment_laserapplicationhistory USING btree (protocol_id);


--
-- Name: treatment_laserapplicationhistory_visit_id_62a8862d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_laserapplicationhistory_visit_id_62a8862d ON public.treatment_laserapplicationhistory USING btree (visit_id);


--
-- Name: treatment_othertreatment_visit_id_5f2b000a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_othertreatment_visit_id_5f2b000a ON public.treatment_othertreatment USING btree (visit_id);


--
-- Name: treatment_othertreatmenthistory_clinic_id_2ff02a8c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_othertreatmenthistory_clinic_id_2ff02a8c ON public.treatment_othertreatmenthistory USING btree (clinic_id);


--
-- Name: treatment_othertreatmenthistory_pgh_obj_id_a568d5b7; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_othertreatmenthistory_pgh_obj_id_a568d5b7 ON public.treatment_othertreatmenthistory USING btree (pgh_obj_id);


--
-- Name: treatment_othertreatmenthistory_visit_id_0859d952; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_othertreatmenthistory_visit_id_0859d952 ON public.treatment_othertreatmenthistory USING btree (visit_id);


--
-- Name: treatment_plan_course_id_2a431016; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_plan_course_id_2a431016 ON public.treatment_plan USING btree (course_id);


--
-- Name: treatment_plan_protocol_id_10ec7900; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_plan_protocol_id_10ec7900 ON public.treatment_plan USING btree (protocol_id);


--
-- Name: treatment_planhistory_clinic_id_14848a6d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_planhistory_clinic_id_14848a6d ON public.treatment_planhistory USING btree (clinic_id);


--
-- Name: treatment_planhistory_course_id_ce79b571; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_planhistory_course_id_ce79b571 ON public.treatment_planhistory USING btree (course_id);


--
-- Name: treatment_planhistory_pgh_obj_id_739d88d4; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_planhistory_pgh_obj_id_739d88d4 ON public.treatment_planhistory USING btree (pgh_obj_id);


--
-- Name: treatment_planhistory_protocol_id_20ab58db; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_planhistory_protocol_id_20ab58db ON public.treatment_planhistory USING btree (protocol_id);


--
-- Name: treatment_plannedexercise_plan_id_5822c750; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_plannedexercise_plan_id_5822c750 ON public.treatment_plannedexercise USING btree (plan_id);


--
-- Name: treatment_plannedexercisehistory_clinic_id_f5d3b4c7; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_plannedexercisehistory_clinic_id_f5d3b4c7 ON public.treatment_plannedexercisehistory USING btree (clinic_id);


--
-- Name: treatment_plannedexercisehistory_pgh_obj_id_45a91e8f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_plannedexercisehistory_pgh_obj_id_45a91e8f ON public.treatment_plannedexercisehistory USING btree (pgh_obj_id);


--
-- Name: treatment_plannedexercisehistory_plan_id_4fedeefa; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_plannedexercisehistory_plan_id_4fedeefa ON public.treatment_plannedexercisehistory USING btree (plan_id);


--
-- Name: treatment_plannedtherapy_plan_id_fb531598; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_plannedtherapy_plan_id_fb531598 ON public.treatment_plannedtherapy USING btree (plan_id);


--
-- Name: treatment_plannedtherapyhistory_clinic_id_8e10fd87; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_plannedtherapyhistory_clinic_id_8e10fd87 ON public.treatment_plannedtherapyhistory USING btree (clinic_id);


--
-- Name: treatment_plannedtherapyhistory_pgh_obj_id_565cb49b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_plannedtherapyhistory_pgh_obj_id_565cb49b ON public.treatment_plannedtherapyhistory USING btree (pgh_obj_id);


--
-- Name: treatment_plannedtherapyhistory_plan_id_0648588c; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_plannedtherapyhistory_plan_id_0648588c ON public.treatment_plannedtherapyhistory USING btree (plan_id);


--
-- Name: treatment_protocol_device_id_d3689993; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_protocol_device_id_d3689993 ON public.treatment_protocol USING btree (device_id);


--
-- Name: treatment_protocol_handpiece_id_4c50b8e0; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_protocol_handpiece_id_4c50b8e0 ON public.treatment_protocol USING btree (handpiece_id);


--
-- Name: treatment_protocolhistory_clinic_id_7b2ed5f9; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_protocolhistory_clinic_id_7b2ed5f9 ON public.treatment_protocolhistory USING btree (clinic_id);


--
-- Name: treatment_protocolhistory_device_id_6bc20843; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_protocolhistory_device_id_6bc20843 ON public.treatment_protocolhistory USING btree (device_id);


--
-- Name: treatment_protocolhistory_handpiece_id_89e1cd28; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_protocolhistory_handpiece_id_89e1cd28 ON public.treatment_protocolhistory USING btree (handpiece_id);


--
-- Name: treatment_protocolhistory_pgh_obj_id_09bd43de; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_protocolhistory_pgh_obj_id_09bd43de ON public.treatment_protocolhistory USING btree (pgh_obj_id);


--
-- Name: treatment_visit_course_id_f970aadb; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_visit_course_id_f970aadb ON public.treatment_visit USING btree (course_id);


--
-- Name: treatment_visit_signed_by_id_a59e09d5; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_visit_signed_by_id_a59e09d5 ON public.treatment_visit USING btree (signed_by_id);


--
-- Name: treatment_visit_therapist_id_8b21926e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_visit_therapist_id_8b21926e ON public.treatment_visit USING btree (therapist_id);


--
-- Name: treatment_visitdraft_saved_by_id_1b9d88cc; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_visitdraft_saved_by_id_1b9d88cc ON public.treatment_visitdraft USING btree (saved_by_id);


--
-- Name: treatment_visithistory_clinic_id_3374d283; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_visithistory_clinic_id_3374d283 ON public.treatment_visithistory USING btree (clinic_id);


--
-- Name: treatment_visithistory_course_id_7d081e5e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_visithistory_course_id_7d081e5e ON public.treatment_visithistory USING btree (course_id);


--
-- Name: treatment_visithistory_pgh_obj_id_069a827a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_visithistory_pgh_obj_id_069a827a ON public.treatment_visithistory USING btree (pgh_obj_id);


--
-- Name: treatment_visithistory_signed_by_id_e7c2ed8a; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_visithistory_signed_by_id_e7c2ed8a ON public.treatment_visithistory USING btree (signed_by_id);


--
-- Name: treatment_visithistory_therapist_id_c1637751; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX treatment_visithistory_therapist_id_c1637751 ON public.treatment_visithistory USING btree (therapist_id);


--
-- Name: unique_authenticator_type; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));


--
-- Name: unique_primary_email; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";


--
-- Name: unique_verified_email; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;


--
-- Name: visit_by_course; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX visit_by_course ON public.treatment_visit USING btree (clinic_id, course_id, planned_for);


--
-- Name: visit_by_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX visit_by_day ON public.treatment_visit USING btree (clinic_id, planned_for);


--
-- Name: clinic_auditevent_2026_11_clinic_id_actor_user_id_at_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.audit_by_person ATTACH PARTITION public.clinic_auditevent_2026_11_clinic_id_actor_user_id_at_idx;


--
-- Name: clinic_auditevent_2026_11_clinic_id_patient_id_at_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.audit_by_patient ATTACH PARTITION public.clinic_auditevent_2026_11_clinic_id_patient_id_at_idx;


--
-- Name: clinic_auditevent_2026_11_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.clinic_auditevent_pkey ATTACH PARTITION public.clinic_auditevent_2026_11_pkey;


--
-- Name: clinic_auditevent_2026_12_clinic_id_actor_user_id_at_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.audit_by_person ATTACH PARTITION public.clinic_auditevent_2026_12_clinic_id_actor_user_id_at_idx;


--
-- Name: clinic_auditevent_2026_12_clinic_id_patient_id_at_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.audit_by_patient ATTACH PARTITION public.clinic_auditevent_2026_12_clinic_id_patient_id_at_idx;


--
-- Name: clinic_auditevent_2026_12_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.clinic_auditevent_pkey ATTACH PARTITION public.clinic_auditevent_2026_12_pkey;


--
-- Name: clinic_auditevent_2027_01_clinic_id_actor_user_id_at_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.audit_by_person ATTACH PARTITION public.clinic_auditevent_2027_01_clinic_id_actor_user_id_at_idx;


--
-- Name: clinic_auditevent_2027_01_clinic_id_patient_id_at_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.audit_by_patient ATTACH PARTITION public.clinic_auditevent_2027_01_clinic_id_patient_id_at_idx;


--
-- Name: clinic_auditevent_2027_01_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.clinic_auditevent_pkey ATTACH PARTITION public.clinic_auditevent_2027_01_pkey;


--
-- Name: clinic_auditevent_2027_02_clinic_id_actor_user_id_at_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.audit_by_person ATTACH PARTITION public.clinic_auditevent_2027_02_clinic_id_actor_user_id_at_idx;


--
-- Name: clinic_auditevent_2027_02_clinic_id_patient_id_at_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.audit_by_patient ATTACH PARTITION public.clinic_auditevent_2027_02_clinic_id_patient_id_at_idx;


--
-- Name: clinic_auditevent_2027_02_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.clinic_auditevent_pkey ATTACH PARTITION public.clinic_auditevent_2027_02_pkey;


--
-- Name: clinic_auditevent_default_clinic_id_actor_user_id_at_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.audit_by_person ATTACH PARTITION public.clinic_auditevent_default_clinic_id_actor_user_id_at_idx;


--
-- Name: clinic_auditevent_default_clinic_id_patient_id_at_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.audit_by_patient ATTACH PARTITION public.clinic_auditevent_default_clinic_id_patient_id_at_idx;


--
-- Name: clinic_auditevent_default_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.clinic_auditevent_pkey ATTACH PARTITION public.clinic_auditevent_default_pkey;


--
-- Name: clinic_auditevent count_audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER count_audit BEFORE INSERT ON public.clinic_auditevent FOR EACH ROW EXECUTE FUNCTION public.clinic_count_audit();


--
-- Name: treatment_devicehistory pgtrigger_append_only_072e2; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_072e2 BEFORE DELETE OR UPDATE ON public.treatment_devicehistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_072e2();


--
-- Name: TRIGGER pgtrigger_append_only_072e2 ON treatment_devicehistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_072e2 ON public.treatment_devicehistory IS 'c6705fe176e8646b60484adb5e1a6c8f8ce2143b';


--
-- Name: treatment_devicewavelengthhistory pgtrigger_append_only_09113; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_09113 BEFORE DELETE OR UPDATE ON public.treatment_devicewavelengthhistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_09113();


--
-- Name: TRIGGER pgtrigger_append_only_09113 ON treatment_devicewavelengthhistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_09113 ON public.treatment_devicewavelengthhistory IS 'b0e08538e0dc766148861a23b9a7639face04aa9';


--
-- Name: treatment_plannedtherapyhistory pgtrigger_append_only_19fed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_19fed BEFORE DELETE OR UPDATE ON public.treatment_plannedtherapyhistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_19fed();


--
-- Name: TRIGGER pgtrigger_append_only_19fed ON treatment_plannedtherapyhistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_19fed ON public.treatment_plannedtherapyhistory IS '2353ea3c74b7d585ce9fc0e3e84003142b85d20f';


--
-- Name: treatment_othertreatmenthistory pgtrigger_append_only_51330; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_51330 BEFORE DELETE OR UPDATE ON public.treatment_othertreatmenthistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_51330();


--
-- Name: TRIGGER pgtrigger_append_only_51330 ON treatment_othertreatmenthistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_51330 ON public.treatment_othertreatmenthistory IS 'e57a683a36ac50492a39d24c9711de3055abfaee';


--
-- Name: treatment_planhistory pgtrigger_append_only_5e610; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_5e610 BEFORE DELETE OR UPDATE ON public.treatment_planhistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_5e610();


--
-- Name: TRIGGER pgtrigger_append_only_5e610 ON treatment_planhistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_5e610 ON public.treatment_planhistory IS '3213a5c3154d3b36a04e0052939aad3d527c8569';


--
-- Name: clinic_patienthistory pgtrigger_append_only_94e75; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_94e75 BEFORE DELETE OR UPDATE ON public.clinic_patienthistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_94e75();


--
-- Name: TRIGGER pgtrigger_append_only_94e75 ON clinic_patienthistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_94e75 ON public.clinic_patienthistory IS '45450a65dd5fa5b6566e78d6241c31edcd4434cb';


--
-- Name: treatment_laserapplicationhistory pgtrigger_append_only_9f606; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_9f606 BEFORE DELETE OR UPDATE ON public.treatment_laserapplicationhistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_9f606();


--
-- Name: TRIGGER pgtrigger_append_only_9f606 ON treatment_laserapplicationhistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_9f606 ON public.treatment_laserapplicationhistory IS 'fe3f869c84efffef73ab17c4ef748c2948c7e496';


--
-- Name: clinic_taskhistory pgtrigger_append_only_c96fd; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_c96fd BEFORE DELETE OR UPDATE ON public.clinic_taskhistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_c96fd();


--
-- Name: TRIGGER pgtrigger_append_only_c96fd ON clinic_taskhistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_c96fd ON public.clinic_taskhistory IS '25e9ce077187f3658fca8df89dbeb1c1cd57059f';


--
-- Name: treatment_plannedexercisehistory pgtrigger_append_only_df515; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_df515 BEFORE DELETE OR UPDATE ON public.treatment_plannedexercisehistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_df515();


--
-- Name: TRIGGER pgtrigger_append_only_df515 ON treatment_plannedexercisehistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_df515 ON public.treatment_plannedexercisehistory IS 'ae71e959d370c65963f2f701cf1795ad6097ef7c';


--
-- Name: treatment_coursehistory pgtrigger_append_only_e1dc2; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_e1dc2 BEFORE DELETE OR UPDATE ON public.treatment_coursehistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_e1dc2();


--
-- Name: TRIGGER pgtrigger_append_only_e1dc2 ON treatment_coursehistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_e1dc2 ON public.treatment_coursehistory IS 'cb391f265d9c828f112a5b8a56103a57735e098a';


--
-- Name: treatment_protocolhistory pgtrigger_append_only_f1fc8; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_f1fc8 BEFORE DELETE OR UPDATE ON public.treatment_protocolhistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_f1fc8();


--
-- Name: TRIGGER pgtrigger_append_only_f1fc8 ON treatment_protocolhistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_f1fc8 ON public.treatment_protocolhistory IS '3ec562c900af125e9b22eeeb944e244af8268127';


--
-- Name: treatment_handpiecehistory pgtrigger_append_only_f58aa; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_f58aa BEFORE DELETE OR UPDATE ON public.treatment_handpiecehistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_f58aa();


--
-- Name: TRIGGER pgtrigger_append_only_f58aa ON treatment_handpiecehistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_f58aa ON public.treatment_handpiecehistory IS 'a6d76716c9d5f6e8c02c8420f776ee18e1de97f8';


--
-- Name: treatment_visithistory pgtrigger_append_only_ff4cb; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_append_only_ff4cb BEFORE DELETE OR UPDATE ON public.treatment_visithistory FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_ff4cb();


--
-- Name: TRIGGER pgtrigger_append_only_ff4cb ON treatment_visithistory; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_append_only_ff4cb ON public.treatment_visithistory IS 'c80479fbd3fb407959799a907222baf740e2564f';


--
-- Name: treatment_course pgtrigger_before_change_update_36cd8; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_36cd8 AFTER UPDATE ON public.treatment_course FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_36cd8();


--
-- Name: TRIGGER pgtrigger_before_change_update_36cd8 ON treatment_course; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_36cd8 ON public.treatment_course IS '77f002bc05389adc4ce65a7b59488c84a5c1753e';


--
-- Name: treatment_laserapplication pgtrigger_before_change_update_3d264; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_3d264 AFTER UPDATE ON public.treatment_laserapplication FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_3d264();


--
-- Name: TRIGGER pgtrigger_before_change_update_3d264 ON treatment_laserapplication; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_3d264 ON public.treatment_laserapplication IS 'f9965d81b4687e5fd7b8c0ae7dacbadc82fabd9f';


--
-- Name: treatment_device pgtrigger_before_change_update_5c353; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_5c353 AFTER UPDATE ON public.treatment_device FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_5c353();


--
-- Name: TRIGGER pgtrigger_before_change_update_5c353 ON treatment_device; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_5c353 ON public.treatment_device IS '10232793375f57f8d432a1b69975ec655545c293';


--
-- Name: treatment_protocol pgtrigger_before_change_update_7af04; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_7af04 AFTER UPDATE ON public.treatment_protocol FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_7af04();


--
-- Name: TRIGGER pgtrigger_before_change_update_7af04 ON treatment_protocol; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_7af04 ON public.treatment_protocol IS '9abe09a2ec69faab5de4fac86fcffab2b13f5a47';


--
-- Name: clinic_task pgtrigger_before_change_update_8217a; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_8217a AFTER UPDATE ON public.clinic_task FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_8217a();


--
-- Name: TRIGGER pgtrigger_before_change_update_8217a ON clinic_task; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_8217a ON public.clinic_task IS '9c0db4fb239aa31ff7825c8d26ea29ea21330095';


--
-- Name: treatment_devicewavelength pgtrigger_before_change_update_8540d; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_8540d AFTER UPDATE ON public.treatment_devicewavelength FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_8540d();


--
-- Name: TRIGGER pgtrigger_before_change_update_8540d ON treatment_devicewavelength; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_8540d ON public.treatment_devicewavelength IS '58ef65bbbb83a6f8110aaf3cd3e8e274bf609d0e';


--
-- Name: treatment_plan pgtrigger_before_change_update_87d9f; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_87d9f AFTER UPDATE ON public.treatment_plan FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_87d9f();


--
-- Name: TRIGGER pgtrigger_before_change_update_87d9f ON treatment_plan; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_87d9f ON public.treatment_plan IS '208816ce464b9f355b5f68fa9b5b0a05e9aa245d';


--
-- Name: treatment_plannedexercise pgtrigger_before_change_update_90924; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_90924 AFTER UPDATE ON public.treatment_plannedexercise FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_90924();


--
-- Name: TRIGGER pgtrigger_before_change_update_90924 ON treatment_plannedexercise; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_90924 ON public.treatment_plannedexercise IS 'cd42ca54c1c2190cc3feccfafc91231a7db92731';


--
-- Name: treatment_visit pgtrigger_before_change_update_a1b6f; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_a1b6f AFTER UPDATE ON public.treatment_visit FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_a1b6f();


--
-- Name: TRIGGER pgtrigger_before_change_update_a1b6f ON treatment_visit; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_a1b6f ON public.treatment_visit IS '04a558ebbb6d9f38cf8147c7f674d089249e54a9';


--
-- Name: clinic_patient pgtrigger_before_change_update_a5341; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_a5341 AFTER UPDATE ON public.clinic_patient FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_a5341();


--
-- Name: TRIGGER pgtrigger_before_change_update_a5341 ON clinic_patient; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_a5341 ON public.clinic_patient IS '318b012376af743519c41654b3fdf13bad907b83';


--
-- Name: treatment_othertreatment pgtrigger_before_change_update_b1eb0; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_b1eb0 AFTER UPDATE ON public.treatment_othertreatment FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_b1eb0();


--
-- Name: TRIGGER pgtrigger_before_change_update_b1eb0 ON treatment_othertreatment; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_b1eb0 ON public.treatment_othertreatment IS '4c6d079c5a7df1c1b52f1e38688e4ddf3284919e';


--
-- Name: treatment_plannedtherapy pgtrigger_before_change_update_c0c35; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_c0c35 AFTER UPDATE ON public.treatment_plannedtherapy FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_c0c35();


--
-- Name: TRIGGER pgtrigger_before_change_update_c0c35 ON treatment_plannedtherapy; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_c0c35 ON public.treatment_plannedtherapy IS '5650311253b06f18da6727206e1abbec051d49df';


--
-- Name: treatment_handpiece pgtrigger_before_change_update_f69ed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_change_update_f69ed AFTER UPDATE ON public.treatment_handpiece FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_before_change_update_f69ed();


--
-- Name: TRIGGER pgtrigger_before_change_update_f69ed ON treatment_handpiece; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_change_update_f69ed ON public.treatment_handpiece IS '75c74709a3332f5304c425236e254942c1e36b8a';


--
-- Name: treatment_handpiece pgtrigger_before_deletion_delete_38ee5; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_38ee5 AFTER DELETE ON public.treatment_handpiece FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_38ee5();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_38ee5 ON treatment_handpiece; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_38ee5 ON public.treatment_handpiece IS 'a025dc2b22fccf17c4dde4821bc8e28f7613f3ba';


--
-- Name: treatment_course pgtrigger_before_deletion_delete_5a378; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_5a378 AFTER DELETE ON public.treatment_course FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_5a378();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_5a378 ON treatment_course; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_5a378 ON public.treatment_course IS '9b657f3c5502282ea659fa4e6dd89a936a7665cc';


--
-- Name: treatment_plannedexercise pgtrigger_before_deletion_delete_60dc0; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_60dc0 AFTER DELETE ON public.treatment_plannedexercise FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_60dc0();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_60dc0 ON treatment_plannedexercise; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_60dc0 ON public.treatment_plannedexercise IS '1b0c2814d7f4284f0bda6e72c8a07291c3b6e20f';


--
-- Name: treatment_device pgtrigger_before_deletion_delete_61d6a; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_61d6a AFTER DELETE ON public.treatment_device FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_61d6a();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_61d6a ON treatment_device; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_61d6a ON public.treatment_device IS '8ef55fb13c66cdc3da4062c0ce66ea3203331237';


--
-- Name: treatment_plan pgtrigger_before_deletion_delete_64485; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_64485 AFTER DELETE ON public.treatment_plan FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_64485();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_64485 ON treatment_plan; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_64485 ON public.treatment_plan IS '750733706cca5c3be2caa6bf73761bf4c2f1dec1';


--
-- Name: clinic_patient pgtrigger_before_deletion_delete_71f2f; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_71f2f AFTER DELETE ON public.clinic_patient FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_71f2f();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_71f2f ON clinic_patient; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_71f2f ON public.clinic_patient IS '2d4d3e0aa5e6b0fdd5cd741528c2c7523136fb6c';


--
-- Name: treatment_visit pgtrigger_before_deletion_delete_7a541; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_7a541 AFTER DELETE ON public.treatment_visit FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_7a541();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_7a541 ON treatment_visit; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_7a541 ON public.treatment_visit IS '5bd935a3dc13107fa71336e89a4755e4ecc1d63b';


--
-- Name: treatment_laserapplication pgtrigger_before_deletion_delete_7e879; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_7e879 AFTER DELETE ON public.treatment_laserapplication FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_7e879();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_7e879 ON treatment_laserapplication; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_7e879 ON public.treatment_laserapplication IS '70ef394f249ab79e58c0945b569d58f930848566';


--
-- Name: treatment_devicewavelength pgtrigger_before_deletion_delete_8f015; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_8f015 AFTER DELETE ON public.treatment_devicewavelength FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_8f015();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_8f015 ON treatment_devicewavelength; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_8f015 ON public.treatment_devicewavelength IS '769a31a80651978dfe88d4de12bb56354e9d5ec9';


--
-- Name: treatment_protocol pgtrigger_before_deletion_delete_9b39e; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_9b39e AFTER DELETE ON public.treatment_protocol FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_9b39e();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_9b39e ON treatment_protocol; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_9b39e ON public.treatment_protocol IS '7eb26c8af82434b622c03addd5516667335d9c43';


--
-- Name: treatment_plannedtherapy pgtrigger_before_deletion_delete_b4522; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_b4522 AFTER DELETE ON public.treatment_plannedtherapy FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_b4522();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_b4522 ON treatment_plannedtherapy; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_b4522 ON public.treatment_plannedtherapy IS '13d29da33634dca851993e394e54ad0d8d722e29';


--
-- Name: clinic_task pgtrigger_before_deletion_delete_c6c54; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_c6c54 AFTER DELETE ON public.clinic_task FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_c6c54();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_c6c54 ON clinic_task; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_c6c54 ON public.clinic_task IS '2d52b01fe233fb0a3811212bcf072843929f70aa';


--
-- Name: treatment_othertreatment pgtrigger_before_deletion_delete_f40d6; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pgtrigger_before_deletion_delete_f40d6 AFTER DELETE ON public.treatment_othertreatment FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_before_deletion_delete_f40d6();


--
-- Name: TRIGGER pgtrigger_before_deletion_delete_f40d6 ON treatment_othertreatment; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TRIGGER pgtrigger_before_deletion_delete_f40d6 ON public.treatment_othertreatment IS '142dee775b4406de7ab2d1e386c85b21ee27eb45';


--
-- Name: clinic_auditevent refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.clinic_auditevent FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: clinic_consent refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.clinic_consent FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: clinic_patienthistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.clinic_patienthistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: clinic_platformevent refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.clinic_platformevent FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: clinic_taskhistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.clinic_taskhistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: outcomes_response refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.outcomes_response FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: outcomes_responsevoid refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.outcomes_responsevoid FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: outcomes_score refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.outcomes_score FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_addendum refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.treatment_addendum FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_coursehistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.treatment_coursehistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_devicehistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.treatment_devicehistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_devicewavelengthhistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.treatment_devicewavelengthhistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_handpiecehistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.treatment_handpiecehistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_laserapplicationhistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.treatment_laserapplicationhistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_othertreatmenthistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.treatment_othertreatmenthistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_planhistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.treatment_planhistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_plannedexercisehistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.treatment_plannedexercisehistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_plannedtherapyhistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.treatment_plannedtherapyhistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_protocolhistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.treatment_protocolhistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_visithistory refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.treatment_visithistory FOR EACH ROW EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_laserapplication refuse_part_of_signed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_part_of_signed BEFORE INSERT OR DELETE OR UPDATE ON public.treatment_laserapplication FOR EACH ROW EXECUTE FUNCTION public.treatment_refuse_part_of_signed();


--
-- Name: treatment_othertreatment refuse_part_of_signed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_part_of_signed BEFORE INSERT OR DELETE OR UPDATE ON public.treatment_othertreatment FOR EACH ROW EXECUTE FUNCTION public.treatment_refuse_part_of_signed();


--
-- Name: treatment_visit refuse_signed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_signed BEFORE DELETE OR UPDATE ON public.treatment_visit FOR EACH ROW EXECUTE FUNCTION public.treatment_refuse_signed();


--
-- Name: clinic_auditevent refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.clinic_auditevent FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: clinic_consent refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.clinic_consent FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: clinic_patienthistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.clinic_patienthistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: clinic_platformevent refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.clinic_platformevent FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: clinic_taskhistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.clinic_taskhistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: outcomes_response refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.outcomes_response FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: outcomes_responsevoid refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.outcomes_responsevoid FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: outcomes_score refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.outcomes_score FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_addendum refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.treatment_addendum FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_coursehistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.treatment_coursehistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_devicehistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.treatment_devicehistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_devicewavelengthhistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.treatment_devicewavelengthhistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_handpiecehistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.treatment_handpiecehistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_laserapplicationhistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.treatment_laserapplicationhistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_othertreatmenthistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.treatment_othertreatmenthistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_planhistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.treatment_planhistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_plannedexercisehistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.treatment_plannedexercisehistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_plannedtherapyhistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.treatment_plannedtherapyhistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_protocolhistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.treatment_protocolhistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: treatment_visithistory refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.treatment_visithistory FOR EACH STATEMENT EXECUTE FUNCTION public.clinic_refuse_change();


--
-- Name: account_emailaddress account_emailaddress_user_id_2c513194_fk_clinic_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_clinic_user_id FOREIGN KEY (user_id) REFERENCES public.clinic_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: account_emailconfirmation account_emailconfirm_email_address_id_5b7f8c58_fk_account_e; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_group_permissions auth_group_permissio_permission_id_84c5c92e_fk_auth_perm; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_group_permissions auth_group_permissions_group_id_b120cbf9_fk_auth_group_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_permission auth_permission_content_type_id_2f476e4b_fk_django_co; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_apitoken clinic_apitoken_clinic_id_0439b8cb_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_apitoken
    ADD CONSTRAINT clinic_apitoken_clinic_id_0439b8cb_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_apitoken clinic_apitoken_membership_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_apitoken
    ADD CONSTRAINT clinic_apitoken_membership_id_within_clinic FOREIGN KEY (clinic_id, membership_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: clinic_auditcounter clinic_auditcounter_clinic_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_auditcounter
    ADD CONSTRAINT clinic_auditcounter_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id);


--
-- Name: clinic_auditevent clinic_auditevent_actor_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE public.clinic_auditevent
    ADD CONSTRAINT clinic_auditevent_actor_user_id_fkey FOREIGN KEY (actor_user_id) REFERENCES public.clinic_user(id);


--
-- Name: clinic_auditevent clinic_auditevent_clinic_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE public.clinic_auditevent
    ADD CONSTRAINT clinic_auditevent_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id);


--
-- Name: clinic_clinic clinic_clinic_organisation_id_5df35a7f_fk_clinic_or; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_clinic
    ADD CONSTRAINT clinic_clinic_organisation_id_5df35a7f_fk_clinic_or FOREIGN KEY (organisation_id) REFERENCES public.clinic_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_consent clinic_consent_clinic_id_ad114801_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_consent
    ADD CONSTRAINT clinic_consent_clinic_id_ad114801_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_consent clinic_consent_patient_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_consent
    ADD CONSTRAINT clinic_consent_patient_id_within_clinic FOREIGN KEY (clinic_id, patient_id) REFERENCES public.clinic_patient(clinic_id, id);


--
-- Name: clinic_idempotencykey clinic_idempotencykey_clinic_id_36702976_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_idempotencykey
    ADD CONSTRAINT clinic_idempotencykey_clinic_id_36702976_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_membership clinic_membership_clinic_id_f4273fff_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_membership
    ADD CONSTRAINT clinic_membership_clinic_id_f4273fff_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_membership clinic_membership_user_id_5848d804_fk_clinic_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_membership
    ADD CONSTRAINT clinic_membership_user_id_5848d804_fk_clinic_user_id FOREIGN KEY (user_id) REFERENCES public.clinic_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_message clinic_message_clinic_id_ee56a5b8_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_message
    ADD CONSTRAINT clinic_message_clinic_id_ee56a5b8_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_message clinic_message_patient_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_message
    ADD CONSTRAINT clinic_message_patient_id_within_clinic FOREIGN KEY (clinic_id, patient_id) REFERENCES public.clinic_patient(clinic_id, id);


--
-- Name: clinic_patient clinic_patient_clinic_id_a1ef915f_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_patient
    ADD CONSTRAINT clinic_patient_clinic_id_a1ef915f_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_patientidentity clinic_patientidentity_clinic_id_57efe3d0_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_patientidentity
    ADD CONSTRAINT clinic_patientidentity_clinic_id_57efe3d0_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_patientidentity clinic_patientidentity_patient_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_patientidentity
    ADD CONSTRAINT clinic_patientidentity_patient_id_within_clinic FOREIGN KEY (clinic_id, patient_id) REFERENCES public.clinic_patient(clinic_id, id);


--
-- Name: clinic_task clinic_task_assigned_to_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_task
    ADD CONSTRAINT clinic_task_assigned_to_id_within_clinic FOREIGN KEY (clinic_id, assigned_to_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: clinic_task clinic_task_clinic_id_9ba21e38_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_task
    ADD CONSTRAINT clinic_task_clinic_id_9ba21e38_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_task clinic_task_patient_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_task
    ADD CONSTRAINT clinic_task_patient_id_within_clinic FOREIGN KEY (clinic_id, patient_id) REFERENCES public.clinic_patient(clinic_id, id);


--
-- Name: clinic_taskhistory clinic_taskhistory_assigned_to_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_taskhistory
    ADD CONSTRAINT clinic_taskhistory_assigned_to_id_within_clinic FOREIGN KEY (clinic_id, assigned_to_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: clinic_taskhistory clinic_taskhistory_patient_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_taskhistory
    ADD CONSTRAINT clinic_taskhistory_patient_id_within_clinic FOREIGN KEY (clinic_id, patient_id) REFERENCES public.clinic_patient(clinic_id, id);


--
-- Name: clinic_user_groups clinic_user_groups_group_id_0e3e9eac_fk_auth_group_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_user_groups
    ADD CONSTRAINT clinic_user_groups_group_id_0e3e9eac_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_user_groups clinic_user_groups_user_id_efb7f01e_fk_clinic_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_user_groups
    ADD CONSTRAINT clinic_user_groups_user_id_efb7f01e_fk_clinic_user_id FOREIGN KEY (user_id) REFERENCES public.clinic_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_user_user_permissions clinic_user_user_per_permission_id_a23c12ab_fk_auth_perm; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_user_user_permissions
    ADD CONSTRAINT clinic_user_user_per_permission_id_a23c12ab_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: clinic_user_user_permissions clinic_user_user_permissions_user_id_6098a783_fk_clinic_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clinic_user_user_permissions
    ADD CONSTRAINT clinic_user_user_permissions_user_id_6098a783_fk_clinic_user_id FOREIGN KEY (user_id) REFERENCES public.clinic_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: mfa_authenticator mfa_authenticator_user_id_0c3a50c0_fk_clinic_user_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_clinic_user_id FOREIGN KEY (user_id) REFERENCES public.clinic_user(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: outcomes_invitation outcomes_invitation_clinic_id_052c975f_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_invitation
    ADD CONSTRAINT outcomes_invitation_clinic_id_052c975f_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: outcomes_invitation outcomes_invitation_course_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_invitation
    ADD CONSTRAINT outcomes_invitation_course_id_within_clinic FOREIGN KEY (clinic_id, course_id) REFERENCES public.treatment_course(clinic_id, id);


--
-- Name: outcomes_invitation outcomes_invitation_visit_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_invitation
    ADD CONSTRAINT outcomes_invitation_visit_id_within_clinic FOREIGN KEY (clinic_id, visit_id) REFERENCES public.treatment_visit(clinic_id, id);


--
-- Name: outcomes_outcomerow outcomes_outcomerow_baseline_response_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_outcomerow
    ADD CONSTRAINT outcomes_outcomerow_baseline_response_id_within_clinic FOREIGN KEY (clinic_id, baseline_response_id) REFERENCES public.outcomes_response(clinic_id, id);


--
-- Name: outcomes_outcomerow outcomes_outcomerow_clinic_id_1296390e_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_outcomerow
    ADD CONSTRAINT outcomes_outcomerow_clinic_id_1296390e_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: outcomes_outcomerow outcomes_outcomerow_course_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_outcomerow
    ADD CONSTRAINT outcomes_outcomerow_course_id_within_clinic FOREIGN KEY (clinic_id, course_id) REFERENCES public.treatment_course(clinic_id, id);


--
-- Name: outcomes_outcomerow outcomes_outcomerow_latest_response_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_outcomerow
    ADD CONSTRAINT outcomes_outcomerow_latest_response_id_within_clinic FOREIGN KEY (clinic_id, latest_response_id) REFERENCES public.outcomes_response(clinic_id, id);


--
-- Name: outcomes_response outcomes_response_clinic_id_61b3afb5_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_response
    ADD CONSTRAINT outcomes_response_clinic_id_61b3afb5_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: outcomes_response outcomes_response_course_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_response
    ADD CONSTRAINT outcomes_response_course_id_within_clinic FOREIGN KEY (clinic_id, course_id) REFERENCES public.treatment_course(clinic_id, id);


--
-- Name: outcomes_response outcomes_response_invitation_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_response
    ADD CONSTRAINT outcomes_response_invitation_id_within_clinic FOREIGN KEY (clinic_id, invitation_id) REFERENCES public.outcomes_invitation(clinic_id, id);


--
-- Name: outcomes_response outcomes_response_recorded_by_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_response
    ADD CONSTRAINT outcomes_response_recorded_by_id_within_clinic FOREIGN KEY (clinic_id, recorded_by_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: outcomes_response outcomes_response_visit_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_response
    ADD CONSTRAINT outcomes_response_visit_id_within_clinic FOREIGN KEY (clinic_id, visit_id) REFERENCES public.treatment_visit(clinic_id, id);


--
-- Name: outcomes_responsevoid outcomes_responsevoid_clinic_id_bc2baa8b_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_responsevoid
    ADD CONSTRAINT outcomes_responsevoid_clinic_id_bc2baa8b_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: outcomes_responsevoid outcomes_responsevoid_response_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_responsevoid
    ADD CONSTRAINT outcomes_responsevoid_response_id_within_clinic FOREIGN KEY (clinic_id, response_id) REFERENCES public.outcomes_response(clinic_id, id);


--
-- Name: outcomes_responsevoid outcomes_responsevoid_voided_by_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_responsevoid
    ADD CONSTRAINT outcomes_responsevoid_voided_by_id_within_clinic FOREIGN KEY (clinic_id, voided_by_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: outcomes_score outcomes_score_clinic_id_38b452e1_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_score
    ADD CONSTRAINT outcomes_score_clinic_id_38b452e1_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: outcomes_score outcomes_score_course_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_score
    ADD CONSTRAINT outcomes_score_course_id_within_clinic FOREIGN KEY (clinic_id, course_id) REFERENCES public.treatment_course(clinic_id, id);


--
-- Name: outcomes_score outcomes_score_response_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_score
    ADD CONSTRAINT outcomes_score_response_id_within_clinic FOREIGN KEY (clinic_id, response_id) REFERENCES public.outcomes_response(clinic_id, id);


--
-- Name: outcomes_surveydraft outcomes_surveydraft_clinic_id_9f68625e_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_surveydraft
    ADD CONSTRAINT outcomes_surveydraft_clinic_id_9f68625e_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: outcomes_surveydraft outcomes_surveydraft_invitation_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcomes_surveydraft
    ADD CONSTRAINT outcomes_surveydraft_invitation_id_within_clinic FOREIGN KEY (clinic_id, invitation_id) REFERENCES public.outcomes_invitation(clinic_id, id);


--
-- Name: treatment_addendum treatment_addendum_author_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_addendum
    ADD CONSTRAINT treatment_addendum_author_id_within_clinic FOREIGN KEY (clinic_id, author_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: treatment_addendum treatment_addendum_clinic_id_2fcf064e_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_addendum
    ADD CONSTRAINT treatment_addendum_clinic_id_2fcf064e_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_addendum treatment_addendum_visit_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_addendum
    ADD CONSTRAINT treatment_addendum_visit_id_within_clinic FOREIGN KEY (clinic_id, visit_id) REFERENCES public.treatment_visit(clinic_id, id);


--
-- Name: treatment_course treatment_course_clinic_id_84488248_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_course
    ADD CONSTRAINT treatment_course_clinic_id_84488248_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_course treatment_course_patient_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_course
    ADD CONSTRAINT treatment_course_patient_id_within_clinic FOREIGN KEY (clinic_id, patient_id) REFERENCES public.clinic_patient(clinic_id, id);


--
-- Name: treatment_course treatment_course_responsible_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_course
    ADD CONSTRAINT treatment_course_responsible_id_within_clinic FOREIGN KEY (clinic_id, responsible_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: treatment_coursehistory treatment_coursehistory_patient_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_coursehistory
    ADD CONSTRAINT treatment_coursehistory_patient_id_within_clinic FOREIGN KEY (clinic_id, patient_id) REFERENCES public.clinic_patient(clinic_id, id);


--
-- Name: treatment_coursehistory treatment_coursehistory_responsible_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_coursehistory
    ADD CONSTRAINT treatment_coursehistory_responsible_id_within_clinic FOREIGN KEY (clinic_id, responsible_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: treatment_device treatment_device_clinic_id_d4f8ad22_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_device
    ADD CONSTRAINT treatment_device_clinic_id_d4f8ad22_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_devicewavelength treatment_devicewave_clinic_id_643c8f5e_fk_clinic_cl; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_devicewavelength
    ADD CONSTRAINT treatment_devicewave_clinic_id_643c8f5e_fk_clinic_cl FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_devicewavelength treatment_devicewavelength_device_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_devicewavelength
    ADD CONSTRAINT treatment_devicewavelength_device_id_within_clinic FOREIGN KEY (clinic_id, device_id) REFERENCES public.treatment_device(clinic_id, id);


--
-- Name: treatment_devicewavelengthhistory treatment_devicewavelengthhistory_device_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_devicewavelengthhistory
    ADD CONSTRAINT treatment_devicewavelengthhistory_device_id_within_clinic FOREIGN KEY (clinic_id, device_id) REFERENCES public.treatment_device(clinic_id, id);


--
-- Name: treatment_handpiece treatment_handpiece_clinic_id_7e7bcb6a_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_handpiece
    ADD CONSTRAINT treatment_handpiece_clinic_id_7e7bcb6a_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_handpiece treatment_handpiece_device_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_handpiece
    ADD CONSTRAINT treatment_handpiece_device_id_within_clinic FOREIGN KEY (clinic_id, device_id) REFERENCES public.treatment_device(clinic_id, id);


--
-- Name: treatment_handpiecehistory treatment_handpiecehistory_device_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_handpiecehistory
    ADD CONSTRAINT treatment_handpiecehistory_device_id_within_clinic FOREIGN KEY (clinic_id, device_id) REFERENCES public.treatment_device(clinic_id, id);


--
-- Name: treatment_laserapplication treatment_laserappli_clinic_id_f2d51e7b_fk_clinic_cl; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_laserapplication
    ADD CONSTRAINT treatment_laserappli_clinic_id_f2d51e7b_fk_clinic_cl FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_laserapplication treatment_laserapplication_device_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_laserapplication
    ADD CONSTRAINT treatment_laserapplication_device_id_within_clinic FOREIGN KEY (clinic_id, device_id) REFERENCES public.treatment_device(clinic_id, id);


--
-- Name: treatment_laserapplication treatment_laserapplication_handpiece_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_laserapplication
    ADD CONSTRAINT treatment_laserapplication_handpiece_id_within_clinic FOREIGN KEY (clinic_id, handpiece_id) REFERENCES public.treatment_handpiece(clinic_id, id);


--
-- Name: treatment_laserapplication treatment_laserapplication_protocol_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_laserapplication
    ADD CONSTRAINT treatment_laserapplication_protocol_id_within_clinic FOREIGN KEY (clinic_id, protocol_id) REFERENCES public.treatment_protocol(clinic_id, id);


--
-- Name: treatment_laserapplication treatment_laserapplication_visit_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_laserapplication
    ADD CONSTRAINT treatment_laserapplication_visit_id_within_clinic FOREIGN KEY (clinic_id, visit_id) REFERENCES public.treatment_visit(clinic_id, id);


--
-- Name: treatment_laserapplicationhistory treatment_laserapplicationhistory_device_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_laserapplicationhistory
    ADD CONSTRAINT treatment_laserapplicationhistory_device_id_within_clinic FOREIGN KEY (clinic_id, device_id) REFERENCES public.treatment_device(clinic_id, id);


--
-- Name: treatment_laserapplicationhistory treatment_laserapplicationhistory_handpiece_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_laserapplicationhistory
    ADD CONSTRAINT treatment_laserapplicationhistory_handpiece_id_within_clinic FOREIGN KEY (clinic_id, handpiece_id) REFERENCES public.treatment_handpiece(clinic_id, id);


--
-- Name: treatment_laserapplicationhistory treatment_laserapplicationhistory_protocol_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_laserapplicationhistory
    ADD CONSTRAINT treatment_laserapplicationhistory_protocol_id_within_clinic FOREIGN KEY (clinic_id, protocol_id) REFERENCES public.treatment_protocol(clinic_id, id);


--
-- Name: treatment_laserapplicationhistory treatment_laserapplicationhistory_visit_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_laserapplicationhistory
    ADD CONSTRAINT treatment_laserapplicationhistory_visit_id_within_clinic FOREIGN KEY (clinic_id, visit_id) REFERENCES public.treatment_visit(clinic_id, id);


--
-- Name: treatment_othertreatment treatment_othertreatment_clinic_id_33f48c3e_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_othertreatment
    ADD CONSTRAINT treatment_othertreatment_clinic_id_33f48c3e_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_othertreatment treatment_othertreatment_visit_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_othertreatment
    ADD CONSTRAINT treatment_othertreatment_visit_id_within_clinic FOREIGN KEY (clinic_id, visit_id) REFERENCES public.treatment_visit(clinic_id, id);


--
-- Name: treatment_othertreatmenthistory treatment_othertreatmenthistory_visit_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_othertreatmenthistory
    ADD CONSTRAINT treatment_othertreatmenthistory_visit_id_within_clinic FOREIGN KEY (clinic_id, visit_id) REFERENCES public.treatment_visit(clinic_id, id);


--
-- Name: treatment_plan treatment_plan_clinic_id_210fa570_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plan
    ADD CONSTRAINT treatment_plan_clinic_id_210fa570_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_plan treatment_plan_course_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plan
    ADD CONSTRAINT treatment_plan_course_id_within_clinic FOREIGN KEY (clinic_id, course_id) REFERENCES public.treatment_course(clinic_id, id);


--
-- Name: treatment_plan treatment_plan_protocol_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plan
    ADD CONSTRAINT treatment_plan_protocol_id_within_clinic FOREIGN KEY (clinic_id, protocol_id) REFERENCES public.treatment_protocol(clinic_id, id);


--
-- Name: treatment_planhistory treatment_planhistory_course_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_planhistory
    ADD CONSTRAINT treatment_planhistory_course_id_within_clinic FOREIGN KEY (clinic_id, course_id) REFERENCES public.treatment_course(clinic_id, id);


--
-- Name: treatment_planhistory treatment_planhistory_protocol_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_planhistory
    ADD CONSTRAINT treatment_planhistory_protocol_id_within_clinic FOREIGN KEY (clinic_id, protocol_id) REFERENCES public.treatment_protocol(clinic_id, id);


--
-- Name: treatment_plannedexercise treatment_plannedexe_clinic_id_3fcb37a7_fk_clinic_cl; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plannedexercise
    ADD CONSTRAINT treatment_plannedexe_clinic_id_3fcb37a7_fk_clinic_cl FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_plannedexercise treatment_plannedexercise_plan_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plannedexercise
    ADD CONSTRAINT treatment_plannedexercise_plan_id_within_clinic FOREIGN KEY (clinic_id, plan_id) REFERENCES public.treatment_plan(clinic_id, id);


--
-- Name: treatment_plannedexercisehistory treatment_plannedexercisehistory_plan_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plannedexercisehistory
    ADD CONSTRAINT treatment_plannedexercisehistory_plan_id_within_clinic FOREIGN KEY (clinic_id, plan_id) REFERENCES public.treatment_plan(clinic_id, id);


--
-- Name: treatment_plannedtherapy treatment_plannedtherapy_clinic_id_17493252_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plannedtherapy
    ADD CONSTRAINT treatment_plannedtherapy_clinic_id_17493252_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_plannedtherapy treatment_plannedtherapy_plan_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plannedtherapy
    ADD CONSTRAINT treatment_plannedtherapy_plan_id_within_clinic FOREIGN KEY (clinic_id, plan_id) REFERENCES public.treatment_plan(clinic_id, id);


--
-- Name: treatment_plannedtherapyhistory treatment_plannedtherapyhistory_plan_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_plannedtherapyhistory
    ADD CONSTRAINT treatment_plannedtherapyhistory_plan_id_within_clinic FOREIGN KEY (clinic_id, plan_id) REFERENCES public.treatment_plan(clinic_id, id);


--
-- Name: treatment_protocol treatment_protocol_clinic_id_9555c91c_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_protocol
    ADD CONSTRAINT treatment_protocol_clinic_id_9555c91c_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_protocol treatment_protocol_device_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_protocol
    ADD CONSTRAINT treatment_protocol_device_id_within_clinic FOREIGN KEY (clinic_id, device_id) REFERENCES public.treatment_device(clinic_id, id);


--
-- Name: treatment_protocol treatment_protocol_handpiece_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_protocol
    ADD CONSTRAINT treatment_protocol_handpiece_id_within_clinic FOREIGN KEY (clinic_id, handpiece_id) REFERENCES public.treatment_handpiece(clinic_id, id);


--
-- Name: treatment_protocolhistory treatment_protocolhistory_device_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_protocolhistory
    ADD CONSTRAINT treatment_protocolhistory_device_id_within_clinic FOREIGN KEY (clinic_id, device_id) REFERENCES public.treatment_device(clinic_id, id);


--
-- Name: treatment_protocolhistory treatment_protocolhistory_handpiece_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_protocolhistory
    ADD CONSTRAINT treatment_protocolhistory_handpiece_id_within_clinic FOREIGN KEY (clinic_id, handpiece_id) REFERENCES public.treatment_handpiece(clinic_id, id);


--
-- Name: treatment_visit treatment_visit_clinic_id_8077dd39_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visit
    ADD CONSTRAINT treatment_visit_clinic_id_8077dd39_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_visit treatment_visit_course_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visit
    ADD CONSTRAINT treatment_visit_course_id_within_clinic FOREIGN KEY (clinic_id, course_id) REFERENCES public.treatment_course(clinic_id, id);


--
-- Name: treatment_visit treatment_visit_signed_by_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visit
    ADD CONSTRAINT treatment_visit_signed_by_id_within_clinic FOREIGN KEY (clinic_id, signed_by_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: treatment_visit treatment_visit_therapist_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visit
    ADD CONSTRAINT treatment_visit_therapist_id_within_clinic FOREIGN KEY (clinic_id, therapist_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: treatment_visitdraft treatment_visitdraft_clinic_id_f00cef5c_fk_clinic_clinic_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visitdraft
    ADD CONSTRAINT treatment_visitdraft_clinic_id_f00cef5c_fk_clinic_clinic_id FOREIGN KEY (clinic_id) REFERENCES public.clinic_clinic(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: treatment_visitdraft treatment_visitdraft_saved_by_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visitdraft
    ADD CONSTRAINT treatment_visitdraft_saved_by_id_within_clinic FOREIGN KEY (clinic_id, saved_by_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: treatment_visitdraft treatment_visitdraft_visit_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visitdraft
    ADD CONSTRAINT treatment_visitdraft_visit_id_within_clinic FOREIGN KEY (clinic_id, visit_id) REFERENCES public.treatment_visit(clinic_id, id);


--
-- Name: treatment_visithistory treatment_visithistory_course_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visithistory
    ADD CONSTRAINT treatment_visithistory_course_id_within_clinic FOREIGN KEY (clinic_id, course_id) REFERENCES public.treatment_course(clinic_id, id);


--
-- Name: treatment_visithistory treatment_visithistory_signed_by_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visithistory
    ADD CONSTRAINT treatment_visithistory_signed_by_id_within_clinic FOREIGN KEY (clinic_id, signed_by_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: treatment_visithistory treatment_visithistory_therapist_id_within_clinic; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.treatment_visithistory
    ADD CONSTRAINT treatment_visithistory_therapist_id_within_clinic FOREIGN KEY (clinic_id, therapist_id) REFERENCES public.clinic_membership(clinic_id, id);


--
-- Name: clinic_apitoken by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.clinic_apitoken USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: clinic_auditevent by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.clinic_auditevent USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: clinic_consent by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.clinic_consent USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: clinic_idempotencykey by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.clinic_idempotencykey USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: clinic_membership by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.clinic_membership USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: clinic_message by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.clinic_message USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: clinic_patient by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.clinic_patient USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: clinic_patienthistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.clinic_patienthistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: clinic_patientidentity by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.clinic_patientidentity USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: clinic_task by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.clinic_task USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: clinic_taskhistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.clinic_taskhistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: outcomes_invitation by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.outcomes_invitation USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: outcomes_outcomerow by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.outcomes_outcomerow USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: outcomes_response by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.outcomes_response USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: outcomes_responsevoid by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.outcomes_responsevoid USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: outcomes_score by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.outcomes_score USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: outcomes_surveydraft by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.outcomes_surveydraft USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_addendum by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_addendum USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_course by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_course USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_coursehistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_coursehistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_device by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_device USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_devicehistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_devicehistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_devicewavelength by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_devicewavelength USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_devicewavelengthhistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_devicewavelengthhistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_handpiece by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_handpiece USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_handpiecehistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_handpiecehistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_laserapplication by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_laserapplication USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_laserapplicationhistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_laserapplicationhistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_othertreatment by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_othertreatment USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_othertreatmenthistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_othertreatmenthistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_plan by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_plan USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_planhistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_planhistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_plannedexercise by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_plannedexercise USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_plannedexercisehistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_plannedexercisehistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_plannedtherapy by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_plannedtherapy USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_plannedtherapyhistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_plannedtherapyhistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_protocol by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_protocol USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_protocolhistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_protocolhistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_visit by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_visit USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_visitdraft by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_visitdraft USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: treatment_visithistory by_clinic; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY by_clinic ON public.treatment_visithistory USING ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[]))) WITH CHECK ((clinic_id = ANY ((string_to_array(NULLIF(current_setting('app.clinics'::text, true), ''::text), ','::text))::uuid[])));


--
-- Name: clinic_apitoken; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_apitoken ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_auditcounter; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_auditcounter ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_auditevent; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_auditevent ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_auditevent_2026_11; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_auditevent_2026_11 ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_auditevent_2026_12; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_auditevent_2026_12 ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_auditevent_2027_01; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_auditevent_2027_01 ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_auditevent_2027_02; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_auditevent_2027_02 ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_auditevent_default; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_auditevent_default ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_consent; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_consent ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_idempotencykey; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_idempotencykey ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_membership; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_membership ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_message; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_message ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_patient; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_patient ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_patienthistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_patienthistory ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_patientidentity; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_patientidentity ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_task; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_task ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_taskhistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clinic_taskhistory ENABLE ROW LEVEL SECURITY;

--
-- Name: outcomes_invitation; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.outcomes_invitation ENABLE ROW LEVEL SECURITY;

--
-- Name: outcomes_outcomerow; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.outcomes_outcomerow ENABLE ROW LEVEL SECURITY;

--
-- Name: outcomes_response; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.outcomes_response ENABLE ROW LEVEL SECURITY;

--
-- Name: outcomes_responsevoid; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.outcomes_responsevoid ENABLE ROW LEVEL SECURITY;

--
-- Name: outcomes_score; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.outcomes_score ENABLE ROW LEVEL SECURITY;

--
-- Name: outcomes_surveydraft; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.outcomes_surveydraft ENABLE ROW LEVEL SECURITY;

--
-- Name: clinic_membership own_membership; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_membership ON public.clinic_membership FOR SELECT USING ((user_id = (NULLIF(current_setting('app.user'::text, true), ''::text))::uuid));


--
-- Name: treatment_addendum; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_addendum ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_course; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_course ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_coursehistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_coursehistory ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_device; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_device ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_devicehistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_devicehistory ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_devicewavelength; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_devicewavelength ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_devicewavelengthhistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_devicewavelengthhistory ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_handpiece; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_handpiece ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_handpiecehistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_handpiecehistory ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_laserapplication; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_laserapplication ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_laserapplicationhistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_laserapplicationhistory ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_othertreatment; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_othertreatment ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_othertreatmenthistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_othertreatmenthistory ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_plan; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_plan ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_planhistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_planhistory ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_plannedexercise; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_plannedexercise ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_plannedexercisehistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_plannedexercisehistory ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_plannedtherapy; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_plannedtherapy ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_plannedtherapyhistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_plannedtherapyhistory ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_protocol; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_protocol ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_protocolhistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_protocolhistory ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_visit; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_visit ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_visitdraft; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_visitdraft ENABLE ROW LEVEL SECURITY;

--
-- Name: treatment_visithistory; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.treatment_visithistory ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA public TO backlight_app;
GRANT USAGE ON SCHEMA public TO backlight_worker;
GRANT USAGE ON SCHEMA public TO backlight_reporter;
GRANT USAGE ON SCHEMA public TO backlight_backup;


--
-- Name: TABLE account_emailaddress; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailaddress TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailaddress TO backlight_worker;
GRANT SELECT ON TABLE public.account_emailaddress TO backlight_backup;


--
-- Name: SEQUENCE account_emailaddress_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.account_emailaddress_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.account_emailaddress_id_seq TO backlight_worker;


--
-- Name: TABLE account_emailconfirmation; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailconfirmation TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailconfirmation TO backlight_worker;
GRANT SELECT ON TABLE public.account_emailconfirmation TO backlight_backup;


--
-- Name: SEQUENCE account_emailconfirmation_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO backlight_worker;


--
-- Name: TABLE auth_group; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO backlight_worker;
GRANT SELECT ON TABLE public.auth_group TO backlight_backup;


--
-- Name: SEQUENCE auth_group_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.auth_group_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.auth_group_id_seq TO backlight_worker;


--
-- Name: TABLE auth_group_permissions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO backlight_worker;
GRANT SELECT ON TABLE public.auth_group_permissions TO backlight_backup;


--
-- Name: SEQUENCE auth_group_permissions_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO backlight_worker;


--
-- Name: TABLE auth_permission; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO backlight_worker;
GRANT SELECT ON TABLE public.auth_permission TO backlight_backup;


--
-- Name: SEQUENCE auth_permission_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.auth_permission_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.auth_permission_id_seq TO backlight_worker;


--
-- Name: TABLE clinic_apitoken; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_apitoken TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_apitoken TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_apitoken TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_apitoken TO backlight_reporter;


--
-- Name: TABLE clinic_auditcounter; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.clinic_auditcounter TO backlight_backup;


--
-- Name: TABLE clinic_auditevent; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.clinic_auditevent TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.clinic_auditevent TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_auditevent TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_auditevent TO backlight_reporter;


--
-- Name: TABLE clinic_auditevent_2026_11; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.clinic_auditevent_2026_11 TO backlight_backup;


--
-- Name: TABLE clinic_auditevent_2026_12; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.clinic_auditevent_2026_12 TO backlight_backup;


--
-- Name: TABLE clinic_auditevent_2027_01; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.clinic_auditevent_2027_01 TO backlight_backup;


--
-- Name: TABLE clinic_auditevent_2027_02; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.clinic_auditevent_2027_02 TO backlight_backup;


--
-- Name: TABLE clinic_auditevent_default; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.clinic_auditevent_default TO backlight_backup;


--
-- Name: TABLE clinic_cache; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_cache TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_cache TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_cache TO backlight_backup;


--
-- Name: TABLE clinic_clinic; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_clinic TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_clinic TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_clinic TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_clinic TO backlight_reporter;


--
-- Name: TABLE clinic_consent; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.clinic_consent TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.clinic_consent TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_consent TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_consent TO backlight_reporter;


--
-- Name: TABLE clinic_idempotencykey; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_idempotencykey TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_idempotencykey TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_idempotencykey TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_idempotencykey TO backlight_reporter;


--
-- Name: TABLE clinic_membership; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_membership TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_membership TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_membership TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_membership TO backlight_reporter;


--
-- Name: TABLE clinic_message; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_message TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_message TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_message TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_message TO backlight_reporter;


--
-- Name: TABLE clinic_organisation; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_organisation TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_organisation TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_organisation TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_organisation TO backlight_reporter;


--
-- Name: TABLE clinic_patient; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_patient TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_patient TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_patient TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_patient TO backlight_reporter;


--
-- Name: TABLE clinic_patienthistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.clinic_patienthistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.clinic_patienthistory TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_patienthistory TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_patienthistory TO backlight_reporter;


--
-- Name: SEQUENCE clinic_patienthistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.clinic_patienthistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.clinic_patienthistory_pgh_id_seq TO backlight_worker;


--
-- Name: TABLE clinic_patientidentity; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_patientidentity TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_patientidentity TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_patientidentity TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_patientidentity TO backlight_reporter;


--
-- Name: TABLE clinic_platformevent; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.clinic_platformevent TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.clinic_platformevent TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_platformevent TO backlight_backup;


--
-- Name: TABLE clinic_task; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_task TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_task TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_task TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_task TO backlight_reporter;


--
-- Name: TABLE clinic_taskhistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.clinic_taskhistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.clinic_taskhistory TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_taskhistory TO backlight_backup;
GRANT SELECT ON TABLE public.clinic_taskhistory TO backlight_reporter;


--
-- Name: SEQUENCE clinic_taskhistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.clinic_taskhistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.clinic_taskhistory_pgh_id_seq TO backlight_worker;


--
-- Name: TABLE clinic_user; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_user TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_user TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_user TO backlight_backup;


--
-- Name: TABLE clinic_user_groups; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_user_groups TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_user_groups TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_user_groups TO backlight_backup;


--
-- Name: SEQUENCE clinic_user_groups_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.clinic_user_groups_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.clinic_user_groups_id_seq TO backlight_worker;


--
-- Name: TABLE clinic_user_user_permissions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_user_user_permissions TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clinic_user_user_permissions TO backlight_worker;
GRANT SELECT ON TABLE public.clinic_user_user_permissions TO backlight_backup;


--
-- Name: SEQUENCE clinic_user_user_permissions_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.clinic_user_user_permissions_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.clinic_user_user_permissions_id_seq TO backlight_worker;


--
-- Name: TABLE django_content_type; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO backlight_worker;
GRANT SELECT ON TABLE public.django_content_type TO backlight_backup;


--
-- Name: SEQUENCE django_content_type_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.django_content_type_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.django_content_type_id_seq TO backlight_worker;


--
-- Name: TABLE django_migrations; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.django_migrations TO backlight_app;
GRANT SELECT ON TABLE public.django_migrations TO backlight_worker;
GRANT SELECT ON TABLE public.django_migrations TO backlight_backup;


--
-- Name: SEQUENCE django_migrations_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.django_migrations_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.django_migrations_id_seq TO backlight_worker;


--
-- Name: TABLE django_session; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_session TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_session TO backlight_worker;
GRANT SELECT ON TABLE public.django_session TO backlight_backup;


--
-- Name: TABLE mfa_authenticator; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mfa_authenticator TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mfa_authenticator TO backlight_worker;
GRANT SELECT ON TABLE public.mfa_authenticator TO backlight_backup;


--
-- Name: SEQUENCE mfa_authenticator_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO backlight_worker;


--
-- Name: TABLE outcomes_invitation; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outcomes_invitation TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outcomes_invitation TO backlight_worker;
GRANT SELECT ON TABLE public.outcomes_invitation TO backlight_backup;
GRANT SELECT ON TABLE public.outcomes_invitation TO backlight_reporter;


--
-- Name: TABLE outcomes_outcomerow; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outcomes_outcomerow TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outcomes_outcomerow TO backlight_worker;
GRANT SELECT ON TABLE public.outcomes_outcomerow TO backlight_backup;
GRANT SELECT ON TABLE public.outcomes_outcomerow TO backlight_reporter;


--
-- Name: TABLE outcomes_response; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.outcomes_response TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.outcomes_response TO backlight_worker;
GRANT SELECT ON TABLE public.outcomes_response TO backlight_backup;
GRANT SELECT ON TABLE public.outcomes_response TO backlight_reporter;


--
-- Name: TABLE outcomes_responsevoid; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.outcomes_responsevoid TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.outcomes_responsevoid TO backlight_worker;
GRANT SELECT ON TABLE public.outcomes_responsevoid TO backlight_backup;
GRANT SELECT ON TABLE public.outcomes_responsevoid TO backlight_reporter;


--
-- Name: TABLE outcomes_score; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.outcomes_score TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.outcomes_score TO backlight_worker;
GRANT SELECT ON TABLE public.outcomes_score TO backlight_backup;
GRANT SELECT ON TABLE public.outcomes_score TO backlight_reporter;


--
-- Name: TABLE outcomes_surveydraft; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outcomes_surveydraft TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outcomes_surveydraft TO backlight_worker;
GRANT SELECT ON TABLE public.outcomes_surveydraft TO backlight_backup;
GRANT SELECT ON TABLE public.outcomes_surveydraft TO backlight_reporter;


--
-- Name: TABLE pghistory_context; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pghistory_context TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pghistory_context TO backlight_worker;
GRANT SELECT ON TABLE public.pghistory_context TO backlight_backup;


--
-- Name: TABLE treatment_addendum; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.treatment_addendum TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.treatment_addendum TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_addendum TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_addendum TO backlight_reporter;


--
-- Name: TABLE treatment_course; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_course TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_course TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_course TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_course TO backlight_reporter;


--
-- Name: TABLE treatment_coursehistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.treatment_coursehistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.treatment_coursehistory TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_coursehistory TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_coursehistory TO backlight_reporter;


--
-- Name: SEQUENCE treatment_coursehistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.treatment_coursehistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.treatment_coursehistory_pgh_id_seq TO backlight_worker;


--
-- Name: TABLE treatment_device; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_device TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_device TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_device TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_device TO backlight_reporter;


--
-- Name: TABLE treatment_devicehistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.treatment_devicehistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.treatment_devicehistory TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_devicehistory TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_devicehistory TO backlight_reporter;


--
-- Name: SEQUENCE treatment_devicehistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.treatment_devicehistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.treatment_devicehistory_pgh_id_seq TO backlight_worker;


--
-- Name: TABLE treatment_devicewavelength; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_devicewavelength TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_devicewavelength TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_devicewavelength TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_devicewavelength TO backlight_reporter;


--
-- Name: TABLE treatment_devicewavelengthhistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.treatment_devicewavelengthhistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.treatment_devicewavelengthhistory TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_devicewavelengthhistory TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_devicewavelengthhistory TO backlight_reporter;


--
-- Name: SEQUENCE treatment_devicewavelengthhistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.treatment_devicewavelengthhistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.treatment_devicewavelengthhistory_pgh_id_seq TO backlight_worker;


--
-- Name: TABLE treatment_handpiece; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_handpiece TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_handpiece TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_handpiece TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_handpiece TO backlight_reporter;


--
-- Name: TABLE treatment_handpiecehistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.treatment_handpiecehistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.treatment_handpiecehistory TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_handpiecehistory TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_handpiecehistory TO backlight_reporter;


--
-- Name: SEQUENCE treatment_handpiecehistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.treatment_handpiecehistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.treatment_handpiecehistory_pgh_id_seq TO backlight_worker;


--
-- Name: TABLE treatment_laserapplication; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_laserapplication TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_laserapplication TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_laserapplication TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_laserapplication TO backlight_reporter;


--
-- Name: TABLE treatment_laserapplicationhistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.treatment_laserapplicationhistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.treatment_laserapplicationhistory TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_laserapplicationhistory TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_laserapplicationhistory TO backlight_reporter;


--
-- Name: SEQUENCE treatment_laserapplicationhistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.treatment_laserapplicationhistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.treatment_laserapplicationhistory_pgh_id_seq TO backlight_worker;


--
-- Name: TABLE treatment_othertreatment; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_othertreatment TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_othertreatment TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_othertreatment TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_othertreatment TO backlight_reporter;


--
-- Name: TABLE treatment_othertreatmenthistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.treatment_othertreatmenthistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.treatment_othertreatmenthistory TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_othertreatmenthistory TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_othertreatmenthistory TO backlight_reporter;


--
-- Name: SEQUENCE treatment_othertreatmenthistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.treatment_othertreatmenthistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.treatment_othertreatmenthistory_pgh_id_seq TO backlight_worker;


--
-- Name: TABLE treatment_plan; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_plan TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_plan TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_plan TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_plan TO backlight_reporter;


--
-- Name: TABLE treatment_planhistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.treatment_planhistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.treatment_planhistory TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_planhistory TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_planhistory TO backlight_reporter;


--
-- Name: SEQUENCE treatment_planhistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.treatment_planhistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.treatment_planhistory_pgh_id_seq TO backlight_worker;


--
-- Name: TABLE treatment_plannedexercise; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_plannedexercise TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_plannedexercise TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_plannedexercise TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_plannedexercise TO backlight_reporter;


--
-- Name: TABLE treatment_plannedexercisehistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.treatment_plannedexercisehistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.treatment_plannedexercisehistory TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_plannedexercisehistory TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_plannedexercisehistory TO backlight_reporter;


--
-- Name: SEQUENCE treatment_plannedexercisehistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.treatment_plannedexercisehistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.treatment_plannedexercisehistory_pgh_id_seq TO backlight_worker;


--
-- Name: TABLE treatment_plannedtherapy; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_plannedtherapy TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_plannedtherapy TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_plannedtherapy TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_plannedtherapy TO backlight_reporter;


--
-- Name: TABLE treatment_plannedtherapyhistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.treatment_plannedtherapyhistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.treatment_plannedtherapyhistory TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_plannedtherapyhistory TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_plannedtherapyhistory TO backlight_reporter;


--
-- Name: SEQUENCE treatment_plannedtherapyhistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.treatment_plannedtherapyhistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.treatment_plannedtherapyhistory_pgh_id_seq TO backlight_worker;


--
-- Name: TABLE treatment_protocol; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_protocol TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_protocol TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_protocol TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_protocol TO backlight_reporter;


--
-- Name: TABLE treatment_protocolhistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.treatment_protocolhistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.treatment_protocolhistory TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_protocolhistory TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_protocolhistory TO backlight_reporter;


--
-- Name: SEQUENCE treatment_protocolhistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.treatment_protocolhistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.treatment_protocolhistory_pgh_id_seq TO backlight_worker;


--
-- Name: TABLE treatment_visit; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_visit TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_visit TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_visit TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_visit TO backlight_reporter;


--
-- Name: TABLE treatment_visitdraft; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_visitdraft TO backlight_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.treatment_visitdraft TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_visitdraft TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_visitdraft TO backlight_reporter;


--
-- Name: TABLE treatment_visithistory; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.treatment_visithistory TO backlight_app;
GRANT SELECT,INSERT ON TABLE public.treatment_visithistory TO backlight_worker;
GRANT SELECT ON TABLE public.treatment_visithistory TO backlight_backup;
GRANT SELECT ON TABLE public.treatment_visithistory TO backlight_reporter;


--
-- Name: SEQUENCE treatment_visithistory_pgh_id_seq; Type: ACL; Schema: public; Owner: -
--

GRANT USAGE ON SEQUENCE public.treatment_visithistory_pgh_id_seq TO backlight_app;
GRANT USAGE ON SEQUENCE public.treatment_visithistory_pgh_id_seq TO backlight_worker;


--
-- Name: DEFAULT PRIVILEGES FOR SEQUENCES; Type: DEFAULT ACL; Schema: public; Owner: -
--

ALTER DEFAULT PRIVILEGES FOR ROLE backlight_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO backlight_app;
ALTER DEFAULT PRIVILEGES FOR ROLE backlight_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO backlight_worker;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: public; Owner: -
--

ALTER DEFAULT PRIVILEGES FOR ROLE backlight_owner IN SCHEMA public GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES TO backlight_app;
ALTER DEFAULT PRIVILEGES FOR ROLE backlight_owner IN SCHEMA public GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES TO backlight_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE backlight_owner IN SCHEMA public GRANT SELECT ON TABLES TO backlight_backup;


--
-- PostgreSQL database dump complete
--

\unrestrict tuLiLiQb3DYHLunQ8c2HbBvHbXD9reayUGI6wjsNb9BUyCX1iYe2VhEPI3JCKlx

