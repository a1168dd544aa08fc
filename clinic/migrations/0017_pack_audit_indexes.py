"""Less beside each line of the audit, of which there is one for whatever anybody does: some seconds for a million lines, both ways.

The page reads a clinic's lines by their number: that, with the time by which the table is divided, is the key now, instead of a key
that nothing read. Patients and links have no account; what they do stands in no index by person. A patient, and the account of who
acts, lead to few lines, so that their indexes need no clinic.
"""

from django.db import migrations, models

BY_NUMBER = """
DROP INDEX audit_by_sequence;
ALTER TABLE clinic_auditevent DROP CONSTRAINT clinic_auditevent_pkey,
    ADD CONSTRAINT clinic_auditevent_pkey PRIMARY KEY (clinic_id, sequence, at);
"""
BY_TIME = """
ALTER TABLE clinic_auditevent DROP CONSTRAINT clinic_auditevent_pkey,
    ADD CONSTRAINT clinic_auditevent_pkey PRIMARY KEY (clinic_id, at, id);
CREATE INDEX audit_by_sequence ON clinic_auditevent (clinic_id, sequence DESC);
"""


class Migration(migrations.Migration):
    dependencies = [("clinic", "0016_narrow_roles")]

    operations = [
        migrations.RunSQL(BY_NUMBER, BY_TIME),
        migrations.RemoveIndex(model_name="auditevent", name="audit_by_patient"),
        migrations.RemoveIndex(model_name="auditevent", name="audit_by_person"),
        migrations.AddIndex(model_name="auditevent", index=models.Index(fields=["patient_id", "-at"], name="audit_by_patient")),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(condition=models.Q(("actor_user__isnull", False)), fields=["actor_user", "-at"], name="audit_by_person"),
        ),
    ]
