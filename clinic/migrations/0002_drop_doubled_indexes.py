import django.db.models.deletion
from django.db import migrations, models

from clinic.database.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0001_initial"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="apitoken",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="consent",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="idempotencykey",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="membership",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="message",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="patient",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="patientidentity",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="task",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
            ]
        ),
    ]
