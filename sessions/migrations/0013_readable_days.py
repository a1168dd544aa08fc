import datetime as dt

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

_DAYS = (dt.date(1900, 1, 1), dt.date(2200, 1, 1))
_TIMES = (dt.datetime(1900, 1, 1, tzinfo=dt.UTC), dt.datetime(2200, 1, 1, tzinfo=dt.UTC))


def _within(model, name, columns, limits):
    # Not validated: a row of before, however wrong, must not stop an upgrade. Whatever is written from now on is checked.
    first, beyond = limits
    condition = models.Q(*((f"{column}__gte", first) for column in columns), *((f"{column}__lt", beyond) for column in columns))
    return AddConstraintNotValid(model_name=model, constraint=models.CheckConstraint(condition=condition, name=name))


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0017_pack_audit_indexes"),
        ("treatment", "0012_output_measurements"),
    ]

    operations = [
        _within("course", "course_days_can_be_read", ("started_on", "onset_on", "ended_on"), _DAYS),
        _within("plan", "plan_days_can_be_read", ("review_on",), _DAYS),
        _within("visit", "visit_times_can_be_read", ("planned_for", "occurred_at", "arrived_at"), _TIMES),
    ]
