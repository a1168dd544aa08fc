import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from clinic.database.together import Together
from sessions.signed_lock import LET_IMPORTED_VISITS_LEAVE


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0010_import_kinds"),
        ("treatment", "0005_device_correction"),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="visit",
                    name="before_change_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="visit",
                    name="before_deletion_delete",
                ),
                migrations.AddField(
                    model_name="visit",
                    name="external_id",
                    field=models.CharField(blank=True, help_text="The key of an imported visit in its file.", max_length=80),
                ),
                migrations.AddField(
                    model_name="visithistory",
                    name="external_id",
                    field=models.CharField(blank=True, help_text="The key of an imported visit in its file.", max_length=80),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="visit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_change_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_visithistory" ("arrived_at", "client_key", "clinic_id", "course_id", "external_id", "id", "missed_at", "missed_reason", "no_pain_after_reason", "note", "occurred_at", "pain_after", "pain_before", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_for", "reaction", "recorded_at", "signed_by_id", "skin_checked", "state", "therapist_id") VALUES (OLD."arrived_at", OLD."client_key", OLD."clinic_id", OLD."course_id", OLD."external_id", OLD."id", OLD."missed_at", OLD."missed_reason", OLD."no_pain_after_reason", OLD."note", OLD."occurred_at", OLD."pain_after", OLD."pain_before", NOW(), \'before_change\', OLD."id", OLD."planned_for", OLD."reaction", OLD."recorded_at", OLD."signed_by_id", OLD."skin_checked", OLD."state", OLD."therapist_id"); RETURN NULL;',
                            hash="b8813552ca39e789285df031a0a78b9c2fc7530b",
                            operation="UPDATE",
                            pgid="pgtrigger_before_change_update_a1b6f",
                            table="treatment_visit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="visit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_deletion_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_visithistory" ("arrived_at", "client_key", "clinic_id", "course_id", "external_id", "id", "missed_at", "missed_reason", "no_pain_after_reason", "note", "occurred_at", "pain_after", "pain_before", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_for", "reaction", "recorded_at", "signed_by_id", "skin_checked", "state", "therapist_id") VALUES (OLD."arrived_at", OLD."client_key", OLD."clinic_id", OLD."course_id", OLD."external_id", OLD."id", OLD."missed_at", OLD."missed_reason", OLD."no_pain_after_reason", OLD."note", OLD."occurred_at", OLD."pain_after", OLD."pain_before", NOW(), \'before_deletion\', OLD."id", OLD."planned_for", OLD."reaction", OLD."recorded_at", OLD."signed_by_id", OLD."skin_checked", OLD."state", OLD."therapist_id"); RETURN NULL;',
                            hash="3968a82576662b596e36236ea374aa114930511d",
                            operation="DELETE",
                            pgid="pgtrigger_before_deletion_delete_7a541",
                            table="treatment_visit",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="visit",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("clinic", "external_id"),
                        name="visit_external_id_once",
                    ),
                ),
            ]
        ),
        LET_IMPORTED_VISITS_LEAVE,
    ]
