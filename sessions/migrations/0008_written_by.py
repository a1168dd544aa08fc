import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

import clinic.scoping
from clinic.database.together import Together
from clinic.database.wall import KeepWithinClinic


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0011_staff_life_cycle"),
        ("treatment", "0007_addendum_client_key"),
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
                    name="written_by",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        help_text="Who began the note, when it was handed over unsigned. Whoever signs it then is named beside, not instead.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="visithistory",
                    name="written_by",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        help_text="Who began the note, when it was handed over unsigned. Whoever signs it then is named beside, not instead.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clinic.membership",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="visit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_change_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_visithistory" ("arrived_at", "client_key", "clinic_id", "course_id", "external_id", "id", "missed_at", "missed_reason", "no_pain_after_reason", "note", "occurred_at", "pain_after", "pain_before", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_for", "reaction", "recorded_at", "signed_by_id", "skin_checked", "state", "therapist_id", "written_by_id") VALUES (OLD."arrived_at", OLD."client_key", OLD."clinic_id", OLD."course_id", OLD."external_id", OLD."id", OLD."missed_at", OLD."missed_reason", OLD."no_pain_after_reason", OLD."note", OLD."occurred_at", OLD."pain_after", OLD."pain_before", NOW(), \'before_change\', OLD."id", OLD."planned_for", OLD."reaction", OLD."recorded_at", OLD."signed_by_id", OLD."skin_checked", OLD."state", OLD."therapist_id", OLD."written_by_id"); RETURN NULL;',
                            hash="b6426d6a72fa29d7c75c53e5486dc64788212117",
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
                            func='INSERT INTO "treatment_visithistory" ("arrived_at", "client_key", "clinic_id", "course_id", "external_id", "id", "missed_at", "missed_reason", "no_pain_after_reason", "note", "occurred_at", "pain_after", "pain_before", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_for", "reaction", "recorded_at", "signed_by_id", "skin_checked", "state", "therapist_id", "written_by_id") VALUES (OLD."arrived_at", OLD."client_key", OLD."clinic_id", OLD."course_id", OLD."external_id", OLD."id", OLD."missed_at", OLD."missed_reason", OLD."no_pain_after_reason", OLD."note", OLD."occurred_at", OLD."pain_after", OLD."pain_before", NOW(), \'before_deletion\', OLD."id", OLD."planned_for", OLD."reaction", OLD."recorded_at", OLD."signed_by_id", OLD."skin_checked", OLD."state", OLD."therapist_id", OLD."written_by_id"); RETURN NULL;',
                            hash="451490b4d530e53c584a7680d93aaba5f8c98abd",
                            operation="DELETE",
                            pgid="pgtrigger_before_deletion_delete_7a541",
                            table="treatment_visit",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        KeepWithinClinic("visit", "written_by"),
        KeepWithinClinic("visithistory", "written_by"),
    ]
