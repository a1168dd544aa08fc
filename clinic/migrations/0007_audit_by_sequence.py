"""The audit page reads a clinic's newest events, page after page, by their number."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clinic", "0006_merge_patients")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX audit_by_sequence ON clinic_auditevent (clinic_id, sequence DESC)",
            "DROP INDEX audit_by_sequence",
        )
    ]
