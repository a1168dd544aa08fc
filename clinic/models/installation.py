"""Signs of life of the running programs, and the code that opens the setup page. Neither belongs to a clinic."""

from django.db import models
from django.db.models.functions import Now

from clinic.identifiers import uuid7


class Heartbeat(models.Model):
    """When a program last said that it works, or found that something it needs works or does not. One row each, overwritten."""

    name = models.CharField(primary_key=True, max_length=20)
    at = models.DateTimeField(db_default=Now())
    works = models.BooleanField(default=True)
    detail = models.JSONField(default=dict)

    path_to_patient = ""


class SetupCode(models.Model):
    """Opens the setup page once. Only its hash is stored; a newer one, too many wrong tries, a day, or its use make it void."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    path_to_patient = ""
