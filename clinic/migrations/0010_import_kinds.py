import django.db.models.deletion
from django.db import migrations, models

import clinic.encryption
import clinic.identifiers
import clinic.scoping
from clinic.database.together import Together
from clinic.database.wall import RaiseWall


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0009_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportPiece",
            fields=[
                ("id", models.UUIDField(default=clinic.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ("position", models.PositiveIntegerField()),
                ("raw", clinic.encryption.SealedBytesField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.RemoveConstraint(
            model_name="importprofile",
            name="import_profile_once",
        ),
        Together(
            [
                migrations.AddField(
                    model_name="importbatch",
                    name="at_line",
                    field=models.PositiveIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="kind",
                    field=models.CharField(default="patients", max_length=20, verbose_name="kind"),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="problem",
                    field=models.CharField(blank=True, max_length=300),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="settings",
                    field=models.JSONField(default=dict),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="worked_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="importprofile",
                    name="kind",
                    field=models.CharField(default="patients", max_length=20),
                ),
                migrations.AddField(
                    model_name="importprofile",
                    name="settings",
                    field=models.JSONField(default=dict),
                ),
                migrations.AlterField(
                    model_name="importbatch",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("received", "waiting to be read"),
                            ("failed", "could not be read"),
                            ("uploaded", "columns to be named"),
                            ("judging", "being previewed"),
                            ("judged", "ready to be looked at"),
                            ("queued", "waiting"),
                            ("running", "being imported"),
                            ("done", "imported"),
                            ("stopped", "stopped"),
                            ("undoing", "being undone"),
                            ("undone", "undone"),
                            ("discarded", "discarded"),
                        ],
                        default="uploaded",
                        max_length=10,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importprofile",
                    constraint=models.UniqueConstraint(fields=("clinic", "source", "kind"), name="import_profile_once"),
                ),
                migrations.AddField(
                    model_name="importpiece",
                    name="batch",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="pieces", to="clinic.importbatch"
                    ),
                ),
                migrations.AddField(
                    model_name="importpiece",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importpiece",
                    constraint=models.UniqueConstraint(fields=("clinic", "batch", "position"), name="import_piece_once"),
                ),
            ]
        ),
        RaiseWall(["importpiece"]),
    ]
