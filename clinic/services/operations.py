"""Writing down what was done to the installation itself."""

from __future__ import annotations

from typing import Any

from clinic.models import Operation

BACKUP, RESTORE, RESTORE_TEST = "backup", "restore", "restore_test"
DEMO_WISHED, DEMO_FILLED, MAIL_TEST = "demo_wished", "demo_filled", "mail_test"


def record_operation(*, kind: str, succeeded: bool, **detail: Any) -> Operation:
    """Note one run, good or bad, at the database's time. `detail`: codes, counts and sizes, never a name or a path of a patient."""
    return Operation.objects.create(kind=kind, succeeded=succeeded, detail=detail)
