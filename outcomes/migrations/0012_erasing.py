"""The function that erases a person, and the guards of append-only tables that let it through."""

from django.db import migrations

from outcomes.erasing.leaving import erasing_functions


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0011_pack_indexes"),
        ("clinic", "0018_erasures"),
        ("treatment", "0010_laser_rules"),
    ]

    operations = [erasing_functions()]
