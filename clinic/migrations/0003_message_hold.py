"""A clinic's messages can be held back; the backup role may read where sequences stand, which pg_dump asks for."""

import django.db.models.deletion
from django.db import migrations, models

import clinic.identifiers
from clinic.database.wall import RaiseWall

_BACKUP_READS_SEQUENCES = """
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO backlight_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO backlight_backup;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0002_drop_doubled_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="MessageHold",
            fields=[
                ("id", models.UUIDField(default=clinic.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(help_text="A code: restored.", max_length=40)),
                (
                    "clinic",
                    models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("clinic",), name="message_hold_one_open"
                    )
                ],
            },
        ),
        RaiseWall(models=["MessageHold"]),
        migrations.RunSQL(_BACKUP_READS_SEQUENCES, migrations.RunSQL.noop),
    ]
