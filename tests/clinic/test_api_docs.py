"""The lines of docs/api.md are sent to a running server, as a reader would send them."""

from __future__ import annotations

import re
import shlex
from http.client import HTTPConnection
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import pytest
from pytest_django.live_server_helper import LiveServer

from clinic.scoping import clinic_scope
from outcomes.models import Response
from sessions.models import Visit
from tests.callers import Caller
from tests.cast import Cast

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
LINE = re.compile(r"^(curl .+?)    # → (\d{3})$", re.MULTILINE)


def _send(line: str) -> int:
    """Do what the line's curl would do: the options of our examples are -H, -d and an address."""
    words = shlex.split(line)[1:]
    headers = dict(words[place + 1].split(": ", 1) for place, word in enumerate(words) if word == "-H")
    body = next((words[place + 1] for place, word in enumerate(words) if word == "-d"), None)
    address = urlsplit(words[-1])
    connection = HTTPConnection(address.netloc, timeout=20)
    try:
        connection.request("GET" if body is None else "POST", f"{address.path}?{address.query}", body and body.encode(), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def test_every_line_is_answered_as_the_page_says(committed_cast: Cast, live_server: LiveServer) -> None:
    cast = committed_cast
    words = {
        "SITE": live_server.url,
        "TOKEN": Caller(cast).token,
        "SCORES_TOKEN": Caller(cast, scopes=["scores:read"]).token,
        "PATIENT": str(cast.ada.pk),
        "COURSE": str(cast.ada_course.pk),
        "DEVICE": str(cast.device.pk),
    }
    lines = LINE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(lines) == PAGE.read_text(encoding="utf-8").count("\ncurl ") == 19
    assert [(line, _send(Template(line).substitute(words))) for line, _ in lines] == [(line, int(status)) for line, status in lines]
    with clinic_scope(cast.harbour.pk):
        assert (Response.objects.count(), Visit.objects.filter(state="signed").count(), Visit.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize("name", ["patients", "courses", "visits", "responses", "scores"])
def test_the_pages_table_names_the_filters_of_the_description(name: str) -> None:
    from clinic.api.schema import description

    operation = description()["paths"][f"/api/v1/{{clinic}}/{name}/"]["get"]
    described = {each["name"] for each in operation["parameters"] if each["in"] == "query"} - {"cursor", "page_size"}
    [row] = re.findall(rf"^\| `{name}/`.*? \| GET \| (.*?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == described
