"""Keys by which a repeated call is recognised, so that it has one effect and one answer."""

from django.db import models

from clinic.scoping import ClinicModel


class IdempotencyKey(ClinicModel):
    """One creating call of one API client, with the answer it was given. Another body under the same key is refused."""

    client = models.CharField(max_length=80)
    endpoint = models.CharField(max_length=120)
    key = models.CharField(max_length=120)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    path_to_patient = ""
    not_exported_because = "bookkeeping of the interface: which call was made before"

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "client", "endpoint", "key"], name="idempotency_key_once_per_client")]
        indexes = [models.Index(fields=["clinic", "created_at"], name="idempotency_key_age")]
