import clinic.encryption
import clinic.identifiers
import clinic.scoping
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from clinic.database.together import Together
from clinic.database.wall import RaiseWall


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0008_exports"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.UUIDField(default=clinic.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=40, verbose_name="source")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "columns to be named"),
                            ("judged", "ready to be looked at"),
                            ("queued", "waiting"),
                            ("running", "being imported"),
                            ("done", "imported"),
                            ("undoing", "being undone"),
                            ("undone", "undone"),
                        ],
                        default="uploaded",
                        max_length=10,
                    ),
                ),
                ("columns", models.JSONField(default=list)),
                ("mapping", models.JSONField(default=dict)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("handled", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ImportProfile",
            fields=[
                ("id", models.UUIDField(default=clinic.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=40)),
                ("mapping", models.JSONField(default=dict)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.UUIDField(default=clinic.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ("line", models.PositiveIntegerField()),
                ("cells", clinic.encryption.SealedJSONField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not judged"),
                            ("new", "new"),
                            ("changed", "changed"),
                            ("same", "the same"),
                            ("error", "not importable"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("note", models.CharField(blank=True, max_length=40)),
                ("fields", models.JSONField(default=list)),
                ("before", clinic.encryption.SealedJSONField(null=True)),
                ("is_done", models.BooleanField(default=False)),
                ("outcome", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
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
                    name="withdrawn_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="patienthistory",
                    name="withdrawn_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_change_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_patienthistory" ("clinic_id", "deceased_on", "id", "language", "merged_at", "merged_because", "merged_into_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_number", "registered_at", "sex", "withdrawn_at") VALUES (OLD."clinic_id", OLD."deceased_on", OLD."id", OLD."language", OLD."merged_at", OLD."merged_because", OLD."merged_into_id", NOW(), \'before_change\', OLD."id", OLD."record_number", OLD."registered_at", OLD."sex", OLD."withdrawn_at"); RETURN NULL;',
                            hash="455fc34fb43c17ccbbc441a96f26cc42c61ad27a",
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
                            func='INSERT INTO "clinic_patienthistory" ("clinic_id", "deceased_on", "id", "language", "merged_at", "merged_because", "merged_into_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_number", "registered_at", "sex", "withdrawn_at") VALUES (OLD."clinic_id", OLD."deceased_on", OLD."id", OLD."language", OLD."merged_at", OLD."merged_because", OLD."merged_into_id", NOW(), \'before_deletion\', OLD."id", OLD."record_number", OLD."registered_at", OLD."sex", OLD."withdrawn_at"); RETURN NULL;',
                            hash="afbc4a000ab9fc64d312bb7015dce3df14608154",
                            operation="DELETE",
                            pgid="pgtrigger_before_deletion_delete_71f2f",
                            table="clinic_patient",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="uploaded_by",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.membership"
                    ),
                ),
                migrations.AddField(
                    model_name="importprofile",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="batch",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="clinic.importbatch"
                    ),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="patient",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importprofile",
                    constraint=models.UniqueConstraint(fields=("clinic", "source"), name="import_profile_once"),
                ),
                migrations.AddConstraint(
                    model_name="importrow",
                    constraint=models.UniqueConstraint(fields=("clinic", "batch", "line"), name="import_line_once"),
                ),
            ]
        ),
        RaiseWall(["importbatch", "importrow", "importprofile"]),
    ]
