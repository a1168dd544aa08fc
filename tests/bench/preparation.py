"""What the bench needs of the demo: a token, sessions, addresses, and statement counts. Prints one line of JSON."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.api_tokens import create_api_token
from clinic.models import Clinic, Membership
from clinic.scoping import clinic_scope
from clinic.writes import SYSTEM_COMMAND
from outcomes.services.invitations import invite, token_of
from sessions.models import Course, Device, Visit
from sessions.services.visits import walk_in

_LISTS = ("patients", "courses", "visits", "responses", "scores", "invitations")
_NO_STATEMENT = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def prepare() -> None:
    """Print what the bench has to know."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    clinic = Clinic.objects.get(slug="harbour")
    with clinic_scope(clinic.pk):
        member = Membership.objects.select_related("clinic", "user").get(user__email="therapist@demo.example")
        manager = Membership.objects.select_related("user").get(user__email="manager@demo.example")
        token = create_api_token(actor=SYSTEM_COMMAND, membership=member, name="bench")
        course = Course.objects.filter(ended_on=None, visits__state=Visit.State.SIGNED).order_by("-id").first()
        assert course is not None
        # The answers of the bench go to all courses in turn: nobody answers two hundred surveys in one course.
        courses = [str(each) for each in Course.objects.order_by("id").values_list("pk", flat=True)]
        visit = Visit.objects.filter(course=course, state=Visit.State.SIGNED).latest("id")
    pages = {
        "today": "/c/harbour/today/?tab=all",
        "patients": "/c/harbour/patients/",
        "record": f"/c/harbour/patients/{course.patient_id}/",
        "course": f"/c/harbour/courses/{course.pk}/",
        "plan": f"/c/harbour/courses/{course.pk}/plan/",
        "visit": f"/c/harbour/visits/{visit.pk}/",
        "tasks": "/c/harbour/tasks/",
        "report": "/c/harbour/reports/outcome/?by=laser",
    }
    statements = [
        ["submit_statements", _submit(course), 10],
        ["visit_statements", _visit(member, course), 15],
        ["trend_statements", _called(token, f"courses/{course.pk}/trend/"), 5],
        ["list_statements_1_to_100_rows", max(_more_for_more_rows(token, each) for each in _LISTS), 0],
    ]
    print(
        json.dumps(
            {
                "token": token,
                "courses": courses,
                "therapist": _cookie(member),
                "manager": _cookie(manager),
                "pages": json.dumps(pages),
                "statements": json.dumps(statements),
            }
        )
    )


def _client(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def _cookie(member: Membership) -> str:
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={_client(member).cookies[name].value}"


def _counted(queries: Any) -> int:
    return sum(not query["sql"].startswith(_NO_STATEMENT) for query in queries)


def _called(token: str, path: str, **query: str) -> int:
    """Statements of a program's call, its count and the look-up of its token included."""
    client = Client(headers={"Authorization": f"Bearer {token}"})
    client.get(f"/api/v1/harbour/{path}", query)  # a token's use is noted once an hour
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/api/v1/harbour/{path}", query)
    assert answer.status_code == 200, answer.status_code
    return _counted(queries)


def _more_for_more_rows(token: str, path: str) -> int:
    """How many statements more a list takes for thirty or a hundred rows than for one."""
    one, *more = [_called(token, f"{path}/", page_size=size) for size in ("1", "30", "100")]
    return max(more) - one


def _submit(course: Course) -> int:
    """Statements of a patient's submit, from the link's cookie to the receipt."""
    with clinic_scope(course.clinic_id):
        due_on = timezone.localdate()
        asked = ["nprs-back-7d", "nprs-leg-7d"]
        invitation = invite(actor=SYSTEM_COMMAND, course=course, occasion="unscheduled", due_on=due_on, instruments=asked)
        clinic = Clinic.objects.get(pk=course.clinic_id)
    client = Client()
    client.post(f"/s/{clinic.link_prefix}.{token_of(invitation)}")
    client.post("/survey/1/", {"nprs-back-7d-back": "5"})
    client.post("/survey/2/", {"nprs-leg-7d-leg": "3"})
    shown = client.get("/survey/check/").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
    with CaptureQueriesContext(connection) as queries:
        answer = client.post("/survey/check/", hidden | {"answered_by": "patient"})
    assert answer.status_code == 302, answer.status_code
    assert answer.headers["Location"].endswith("/done/"), answer.headers["Location"]
    return _counted(queries)


def _visit(member: Membership, course: Course) -> int:
    """Statements of signing a visit through the page, session and scope included."""
    with clinic_scope(course.clinic_id):
        visit = walk_in(actor=SYSTEM_COMMAND, course=course, therapist=member)
        device = Device.objects.get(laser_class="4")
    client = _client(member)
    form = {
        "laser-0-device": str(device.pk),
        "laser-0-region": "lumbar",
        "laser-0-technique": "scanning_contact",
        "laser-0-average_power_w": str(Decimal(10)),
        "laser-0-emission_s": "300",
        "laser-0-treated_area_cm2": "150",
        "pain_before": "5",
        "pain_after": "4",
        "reaction": "none",
        "sign": "1",
    }
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(f"/c/harbour/visits/{visit.pk}/", form)
    assert answer.status_code == 302, answer.status_code
    return _counted(queries)
