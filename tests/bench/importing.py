"""How long a file takes from upload to preview and import, and how much memory. Prints one line of JSON."""

from __future__ import annotations

import io
import json
import os
import time

from clinic.models import Clinic, ImportBatch, Membership
from clinic.scoping import clinic_scope
from clinic.services.import_work import run_claimed
from clinic.services.imports import discard_import, judge_import, queue_import, read_import, receive_import
from clinic.writes import SYSTEM_COMMAND
from tests.bench.product import peak_mb

HEAD = "Patient ID,First name,Last name,DOB,Phone,Email,Consent,Complaint,Started on\n"
ROW = "B{n},Given{n},Family{n},{day:02}.{month:02}.19{year},030 {phone:07},b{n}@example.org,yes,neck pain,2026-01-05\n"
PREVIEWED, IMPORTED = 1_000, 5_000


def _file(rows: int) -> io.BytesIO:
    lines = (ROW.format(n=n, day=n % 28 + 1, month=n % 12 + 1, year=n % 60 + 30, phone=n + 2_000_000) for n in range(rows))
    return io.BytesIO((HEAD + "".join(lines)).encode())


def _previewed(clinic: Clinic, rows: int) -> ImportBatch:
    """A file from the upload to its verdicts."""
    with clinic_scope(clinic.pk):
        member = Membership.objects.get(user__email="owner@demo.example")
        batch = receive_import(actor=SYSTEM_COMMAND, member=member, source="bench", file=_file(rows))
        read_import(actor=SYSTEM_COMMAND, batch=batch)
        batch.refresh_from_db()
        judge_import(actor=SYSTEM_COMMAND, batch=batch, mapping=batch.mapping)
    run_claimed(batch, clinic.pk)
    return batch


def measure() -> None:
    """Preview a thousand rows; preview and import five thousand."""
    clinic = Clinic.objects.get(slug="harbour")
    began = time.perf_counter()
    small = _previewed(clinic, PREVIEWED)
    preview = time.perf_counter() - began
    with clinic_scope(clinic.pk):
        discard_import(actor=SYSTEM_COMMAND, batch=small)
    began = time.perf_counter()
    large = _previewed(clinic, IMPORTED)
    with clinic_scope(clinic.pk):
        queue_import(actor=SYSTEM_COMMAND, batch=large)
    run_claimed(large, clinic.pk)
    per_row = (time.perf_counter() - began) / IMPORTED * 1000
    print(json.dumps({"import_preview": preview, "import_row": per_row, "import_peak": peak_mb(os.getpid())}))
