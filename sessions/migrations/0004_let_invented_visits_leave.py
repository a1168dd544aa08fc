"""The lock on signed visits lets those of an invented clinic go with it."""

from django.db import migrations

from sessions.signed_lock import LET_INVENTED_VISITS_LEAVE


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_signs_of_life"),
        ("treatment", "0003_missed_reason"),
    ]

    operations = [LET_INVENTED_VISITS_LEAVE]
