import clinic.identifiers
import clinic.scoping
import django.db.models.deletion
from django.db import migrations, models

from clinic.database.wall import KeepWithinClinic, RaiseWall


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0007_audit_by_sequence"),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.UUIDField(default=clinic.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ("requested_at", models.DateTimeField(auto_now_add=True)),
                (
                    "format",
                    models.CharField(
                        choices=[("csv", "CSV files in a ZIP"), ("xlsx", "one Excel workbook")],
                        default="csv",
                        max_length=4,
                        verbose_name="file",
                    ),
                ),
                ("with_names", models.BooleanField(default=False, verbose_name="with names and contact data")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "being written"),
                            ("ready", "ready"),
                            ("failed", "failed"),
                            ("gone", "deleted"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("began_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("counts", models.JSONField(default=dict)),
                ("error", models.CharField(blank=True, max_length=40)),
                (
                    "clinic",
                    models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "requested_by",
                    clinic.scoping.ClinicForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.membership"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["state", "requested_at"], name="export_waiting")],
            },
        ),
        RaiseWall(["export"]),
        KeepWithinClinic("patienthistory", "merged_into"),
    ]
