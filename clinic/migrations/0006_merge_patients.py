import clinic.scoping
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from clinic.database.together import Together
from clinic.database.wall import KeepWithinClinic


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_signs_of_life"),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="patient",
                    name="before_change_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="patient",
                    name="before_deletion_delete",
                ),
                migrations.AddField(
                    model_name="patient",
                    name="merged_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="patient",
                    name="merged_because",
                    field=models.CharField(blank=True, editable=False, max_length=200),
                ),
                migrations.AddField(
                    model_name="patient",
                    name="merged_into",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.patient",
                    ),
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="merged_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="merged_because",
                    field=models.CharField(blank=True, editable=False, max_length=200),
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="merged_into",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clinic.patient",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_change_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_patienthistory" ("clinic_id", "deceased_on", "id", "language", "merged_at", "merged_because", "merged_into_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_number", "registered_at", "sex") VALUES (OLD."clinic_id", OLD."deceased_on", OLD."id", OLD."language", OLD."merged_at", OLD."merged_because", OLD."merged_into_id", NOW(), \'before_change\', OLD."id", OLD."record_number", OLD."registered_at", OLD."sex"); RETURN NULL;',
                            hash="3d024047169fb9f45f762c6f04e2ee6c2ff6635b",
                            operation="UPDATE",
                            pgid="pgtrigger_before_change_update_a5341",
                            table="clinic_patient",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_deletion_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_patienthistory" ("clinic_id", "deceased_on", "id", "language", "merged_at", "merged_because", "merged_into_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_number", "registered_at", "sex") VALUES (OLD."clinic_id", OLD."deceased_on", OLD."id", OLD."language", OLD."merged_at", OLD."merged_because", OLD."merged_into_id", NOW(), \'before_deletion\', OLD."id", OLD."record_number", OLD."registered_at", OLD."sex"); RETURN NULL;',
                            hash="958bf12dc6b615baabcb1de4db1bc3b8e4975382",
                            operation="DELETE",
                            pgid="pgtrigger_before_deletion_delete_71f2f",
                            table="clinic_patient",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        KeepWithinClinic("patient", "merged_into"),
    ]
