"""Half the weight of the indexes on answers and scores: less than 20 seconds for a million of each, both ways.

An index that begins with the clinic has an end for every clinic. PostgreSQL splits the pages there in the middle, and what ascends
never fills the left halves again; only at the end of the whole index does it leave a page nine tenths full. Ids are made in order of
time: an index that begins with one grows at its end. Nor does anything look for a response or a score of a clinic without its id or
its course, each of which belongs to one clinic only. Scores of one survey share course and time, so that these are stored once.

The key (clinic_id, id), to which the wall's composite keys refer, and the id alone become one. Nothing refers to a score or an
outcome row.
"""

import django.db.models.deletion
from django.db import migrations, models

from clinic.database.together import Together
from clinic.scoping import ClinicForeignKey

REFERENCES = (
    ("outcomes_score", "response_id"),
    ("outcomes_responsevoid", "response_id"),
    ("outcomes_outcomerow", "baseline_response_id"),
    ("outcomes_outcomerow", "latest_response_id"),
)
LET_GO = "\n".join(f'ALTER TABLE {table} DROP CONSTRAINT "{table}_{column}_within_clinic";' for table, column in REFERENCES)
TAKE_HOLD = "\n".join(
    f'ALTER TABLE {table} ADD CONSTRAINT "{table}_{column}_within_clinic" FOREIGN KEY (clinic_id, {column})'
    " REFERENCES outcomes_response (clinic_id, id);"
    for table, column in REFERENCES
)
ONE_KEY = """
ALTER TABLE outcomes_response DROP CONSTRAINT outcomes_response_clinic_key, DROP CONSTRAINT outcomes_response_pkey,
    ADD CONSTRAINT outcomes_response_pkey PRIMARY KEY (id, clinic_id);
ALTER TABLE outcomes_score DROP CONSTRAINT outcomes_score_clinic_key, DROP CONSTRAINT outcomes_score_pkey,
    ADD CONSTRAINT outcomes_score_pkey PRIMARY KEY (id, clinic_id);
ALTER TABLE outcomes_outcomerow DROP CONSTRAINT outcomes_outcomerow_clinic_key;
"""
TWO_KEYS = """
ALTER TABLE outcomes_outcomerow ADD CONSTRAINT outcomes_outcomerow_clinic_key UNIQUE (clinic_id, id);
ALTER TABLE outcomes_score DROP CONSTRAINT outcomes_score_pkey, ADD CONSTRAINT outcomes_score_pkey PRIMARY KEY (id),
    ADD CONSTRAINT outcomes_score_clinic_key UNIQUE (clinic_id, id);
ALTER TABLE outcomes_response DROP CONSTRAINT outcomes_response_pkey, ADD CONSTRAINT outcomes_response_pkey PRIMARY KEY (id),
    ADD CONSTRAINT outcomes_response_clinic_key UNIQUE (clinic_id, id);
"""


def _unindexed(name: str, to: str, related_name: str) -> migrations.AlterField:
    field = ClinicForeignKey(
        db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to
    )
    return migrations.AlterField(model_name="response", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0010_no_baseline_after_treatment")]

    operations = [
        migrations.RunSQL(LET_GO + ONE_KEY + TAKE_HOLD, LET_GO + TWO_KEYS + TAKE_HOLD),
        Together(
            [
                _unindexed("invitation", "outcomes.invitation", "responses"),
                _unindexed("visit", "treatment.visit", "+"),
                migrations.RemoveConstraint(model_name="response", name="response_once_per_invitation"),
                migrations.RemoveConstraint(model_name="score", name="score_once_per_scorer"),
                migrations.RemoveIndex(model_name="response", name="response_by_course"),
                migrations.RemoveIndex(model_name="score", name="score_by_course"),
            ]
        ),
        Together(
            [
                migrations.AddConstraint(
                    model_name="response",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("invitation__isnull", False)),
                        fields=("invitation", "instrument"),
                        name="response_once_per_invitation",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="score",
                    constraint=models.UniqueConstraint(fields=("response", "scale", "scorer_version"), name="score_once_per_scorer"),
                ),
                migrations.AddIndex(model_name="response", index=models.Index(fields=["course"], name="response_by_course")),
                migrations.AddIndex(
                    model_name="response",
                    index=models.Index(condition=models.Q(("visit__isnull", False)), fields=["visit"], name="response_by_visit"),
                ),
                migrations.AddIndex(model_name="score", index=models.Index(fields=["course", "occurred_at"], name="score_by_course")),
            ]
        ),
    ]
