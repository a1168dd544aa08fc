import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import clinic.identifiers
import clinic.scoping
from clinic.database.together import Together
from clinic.database.wall import KeepWithinClinic, RaiseWall


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0010_import_kinds"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffInvitation",
            fields=[
                ("id", models.UUIDField(default=clinic.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None, verbose_name="roles"),
                ),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                ("invited_at", models.DateTimeField(auto_now_add=True)),
                ("generation", models.PositiveSmallIntegerField(default=1)),
                ("token_hash", models.CharField(editable=False, max_length=64)),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("accepted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        Together(
            [
                migrations.AddField(
                    model_name="membership",
                    name="absent_from",
                    field=models.DateField(null=True, verbose_name="away from"),
                ),
                migrations.AddField(
                    model_name="membership",
                    name="absent_until",
                    field=models.DateField(null=True, verbose_name="away until"),
                ),
                migrations.AddField(
                    model_name="membership",
                    name="deputy",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="membership",
                    name="left_at",
                    field=models.DateTimeField(help_text="When this person stopped working here.", null=True),
                ),
                migrations.AddField(
                    model_name="user",
                    name="session_mark",
                    field=models.CharField(blank=True, editable=False, max_length=32),
                ),
                migrations.AlterField(
                    model_name="membership",
                    name="is_active",
                    field=models.BooleanField(default=True, help_text="Whether this person has access: neither locked nor gone."),
                ),
                migrations.AlterField(
                    model_name="message",
                    name="patient",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("left_at__isnull", True), ("is_active", False), _connector="OR"),
                        name="membership_left_without_access",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("absent_from__isnull", True), ("absent_until__isnull", True)),
                            models.Q(
                                ("absent_from__isnull", False),
                                ("absent_until__gte", models.F("absent_from")),
                                ("absent_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="membership_absent_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="message",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("patient__isnull", False), ("kind__startswith", "staff_"), _connector="OR"),
                        name="message_to_a_patient_or_to_staff",
                    ),
                ),
                migrations.AddField(
                    model_name="staffinvitation",
                    name="clinic",
                    field=models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                migrations.AddField(
                    model_name="staffinvitation",
                    name="invited_by",
                    field=clinic.scoping.ClinicForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.membership",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffinvitation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("accepted_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("clinic", "email"),
                        name="staff_invitation_one_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffinvitation",
                    constraint=models.UniqueConstraint(fields=("clinic", "token_hash"), name="staff_invitation_hash_once_per_clinic"),
                ),
            ]
        ),
        KeepWithinClinic("membership", "deputy"),
        RaiseWall(["staffinvitation"]),
    ]
