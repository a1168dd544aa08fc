import clinic.scoping
import django.db.models.deletion
from django.db import migrations, models

from clinic.database.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0002_drop_doubled_indexes"),
        ("outcomes", "0005_store_answers_in_one_statement"),
        ("treatment", "0002_drop_doubled_indexes"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="invitation",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="outcomerow",
                    name="baseline_response",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outcomes.response",
                    ),
                ),
                migrations.AlterField(
                    model_name="outcomerow",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="outcomerow",
                    name="course",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcome_rows",
                        to="treatment.course",
                    ),
                ),
                migrations.AlterField(
                    model_name="outcomerow",
                    name="latest_response",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outcomes.response",
                    ),
                ),
                migrations.AlterField(
                    model_name="response",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="response",
                    name="course",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="treatment.course",
                    ),
                ),
                migrations.AlterField(
                    model_name="response",
                    name="recorded_by",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.membership",
                    ),
                ),
                migrations.AlterField(
                    model_name="responsevoid",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="score",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AlterField(
                    model_name="score",
                    name="course",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="treatment.course",
                    ),
                ),
                migrations.AlterField(
                    model_name="score",
                    name="response",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="outcomes.response",
                    ),
                ),
                migrations.AlterField(
                    model_name="surveydraft",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
            ]
        ),
    ]
