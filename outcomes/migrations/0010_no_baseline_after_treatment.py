"""What is answered after the first treatment is no baseline, also when its visit is signed later.

The rule in words and in Python stands in `outcomes.occasions`. Visits are signed on the floor below, which knows no outcomes: a
trigger brings the rows up to date. It locks the courses first, as answers do, so that of an answer and a signature at the same
time the later one sees the earlier.
"""

from django.db import migrations

REFRESH = """
CREATE OR REPLACE FUNCTION outcomes_refresh_rows(new_ids uuid[], of_courses uuid[], of_scales text[]) RETURNS integer LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan AS $$
DECLARE written integer;
BEGIN
    PERFORM id FROM treatment_course WHERE id = ANY (of_courses) ORDER BY id FOR NO KEY UPDATE;
    WITH pair AS (
        SELECT given.id, course.clinic_id, given.course_id, given.scale
        FROM unnest(new_ids, of_courses, of_scales) AS given (id, course_id, scale)
        JOIN treatment_course course ON course.id = given.course_id
    ), began AS MATERIALIZED (
        SELECT course_id, min(occurred_at) AS at FROM treatment_visit
        WHERE course_id = ANY (of_courses) AND clinic_id IN (SELECT clinic_id FROM pair) AND state = 'signed' GROUP BY course_id
    ), newest_scoring AS (
        SELECT DISTINCT ON (score.course_id, score.scale, score.response_id)
            score.course_id, score.scale, score.response_id, score.value, score.occurred_at AS at,
            CASE WHEN response.occasion = 'baseline' AND (
                CASE response.mode WHEN 'import'
                THEN (score.occurred_at AT TIME ZONE response.zone)::date > (began.at AT TIME ZONE response.zone)::date
                ELSE score.occurred_at > began.at END
            ) THEN 'during' ELSE response.occasion END AS occasion
        FROM pair
        JOIN outcomes_score score
            ON score.clinic_id = pair.clinic_id AND score.course_id = pair.course_id AND score.scale = pair.scale
        JOIN outcomes_response response ON response.id = score.response_id
        LEFT JOIN began ON began.course_id = score.course_id
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
"""

BEGAN = """
CREATE FUNCTION outcomes_treatment_began() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE signed uuid[] := ARRAY(SELECT DISTINCT course_id FROM changed WHERE state = 'signed');
BEGIN
    IF cardinality(signed) = 0 THEN RETURN NULL; END IF;
    PERFORM id FROM treatment_course WHERE id = ANY (signed) ORDER BY id FOR NO KEY UPDATE;
    PERFORM outcomes_refresh_rows(array_agg(gen_random_uuid()), array_agg(touched.course_id), array_agg(touched.scale))
    FROM (
        SELECT DISTINCT score.course_id, score.scale
        FROM outcomes_score score
        JOIN outcomes_response response ON response.id = score.response_id
        JOIN outcomes_outcomerow kept
            ON kept.clinic_id = score.clinic_id AND kept.course_id = score.course_id AND kept.scale = score.scale
        WHERE score.course_id = ANY (signed) AND score.clinic_id IN (SELECT clinic_id FROM changed)
          AND response.occasion = 'baseline'
          AND score.occurred_at > (SELECT min(occurred_at) FROM changed WHERE changed.course_id = score.course_id)
    ) touched
    HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE TRIGGER treatment_began AFTER INSERT ON treatment_visit REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION outcomes_treatment_began();
CREATE TRIGGER treatment_began_at_signing AFTER UPDATE ON treatment_visit REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION outcomes_treatment_began();
CREATE TRIGGER treatment_undone AFTER DELETE ON treatment_visit REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION outcomes_treatment_began();
"""

# Baselines stored under the old rule.
MEND = """
SELECT outcomes_refresh_rows(array_agg(late.id), array_agg(late.course_id), array_agg(late.scale)) FROM (
    SELECT kept.id, kept.course_id, kept.scale FROM outcomes_outcomerow kept
    WHERE kept.baseline_at > (
        SELECT min(occurred_at) FROM treatment_visit visit
        WHERE visit.clinic_id = kept.clinic_id AND visit.course_id = kept.course_id AND visit.state = 'signed'
    )
) late HAVING count(*) > 0;
"""

NO_TRIGGERS = """
DROP TRIGGER treatment_began ON treatment_visit;
DROP TRIGGER treatment_began_at_signing ON treatment_visit;
DROP TRIGGER treatment_undone ON treatment_visit;
DROP FUNCTION outcomes_treatment_began();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0009_functions_see_no_temporary_tables"),
        ("treatment", "0009_history_outlives_imports"),
    ]

    operations = [
        migrations.RunSQL(REFRESH, migrations.RunSQL.noop),
        migrations.RunSQL(BEGAN, NO_TRIGGERS),
        migrations.RunSQL(MEND, migrations.RunSQL.noop),
    ]
