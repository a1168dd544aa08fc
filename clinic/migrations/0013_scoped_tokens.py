"""Tokens get scopes and a last use; calls are counted."""

import django.contrib.postgres.fields
from django.db import migrations, models

# Tokens made before there were scopes keep what they could do.
_AREAS = [
    *("patients", "courses", "visits", "invitations", "responses", "scores"),
    *("reports", "tasks", "devices", "staff", "messages", "audit"),
]
_EVERYTHING = [f"{area}:{what}" for area in _AREAS for what in ("read", "write")]


def _everything():
    return _EVERYTHING


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0012_second_factor"),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), default=_everything, size=None, verbose_name="scopes"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="apitoken",
            name="last_used_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="CallCount",
            fields=[
                ("caller", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("calls", models.PositiveIntegerField()),
            ],
        ),
        migrations.RunSQL("ALTER TABLE clinic_callcount SET UNLOGGED", migrations.RunSQL.noop),
    ]
