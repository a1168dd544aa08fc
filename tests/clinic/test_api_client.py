"""A program of a clinic's, written with a client that a generator made from the description, takes a patient from door to trend."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.callers import Caller
from tests.cast import Cast

FROZEN = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"
PACKAGE = "generated_client"


@pytest.fixture
def generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The client, as a package that can be imported."""
    generator = Path(sys.executable).with_name("openapi-python-client")
    command = [str(generator), "generate", "--path", str(FROZEN), "--meta", "none", "--output-path", str(tmp_path / PACKAGE)]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, timeout=120)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path / PACKAGE
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]


def _call(of: str, name: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.api.{of}.{name}").sync


def test_a_patient_is_added_treated_asked_and_followed(generated: Path, committed_cast: Cast, live_server: LiveServer) -> None:
    models = importlib.import_module(f"{PACKAGE}.models")
    token = Caller(committed_cast).token
    with importlib.import_module(PACKAGE).AuthenticatedClient(
        base_url=live_server.url, token=token, raise_on_unexpected_status=True
    ) as client:
        who = models.PatientInput(given_name="Ida", family_name="Ilex", birth_date=date(1970, 5, 1), language=models.LanguageEnum("de"))
        patient = _call("patients", "patients_create")("harbour", client=client, body=who)
        found = _call("patients", "patients_search")("harbour", client=client, body=models.SearchInput(text="ilex"))
        assert [row.id for row in found.results] == [patient.id]
        complaint = models.ComplaintEnum("chronic_low_back_pain")
        opened = models.CourseInput(complaint=complaint, patient=patient.id, started_on=date(2026, 3, 1))
        course = _call("courses", "courses_create")("harbour", client=client, body=opened)
        for day, pain in ((2, 7), (9, 4)):
            _answers(client, models, course.id, datetime(2026, 3, day, 8, 0, tzinfo=UTC), pain)
        visit = _call("visits", "visits_create")("harbour", client=client, body=_visit(models, course.id))
        assert visit.state == "signed"
        trend = _call("courses", "trend_retrieve")("harbour", course.id, client=client)
    [scale] = trend.scales
    assert [float(point.value) for point in scale.points] == [7, 4]
    assert (float(scale.baseline), float(scale.latest), [each.laser for each in trend.visits]) == (7, 4, [False])


def _answers(client: Any, models: Any, course: UUID, at: datetime, pain: int) -> None:
    given = models.ResponseInputAnswers.from_dict({"nprs-back-7d": {"back": pain}})
    occasion = models.OccasionEnum("baseline" if pain == 7 else "during")
    body = models.ResponseInput(course=course, occasion=occasion, occurred_at=at, zone="Europe/Berlin", answers=given)
    stored = _call("responses", "responses_create")("harbour", client=client, body=body, idempotency_key=f"sheet-{pain}")
    again = _call("responses", "responses_create")("harbour", client=client, body=body, idempotency_key=f"sheet-{pain}")
    assert stored.receipt == again.receipt


def _visit(models: Any, course: UUID) -> Any:
    manual = models.OtherInput(kind=models.TreatmentKindEnum("manual_therapy"), code="joint_mobilisation", minutes=15)
    at = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    return models.VisitInput(course=course, occurred_at=at, pain_before=6, pain_after=4, other=[manual])
