"""The function that removes the demo."""

from django.db import migrations

from outcomes.demo.leaving import removal_function


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0006_drop_doubled_indexes"),
        ("treatment", "0004_let_invented_visits_leave"),
    ]

    operations = [removal_function()]
