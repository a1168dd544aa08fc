"""A page that has to wait for somebody else's write, and what it says when that takes too long."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from clinic.scoping import clinic_scope
from sessions.services.visits import book_visit, walk_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_whose_audit_cannot_be_written_in_time_asks_for_another_try(committed_cast: Cast, client: Client) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        walk_in(actor=cast.actor(), course=cast.ada_course, therapist=cast.therapist)
    client.force_login(cast.therapist.user)
    held, done = threading.Event(), threading.Event()

    def write_slowly() -> None:
        try:
            with clinic_scope(cast.harbour.pk):
                book_visit(actor=cast.actor(), course=cast.ada_course, planned_for=timezone.now())
                held.set()
                done.wait(30)
        finally:
            connection.close()

    other = threading.Thread(target=write_slowly)
    other.start()
    try:
        assert held.wait(20)
        answer = client.get("/c/harbour/today/")
    finally:
        done.set()
        other.join(30)
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert client.get("/c/harbour/today/").status_code == 200
