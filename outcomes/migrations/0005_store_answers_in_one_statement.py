"""Answers, their scores and the outcome rows of their courses in one round trip, planned once per connection.

The rule of the outcome rows in words stands in `outcomes.services.outcome_rows`; the same rule in Python there checks these rows.
"""

from django.db import migrations

# The courses are locked by a statement of their own: the one after it sees what the waited-for transaction has committed.
REFRESH = """
CREATE FUNCTION outcomes_refresh_rows(new_ids uuid[], of_courses uuid[], of_scales text[]) RETURNS integer LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan AS $$
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
"""


# Rows come as JSON objects by column name: a new column of the model needs no new function.
STORE = """
CREATE FUNCTION outcomes_store_answers(
    responses jsonb, scores jsonb, new_ids uuid[], of_courses uuid[], of_scales text[]
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outcomes_response SELECT (jsonb_populate_recordset(NULL::outcomes_response, responses)).*;
    INSERT INTO outcomes_score SELECT (jsonb_populate_recordset(NULL::outcomes_score, scores)).*;
    PERFORM outcomes_refresh_rows(new_ids, of_courses, of_scales);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0004_count_tried_years_of_birth"), ("treatment", "0001_initial")]

    operations = [
        migrations.RunSQL(REFRESH, "DROP FUNCTION outcomes_refresh_rows(uuid[], uuid[], text[])"),
        migrations.RunSQL(STORE, "DROP FUNCTION outcomes_store_answers(jsonb, jsonb, uuid[], uuid[], text[])"),
    ]
