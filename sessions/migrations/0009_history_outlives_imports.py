from django.db import migrations

# What an import brought may be taken out again; its history stays, and speaks of rows that are no more. Its clinic still binds it.
_LET_GO = """
ALTER TABLE treatment_laserapplicationhistory DROP CONSTRAINT treatment_laserapplicationhistory_visit_id_within_clinic;
ALTER TABLE treatment_othertreatmenthistory DROP CONSTRAINT treatment_othertreatmenthistory_visit_id_within_clinic;
ALTER TABLE treatment_visithistory DROP CONSTRAINT treatment_visithistory_course_id_within_clinic;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("treatment", "0008_written_by"),
    ]

    operations = [
        migrations.RunSQL(_LET_GO, migrations.RunSQL.noop),
    ]
