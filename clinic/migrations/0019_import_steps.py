"""Who took the step of an import that runs: the audit names them, not who brought the file in."""

import django.db.models.deletion
from django.db import migrations

import clinic.scoping
from clinic.database.wall import KeepWithinClinic


class Migration(migrations.Migration):
    dependencies = [("clinic", "0018_erasures")]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="asked_by",
            field=clinic.scoping.ClinicForeignKey(
                db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.membership"
            ),
        ),
        KeepWithinClinic("importbatch", "asked_by"),
    ]
