"""A table for what was done to the installation itself; like the audit, it is only added to."""

import clinic.identifiers
import django.db.models.functions.datetime
from django.db import migrations, models

_ADDED_TO_ONLY = """
REVOKE UPDATE, DELETE, TRUNCATE ON clinic_operation FROM backlight_app, backlight_worker;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON clinic_operation
    FOR EACH ROW EXECUTE FUNCTION clinic_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON clinic_operation
    FOR EACH STATEMENT EXECUTE FUNCTION clinic_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_message_hold"),
    ]

    operations = [
        migrations.CreateModel(
            name="Operation",
            fields=[
                ("id", models.UUIDField(default=clinic.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("kind", models.CharField(max_length=40)),
                ("succeeded", models.BooleanField()),
                ("detail", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "-at"], name="operation_newest")],
            },
        ),
        migrations.RunSQL(_ADDED_TO_ONLY, migrations.RunSQL.noop),
    ]
