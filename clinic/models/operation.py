"""What was done to the installation itself: backups, restores, tests of them. Added to, never changed."""

from django.db import models
from django.db.models.functions import Now

from clinic.identifiers import uuid7


class Operation(models.Model):
    """One run of something that keeps the installation alive. Belongs to no clinic; `detail` holds codes, counts and times."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=40)
    succeeded = models.BooleanField()
    detail = models.JSONField(default=dict)

    path_to_patient = ""
    append_only = True

    class Meta:
        indexes = [models.Index(fields=["kind", "-at"], name="operation_newest")]
