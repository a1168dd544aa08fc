import django.db.models.deletion
from django.db import migrations, models

from clinic.database.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0002_drop_doubled_indexes"),
        ("treatment", "0001_initial"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="addendum",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="course",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="device",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="devicewavelength",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="handpiece",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="laserapplication",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="othertreatment",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="plan",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="plannedexercise",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="plannedtherapy",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="protocol",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="visit",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="visitdraft",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
            ]
        ),
    ]
