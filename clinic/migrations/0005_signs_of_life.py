"""Signs of life, the setup code, and the one way in which rows leave the append-only tables: with an invented clinic."""

import django.db.models.functions.datetime
from django.db import migrations, models

import clinic.identifiers
from clinic.database.leaving import let_invented_clinics_leave


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_operations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("works", models.BooleanField(default=True)),
                ("detail", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="SetupCode",
            fields=[
                ("id", models.UUIDField(default=clinic.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ("code_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ends_at", models.DateTimeField()),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        let_invented_clinics_leave(),
    ]
