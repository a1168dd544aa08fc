"""How often somebody called the interface in the running minute."""

from __future__ import annotations

from django.db import models


class CallCount(models.Model):
    """One caller's calls since `started_at`. The table is not logged: after a crash of the database everybody starts at none."""

    caller = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField()
    calls = models.PositiveIntegerField()

    path_to_patient = ""
